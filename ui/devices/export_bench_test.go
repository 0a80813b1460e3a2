//go:build linux

package devices_test

import (
	"encoding/csv"
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

	"consign/data"
	"consign/data/registertest"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uitest"
)

// cost is what a piece of work takes: on the clock, of the processors, and the most memory of the process meanwhile, in which is what
// it had before.
type cost struct {
	clock, cpu       time.Duration
	beforeMB, peakMB int
}

func costOf(b *testing.B, work func()) cost {
	debug.FreeOSMemory()
	require.NoError(b, os.WriteFile("/proc/self/clear_refs", []byte("5"), 0))
	used := func() time.Duration {
		var u syscall.Rusage
		require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	c := cost{beforeMB: mostMemory(b)}
	begin, before := time.Now(), used()
	work()
	c.clock, c.cpu, c.peakMB = time.Since(begin), used()-before, mostMemory(b)
	return c
}

// mostMemory is the most memory of the process so far, in MB.
func mostMemory(b *testing.B) int {
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(b, err)
	return kb / 1024
}

func report(b *testing.B, ours, peer cost) {
	b.ReportMetric(ours.clock.Seconds(), "consign-s")
	b.ReportMetric(peer.clock.Seconds(), "peer-s")
	b.ReportMetric(ours.cpu.Seconds()/peer.cpu.Seconds(), "cpu-ratio")
	b.ReportMetric(ours.clock.Seconds()/peer.clock.Seconds(), "ratio")
	b.ReportMetric(float64(ours.beforeMB), "MB-before")
	b.ReportMetric(float64(ours.peakMB), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkExportDevices presses Export… on the Devices page of the big register: as CSV beside the sqlite3 shell that writes the same
// columns, as XLSX beside excelize's bare stream writer that writes the same cells. Memory is compared between about 100,000 rows and all.
func BenchmarkExportDevices(b *testing.B) {
	tenth := map[string]string{page.FilterTime: page.Span(latest(b, 100_000), time.Time{})}
	for _, part := range []struct {
		name    string
		filters map[string]string
	}{{"100,000", tenth}, {"1,000,000", nil}} {
		b.Run("CSV of "+part.name, func(b *testing.B) {
			for range b.N {
				ours, _ := export(b, part.filters, "", "CSV", ".csv")
				report(b, ours, shellWrites(b, part.filters))
			}
		})
		b.Run("XLSX of "+part.name, func(b *testing.B) {
			_, list := export(b, part.filters, "", "CSV", ".csv")
			for range b.N {
				ours, _ := export(b, part.filters, "", "Excel workbook (XLSX)", ".xlsx")
				report(b, ours, costOf(b, func() { excelizeWrites(b, list) }))
			}
		})
		for _, column := range []string{model.ByIMEI, model.ByCustomer} {
			b.Run("CSV of "+part.name+" by "+column, func(b *testing.B) {
				for range b.N {
					ours, _ := export(b, part.filters, column, "CSV", ".csv")
					b.ReportMetric(ours.clock.Seconds(), "consign-s")
					b.ReportMetric(float64(ours.beforeMB), "MB-before")
					b.ReportMetric(float64(ours.peakMB), "peak-MB")
					b.ReportMetric(0, "ns/op")
				}
			})
		}
	}
}

// export saves the devices of the reseller, sorted by a column or as they are, and returns where.
func export(b *testing.B, filters map[string]string, sort, kind, ending string) (cost, string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "list"+ending)
	r, err := data.Open(registertest.Million(b), data.Options{MustExist: true})
	require.NoError(b, err)
	defer r.Close()
	d := newDesk(b, r)
	p := page.NewListing(d, devices.List(d, reseller, devices.Options{Name: "bench", Title: "Devices"}), page.Place{Filters: filters})
	d.Show(p.Page())
	if q := p.View.Table.Question(); sort != "" {
		q.Sort = []grid.SortKey{{Column: sort}}
		p.View.Table.SetQuestion(q)
	}
	return costOf(b, func() {
		uitest.Tap(b, d.Window(), "Export…")
		uitest.Pick(b, d.Window(), kind)
		uitest.Tap(b, d.Window(), "Save…")
		uitest.Type(b, d.Window(), "File name", path)
		uitest.Key(d.Window(), fyne.KeyReturn)
		require.Empty(b, d.Failed)
		require.FileExists(b, path)
	}), path
}

// latest is since when the reseller has uploaded about so many devices.
func latest(b *testing.B, about int) time.Time {
	r, err := data.Open(registertest.Million(b), data.Options{MustExist: true})
	require.NoError(b, err)
	defer r.Close()
	ids, err := r.Devices().IDs(b.Context(), model.DeviceQuery{View: reseller,
		Sort: []model.Sort{{Column: model.ByUploaded, Descending: true}}})
	require.NoError(b, err)
	last, err := r.Devices().Rows(b.Context(), reseller, ids[about-1:about])
	require.NoError(b, err)
	return last[0].UploadedAt
}

func shellWrites(b *testing.B, filters map[string]string) cost {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("the sqlite3 shell is not installed")
	}
	out, err := os.Create(filepath.Join(b.TempDir(), "shell.csv"))
	require.NoError(b, err)
	defer out.Close()
	since, _ := page.ReadSpan(filters[page.FilterTime], time.Now())
	run := exec.Command(shell, "-csv", "-header", registertest.Million(b), `SELECT d.imei1, d.imei2, d.meid, d.serial, d.model, d.order_number,
		datetime(u.uploaded_at / 1000, 'unixepoch'), t.company_name,
		CASE WHEN d.failure IS NOT NULL THEN 'mpts error' WHEN u.approved_at IS NULL THEN 'pending' ELSE 'verified' END, u.tags
		FROM devices d JOIN uploads u ON u.id = d.upload_id JOIN accounts t ON t.id = u.target_id
		WHERE u.reseller_id = 1 AND d.deleted IS NULL AND u.uploaded_at >= `+strconv.FormatInt(since.UnixMilli(), 10))
	run.Stdout = out
	begin := time.Now()
	require.NoError(b, run.Run())
	return cost{clock: time.Since(begin), cpu: run.ProcessState.UserTime() + run.ProcessState.SystemTime()}
}

// excelizeWrites writes the cells of a CSV with nothing but excelize.
func excelizeWrites(b *testing.B, from string) {
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
	require.NoError(b, book.SaveAs(filepath.Join(b.TempDir(), "bare.xlsx")))
	require.NoError(b, book.Close())
}
