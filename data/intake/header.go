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
func headerOf(rows [][]string, w Wanted) heading {
	best := heading{row: -1}
	below := false
	for i, row := range rows[:min(len(rows), headerLines)] {
		if holdsIdentifier(row) {
			below = true
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
		best.join(rows)
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

func oneCell(row []string) bool {
	filled := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	return filled < 2
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

// join adds a second line of titles, and what stands above titles that come twice: merged cells over a group of columns.
func (h *heading) join(rows [][]string) {
	if h.row > 0 {
		h.group(rows[h.row-1])
	}
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
func (h *heading) group(above []string) {
	filled := 0
	for _, cell := range above {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	if filled < 2 || holdsIdentifier(above) {
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
	for i := range h.titles {
		if i < len(above) && strings.TrimSpace(above[i]) != "" {
			group = strings.TrimSpace(above[i])
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
