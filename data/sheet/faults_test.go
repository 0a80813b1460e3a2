package sheet

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// told is what a Row tells of its cells besides their texts.
type told struct {
	cells           []string
	failed, numbers []int
}

func tellAll(t *testing.T, path string) []told {
	t.Helper()
	f, err := Open(path)
	require.NoError(t, err)
	defer f.Close()
	var rows []told
	for row, err := range f.Rows(context.Background(), 0) {
		require.NoError(t, err)
		rows = append(rows, told{append([]string(nil), row.Cells...), append([]int(nil), row.Failed...), append([]int(nil), row.Numbers...)})
	}
	return rows
}

func TestErrorCellsAreToldInEveryFormat(t *testing.T) {
	for _, path := range []string{"faults/error-cells.xlsx", "office/error-cells.xls", "office/error-cells.ods"} {
		t.Run(path, func(t *testing.T) {
			rows := tellAll(t, filepath.Join("testdata", path))
			require.Len(t, rows, 8, "each is a row of its own")
			require.Empty(t, rows[0].failed)
			for _, row := range rows[1:] {
				require.Equal(t, []int{0}, row.failed)
				require.Regexp(t, `^#[A-Z/0]+[!?]?$`, row.cells[0])
			}
		})
	}
}

func TestFormulaThatWasNeverCalculatedIsTold(t *testing.T) {
	rows := tellAll(t, filepath.Join("testdata", "faults", "formula-nocache.xlsx"))
	require.Len(t, rows, 6)
	for _, row := range rows[1:] {
		require.Equal(t, []int{0}, row.failed)
		require.Regexp(t, `^=TEXT\(\d{15},"0"\)$`, row.cells[0])
		require.Equal(t, "S24", row.cells[1])
	}
}

func TestNumberIsToldSoThatALostZeroIsSuspected(t *testing.T) {
	rows := tellAll(t, filepath.Join("testdata", "faults", "leading-zero-number.xlsx"))
	require.Equal(t, told{[]string{"13007001234566", "lost zero"}, nil, []int{0}}, rows[1])
	require.Equal(t, told{[]string{"351921580053066", "S24"}, nil, []int{0}}, rows[2])
}

func TestMergedTitleIsToldInEveryFormat(t *testing.T) {
	page := filepath.Join(t.TempDir(), "list.xls")
	require.NoError(t, os.WriteFile(page, []byte(`<html><table><tr><td colspan=2>IMEI</td><td>Serial number</td></tr>`+
		`<tr><td>351921580053066</td><td>490154203237518</td><td>R52N30ABCDE</td></tr></table>`), 0o600))
	xml := filepath.Join(t.TempDir(), "list.xml")
	require.NoError(t, os.WriteFile(xml, []byte(`<?xml version="1.0"?>`+
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`+
		`<Worksheet ss:Name="A"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">IMEI</Data></Cell><Cell>`+
		`<Data ss:Type="String">Serial number</Data></Cell></Row>`+
		`<Row><Cell><Data ss:Type="Number">351921580053066</Data></Cell><Cell><Data ss:Type="Number">4.90154203237518E14</Data></Cell><Cell>`+
		`<Data ss:Type="String">R52N30ABCDE</Data></Cell></Row></Table></Worksheet></Workbook>`), 0o600))
	for _, path := range []string{"testdata/faults/merged-header.xlsx", "testdata/office/merged-header.xls",
		"testdata/office/merged-header.ods", page, xml} {
		t.Run(path, func(t *testing.T) {
			f, err := Open(path)
			require.NoError(t, err)
			defer f.Close()
			lines := readAll(t, f, 0)
			require.Equal(t, []line{{1, []string{"IMEI", "", "Serial number"}}, {2, []string{"351921580053066", "490154203237518", "R52N30ABCDE"}}},
				lines)
			ranges, err := f.Merged(context.Background(), 0)
			require.NoError(t, err)
			require.Equal(t, []Range{{1, 1, 0, 1}}, ranges)
		})
	}
}

