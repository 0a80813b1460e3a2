package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"consign/model"
)

// openXML opens the XML files that are tables: Excel's of 2003, LibreOffice's without a package, and web pages that are XML.
func openXML(from origin, head []byte) (content, error) {
	if enc := encodingOf(head); enc == utf16LE || enc == utf16BE {
		head, _ = io.ReadAll(decoded(bytes.NewReader(head), enc, nil))
	}
	switch {
	case bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return openXML2003(from)
	case bytes.Contains(bytes.ToLower(head), []byte("<html")):
		return openHTML(from)
	}
	if c := openRecords(from, head); c != nil {
		return c, nil
	}
	return nil, noTable(xmlText, from.path)
}

func openXML2003(from origin) (content, error) {
	text, err := from.readAll(2 * maxInMemory)
	if err != nil && !errors.Is(err, errTooBig) {
		return nil, unopened(from.path, err)
	}
	r := xml2003{tables: newMemoryTables()}
	if err == nil {
		r.xml = newXML(bytes.NewReader(text))
		err = r.read()
	}
	switch {
	case errors.Is(err, errTooBig):
		return nil, tooBig(from.path)
	case err != io.EOF:
		return nil, damaged(from.path, err)
	case len(r.tables.tables) == 0:
		return nil, fault(model.Invalid, from.path, "There is no table in {{.Name}}.")
	}
	return r.tables, nil
}

// xml2003 reads an XML spreadsheet of Excel 2003.
type xml2003 struct {
	xml    *xml.Decoder
	tables *memoryTables
	table  *memoryTable
	row    Row
	next   int // the column of the next cell, from 1
	// Of the cell that is read:
	column  int // from 0
	kind    string
	value   []byte
	reads   bool // its value
	formula string
}

// read reads to the end, which is io.EOF.
func (r *xml2003) read() error {
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = r.start(t)
		case xml.EndElement:
			err = r.end(t.Name.Local)
		case xml.CharData:
			if r.reads {
				r.value = append(r.value, t...)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *xml2003) start(e xml.StartElement) error {
	if r.table == nil && e.Name.Local != "Worksheet" {
		return nil
	}
	switch e.Name.Local {
	case "Worksheet":
		r.table = r.tables.begin(Sheet{Name: attr(e, "Name")})
		r.row = Row{}
		return r.tables.spend(rowCells)
	case "Row":
		line, err := indexOf(e, r.row.Line+1)
		r.row = Row{Line: line, Hidden: isTrue(attr(e, "Hidden")), Cells: r.row.Cells[:0], Rounded: r.row.Rounded[:0], Numbers: r.row.Numbers[:0],
			Failed: r.row.Failed[:0]}
		r.next = 1
		return err
	case "Cell":
		column, err := indexOf(e, r.next)
		across, _ := strconv.Atoi(attr(e, "MergeAcross"))
		down, _ := strconv.Atoi(attr(e, "MergeDown"))
		if err != nil || r.row.Line == 0 || across < 0 || down < 0 || across > maxColumns || down > lastRow ||
			column+across > maxColumns || r.row.Line+down > lastRow {
			return errStructure
		}
		r.column, r.next = column-1, column+1+across
		r.table.merge(Range{r.row.Line, r.row.Line + down, column - 1, column - 1 + across})
		r.kind, r.value, r.formula = "", r.value[:0], strings.TrimSpace(attr(e, "Formula"))
	case "Data":
		r.kind, r.reads = attr(e, "Type"), true
	}
	return nil
}

// indexOf is where a row or cell says that it stands, else is next.
func indexOf(e xml.StartElement, next int) (int, error) {
	s := attr(e, "Index")
	if s == "" {
		return next, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > lastRow {
		return 0, errStructure
	}
	return n, nil
}

func (r *xml2003) end(name string) error {
	switch {
	case name == "Data":
		r.reads = false
	case name == "Cell" && r.table != nil:
		if r.row.Line == 0 {
			return errStructure
		}
		r.put()
	case name == "Row" && r.table != nil:
		err := r.tables.add(r.table, r.row)
		r.row.Cells = r.row.Cells[:0]
		return err
	}
	return nil
}

// put gives the row the cell that was read.
func (r *xml2003) put() {
	text := string(r.value)
	switch {
	case r.kind == "" && r.formula != "":
		text = r.formula
		r.row.Failed = append(r.row.Failed, r.column)
	case r.kind == "Error":
		r.row.Failed = append(r.row.Failed, r.column)
		if text == "" {
			text = unknownError
		}
	case text == "":
	case r.kind == "Number":
		var rounded bool
		r.row.Numbers = append(r.row.Numbers, r.column)
		if text, rounded = (numberFormat{}).number(text, false); rounded {
			r.row.Rounded = append(r.row.Rounded, r.column)
		}
	case r.kind == "Boolean":
		text = booleanText(isTrue(text))
	case r.kind == "DateTime":
		text = dayText(strings.TrimSuffix(text, ".000"))
	}
	r.row.put(r.column, text)
}

func booleanText(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// dayText shows 2026-11-15T00:00:00 as a day, and other times with a blank.
func dayText(iso string) string {
	return strings.Replace(strings.TrimSuffix(iso, "T00:00:00"), "T", " ", 1)
}
