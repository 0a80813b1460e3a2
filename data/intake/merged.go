package intake

import (
	"context"
	"strings"

	"consign/data/sheet"
)

// readMerged looks for merged cells where they may say something: a sheet that the sample holds whole, with an empty cell beside or below
// a filled one.
func (s *Sample) readMerged(ctx context.Context, file *sheet.File, index int) error {
	if s.Separator != 0 || s.Text || !s.hasGaps() {
		return nil
	}
	merged, err := file.Merged(ctx, index)
	s.Merged = merged
	return err
}

// hasGaps reports a row with an empty cell.
func (s *Sample) hasGaps() bool {
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	for _, row := range s.Rows {
		filled := 0
		for _, cell := range row {
			if strings.TrimSpace(cell) != "" {
				filled++
			}
		}
		if filled > 0 && filled < width {
			return true
		}
	}
	return false
}

// span is the last column of the merged title that begins in a cell; the column itself for one that is not merged.
func (s *Sample) span(line, column int) int {
	for _, m := range s.Merged {
		if m.FirstLine <= line && line <= m.LastLine && m.FirstColumn == column {
			return m.LastColumn
		}
	}
	return column
}

// downs are the merged cells below the titles that go over several rows: what the first one says is said of all.
func downs(merged []sheet.Range, header int) []sheet.Range {
	var down []sheet.Range
	for _, m := range merged {
		if m.FirstLine > header && m.LastLine > m.FirstLine && m.FirstColumn == m.LastColumn {
			down = append(down, m)
		}
	}
	return down
}

// fillDown gives a row what merged cells say of it. Identifiers are of one device and are not repeated.
func (f *filler) fillDown(row *sheet.Row) {
	columns := f.judge.layout.Columns
	for i := range f.judge.layout.down {
		m := &f.judge.layout.down[i]
		at := m.FirstColumn
		if row.Line < m.FirstLine || row.Line > m.LastLine || at >= len(columns) || columns[at] == Ignored || columns[at].identifies() ||
			columns[at] >= OldIMEI || columns[at] == Quantity {
			continue
		}
		switch {
		case row.Line == m.FirstLine && at < len(row.Cells):
			f.above[i] = row.Cells[at]
		case f.above[i] != "" && (at >= len(row.Cells) || strings.TrimSpace(row.Cells[at]) == ""):
			row.Cells = put(row.Cells, at, f.above[i])
		}
	}
}
