package intake

import (
	"slices"
	"strings"
	"unicode"
)

// table is a list as columns, in the making.
type table struct {
	Layout
	rows    [][]string // below the titles
	columns []column
	head    heading
	groups  bool // several devices stand side by side
	wanted  Wanted
}

// tableOf reads a sample as a table: what a column holds decides, its title and its neighbours are evidence.
func tableOf(s Sample) *table { return tableFor(s, DeviceList) }

// tableFor is tableOf where w is wanted.
func tableFor(s Sample, w Wanted) *table {
	quoted := isQuoted(s.Rows)
	if quoted {
		rows := make([][]string, len(s.Rows))
		for i, row := range s.Rows {
			rows[i] = unquoted(slices.Clone(row))
		}
		s.Rows = rows
	}
	t := &table{Layout: Layout{Hidden: s.Hidden, quoted: quoted}, rows: s.Rows, head: headerOf(s, w), wanted: w}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	t.Columns = make([]Meaning, width)
	if t.head.row >= 0 {
		t.Header, t.Titles = s.Lines[t.head.row], t.head.titles
		t.down = downs(s.Merged, t.Header)
		t.rows = s.Rows[t.head.row+1:]
	}
	t.columns = columnsOf(t.body(), width)
	for i := range t.columns {
		if i < len(t.Titles) {
			t.columns[i].text = t.Titles[i]
			t.columns[i].title = w.readTitle(t.Titles[i])
		}
	}
	t.assign()
	t.settleIMEIs()
	t.settle(Serial)
	t.settle(MEID)
	t.settleOthers()
	t.continued()
	for i := range t.columns {
		c := &t.columns[i]
		odd := c.share(oddIMEI, strangeIMEI) >= 0.5 && c.filled > 2 || c.title.other && c.share(anIMEI) < 0.5
		other := c.title.foreign && c.title.known && c.share(anIMEI) < 0.5 // a word like another's is no evidence against serial numbers
		if t.Columns[i] == Ignored && (odd || other) && !slices.Contains(t.noise, i) {
			t.noise = append(t.noise, i)
		}
	}
	t.blank = t.Header > 0 && !slices.ContainsFunc(t.rows, holdsIdentifier)
	return t
}

// isQuoted reports a table within the text of a mail that is quoted: a sign stands before nearly every line.
func isQuoted(rows [][]string) bool {
	quoted, filled := 0, 0
	for _, row := range rows {
		if len(row) > 0 && strings.TrimSpace(row[0]) != "" {
			filled++
			if strings.HasPrefix(strings.TrimSpace(row[0]), ">") {
				quoted++
			}
		}
	}
	return quoted > 1 && 5*quoted >= 4*filled
}

// unquoted takes the sign from the first cell.
func unquoted(row []string) []string {
	if len(row) > 0 {
		row[0] = strings.TrimLeft(row[0], "> ")
	}
	return row
}

// body are the rows below the titles that are no titles again, which pages and further tables bring.
func (t *table) body() [][]string {
	var body [][]string
	for i, row := range t.rows {
		if len(t.Columns) > 1 && isTitle(row) && i+1 < len(t.rows) && oneCell(t.rows[i+1]) && holdsIdentifier(t.rows[i+1]) {
			break // another table of one column
		}
		if isTitles(row) {
			if !slices.EqualFunc(trimRow(row), trimRow(t.Titles), func(a, b string) bool { return fold(a) == fold(b) }) {
				break // another table
			}
			continue
		}
		if len(t.Columns) > 1 && isRemark(row) {
			continue
		}
		body = append(body, row)
	}
	return body
}

// isRemark reports a row of words in one cell: a heading between the devices, a greeting below them.
func isRemark(row []string) bool {
	if !oneCell(row) || holdsIdentifier(row) {
		return false
	}
	text := strings.TrimSpace(strings.Join(row, ""))
	return strings.ContainsFunc(text, unicode.IsLetter) && (strings.Contains(text, " ") || !hasDigit(text))
}

// trimRow cuts the empty cells at the end of a row.
func trimRow(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}

// assign gives every column the meaning that its cells and its title say.
func (t *table) assign() {
	var promised []int // by a title that its cells do not keep
	for i := range t.columns {
		c := &t.columns[i]
		if slices.Contains(t.Hidden, i) {
			continue
		}
		m, kept := c.meaning()
		if !kept {
			promised = append(promised, i)
			continue
		}
		t.Columns[i] = m
	}
	found := slices.ContainsFunc(t.Columns, Meaning.identifies)
	for _, i := range promised {
		c := &t.columns[i]
		meant := c.title.imei && c.share(spoiledIMEI, several, oddIMEI, strangeIMEI) > 0.2 || c.title.serial && c.share(aSerial, several) >= 0.9
		if !found || meant {
			t.Columns[i] = c.title.meaning
			continue
		}
		t.ask(i)
	}
	t.keepTitles()
	t.findShifted()
	if !t.Identifies() && t.wanted.identifies() {
		t.lastResort()
	}
}

// keepTitles gives columns what their titles plainly say where their cells look like identifiers, as a tag may, and other columns hold the
// identifiers that their titles promise.
func (t *table) keepTitles() {
	var promised [len(meaningWords)]bool
	held := false
	for i := range t.columns {
		if c := &t.columns[i]; c.title.identifies() {
			promised[c.title.meaning] = true
			held = held || c.filled > 0 && (t.Columns[i] == c.title.meaning || t.Columns[i] == Identifier)
		}
	}
	for i, m := range t.Columns {
		c := &t.columns[i]
		if !held || !m.identifies() || !c.title.known || c.title.meaning < Model || c.title.meaning >= OldIMEI {
			continue
		}
		constant := c.filled > 1 && c.distinct == 1
		if constant || promised[m] || c.title.meaning > Model {
			t.Columns[i] = c.title.meaning
		}
		if !constant && !promised[m] {
			t.ask(i)
		}
	}
}

