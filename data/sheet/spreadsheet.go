package sheet

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"unicode/utf16"
)

var errStructure = errors.New("not the structure of a sheet")

func (b *workbook) sheets() []Sheet {
	sheets := make([]Sheet, len(b.tables))
	for i, t := range b.tables {
		sheets[i] = t.Sheet
	}
	return sheets
}

// rows streams the rows of a sheet. Rows that the file leaves out are left out here, and those without a text: styled ones go on for
// millions.
//
// excelize reads sheets too, but tells a stream neither a cell's format, which dates and leading zeros
// need, nor the hidden columns, and takes longer.
func (b *workbook) rows(ctx context.Context, sheet int, p *progress) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := b.readStrings(ctx)
		if err == nil {
			var part *limited
			if part, err = b.part(b.tables[sheet].part, maxSheetPart); err == nil {
				defer part.Close()
				p.total.Store(part.size)
				r := rowReader{book: b, part: part, xml: newXML(counted{cancellable{ctx, part}, &p.read})}
				if err = streamed(ctx, r.next, &r.row, yield); err == nil {
					return
				}
			}
		}
		switch {
		case ctx.Err() != nil:
			yield(Row{}, ctx.Err())
		case err != io.EOF:
			yield(Row{}, b.fault(err))
		}
	}
}

// streamed yields the row that next has filled, up to an error of it or of ctx. It returns nil when nobody wants more.
func streamed(ctx context.Context, next func() error, row *Row, yield func(Row, error) bool) error {
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := next(); err != nil {
			return err
		}
		if !yield(*row, nil) {
			return nil
		}
	}
}

// hiddenColumns reads the part of a sheet that stands before its rows.
func (b *workbook) hiddenColumns(sheet int) ([]int, error) {
	var hidden [maxColumns]bool
	err := b.elements(b.tables[sheet].part, maxSheetPart, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "col":
			first, _ := strconv.Atoi(attr(e, "min"))
			last, _ := strconv.Atoi(attr(e, "max"))
			if isTrue(attr(e, "hidden")) && first > 0 {
				for c := first; c <= min(last, maxColumns); c++ {
					hidden[c-1] = true
				}
			}
		case "sheetData":
			return io.EOF
		}
		return nil
	})
	if err != nil && err != io.EOF {
		return nil, b.fault(err)
	}
	return columnsIn(hidden[:]), nil
}

func columnsIn(set []bool) []int {
	var columns []int
	for c, in := range set {
		if in {
			columns = append(columns, c)
		}
	}
	return columns
}

// rowReader reads the rows of one sheet.
type rowReader struct {
	book *workbook
	part *limited
	xml  *xml.Decoder
	row  Row
	// Of the cell that is read:
	column  int
	text    []byte
	formula []byte // nil when it has none
}

// next reads the next row with a text into r.row, and gives io.EOF behind the last one.
func (r *rowReader) next() error {
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "row" {
				break
			}
			if err := r.readRow(t); err != nil {
				return err
			}
			if len(r.row.Cells) == 0 {
				break
			}
			if r.row.Line > lastRow {
				return errStructure // Excel does not open such a file
			}
			return nil
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				return io.EOF // what follows is no row
			}
		}
	}
}

func (r *rowReader) readRow(start xml.StartElement) error {
	r.part.renew()
	line := r.row.Line + 1
	hidden := false
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < 1 {
				return errStructure
			}
			line = n
		case "hidden":
			hidden = isTrue(a.Value)
		}
	}
	r.row = Row{Line: line, Hidden: hidden, Cells: r.row.Cells[:0], Rounded: r.row.Rounded[:0], Numbers: r.row.Numbers[:0],
		Failed: r.row.Failed[:0]}
	r.column = 0
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				if err := r.readCell(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		}
	}
}

// readCell reads a cell to its end and puts its text into the row.
func (r *rowReader) readCell(start xml.StartElement) error {
	column, kind, style := r.column, "", 0
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			column = columnOf(a.Value)
		case "t":
			kind = a.Value
		case "s":
			style, _ = strconv.Atoi(a.Value)
		}
	}
	if column < 0 || column >= maxColumns {
		return errStructure
	}
	r.column = column + 1
	r.text, r.formula = r.text[:0], nil
	inValue, inFormula := false, false
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				inValue = true
			case "f":
				inFormula = true
				r.formula = []byte("=")
			case "is":
				if r.text, err = appendRichText(r.text, r.xml, "is"); err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				inValue = false
			case "f":
				inFormula = false
			case "c":
				return r.put(column, kind, style)
			}
		case xml.CharData:
			switch {
			case inValue:
				r.text = append(r.text, t...)
			case inFormula:
				r.formula = append(r.formula, t...)
			}
		}
	}
}

// unknownError stands for an error whose name a file does not say.
const unknownError = "#ERROR!"

// put gives the row the cell whose raw value is in r.text.
func (r *rowReader) put(column int, kind string, style int) error {
	text := ""
	if r.formula != nil && len(r.text) == 0 && kind != "str" {
		r.row.Failed = append(r.row.Failed, column)
		r.row.put(column, string(r.formula))
		return nil
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(r.text)))
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return errStructure
		}
		text = r.book.strings[i]
	case "", "n":
		if len(r.text) == 0 {
			return nil
		}
		r.row.Numbers = append(r.row.Numbers, column)
		var rounded bool
		text, rounded = r.book.format(style).number(string(r.text), r.book.date1904)
		if rounded {
			r.row.Rounded = append(r.row.Rounded, column)
		}
	case "b":
		text = booleanText(isTrue(string(r.text)))
	case "str":
		text = string(unescapeXML(r.text))
	case "d":
		text = dayText(string(r.text))
	case "e":
		r.row.Failed = append(r.row.Failed, column)
		if text = string(r.text); text == "" {
			text = unknownError
		}
	default: // inlineStr
		text = string(r.text)
	}
	r.row.put(column, text)
	return nil
}

// columnOf is the column of a cell name such as AB12, from 0; -1 when it has none.
func columnOf(name string) int {
	column := 0
	for i := 0; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && column <= maxColumns; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	return column - 1
}

// escaped is how spreadsheets write a character that XML cannot hold, as UTF-16.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeXML gives back the characters behind _x0007_ and the like (ECMA-376 part 1, 22.9.2.19).
func unescapeXML(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	return escaped.ReplaceAllFunc(text, func(m []byte) []byte {
		code, _ := strconv.ParseUint(string(m[2:6]), 16, 16)
		if utf16.IsSurrogate(rune(code)) {
			return m
		}
		return []byte(string(rune(code)))
	})
}
