package sheet

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// The benchmarks stand beside their peers, so that one run compares them:
// go test -run - -bench . ./data/sheet

var benchColumns = textColumns("IMEI", "IMEI2", "Serial number", "Model", "Order number", "Tags")

const (
	textRows        = 1_000_000
	spreadsheetRows = 100_000
)

func benchRow(i int, row []string) []string {
	n := strconv.Itoa(i)
	return append(row[:0], "3519215"+strconv.Itoa(10_000_000+i), "3568938"+strconv.Itoa(10_000_000+i), "R5"+strconv.Itoa(100_000_000+i),
		"SM-S911B", "PO2026"+n[:1], "Bench")
}

func benchFile(b *testing.B, name string, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	w, err := Create(path, Table{Name: "Devices", Format: FormatOf(path), Columns: benchColumns})
	require.NoError(b, err)
	var row []string
	for i := range rows {
		row = benchRow(i, row)
		require.NoError(b, w.Write(row))
	}
	require.NoError(b, w.Commit(context.Background()))
	return path
}

func benchRead(b *testing.B, path string, want int) {
	for b.Loop() {
		f, err := Open(path)
		require.NoError(b, err)
		n := 0
		for _, err := range f.Rows(context.Background(), 0) {
			require.NoError(b, err)
			n++
		}
		require.Equal(b, want+1, n)
		f.Close()
	}
	b.ReportMetric(float64(want)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadCSVMillion(b *testing.B) {
	path := benchFile(b, "list.csv", textRows)
	b.Run("sheet", func(b *testing.B) { benchRead(b, path, textRows) })
	b.Run("encoding-csv", func(b *testing.B) {
		for b.Loop() {
			f, err := os.Open(path)
			require.NoError(b, err)
			r := csv.NewReader(bufio.NewReaderSize(f, 256<<10))
			r.ReuseRecord = true
			for err == nil {
				_, err = r.Read()
			}
			require.Equal(b, io.EOF, err)
			f.Close()
		}
		b.ReportMetric(textRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

func BenchmarkWriteCSVMillion(b *testing.B) {
	path := filepath.Join(b.TempDir(), "list.csv")
	b.Run("sheet", func(b *testing.B) {
		var row []string
		for b.Loop() {
			w, err := Create(path, Table{Columns: benchColumns})
			require.NoError(b, err)
			for i := range textRows {
				row = benchRow(i, row)
				require.NoError(b, w.Write(row))
			}
			require.NoError(b, w.Commit(context.Background()))
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		var row []string
		for b.Loop() {
			f, err := os.Create(path)
			require.NoError(b, err)
			w := csv.NewWriter(f)
			for i := range textRows {
				row = benchRow(i, row)
				require.NoError(b, w.Write(row))
			}
			w.Flush()
			require.NoError(b, w.Error())
			require.NoError(b, f.Sync())
			f.Close()
		}
	})
}

func BenchmarkReadXLSX100k(b *testing.B) {
	path := benchFile(b, "list.xlsx", spreadsheetRows)
	b.Run("sheet", func(b *testing.B) { benchRead(b, path, spreadsheetRows) })
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
			require.NoError(b, err)
			rows, err := book.Rows("Devices")
			require.NoError(b, err)
			for rows.Next() {
				_, err := rows.Columns()
				require.NoError(b, err)
			}
			rows.Close()
			book.Close()
		}
	})
}

func BenchmarkWriteXLSX100k(b *testing.B) {
	path := filepath.Join(b.TempDir(), "list.xlsx")
	b.Run("sheet", func(b *testing.B) {
		var row []string
		for b.Loop() {
			w, err := Create(path, Table{Name: "Devices", Format: XLSX, Columns: benchColumns})
			require.NoError(b, err)
			for i := range spreadsheetRows {
				row = benchRow(i, row)
				require.NoError(b, w.Write(row))
			}
			require.NoError(b, w.Commit(context.Background()))
		}
	})
	b.Run("excelize", func(b *testing.B) {
		var row []string
		for b.Loop() {
			book := excelize.NewFile()
			w, err := book.NewStreamWriter("Sheet1")
			require.NoError(b, err)
			values := make([]any, len(benchColumns))
			for i := range spreadsheetRows {
				row = benchRow(i, row)
				for j, cell := range row {
					values[j] = cell
				}
				require.NoError(b, w.SetRow("A"+strconv.Itoa(i+1), values))
			}
			require.NoError(b, w.Flush())
			require.NoError(b, book.SaveAs(path))
			require.NoError(b, book.Close())
		}
	})
}