// findShifted finds the serial numbers under a title of another thing where the titles stand a column too far: IMEIs are below one of
// serial numbers, or the other way round.
func (t *table) findShifted() {
	shifted := false
	for i, m := range t.Columns {
		c := &t.columns[i]
		shifted = shifted || c.filled > 2 && (c.title.meaning == Serial && m == IMEI || c.title.meaning == IMEI && m == Serial)
	}
	if !shifted || len(t.of(Serial, Identifier)) > 0 {
		return
	}
	for i := range t.Columns {
		if c := &t.columns[i]; !t.Columns[i].identifies() && c.title.known && c.share(aSerial) >= 0.9 && c.distinct == c.filled {
			t.Columns[i] = Serial
			return
		}
	}
}

// meaning is what a column holds. kept is false where its title promises identifiers and its cells are something else.
func (c *column) meaning() (m Meaning, kept bool) {
	n := &c.title
	serials, meids := c.share(aSerial), c.share(aMEID)
	imeis := c.imeis()
	foreign := n.foreign || n.paper
	other := n.other || n.paper && c.share(anIMEI) < 0.5
	switch {
	case c.filled == 0:
		return n.meaning, true
	case c.filled < 3 && n.known && (n.meaning == Serial && imeis > 0.5 || n.meaning == IMEI && serials > 0.5):
		return n.meaning, true // too few to say that the title is wrong: the lines say it
	case c.filled < 3 && n.known && n.meaning >= Model && n.meaning < OldIMEI && imeis+serials > 0.5:
		return n.meaning, true // likewise
	case imeis >= 0.5 && serials >= 0.1 && !other, imeis+serials+meids >= 0.5 && imeis < 0.9 && serials > 0 && imeis > 0 && !foreign:
		return Identifier, true
	case imeis >= 0.5 && !other && n.old:
		return OldIMEI, true
	case imeis >= 0.5 && !other && n.second:
		return IMEI2, true
	case imeis >= 0.5 && !other:
		if n.known && n.meaning == Identifier {
			return Identifier, true
		}
		return IMEI, true
	case n.other:
		return Ignored, true
	case meids >= 0.5 && n.imei:
		return IMEI, true
	case meids >= 0.5 && !n.paper:
		return MEID, true
	case serials >= 0.5 && !foreign && (!n.known || n.identifies() || n.meaning == Ignored || n.meaning == OldSerial):
		if n.old {
			return OldSerial, true
		}
		if n.known && n.meaning == Identifier {
			return Identifier, true
		}
		return Serial, true
	case !n.known:
		if c.share(aModel) >= 0.5 {
			return Model, true
		}
		return Ignored, true
	case n.identifies():
		return n.meaning, c.keeps()
	case n.meaning == CustomerID && c.filled > 1 && c.share(aCode, aCount, anEAN, spoiledIMEI) == 0:
		return Ignored, true
	}
	return n.meaning, true
}

// keeps reports whether the cells may be what the title promises.
func (c *column) keeps() bool {
	switch c.title.meaning {
	case Serial:
		constant := c.filled > 2 && c.distinct == 1
		return c.share(aCode, aSerial, oddIMEI, strangeIMEI) >= 0.5 && !constant && !(c.title.weak && c.share(aSerial) == 0)
	case MEID:
		return c.share(aMEID) > 0
	}
	return c.share(anIMEI, halfIMEI, aMEID, aSerial) > 0 && c.imeis()+c.share(aSerial, aMEID, aCode) >= 0.3
}

// lastResort finds the column of a list without titles in which identifiers are among other things. Of a list of one column, as
// all labels of a box are, one is enough: no other column can have them.
func (t *table) lastResort() {
	best, most := -1, 0
	for i := range t.columns {
		c := &t.columns[i]
		if slices.Contains(t.Hidden, i) || c.title.known && !c.title.identifies() {
			continue
		}
		n := 0
		for _, like := range []nature{aCarton, anIMEI, halfIMEI, oddIMEI, strangeIMEI, aMEID, aSerial, several, spoiledIMEI} {
			n += c.count[like]
		}
		digits := c.filled - c.count[aWord]
		if n > most && (2*n > digits || len(t.Columns)-len(t.Hidden) == 1) {
			best, most = i, n
		}
	}
	if best < 0 || t.columns[best].count[spoiledIMEI] == most && t.columns[best].share(spoiledIMEI) < 0.5 {
		return
	}
	t.Columns[best] = IMEI
	if t.columns[best].count[aSerial]+t.columns[best].count[several] > 0 {
		t.Columns[best] = Identifier
	}
}

func (t *table) of(m ...Meaning) []int {
	var at []int
	for i, c := range t.Columns {
		if slices.Contains(m, c) {
			at = append(at, i)
		}
	}
	return at
}

// ask notes a column that is not what its title says, or that another one was preferred to.
func (t *table) ask(i int) {
	c := &t.columns[i]
	if c.filled > 0 && c.mostly() != nothing {
		t.Doubts = append(t.Doubts, Doubt{Column: i, Title: c.text, holds: c.mostly()})
	}
}
