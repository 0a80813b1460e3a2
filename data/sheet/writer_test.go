package sheet

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"consign/data/disk"
	"consign/model"
)

func textColumns(titles ...string) []Column {
	columns := make([]Column, len(titles))
	for i, title := range titles {
		columns[i].Title = title
	}
	return columns
}

func writeTable(t require.TestingT, path string, table Table, rows [][]string) {
	w, err := Create(path, table)
	require.NoError(t, err)
	for _, row := range rows {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Commit(context.Background()))
}

func TestWrittenTablesReadBackAsTheyWere(t *testing.T) {
	rows := [][]string{
		{"351921580053066", "=cmd|' /C calc'!A0", "12", "2026-11-15", "2026-11-15 13:45:01"},
		{"010928001234567", "'=1", "-3", "", ""},
		{"3.5E+14", "'plain", "1.5", "not a date", "2026-11-15"},
		{"\tx", "a;b,c|d\te\"f\"", "007", "2026-01-01", "2024-02-29 00:00:01"},
		{"@x", "two\r\nlines\rthree\n", "1234567890123456", "2026-01-01", ""},
		{"-5", "_x0041_ \u200b\u00a0", "+1", "2026-01-01", "end"},
	}
	for _, separator := range []byte(separators) {
		for _, name := range []string{"list.csv", "list.xlsx"} {
			path := filepath.Join(t.TempDir(), name)
			writeTable(t, path, Table{Name: "Devices", Format: FormatOf(path), Separator: separator, Columns: []Column{
				{"IMEI", Text}, {"Model", Text}, {"Count", Number}, {"Day", Date}, {"Time", DateTime},
			}}, rows)
			f, err := Open(path)
			require.NoError(t, err)
			lines := readAll(t, f, 0)
			require.NoError(t, f.Close())
			require.Equal(t, []string{"IMEI", "Model", "Count", "Day", "Time"}, lines[0].cells)
			for i, row := range rows {
				for len(lines[i+1].cells) < len(row) {
					lines[i+1].cells = append(lines[i+1].cells, "") // a spreadsheet leaves empty cells out
				}
				require.Equal(t, row, lines[i+1].cells, name)
			}
		}
	}
}

func TestAnyTextComesBackFromCSV(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.String(), 3, 3), 1, 20).Draw(t, "rows")
		separator := rapid.SampledFrom([]byte(separators)).Draw(t, "separator")
		writeTable(t, path, Table{Columns: textColumns("IMEI", "Model", "Tags"), Separator: separator}, rows)
		f, err := Open(path)
		require.NoError(t, err)
		n := -1
		for row, err := range f.Rows(context.Background(), 0) {
			require.NoError(t, err)
			if n >= 0 {
				require.Equal(t, rows[n], row.Cells)
			}
			n++
		}
		require.Equal(t, len(rows), n)
	})
}

func TestAnyTextThatXMLHoldsComesBackFromXLSX(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.xlsx")
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.String(), 3, 3), 1, 20).Draw(t, "rows")
		writeTable(t, path, Table{Format: XLSX, Columns: textColumns("IMEI", "Model", "Tags")}, rows)
		f, err := Open(path)
		require.NoError(t, err)
		defer f.Close()
		got := make([][]string, len(rows)+1)
		for row, err := range f.Rows(context.Background(), 0) {
			require.NoError(t, err)
			got[row.Line-1] = append([]string(nil), row.Cells...)
		}
		for n, row := range rows {
			for i, cell := range row {
				if text := strings.Map(inXML, cell); i < len(got[n+1]) {
					require.Equal(t, text, got[n+1][i])
				} else {
					require.Empty(t, text)
				}
			}
		}
	})
}

// inXML is what becomes of a character in XML.
func inXML(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
		return 0xfffd
	}
	return r
}

func TestFormulaIsGuardedForEveryOtherReaderOfCSV(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	writeTable(t, path, Table{Columns: textColumns("=Title", "b")}, [][]string{{"=1+1", "@x"}, {"-a", "+b"}, {"\tc", "\rd"}})
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	for _, record := range records {
		for _, cell := range record {
			require.NotContains(t, startsAnything, cell[:1])
		}
	}
}

func TestNumberIsNoTextInASpreadsheetAndIdentifierIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.xlsx")
	writeTable(t, path, Table{Name: "Devices", Format: XLSX, Columns: []Column{{"IMEI", Text}, {"Count", Number}}},
		[][]string{{"351921580053066", "12"}})
	book, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer book.Close()
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset} {
		kind, err := book.GetCellType("Devices", cell)
		require.NoError(t, err)
		require.Equal(t, want, kind, cell)
	}
	dimension, err := book.GetSheetDimension("Devices")
	require.NoError(t, err)
	require.Equal(t, "A1:B2", dimension)
	panes, err := book.GetPanes("Devices")
	require.NoError(t, err)
	require.True(t, panes.Freeze && panes.YSplit == 1)
	width, err := book.GetColWidth("Devices", "A")
	require.NoError(t, err)
	require.Equal(t, 17.0, width)
}

