package sheet

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/model"
)

// workbookOf saves a workbook that fill has filled and opens it.
func workbookOf(t *testing.T, fill func(*excelize.File)) *File {
	t.Helper()
	book := excelize.NewFile()
	fill(book)
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, book.SaveAs(path))
	f, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func set(t *testing.T, book *excelize.File, cell string, value any, style *excelize.Style) {
	t.Helper()
	require.NoError(t, book.SetCellValue("Sheet1", cell, value))
	if style != nil {
		id, err := book.NewStyle(style)
		require.NoError(t, err)
		require.NoError(t, book.SetCellStyle("Sheet1", cell, cell, id))
	}
}

func TestNumbersKeepTheirDigitsInAnyFormat(t *testing.T) {
	const imei = 351921580053066
	for name, c := range map[string]struct {
		value  any
		format string
		want   string
	}{
		"general":              {imei, "General", "351921580053066"},
		"whole number":         {imei, "0", "351921580053066"},
		"scientific":           {imei, "0.00E+00", "351921580053066"},
		"fraction":             {imei, "# ?/?", "351921580053066"},
		"thousands":            {imei, "#,##0", "351921580053066"},
		"currency":             {imei, `#,##0.00 "€"`, "351921580053066"},
		"an IMEI as date":      {imei, "yyyy-mm-dd", "351921580053066"},
		"leading zeros":        {int64(10928001234567), "000000000000000", "010928001234567"},
		"date":                 {46341, "dd.mm.yyyy", "2026-11-15"},
		"date of Japan":        {46341, `[$-411]yyyy"年"m"月"d"日"`, "2026-11-15"},
		"date and time":        {46341.5, "yyyy-mm-dd hh:mm", "2026-11-15 12:00:00"},
		"time":                 {0.5, "hh:mm", "12:00:00"},
		"number of red colour": {12, `[Red]0.00`, "12"},
		"decimal":              {0.1 + 0.2, "General", "0.3"},
	} {
		t.Run(name, func(t *testing.T) {
			f := workbookOf(t, func(book *excelize.File) {
				set(t, book, "A1", c.value, &excelize.Style{CustomNumFmt: &c.format})
			})
			require.Equal(t, []line{{1, []string{c.want}}}, readAll(t, f, 0))
		})
	}
}

func TestNumberOfMoreThanFifteenDigitsIsFlagged(t *testing.T) {
	f := workbookOf(t, func(book *excelize.File) {
		set(t, book, "A1", 351921580053066, nil)
		set(t, book, "B1", 3519215800530661, nil)
		set(t, book, "C1", 8.949020000012345678e18, nil)
	})
	for row, err := range f.Rows(context.Background(), 0) {
		require.NoError(t, err)
		require.Equal(t, []int{1, 2}, row.Rounded)
		require.Equal(t, "3519215800530661", row.Cells[1])
	}
}

func TestFormulasBooleansAndErrorsAreRead(t *testing.T) {
	parts := minimal()
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row r="1">` +
		`<c r="A1" t="b"><v>1</v></c><c r="B1" t="str"><f>UPPER("r5x4")</f><v>R5X4 &amp; _x0007_</v></c>` +
		`<c r="C1" t="e"><v>#N/A</v></c><c r="D1"><f>A1+1</f><v>3.51921580053066E+14</v></c>` +
		`<c r="E1" t="d"><v>2026-11-15T00:00:00</v></c><c r="F1" t="inlineStr"><is><r><t>R5</t></r><r><t>X4</t></r></is></c></row></sheetData>` +
		`</worksheet>`
	f, err := Open(zipOf(t, parts))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []line{{1, []string{"TRUE", "R5X4 & \a", "#N/A", "351921580053066", "2026-11-15", "R5X4"}}}, readAll(t, f, 0))
}

