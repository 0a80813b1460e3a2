//go:build linux

package data_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/portal"
	"consign/data/registertest"
	"consign/data/sheet"
	"consign/model"
)

// A portal's export of a million lines, a thousandth of them different, beside the million devices of the register: read, compared and
// counted.
func BenchmarkCompareMillionLines(b *testing.B) {
	r := million(b)
	path := filepath.Join(b.TempDir(), "devices.csv")
	file, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "IMEI/MEID,Serial number,Model,Order number,Uploaded,Customer,Status")
	lines := 0
	everything := model.DeviceSelection{Query: model.DeviceQuery{View: reseller}, All: true}
	err = r.Devices().Each(b.Context(), everything, func(d model.Device) error {
		customer := d.Customer
		if lines++; lines%1000 == 0 {
			customer = "Nobody"
		}
		ids := strings.Join([]string{d.IMEI1, d.IMEI2, d.MEID}, " ")
		_, err := fmt.Fprintf(w, "%s,%s,%s,%s,%s,\"%s\",%s\n", strings.TrimSpace(ids), d.Serial, d.Model, d.OrderNumber,
			d.UploadedAt.Format("2006-01-02"), customer, d.Status)
		return err
	})
	require.NoError(b, err)
	for i := lines; i < registertest.Devices; i++ {
		fmt.Fprintf(w, ",R5Z%08d,SM-A556B,PO1,2026-11-20,Nobody,Verified\n", i)
	}
	require.NoError(b, w.Flush())
	require.NoError(b, file.Close())
	for b.Loop() {
		runtime.GC()
		begun := processorTime(b)
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		done, most := make(chan struct{}), atomic.Uint64{}
		go func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(50 * time.Millisecond):
					var now runtime.MemStats
					runtime.ReadMemStats(&now)
					most.Store(max(most.Load(), now.HeapInuse))
				}
			}
		}()
		table, err := sheet.Open(path)
		require.NoError(b, err)
		found, err := portal.FindDevices(b.Context(), table)
		require.NoError(b, err)
		c, err := r.Devices().Compare(b.Context(), reseller, found.Columns, found.Lines(b.Context()), portal.CleanOrder, table.Progress, nil)
		require.NoError(b, err)
		require.NoError(b, table.Close())
		close(done)
		b.ReportMetric((processorTime(b) - begun).Seconds(), "cpu-s")
		require.Equal(b, registertest.Devices-lines, c.Count(model.OnlyThere))
		require.Equal(b, lines/1000, c.Count(model.OtherCustomer))
		require.Equal(b, lines-lines/1000, c.Count(model.Same))
		b.ReportMetric(float64(most.Load()-before.HeapInuse)/(1<<20), "MB-more")
	}
	b.ReportMetric(float64(lines), "same-lines")
}
