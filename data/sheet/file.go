// Package sheet reads and writes tables in files: CSV in the dialects and encodings that offices use,
// and XLSX. Rows are streamed in both directions, so that memory does not grow with the file.
// It knows nothing of devices.
package sheet

import (
	"context"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"consign/model"
)

// Row is one line of a table.
type Row struct {
	// Line is the line number in the file, or the row number in the spreadsheet, from 1. A row
	// whose quoted cells go over several lines has the number of its first one.
	Line int
	// Cells are the texts as a person sees them: dates as 2026-11-15, whole numbers with all their
	// digits. The slice is reused for the next row, its strings stay valid.
	Cells []string
	// Hidden tells that the spreadsheet does not show the row.
	Hidden bool
	// Rounded lists the columns whose number has more than 15 digits: a spreadsheet cannot hold
	// them, so the last digits are not to be trusted. Reused like Cells.
	Rounded []int
}

// Sheet is one table of a file.
type Sheet struct {
	Name   string
	Hidden bool
}

// File is a table file opened for reading. Rows may be read more than once, each time from the
// start, but by one goroutine at a time; Progress may be asked from any.
type File struct {
	path  string
	book  *workbook // nil for text
	text  source    // of a text file
	style dialect   // of a text file
	read  atomic.Int64
	total atomic.Int64
}

// source opens the bytes of a text anew.
type source func() (io.ReadCloser, error)

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
	head, err := readHead(func() (io.ReadCloser, error) { return os.Open(path) })
	if err != nil {
		return nil, unopened(path, err)
	}
	f := &File{path: path}
	switch kind := kindOf(head); kind {
	case zipped:
		if f.book, err = openWorkbook(path); err != nil {
			return nil, err
		}
		return f, nil
	case plainText:
		f.total.Store(stat.Size())
		return f, f.openText(func() (io.ReadCloser, error) { return os.Open(path) }, head)
	default:
		return nil, noTable(kind, path)
	}
}

// FromText takes a pasted text as a file. It fails only when there is nothing in it.
func FromText(text string) (*File, error) {
	f := &File{}
	f.total.Store(int64(len(text)))
	open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	head, _ := readHead(open)
	if strings.TrimSpace(text) == "" {
		return nil, model.Fail(model.Invalid, "There is nothing to paste: copy the cells or lines first.")
	}
	return f, f.openText(open, head)
}

func (f *File) openText(open source, head []byte) error {
	f.text = open
	f.style = dialectOf(head)
	if f.style.blank {
		return fault(model.Invalid, f.path, "{{.Name}} is empty.")
	}
	return nil
}

// Sheets lists the tables of the file in their order; a text file has one, without a name.
func (f *File) Sheets() []Sheet {
	if f.book == nil {
		return []Sheet{{}}
	}
	sheets := make([]Sheet, len(f.book.sheets))
	for i, s := range f.book.sheets {
		sheets[i] = s.Sheet
	}
	return sheets
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

// Separator is the character between the cells of a text file, 0 for a spreadsheet.
func (f *File) Separator() byte { return f.style.separator }

// Rows streams the rows of a sheet (its index in Sheets) in their order. An error, which comes last
// and with an empty Row, is a model.Error or the error of ctx.
func (f *File) Rows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	f.read.Store(0)
	if f.book != nil {
		return f.spreadsheetRows(ctx, sheet)
	}
	return f.textRows(ctx)
}

// HiddenColumns lists the columns (from 0) that the spreadsheet does not show.
func (f *File) HiddenColumns(sheet int) ([]int, error) {
	if f.book == nil {
		return nil, nil
	}
	return f.book.hiddenColumns(sheet)
}

// Progress is how much of the present reading is done, from 0 to 1.
func (f *File) Progress() float64 {
	total := f.total.Load()
	if total == 0 {
		return 0
	}
	return min(1, float64(f.read.Load())/float64(total))
}

// Close frees the file.
func (f *File) Close() error {
	if f.book != nil {
		return f.book.zip.Close()
	}
	return nil
}

// counted counts the bytes that pass for Progress.
type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// cancellable is a reader that ends with its context.
type cancellable struct {
	ctx context.Context
	io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}
