//go:build linux

package data

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// uploadedBeside is how many devices are uploaded beside psql; CONSIGN_BENCH_DEVICES asks for others.
func uploadedBeside() int {
	if n, err := strconv.Atoi(os.Getenv("CONSIGN_BENCH_DEVICES")); err == nil {
		return n
	}
	return million
}

// BenchmarkUploadMillionBesidePsql uploads a million IMEIs to a server, and has psql \copy the same rows, ready made, into the same table
// with the same indexes and triggers. The order alternates, the ratio counts; cpu is of the client and the server together, which a busy
// machine disturbs less.
func BenchmarkUploadMillionBesidePsql(b *testing.B) {
	psql, err := exec.LookPath("psql")
	if err != nil || !postgrestest.Wanted() {
		b.Skip("there is no server: data/engine/postgres/postgrestest/server.sh starts one")
	}
	raw := imeis(uploadedBeside())
	var consign, peer stopwatch
	var peak float64
	for i := range 2 * b.N {
		if i%2 == 1 {
			peer.add(psqlCopies(b, psql, raw))
		}
		d := newDesk(b)
		devices := make([]model.NewDevice, len(raw))
		for i, text := range raw {
			devices[i].IMEI1 = text
		}
		resetPeak(b)
		begin, cpu, server := time.Now(), processorTime(), serverTime(b, d)
		d.upload(d.north, d.msp, devices...)
		consign.add(time.Since(begin), processorTime()-cpu+serverTime(b, d)-server)
		peak = max(peak, peakMB())
		runtime.KeepAlive(devices)
		require.Equal(b, len(raw), d.value("SELECT count(*) FROM devices"))
		if i%2 == 0 {
			peer.add(psqlCopies(b, psql, raw))
		}
	}
	n := 2 * float64(b.N)
	b.ReportMetric(consign.clock.Seconds()/n, "consign-s")
	b.ReportMetric(consign.cpu.Seconds()/n, "consign-cpu-s")
	b.ReportMetric(peer.clock.Seconds()/n, "psql-s")
	b.ReportMetric(peer.cpu.Seconds()/n, "psql-cpu-s")
	b.ReportMetric(consign.clock.Seconds()/peer.clock.Seconds(), "ratio")
	b.ReportMetric(consign.cpu.Seconds()/peer.cpu.Seconds(), "cpu-ratio")
	b.ReportMetric(peak, "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// serverTime is what the processes of the desk's server have used of the processors, those that have ended too.
func serverTime(b *testing.B, d *desk) time.Duration {
	b.Helper()
	const inASecond = 100 // as the kernel counts it for /proc
	stat := func(pid string) []string {
		text, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			return nil // ended meanwhile
		}
		return strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])) // from the state on
	}
	const parent, used, usedByEnded, end = 1, 11, 13, 15
	own := stat(strconv.Itoa(d.value("SELECT pg_backend_pid()")))
	require.NotNil(b, own, "the server is on this machine")
	sum := 0
	add := func(fields []string) {
		for _, field := range fields {
			n, err := strconv.Atoi(field)
			require.NoError(b, err)
			sum += n
		}
	}
	add(stat(own[parent])[used:end])
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(b, err)
	for _, path := range all {
		if s := stat(filepath.Base(filepath.Dir(path))); s != nil && s[parent] == own[parent] {
			add(s[used:usedByEnded])
		}
	}
	return time.Duration(sum) * time.Second / inASecond
}

// psqlCopies has psql copy the IMEIs as devices of an upload and returns how long it took, on the clock and of the processors.
func psqlCopies(b *testing.B, psql string, raw []string) (took, cpu time.Duration) {
	b.Helper()
	d := newDesk(b)
	u := d.upload(d.north, d.msp, d.devices(1)...)
	rows, err := os.Create(filepath.Join(b.TempDir(), "rows.tsv"))
	require.NoError(b, err)
	w := bufio.NewWriter(rows)
	for i, imei := range raw {
		fmt.Fprintf(w, "%d\t%d\t%s\n", i+2, u.ID, imei)
	}
	require.NoError(b, w.Flush())
	require.NoError(b, rows.Close())
	at, _ := ServerOf(d.Path())
	begin, server := time.Now(), serverTime(b, d)
	copies := exec.Command(psql, os.Getenv(postgrestest.Location), "-qAtX", "-c", "SELECT pg_backend_pid()",
		"-c", "SET search_path = "+at.Schema, "-c", `\copy devices (id, upload_id, imei1) FROM '`+rows.Name()+`'`)
	out, err := copies.CombinedOutput()
	took = time.Since(begin)
	require.NoError(b, err, "%s", out)
	for process := "/proc/" + strings.TrimSpace(string(out)); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(process); err != nil { // and what it used counts as that of one that has ended
			break
		}
	}
	require.Equal(b, len(raw)+1, d.value("SELECT count(*) FROM devices"))
	return took, copies.ProcessState.UserTime() + copies.ProcessState.SystemTime() + serverTime(b, d) - server
}
