package sheet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"iter"
	"strconv"
	"strings"

	"consign/model"
)

// openDocument is a spreadsheet of LibreOffice (ODS): all its sheets stand in one part, one behind the other.
type openDocument struct {
	archived
	tables []Sheet
}

const documentPart = "content.xml"

// isOpenDocument tells it from the packages of Excel, Word and a plain archive.
func (a *archived) isOpenDocument() bool {
	return a.parts[documentPart] != nil && (a.parts["mimetype"] != nil || a.parts["meta-inf/manifest.xml"] != nil)
}

func openODS(a archived) (content, error) {
	o := &openDocument{archived: a}
	hidden := map[string]bool{} // styles
	style := ""
	body := false
	part, err := o.part(documentPart, maxSheetPart)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	err = tags(part, utf8XML(part), func(tag []byte) bool {
		switch {
		case bytes.HasPrefix(tag, []byte("<style:style ")):
			style = attr(tagOf(tag), "name")
		case bytes.HasPrefix(tag, []byte("<style:table-properties ")) && attr(tagOf(tag), "display") == "false":
			hidden[style] = true
		case bytes.HasPrefix(tag, []byte("<office:spreadsheet")):
			body = true
		case isTable(tag):
			e := tagOf(tag)
			o.tables = append(o.tables, Sheet{Name: attr(e, "name"), Hidden: hidden[attr(e, "style-name")]})
		}
		return len(o.tables) == maxSheets || len(hidden) == maxSheets
	})
	switch {
	case err != io.EOF && err != nil:
		return nil, err
	case !body:
		return nil, fault(model.Invalid, a.path, "{{.Name}} is a text document: copy the lines out of it and paste them.")
	case len(o.tables) == 0:
		return nil, fault(model.Invalid, a.path, "There is no table in {{.Name}}.")
	}
	return o, nil
}

// maxSheets is how many sheets a spreadsheet of LibreOffice has at most.
const maxSheets = 10_000

func isTable(tag []byte) bool {
	return bytes.HasPrefix(tag, []byte("<table:table ")) || bytes.HasPrefix(tag, []byte("<table:table>"))
}

// tagOf decodes a tag.
func tagOf(tag []byte) xml.StartElement {
	d := xml.NewDecoder(bytes.NewReader(tag))
	token, _ := d.RawToken()
	e, _ := token.(xml.StartElement)
	return e
}

// tags calls do with every tag up to the one for which it says that this is enough, much faster than a decoder.
func tags(part *limited, text xmlBytes, do func(tag []byte) (enough bool)) error {
	for {
		part.renew()
		tag, err := text.ReadSlice('>')
		if err == bufio.ErrBufferFull {
			continue // a long text
		}
		if err != nil {
			return err
		}
		if at := bytes.LastIndexByte(tag, '<'); at >= 0 && do(tag[at:]) {
			return nil
		}
	}
}

func (o *openDocument) sheets() []Sheet { return o.tables }

func (o *openDocument) rows(ctx context.Context, sheet int, p *progress) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := o.read(ctx, sheet, p, func(r *documentReader) error { return streamed(ctx, r.next, &r.row, yield) })
		switch {
		case err == nil || err == io.EOF:
		case ctx.Err() != nil:
			yield(Row{}, ctx.Err())
		default:
			yield(Row{}, o.fault(err))
		}
	}
}

// read gives do a reader at the beginning of a sheet.
func (o *openDocument) read(ctx context.Context, sheet int, p *progress, do func(*documentReader) error) error {
	part, err := o.part(documentPart, maxSheetPart)
	if err != nil {
		return err
	}
	defer part.Close()
	p.total.Store(part.size)
	text := utf8XML(counted{cancellable{ctx, part}, &p.read})
	n := -1
	err = tags(part, text, func(tag []byte) bool {
		if isTable(tag) {
			n++
		}
		return n == sheet
	})
	if err != nil {
		return unexpectedEnd(err)
	}
	return do(&documentReader{part: part, xml: xml.NewDecoder(text)})
}

// hiddenColumns and merged cells are told as far as they stand in the first rows of the sheet.
const describedRows = 2000

func (o *openDocument) hiddenColumns(sheet int) ([]int, error) {
	var hidden []int
	err := o.describe(context.Background(), sheet, 1, func(r *documentReader) { hidden = columnsIn(r.hidden[:]) })
	return hidden, err
}

func (o *openDocument) merged(ctx context.Context, sheet int) ([]Range, error) {
	var ranges []Range
	err := o.describe(ctx, sheet, describedRows, func(r *documentReader) { ranges = r.ranges })
	return ranges, err
}

// describe reads the first rows of a sheet and then calls do.
func (o *openDocument) describe(ctx context.Context, sheet, rows int, do func(*documentReader)) error {
	err := o.read(ctx, sheet, &progress{}, func(r *documentReader) error {
		var err error
		for n := 0; n < rows && err == nil; n++ {
			err = r.next()
		}
		do(r)
		return err
	})
	switch {
	case err == nil || err == io.EOF:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return o.fault(err)
}

// documentReader reads the rows of one sheet.
type documentReader struct {
	part      *limited
	xml       *xml.Decoder
	row       Row
	again     int // how often the row comes once more
	following int // the line of the row after it
	hidden    [maxColumns]bool
	described int // columns
	ranges    []Range
	text      []byte
}

// next reads the next row with a text into r.row, and gives io.EOF behind the last one.
func (r *documentReader) next() error {
	if r.again > 0 {
		r.again--
		r.row.Line++
		return nil
	}
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return unexpectedEnd(err)
		}
		r.part.renew()
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "table-column":
				n := repeated(t, "number-columns-repeated")
				for c := r.described; c < min(r.described+n, maxColumns) && attr(t, "visibility") != "" && attr(t, "visibility") != "visible"; c++ {
					r.hidden[c] = true
				}
				r.described = min(r.described+n, maxColumns)
			case "table-row":
				if err := r.readRow(t); err != nil {
					return err
				}
				if len(r.row.Cells) > 0 {
					return nil
				}
			}
		case xml.EndElement:
			if t.Name.Local == "table" {
				return io.EOF
			}
		}
	}
}

