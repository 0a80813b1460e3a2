package intake

import (
	"regexp"
	"slices"
	"strings"
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
	for _, l := range with {
		text := l.card(s.Separator)
		name, value := cardParts(text)
		if len(l.findings) == 2 && l.cells == 3 && patternOf(l.findings) == "II" && readTitle(name).identifies() {
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
