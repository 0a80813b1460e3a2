//go:build linux

package data_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
)

// BenchmarkActOnManyDevices moves and deletes devices scattered over a million, and undoes both: on the clock and, as -cpu-s, of the
// processors. wal-MB is how long the largest log was, file-MB what the register takes at the end.
func BenchmarkActOnManyDevices(b *testing.B) {
	for _, n := range []int{100_000, 480_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var took acting
			for range b.N {
				took.all(b, n)
			}
			took.report(b)
		})
	}
}

// acting adds up what acts take.
type acting struct {
	names      []string
	clock, cpu map[string]time.Duration
	wal, file  int64
}

func (a *acting) all(b *testing.B, n int) {
	b.Helper()
	ctx := b.Context()
	path := registertest.Copy(b)
	r, err := data.Open(path, data.Options{})
	require.NoError(b, err)
	msp := model.As(model.MSP, registertest.MSP)
	if n <= 100_000 {
		moved := scattered(b, r, model.DeviceQuery{View: msp, Customer: model.NoCustomer}, n)
		id := a.time(b, path, "move", n, func() (model.Done, error) { return r.Devices().Move(ctx, moved, registertest.FirstCustomer, nil) })
		a.time(b, path, "undo-move", n, func() (model.Done, error) { return r.Activity().Undo(ctx, id, nil) })
	}
	deleted := scattered(b, r, model.DeviceQuery{View: model.As(model.Reseller, registertest.Reseller)}, n)
	id := a.time(b, path, "delete", n, func() (model.Done, error) { return r.Devices().Delete(ctx, deleted, nil) })
	a.time(b, path, "undo-delete", n, func() (model.Done, error) { return r.Activity().Undo(ctx, id, nil) })
	require.NoError(b, r.Close())
	info, err := os.Stat(path)
	require.NoError(b, err)
	a.file = info.Size()
}

func (a *acting) time(b *testing.B, path, name string, n int, act func() (model.Done, error)) int64 {
	b.Helper()
	if a.clock == nil {
		a.clock, a.cpu = map[string]time.Duration{}, map[string]time.Duration{}
	}
	if _, known := a.clock[name]; !known {
		a.names = append(a.names, name)
	}
	begin, before := time.Now(), processorTime(b)
	done, err := act()
	a.clock[name] += time.Since(begin)
	a.cpu[name] += processorTime(b) - before
	require.NoError(b, err)
	require.Equal(b, n, done.Devices)
	if info, err := os.Stat(path + "-wal"); err == nil {
		a.wal = max(a.wal, info.Size())
	}
	return done.ActivityID
}

func (a *acting) report(b *testing.B) {
	for _, name := range a.names {
		b.ReportMetric(a.clock[name].Seconds()/float64(b.N), name+"-s")
		b.ReportMetric(a.cpu[name].Seconds()/float64(b.N), name+"-cpu-s")
	}
	b.ReportMetric(float64(a.wal)/(1<<20), "wal-MB")
	b.ReportMetric(float64(a.file)/(1<<20), "file-MB")
	b.ReportMetric(0, "ns/op")
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkBackupOfMillion makes the backup of each day, checked whole, and deletes 2,000 devices with and without the backup before that.
func BenchmarkBackupOfMillion(b *testing.B) {
	for range b.N {
		path, folder := registertest.Copy(b), b.TempDir()
		r, err := data.Open(path, data.Options{})
		require.NoError(b, err)
		var took acting
		sel := scattered(b, r, model.DeviceQuery{View: model.As(model.Reseller, registertest.Reseller)}, 4_000)
		some, others := sel, sel
		some.IDs, others.IDs = sel.IDs[:2_000], sel.IDs[2_000:]
		took.time(b, path, "delete-alone", 2_000, func() (model.Done, error) { return r.Devices().Delete(b.Context(), some, nil) })
		r.Safe().KeepBackupsIn(data.Keeping{Folder: folder})
		took.time(b, path, "backup-and-delete", 2_000, func() (model.Done, error) { return r.Devices().Delete(b.Context(), others, nil) })
		took.time(b, path, "whole-backup", 0, func() (model.Done, error) {
			return model.Done{}, r.Safe().Backup(b.Context(), filepath.Join(folder, "whole.db"))
		})
		took.report(b)
		require.NoError(b, r.Close())
	}
}

// scattered selects n devices spread over all that the query finds.
func scattered(b *testing.B, r *data.Register, q model.DeviceQuery, n int) model.DeviceSelection {
	b.Helper()
	ids, err := r.Devices().IDs(context.Background(), q)
	require.NoError(b, err)
	require.GreaterOrEqual(b, len(ids), n)
	step := len(ids) / n
	sel := model.DeviceSelection{Query: model.DeviceQuery{View: q.View}}
	for i := range n {
		sel.IDs = append(sel.IDs, ids[i*step])
	}
	return sel
}
