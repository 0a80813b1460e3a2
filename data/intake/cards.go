package intake

import (
	"regexp"
	"slices"
	"strings"

	"consign/model"
)

// cardLine is a line of a card: a name, a sign or a gap, a value.
var cardLine = regexp.MustCompile(`^[\s>*•·–-]*([^:=：\t]{1,40}?)\s*(?:[:=：\t]|\s{2,}|\s[-–—]\s)\s*(.+?)\s*$`)

// cardText makes a tab of the separators behind the name of a card's line: the cards of a table with two columns, or with empty ones.
func cardText(text string, separator byte) string {
	if separator == 0 {
		return text
	}
	blank := " " + string(rune(separator))
	text = strings.Trim(text, blank)
	if at := strings.IndexByte(text, separator); at > 0 && !strings.ContainsAny(text[:at], ":=\t") {
		return text[:at] + "\t" + strings.TrimLeft(text[at+1:], blank)
	}
	return text
}

// readCardLine takes a line of a card apart. known is false when the name is none of ours.
func readCardLine(text string) (m Meaning, value string, known bool) {
	name, value := cardParts(text)
	m, known = meaningOf(name)
	return m, value, known
}

// cardParts are the name and the value of a card's line, empty for another line.
func cardParts(text string) (name, value string) {
	if !secondItem.MatchString(text) {
		text = bullet.ReplaceAllString(text, "")
	}
	parts := cardLine.FindStringSubmatch(text)
	if parts == nil {
		return blankCard(text)
	}
	return parts[1], strings.TrimLeft(parts[2], ":=： \t")
}

// blankCard takes a line apart that has nothing but a blank between the name of an identifier and the identifier.
func blankCard(text string) (name, value string) {
	found := sweepCell(text)
	if len(found) != 1 {
		return "", ""
	}
	plain := plainLine(text)
	name, value = strings.TrimSpace(plain[:found[0].from]), strings.TrimSpace(plain[found[0].from:])
	if value != plain[found[0].from:found[0].to] || !readTitle(name).identifies() {
		return "", ""
	}
	return name, value
}

// isCards reports that most identifiers stand alone behind their names. Names in a language that nobody here knows count where others
// are known.
func isCards(s Sample, with []textLine) bool {
	identifiers, beside, others := 0, 0, 0
	blanks := blankNames(with)
	serials := slices.ContainsFunc(with, func(l textLine) bool {
		return isCardLine(l.text, l.findings) && l.findings[0].kind == model.SerialNumber
	})
	for _, l := range with {
		text := l.card(s.Separator)
		name, value := cardParts(text)
		if l.pattern() == "II" && (l.cells == 3 || l.cells == 1 && serials) && readTitle(name).identifies() {
			identifiers++ // both IMEIs behind one name
			continue
		}
		if len(l.findings) != 1 || l.cells > 2 {
			continue
		}
		if blanks < 2 && !cardLine.MatchString(text) {
			continue // an item of a list: IMEI 3519…
		}
		if len(sweepCell(value)) != 1 {
			if t := readTitle(name); t.foreign || t.paper || t.known && !t.identifies() || isName(name) && len(sweepCell(value)) == 0 {
				others++ // the serial number of a battery, an IMSI
			}
			continue
		}
		switch t := readTitle(name); {
		case t.identifies():
			identifiers++
		case t.paper:
			others++
		case t.known || isName(name):
			beside++
		}
	}
	return identifiers > 0 && (identifiers+beside > 1 || isSheetOfOne(s)) && 5*(identifiers+beside) >= 4*(len(with)-others)
}

// isSheetOfOne reports a list whose lines are names and values, of one device.
func isSheetOfOne(s Sample) bool {
	names, known := 0, 0
	for _, row := range s.Rows {
		text := cardText(lineText(row, s.Separator), s.Separator)
		if text == "" {
			continue
		}
		name, _ := cardParts(text)
		if !isName(name) {
			return false
		}
		names++
		if t := readTitle(name); t.known || t.paper || t.foreign {
			known++
		}
	}
	return names > 2 && 2*known >= names
}

