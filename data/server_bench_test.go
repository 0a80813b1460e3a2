//go:build linux

package data_test

import (
	"net"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/engine/postgres"
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

// BenchmarkPagesOfAServer reads the ordered ids of a page of a million devices and its first rows, straight and over a line that takes 10
// ms each way and 50 Mbit a second.
func BenchmarkPagesOfAServer(b *testing.B) {
	_, invitation, _ := shareMillion(b)
	for name, path := range map[string]string{"near": invitation, "far": slowly(b, invitation)} {
		b.Run(name, func(b *testing.B) {
			r, err := data.Open(path, data.Options{})
			require.NoError(b, err)
			defer r.Close()
			view := model.As(model.Reseller, registertest.Reseller)
			for page, q := range map[string]model.DeviceQuery{
				"uploaded": {View: view, Sort: []model.Sort{{Column: model.ByUploaded, Descending: true}}},
				"imei":     {View: view, Sort: []model.Sort{{Column: model.ByIMEI}}},
			} {
				var first, whole time.Duration
				for range b.N {
					begin := time.Now()
					some, _, err := r.Devices().FirstIDs(b.Context(), q, 200)
					require.NoError(b, err)
					if some == nil { // the page waits for all
						some, err = r.Devices().IDs(b.Context(), q)
						require.NoError(b, err)
						some = some[:200]
					}
					_, err = r.Devices().Rows(b.Context(), view, some)
					require.NoError(b, err)
					first += time.Since(begin)
					begin = time.Now()
					_, err = r.Devices().IDs(b.Context(), q)
					require.NoError(b, err)
					whole += time.Since(begin)
				}
				b.ReportMetric(float64(first.Milliseconds())/float64(b.N), page+"-first-ms")
				b.ReportMetric(float64(whole.Milliseconds())/float64(b.N), page+"-all-ms")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

const (
	delay     = 10 * time.Millisecond // each way
	bandwidth = 50_000_000 / 8        // bytes a second
)

// slowly is an invitation over a slow line.
func slowly(b *testing.B, invitation string) string {
	at, _ := data.ServerOf(invitation)
	address := net.JoinHostPort(at.Host, strconv.Itoa(at.Port))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	b.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", address)
			if err != nil {
				client.Close()
				continue
			}
			go slowCopy(server, client)
			go slowCopy(client, server)
		}
	}()
	at.Host, at.Port = "127.0.0.1", listener.Addr().(*net.TCPAddr).Port
	far := filepath.Join(b.TempDir(), "far.consign")
	require.NoError(b, postgres.WriteInvitation(far, at))
	return far
}

// slowCopy carries bytes after the delay, no faster than the bandwidth.
func slowCopy(to, from net.Conn) {
	type packet struct {
		bytes []byte
		at    time.Time
	}
	packets := make(chan packet, 4096)
	go func() {
		defer close(packets)
		for {
			buf := make([]byte, 16<<10)
			n, err := from.Read(buf)
			if n > 0 {
				packets <- packet{buf[:n], time.Now().Add(delay)}
			}
			if err != nil {
				return
			}
		}
	}()
	defer to.Close()
	var free time.Time
	for p := range packets {
		if free.After(p.at) {
			p.at = free
		}
		time.Sleep(time.Until(p.at))
		free = p.at.Add(time.Duration(len(p.bytes)) * time.Second / bandwidth)
		if _, err := to.Write(p.bytes); err != nil {
			from.Close() // and what comes still is for nobody
		}
	}
}
