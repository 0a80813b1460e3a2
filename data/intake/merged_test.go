package intake

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/model"
)

// workbookOf saves rows as a workbook with merged cells and opens it as the desk does.
func workbookOf(t *testing.T, rows [][]any, merged ...[2]string) *Review {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	for _, m := range merged {
		require.NoError(t, f.MergeCell("Sheet1", m[0], m[1]))
	}
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, f.SaveAs(path))
	r, err := readList(path)
	require.NoError(t, err)
	return r
}

func TestMergedCellsSpeakOfAllTheyCover(t *testing.T) {
	r := workbookOf(t, [][]any{
		{"Order", "Model", "IMEI", "", "Serial number"},
		{"PO-1", "SM-A556B", "351921580053066", "490154203237518", "R52N30ABCDE"},
		{"", "", "356938035643809", "", "R52N30ABCDF"},
		{"PO-2", "SM-S921B", "351442111234562", "", "R52N30ABCDG"},
		{"", "SM-X210", "351442111234570", "", "R52N30ABCDH"},
	}, [2]string{"C1", "D1"}, [2]string{"A2", "A3"}, [2]string{"B2", "B3"})
	require.Equal(t, []Meaning{OrderNumber, Model, IMEI, IMEI2, Serial}, r.Layout().Columns)
	var said []string
	for i := range r.Len() {
		d := r.Line(i).Device
		said = append(said, d.OrderNumber+" "+d.Model)
	}
	require.Equal(t, []string{"PO-1 SM-A556B", "PO-1 SM-A556B", "PO-2 SM-S921B", " SM-X210"}, said, "only merged cells are of several rows")
	require.Equal(t, "490154203237518", r.Line(0).Device.IMEI2)
}

func TestMergedTitleEndsWhereItEnds(t *testing.T) {
	rows := [][]any{
		{"Battery", "", "", ""},
		{"SN", "Part", "SN", "IMEI"},
	}
	for i := range 4 {
		first := fmt.Sprintf("35144211%06d", i*7)
		rows = append(rows, []any{fmt.Sprintf("R37AB1CD2E%d", i), "EB-BA556", fmt.Sprintf("R52N30ABCD%d", i),
			first + string(model.LuhnDigit(first))})
	}
	r := workbookOf(t, rows, [2]string{"A1", "B1"})
	require.Equal(t, []Meaning{Ignored, Ignored, Serial, IMEI}, r.Layout().Columns)
	require.Equal(t, "R52N30ABCD0", r.Line(0).Device.Serial)
}

func TestMergedIMEIsAreThoseOfOneDevice(t *testing.T) {
	r := workbookOf(t, [][]any{
		{"IMEI", "", "Colour"},
		{"351921580053066", "490154203237518", "black"},
		{"356938035643809", "351442111234562", "black"},
		{"351442111234570", "351442111234588", "black"},
	}, [2]string{"A1", "B1"})
	require.Zero(t, r.Layout().Question())
	require.Equal(t, []Meaning{IMEI, IMEI2, Ignored}, r.Layout().Columns)
}
