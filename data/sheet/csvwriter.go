package sheet

import (
	"io"
	"strings"
)

// csvBuffer is about how many bytes of a CSV are written at once.
const csvBuffer = 64 << 10

// csvWriter writes CSV.
type csvWriter struct {
	out     io.Writer
	columns []Column
	sep     byte
	buf     []byte
	special [256]byte // what a byte asks of its cell: quotes, guards
}

const (
	quotes byte = 1 << iota // to stand in quotation marks
	begins                  // a spreadsheet may begin a cell behind it
	starts                  // it may start a formula
	hides                   // it may stand before the start of a formula
)

func newCSVWriter(out io.Writer, table Table) *csvWriter {
	w := &csvWriter{out: out, columns: table.Columns, sep: table.Separator, buf: make([]byte, 0, csvBuffer+4<<10)}
	// The other separators too, so that whoever guesses the separator guesses right.
	for _, c := range []byte("\"\r\n" + separators) {
		w.special[c] |= quotes
	}
	for _, c := range []byte(beginsCell) {
		w.special[c] |= begins
	}
	for _, c := range []byte(startsAnything) {
		w.special[c] |= starts
	}
	w.special['\''] |= hides
	w.special['"'] |= hides
	w.buf = append(w.buf, utf8BOM...)
	return w
}

func (w *csvWriter) header(titles []string) error {
	for i, title := range titles {
		w.cell(i, title, true)
	}
	return w.endRow()
}

func (w *csvWriter) row(cells []string) error {
	for i, cell := range cells {
		w.cell(i, cell, i >= len(w.columns) || w.columns[i].Kind != Number)
	}
	return w.endRow()
}

// cell appends a cell to the buffer. A number need not be guarded, if it is one.
func (w *csvWriter) cell(i int, text string, isText bool) {
	if i > 0 {
		w.buf = append(w.buf, w.sep)
	}
	var asks byte
	for i := range len(text) {
		asks |= w.special[text[i]]
	}
	if asks&starts != 0 && (asks&begins != 0 || w.special[text[0]]&(starts|hides) != 0) && (isText || !isNumber(text)) {
		text = guard(text)
	}
	if asks&quotes == 0 {
		w.buf = append(w.buf, text...)
		return
	}
	w.buf = append(w.buf, '"')
	for {
		at := strings.IndexByte(text, '"')
		if at < 0 {
			break
		}
		w.buf = append(append(w.buf, text[:at+1]...), '"')
		text = text[at+1:]
	}
	w.buf = append(append(w.buf, text...), '"')
}

func (w *csvWriter) endRow() error {
	w.buf = append(w.buf, "\r\n"...)
	if len(w.buf) < csvBuffer {
		return nil
	}
	return w.flush()
}

func (w *csvWriter) flush() error {
	_, err := w.out.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// finish writes what is buffered; the file is the one given to newCSVWriter.
func (w *csvWriter) finish(io.Writer) error { return w.flush() }
