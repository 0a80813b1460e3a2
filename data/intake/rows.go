package intake

import (
	"slices"
	"strconv"

	"consign/data/sheet"
	"consign/model"
)

// tableRow reads a row of a table, and of one that stands below it.
func (f *filler) tableRow(row sheet.Row) {
	if f.judge.layout.quoted {
		row.Cells = unquoted(row.Cells)
	}
	if row.Line <= f.judge.layout.Header {
		f.aside = append(f.aside, row.Line)
		f.sweepRow(row, model.Identifiers{}, none, whyAbove)
		return
	}
	f.fillDown(&row)
	if f.judge.layout.continued.kind != apart {
		f.pairUp(row)
		return
	}
	f.deviceRow(row)
}

// deviceRow reads a row below the titles.
func (f *filler) deviceRow(row sheet.Row) {
	if (f.section == nil || f.section.ready) && f.cardRow(row) {
		return
	}
	if f.section != nil && f.section.take(f, row) {
		return
	}
	if f.devices > 1 {
		f.severalDevices(row)
		return
	}
	if devices := f.judge.layout.devicesIn(row.Cells); len(devices) > 1 && !row.Hidden {
		for _, cells := range devices {
			p := pending{judgement: f.judge.row(cells, marked{}, false), number: row.Line}
			p.raw = joinCells(cells)
			f.put(p)
		}
		return
	}
	f.line(row, f.judge.row(row.Cells, marksOf(row), row.Hidden))
}

// line keeps what was judged of a row, with the identifiers that are not of it.
func (f *filler) line(row sheet.Row, j judgement) {
	p := pending{judgement: j, number: row.Line}
	if p.verdict >= model.Warning && f.begins(row, p.reason) {
		return
	}
	switch {
	case p.aside, p.verdict == model.Skipped:
		f.sweepRow(row, model.Identifiers{}, none, whyOf(p.reason))
	default:
		f.sweepRow(row, p.ids, f.judge.uses, whyColumn)
	}
	if p.aside {
		f.aside = append(f.aside, row.Line)
		return
	}
	if p.verdict != model.OK {
		p.raw = joinCells(row.Cells)
	}
	f.put(p)
}

// uses reports whether the cells of a column are read as identifiers, or hold what is none although it looks like one.
func (j *judge) uses(column int) bool {
	if slices.Contains(j.layout.noise, column) {
		return true
	}
	return column < len(j.layout.Columns) && (j.layout.Columns[column].identifies() || j.layout.Columns[column] >= OldIMEI)
}

// severalDevices reads a row with devices side by side: each is a line of the review that has the cells of its own columns.
func (f *filler) severalDevices(row sheet.Row) {
	whole := f.judge.row(row.Cells, marksOf(row), row.Hidden)
	if whole.verdict == model.Skipped || whole.aside {
		f.line(row, whole)
		return
	}
	f.sweepRow(row, whole.ids, f.judge.uses, whyColumn)
	for d := range f.devices {
		cells := f.judge.layout.cellsOf(d, row.Cells)
		if cells == nil {
			continue
		}
		p := pending{judgement: f.judge.row(cells, marksOf(row), row.Hidden), number: row.Line}
		p.raw = joinCells(cells)
		f.put(p)
	}
}

// cellsOf are the cells of the nth device on a line, the others empty; nil when it has no identifier. What stands once
// is of all of them, and so are columns of identifiers that stand once.
func (l Layout) cellsOf(n int, cells []string) []string {
	var before [len(meaningWords)]int
	own := make([]string, len(cells))
	named := false
	for i, cell := range cells[:min(len(cells), len(l.Columns))] {
		m := l.Columns[i]
		if m.identifies() {
			if before[m] == n {
				own[i] = cell
				named = named || !isPlaceholder(cell)
			}
			before[m]++
			continue
		}
		own[i] = cell
	}
	if !named {
		return nil
	}
	return own
}

// devicesIn takes a row apart whose quantity is how many identifiers each of its cells of identifiers has: a device each, of quantity 1. It
// is nil for any other row.
func (l Layout) devicesIn(cells []string) [][]string {
	at := slices.Index(l.Columns, Quantity)
	if at < 0 || at >= len(cells) || !isSeveral(cells[at]) {
		return nil
	}
	var devices [][]string
	for i, cell := range cells[:min(len(cells), len(l.Columns))] {
		if !l.Columns[i].identifies() || isPlaceholder(cell) {
			continue
		}
		parts := identifiersOfCell(cell, l.Columns[i].wants())
		if len(parts) < 2 || devices != nil && len(parts) != len(devices) {
			return nil
		}
		if devices == nil {
			devices = make([][]string, len(parts))
			for n := range devices {
				devices[n] = slices.Clone(cells)
				devices[n][at] = "1"
			}
		}
		for n, part := range parts {
			devices[n][i] = part
		}
	}
	if quantity, _ := strconv.Atoi(model.PlainText(cells[at])); quantity != len(devices) {
		return nil
	}
	return devices
}

// section is another table below the first one.
type section struct {
	rows   []sheet.Row // that are kept back, the titles first
	ready  bool
	layout Layout
	target []int // column of the first table for each of its columns, -1 for those that are not used
}

// ownRow is a row that stays valid when the next one is read.
func ownRow(row sheet.Row) sheet.Row {
	row.Cells, row.Failed = slices.Clone(row.Cells), slices.Clone(row.Failed)
	row.Rounded, row.Numbers = slices.Clone(row.Rounded), slices.Clone(row.Numbers)
	return row
}