// repeated is how often a row, column or cell stands there.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, lastRow)
}

func (r *documentReader) readRow(start xml.StartElement) error {
	times := repeated(start, "number-rows-repeated")
	shown := attr(start, "visibility")
	r.row = Row{Line: r.following + 1, Hidden: shown != "" && shown != "visible",
		Cells: r.row.Cells[:0], Rounded: r.row.Rounded[:0], Numbers: r.row.Numbers[:0], Failed: r.row.Failed[:0]}
	r.following = min(r.following+times, lastRow+1)
	column := 0
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "table-cell" && t.Name.Local != "covered-table-cell" {
				break
			}
			if column, err = r.readCell(t, column); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local != "table-row" {
				break
			}
			if len(r.row.Cells) > 0 {
				if r.following > lastRow {
					return errStructure
				}
				r.again = times - 1
			}
			return nil
		}
	}
}

// readCell reads a cell, which may stand for many, and returns the column behind it.
func (r *documentReader) readCell(start xml.StartElement, column int) (int, error) {
	times := repeated(start, "number-columns-repeated")
	if err := r.readText(start.Name.Local); err != nil {
		return 0, err
	}
	if across, down := repeated(start, "number-columns-spanned"), repeated(start, "number-rows-spanned"); across > 1 || down > 1 {
		merged := Range{r.row.Line, min(r.row.Line+down-1, lastRow), column, min(column+across, maxColumns) - 1}
		if len(r.ranges) < mostRanges && merged.FirstColumn <= merged.LastColumn {
			r.ranges = append(r.ranges, merged)
		}
	}
	text, class := valueOfCell(start, string(r.text))
	if text == "" {
		return min(column+times, maxColumns), nil
	}
	if column+times > maxColumns {
		return 0, errStructure
	}
	for c := column; c < column+times; c++ {
		r.row.put(c, text)
		switch class {
		case failedCell:
			r.row.Failed = append(r.row.Failed, c)
		case roundedCell:
			r.row.Rounded = append(r.row.Rounded, c)
			fallthrough
		case numberCell:
			r.row.Numbers = append(r.row.Numbers, c)
		}
	}
	return column + times, nil
}

// cellClass is what a Row tells of a cell.
type cellClass int

const (
	textCell cellClass = iota
	numberCell
	roundedCell
	failedCell
)

// valueOfCell makes the text of a cell of what is stored, and of what is shown.
func valueOfCell(cell xml.StartElement, shown string) (string, cellClass) {
	kind, formula := "", ""
	for _, a := range cell.Attr {
		switch {
		case a.Name.Local == "value-type" && (a.Name.Space == "office" || a.Value == "error"):
			if kind != "error" {
				kind = a.Value
			}
		case a.Name.Local == "formula":
			formula = a.Value
		}
	}
	switch kind {
	case "error":
		return shown, failedCell
	case "float", "currency", "percentage":
		text, rounded := (numberFormat{}).number(attr(cell, "value"), false)
		if isDigits(shown) && len(shown) > len(text) && strings.TrimLeft(shown, "0") == text {
			text = shown // its format shows zeros
		}
		if rounded {
			return text, roundedCell
		}
		return text, numberCell
	case "date":
		return dayText(attr(cell, "date-value")), textCell
	case "boolean":
		return booleanText(isTrue(attr(cell, "boolean-value"))), textCell
	case "":
		if formula != "" && shown == "" {
			_, formula, _ = strings.Cut(formula, "=") // of:=A1
			return "=" + formula, failedCell
		}
	}
	return shown, textCell
}

// readText reads what a cell shows into r.text, without its comments, up to the end of the cell.
func (r *documentReader) readText(cell string) error {
	r.text = r.text[:0]
	paragraphs, depth, silent := 0, 0, 0
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return unexpectedEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "annotation", "shapes":
				silent++
			case "p":
				if silent > 0 {
					break
				}
				if paragraphs++; paragraphs > 1 {
					r.text = append(r.text, '\n')
				}
			case "s":
				n := repeated(t, "c")
				r.text = append(r.text, strings.Repeat(" ", min(n, 1000))...)
			case "tab":
				r.text = append(r.text, '\t')
			case "line-break":
				r.text = append(r.text, '\n')
			}
		case xml.EndElement:
			if depth == 0 && t.Name.Local == cell {
				return nil
			}
			depth = max(0, depth-1)
			if t.Name.Local == "annotation" || t.Name.Local == "shapes" {
				silent = max(0, silent-1)
			}
		case xml.CharData:
			if silent == 0 && paragraphs > 0 {
				r.text = append(r.text, t...)
			}
		}
		if len(r.text) > maxElement {
			return errTooBig
		}
	}
}
