package sheet

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"consign/model"
)

const (
	// widestSpan and longestSpan are how far a cell of HTML goes at most (HTML Living Standard, 4.9.11).
	widestSpan  = 1000
	longestSpan = 65534
	// deepestTable is how many tables are read that stand in each other.
	deepestTable = 64
)

// openHTML reads a web page, which many programs save under the name of a spreadsheet, a mail or what Excel puts on the clipboard: each
// table is a sheet, and the text beside them another one.
func openHTML(from origin) (content, error) {
	text, err := from.readAll(maxInMemory)
	if errors.Is(err, errTooBig) {
		return nil, tooBig(from.path)
	}
	if err != nil {
		return nil, unopened(from.path, err)
	}
	m, err := tablesOfHTML(text)
	switch {
	case errors.Is(err, errTooBig):
		return nil, tooBig(from.path)
	case err != nil:
		return nil, damaged(from.path, err)
	case len(m.tables) == 0:
		return nil, fault(model.Invalid, from.path, "There is no table in {{.Name}}.")
	}
	return m, nil
}

func tablesOfHTML(text []byte) (*memoryTables, error) {
	var in io.Reader = bytes.NewReader(text)
	if enc := encodingOf(text[:min(len(text), headSize)]); enc == utf16LE || enc == utf16BE {
		in = decoded(in, enc, nil)
	} else if r, err := charset.NewReader(in, ""); err == nil {
		in = r
	}
	r := htmlReader{found: newMemoryTables(), tokens: html.NewTokenizer(in)}
	r.tokens.SetMaxBuf(maxElement)
	err := r.read()
	if err == io.EOF {
		err = nil
	}
	kept := r.found.tables[:0]
	for _, t := range r.found.tables {
		if len(t.rows) > 0 {
			kept = append(kept, t)
		}
	}
	if r.found.tables = kept; err == nil {
		err = r.prose()
	}
	return r.found, err
}

// htmlReader finds the tables in HTML.
type htmlReader struct {
	found  *memoryTables
	tokens *html.Tokenizer
	open   []*htmlTable // the innermost one last
	text   []byte       // beside the tables
	silent int          // how many elements are open whose text nobody sees
	pre    int          // how many keep their line ends
}

// htmlTable is a table that is being read.
type htmlTable struct {
	table   *memoryTable
	row     Row
	column  int
	covered []int // by column, how many rows more a cell above takes
	inCell  bool
	cell    []byte
	stored  string // the number that Excel or LibreOffice has put beside the text
}

