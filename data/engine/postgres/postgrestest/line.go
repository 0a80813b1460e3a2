package postgrestest

import (
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// Line is a long way to the server: it takes a while in each direction and carries so many bytes a second.
type Line struct {
	delay     time.Duration
	bandwidth int

	turns, bytes atomic.Int64
}

// NewLine leads to the server of the register at path, and returns an invitation that goes that way. delay is that of one direction,
// bandwidth in bytes a second.
func NewLine(tb testing.TB, path string, delay time.Duration, bandwidth int) (*Line, string) {
	tb.Helper()
	l := &Line{delay: delay, bandwidth: bandwidth}
	return l, Way(tb, path, l.carry)
}

// Turns is how often a connection has asked something since it was last answered: how often somebody waited for the way there and back.
func (l *Line) Turns() int { return int(l.turns.Load()) }

// Bytes is how much has come from the server.
func (l *Line) Bytes() int { return int(l.bytes.Load()) }

func (l *Line) carry(client net.Conn, to string) {
	server, err := net.Dial("tcp", to)
	if err != nil {
		client.Close()
		return
	}
	var asks atomic.Bool
	go l.copy(server, client, func(int) {
		if !asks.Swap(true) {
			l.turns.Add(1)
		}
	})
	l.copy(client, server, func(n int) {
		asks.Store(false)
		l.bytes.Add(int64(n))
	})
}

// packet is what is on its way.
type packet struct {
	bytes []byte
	at    time.Time // when it arrives
}

// copy carries bytes after the delay, no faster than the bandwidth.
func (l *Line) copy(to, from net.Conn, seen func(bytes int)) {
	packets := make(chan packet, 4096)
	go func() {
		defer close(packets)
		for {
			buf := make([]byte, 16<<10)
			n, err := from.Read(buf)
			if n > 0 {
				seen(n)
				packets <- packet{buf[:n], time.Now().Add(l.delay)}
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
		free = p.at.Add(time.Duration(len(p.bytes)) * time.Second / time.Duration(l.bandwidth))
		if _, err := to.Write(p.bytes); err != nil {
			from.Close() // and what comes still is for nobody
		}
	}
}
