package sheet

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// documentOf are the parts of a spreadsheet of LibreOffice with these rows.
func documentOf(rows string) map[string]string {
	return map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<office:document-content><office:automatic-styles><style:style style:name="ta2" style:family="table">` +
			`<style:table-properties table:display="false"/></style:style></office:automatic-styles>` +
			`<office:body><office:spreadsheet><table:table table:name="Other" table:style-name="ta2"><table:table-row>` +
			`<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>` +
			`<table:table table:name="List"><table:table-column table:number-columns-repeated="2"/>` +
			`<table:table-column table:visibility="collapse"/>` + rows +
			`</table:table></office:spreadsheet></office:body></office:document-content>`,
	}
}

func openDocumentOf(t *testing.T, rows string) *File {
	t.Helper()
	f, err := Open(zipOf(t, documentOf(rows)))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func TestCellsOfLibreOfficeAreReadAsTheyAreShown(t *testing.T) {
	f := openDocumentOf(t, `<table:table-row><table:table-cell office:value-type="float" office:value="13007001234566">`+
		`<text:p>013007001234566</text:p></table:table-cell>`+
		`<table:table-cell office:value-type="float" office:value="351921580053066"><text:p>3.52E+14</text:p></table:table-cell>`+
		`<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-11-15"><text:p>15.11.26</text:p>`+
		`</table:table-cell>`+
		`<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation>`+
		`<text:p>two<text:s text:c="2"/>lines</text:p><text:p>of text</text:p></table:table-cell></table:table-row>`)
	require.Equal(t, []Sheet{{Name: "Other", Hidden: true}, {Name: "List"}}, f.Sheets())
	require.Equal(t, []line{{1, []string{"013007001234566", "351921580053066", "", "2026-11-15", "two  lines\nof text"}}}, readAll(t, f, 1))
	hidden, err := f.HiddenColumns(1)
	require.NoError(t, err)
	require.Equal(t, []int{2}, hidden)
}

func TestRepeatedRowsAndColumnsOfLibreOfficeAreBounded(t *testing.T) {
	cell := `<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>`
	f := openDocumentOf(t, `<table:table-row table:number-rows-repeated="3">`+cell+`</table:table-row>`+
		`<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`)
	require.Equal(t, []line{{1, []string{"x"}}, {2, []string{"x"}}, {3, []string{"x"}}}, readAll(t, f, 1))

	f = openDocumentOf(t, `<table:table-row table:number-rows-repeated="4000000000">`+cell+
		`</table:table-row><table:table-row>`+cell+`</table:table-row>`)
	n := 0
	var last error
	for _, err := range f.Rows(context.Background(), 1) {
		n, last = n+1, err
	}
	require.Equal(t, model.Damaged, model.CodeOf(last))
	require.LessOrEqual(t, n, lastRow+1)
}
