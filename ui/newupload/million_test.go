//go:build linux

package newupload

import (
	"bufio"
	"context"
	"fmt"
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

	"consign/data"
	"consign/data/intake"
	"consign/data/registertest"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/review"
)

const million = 1_000_000

// millionList writes a list of a million dual-SIM devices that the big register does not have, in the order of a warehouse: none.
func millionList(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "million.csv")
	f, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriter(f)
	w.WriteString("IMEI1,IMEI2,Serial number,Model,Order number\r\n")
	imei := func(tac string, n int) string {
		first := fmt.Sprintf("%s%06d", tac, n)
		return first + string(model.LuhnDigit(first))
	}
	for i := range million {
		n := i * 514_229 % million // each once
		fmt.Fprintf(w, "%s,%s,R6%09d,SM-S911B,PO2026118\r\n", imei("35777777", n), imei("35888888", n), n)
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.Close())
	return path
}

// BenchmarkUploadMillionLinesBesideShell brings a list of a million lines in, from the file to the committed upload: recognised, every
// line judged against a register of a million devices. The sqlite3 shell imports the same file into the same register, without a look at a
// digit. The ratio of processor time is the one to trust on a busy machine. peak-MB is all memory of the process, the list's included.
func BenchmarkUploadMillionLinesBesideShell(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("the sqlite3 shell is not installed")
	}
	path := millionList(b)
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(256 << 20)) // as the program does
	var clock, cpu, peerClock, peerCPU time.Duration
	peak := 0
	for range b.N {
		copied := registertest.Copy(b)
		r, err := data.Open(copied, data.Options{MustExist: true})
		require.NoError(b, err)
		debug.FreeOSMemory()
		require.NoError(b, os.WriteFile("/proc/self/clear_refs", []byte("5"), 0))
		begin, used := time.Now(), processorTime(b)
		uploadList(b, r, path)
		clock, cpu = clock+time.Since(begin), cpu+processorTime(b)-used
		peak = max(peak, peakMB(b))
		require.NoError(b, r.Close())

		run := exec.Command(shell, "-csv", registertest.Copy(b),
			`CREATE VIEW lines AS SELECT imei1, imei2, serial, model, order_number FROM devices;
			CREATE TRIGGER lines_in INSTEAD OF INSERT ON lines BEGIN
				INSERT INTO devices (upload_id, imei1, imei2, serial, model, order_number)
				VALUES (1, NEW.imei1, NEW.imei2, NEW.serial, NEW.model, NEW.order_number);
			END;`,
			".import --skip 1 "+path+" lines", fmt.Sprintf("SELECT count(*) FROM devices WHERE id > %d", registertest.Devices))
		begin = time.Now()
		out, err := run.Output()
		peerClock += time.Since(begin)
		require.NoError(b, err, "%s", out)
		require.Equal(b, strconv.Itoa(million), strings.TrimSpace(string(out)))
		peerCPU += run.ProcessState.UserTime() + run.ProcessState.SystemTime()
	}
	n := float64(b.N)
	b.ReportMetric(clock.Seconds()/n, "consign-s")
	b.ReportMetric(peerClock.Seconds()/n, "sqlite3-s")
	b.ReportMetric(clock.Seconds()/peerClock.Seconds(), "ratio")
	b.ReportMetric(cpu.Seconds()/peerCPU.Seconds(), "cpu-ratio")
	b.ReportMetric(float64(peak), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// uploadList does what the page does with a list.
func uploadList(b *testing.B, r *data.Register, path string) {
	b.Helper()
	file, err := sheet.Open(path)
	require.NoError(b, err)
	defer file.Close()
	index, sample, err := intake.Find(b.Context(), file)
	require.NoError(b, err)
	review := intake.NewReview(intake.Options{Layout: intake.Recognise(sample), Register: review.RegisteredIn(r.Devices()),
		Reseller: registertest.Reseller, Target: registertest.FirstCustomer})
	begin := time.Now()
	ctx, stop := context.WithCancel(b.Context())
	require.NoError(b, review.Read(ctx, file, index))
	stop()
	require.Equal(b, million, review.Counts().Taken)
	b.Logf("reviewed after %v", time.Since(begin))
	all, err := batches(b.Context(), model.NewUpload{ResellerID: registertest.Reseller, TargetID: registertest.FirstCustomer,
		UploadedBy: model.As(model.Reseller, registertest.Reseller)}, []*intake.Review{review})
	require.NoError(b, err)
	b.Logf("put together after %v", time.Since(begin))
	uploads, _, err := r.Uploads().AddAll(b.Context(), all, nil)
	require.NoError(b, err)
	require.Equal(b, million, uploads[0].Figures.Valid)
	b.Logf("uploaded after %v", time.Since(begin))
	runtime.KeepAlive(review)
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMB is the most memory of the process since clear_refs.
func peakMB(b *testing.B) int {
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			require.NoError(b, err)
			return kb / 1024
		}
	}
	require.Fail(b, "no VmHWM")
	return 0
}