func TestRowsOfASpreadsheetKeepTheirNumbers(t *testing.T) {
	f := workbookOf(t, func(book *excelize.File) {
		set(t, book, "A1", "Delivery note", nil)
		require.NoError(t, book.MergeCell("Sheet1", "A1", "C1"))
		set(t, book, "B4", "IMEI", nil)
	})
	lines := readAll(t, f, 0)
	require.Equal(t, "Delivery note", lines[0].cells[0])
	require.Equal(t, line{4, []string{"", "IMEI"}}, lines[len(lines)-1])
}

func TestHiddenRowsColumnsAndSheetsAreTold(t *testing.T) {
	f := workbookOf(t, func(book *excelize.File) {
		for _, cell := range []string{"A1", "A2", "A3"} {
			set(t, book, cell, cell, nil)
		}
		require.NoError(t, book.SetRowVisible("Sheet1", 2, false))
		require.NoError(t, book.SetColVisible("Sheet1", "C:D", false))
		_, err := book.NewSheet("Secret")
		require.NoError(t, err)
		require.NoError(t, book.SetSheetVisible("Secret", false))
	})
	require.Equal(t, []Sheet{{Name: "Sheet1"}, {Name: "Secret", Hidden: true}}, f.Sheets())
	columns, err := f.HiddenColumns(0)
	require.NoError(t, err)
	require.Equal(t, []int{2, 3}, columns)
	var hidden []int
	for row, err := range f.Rows(context.Background(), 0) {
		require.NoError(t, err)
		if row.Hidden {
			hidden = append(hidden, row.Line)
		}
	}
	require.Equal(t, []int{2}, hidden)
}

// minimal are the parts of the smallest spreadsheet.
func minimal() map[string]string {
	return map[string]string{
		"_rels/.rels":     `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook><sheets><sheet name="A" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>東京</t><rPh><t>トウキョウ</t></rPh></si></sst>`,
	}
}

func zipOf(t testing.TB, parts map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.xlsx")
	zipInto(t, path, parts)
	return path
}

func zipInto(t testing.TB, path string, parts map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	for name, content := range parts {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
}

func TestPhoneticReadingIsNoPartOfTheText(t *testing.T) {
	f, err := Open(zipOf(t, minimal()))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []line{{1, []string{"東京"}}}, readAll(t, f, 0))
}

func TestEveryFormatOfLibreOfficeGivesTheSameList(t *testing.T) {
	for _, ending := range []string{"xlsx", "xls", "ods"} {
		t.Run(ending, func(t *testing.T) {
			f, err := Open("testdata/office/delivery-libreoffice." + ending)
			require.NoError(t, err)
			defer f.Close()
			lines := readAll(t, f, 0)
			require.Equal(t, line{4, []string{"Pos.", "Article", "Qty", "IMEI1", "IMEI2", "Serial No.", "Order no."}}, lines[2])
			for _, l := range lines[3:53] {
				require.Regexp(t, `^\d{15}$`, l.cells[3])
				require.Regexp(t, `^\d{15}$`, l.cells[4])
			}
			require.Equal(t, "50", lines[53].cells[2], "the cached value of the sum")
		})
	}
}

func TestSpreadsheetWithAPasswordIsSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, excelize.NewFile().SaveAs(path, excelize.Options{Password: "secret"}))
	_, err := Open(path)
	require.Equal(t, model.Refused, model.CodeOf(err))
	require.ErrorContains(t, err, "password")
}

func TestPackagesThatAreNoSpreadsheetSayWhatTheyAre(t *testing.T) {
	for name, c := range map[string]struct{ part, says string }{
		"binary workbook": {"xl/workbook.bin", "XLSB"},
		"text document":   {"word/document.xml", "text document"},
		"Numbers":         {"Index/Document.iwa", "Numbers"},
		"plain archive":   {"list.csv", "unpack"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(zipOf(t, map[string]string{c.part: "<x/>"}))
			require.ErrorContains(t, err, c.says)
			require.Equal(t, model.Invalid, model.CodeOf(err))
		})
	}
}