func TestRowsBeyondASheetGoToTheNext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.xlsx")
	w, err := Create(path, Table{Name: "De:vices", Format: XLSX, Columns: textColumns("n")})
	require.NoError(t, err)
	w.rows.(*spreadsheetWriter).last = 101
	for range 250 {
		require.NoError(t, w.Write([]string{"x"}))
	}
	require.NoError(t, w.Commit(context.Background()))
	f, err := Open(path)
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, []Sheet{{Name: "De-vices"}, {Name: "De-vices 2"}, {Name: "De-vices 3"}}, f.Sheets())
	for sheet, want := range []int{101, 101, 51} {
		lines := readAll(t, f, sheet)
		require.Len(t, lines, want)
		require.Equal(t, []string{"n"}, lines[0].cells)
	}
}

func TestTableWithoutTitlesHasNoHeader(t *testing.T) {
	for _, name := range []string{"list.csv", "list.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		writeTable(t, path, Table{Format: FormatOf(path), Columns: textColumns("")}, [][]string{{"351921580053066"}})
		f, err := Open(path)
		require.NoError(t, err)
		require.Equal(t, []line{{1, []string{"351921580053066"}}}, readAll(t, f, 0))
		require.NoError(t, f.Close())
	}
}

func TestAbandonedFileLeavesTheOldOneAndNothingElse(t *testing.T) {
	for _, name := range []string{"list.csv", "list.xlsx"} {
		folder := t.TempDir()
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))

		w, err := Create(path, Table{Format: FormatOf(path), Columns: textColumns("n")})
		require.NoError(t, err)
		require.NoError(t, w.Write([]string{"x"}))
		require.NoError(t, w.Close())
		requireOnly(t, folder, "old")

		w, err = Create(path, Table{Format: FormatOf(path), Columns: textColumns("n")})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		require.ErrorIs(t, w.Commit(ctx), context.Canceled)
		requireOnly(t, folder, "old")

		writeTable(t, path, Table{Format: FormatOf(path), Columns: textColumns("n")}, nil)
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Len(t, entries, 1)
	}
}

// requireOnly checks that a folder holds one file with that content.
func requireOnly(t *testing.T, folder, content string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	got, err := os.ReadFile(filepath.Join(folder, entries[0].Name()))
	require.NoError(t, err)
	require.Equal(t, content, string(got))
}

func TestFolderThatDoesNotExistIsSaid(t *testing.T) {
	_, err := Create(filepath.Join(t.TempDir(), "gone", "list.csv"), Table{})
	require.Equal(t, model.Unwritable, model.CodeOf(err))
	require.ErrorContains(t, err, "folder")
}

func TestFullDiskIsSaid(t *testing.T) {
	full, err := disk.Append("/dev/full")
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	w := &Writer{pending: &disk.Pending{File: full}, rows: newCSVWriter(full, Table{Separator: ','})}
	defer full.Close()
	err = nil
	for i := 0; err == nil && i < 100000; i++ {
		err = w.Write([]string{"351921580053066"})
	}
	require.Equal(t, model.DiskFull, model.CodeOf(err))
}

func TestFileThatAKilledProgramLeftIsClearedAwayAtTheNextSave(t *testing.T) {
	folder := t.TempDir()
	old, young := filepath.Join(folder, ".consign-1.part"), filepath.Join(folder, ".consign-2.part")
	for _, path := range []string{old, young} {
		require.NoError(t, os.WriteFile(path, []byte("half"), 0o600))
	}
	before := time.Now().Add(-2 * time.Hour)
	require.NoError(t, os.Chtimes(old, before, before))
	writeTable(t, filepath.Join(folder, "list.csv"), Table{Columns: textColumns("n")}, [][]string{{"x"}})
	require.NoFileExists(t, old)
	require.FileExists(t, young, "another window may be writing it")
}

func TestWritingALongTableTakesNoMoreMemoryThanAShortOne(t *testing.T) {
	row := []string{"351921580053066", "=S24;x", "12", "2026-11-15"}
	for _, name := range []string{"list.csv", "list.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		w, err := Create(path, Table{Format: FormatOf(path), Columns: []Column{{"IMEI", Text}, {"Model", Text}, {"Count", Number},
			{"Day", Date}}})
		require.NoError(t, err)
		for range 2 * widthSample {
			require.NoError(t, w.Write(row))
		}
		const rows = 20_000
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range rows {
			require.NoError(t, w.Write(row))
		}
		runtime.ReadMemStats(&after)
		require.Less(t, (after.TotalAlloc-before.TotalAlloc)/rows, uint64(200), "bytes for a row of "+name)
		require.NoError(t, w.Commit(context.Background()))
	}
}
