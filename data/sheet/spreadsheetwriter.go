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

// spreadsheetWriter writes XLSX.
type spreadsheetWriter struct {
	table   Table
	book    *excelize.File
	stream  *excelize.StreamWriter
	last    int // rows, from which sheets begin anew: lastRow, less in tests
	titles  []string
	sample  [][]string
	started bool // the present table has a sheet
	widths  []int
	styles  map[Kind]int
	bold    int
	at      int      // rows in the present sheet
	sheets  int      // begun, of the present table
	extents []string // the dimension of each finished sheet
	values  []any
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
	if !w.started {
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
	if !w.started { // fewer rows than the sample
		if err := w.start(); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	w.table, w.widths, w.sheets, w.started = table, make([]int, len(table.Columns)), 0, false
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
	w.started = true
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
	w.sheets++
	w.at = 0
	name := w.sheetName(w.sheets)
	var err error
	if len(w.extents) == 0 {
		err = w.book.SetSheetName("Sheet1", name)
	} else {
		_, err = w.book.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if w.stream, err = w.book.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range w.table.Columns {
		if err := w.stream.SetColWidth(i+1, i+1, float64(min(max(w.widths[i]+2, narrowest), widest))); err != nil {
			return err
		}
		if style := w.styles[c.Kind]; style != 0 {
			if err := w.stream.SetColStyle(i+1, i+1, style); err != nil {
				return err
			}
		}
	}
	if w.titles == nil {
		return nil
	}
	err = w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	w.values = w.values[:0]
	for _, title := range w.titles {
		w.values = append(w.values, excelize.Cell{StyleID: w.bold, Value: title})
	}
	w.at++
	return w.stream.SetRow("A1", w.values)
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
	w.values = w.values[:0]
	for i, cell := range cells {
		kind := Text
		if i < len(w.table.Columns) {
			kind = w.table.Columns[i].Kind
		}
		w.values = append(w.values, valueOf(cell, kind))
	}
	w.at++
	return w.stream.SetRow("A"+strconv.Itoa(w.at), w.values)
}

// valueOf is what excelize writes as the right type of cell; nil leaves the cell out.
func valueOf(cell string, kind Kind) any {
	if cell == "" {
		return nil
	}
	switch kind {
	case Number:
		if isNumber(cell) {
			if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
				return n
			}
			x, _ := strconv.ParseFloat(cell, 64)
			return x
		}
	case Date, DateTime:
		if t, ok := dateOf(cell); ok {
			return t
		}
	}
	return cell
}

// end finishes the present sheet. StreamWriter has begun the sheet with the dimension A1, which
// streaming readers believe; the true one is put in its place when the file is written.
func (w *spreadsheetWriter) end() error {
	corner, err := excelize.CoordinatesToCellName(max(1, len(w.table.Columns)), max(1, w.at))
	if err != nil {
		return err
	}
	w.extents = append(w.extents, "A1:"+corner)
	if w.titles != nil {
		if err := w.book.AutoFilter(w.stream.Sheet, "A1:"+corner, nil); err != nil {
			return err
		}
	}
	return w.stream.Flush()
}

func (w *spreadsheetWriter) finish(out io.Writer) error {
	if !w.started {
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
		return &extentWriter{z, w.extents}
	})
	_, err := w.book.WriteToBuffer()
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Close removes the temporary files of excelize.
func (w *spreadsheetWriter) Close() error {
	if w.book == nil {
		return nil
	}
	return w.book.Close()
}

// extentWriter puts the true dimension into each sheet that passes through it.
type extentWriter struct {
	*zip.Writer
	extents []string // of sheet1.xml, sheet2.xml, …
}

func (z *extentWriter) Create(name string) (io.Writer, error) {
	out, err := z.Writer.Create(name)
	for i, extent := range z.extents {
		if name == fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) {
			return &dimensionWriter{out, extent}, err
		}
	}
	return out, err
}

// dimensionWriter replaces the dimension in the first bytes of a sheet.
type dimensionWriter struct {
	io.Writer
	extent string // empty when it is written
}

func (d *dimensionWriter) Write(p []byte) (int, error) {
	const head = 16 << 10 // excelize's name spaces alone are five thousand bytes
	before, after, found := bytes.Cut(p[:min(len(p), head)], []byte(`<dimension ref="A1">`))
	if d.extent == "" || !found {
		return d.Writer.Write(p)
	}
	_, err := fmt.Fprintf(d.Writer, `%s<dimension ref="%s">%s`, before, d.extent, after)
	d.extent = ""
	if err != nil {
		return 0, err
	}
	_, err = d.Writer.Write(p[min(len(p), head):])
	return len(p), err
}
