package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"consign/model"
)

const (
	// maxLine is the longest row in bytes: more is no device list, and would fill the memory.
	maxLine = 1 << 20
	// maxQuoted is the longest quoted cell in bytes. A quotation mark that does not close within it
	// is an ordinary character, so that a stray one does not swallow the rest of the file.
	maxQuoted = 256 << 10
	// maxColumns is the width of the widest spreadsheet.
	maxColumns = 16384
)

var (
	errLineTooLong    = errors.New("line too long")
	errTooManyColumns = errors.New("too many columns")
)

// textFile is a text, a CSV or not.
type textFile struct {
	from  origin
	style dialect
	name  string // of its sheet
	prose bool   // the text of a mail
}

func openText(from origin, head []byte) (content, error) {
	t := &textFile{from: from, style: dialectOf(head)}
	if t.style.blank {
		return nil, fault(model.Invalid, from.path, "{{.Name}} is empty.")
	}
	return t, nil
}

func (t *textFile) sheets() []Sheet { return []Sheet{{Name: t.name, Text: t.prose}} }

func (t *textFile) hiddenColumns(int) ([]int, error) { return nil, nil }

func (t *textFile) merged(context.Context, int) ([]Range, error) { return nil, nil }

func (t *textFile) Close() error { return nil }

func (t *textFile) rows(ctx context.Context, _ int, p *progress) iter.Seq2[Row, error] {
	return t.read(ctx, p, (*textReader).next)
}

func (t *textFile) lines(ctx context.Context, _ int, p *progress) iter.Seq2[Row, error] {
	return t.read(ctx, p, (*textReader).nextLine)
}

// read streams what next reads.
func (t *textFile) read(ctx context.Context, p *progress, next func(*textReader) error) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		size, err := t.from.size()
		if err != nil {
			yield(Row{}, unopened(t.from.path, err))
			return
		}
		file, err := t.from.open()
		if err != nil {
			yield(Row{}, unopened(t.from.path, err))
			return
		}
		defer file.Close()
		p.total.Store(size)
		r := newTextReader(decoded(counted{cancellable{ctx, file}, &p.read}, t.style.encoding, t.style.page), t.style.separator)
		if t.style.declared {
			err = r.next()
		}
		for n := 0; err == nil; n++ {
			if n%1024 == 0 && ctx.Err() != nil {
				break
			}
			if err = next(r); err == nil && !yield(Row{Line: r.line, Cells: r.cells}, nil) {
				return
			}
		}
		switch {
		case ctx.Err() != nil:
			yield(Row{}, ctx.Err())
		case err != io.EOF:
			yield(Row{}, t.fault(err, r.line))
		}
	}
}

func (t *textFile) fault(err error, line int) error {
	switch err {
	case errLineTooLong:
		return model.Fail(model.Damaged, "Line {{.Line}} has no end: this is no device list.", "Line", line).Because(err)
	case errTooManyColumns:
		return model.Fail(model.Damaged, "Line {{.Line}} has more than {{.Count}} columns: this is no device list.", "Line", line, "Count",
			maxColumns).Because(err)
	}
	return unopened(t.from.path, err)
}

// textReader splits UTF-8 into rows of cells. A line ends with LF, CR LF or CR. It takes what
// encoding/csv refuses: rows of any width, quotation marks inside of a cell, stray ones.
type textReader struct {
	src       io.Reader
	separator byte
	buf       []byte
	start     int // the first byte of buf that is not read yet
	eof       bool
	err       error // of src
	line      int   // of the row in cells
	following int   // the line after it
	cells     []string
	ends      []int  // of the cells in plain
	plain     []byte // the text of a row with quotation marks, without them
	inMarks   []bool // which of its cells stood in quotation marks; empty for a row without any
	stray     bool   // it has a quotation mark that does not close
	marks     marks
	passed    int // bytes of src before buf
	looked    int // bytes that were looked at for a closing mark

	// Where the next LF, CR and quotation mark stand in buf, so that each is searched once.
	lf, cr, quote int
}

