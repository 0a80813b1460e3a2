package sheet

import (
	"bytes"
	"unicode/utf8"
)

// marks is what is known of the quotation marks ahead: none closes a cell before until.
type marks struct {
	until int // from the start of the file
	line  int // that until is on
	stray int // the line of the last mark that neither closes nor is doubled
}

// nextQuoted reads a row with quotation marks, which may go over several lines.
func (r *textReader) nextQuoted() error {
	r.plain, r.ends, r.inMarks, r.stray = r.plain[:0], r.ends[:0], r.inMarks[:0], false
	for at := 0; ; at++ { // relative to start, which fill moves
		var err error
		if at, err = r.cell(at); err != nil {
			return err
		}
		r.ends = append(r.ends, len(r.plain))
		if at > maxLine {
			return errLineTooLong
		}
		if !r.has(at) || r.buf[r.start+at] != r.separator {
			r.start += at
			break
		}
	}
	r.endLine()
	row := string(r.plain)
	if !r.areUTF8() {
		row = windows1252(r.plain)
		r.shiftEnds()
	}
	r.cells = r.cells[:0]
	from := 0
	for _, to := range r.ends {
		r.cells = append(r.cells, unguard(row[from:to]))
		from = to
	}
	return r.checkWidth()
}

// areUTF8 reports whether every cell of plain is UTF-8. The row as a whole may be so by chance: its cells stand side by
// side without their separators.
func (r *textReader) areUTF8() bool {
	from := 0
	for _, to := range r.ends {
		if !utf8.Valid(r.plain[from:to]) {
			return false
		}
		from = to
	}
	return true
}

// shiftEnds moves ends to where they are after Windows-1252 became UTF-8.
func (r *textReader) shiftEnds() {
	from, shift := 0, 0
	for i, to := range r.ends {
		shift += len(windows1252(r.plain[from:to])) - (to - from)
		from = to
		r.ends[i] = to + shift
	}
}

// has reports whether the byte at a place relative to start is there, reading more if need be.
func (r *textReader) has(at int) bool {
	for r.start+at >= len(r.buf) {
		if !r.fill() {
			return r.start+at < len(r.buf)
		}
	}
	return true
}

// cell appends the cell that begins at a place relative to start to plain and returns its end.
func (r *textReader) cell(at int) (int, error) {
	if r.has(at) && r.buf[r.start+at] == '"' {
		if end, ok := r.quoted(at + 1); ok {
			r.inMarks = append(r.inMarks, true)
			return end, nil
		}
		r.stray = true
	}
	r.inMarks = append(r.inMarks, false)
	for ; r.has(at); at++ {
		c := r.buf[r.start+at]
		if c == r.separator || c == '\n' || c == '\r' {
			break
		}
		if at > maxLine {
			return at, errLineTooLong
		}
		r.plain = append(r.plain, c)
	}
	return at, nil
}

// quoted appends a cell whose opening quotation mark stands before at, and returns the place behind its
// closing one. Nothing is appended and ok is false when there is none: at the end of the file, after
// maxQuoted bytes, or because a later line has a mark that neither closes nor is doubled, which
// means that the opening one was stray.
func (r *textReader) quoted(at int) (end int, ok bool) {
	mark, line, ok := r.closingMark(at)
	if !ok {
		return 0, false
	}
	for text := r.buf[r.start+at : r.start+mark]; len(text) > 0; {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			r.plain = append(r.plain, text...)
			break
		}
		r.plain = append(r.plain, text[:i+1]...)
		if text = text[i+1:]; len(text) > 0 && text[0] == '"' {
			text = text[1:]
		}
	}
	r.following = line
	end, _ = r.closing(mark + 1)
	return end, true
}

// closingMark finds the mark that closes a cell which begins at a place relative to start, and the line it is on. Stray marks, of
// which a broken file has thousands, share one search: what one has learned of the marks that follow holds for the next.
func (r *textReader) closingMark(at int) (mark, line int, ok bool) {
	line = r.following
	begin := line
	limit := r.passed + r.start + at + maxQuoted
	// The marks at the very start are read anew: whether they are doubled depends on where the cell begins.
	run := at
	for r.has(run) && r.buf[r.start+run] == '"' && run-at < maxQuoted {
		run++
	}
	if r.looked += run - at; (run-at)%2 == 1 {
		if _, closes := r.closing(run); closes {
			return run - 1, line, true
		}
	}
	m := r.marks
	if r.passed+r.start+at >= m.until {
		m = marks{until: r.passed + r.start + at, line: line}
	} else if m.stray > line {
		return 0, 0, false
	}
	if to := r.passed + r.start + run; to > m.until {
		m.until = to
	}
	for m.until < limit && r.has(m.until-r.passed-r.start) {
		i := m.until - r.passed - r.start // relative to start
		c := r.buf[r.start+i]
		r.looked++
		switch {
		case c == '"' && r.has(i+1) && r.buf[r.start+i+1] == '"':
			m.until++
		case c == '"':
			if _, closes := r.closing(i + 1); closes {
				r.marks = m
				return i, m.line, true
			}
			if m.stray = m.line; m.line > begin {
				m.until++
				r.marks = m
				return 0, 0, false
			}
		case c == '\n', c == '\r' && !(r.has(i+1) && r.buf[r.start+i+1] == '\n'):
			m.line++
		}
		m.until++
	}
	r.marks = m
	return 0, 0, false
}

// closing reports whether nothing but blanks stand between at and the end of the cell, and where that is.
func (r *textReader) closing(at int) (end int, ok bool) {
	for r.has(at) && r.buf[r.start+at] == ' ' {
		at++
	}
	if !r.has(at) {
		return at, true
	}
	c := r.buf[r.start+at]
	return at, c == r.separator || c == '\n' || c == '\r'
}
