//go:build linux

package data

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

const million = 1_000_000

// imeis makes n different valid IMEIs of a few models, in the order of a warehouse: none.
func imeis(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]string, n)
	for i := range list {
		body := fmt.Sprintf("35%06d%06d", 192_158+i%7, i)
		list[i] = model.ReadIdentifier(body, model.IMEI).Value
	}
	random.Shuffle(n, func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// resetPeak starts the measuring of the most memory that the process takes, SQLite's included.
func resetPeak(b *testing.B) {
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Log("peak memory is not measured here:", err)
	}
}

// peakMB is the most memory since resetPeak, in MB.
func peakMB() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kb) / 1024
		}
	}
	return 0
}

// stopwatch measures what a piece of work takes: on the clock, and of the processors, which a busy machine disturbs less.
type stopwatch struct{ clock, cpu time.Duration }

func (s *stopwatch) add(clock, cpu time.Duration) { s.clock, s.cpu = s.clock+clock, s.cpu+cpu }

// processorTime is what this process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkUploadMillionBesideShell uploads a million IMEIs, read and checked from text, and has the sqlite3 shell import the
// same rows, ready made, into the same schema with the same indexes and triggers. Both in one run: the ratios count.
func BenchmarkUploadMillionBesideShell(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("the sqlite3 shell is not installed")
	}
	raw := imeis(million)
	var consign, peer stopwatch
	var peak float64
	for range b.N {
		d := newDesk(b)
		resetPeak(b)
		begin, cpu := time.Now(), processorTime()
		devices := make([]model.NewDevice, len(raw))
		for i, text := range raw {
			reading := model.ReadIdentifier(text, model.IMEI)
			if reading.Verdict != model.OK {
				b.Fatal(text, reading)
			}
			devices[i].IMEI1 = reading.Value
		}
		d.upload(d.north, d.msp, devices...)
		consign.add(time.Since(begin), processorTime()-cpu)
		peak = max(peak, peakMB())
		runtime.KeepAlive(devices)
		require.Equal(b, million, d.value("SELECT count(*) FROM devices"))
		peer.add(shellImports(b, shell, raw))
	}
	n := float64(b.N)
	b.ReportMetric(consign.clock.Seconds()/n, "consign-s")
	b.ReportMetric(peer.clock.Seconds()/n, "sqlite3-s")
	b.ReportMetric(consign.clock.Seconds()/peer.clock.Seconds(), "ratio")
	b.ReportMetric(consign.cpu.Seconds()/peer.cpu.Seconds(), "cpu-ratio")
	b.ReportMetric(peak, "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// shellImports has the shell import the IMEIs as devices of an upload and returns how long it took.
func shellImports(b *testing.B, shell string, raw []string) (clock, cpu time.Duration) {
	b.Helper()
	d := newDesk(b)
	u := d.upload(d.north, d.msp, d.devices(1)...)
	require.NoError(b, d.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
	rows, err := os.Create(filepath.Join(b.TempDir(), "rows.csv"))
	require.NoError(b, err)
	w := bufio.NewWriter(rows)
	for i, imei := range raw {
		fmt.Fprintf(w, "%d,%d,,,%s\n", i+2, u.ID, imei) // the columns that follow are filled with NULL
	}
	require.NoError(b, w.Flush())
	require.NoError(b, rows.Close())
	path := d.Path()
	require.NoError(b, d.Close())
	require.NoError(b, exec.Command(shell, path, "PRAGMA journal_mode = DELETE").Run())
	begin := time.Now()
	run := exec.Command(shell, "-csv", path, ".import "+rows.Name()+" devices")
	out, err := run.Output()
	clock = time.Since(begin)
	require.NoError(b, err, "%s", out)
	count, err := exec.Command(shell, path, "SELECT count(*) FROM devices").Output()
	require.NoError(b, err)
	require.Equal(b, strconv.Itoa(million+1), strings.TrimSpace(string(count)))
	return clock, run.ProcessState.UserTime() + run.ProcessState.SystemTime()
}
