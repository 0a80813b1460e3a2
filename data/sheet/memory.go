package sheet

import (
	"context"
	"iter"
)

const (
	// maxInMemory is the longest file, in bytes, of a kind that is read into the memory as a whole.
	maxInMemory = 32 << 20
	// maxCells is how many cells of such a file are kept; a row counts as rowCells of them.
	maxCells = 6_000_000
	rowCells = 8
)

// memoryTables are the tables of a kind of file that is small or no stream.
type memoryTables struct {
	tables []*memoryTable
	left   int // cells
}

type memoryTable struct {
	Sheet
	rows   []Row
	ranges []Range
	hidden []int
}

func newMemoryTables() *memoryTables { return &memoryTables{left: maxCells} }

// begin adds a table.
func (m *memoryTables) begin(s Sheet) *memoryTable {
	t := &memoryTable{Sheet: s}
	m.tables = append(m.tables, t)
	return t
}

// add adds a copy of a row to a table, unless it has no text. It fails with errTooBig when there are too many.
func (m *memoryTables) add(t *memoryTable, r Row) error {
	if len(r.Cells) == 0 {
		return nil
	}
	if err := m.spend(rowCells + len(r.Cells)); err != nil {
		return err
	}
	if r.Line > lastRow || len(r.Cells) > maxColumns {
		return errStructure
	}
	r.Cells = append([]string(nil), r.Cells...)
	r.Rounded = append([]int(nil), r.Rounded...)
	r.Numbers = append([]int(nil), r.Numbers...)
	r.Failed = append([]int(nil), r.Failed...)
	t.rows = append(t.rows, r)
	return nil
}

// spend takes cells off what a file may have.
func (m *memoryTables) spend(cells int) error {
	if m.left -= cells; m.left < 0 {
		return errTooBig
	}
	return nil
}

// merge adds a merged range.
func (t *memoryTable) merge(r Range) {
	if !r.valid() {
		return // of a damaged file
	}
	if len(t.ranges) < mostRanges && (r.FirstLine < r.LastLine || r.FirstColumn < r.LastColumn) {
		t.ranges = append(t.ranges, r)
	}
}

func (m *memoryTables) sheets() []Sheet {
	sheets := make([]Sheet, len(m.tables))
	for i, t := range m.tables {
		sheets[i] = t.Sheet
	}
	return sheets
}

func (m *memoryTables) rows(ctx context.Context, sheet int, p *progress) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		rows := m.tables[sheet].rows
		p.total.Store(int64(len(rows)))
		for i, row := range rows {
			if i%1024 == 0 && ctx.Err() != nil {
				yield(Row{}, ctx.Err())
				return
			}
			p.read.Store(int64(i + 1))
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (m *memoryTables) hiddenColumns(sheet int) ([]int, error) { return m.tables[sheet].hidden, nil }

func (m *memoryTables) merged(_ context.Context, sheet int) ([]Range, error) {
	return m.tables[sheet].ranges, nil
}

func (m *memoryTables) Close() error { return nil }
