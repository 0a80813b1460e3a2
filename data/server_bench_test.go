//go:build linux

package data_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/registertest"
	"consign/model"
)

// shareMillion shares a copy of the big register, and returns the file and an invitation to what is on the server.
func shareMillion(b *testing.B) (file, invitation string, took time.Duration) {
	b.Helper()
	if !postgrestest.Wanted() {
		b.Skip("there is no server: data/engine/postgres/postgrestest/server.sh starts one")
	}
	file = registertest.Copy(b)
	r, err := data.Open(file, data.Options{})
	require.NoError(b, err)
	at := postgrestest.Place(b)
	begin := time.Now()
	paths, err := r.Safe().Share(b.Context(), data.Sharing{Server: at, Folder: b.TempDir(),
		Persons: []data.Person{{Name: "Anna", Login: at.Schema + "_anna", Role: model.Administrator}}}, nil)
	require.NoError(b, err)
	took = time.Since(begin)
	require.NoError(b, r.Close())
	return file, paths[0], took
}

// BenchmarkActOnManyDevicesOfAServer moves and deletes 100,000 devices scattered over a million, and undoes both, on the server and in
// the file in turns: the ratios count. share-s is how long the million took to the server.
func BenchmarkActOnManyDevicesOfAServer(b *testing.B) {
	const n = 100_000
	for range b.N {
		file, invitation, took := shareMillion(b)
		b.ReportMetric(took.Seconds(), "share-s")
		desks := map[string]*data.Register{}
		var server, own acting
		for name, path := range map[string]string{"file": file, "server": invitation} {
			r, err := data.Open(path, data.Options{})
			require.NoError(b, err)
			b.Cleanup(func() { r.Close() })
			desks[name] = r
		}
		msp := model.As(model.MSP, registertest.MSP)
		ids := map[string]int64{}
		act := func(act string, do func(r *data.Register, last int64) (model.Done, error)) {
			for _, name := range []string{"server", "file"} {
				a := map[string]*acting{"server": &server, "file": &own}[name]
				r := desks[name]
				ids[name] = a.time(b, r.Path(), act, n, func() (model.Done, error) { return do(r, ids[name]) })
			}
			b.ReportMetric(server.clock[act].Seconds(), act+"-s")
			b.ReportMetric(server.clock[act].Seconds()/own.clock[act].Seconds(), act+"-ratio")
		}
		moved := scattered(b, desks["file"], model.DeviceQuery{View: msp, Customer: model.NoCustomer}, n)
		deleted := scattered(b, desks["file"], model.DeviceQuery{View: model.As(model.Reseller, registertest.Reseller)}, n)
		undo := func(r *data.Register, last int64) (model.Done, error) {
			return r.Activity().Undo(b.Context(), last, nil)
		}
		act("move", func(r *data.Register, _ int64) (model.Done, error) {
			return r.Devices().Move(b.Context(), moved, registertest.FirstCustomer, nil)
		})
		act("undo-move", undo)
		act("delete", func(r *data.Register, _ int64) (model.Done, error) {
			return r.Devices().Delete(b.Context(), deleted, nil)
		})
		act("undo-delete", undo)
	}
	b.ReportMetric(0, "ns/op")
}

// A long line: 20 ms there and back, 50 Mbit a second.
const (
	delay     = 10 * time.Millisecond
	bandwidth = 50_000_000 / 8
)