// sectionRows is how many rows of a table below another are looked at to recognise it.
const sectionRows = 20

// begins reports that the row, which is no device, has the titles of another table.
func (f *filler) begins(row sheet.Row, why Reason) bool {
	if f.unparted || why == BlankLine || why == HiddenRow || why == HeaderAgain || f.devices > 1 || row.Hidden {
		return false
	}
	if !isTitles(row.Cells) && !(len(f.judge.layout.Columns) > 1 && isTitle(row.Cells)) {
		return false
	}
	f.section = &section{rows: []sheet.Row{ownRow(row)}}
	return true
}

// take reads a row of the section. It is false when the section is over.
func (s *section) take(f *filler, row sheet.Row) bool {
	if f.judge.headerAgain(row.Cells) {
		f.endSection()
		return false
	}
	if !s.ready {
		if isTitles(row.Cells) {
			f.endSection()
			return false
		}
		s.rows = append(s.rows, ownRow(row))
		if len(s.rows) > sectionRows {
			s.recognise(f)
		}
		return true
	}
	if isTitles(row.Cells) {
		f.section = nil
		return false
	}
	s.line(f, row)
	return true
}

// endSection reads the rows of a section that were kept back.
func (f *filler) endSection() {
	if s := f.section; s != nil && !s.ready {
		s.recognise(f)
	}
	f.section = nil
}

// recognise finds the columns of the section among those of the first table, which gets new ones for what it does not have.
func (s *section) recognise(f *filler) {
	s.ready = true
	var sample Sample
	for _, row := range s.rows {
		sample.Lines, sample.Rows = append(sample.Lines, row.Line), append(sample.Rows, row.Cells)
	}
	s.layout = tableOf(sample).Layout
	if names, _ := titleCount(s.rows[0].Cells, DeviceList); names < 2 && !s.holds() {
		f.section, f.unparted = nil, true // only a word: the rows are of the first table
		for _, row := range s.rows {
			f.tableRow(row)
		}
		f.unparted = false
		return
	}
	main := &f.judge.layout
	s.target = make([]int, len(s.layout.Columns))
	for i, m := range s.layout.Columns {
		s.target[i] = -1
		if m == Ignored || !s.layout.Identifies() {
			continue
		}
		if s.target[i] = slices.Index(main.Columns, m); s.target[i] < 0 {
			s.target[i] = len(main.Columns)
			main.Columns = append(slices.Clone(main.Columns), m)
		}
		if slices.Contains(s.target[:i], s.target[i]) {
			s.target[i] = -1 // the first one counts, and the account tells of the other
		}
	}
	f.review.mu.Lock()
	f.review.judge.layout = *main
	f.review.mu.Unlock()
	f.skip(s.rows[0])
	for _, row := range s.rows[1:] {
		s.line(f, row)
	}
	s.rows = nil
}

// holds reports that an identifier stands in a column of the section that is one of identifiers.
func (s *section) holds() bool {
	return slices.ContainsFunc(s.rows[1:], func(row sheet.Row) bool {
		for i, cell := range row.Cells[:min(len(row.Cells), len(s.layout.Columns))] {
			if s.layout.Columns[i].identifies() && len(sweepCell(cell)) > 0 {
				return true
			}
		}
		return false
	})
}

// skip keeps a row as a title.
func (f *filler) skip(row sheet.Row) {
	p := pending{number: row.Line, raw: joinCells(row.Cells)}
	p.column = -1
	p.worse(model.Skipped, TitleLine, -1)
	f.sweepRow(row, model.Identifiers{}, none, whyBeside)
	f.put(p)
}

// line judges a row of the section. Below titles that name no identifiers rows may still be of the first table.
func (s *section) line(f *filler, row sheet.Row) {
	if f.cardRow(row) {
		return
	}
	if !s.layout.Identifies() {
		if j := f.judge.row(row.Cells, marksOf(row), row.Hidden); j.verdict < model.Rejected || holdsIdentifier(row.Cells) {
			f.section = nil
			f.keep(row, row.Cells, j, f.judge.uses)
			return
		}
		f.skip(row)
		return
	}
	cells := make([]string, len(f.judge.layout.Columns))
	for i, cell := range row.Cells[:min(len(row.Cells), len(s.target))] {
		if s.target[i] >= 0 {
			cells[s.target[i]] = cell
		}
	}
	f.keep(row, cells, f.judge.row(cells, s.marks(row), row.Hidden), func(column int) bool {
		return column < len(s.target) && s.target[column] >= 0 && f.judge.uses(s.target[column])
	})
}

// marks are those of a row in the columns to which its cells are brought.
func (s *section) marks(row sheet.Row) marked {
	to := func(columns []int) (moved []int) {
		for _, i := range columns {
			if i < len(s.target) && s.target[i] >= 0 {
				moved = append(moved, s.target[i])
			}
		}
		return moved
	}
	return marked{to(row.Rounded), to(row.Numbers)}
}

// keep is line for a row whose cells were brought to other columns.
func (f *filler) keep(row sheet.Row, cells []string, j judgement, used func(int) bool) {
	p := pending{judgement: j, number: row.Line}
	if p.verdict == model.Skipped || p.aside {
		f.sweepRow(row, model.Identifiers{}, none, whyOf(p.reason))
	} else {
		f.sweepRow(row, p.ids, used, whyColumn)
	}
	if p.aside {
		f.aside = append(f.aside, row.Line)
		return
	}
	if p.verdict != model.OK {
		p.raw = joinCells(cells)
	}
	f.put(p)
}
