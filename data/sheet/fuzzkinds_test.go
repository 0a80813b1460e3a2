package sheet

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"consign/model"
)

// fuzzContent reads everything of a content that opens, and checks what holds for every kind: errors have a code, cells are UTF-8, and
// ranges and columns lie within a sheet.
func fuzzContent(t *testing.T, c content, err error) {
	if err != nil {
		if model.CodeOf(err) == model.Internal {
			t.Fatalf("error without a code: %v", err)
		}
		return
	}
	defer c.Close()
	f := &File{content: c}
	for i := range c.sheets() {
		if i == 50 {
			return
		}
		n := 0
		for row, err := range f.Rows(context.Background(), i) {
			if err != nil {
				if model.CodeOf(err) == model.Internal {
					t.Fatalf("error without a code: %v", err)
				}
				break
			}
			if row.Line < 1 || len(row.Cells) > maxColumns {
				t.Fatalf("line %d with %d cells", row.Line, len(row.Cells))
			}
			for _, cell := range row.Cells {
				if !utf8.ValidString(cell) {
					t.Fatalf("line %d: %q is not UTF-8", row.Line, cell)
				}
			}
			for _, columns := range [][]int{row.Failed, row.Numbers, row.Rounded} {
				for _, c := range columns {
					if c < 0 || c >= len(row.Cells) {
						t.Fatalf("line %d tells of column %d of %d", row.Line, c, len(row.Cells))
					}
				}
			}
			if n++; n == 5000 {
				break // a row may be repeated a million times
			}
		}
		ranges, _ := f.Merged(context.Background(), i)
		for _, r := range ranges {
			if r.FirstLine < 1 || r.LastLine < r.FirstLine || r.FirstColumn < 0 || r.LastColumn < r.FirstColumn || r.LastColumn >= maxColumns {
				t.Fatalf("range %v", r)
			}
		}
		if _, err := f.HiddenColumns(i); model.CodeOf(err) == model.Internal {
			t.Fatalf("error without a code: %v", err)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{`<html><table><tr><td colspan=3 rowspan=2>x<td>y</table>z`, `<table><tr><td><table><td x:num="3.5e14">3.5E+14`,
		"<pre>a\nb</pre><script>x", "\xff\xfe<\x00t\x00d\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := openHTML(origin{path: "list.html", data: append([]byte{}, text...)})
		fuzzContent(t, c, err)
	})
}

func FuzzXML2003(f *testing.F) {
	f.Add(`<Row ss:Index="3" Hidden="1"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="2"><Data ss:Type="Number">3.5E14</Data></Cell>` +
		`</Row>`)
	f.Add(`<Row><Cell ss:Formula="=A1"/><Cell><Data Type="Error">#N/A</Data></Cell><Cell>` +
		`<Data Type="DateTime">2026-11-15T00:00:00.000</Data></Cell></Row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		c, err := openXML2003(origin{path: "list.xml", data: []byte(`<Workbook><Worksheet Name="A"><Table>` + rows)})
		fuzzContent(t, c, err)
	})
}

func FuzzODS(f *testing.F) {
	f.Add(`<table:table-row table:number-rows-repeated="2">` +
		`<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="1"><text:p>001</text:p>` +
		`</table:table-cell></table:table-row>`)
	f.Add(`<table:table-row table:visibility="collapse"><table:table-cell table:formula="of:=A1"/>` +
		`<table:covered-table-cell table:number-columns-spanned="4"><office:annotation/><text:p>a<text:s text:c="9"/></text:p>` +
		`</table:covered-table-cell></table:table-row>`)
	path := filepath.Join(f.TempDir(), "list.ods")
	f.Fuzz(func(t *testing.T, rows string) {
		zipInto(t, path, documentOf(rows))
		c, err := contentOf(origin{path: path}, 0)
		fuzzContent(t, c, err)
	})
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(mailOf("mixed", plainPart, attachment("list.csv", []byte("IMEI\n1\n")))))
	f.Add([]byte(mailOf("alternative", plainPart, tablePart)))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := openMail(origin{path: "list.eml", data: append([]byte{}, text...)}, 0)
		fuzzContent(t, c, err)
	})
}

func FuzzCompound(f *testing.F) {
	f.Add(outlookMail())
	for _, name := range []string{"error-cells.xls", "merged-header.xls"} {
		data, err := os.ReadFile(filepath.Join("testdata", "office", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := openCompound(origin{path: "list.xls", data: append([]byte{}, data...)}, 0)
		fuzzContent(t, c, err)
	})
}

// FuzzXLS changes the cells themselves, not the container around them.
func FuzzXLS(f *testing.F) {
	for _, name := range []string{"error-cells.xls", "merged-header.xls"} {
		data, err := os.ReadFile(filepath.Join("testdata", "office", name))
		if err != nil {
			f.Fatal(err)
		}
		parts, err := streamsOf(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(parts["Workbook"])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := openXLS(origin{path: "list.xls"}, data)
		fuzzContent(t, c, err)
	})
}
