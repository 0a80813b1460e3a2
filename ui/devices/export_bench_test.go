//go:build linux

package devices_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/data/registertest"
	"consign/ui/uitest"
)

// cost is what a piece of work takes: on the clock, of the processors, and the most memory of the process meanwhile.
type cost struct {
	clock, cpu time.Duration
	peakMB     int
}

func costOf(b *testing.B, work func()) cost {
	debug.FreeOSMemory()
	require.NoError(b, os.WriteFile("/proc/self/clear_refs", []byte("5"), 0))
	used := func() time.Duration {
		var u syscall.Rusage
		require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	begin, before := time.Now(), used()
	work()
	c := cost{clock: time.Since(begin), cpu: used() - before}
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(b, err)
	c.peakMB = kb / 1024
	return c
}

func report(b *testing.B, ours, peer cost) {
	b.ReportMetric(ours.clock.Seconds(), "consign-s")
	b.ReportMetric(peer.clock.Seconds(), "peer-s")
	b.ReportMetric(ours.cpu.Seconds()/peer.cpu.Seconds(), "cpu-ratio")
	b.ReportMetric(ours.clock.Seconds()/peer.clock.Seconds(), "ratio")
	b.ReportMetric(float64(ours.peakMB), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkExportDevices presses Export… on the Devices page of the big register: as CSV beside the sqlite3 shell that writes the same
// columns, as XLSX beside excelize's bare stream writer that writes the same cells. Memory is compared between 100,000 rows and all.
func BenchmarkExportDevices(b *testing.B) {
	r := openRegister(b)
	folder := b.TempDir()
	export := func(b *testing.B, most int, kind, path string) cost {
		d := newDesk(b, r)
		openListing(b, d, most)
		return costOf(b, func() {
			uitest.Tap(b, d.Window(), "Export…")
			uitest.Pick(b, d.Window(), kind)
			uitest.Tap(b, d.Window(), "Save…")
			uitest.Type(b, d.Window(), "File name", path)
			uitest.Key(d.Window(), fyne.KeyReturn)
			require.Empty(b, d.Failed)
		})
	}
	for _, most := range []int{100_000, 0} {
		rows := most
		if most == 0 {
			rows = registertest.Devices
		}
		path := filepath.Join(folder, fmt.Sprint(rows, ".csv"))
		b.Run(fmt.Sprint("CSV ", rows), func(b *testing.B) {
			for range b.N {
				ours := export(b, most, "CSV", path)
				report(b, ours, shellWrites(b, filepath.Join(folder, "shell.csv"), rows))
			}
		})
		b.Run(fmt.Sprint("XLSX ", rows), func(b *testing.B) {
			for range b.N {
				ours := export(b, most, "Excel workbook (XLSX)", filepath.Join(folder, fmt.Sprint(rows, ".xlsx")))
				report(b, ours, costOf(b, func() { excelizeWrites(b, path, filepath.Join(folder, "bare.xlsx")) }))
			}
		})
	}
}

func shellWrites(b *testing.B, path string, rows int) cost {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("the sqlite3 shell is not installed")
	}
	out, err := os.Create(path)
	require.NoError(b, err)
	defer out.Close()
	run := exec.Command(shell, "-csv", "-header", registertest.Million(b), `SELECT d.imei1, d.imei2, d.meid, d.serial, d.model, d.order_number,
		datetime(u.uploaded_at / 1000, 'unixepoch'), t.company_name,
		CASE WHEN d.failure IS NOT NULL THEN 'mpts error' WHEN u.approved_at IS NULL THEN 'pending' ELSE 'verified' END, u.tags
		FROM devices d JOIN uploads u ON u.id = d.upload_id JOIN accounts t ON t.id = u.target_id
		WHERE u.reseller_id = 1 AND d.deleted_by IS NULL LIMIT `+strconv.Itoa(rows))
	run.Stdout = out
	begin := time.Now()
	require.NoError(b, run.Run())
	return cost{clock: time.Since(begin), cpu: run.ProcessState.UserTime() + run.ProcessState.SystemTime()}
}

// excelizeWrites writes the cells of a CSV with nothing but excelize.
func excelizeWrites(b *testing.B, from, to string) {
	in, err := os.Open(from)
	require.NoError(b, err)
	defer in.Close()
	rows := csv.NewReader(in)
	rows.ReuseRecord = true
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	require.NoError(b, err)
	var values []any
	for n := 1; ; n++ {
		cells, err := rows.Read()
		if err == io.EOF {
			break
		}
		require.NoError(b, err)
		values = values[:0]
		for _, cell := range cells {
			values = append(values, cell)
		}
		require.NoError(b, w.SetRow("A"+strconv.Itoa(n), values))
	}
	require.NoError(b, w.Flush())
	require.NoError(b, book.SaveAs(to))
	require.NoError(b, book.Close())
}
