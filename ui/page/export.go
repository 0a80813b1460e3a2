package page

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data/sheet"
	"consign/ui/control"
	"consign/ui/grid"
)

// exportRows is how many rows are fetched at once from a source that cannot go through them, and after how many progress is told:
// memory stays flat however long the table is.
const exportRows = 2000

// export asks which rows, and as what, and saves them.
func (p *Listing[R]) export() {
	t := p.View.Table
	choices, means := []string{}, map[string]grid.Selection{}
	offer := func(s grid.Selection, text string) {
		choices = append(choices, text)
		means[text] = s
	}
	if s := t.Selection(); s.Count() > 0 {
		offer(s, lang.L("The selection: {{.Count}}", map[string]any{"Count": Number(s.Count())}))
	}
	offer(p.shown(), lang.L("What is shown: {{.Count}}", map[string]any{"Count": Number(t.Len())}))
	if total, known := t.Total(); known && total != t.Len() {
		offer(grid.Selection{Question: grid.Question{Sort: t.Question().Sort}, All: true, Shown: total},
			lang.L("All: {{.Count}}", map[string]any{"Count": Number(total)}))
	}
	which := control.NewRadio(choices, nil)
	which.SetSelected(choices[0])
	xlsx, csv := lang.L("Excel workbook (XLSX)"), lang.L("CSV")
	as := control.NewRadio([]string{xlsx, csv}, nil)
	as.SetSelected(xlsx)

	f := NewForm(p.desk, lang.L("Export {{.Table}}", map[string]any{"Table": p.Title}), lang.L("Save…"))
	f.Add(lang.L("Rows"), which)
	f.Add(lang.L("File"), as)
	f.Submit = func() {
		f.Hide()
		format := sheet.XLSX
		if as.Selected == csv {
			format = sheet.CSV
		}
		p.saveAsync(means[which.Selected], format)
	}
	f.Show()
}

// shown is every row that the table shows.
func (p *Listing[R]) shown() grid.Selection {
	return grid.Selection{Question: p.View.Table.Question(), All: true, Shown: p.View.Table.Len()}
}

// saveAsync asks for a place and writes the selected rows there.
func (p *Listing[R]) saveAsync(s grid.Selection, format sheet.Format) {
	SaveTableAsync(p.desk, p.Title, format, p.Columns, s.Count(),
		func(ctx context.Context, f func(R) error) error { return p.each(ctx, s, f) })
}

// each calls f for every selected row in the order of its question.
func (p *Listing[R]) each(ctx context.Context, s grid.Selection, f func(R) error) error {
	if p.Each != nil {
		return p.Each(ctx, s, f)
	}
	answer, err := p.Source.Ask(ctx, s.Question)
	if err != nil {
		return err
	}
	var wanted []int
	for i := range answer.Len() {
		if s.Has(answer.ID(i)) {
			wanted = append(wanted, i)
		}
	}
	fetched := make(map[int]R, exportRows)
	for batch := range slices.Chunk(wanted, exportRows) {
		clear(fetched)
		if err := answer.Fetch(ctx, batch, func(i int, row R) { fetched[i] = row }); err != nil {
			return err
		}
		for _, i := range batch {
			row, there := fetched[i]
			if !there {
				continue // deleted meanwhile
			}
			if err := f(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// SaveRowAsync asks for a place and writes one row there, under a name made of title.
func SaveRowAsync[R any](d Desk, title string, format sheet.Format, columns []Column[R], row R) {
	SaveTableAsync(d, title, format, columns, 1, func(_ context.Context, f func(R) error) error { return f(row) })
}

// SaveTableAsync asks for a place and writes the rows there that each gives, about count of them.
func SaveTableAsync[R any](d Desk, title string, format sheet.Format, columns []Column[R], count int,
	each func(context.Context, func(R) error) error) {
	ending := ".csv"
	if format == sheet.XLSX {
		ending = ".xlsx"
	}
	AskPathAsync(d, FileName(title)+ending, func(path string) {
		written := 0
		switch strings.ToLower(filepath.Ext(path)) {
		case ".csv", ".xlsx":
			format = sheet.FormatOf(path) // a name that says another format means it
		}
		d.RunAsync(lang.L("Saving {{.File}}", map[string]any{"File": filepath.Base(path)}),
			func(ctx context.Context, progress func(int, int)) (err error) {
				written, err = writeTable(ctx, path, sheet.Table{Name: title, Columns: fileColumns(columns), Format: format}, columns, count, each,
					progress)
				return err
			}, func() { Saved(d, path, written) })
	})
}

// writeTable writes the rows that each gives to a file, which appears whole or not at all. It returns how many they were.
func writeTable[R any](ctx context.Context, path string, table sheet.Table, columns []Column[R], count int,
	each func(context.Context, func(R) error) error, progress func(done, total int)) (int, error) {
	w, err := sheet.Create(path, table)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	cells := make([]string, len(columns))
	err = each(ctx, func(row R) error {
		for i := range columns {
			cells[i] = columns[i].cell(row)
		}
		if err := w.Write(cells); err != nil {
			return err
		}
		if w.Rows()%exportRows == 0 {
			progress(w.Rows(), count)
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	progress(0, 0) // the end of a spreadsheet cannot be foreseen
	return w.Rows(), w.Commit(ctx)
}

func fileColumns[R any](columns []Column[R]) []sheet.Column {
	out := make([]sheet.Column, len(columns))
	for i, c := range columns {
		out[i] = sheet.Column{Title: grid.PlainTitle(c.Title), Kind: c.Kind}
		if c.FileTitle != "" {
			out[i].Title = c.FileTitle
		}
	}
	return out
}

func (c *Column[R]) cell(row R) string {
	if c.Cell != nil {
		return c.Cell(row)
	}
	return c.String(row)
}
