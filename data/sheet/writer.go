package sheet

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"consign/data/disk"
	"consign/model"
)

// Kind is what the cells of a column are.
type Kind uint8

const (
	Text     Kind = iota // as it is: identifiers never become numbers
	Number               // digits, right-aligned and summable in a spreadsheet
	Date                 // 2026-11-15
	DateTime             // 2026-11-15 13:45:00
)

// Column is a column of a table to write.
type Column struct {
	Title string
	Kind  Kind
}

// Format is the kind of file to write.
type Format uint8

// The formats.
const (
	CSV Format = iota
	XLSX
)

// FormatOf chooses the format by the ending of a file name: XLSX for .xlsx, else CSV.
func FormatOf(path string) Format {
	if len(path) > 5 && strings.EqualFold(path[len(path)-5:], ".xlsx") {
		return XLSX
	}
	return CSV
}

// Table describes a file to write.
type Table struct {
	Name      string   // of the sheet in a spreadsheet
	Columns   []Column // when no column has a title, no header is written
	Format    Format
	Separator byte // between the cells of a CSV: one of , ; tab and |; 0 is the comma
}

// Writer writes a table that appears under its name whole, at Commit, or not at all.
// Use it from one goroutine at a time.
//
// A CSV is UTF-8 with a mark, so that Excel reads it, and ends its lines with CR LF. A text that a
// spreadsheet would run as a formula gets an apostrophe before it, which Open takes away again.
// Identifiers are plain digits: ="3519…" or a blank before them would keep Excel from showing
// 3.5E+14, but the portals and every other reader would take those characters for part of the
// identifier. Who wants to look at them in Excel exports XLSX, where they are text cells.
//
// Characters that XML cannot hold become U+FFFD in XLSX, and a cell ends at 32,767 characters.
type Writer struct {
	pending *disk.Pending
	table   Table
	rows    rowWriter
	cells   []string
	n       int
}

// rowWriter is a format.
type rowWriter interface {
	header(titles []string) error
	row(cells []string) error
	finish(out io.Writer) error
}

// Create starts a table file. The folder of path must exist. Defer Close.
func Create(path string, table Table) (*Writer, error) {
	if table.Separator == 0 {
		table.Separator = ','
	}
	pending, err := disk.Begin(path, disk.Shared)
	if err != nil {
		return nil, disk.Unwritable(path, err)
	}
	w := &Writer{pending: pending, table: table}
	if table.Format == XLSX {
		w.rows = newSpreadsheetWriter(table)
	} else {
		w.rows = newCSVWriter(pending, table)
	}
	if titles := titlesOf(table); titles != nil {
		if err := w.rows.header(titles); err != nil {
			w.Close()
			return nil, disk.Unwritable(path, err)
		}
	}
	return w, nil
}

// titlesOf are the titles of a table's columns, nil if none has one.
func titlesOf(table Table) []string {
	titles, titled := make([]string, len(table.Columns)), false
	for i, c := range table.Columns {
		titles[i] = c.Title
		titled = titled || c.Title != ""
	}
	if !titled {
		return nil
	}
	return titles
}

// Next ends the table and begins another one of the same workbook, on a sheet of its own name. A CSV holds one table: it is Invalid there.
func (w *Writer) Next(table Table) error {
	book, ok := w.rows.(*spreadsheetWriter)
	if !ok {
		return model.Fail(model.Invalid, "A CSV file holds one table.")
	}
	if err := book.next(table, titlesOf(table)); err != nil {
		return disk.Unwritable(w.pending.Target(), err)
	}
	w.table = table
	return nil
}

// Write adds a row. Cells beyond the columns of the table are written as text.
func (w *Writer) Write(cells []string) error {
	for _, cell := range cells {
		if !utf8.ValidString(cell) {
			cells = w.validCells(cells)
			break
		}
	}
	if err := w.rows.row(cells); err != nil {
		return disk.Unwritable(w.pending.Target(), err)
	}
	w.n++
	return nil
}

// Rows is how many rows were written, without the header.
func (w *Writer) Rows() int { return w.n }

func (w *Writer) validCells(cells []string) []string {
	w.cells = w.cells[:0]
	for _, cell := range cells {
		w.cells = append(w.cells, strings.ToValidUTF8(cell, "\uFFFD"))
	}
	return w.cells
}

// Commit finishes the file and gives it its name. For a spreadsheet this takes about as long as
// writing its rows did; it stops when ctx is cancelled. After an error nothing is left behind.
func (w *Writer) Commit(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		err = w.rows.finish(stoppable{ctx, w.pending})
	}
	if err != nil {
		w.Close()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return disk.Unwritable(w.pending.Target(), err)
	}
	if err := w.pending.Commit(); err != nil {
		return disk.Unwritable(w.pending.Target(), err)
	}
	return nil
}

// Close abandons the file unless it was committed.
func (w *Writer) Close() error {
	if x, ok := w.rows.(io.Closer); ok {
		x.Close()
	}
	return w.pending.Close()
}

// stoppable is a writer that ends with its context.
type stoppable struct {
	ctx context.Context
	io.Writer
}

func (s stoppable) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Writer.Write(p)
}

// isNumber reports a number that a spreadsheet keeps as it is written: no leading zero, at most 15 digits.
func isNumber(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	switch {
	case !isDigits(whole), len(whole)+len(fraction) > 15, len(whole) > 1 && whole[0] == '0':
		return false
	case hasFraction:
		return isDigits(fraction)
	}
	return s != "-0"
}

// dateOf reads a cell of a Date or DateTime column.
func dateOf(s string) (time.Time, bool) {
	layout := time.DateOnly
	if len(s) > len(layout) {
		layout = time.DateTime
	}
	t, err := time.Parse(layout, s)
	return t, err == nil
}