// BenchmarkPagesOfAServer reads pages of a million devices: the first rows on screen with how many there are, and then all ids in the
// order of the page; straight, and over a long line. Over the line -turns is how often the first rows wait for the way there and back.
func BenchmarkPagesOfAServer(b *testing.B) {
	_, invitation, _ := shareMillion(b)
	line, far := postgrestest.NewLine(b, invitation, delay, bandwidth)
	view := model.As(model.Reseller, registertest.Reseller)
	sorted := func(column string) model.DeviceQuery {
		return model.DeviceQuery{View: view, Sort: []model.Sort{{Column: column}}}
	}
	for _, where := range []struct{ name, path string }{{"near", invitation}, {"far", far}} {
		for _, page := range []struct {
			name string
			q    model.DeviceQuery
		}{
			{"newest", model.DeviceQuery{View: view}}, {"uploaded", sorted(model.ByUploaded)}, {"imei", sorted(model.ByIMEI)},
			{"model", sorted(model.ByModel)}, {"search", model.DeviceQuery{View: view, Search: "004217"}},
		} {
			b.Run(where.name+"/"+page.name, func(b *testing.B) {
				r, err := data.Open(where.path, data.Options{})
				require.NoError(b, err)
				defer r.Close()
				firstRows(b, r, page.q) // connections are made
				before, bytes := line.Turns(), line.Bytes()
				begin := time.Now()
				for range b.N {
					firstRows(b, r, page.q)
				}
				b.ReportMetric(float64(time.Since(begin).Milliseconds())/float64(b.N), "first-ms")
				b.ReportMetric(float64(line.Turns()-before)/float64(b.N), "turns")
				b.ReportMetric(float64(line.Bytes()-bytes)/float64(b.N)/1024, "first-KB")
				begin = time.Now()
				ids, err := r.Devices().IDs(b.Context(), page.q)
				require.NoError(b, err)
				b.ReportMetric(float64(time.Since(begin).Milliseconds()), "all-ms")
				var held runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&held)
				b.ReportMetric(float64(held.HeapAlloc)/(1<<20), "desk-MB")
				runtime.KeepAlive(ids)
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// firstRows reads what a page shows first, as the table does.
func firstRows(b *testing.B, r *data.Register, q model.DeviceQuery) {
	b.Helper()
	ids, _, err := r.Devices().FirstIDs(b.Context(), q, 200)
	require.NoError(b, err)
	if ids == nil { // the page waits for all
		ids, err = r.Devices().IDs(b.Context(), q)
		require.NoError(b, err)
		ids = ids[:min(len(ids), 200)]
	}
	rows, err := r.Devices().Rows(b.Context(), q.View, ids)
	require.NoError(b, err)
	require.Len(b, rows, len(ids))
}

// BenchmarkActsOfAServerFarAway does acts of every day over a long line: -turns is how often each waits for the way there and back.
func BenchmarkActsOfAServerFarAway(b *testing.B) {
	_, invitation, _ := shareMillion(b)
	line, far := postgrestest.NewLine(b, invitation, delay, bandwidth)
	r, err := data.Open(far, data.Options{})
	require.NoError(b, err)
	defer r.Close()
	north, msp := model.As(model.Reseller, registertest.Reseller), model.As(model.MSP, registertest.MSP)
	const n = 20
	made := 0
	list := func() (devices []model.NewDevice) {
		for range n {
			made++
			devices = append(devices, model.NewDevice{Identifiers: model.Identifiers{Serial: fmt.Sprintf("R9ZX%07d", made)}, Model: "SM-1"})
		}
		return devices
	}
	took, turns := map[string]time.Duration{}, map[string]int{}
	act := func(name string, do func() error) {
		before, begin := line.Turns(), time.Now()
		require.NoError(b, do())
		took[name] += time.Since(begin)
		turns[name] += line.Turns() - before
	}
	for range b.N + 1 {
		clear(took) // of the first one, which compiles and connects
		clear(turns)
		var u model.Upload
		var done model.Done
		act("upload", func() (err error) {
			new := model.NewUpload{ResellerID: north.Account, TargetID: msp.Account, UploadedBy: north}
			u, _, err = r.Uploads().Add(b.Context(), new, list(), nil)
			return err
		})
		act("approve", func() (err error) {
			_, err = r.Uploads().Approve(b.Context(), msp, []int64{u.ID})
			return err
		})
		ids, err := r.Devices().IDs(b.Context(), model.DeviceQuery{View: msp, Upload: u.ID})
		require.NoError(b, err)
		moved := model.DeviceSelection{Query: model.DeviceQuery{View: msp}}
		moved.IDs = ids
		act("move", func() (err error) {
			done, err = r.Devices().Move(b.Context(), moved, registertest.FirstCustomer, nil)
			return err
		})
		act("undo", func() (err error) {
			_, err = r.Activity().Undo(b.Context(), done.ActivityID, nil)
			return err
		})
		act("delete", func() (err error) {
			_, err = r.Devices().Delete(b.Context(), moved, nil)
			return err
		})
	}
	for name := range took {
		b.ReportMetric(float64(took[name].Milliseconds()), name+"-ms")
		b.ReportMetric(float64(turns[name]), name+"-turns")
	}
	b.ReportMetric(0, "ns/op")
}
