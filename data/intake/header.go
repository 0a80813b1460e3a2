package intake

import (
	"slices"
	"strconv"
	"strings"
)

// heading is where the titles of a table stand in a sample.
type heading struct {
	row    int // the last row of titles, -1 without any
	names  int // titles that are known
	titles []string
	groups int // devices that are counted above the titles: Box 1, Box 2
}

// headerOf finds the titles among the first lines: the row with the most known names above the first identifiers, the last of
// equals; it has the name of an identifier or two names. Below identifiers only a row with both counts.
func headerOf(s Sample, w Wanted) heading {
	rows := s.Rows
	best := heading{row: -1}
	below := false
	for i, row := range rows[:min(len(rows), headerLines)] {
		if holdsIdentifier(row) {
			below = below || !isHeading(row)
			continue
		}
		names, identifies := titleCount(row, w)
		switch {
		case below && (best.row >= 0 || !identifies || !isTitles(row)):
		case oneCell(row) && !aloneBelow(rows[i+1:]):
		case !below && names < best.names, names == 0, !identifies && names < 2:
		default:
			best = heading{row: i, names: names, titles: slices.Clone(row)}
		}
	}
	if best.row >= 0 {
		best.join(s)
	}
	return best
}

// isTitles reports a row of titles: two that are known, or one of an identifier beside another cell, and no identifier.
func isTitles(row []string) bool {
	names, identifies := titleCount(row, DeviceList)
	return (names > 1 || identifies && !oneCell(row)) && !holdsIdentifier(row)
}

// isTitle reports the title of a list of one column: the name of an identifier, in the first cell, and nothing else.
func isTitle(row []string) bool {
	return oneCell(row) && len(row) > 0 && len(row[0]) < 40 && readTitle(row[0]).identifies() && !holdsIdentifier(row)
}

func oneCell(row []string) bool { return countFilled(row) < 2 }

func countFilled(row []string) (n int) {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// aloneBelow reports that the first identifier below a single title stands alone on its line, too.
func aloneBelow(rows [][]string) bool {
	for _, row := range rows {
		if holdsIdentifier(row) {
			return oneCell(row)
		}
	}
	return true
}

// titleCount counts the titles in a row that are known. identifies tells that one is of an identifier.
func titleCount(row []string, w Wanted) (names int, identifies bool) {
	if first := strings.TrimSpace(strings.Join(row[:min(len(row), 1)], "")); strings.HasPrefix(first, "#") && strings.Contains(first, " ") {
		return 0, false // a comment
	}
	for _, cell := range row[:min(len(row), widestList)] {
		if t := w.readTitle(cell); t.known {
			names++
			identifies = identifies || t.identifies() || t.meaning == OldIMEI || t.meaning == OldSerial
		}
	}
	return names, identifies
}

func holdsIdentifier(row []string) bool {
	return slices.ContainsFunc(row, func(cell string) bool { return looksLikeIdentifier(cell) || len(sweepCell(cell)) > 0 })
}

func looksLikeIdentifier(cell string) bool {
	digits := digitsIn(cell)
	return digits >= 9 && digits*2 > len(cell)
}

// isHeading reports a row of words with a number that is no device's: "Order 4500778899001" above the titles.
func isHeading(row []string) bool {
	if !oneCell(row) {
		return false
	}
	words := strings.Fields(strings.Join(row, " "))
	return len(words) > 1 && isName(words[0]) && len(sweepCell(strings.Join(words, " "))) == 0
}

// spread gives the columns below a title that is merged over several its words.
func (h *heading) spread(s Sample) {
	for i := 0; i < len(h.titles); i++ {
		title := strings.TrimSpace(h.titles[i])
		if title == "" {
			continue
		}
		for last := s.span(s.Lines[h.row], i); i < last && i+1 < len(h.titles) && strings.TrimSpace(h.titles[i+1]) == ""; i++ {
			if h.titles[i+1] = title; readTitle(title).imei && !readTitle(title).second {
				h.titles[i+1] += " 2"
			}
		}
	}
}

// join adds a second line of titles, and what stands above titles that come twice: merged cells over a group of columns.
func (h *heading) join(s Sample) {
	rows := s.Rows
	if h.row > 0 {
		h.group(rows[h.row-1], func(column int) int { return s.span(s.Lines[h.row-1], column) })
	}
	h.spread(s)
	if h.row+2 >= len(rows) {
		return
	}
	next, after := rows[h.row+1], rows[h.row+2]
	if holdsIdentifier(next) || !holdsIdentifier(after) {
		return
	}
	filled, under := 0, false
	for i, cell := range next {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		if cell[0] == '#' || cell[0] == '/' || len([]rune(cell)) > 16 || digitsIn(cell) > 2 || i >= len(h.titles) {
			return
		}
		filled++
		under = under || readTitle(h.titles[i]).identifies()
	}
	titles := 0
	for _, cell := range h.titles {
		if strings.TrimSpace(cell) != "" {
			titles++
		}
	}
	if !under || 2*filled < titles {
		return
	}
	for i, cell := range next {
		if i < len(h.titles) {
			h.titles[i] = strings.TrimSpace(h.titles[i] + " " + strings.TrimSpace(cell))
		}
	}
	h.row++
}

// group puts the words above in front of titles that come more than once: "Battery" over "SN".
func (h *heading) group(above []string, span func(column int) int) {
	filled, merged := 0, false
	for i, cell := range above {
		if strings.TrimSpace(cell) != "" {
			filled++
			merged = merged || span(i) > i && span(i)+1 < len(h.titles)
		}
	}
	if filled < 2 && !merged || holdsIdentifier(above) {
		return
	}
	if h.groups = countedGroups(above); h.groups > 1 {
		return
	}
	count := map[string]int{}
	for _, t := range h.titles {
		count[fold(t)]++
	}
	group := ""
	end := -1 // of a merged title
	for i := range h.titles {
		if i < len(above) && strings.TrimSpace(above[i]) != "" {
			group, end = strings.TrimSpace(above[i]), span(i)
			if end == i {
				end = -1
			}
		} else if end >= 0 && i > end {
			group = ""
		}
		if name := fold(h.titles[i]); name != "" && count[name] > 1 && group != "" && len(group) <= longestTitle {
			h.titles[i] = group + " " + h.titles[i]
		}
	}
}

// countedGroups is how many groups of columns a row counts: "Box 1" and "Box 2" are 2, 0 for words of another kind. The SIMs or slots of
// one device are no groups.
func countedGroups(above []string) int {
	n := 0
	word := ""
	for _, cell := range above {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		name := fold(cell)
		bare := strings.TrimRight(name, "0123456789")
		number, err := strconv.Atoi(name[len(bare):])
		if n++; err != nil || number != n || word != "" && bare != word || strings.Contains(bare, "sim") || strings.Contains(bare, "slot") ||
			strings.Contains(bare, "imei") {
			return 0
		}
		word = bare
	}
	return n
}
