package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"consign/data/disk"
)

const (
	// lastRow is where a sheet of a spreadsheet ends; more rows go to further sheets.
	lastRow = 1048576
	// widthSample is how many rows decide on the widths of the columns. They are kept until the
	// first sheet begins, because the widths stand before the rows.
	widthSample = 200
	narrowest   = 8
	widest      = 60
)

// spreadsheetWriter writes XLSX. excelize makes the workbook around the rows; the rows go to a temporary file as they come, and
// from there into the workbook: excelize's own stream keeps 16 MB of them in the memory and takes four times as long.
type spreadsheetWriter struct {
	table  Table
	book   *excelize.File
	last   int // rows, from which sheets begin anew: lastRow, less in tests
	titles []string
	sample [][]string
	begun  int // sheets of the present table
	widths []int
	styles map[Kind]int
	bold   int
	at     int          // rows in the present sheet
	sheets []*disk.File // of their rows, the present one last
	buf    []byte       // rows that are not in the file yet
	names  []string     // of the columns: A, B, …
}

func newSpreadsheetWriter(table Table) *spreadsheetWriter {
	return &spreadsheetWriter{table: table, last: lastRow, widths: make([]int, len(table.Columns))}
}

func (w *spreadsheetWriter) header(titles []string) error {
	w.titles = titles
	w.measure(titles)
	return nil
}

func (w *spreadsheetWriter) row(cells []string) error {
	if w.begun == 0 {
		w.measure(cells)
		w.sample = append(w.sample, append([]string(nil), cells...))
		if len(w.sample) < widthSample {
			return nil
		}
		return w.start()
	}
	return w.write(cells)
}

// next ends the present table and begins another one on a sheet of its own.
func (w *spreadsheetWriter) next(table Table, titles []string) error {
	if w.begun == 0 { // fewer rows than the sample
		if err := w.start(); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	w.table, w.widths, w.begun = table, make([]int, len(table.Columns)), 0
	return w.header(titles)
}

// measure widens the columns for a row.
func (w *spreadsheetWriter) measure(cells []string) {
	for i, cell := range cells {
		if i < len(w.widths) {
			w.widths[i] = max(w.widths[i], columnsOf(cell))
		}
	}
}

// columnsOf is how many columns of a fixed face a text takes: two for an East Asian character.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// start begins the table, in a workbook that the first one makes, and writes the rows that were kept.
func (w *spreadsheetWriter) start() error {
	if w.book == nil {
		if err := w.makeBook(); err != nil {
			return err
		}
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, cells := range w.sample {
		if err := w.write(cells); err != nil {
			return err
		}
	}
	w.sample = nil
	return nil
}

func (w *spreadsheetWriter) makeBook() error {
	w.book = excelize.NewFile()
	w.styles = map[Kind]int{}
	for kind, style := range map[Kind]*excelize.Style{
		Text:     {NumFmt: 49}, // "@": stays text when a person edits the cell
		Date:     {CustomNumFmt: new("yyyy-mm-dd")},
		DateTime: {CustomNumFmt: new("yyyy-mm-dd hh:mm:ss")},
	} {
		id, err := w.book.NewStyle(style)
		if err != nil {
			return err
		}
		w.styles[kind] = id
	}
	var err error
	w.bold, err = w.book.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	return err
}

// sheetName is the name of the n-th sheet, within what spreadsheets allow.
func (w *spreadsheetWriter) sheetName(n int) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, w.table.Name)
	if name == "" {
		name = "List"
	}
	suffix := ""
	if n > 1 {
		suffix = " " + strconv.Itoa(n)
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), excelize.MaxSheetNameLength-len(suffix))]) + suffix
}

// begin starts a sheet with its header.
func (w *spreadsheetWriter) begin() error {
	rows, err := disk.Temporary()
	if err != nil {
		return err
	}
	w.sheets = append(w.sheets, rows)
	w.begun++
	w.at = 0
	name := w.sheetName(w.begun)
	if len(w.sheets) == 1 {
		err = w.book.SetSheetName("Sheet1", name)
	} else {
		_, err = w.book.NewSheet(name)
	}
	if err != nil {
		return err
	}
	for i, c := range w.table.Columns {
		column := w.column(i)
		if err := w.book.SetColWidth(name, column, column, float64(min(max(w.widths[i]+2, narrowest), widest))); err != nil {
			return err
		}
		if style := w.styles[c.Kind]; style != 0 {
			if err := w.book.SetColStyle(name, column, style); err != nil {
				return err
			}
		}
	}
	if w.titles == nil {
		return nil
	}
	err = w.book.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	w.beginRow()
	for i, title := range w.titles {
		w.cell(i, title, Text, w.bold)
	}
	return w.endRow()
}

// column is the name of a column: A for 0.
func (w *spreadsheetWriter) column(i int) string {
	for len(w.names) <= i {
		name, err := excelize.ColumnNumberToName(len(w.names) + 1)
		if err != nil {
			return "" // beyond the last column: the cell is left out
		}
		w.names = append(w.names, name)
	}
	return w.names[i]
}

