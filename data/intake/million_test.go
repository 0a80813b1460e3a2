package intake

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

const million = 1_000_000

// millionPath writes a list of a million dual-SIM devices.
func millionPath(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "million.csv")
	f, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriter(f)
	w.WriteString("IMEI1,IMEI2,Serial number,Model,Order number\r\n")
	for i := range million {
		w.WriteString(imeiOf(2*i) + "," + imeiOf(2*i+1) + ",R5" + strconv.Itoa(100_000_000+i) + ",SM-S911B,PO2026118\r\n")
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.Close())
	return path
}

// BenchmarkReviewMillion reads a million lines through recognising and verdicts. Its peer reads the same rows
// and does nothing with them. MB is what the whole review keeps.
func BenchmarkReviewMillion(b *testing.B) {
	path := millionPath(b)
	ctx := context.Background()
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			file, err := sheet.Open(path)
			require.NoError(b, err)
			for _, err := range file.Rows(ctx, 0) {
				require.NoError(b, err)
			}
			file.Close()
		}
	})
	b.Run("review", func(b *testing.B) {
		var before, after runtime.MemStats
		for b.Loop() {
			runtime.GC()
			runtime.ReadMemStats(&before)
			r := reviewPath(b, path, Options{Register: shelf{}})
			require.Equal(b, million, r.Counts().Of(model.OK))
			runtime.GC()
			runtime.ReadMemStats(&after)
			runtime.KeepAlive(r)
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	})
	r := reviewPath(b, path, Options{})
	b.Run("filter", func(b *testing.B) {
		for b.Loop() {
			require.Len(b, r.Indexes(model.OK), million)
		}
	})
	b.Run("correct", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, r.Set(ctx, million/2, 3, "SM-S911B"))
		}
	})
	b.Run("take", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for i := range r.Taken() {
				if !r.Device(i).Empty() {
					n++
				}
			}
			require.Equal(b, million, n)
		}
	})
}
