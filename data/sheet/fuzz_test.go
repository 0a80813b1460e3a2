package sheet

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"consign/model"
)

// drain reads everything and checks what holds for every file: line numbers rise, cells are UTF-8,
// errors have a code.
func drain(t *testing.T, f *File, sheet int) {
	last := 0
	_, isText := f.content.(*textFile)
	for row, err := range f.Rows(context.Background(), sheet) {
		if err != nil {
			if model.CodeOf(err) == model.Internal {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		if isText && row.Line <= last {
			t.Fatalf("line %d follows line %d", row.Line, last)
		}
		last = row.Line
		for _, cell := range row.Cells {
			if isText && !utf8.ValidString(cell) {
				t.Fatalf("line %d: %q is not UTF-8", row.Line, cell)
			}
		}
	}
}

func FuzzCSV(f *testing.F) {
	samples, _ := filepath.Glob("testdata/*.csv")
	for _, path := range samples {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, s := range []string{"", "a,b\n1,2\n", "sep=;\na;b", "\"a\nb\"\n", "\"a,1\nb,\"2\"\n", "\xff\xfea\x00,\x00", "\xfe\xff\x00a",
		"\xef\xbb\xbf\"x\"\"\"", "'=1\r\r\n", "Gr\xf6\xdfe;\"\x80\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := FromText(string(content))
		if err != nil {
			return
		}
		drain(t, file, 0)
	})
}

func FuzzXLSX(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>`,
		`<row r="3" hidden="1"><c r="B3" s="1"><v>46341.5</v></c><c t="s"><v>0</v></c></row>`,
		`<row><c><v>3.51E+14</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`,
	} {
		f.Add(s, `<si><t>a_x0007_</t></si>`, `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`)
	}
	path := filepath.Join(f.TempDir(), "list.xlsx") // one for all: folders cost more than the reading
	f.Fuzz(func(t *testing.T, rows, shared, styles string) {
		parts := minimal()
		parts["xl/worksheets/sheet1.xml"] = `<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData>` + rows +
			`</sheetData></worksheet>`
		parts["xl/sharedStrings.xml"] = `<sst>` + shared + `</sst>`
		parts["xl/styles.xml"] = `<styleSheet>` + styles + `</styleSheet>`
		parts["xl/_rels/workbook.xml.rels"] = strings.Replace(parts["xl/_rels/workbook.xml.rels"], `</R`,
			`<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></R`, 1)
		zipInto(t, path, parts)
		file, err := Open(path)
		if err != nil {
			if model.CodeOf(err) == model.Internal {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		defer file.Close()
		if _, err := file.HiddenColumns(0); model.CodeOf(err) == model.Internal {
			t.Fatalf("error without a code: %v", err)
		}
		drain(t, file, 0)
	})
}
