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
// with the same indexes and triggers. The order alternates, the ratio counts.
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
			peer.add(psqlCopies(b, psql, raw), 0)
		}
		d := newDesk(b)
		devices := make([]model.NewDevice, len(raw))
		for i, text := range raw {
			devices[i].IMEI1 = text
		}
		resetPeak(b)
		begin, cpu := time.Now(), processorTime()
		d.upload(d.north, d.msp, devices...)
		consign.add(time.Since(begin), processorTime()-cpu)
		peak = max(peak, peakMB())
		runtime.KeepAlive(devices)
		require.Equal(b, len(raw), d.value("SELECT count(*) FROM devices"))
		if i%2 == 0 {
			peer.add(psqlCopies(b, psql, raw), 0)
		}
	}
	n := 2 * float64(b.N)
	b.ReportMetric(consign.clock.Seconds()/n, "consign-s")
	b.ReportMetric(consign.cpu.Seconds()/n, "consign-cpu-s")
	b.ReportMetric(peer.clock.Seconds()/n, "psql-s")
	b.ReportMetric(consign.clock.Seconds()/peer.clock.Seconds(), "ratio")
	b.ReportMetric(peak, "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// psqlCopies has psql copy the IMEIs as devices of an upload and returns how long it took.
func psqlCopies(b *testing.B, psql string, raw []string) time.Duration {
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
	begin := time.Now()
	out, err := exec.Command(psql, os.Getenv(postgrestest.Location), "-q", "-c", "SET search_path = "+at.Schema,
		"-c", `\copy devices (id, upload_id, imei1) FROM '`+rows.Name()+`'`).CombinedOutput()
	took := time.Since(begin)
	require.NoError(b, err, "%s", out)
	require.Equal(b, len(raw)+1, d.value("SELECT count(*) FROM devices"))
	return took
}