// blankNames counts the names of identifiers that have nothing but a blank behind them.
func blankNames(with []textLine) int {
	var names []string
	for _, l := range with {
		if l.cells > 1 {
			continue
		}
		if name, _ := blankCard(bullet.ReplaceAllString(l.text, "")); name != "" {
			names = append(names, fold(name))
		}
	}
	slices.Sort(names)
	return len(slices.Compact(names))
}

// uneven reports cards of which nothing tells where one ends: names of identifiers, one below the other, the same one twice in a row and
// others elsewhere, in no order that comes again. It may be a list with the kind of each device's only identifier before it.
func uneven(lines []textLine, separator byte) bool {
	var names []string
	twice := false
	for _, l := range lines {
		if len(l.findings) != 1 {
			if len(names) > 0 && l.text != "" {
				return false
			}
			continue
		}
		name, _ := cardParts(l.card(separator))
		if name = fold(name); !readTitle(name).identifies() {
			return false
		}
		twice = twice || len(names) > 0 && names[len(names)-1] == name
		names = append(names, name)
	}
	if !twice || len(slices.Compact(slices.Sorted(slices.Values(names)))) == 1 {
		return false
	}
	for period := 2; period <= 4 && 2*period <= len(names); period++ {
		if slices.Equal(names[period:], names[:len(names)-period]) {
			return false
		}
	}
	return true
}

// cardsOf are the lines of cards that stand beside each other in a row: an identifier behind its name, each in a cell of its own. It is nil
// for a row that has identifiers elsewhere.
func cardsOf(cells []string) (lines []string) {
	name := ""
	for _, cell := range cells {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		found := sweepCell(cell)
		switch {
		case len(found) == 0 && isBareName(cell, nil):
			name = cell
			continue
		case len(found) == 1 && name != "" && model.ReadIdentifier(cell, found[0].kind).Value == found[0].value:
			lines = append(lines, name+"\t"+cell)
		case len(found) > 0:
			return nil
		}
		name = ""
	}
	return lines
}

// unfolded are cards that stand beside each other, or beside other cells, as cards one below the other: the lines of the first ones, then
// those of the second. beside is how many stand beside each other, 0 for a sample that is no such.
func (s Sample) unfolded() (u Sample, beside int) {
	var streams [][][]string
	var lines [][]int
	with, other, wide := 0, 0, false
	for i, row := range s.Rows {
		cards := cardsOf(row)
		if len(cards) == 0 && slices.ContainsFunc(row, func(cell string) bool { return len(sweepCell(cell)) > 0 }) {
			other++
		}
		if len(cards) > 0 {
			with++
			wide = wide || len(cards) > 1 || countFilled(row) > 2
		}
		for k, card := range cards {
			if k == len(streams) {
				streams, lines = append(streams, nil), append(lines, nil)
			}
			name, value, _ := strings.Cut(card, "\t")
			streams[k], lines[k] = append(streams[k], []string{name, value}), append(lines[k], s.Lines[i])
		}
		if countFilled(row) == 0 {
			for k := range streams {
				streams[k], lines[k] = append(streams[k], nil), append(lines[k], s.Lines[i])
			}
		}
	}
	serial := len(streams) > 0 && slices.ContainsFunc(streams[0], func(row []string) bool { return len(row) > 0 && readTitle(row[0]).serial })
	if !wide || 4*other > with || !comeAgain(streams[0]) || len(streams) == 1 && !serial { // IMEIs alone are rows that belong together
		return s, 0
	}
	u = s
	u.Rows, u.Lines = slices.Concat(streams...), slices.Concat(lines...)
	return u, len(streams)
}

// comeAgain reports cards of the same names in the same order, of which no card has one twice.
func comeAgain(rows [][]string) bool {
	var names []string
	for _, row := range rows {
		if len(row) > 0 {
			names = append(names, fold(row[0]))
		}
	}
	period := 1
	for period < len(names) && !slices.Contains(names[:period], names[period]) {
		period++
	}
	return period > 1 && slices.Equal(names[period:], names[:len(names)-period])
}
