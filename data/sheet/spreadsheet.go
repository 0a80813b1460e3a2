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
	"strings"
	"unicode/utf16"
)

var errStructure = errors.New("not the structure of a sheet")

// spreadsheetRows streams the rows of a sheet. Rows that the file leaves out are left out here.
//
// excelize reads sheets too, but tells a stream neither a cell's format, which dates and leading zeros
// need, nor the hidden columns, and takes longer.
func (f *File) spreadsheetRows(ctx context.Context, sheet int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := f.book.readStrings(); err != nil {
			yield(Row{}, f.book.fault(err))
			return
		}
		part, err := f.book.part(f.book.sheets[sheet].part, maxSheetPart)
		if err != nil {
			yield(Row{}, f.book.fault(err))
			return
		}
		defer part.Close()
		f.total.Store(part.size)
		r := rowReader{book: f.book, part: part, xml: xml.NewDecoder(counted{part, &f.read})}
		for n := 0; err == nil; n++ {
			if n%256 == 0 && ctx.Err() != nil {
				yield(Row{}, ctx.Err())
				return
			}
			if err = r.next(); err == nil && !yield(r.row, nil) {
				return
			}
		}
		if err != io.EOF {
			yield(Row{}, f.book.fault(err))
		}
	}
}

// hiddenColumns reads the part of a sheet that stands before its rows.
func (b *workbook) hiddenColumns(sheet int) ([]int, error) {
	var hidden []int
	err := b.elements(b.sheets[sheet].part, maxSheetPart, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "col":
			first, _ := strconv.Atoi(attr(e, "min"))
			last, _ := strconv.Atoi(attr(e, "max"))
			if isTrue(attr(e, "hidden")) && first > 0 {
				for c := first; c <= min(last, maxColumns); c++ {
					hidden = append(hidden, c-1)
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
	return hidden, nil
}

// rowReader reads the rows of one sheet.
type rowReader struct {
	book *workbook
	part *limited
	xml  *xml.Decoder
	row  Row
	text []byte // of the cell that is read
}

// next reads a row into r.row, and gives io.EOF behind the last one.
func (r *rowReader) next() error {
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				return r.readRow(t)
			}
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
	if s := attr(start, "r"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return errStructure
		}
		line = n
	}
	r.row = Row{Line: line, Cells: r.row.Cells[:0], Hidden: isTrue(attr(start, "hidden")), Rounded: r.row.Rounded[:0]}
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
	column, kind, style := len(r.row.Cells), "", 0
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
	r.text = r.text[:0]
	inValue := false
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
			case "is":
				if r.text, err = appendRichText(r.text, r.xml, "is"); err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				inValue = false
			case "c":
				return r.put(column, kind, style)
			}
		case xml.CharData:
			if inValue {
				r.text = append(r.text, t...)
			}
		}
	}
}

// put gives the row the cell whose raw value is in r.text.
func (r *rowReader) put(column int, kind string, style int) error {
	text := ""
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(r.text)))
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return errStructure
		}
		text = r.book.strings[i]
	case "", "n":
		var rounded bool
		text, rounded = r.book.format(style).number(string(r.text), r.book.date1904)
		if rounded {
			r.row.Rounded = append(r.row.Rounded, column)
		}
	case "b":
		text = "FALSE"
		if isTrue(string(r.text)) {
			text = "TRUE"
		}
	case "str":
		text = string(unescapeXML(r.text))
	case "d":
		text = strings.Replace(strings.TrimSuffix(string(r.text), "T00:00:00"), "T", " ", 1)
	default: // inlineStr, e (an error value)
		text = string(r.text)
	}
	for len(r.row.Cells) <= column {
		r.row.Cells = append(r.row.Cells, "")
	}
	r.row.Cells[column] = text
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
