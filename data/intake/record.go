package intake

import (
	"regexp"
	"slices"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

// record is a device that is being taken out of a text.
type record struct {
	line   int
	cells  []string // of recordColumns
	imeis  int
	values []string // normalised, by which one that comes again is known
	text   string
	whole  bool // its only line is the identifier and nothing else
	lines  int
	second bool                     // its only IMEI is the second of a card
	noted  [len(recordTexts)]string // the names, folded, under which a card says its model and its order number
	doubt  Reason
}

func (r *record) empty() bool { return r.lines == 0 }

func (r *record) has(kind model.IdentifierKind) bool {
	switch kind {
	case model.MEID:
		return r.cells[2] != ""
	case model.SerialNumber:
		return r.cells[3] != ""
	}
	return r.imeis > 1
}

// put adds an identifier that there is room for.
func (r *record) put(line int, text string, t finding) {
	if r.cells == nil {
		r.cells = make([]string, len(recordColumns))
	}
	if r.lines == 0 {
		r.line, r.text = line, text
		r.whole = strings.TrimSpace(text) == strings.TrimSpace(t.text)
	}
	r.lines++
	r.values = append(r.values, t.value)
	switch t.kind {
	case model.MEID:
		r.cells[2] = t.text
	case model.SerialNumber:
		r.cells[3] = t.text
	default:
		r.cells[min(r.imeis, 1)] = t.text
		r.imeis++
	}
}

// recorder takes devices out of the lines of a text, by the shape that was found.
type recorder struct {
	f      *filler
	layout Layout
	now    record
	later  []pending   // lines between those of the device, to come behind it
	titles []title     // of a table in the text
	names  []title     // of the two IMEIs on the same line, whatever parts the columns
	above  string      // that line
	rows   bool        // the lines are rows of a table
	name   string      // the line above, if it is the name of an identifier
	beside []*recorder // of the cards beside
}

// take reads a row.
func (r *recorder) take(row sheet.Row) {
	text := lineText(row.Cells, r.f.separator)
	if row.Hidden && !r.f.judge.hidden {
		r.aside(row.Line, text, HiddenRow)
		return
	}
	findings := sweepLine(text)
	if r.layout.Shape != Cards && isOld(text, findings) {
		r.f.unused(row.Line, -1, findings[0], whyBeside)
		return
	}
	if r.layout.beside > 0 && r.takeCards(row) {
		return
	}
	switch r.layout.Shape {
	case Cards:
		name := r.name
		if r.name = ""; isBareName(text, findings) {
			r.name = text // its value stands on the next line
			return
		}
		text = cardText(text, r.f.separator)
		if name != "" && len(findings) == 1 && model.ReadIdentifier(text, findings[0].kind).Value == findings[0].value {
			text = name + ": " + text
		}
		r.card(row.Line, text, findings)
	case Labels:
		r.labels(row.Line, text, findings)
	default:
		if isCardLine(text, findings) {
			r.card(row.Line, text, findings)
			if r.now.whole = false; r.now.lines == 1 {
				r.now.text = text
			}
			return
		}
		r.end()
		groups := r.devices(text, findings)
		if own, ok := r.titled(row.Line, text, findings); ok {
			groups = []group{{own, 0}}
		}
		for _, d := range groups {
			for _, t := range d.findings {
				r.now.put(row.Line, text, t)
			}
			r.now.doubt, r.now.whole = d.doubt, r.now.whole && len(findings) == 1
			if codes := modelCodes.FindAllString(text, 2); len(codes) == 1 {
				r.now.cells[4] = codes[0]
			}
			r.end()
		}
		if len(findings) == 0 {
			r.readTitles(text)
			r.words(row.Line, text)
		}
	}
}

var (
	modelCodes = regexp.MustCompile(`\bSM-[A-Z][0-9]{3}[A-Z0-9]{0,4}\b`)
	// bullet begins a line of a list in a mail.
	bullet = regexp.MustCompile(`^(?:\s*(?:[-*•·–>→]+|[(\[]?\d{1,3}(?:[.)\]]{1,2}|:)|#\d{1,3}:?)\s+|[>\s]+)+`)
	// secondItem is no bullet but the second of a device's two IMEIs, unless a third follows.
	secondItem = regexp.MustCompile(`(?i)^\s*2\.\s*imei\b`)
	firstItem  = regexp.MustCompile(`(?i)^\s*1\.\s*imei\b`)
	dividing   = regexp.MustCompile(`^[\s\-=_*~.#+]*$`)
)

// end hands over the device that is being read, and the lines between its own.
func (r *recorder) end() {
	if !r.now.empty() {
		r.now.cells[textColumn] = r.now.text
		cells := r.cells()
		p := pending{judgement: r.f.judge.row(cells, marked{}, false), number: r.now.line}
		switch {
		case r.layout.Shape == Cards || r.layout.Shape == Labels:
		case r.now.lines > 1:
			p.reading = p.fixed(SeveralInCell)
		case !r.now.whole && !bareDigits(r.now.text, r.now.cells):
			p.reading = p.fixed(FromText)
		}
		if p.verdict == model.Skipped && holdsIdentifier(r.now.cells[:textColumn]) { // one gone wrong beside one that is whole: no title
			p.verdict, p.reason, p.column = model.Rejected, Reason(model.NotAnIdentifier), 0
		}
		if r.now.doubt != 0 {
			p.worse(model.Warning, r.now.doubt, -1)
		}
		if p.verdict != model.OK {
			p.raw = joinCells(cells)
		}
		r.f.put(p)
	}
	r.now = record{}
	for _, p := range r.later {
		r.f.put(p)
	}
	r.later = r.later[:0]
}

// bareDigits reports a line that is its identifier but for what the rules of identifiers strip.
func bareDigits(text string, cells []string) bool {
	for _, c := range cells[:4] {
		if c != "" && model.ReadIdentifier(text, model.AnyIdentifier).Value == model.ReadIdentifier(c, model.AnyIdentifier).Value {
			return true
		}
	}
	return false
}

// aside keeps a line that gives no device, and names the identifiers in it.
func (r *recorder) aside(line int, text string, why Reason) {
	for _, t := range sweepLine(text) {
		r.f.unused(line, -1, t, whyOf(why))
	}
	cells := make([]string, len(recordColumns))
	cells[textColumn] = text
	p := pending{number: line, raw: joinCells(cells)}
	p.column = -1
	p.worse(model.Skipped, why, -1)
	r.later = append(r.later, p)
	if r.now.empty() {
		r.end()
	}
}

// words keeps a line without an identifier: blank, a sentence, another label, or a device gone wrong.
func (r *recorder) words(line int, text string) {
	bare := strings.TrimSpace(bullet.ReplaceAllString(plainLine(text), ""))
	if at := label.FindStringIndex(bare); at != nil {
		bare = strings.TrimSpace(bare[at[1]:])
	}
	nature := nothing
	if len(strings.Fields(bare)) == 1 || digitsIn(bare) > 12 && !strings.ContainsFunc(bare, isWordLetter) {
		nature = natureOf(bare)
	}
	switch {
	case strings.TrimSpace(text) == "":
		r.aside(line, "", BlankLine)
	case nature == spoiledIMEI && digitsIn(bare) > 9 || nature == oddIMEI || scientificIn(bare),
		r.layout.Shape != Labels && (nature == anEAN || nature == anICCID || nature == anEID):
		cells := make([]string, len(recordColumns))
		cells[0], cells[textColumn] = bare, text
		p := pending{judgement: r.f.judge.row(cells, marked{}, false), number: line, raw: joinCells(cells)}
		if p.verdict < model.Rejected {
			p.worse(model.Rejected, Reason(model.NotAnIdentifier), 0)
		}
		r.later = append(r.later, p)
		if r.now.empty() {
			r.end()
		}
	case nature == anEAN:
		r.aside(line, text, Reason(model.IsEAN))
	case nature == anICCID:
		r.aside(line, text, Reason(model.IsICCID))
	case nature == anEID:
		r.aside(line, text, Reason(model.IsEID))
	default:
		r.aside(line, text, CommentLine)
	}
}

func scientificIn(text string) bool {
	return model.ReadIdentifier(text, model.IMEI).Reason == model.DigitsDestroyed
}

func isWordLetter(c rune) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// group is the identifiers of one device on a line.
type group struct {
	findings []finding
	doubt    Reason
}

// devices parts the identifiers of a line. Two IMEIs are of one device when a serial number follows, when they are twins,
// or when the list says so on its other lines; else that is a question.
func (r *recorder) devices(text string, findings []finding) []group {
	pattern := patternOf(findings)
	imeis, serials, meids := strings.Count(pattern, "I"), strings.Count(pattern, "S"), strings.Count(pattern, "M")
	switch {
	case len(findings) == 0:
		return nil
	case imeis == len(findings) && r.f.separator > 0 && strings.Count(text, string(rune(r.f.separator))) >= imeis && mixedBeginnings(findings):
		return each(findings, OutOfRhythm) // among the columns of a table some are IMSIs
	case len(findings) == 1, r.layout.Shape == OnePerIdentifier && serials+meids == 0:
		return each(findings, 0)
	case imeis <= 2 && serials <= 1 && meids <= 1:
		doubt := Reason(0)
		if imeis == 2 {
			a, b := findings[strings.IndexByte(pattern, 'I')], findings[strings.LastIndexByte(pattern, 'I')]
			apart := !areTwins(a.value, b.value) || serials == 0 && r.layout.cadence.chained
			apart = apart && !saysSecond(plainLine(text)[a.to:b.from])
			lone := r.layout.cadence.lone && begins(a.value) != begins(b.value) // one of them may be an IMSI
			if apart && !r.layout.cadence.pairs && (serials == 0 || r.layout.cadence.imeis < 2 || lone) {
				doubt = TwoIMEIs
			}
		}
		return []group{{findings, doubt}}
	case imeis == 0 || serials == 0 && meids == 0:
		if len(findings)%2 == 0 && r.layout.cadence.pairs {
			return inGroups(findings, len(findings)/2)
		}
		return each(findings, 0)
	}
	if n := serials; n > 1 && len(pattern)%n == 0 && strings.Repeat(pattern[:len(pattern)/n], n) == pattern && imeis >= n && imeis <= 2*n {
		return inGroups(findings, n)
	}
	return each(findings, OutOfRhythm)
}

// begins reports an IMEI that begins as those of today's phones do.
func begins(imei string) bool {
	return len(imei) == 15 && slices.Contains(usualBodies, imei[:2])
}

// mixedBeginnings reports IMEIs of which some begin as those of today's phones do, and others do not.
func mixedBeginnings(findings []finding) bool {
	usual := 0
	for _, t := range findings {
		if begins(t.value) {
			usual++
		}
	}
	return usual > 0 && usual < len(findings)
}

// saysSecond reports that the words between two IMEIs name the second one of a device.
func saysSecond(words string) bool {
	if at := strings.LastIndexAny(words, ",;|\t"); at >= 0 {
		words = words[at+1:]
	}
	t := readTitle(strings.Trim(words, " :=#-"))
	return t.imei && t.second
}

func each(findings []finding, doubt Reason) []group {
	groups := make([]group, len(findings))
	for i := range findings {
		groups[i] = group{findings[i : i+1], doubt}
	}
	return groups
}

func inGroups(findings []finding, n int) []group {
	groups := make([]group, n)
	size := len(findings) / n
	for i := range groups {
		groups[i] = group{findings: findings[i*size : (i+1)*size]}
	}
	return groups
}

// labels reads a line of labels: a device ends with its serial number, at a third IMEI, or where the list has a blank line.
func (r *recorder) labels(line int, text string, findings []finding) {
	rh := &r.layout.cadence
	if len(findings) == 0 {
		if rh.blocks && dividing.MatchString(text) || rh.boxed && isBoxCode(text) {
			r.close()
		}
		r.words(line, text)
		return
	}
	for _, t := range findings {
		switch {
		case r.now.empty():
		case slices.Contains(r.now.values, t.value): // scanned twice
		case rh.serialFirst && t.kind == model.SerialNumber, r.now.has(t.kind), !rh.serials && !rh.blocks && !rh.paired && !rh.boxed,
			rh.twins && !rh.serials && t.kind == model.IMEI && r.now.imeis == 1 && !areTwins(r.now.values[0], t.value):
			r.close()
		}
		r.now.put(line, text, t)
		if rh.serials && !rh.serialFirst && t.kind == model.SerialNumber ||
			!rh.serials && !rh.blocks && !rh.boxed && rh.imeis == 2 && r.now.imeis == 2 {
			r.close()
		}
	}
}

// close ends a device of labels and compares it with the others.
func (r *recorder) close() {
	if rh := &r.layout.cadence; !r.now.empty() {
		serial := r.now.cells[3] != ""
		joined := r.now.imeis == 2 && !areTwins(firstTwo(r.now))
		switch {
		case rh.serials && (!serial || r.now.imeis == 0):
			r.now.doubt = OutOfRhythm
		case rh.unsure && r.now.imeis == 2:
			r.now.doubt = TwoIMEIs
		case rh.boxed, rh.paired && !rh.twins && joined:
		case joined && (rh.imeis < 2 && rh.even || rh.twins || !rh.serials && !rh.blocks || !rh.even):
			r.now.doubt = TwoIMEIs
		case rh.twins && !rh.serials && r.now.imeis < 2:
			r.now.doubt = OutOfRhythm
		}
	}
	r.end()
}

func firstTwo(d record) (a, b string) {
	for _, v := range d.values {
		if len(v) != 15 {
			continue
		}
		if a == "" {
			a = v
		} else {
			b = v
		}
	}
	return a, b
}