func TestRowBeyondTheEndOfASheetIsDamage(t *testing.T) {
	f, err := Open(filepath.Join("testdata", "faults", "row-4e9.xlsx"))
	require.NoError(t, err)
	defer f.Close()
	for row, err := range f.Rows(context.Background(), 0) {
		if err != nil {
			require.Equal(t, model.Damaged, model.CodeOf(err))
			return
		}
		require.Equal(t, 1, row.Line)
	}
	t.Fatal("nothing is said of the rows that no spreadsheet has")
}

func TestFiveMillionBlankRowsAreNoRows(t *testing.T) {
	f, err := Open(filepath.Join("testdata", "faults", "blank-rows-5M.xlsx"))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []line{{1, []string{"IMEI"}}, {2, []string{"351921580053066"}}}, readAll(t, f, 0))
}

func TestSheetsOfOnePartAreOneSheet(t *testing.T) {
	parts := minimal()
	var sheets strings.Builder
	for i := range 10000 {
		sheets.WriteString(`<sheet name="` + strconv.Itoa(i) + `" id="r1"/>`)
	}
	parts["xl/workbook.xml"] = `<workbook><sheets>` + sheets.String() + `</sheets></workbook>`
	f, err := Open(zipOf(t, parts))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []Sheet{{Name: "0"}}, f.Sheets())
}

func TestPartsInUTF16AreRead(t *testing.T) {
	utf16Text := func(text string) string {
		b := []byte("\xff\xfe")
		for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + text)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}
	parts := minimal()
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>351921580053066</v></c></row></sheetData>` +
		`<mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>`
	for name, part := range parts {
		parts[name] = utf16Text(part)
	}
	f, err := Open(zipOf(t, parts))
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []line{{1, []string{"東京", "351921580053066"}}}, readAll(t, f, 0))
	ranges, err := f.Merged(context.Background(), 0)
	require.NoError(t, err)
	require.Equal(t, []Range{{1, 2, 0, 0}}, ranges)
}

func TestPartThatSaysItIsHugeIsNotUnpacked(t *testing.T) {
	parts := minimal()
	parts["xl/sharedStrings.xml"] = `<sst><si><t>` + strings.Repeat("a", maxStringsPart) + `</t></si></sst>`
	f, err := Open(zipOf(t, parts))
	require.NoError(t, err)
	defer f.Close()
	err = failure(f)
	require.Equal(t, model.Damaged, model.CodeOf(err))
	require.ErrorContains(t, err, "unpacks to more")
	require.Zero(t, f.progress.read.Load())
}

func TestHiddenColumnsThatAreNamedAgainAndAgainAreListedOnce(t *testing.T) {
	parts := minimal()
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><cols>` + strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, 5000) +
		`</cols><sheetData/></worksheet>`
	f, err := Open(zipOf(t, parts))
	require.NoError(t, err)
	defer f.Close()
	hidden, err := f.HiddenColumns(0)
	require.NoError(t, err)
	require.Len(t, hidden, maxColumns)
}

func TestTwentyThousandColumnsAreRefusedInEveryFormat(t *testing.T) {
	const wide = 20000
	parts := minimal()
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row>` + strings.Repeat(`<c><v>1</v></c>`, wide) +
		`</row></sheetData></worksheet>`
	for name, content := range map[string]string{
		"list.csv":  strings.Repeat("1,", wide),
		"list.html": "<table><tr>" + strings.Repeat("<td>1", wide),
		"list.xml": `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>` +
			strings.Repeat(`<Cell><Data Type="Number">1</Data></Cell>`, wide) + `</Row></Table></Worksheet></Workbook>`,
		"list.ods":  "",
		"list.xlsx": "",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			switch name {
			case "list.xlsx":
				zipInto(t, path, parts)
			case "list.ods":
				zipInto(t, path, documentOf(`<table:table-row>`+
					`<table:table-cell table:number-columns-repeated="20000" office:value-type="float" office:value="1"><text:p>1</text:p>`+
					`</table:table-cell></table:table-row>`))
			default:
				require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
			}
			f, err := Open(path)
			if err == nil {
				defer f.Close()
				for _, e := range f.Rows(context.Background(), len(f.Sheets())-1) {
					err = e
				}
			}
			require.Equal(t, model.Damaged, model.CodeOf(err))
		})
	}
}
