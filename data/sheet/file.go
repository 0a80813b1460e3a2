// Package sheet reads and writes tables in files: CSV in the dialects and encodings that offices use,
// spreadsheets of Excel and LibreOffice, web pages and mails. The rows of large files are streamed in both directions, so that memory
// does not grow with the file. It knows nothing of devices.
package sheet

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"consign/model"
)

// Row is one line of a table. Its slices are reused for the next row, its strings stay valid.
type Row struct {
	// Line is the line number in the file, or the row number in the spreadsheet, from 1. A row
	// whose quoted cells go over several lines has the number of its first one.
	Line int
	// Cells are the texts as a person sees them: dates as 2026-11-15, whole numbers with all their
	// digits.
	Cells []string
	// Hidden tells that the spreadsheet does not show the row.
	Hidden bool
	// Rounded lists the columns whose number has more than 15 digits: a spreadsheet cannot hold
	// them, so the last digits are not to be trusted.
	Rounded []int
	// Numbers lists the columns whose cell is a number to the spreadsheet: zeros before it are lost, unless its format shows them.
	Numbers []int
	// Failed lists the columns whose cell has no value: an error such as #N/A, or a formula that was never calculated, whose cell is
	// the formula, =A1.
	Failed []int
}

// put sets a cell. It makes the row no longer for an empty one.
func (r *Row) put(column int, text string) {
	if text == "" && column >= len(r.Cells) {
		return
	}
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[column] = text
}

// Sheet is one table of a file.
type Sheet struct {
	Name   string
	Hidden bool
	// Text tells that it is no table but the text of a mail or a web page.
	Text bool
}

// Range are merged cells, of which the first one has the text of all. Lines count from 1 as those of a Row, columns from 0; both ends
// belong to it.
type Range struct{ FirstLine, LastLine, FirstColumn, LastColumn int }

// mostRanges is how many merged ranges of a sheet are told.
const mostRanges = 10_000

// File is a table file opened for reading. Rows may be read more than once, each time from the
// start, but by one goroutine at a time; Progress may be asked from any.
type File struct {
	path     string
	content  content
	progress progress
}

// Open recognises the file at path by its content, not its name. A file that is no table or cannot be
// read gives a model.Error that says what it is and what to do. Close the File after use.
func Open(path string) (*File, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return nil, unopened(path, err)
	}
	if stat.IsDir() {
		return nil, fault(model.Invalid, path, "{{.Name}} is a folder: choose a file in it.")
	}
	c, err := contentOf(origin{path: path}, 0)
	if err != nil {
		return nil, err
	}
	return &File{path: path, content: c}, nil
}

// FromText takes a pasted text as a file, also the tables of HTML. It fails only when there is nothing in it.
func FromText(text string) (*File, error) {
	if strings.TrimSpace(text) == "" {
		return nil, model.Fail(model.Invalid, "There is nothing to paste: copy the cells or lines first.")
	}
	from := origin{data: []byte(text)}
	head, _ := readHead(from.open)
	if kindOf(head) == webPage {
		if c, err := openHTML(from); err == nil {
			return &File{content: c}, nil
		}
	}
	if c := openRecords(from, head); c != nil {
		return &File{content: c}, nil
	}
	c, err := openText(from, head)
	if err != nil {
		return nil, err
	}
	return &File{content: c}, nil
}

// Sheets lists the tables of the file in their order; a text file has one, without a name. Of a mail they are those of its text and of
// the lists that are attached to it.
func (f *File) Sheets() []Sheet { return f.content.sheets() }

// NoLists names what is attached to a mail but is no list: to be told, for a list may be in a PDF.
func (f *File) NoLists() []string {
	if p, ok := f.content.(*parcel); ok {
		return p.noLists
	}
	return nil
}

// Name is the file's name without its folder, empty for a pasted text.
func (f *File) Name() string {
	if f.path == "" {
		return ""
	}
	return filepath.Base(f.path)
}

// Path is where the file is, empty for a pasted text.
func (f *File) Path() string { return f.path }

// Separator is the character between the cells of a text file, 0 for anything else.
func (f *File) Separator() byte {
	if t, ok := f.content.(*textFile); ok {
		return t.style.separator
	}
	return 0
}

// Rows streams the rows of a sheet (its index in Sheets) in their order; a spreadsheet leaves out rows without a text. An error, which
// comes last and with an empty Row, is a model.Error or the error of ctx.
func (f *File) Rows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	f.progress.read.Store(0)
	return f.content.rows(ctx, sheet, &f.progress)
}

// Lines streams the lines of a sheet for reading them as free text: each Row has one cell with the whole line as it is written, of a
// spreadsheet with tabs between the cells. Errors are those of Rows.
func (f *File) Lines(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	f.progress.read.Store(0)
	return linesOf(ctx, f.content, sheet, &f.progress)
}

// linesOf streams the lines of a content.
func linesOf(ctx context.Context, c content, sheet int, p *progress) iter.Seq2[Row, error] {
	type lined interface {
		lines(ctx context.Context, sheet int, p *progress) iter.Seq2[Row, error]
	}
	if l, ok := c.(lined); ok {
		return l.lines(ctx, sheet, p)
	}
	return joined(c.rows(ctx, sheet, p))
}

// joined makes one cell of each row.
func joined(rows iter.Seq2[Row, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				row = Row{Line: row.Line, Cells: []string{strings.Join(row.Cells, "\t")}, Hidden: row.Hidden}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// HiddenColumns lists the columns (from 0) that the spreadsheet does not show.
func (f *File) HiddenColumns(sheet int) ([]int, error) { return f.content.hiddenColumns(sheet) }

// Merged lists the merged ranges of a sheet: a title over several columns is one. For that it reads over the rows of an XLSX without
// decoding them, and the first 2,000 rows of an ODS; it tells 10,000 ranges at most. Errors are those of Rows.
func (f *File) Merged(ctx context.Context, sheet int) ([]Range, error) {
	return f.content.merged(ctx, sheet)
}

// Progress is how much of the present reading is done, from 0 to 1.
func (f *File) Progress() float64 {
	total := f.progress.total.Load()
	if total == 0 {
		return 0
	}
	return min(1, float64(f.progress.read.Load())/float64(total))
}

// Close frees the file.
func (f *File) Close() error { return f.content.Close() }
