package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"consign/model"
)

// Shape is how a list is read.
type Shape uint8

// The shapes of lists.
const (
	Table            Shape = iota // lines with columns
	FreeText                      // a mail: identifiers within lines, a device or more on each
	Cards                         // lines such as "IMEI: …", several for each device
	Labels                        // a label on each line, several for each device
	OnePerIdentifier              // every identifier is a device
	Transposed                    // a table whose columns are the devices
)

// Shapes lists the shapes in the order of the choice.
var Shapes = []Shape{Table, FreeText, Cards, Labels, OnePerIdentifier, Transposed}

var shapeWords = [...]string{"table", "free text", "cards", "labels", "one per identifier", "transposed table"}

// String is the shape in words.
func (s Shape) String() string { return shapeWords[s] }

// MarshalText and UnmarshalText let a layout be kept as JSON that survives new shapes.
func (s Shape) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText makes Table of a word that this version does not know.
func (s *Shape) UnmarshalText(text []byte) error {
	*s = Shape(max(0, slices.Index(shapeWords[:], string(text))))
	return nil
}

// recordColumns are what is taken out of a text: Text is the line itself.
var recordColumns = []Meaning{IMEI, IMEI2, MEID, Serial, Model, OrderNumber, Ignored}

// textColumn is the column of recordColumns that holds the line itself.
const textColumn = 6

// cadence is how the devices of a text follow each other.
type cadence struct {
	imeis       int    // most devices have
	lone        bool   // of the only device
	even        bool   // nearly all have as many
	serials     bool   // a serial number belongs to each
	serialFirst bool   // and stands before its IMEIs
	blocks      bool   // blank lines stand between devices
	parted      bool   // and each has two IMEIs and nothing else
	printed     bool   // lines of words stand between them
	twins       bool   // the two IMEIs of nearly all devices are of one kind
	paired      bool   // two IMEIs follow each other for each device, one on a line
	unsure      bool   // that is likely only
	boxed       bool   // an EAN parts the devices
	pairs       bool   // lines have the two IMEIs of a device
	chained     bool   // lines with two IMEIs go on from each other: they may be devices of a pallet
	open        bool   // consecutive numbers are of one device each, or two of each
	alone       bool   // two IMEIs on two lines are all that there is
	first       string // the name of the first line of each card, folded
	second      string // that of the second IMEI, where no word says so
	counted     bool   // IMEI 1, IMEI 2, IMEI 3 … are devices
}

// Recognise finds how a list is to be read: its shape, and for a table what each column holds.
func Recognise(s Sample) Layout {
	s, beside := s.unfolded()
	t := tableOf(s)
	lines := textLines(s)
	shape := shapeOf(s, t, lines)
	if beside > 0 {
		shape = Cards
	}
	l := shaped(s, t, lines, shape)
	l.beside = beside
	return l
}

// RecogniseAs is Recognise for a shape that a person has chosen.
func RecogniseAs(s Sample, shape Shape) Layout {
	as := Recognise(s)
	if as.Shape == shape {
		return as
	}
	l := shaped(s, tableOf(s), textLines(s), shape)
	l.made = as.Fingerprint()
	return l
}

func shaped(s Sample, t *table, lines []textLine, shape Shape) Layout {
	switch shape {
	case Table:
		l := t.Layout
		if len(l.Columns) == 1 && l.Header == 0 {
			switch r := cadenceOf(lines); {
			case r.open:
				l.doubt = Consecutive
			case r.alone:
				l.Unsure = true
			}
		}
		return l
	case Transposed:
		l := tableOf(transposed(s)).Layout
		l.Shape, l.Doubts = Transposed, nil
		return l
	}
	l := Layout{Shape: shape, Columns: slices.Clone(recordColumns), Hidden: nil, cadence: cadenceOf(lines)}
	if at := slices.IndexFunc(lines, func(l textLine) bool { return len(l.findings) > 0 }); at >= 0 {
		l.skeleton = runsOfWord.ReplaceAllString(plainLine(lines[at].text), "x")
	}
	switch {
	case l.cadence.open && shape != Cards:
		l.doubt = Consecutive
	case l.cadence.alone && shape == Labels: // a person has said that they are of one device
		l.cadence.imeis, l.cadence.paired = 2, true
	}
	if shape == Cards {
		l.cadence.cards(lines, s.Separator)
		if uneven(lines, s.Separator) {
			l.doubt = OutOfRhythm
		}
	}
	l.Unsure = shape != Cards && l.cadence.imeis == 2 && !l.cadence.alone && !l.cadence.serials && !l.cadence.twins
	return l
}

