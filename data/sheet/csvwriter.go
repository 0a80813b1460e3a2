package sheet

import (
	"bufio"
	"io"
	"strings"
)

// csvWriter writes CSV.
type csvWriter struct {
	out     *bufio.Writer
	columns []Column
	sep     byte
	quoting [256]bool // the bytes that need quotation marks around their cell
}

func newCSVWriter(out io.Writer, table Table) *csvWriter {
	w := &csvWriter{out: bufio.NewWriterSize(out, 64<<10), columns: table.Columns, sep: table.Separator}
	// The other separators too, so that whoever guesses the separator guesses right.
	for _, c := range []byte("\"\r\n" + separators) {
		w.quoting[c] = true
	}
	w.out.Write(utf8BOM)
	return w
}

func (w *csvWriter) header(titles []string) error {
	for i, title := range titles {
		w.cell(i, guard(title))
	}
	return w.endRow()
}

func (w *csvWriter) row(cells []string) error {
	for i, cell := range cells {
		if i >= len(w.columns) || w.columns[i].Kind != Number || !isNumber(cell) {
			cell = guard(cell)
		}
		w.cell(i, cell)
	}
	return w.endRow()
}

// cell writes a cell. Errors stay in the buffered writer until the end of the row.
func (w *csvWriter) cell(i int, text string) {
	if i > 0 {
		w.out.WriteByte(w.sep)
	}
	if !w.mustQuote(text) {
		w.out.WriteString(text)
		return
	}
	w.out.WriteByte('"')
	for {
		at := strings.IndexByte(text, '"')
		if at < 0 {
			break
		}
		w.out.WriteString(text[:at+1])
		w.out.WriteByte('"')
		text = text[at+1:]
	}
	w.out.WriteString(text)
	w.out.WriteByte('"')
}

func (w *csvWriter) mustQuote(text string) bool {
	for i := range len(text) {
		if w.quoting[text[i]] {
			return true
		}
	}
	return false
}

func (w *csvWriter) endRow() error {
	_, err := w.out.WriteString("\r\n")
	return err
}

// finish writes what is buffered; the file is the one given to newCSVWriter.
func (w *csvWriter) finish(io.Writer) error { return w.out.Flush() }
