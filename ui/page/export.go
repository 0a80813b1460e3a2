package page

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/sheet"
	"consign/ui/grid"
)

// rows says which rows of a table go into a file.
type rows int

const (
	rowsSelected rows = iota
	rowsShown
	rowsAll
)

// exportRows is how many rows are read and written at once: memory stays flat however long the table is.
const exportRows = 2000

// export asks which rows, and as what, and saves them.
func (p *Listing[R]) export() {
	t := p.View.Table
	selection := t.Selection()
	choices, means := []string{}, map[string]rows{}
	offer := func(what rows, text string) {
		choices = append(choices, text)
		means[text] = what
	}
	if n := selection.Count(); n > 0 {
		offer(rowsSelected, lang.L("The selection: {{.Count}}", map[string]any{"Count": Number(n)}))
	}
	offer(rowsShown, lang.L("What is shown: {{.Count}}", map[string]any{"Count": Number(t.Len())}))
	if total, known := t.Total(); known && total != t.Len() {
		offer(rowsAll, lang.L("All: {{.Count}}", map[string]any{"Count": Number(total)}))
	}
	which := widget.NewRadioGroup(choices, nil)
	which.Required = true
	which.SetSelected(choices[0])
	xlsx, csv := lang.L("Excel workbook (XLSX)"), lang.L("CSV")
	as := widget.NewRadioGroup([]string{xlsx, csv}, nil)
	as.Required = true
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
		p.saveAsync(means[which.Selected], selection, format)
	}
	f.Show()
}

// saveAsync asks for a place and writes the rows there.
func (p *Listing[R]) saveAsync(what rows, s grid.Selection, format sheet.Format) {
	question := p.View.Table.Question()
	switch what {
	case rowsSelected:
		question = s.Question
	case rowsAll:
		question = grid.Question{Sort: question.Sort}
	}
	wanted := func(id int64) bool { return what != rowsSelected || s.Has(id) }
	saveTableAsync(p.desk, p.Title, format, p.Columns, func(ctx context.Context) (grid.Answer[R], error) { return p.Source.Ask(ctx, question) }, wanted)
}

// SaveRowAsync asks for a place and writes one row there, under a name made of title.
func SaveRowAsync[R any](d Desk, title string, format sheet.Format, columns []Column[R], row R) {
	one := &grid.Slice[R]{Rows: func(context.Context) ([]R, error) { return []R{row}, nil }, ID: func(R) int64 { return 0 }}
	saveTableAsync(d, title, format, columns, func(ctx context.Context) (grid.Answer[R], error) { return one.Ask(ctx, grid.Question{}) },
		func(int64) bool { return true })
}

// saveTableAsync asks for a place and writes the rows of an answer that are wanted there.
func saveTableAsync[R any](d Desk, title string, format sheet.Format, columns []Column[R], ask func(context.Context) (grid.Answer[R], error), wanted func(int64) bool) {
	ending := ".csv"
	if format == sheet.XLSX {
		ending = ".xlsx"
	}
	AskPathAsync(d, FileName(title)+ending, func(path string) {
		written := 0
		d.RunAsync(lang.L("Saving {{.File}}", map[string]any{"File": filepath.Base(path)}), func(ctx context.Context, progress func(int, int)) error {
			answer, err := ask(ctx)
			if err != nil {
				return err
			}
			written, err = writeTable(ctx, path, sheet.Table{Name: title, Columns: fileColumns(columns), Format: format}, columns, answer, wanted, progress)
			return err
		}, func() { Saved(d, path, written) })
	})
}

// writeTable writes the wanted rows of an answer to a file, which appears whole or not at all.
func writeTable[R any](ctx context.Context, path string, table sheet.Table, columns []Column[R], answer grid.Answer[R], wanted func(int64) bool, progress func(int, int)) (int, error) {
	w, err := sheet.Create(path, table)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	batch, here := make([]int, 0, exportRows), make(map[int]R, exportRows)
	cells := make([]string, len(columns))
	flush := func() error {
		clear(here)
		if err := answer.Fetch(ctx, batch, func(i int, row R) { here[i] = row }); err != nil {
			return err
		}
		for _, i := range batch {
			row, there := here[i]
			if !there {
				continue // deleted meanwhile
			}
			for c, column := range columns {
				cells[c] = column.cell(row)
			}
			if err := w.Write(cells); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return ctx.Err()
	}
	for i := range answer.Len() {
		if !wanted(answer.ID(i)) {
			continue
		}
		if batch = append(batch, i); len(batch) == exportRows {
			if err := flush(); err != nil {
				return 0, err
			}
			progress(i+1, answer.Len())
		}
	}
	if err := flush(); err != nil {
		return 0, err
	}
	progress(0, 0) // the end of a spreadsheet cannot be foreseen
	return w.Rows(), w.Commit(ctx)
}

func fileColumns[R any](columns []Column[R]) []sheet.Column {
	out := make([]sheet.Column, len(columns))
	for i, c := range columns {
		out[i] = sheet.Column{Title: c.Title, Kind: c.Kind}
		if c.FileTitle != "" {
			out[i].Title = c.FileTitle
		}
	}
	return out
}

func (c Column[R]) cell(row R) string {
	if c.Cell != nil {
		return c.Cell(row)
	}
	return c.String(row)
}
