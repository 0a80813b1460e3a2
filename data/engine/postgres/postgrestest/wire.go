package postgrestest

import (
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"consign/data/engine/postgres"
)

// Wire is what leads a desk to the server. It can be cut, and it can go silent.
type Wire struct {
	mu     sync.Mutex
	cut    bool
	silent chan struct{} // closed when it speaks again; nil while it speaks
	ends   map[net.Conn]bool
}

// NewWire leads to the server of the register at path, and returns an invitation that goes through it.
func NewWire(tb testing.TB, path string) (*Wire, string) {
	tb.Helper()
	w := &Wire{ends: map[net.Conn]bool{}}
	through := Way(tb, path, w.carry)
	tb.Cleanup(func() { w.Cut(true) })
	return w, through
}

// Way leads to the server of the register at path by carry, which has each connection and the server's address until it ends. It returns
// an invitation that goes this way, until the test ends.
func Way(tb testing.TB, path string, carry func(client net.Conn, server string)) (invitation string) {
	tb.Helper()
	place, _, err := postgres.ReadInvitation(path)
	if err != nil {
		tb.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { listener.Close() })
	server := net.JoinHostPort(place.Host, strconv.Itoa(place.Port))
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go carry(client, server)
		}
	}()
	place.Host, place.Port = "127.0.0.1", listener.Addr().(*net.TCPAddr).Port
	invitation = filepath.Join(tb.TempDir(), "way.consign")
	if err := postgres.WriteInvitation(invitation, place); err != nil {
		tb.Fatal(err)
	}
	return invitation
}

// Cut ends all connections and takes no others, or takes them again.
func (w *Wire) Cut(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	for end := range w.ends {
		if cut {
			end.Close()
		}
	}
}

// Silence carries nothing more and ends nothing, or goes on.
func (w *Wire) Silence(silent bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if silent {
		w.silent = make(chan struct{})
	} else {
		close(w.silent)
		w.silent = nil
	}
}

func (w *Wire) carry(client net.Conn, to string) {
	defer client.Close()
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer server.Close()
	w.mu.Lock()
	cut := w.cut
	w.ends[client], w.ends[server] = true, true
	w.mu.Unlock()
	if cut {
		return
	}
	go w.copy(client, server)
	w.copy(server, client)
}

func (w *Wire) copy(to, from net.Conn) {
	defer to.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		w.mu.Lock()
		silent := w.silent
		w.mu.Unlock()
		if silent != nil {
			<-silent
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}