func TestDamagedSpreadsheetsFailClearly(t *testing.T) {
	for name, c := range map[string]struct{ part, content string }{
		"cut in a row":          {"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>0`},
		"no such shared string": {"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>`},
		"column beyond the last": {"xl/worksheets/sheet1.xml",
			`<worksheet><sheetData><row><c r="ZZZZZZZZZ1"><v>7</v></c></row></sheetData></worksheet>`},
		"row without a number": {"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="x"></row></sheetData></worksheet>`},
		"cell that never ends": {"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="str"><v>` + strings.Repeat("a", 2*maxElement) +
			`</v></c></row></sheetData></worksheet>`},
		"string that never ends": {"xl/sharedStrings.xml", `<sst><si><t>` + strings.Repeat("a", 2*maxElement) + `</t></si></sst>`},
	} {
		t.Run(name, func(t *testing.T) {
			parts := minimal()
			parts[c.part] = c.content
			f, err := Open(zipOf(t, parts))
			require.NoError(t, err)
			defer f.Close()
			err = failure(f)
			require.Equal(t, model.Damaged, model.CodeOf(err))
			require.ErrorContains(t, err, "list.xlsx")
		})
	}
}

func TestPartThatUnpacksToMoreThanItsLimitIsRefused(t *testing.T) {
	f, err := Open(zipOf(t, minimal()))
	require.NoError(t, err)
	defer f.Close()
	b := f.content.(*workbook)
	err = b.elements(b.shared, 10, func(*xml.Decoder, xml.StartElement) error { return nil })
	require.ErrorIs(t, err, errTooBig)
	require.ErrorContains(t, b.fault(err), "unpacks to more")
}

func TestSpreadsheetWithoutAPartIsDamaged(t *testing.T) {
	for _, part := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"} {
		parts := minimal()
		delete(parts, part)
		f, err := Open(zipOf(t, parts))
		if err == nil {
			err = failure(f)
			f.Close()
		}
		require.Equal(t, model.Damaged, model.CodeOf(err), part)
	}
}

func TestReadingASpreadsheetStopsWhenCancelled(t *testing.T) {
	f, err := Open(zipOf(t, minimal()))
	require.NoError(t, err)
	defer f.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range f.Rows(ctx, 0) {
		require.True(t, errors.Is(err, context.Canceled))
	}
}

func TestWorkbookHoldsSeveralTablesOnSheetsOfTheirNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.xlsx")
	w, err := Create(path, Table{Name: "Accounts", Format: XLSX, Columns: []Column{{Title: "Knox ID"}, {Title: "Company name"}}})
	require.NoError(t, err)
	defer w.Close()
	require.NoError(t, w.Write([]string{"0001", "Contoso"}))
	require.NoError(t, w.Next(Table{Name: "Nothing", Format: XLSX, Columns: []Column{{Title: "Empty"}}}))
	require.NoError(t, w.Next(Table{Name: "Devices", Format: XLSX, Columns: []Column{{Title: "IMEI"}, {Title: "Number", Kind: Number}}}))
	for n := range 300 { // more than are kept for the widths
		require.NoError(t, w.Write([]string{"351921580053066", strconv.Itoa(n)}))
	}
	require.NoError(t, w.Commit(t.Context()))
	f, err := Open(path)
	require.NoError(t, err)
	defer f.Close()
	var names []string
	counts := map[string]int{}
	for i, s := range f.Sheets() {
		names = append(names, s.Name)
		for row, err := range f.Rows(t.Context(), i) {
			require.NoError(t, err)
			counts[s.Name]++
			if s.Name == "Accounts" && row.Line == 2 {
				require.Equal(t, []string{"0001", "Contoso"}, row.Cells)
			}
		}
	}
	require.Equal(t, []string{"Accounts", "Nothing", "Devices"}, names)
	require.Equal(t, map[string]int{"Accounts": 2, "Nothing": 1, "Devices": 301}, counts)
}