// runsOfWord are the words and numbers of a line.
var runsOfWord = regexp.MustCompile(`[\p{L}\p{N}]+`)

// textLine is a line of a sample as a text, with what it holds.
type textLine struct {
	text     string
	findings []finding
	cells    int    // that are filled
	whole    bool   // every identifier fills its cell
	inCell   bool   // no cell has more than one
	cell     bool   // one has those of a device, each on a line of its own
	pure     bool   // nothing else stands on it
	item     bool   // it begins as the item of a list does
	name     string // of its only identifier, on the line above
}

// card is the line as one of a card: its name before its value.
func (l textLine) card(separator byte) string {
	if l.name != "" {
		return l.name + ": " + l.text
	}
	return cardText(l.text, separator)
}

// isBareName reports a line that is the name of an identifier and nothing else.
func isBareName(text string, findings []finding) bool {
	return len(findings) == 0 && len(text) <= longestTitle && isName(text) && !strings.ContainsAny(text, "\t;|,") &&
		readTitle(text).identifies()
}

// pattern are the kinds of the line's identifiers: I, S and M.
func (l textLine) pattern() string { return patternOf(l.findings) }

func patternOf(findings []finding) string {
	b := make([]byte, len(findings))
	for i, t := range findings {
		b[i] = "?IMS"[t.kind]
	}
	return string(b)
}

// lineText is a row as a text again.
func lineText(cells []string, separator byte) string {
	if separator == 0 {
		separator = '\t'
	}
	return strings.TrimSpace(strings.Join(trimRow(cells), string(rune(separator))))
}

func textLines(s Sample) []textLine {
	lines := make([]textLine, 0, len(s.Rows))
	above := "" // the line above, if it is the name of an identifier
	for _, row := range s.Rows {
		l := textLine{text: lineText(row, s.Separator), whole: true, inCell: true}
		for _, cell := range row {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			l.cells++
			in := sweepCell(cell)
			if len(in) > 1 && strings.Contains(cell, "\n") {
				if _, device := readSeveral(cell); device {
					l.cell = true
					continue
				}
			}
			l.inCell = l.inCell && len(in) < 2
			l.whole = l.whole && (len(in) != 1 || model.ReadIdentifier(cell, in[0].kind).Value == in[0].value)
		}
		if l.findings = sweepLine(l.text); isOld(l.text, l.findings) {
			l.findings = nil // no device that is to come
		}
		l.pure = isPure(l)
		l.item = bullet.MatchString(l.text)
		if len(l.findings) == 1 && l.cells == 1 && l.whole {
			l.name = above
		}
		if above = ""; isBareName(l.text, l.findings) {
			above = l.text
		}
		lines = append(lines, l)
	}
	return lines
}

// named are the names of identifiers beside them.
var named = regexp.MustCompile(`(?i)\b(?:imei|meid|sn|s/n|serial|seriennummer)(?:\s*(?:no|nr|number)\b\.?)?(?:\s*[12]\b)?`)

// isPure reports that there is nothing but identifiers and signs on a line.
func isPure(l textLine) bool {
	rest := plainLine(l.text)
	for i := len(l.findings) - 1; i >= 0; i-- {
		rest = rest[:l.findings[i].from] + rest[l.findings[i].to:]
	}
	rest = named.ReplaceAllString(rest, "")
	return !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || r >= '1' && r <= '9' })
}

// shapeOf decides on the shape by what the lines hold.
func shapeOf(s Sample, t *table, lines []textLine) Shape {
	var with []textLine // identifiers
	for _, l := range lines {
		if len(l.findings) > 0 {
			with = append(with, l)
		}
	}
	if len(with) == 0 {
		return Table
	}
	switch {
	case isTransposed(s):
		return Transposed
	case isCards(s, with):
		return Cards
	}
	titled := t.Header > 0 && t.Identifies() && (t.head.names > 1 || len(trimRow(t.Titles)) > 1 || t.narrow(lines, with)) &&
		!(len(t.Titles) == 1 && len(textTitles(t.Titles[0])) > 1)
	if !s.Text && titled && (t.fits() >= 0.5 || t.head.names > 2 && len(with) < 3) && !prose(s, t) {
		return Table
	}
	switch {
	case !s.Text && t.regular(lines, with) && !prose(s, t):
		return Table
	}
	return textShape(lines, with)
}

