package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/data/sheet"
	"consign/model"
)

// spreadsheetPath writes a list of n devices as a spreadsheet.
func spreadsheetPath(b *testing.B, n int) string {
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	require.NoError(b, err)
	require.NoError(b, w.SetRow("A1", []any{"IMEI1", "IMEI2", "Serial number", "Model", "Order number"}))
	for i := range n {
		row := []any{imeiOf(2 * i), imeiOf(2*i + 1), fmt.Sprint("R5", 100_000_000+i), "SM-S911B", "PO1"}
		require.NoError(b, w.SetRow(fmt.Sprint("A", i+2), row))
	}
	require.NoError(b, w.Flush())
	path := filepath.Join(b.TempDir(), "list.xlsx")
	require.NoError(b, book.SaveAs(path))
	return path
}

// BenchmarkFirstLines is how long it takes from the name of a file to its first lines with their verdicts.
func BenchmarkFirstLines(b *testing.B) {
	mail := filepath.Join(b.TempDir(), "mail.txt")
	var text strings.Builder
	text.WriteString("Hello,\n\nplease enrol these phones:\n\n")
	for i := range 500 {
		fmt.Fprintf(&text, "%d. %s / %s SN R5%09d\n", i+1, imeiOf(2*i), imeiOf(2*i+1), i)
	}
	text.WriteString("\nBest regards\nTom\nTel. +49 711 5551234\n")
	require.NoError(b, os.WriteFile(mail, []byte(text.String()), 0o600))
	xls, err := filepath.Glob("../sheet/testdata/office/*.xls")
	require.NoError(b, err)
	require.NotEmpty(b, xls)
	for _, list := range []struct{ name, path string }{
		{"CSV of a million lines", millionPath(b)}, {"XLSX of 100,000 lines", spreadsheetPath(b, 100_000)}, {"mail of 500 devices", mail},
		{"XLS", xls[0]},
	} {
		b.Run(list.name, func(b *testing.B) {
			for b.Loop() {
				ctx, stop := context.WithCancel(context.Background())
				file, err := sheet.Open(list.path)
				require.NoError(b, err)
				index, sample, err := Find(ctx, file)
				require.NoError(b, err)
				r := NewReview(Options{Layout: Recognise(sample)})
				over := make(chan error)
				go func() { over <- r.Read(ctx, file, index) }()
				for r.Len() == 0 {
					time.Sleep(100 * time.Microsecond)
				}
				b.StopTimer()
				stop()
				<-over
				file.Close()
				b.StartTimer()
			}
		})
	}
}

// BenchmarkBounds reads files that are made to take all memory or all time: each is read or refused. MB is the most that its objects took.
func BenchmarkBounds(b *testing.B) {
	folder := b.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		require.NoError(b, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	for _, list := range []struct{ name, path string }{
		{"5 million blank styled rows", "../sheet/testdata/faults/blank-rows-5M.xlsx"},
		{"20,000 columns", write("wide.csv", "IMEI"+strings.Repeat(",Colour", 20_000)+"\n"+imeiOf(1)+strings.Repeat(",black", 20_000)+"\n")},
		{"60,000 stray quotes", write("quotes.csv", "IMEI,Model\n"+strings.Repeat("\""+imeiOf(1)+",S24 \"EE\n", 60_000))},
		{"10,000 sheets", sheetsPath(b, folder, 10_000)},
	} {
		b.Run(list.name, func(b *testing.B) {
			most := mostMemory()
			for b.Loop() {
				readOrRefuse(b, list.path)
			}
			b.ReportMetric(most(), "MB")
		})
	}
}

// readOrRefuse reads a list to its end, or to what is said of it.
func readOrRefuse(b *testing.B, path string) {
	ctx := context.Background()
	file, err := sheet.Open(path)
	if err == nil {
		defer file.Close()
		var index int
		var sample Sample
		if index, sample, err = Find(ctx, file); err == nil {
			err = NewReview(Options{Layout: Recognise(sample)}).Read(ctx, file, index)
		}
	}
	if err != nil {
		require.NotEqual(b, model.Internal, model.CodeOf(err), "%v", err)
	}
}

// mostMemory watches the objects in memory until it is asked for the most that there were, in MB.
func mostMemory() (most func() float64) {
	over, found := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		top := uint64(0)
		for {
			metrics.Read(sample)
			top = max(top, sample[0].Value.Uint64())
			select {
			case <-over:
				found <- top
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(over)
		return float64(<-found) / 1e6
	}
}

// sheetsPath writes a workbook of so many sheets with a list on the last.
func sheetsPath(b *testing.B, folder string, sheets int) string {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	add := func(name, content string) {
		part, err := w.Create(name)
		require.NoError(b, err)
		_, err = part.Write([]byte(`<?xml version="1.0"?>` + content))
		require.NoError(b, err)
	}
	var book, relations strings.Builder
	for i := 1; i <= sheets; i++ {
		text := "nothing"
		if i == sheets {
			text = imeiOf(1)
		}
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", i),
			`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`+text+`</t></is></c></row></sheetData></worksheet>`)
		fmt.Fprintf(&book, `<sheet name="%d" sheetId="%d" r:id="r%d"/>`, i, i, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/sheet%d.xml"/>`, i, i)
	}
	add("_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	add("xl/workbook.xml", `<workbook xmlns:r="r"><sheets>`+book.String()+`</sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	require.NoError(b, w.Close())
	path := filepath.Join(folder, "sheets.xlsx")
	require.NoError(b, os.WriteFile(path, file.Bytes(), 0o600))
	return path
}
