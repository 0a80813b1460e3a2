package sheet

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestWebPageThatLibreOfficeWroteIsReadAsItsTables(t *testing.T) {
	f, err := Open("testdata/office/delivery-libreoffice.html")
	require.NoError(t, err)
	defer f.Close()
	lines := readAll(t, f, 0)
	require.Equal(t, line{4, []string{"Pos.", "Article", "Qty", "IMEI1", "IMEI2", "Serial No.", "Order no."}}, lines[2])
	for _, l := range lines[3:53] {
		require.Regexp(t, `^\d{15}$`, l.cells[3])
	}
}

func TestTablesOnTheClipboardArePastedAsTables(t *testing.T) {
	for name, text := range map[string]string{
		"Excel": "Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:1\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body>" +
			"<!--StartFragment--><table>%s</table></body></html>",
		"Outlook": "<html><head><style>td { color: red }</style></head><body><p>Hallo,</p><table class=MsoTable>%s</table><p>Gruß</p>" +
			"</body></html>",
		"Google Sheets": "<meta charset='utf-8'><google-sheets-html-origin><style></style><table>%s</table>",
		"fragment":      "<table>%s</table>",
	} {
		t.Run(name, func(t *testing.T) {
			f, err := FromText(strings.Replace(text, "%s",
				"<tr><td>IMEI<td>Gerät</tr><tr><td x:num=\"351921580053066\">3.51922E+14</td><td>S24<br>black &amp; <b>blue</b></td></tr>", 1))
			require.NoError(t, err)
			require.Equal(t, []line{{1, []string{"IMEI", "Gerät"}}, {2, []string{"351921580053066", "S24\nblack & blue"}}}, readAll(t, f, 0))
		})
	}
}

func TestCellsOverSeveralRowsAndColumnsMoveTheOthers(t *testing.T) {
	f, err := FromText(`<table><tr><td rowspan=2>a<td colspan="2">b<td>c</tr><tr><td>d<td>e<td>f</tr><tr><td>g<table><tr><td>inside</table>` +
		`</tr></table>text beside`)
	require.NoError(t, err)
	require.Equal(t, []line{{1, []string{"a", "b", "", "c"}}, {2, []string{"", "d", "e", "f"}}, {3, []string{"g"}}}, readAll(t, f, 0))
	require.Equal(t, []line{{1, []string{"inside"}}}, readAll(t, f, 1))
	require.Equal(t, []Sheet{{}, {}, {Text: true}}, f.Sheets())
	require.Equal(t, []line{{1, []string{"text beside"}}}, readAll(t, f, 2))
	ranges, err := f.Merged(context.Background(), 0)
	require.NoError(t, err)
	require.Equal(t, []Range{{1, 2, 0, 0}, {1, 1, 1, 2}}, ranges)
}

func TestPageOfAnotherEncodingIsRead(t *testing.T) {
	f, err := openBytes(t, []byte("<html><head><meta charset=windows-1251></head><table><tr><td>\xd1\xe5\xf0\xe8\xff</table>"))
	require.NoError(t, err)
	require.Equal(t, "Серия", readAll(t, f, 0)[0].cells[0])
}

func TestPageOfEndlessCellsIsRefused(t *testing.T) {
	for name, row := range map[string]string{
		"wide": `<tr>` + strings.Repeat(`<td colspan=1000>`, 16) + `<td>x</tr>`,
		"covered": `<tr><td rowspan=60000 colspan=1000>` + strings.Repeat(`<td rowspan=60000 colspan=1000>`, 15) + `x</tr>` +
			strings.Repeat("<tr>", 1000),
		"tables": strings.Repeat(`<table><tr><td>x</table>`, 100),
	} {
		t.Run(name, func(t *testing.T) {
			m, err := tablesOfHTML([]byte("<table>" + strings.Repeat(row, 8000)))
			require.ErrorIs(t, err, errTooBig)
			require.Negative(t, m.left)
		})
	}
	path := t.TempDir() + "/list.html"
	require.NoError(t, os.WriteFile(path, append([]byte("<html>"), make([]byte, maxInMemory)...), 0o600))
	_, err := Open(path)
	require.Equal(t, model.Damaged, model.CodeOf(err))
}