// narrow reports a list of one column that has a title, and below it hardly more than identifiers.
func (t *table) narrow(lines, with []textLine) bool {
	pure := 0
	for _, l := range with {
		if l.pure {
			pure++
		}
	}
	if len(t.Columns) != 1 || 5*pure < 4*len(with) {
		return false
	}
	mixed := !t.columns[0].title.identifier && (cadenceOf(with).regular() || cadenceOf(lines).pairsBelow()) // labels below their names
	return !mixed
}

// fits is the part of the lines with identifiers that have them in columns of identifiers: all of them, or for a list with titles one.
func (t *table) fits() float64 {
	with, good := 0, 0
	rows := t.rows
	if t.Header > 0 {
		rows = t.body()
	}
	for _, row := range rows {
		in, out := 0, 0
		for i, cell := range row {
			if slices.Contains(t.Hidden, i) || slices.Contains(t.noise, i) || len(sweepCell(cell)) == 0 {
				continue
			}
			if m := t.Columns[i]; m.identifies() || m >= OldIMEI || slices.ContainsFunc(t.Doubts, func(d Doubt) bool { return d.Column == i }) {
				in++
			} else {
				out++
			}
		}
		if in+out > 0 {
			with++
		}
		if in > 0 && (out == 0 || t.Header > 0) {
			good++
		}
	}
	if with == 0 {
		return 1
	}
	return float64(good) / float64(with)
}

// regular reports a list without titles whose lines are alike: an identifier fills its cell, and stands in the same column
// on nearly every line.
func (t *table) regular(lines, with []textLine) bool {
	if !t.Identifies() || t.fits() < 0.9 {
		return false
	}
	imeis := len(t.of(IMEI, IMEI2))
	whole, kinds := 0, map[model.IdentifierKind]int{}
	for _, l := range with {
		if l.whole && l.inCell {
			whole++
		}
		for _, k := range l.findings {
			kinds[k.kind]++
		}
	}
	if 10*whole < 9*len(with) {
		return false
	}
	if slices.ContainsFunc(with, func(l textLine) bool { return l.cell }) {
		return true
	}
	if len(t.Columns) > 1 {
		// IMEIs and nothing else, two on a line or more: a device each, or the two of one.
		return !(imeis > 1 && len(t.of(Serial, MEID)) == 0 && allIdentifiers(with))
	}
	r := cadenceOf(lines)
	return (len(kinds) == 1 && !r.parted || !r.regular() && len(kinds) > 1) && !r.paired && !r.boxed
}

// allIdentifiers reports that the lines hold nothing but identifiers.
func allIdentifiers(lines []textLine) bool {
	return !slices.ContainsFunc(lines, func(l textLine) bool { return l.cells != len(l.findings) })
}

// prose reports sentences among the lines of a list of one column: it is a text, in which they are no devices gone wrong.
func prose(s Sample, t *table) bool {
	sentences, wide := 0, 0
	for i, row := range s.Rows {
		if s.Lines[i] <= t.Header {
			continue
		}
		row = trimRow(row)
		if slices.ContainsFunc(row, func(c string) bool { return strings.Contains(c, "\n") && len(sweepCell(c)) > 1 }) {
			return false // a cell with the identifiers of a device on lines of their own
		}
		if slices.ContainsFunc(row, func(c string) bool { return len(sweepCell(c)) > 0 }) {
			if len(row) > 1 {
				wide++
			}
			continue
		}
		text := lineText(row, s.Separator)
		comment := strings.HasPrefix(text, "#") || strings.HasPrefix(text, "//")
		if len(strings.Fields(text)) >= 2 && digitsIn(text) < 9 && !isTotal([]string{text}) && !comment {
			sentences++
		}
	}
	return sentences > 0 && wide == 0 && (len(t.Columns) == 1 || t.Header == 0)
}

// textShape decides between the shapes that are no tables.
func textShape(lines, with []textLine) Shape {
	single, several, most := 0, 0, 0
	pairs := true // both IMEIs of a device on a line, its serial number on another
	for _, l := range with {
		p := l.pattern()
		if len(p) == 1 {
			single++
		} else {
			several++
		}
		pairs = pairs && (p == "II" || p == "S")
		if !strings.Contains(p, "S") && !strings.Contains(p, "M") {
			most = max(most, len(p))
		}
	}
	switch r := cadenceOf(lines); {
	case single > 0 && several == 0 && (r.regular() || r.blocks || r.paired || r.boxed || r.parted), pairs && several > 0 && r.regular():
		return Labels
	case most > 2 && !r.pairs:
		return OnePerIdentifier
	}
	return FreeText
}

// isName reports a text that may be a title: it has a letter and hardly a digit.
func isName(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && digitsIn(text) < 4 && len(text) <= longestTitle
}