// write writes a row, in a new sheet when the present one is full.
func (w *spreadsheetWriter) write(cells []string) error {
	if w.at == w.last {
		if err := w.end(); err != nil {
			return err
		}
		if err := w.begin(); err != nil {
			return err
		}
	}
	w.beginRow()
	for i, cell := range cells {
		kind := Text
		if i < len(w.table.Columns) {
			kind = w.table.Columns[i].Kind
		}
		w.cell(i, cell, kind, w.styles[kind])
	}
	return w.endRow()
}

func (w *spreadsheetWriter) beginRow() {
	w.at++
	w.buf = append(w.buf, `<row r="`...)
	w.buf = strconv.AppendInt(w.buf, int64(w.at), 10)
	w.buf = append(w.buf, `">`...)
}

func (w *spreadsheetWriter) endRow() error {
	w.buf = append(w.buf, "</row>"...)
	if len(w.buf) < csvBuffer {
		return nil
	}
	return w.flush()
}

func (w *spreadsheetWriter) flush() error {
	_, err := w.sheets[len(w.sheets)-1].Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// cell appends a cell as what its column is, as text if it is not that. An empty one is left out.
func (w *spreadsheetWriter) cell(i int, text string, kind Kind, style int) {
	column := w.column(i)
	if text == "" || column == "" {
		return
	}
	w.buf = append(append(w.buf, `<c r="`...), column...)
	w.buf = strconv.AppendInt(w.buf, int64(w.at), 10)
	if style != 0 {
		w.buf = append(w.buf, `" s="`...)
		w.buf = strconv.AppendInt(w.buf, int64(style), 10)
	}
	number := ""
	switch kind {
	case Number:
		if isNumber(text) {
			number = text
		}
	case Date, DateTime:
		if t, ok := dateOf(text); ok && t.Year() >= 1900 {
			number = serialOf(t)
		}
	}
	if number != "" {
		w.buf = append(append(append(w.buf, `"><v>`...), number...), `</v></c>`...)
		return
	}
	w.buf = append(w.buf, `" t="inlineStr"><is><t xml:space="preserve">`...)
	w.buf = appendEscaped(w.buf, text)
	w.buf = append(w.buf, `</t></is></c>`...)
}

// end finishes the present sheet: the workbook learns how far it goes.
func (w *spreadsheetWriter) end() error {
	corner, err := excelize.CoordinatesToCellName(max(1, len(w.table.Columns)), max(1, w.at))
	if err != nil {
		return err
	}
	name := w.sheetName(w.begun)
	if w.titles != nil {
		if err := w.book.AutoFilter(name, "A1:"+corner, nil); err != nil {
			return err
		}
	}
	if err := w.book.SetSheetDimension(name, "A1:"+corner); err != nil {
		return err
	}
	return w.flush()
}

func (w *spreadsheetWriter) finish(out io.Writer) error {
	if w.begun == 0 {
		if err := w.start(); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	// The writer that excelize offers here is a buffer for the whole file: out takes its place.
	w.book.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(out)
		// A third of the default's time for a file an eighth larger.
		z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
			return flate.NewWriter(out, flate.BestSpeed)
		})
		return &rowsIntoSheets{z, w.sheets}
	})
	_, err := w.book.WriteToBuffer()
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Close removes the temporary files.
func (w *spreadsheetWriter) Close() error {
	var first error
	for _, f := range w.sheets {
		f.Close()
		if err := disk.Remove(f.Name()); first == nil {
			first = err
		}
	}
	w.sheets = nil
	if w.book == nil {
		return first
	}
	if err := w.book.Close(); first == nil {
		first = err
	}
	return first
}

// rowsIntoSheets puts the rows into each sheet that passes through it.
type rowsIntoSheets struct {
	*zip.Writer
	rows []*disk.File // of sheet1.xml, sheet2.xml, …
}

func (z *rowsIntoSheets) Create(name string) (io.Writer, error) {
	out, err := z.Writer.Create(name)
	for i, rows := range z.rows {
		if name == fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) {
			return &rowsIntoSheet{out, rows}, err
		}
	}
	return out, err
}

// rowsIntoSheet puts the rows into a sheet, which comes in one piece.
type rowsIntoSheet struct {
	io.Writer
	rows *disk.File
}

func (r *rowsIntoSheet) Write(p []byte) (int, error) {
	before, after, found := bytes.Cut(p, []byte("<sheetData></sheetData>"))
	if !found {
		return 0, errStructure
	}
	if err := r.rows.Rewind(); err != nil {
		return 0, err
	}
	all := io.MultiReader(bytes.NewReader(before), strings.NewReader("<sheetData>"), r.rows, strings.NewReader("</sheetData>"),
		bytes.NewReader(after))
	if _, err := io.CopyBuffer(struct{ io.Writer }{r.Writer}, all, make([]byte, csvBuffer)); err != nil {
		return 0, err
	}
	return len(p), nil
}
