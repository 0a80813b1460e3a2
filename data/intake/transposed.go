package intake

import (
	"slices"

	"consign/model"
)

// isTransposed reports a table that lies on its side: titles in the first column, each once, and the identifiers of several devices to
// its right.
func isTransposed(s Sample) bool {
	if len(s.Rows) >= mostTransposed {
		return false
	}
	var titles []string
	width := 0
	for _, row := range s.Rows {
		row = trimRow(row)
		found := 0
		kind := model.AnyIdentifier
		for i, cell := range row {
			in := sweepCell(cell)
			switch {
			case len(in) > 1 || len(in) > 0 && (i == 0 || found > 0 && in[0].kind != kind):
				return false
			case len(in) > 0:
				found++
				kind, width = in[0].kind, max(width, i)
			}
		}
		switch {
		case found == 0:
		case !isName(row[0]):
			return false
		case readTitle(row[0]).identifies():
			titles = append(titles, fold(row[0]))
		}
	}
	slices.Sort(titles)
	return width > 1 && len(titles) > 0 && len(slices.Compact(titles)) == len(titles)
}

// transposed turns a sample so that its columns become lines, numbered by column.
func transposed(s Sample) Sample {
	out := Sample{Separator: s.Separator}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	for c := range width {
		row := make([]string, len(s.Rows))
		for r := range s.Rows {
			if c < len(s.Rows[r]) {
				row[r] = s.Rows[r][c]
			}
		}
		out.Rows = append(out.Rows, row)
		out.Lines = append(out.Lines, c+1)
	}
	return out
}