func (r *htmlReader) read() error {
	for {
		switch r.tokens.Next() {
		case html.ErrorToken:
			for len(r.open) > 0 {
				if err := r.endTable(); err != nil {
					return err
				}
			}
			return r.tokens.Err()
		case html.TextToken:
			if r.silent == 0 {
				r.write(r.tokens.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := r.start(r.tokens.Token()); err != nil {
				return err
			}
		case html.EndTagToken:
			name, _ := r.tokens.TagName()
			if err := r.end(atom.Lookup(name)); err != nil {
				return err
			}
		}
	}
}

// write appends a text to the cell that is open, or to what stands beside the tables.
func (r *htmlReader) write(text []byte) {
	to := &r.text
	if len(r.open) > 0 && r.top().inCell {
		to = &r.top().cell
	}
	if r.pre == 0 {
		text = bytes.Map(func(c rune) rune {
			if c == '\n' || c == '\r' {
				return ' '
			}
			return c
		}, text)
	}
	*to = append(*to, text...)
}

func (r *htmlReader) top() *htmlTable { return r.open[len(r.open)-1] }

func (r *htmlReader) start(t html.Token) error {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title:
		if t.Type == html.StartTagToken {
			r.silent++
		}
	case atom.Pre:
		r.pre++
	case atom.Table:
		if len(r.open) < deepestTable {
			r.open = append(r.open, &htmlTable{table: r.found.begin(Sheet{})})
			return r.found.spend(rowCells)
		}
	case atom.Tr:
		return r.beginRow()
	case atom.Td, atom.Th:
		return r.beginCell(t)
	case atom.Br, atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.Hr:
		r.breakLine()
	}
	return nil
}

func (r *htmlReader) end(tag atom.Atom) error {
	switch tag {
	case atom.Script, atom.Style, atom.Title:
		r.silent = max(0, r.silent-1)
	case atom.Pre:
		r.pre = max(0, r.pre-1)
	case atom.Table:
		return r.endTable()
	case atom.Tr:
		return r.endRow()
	case atom.Td, atom.Th:
		if len(r.open) > 0 {
			r.top().endCell()
		}
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3:
		r.breakLine()
	}
	return nil
}

func (r *htmlReader) breakLine() {
	pre := r.pre
	r.pre = 1
	r.write([]byte("\n"))
	r.pre = pre
}

func (r *htmlReader) beginRow() error {
	if len(r.open) == 0 {
		return nil
	}
	if err := r.endRow(); err != nil {
		return err
	}
	t := r.top()
	t.row.Line++
	t.column = 0
	for i := range t.covered {
		t.covered[i]--
	}
	return r.found.spend(1 + len(t.covered))
}

func (r *htmlReader) beginCell(token html.Token) error {
	if len(r.open) == 0 {
		return nil
	}
	t := r.top()
	if t.row.Line == 0 {
		if err := r.beginRow(); err != nil {
			return err
		}
	}
	t.endCell()
	t.inCell = true
	for t.column < len(t.covered) && t.covered[t.column] > 0 {
		t.column++
	}
	columns, rows := 1, 1
	for _, a := range token.Attr {
		switch a.Key {
		case "colspan":
			columns = span(a.Val, widestSpan)
		case "rowspan":
			rows = span(a.Val, longestSpan)
		case "x:num", "sdval":
			t.stored = a.Val
		}
	}
	if t.column+columns > maxColumns {
		return errStructure
	}
	t.table.merge(Range{t.row.Line, t.row.Line + rows - 1, t.column, t.column + columns - 1})
	if rows == 1 && columns == 1 && len(t.covered) == 0 {
		return nil
	}
	for len(t.covered) < t.column+columns {
		t.covered = append(t.covered, 0)
	}
	for c := range columns {
		t.covered[t.column+c] = rows // also this row, so that the next cell stands behind it
	}
	return r.found.spend(columns)
}

// span is how many rows or columns a cell takes.
func span(value string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// shortened is how a spreadsheet shows a number that is too long for its cell or its format.
var shortened = regexp.MustCompile(`^(\d([.,]\d+)?E\+\d+|#+|#FMT)$`)

func (t *htmlTable) endCell() {
	if !t.inCell {
		return
	}
	text := tidy(t.cell)
	if shortened.MatchString(text) && t.stored != "" {
		text, _ = numberFormat{}.number(t.stored, false)
	}
	t.row.put(t.column, text)
	if t.column >= len(t.covered) {
		t.column++
	}
	t.inCell, t.cell, t.stored = false, t.cell[:0], ""
}

func (r *htmlReader) endRow() error {
	if len(r.open) == 0 {
		return nil
	}
	t := r.top()
	t.endCell()
	err := r.found.add(t.table, t.row)
	t.row.Cells = t.row.Cells[:0]
	return err
}

func (r *htmlReader) endTable() error {
	if len(r.open) == 0 {
		return nil
	}
	err := r.endRow()
	r.open = r.open[:len(r.open)-1]
	r.breakLine()
	return err
}

// prose makes a sheet of the text beside the tables.
func (r *htmlReader) prose() error {
	text := tidy(r.text)
	if text == "" {
		return nil
	}
	t := r.found.begin(Sheet{Text: true})
	for i, line := range strings.Split(text, "\n") {
		if err := r.found.add(t, Row{Line: i + 1, Cells: []string{line}}); err != nil {
			return err
		}
	}
	return nil
}

// tidy makes one blank of many, and of many line ends one.
func tidy(text []byte) string {
	var b strings.Builder
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		words := bytes.Fields(line)
		if len(words) > 0 && b.Len() > 0 {
			b.WriteByte('\n')
		}
		for i, word := range words {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.Write(bytes.ToValidUTF8(word, []byte("\uFFFD")))
		}
	}
	return b.String()
}