func newTextReader(src io.Reader, separator byte) *textReader {
	r := &textReader{src: src, separator: separator, buf: make([]byte, 0, 256<<10), following: 1}
	r.lf, r.cr, r.quote = -1, -1, -1
	r.fill()
	r.buf = bytes.TrimPrefix(r.buf, utf8BOM)
	return r
}

// fill reads more behind the unread bytes, moving them to the front. It reports whether more came.
func (r *textReader) fill() bool {
	if r.eof {
		return false
	}
	r.passed += r.start
	r.buf = r.buf[:copy(r.buf[:cap(r.buf)], r.buf[r.start:])]
	r.start = 0
	r.lf, r.cr, r.quote = -1, -1, -1
	if len(r.buf) == cap(r.buf) {
		r.buf = append(make([]byte, 0, 2*cap(r.buf)), r.buf...)
	}
	for len(r.buf) < cap(r.buf) {
		n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+n]
		if err != nil {
			r.eof = true
			if err != io.EOF {
				r.err = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	return true
}

// find returns where c stands next in buf, len(buf) if nowhere; at remembers it.
func (r *textReader) find(c byte, at *int) int {
	if *at < r.start {
		if i := bytes.IndexByte(r.buf[r.start:], c); i >= 0 {
			*at = r.start + i
		} else {
			*at = len(r.buf)
		}
	}
	return *at
}

// next reads a row into cells. At the end it returns io.EOF.
func (r *textReader) next() error {
	end, err := r.lineEnd()
	if err != nil {
		return err
	}
	if r.find('"', &r.quote) < end {
		return r.nextQuoted()
	}
	r.split(lineText(r.buf[r.start:end]))
	r.start = end
	r.endLine()
	return r.checkWidth()
}

// nextLine reads a line as one cell.
func (r *textReader) nextLine() error {
	end, err := r.lineEnd()
	if err != nil {
		return err
	}
	r.cells = append(r.cells[:0], lineText(r.buf[r.start:end]))
	r.start = end
	r.endLine()
	return nil
}

// lineEnd finds where the next line ends in buf.
func (r *textReader) lineEnd() (int, error) {
	for {
		end := min(r.find('\n', &r.lf), r.find('\r', &r.cr))
		// The last byte in buf may be the CR of a CR LF that is still to come.
		if end < len(r.buf)-1 || end < len(r.buf) && r.buf[end] == '\n' || !r.fill() {
			break
		}
		if len(r.buf)-r.start > maxLine {
			r.line = r.following
			return 0, errLineTooLong
		}
	}
	r.line = r.following
	switch {
	case r.err != nil:
		return 0, r.err
	case r.start == len(r.buf):
		return 0, io.EOF
	}
	return min(r.find('\n', &r.lf), r.find('\r', &r.cr)), nil
}

// endLine steps over a line end.
func (r *textReader) endLine() {
	if r.start < len(r.buf) {
		c := r.buf[r.start]
		r.start++
		if c == '\r' && r.start < len(r.buf) && r.buf[r.start] == '\n' {
			r.start++
		}
	}
	r.following++
}

func (r *textReader) checkWidth() error {
	if len(r.cells) > maxColumns {
		return errTooManyColumns
	}
	return nil
}

// split makes cells of a line without quotation marks.
func (r *textReader) split(line string) {
	r.cells, r.inMarks, r.stray = r.cells[:0], r.inMarks[:0], false
	guarded := strings.IndexByte(line, '\'') >= 0
	for {
		i := strings.IndexByte(line, r.separator)
		if i < 0 {
			break
		}
		r.cells = append(r.cells, line[:i])
		line = line[i+1:]
	}
	r.cells = append(r.cells, line)
	if guarded {
		for i, cell := range r.cells {
			r.cells[i] = unguard(cell)
		}
	}
}
