package postgres

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// poll is how often a desk asks for the number of the latest act. The server's notices only quicken it: they may get lost.
const poll = 500 * time.Millisecond

// hearing hears of the acts of other desks on a connection of its own.
type hearing struct {
	stop  context.CancelFunc
	ended chan struct{}

	mu    sync.Mutex
	last  int64          // the latest act that was heard of
	own   map[int64]bool // acts of this desk after it
	calls map[int]func()
	next  int
}

// OnAct implements engine.Engine.
func (d *Database) OnAct(f func()) (cancel func()) {
	h := d.heard
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.next
	h.next++
	h.calls[n] = f
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.calls, n)
	}
}

// mine says that an act is this desk's, before it is done.
func (h *hearing) mine(number int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.own[number] = true
}

// hear begins to hear.
func (d *Database) hear(ctx context.Context) (*hearing, error) {
	h := &hearing{ended: make(chan struct{}), own: map[int64]bool{}, calls: map[int]func(){}}
	if err := d.read.WithContext(ctx).Raw("SELECT act FROM register").Scan(&h.last).Error; err != nil {
		return nil, err
	}
	var listening context.Context
	listening, h.stop = context.WithCancel(context.Background())
	go func() {
		defer close(h.ended)
		for listening.Err() == nil {
			err := h.listen(listening, d.place)
			if listening.Err() != nil {
				return
			}
			d.log.WithError(err).Warn("the server is not heard")
			select {
			case <-listening.Done():
			case <-time.After(poll):
			}
		}
	}()
	return h, nil
}

// listen hears until something fails.
func (h *hearing) listen(ctx context.Context, place Place) error {
	c, err := place.config("default_transaction_read_only", "on")
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{"consign." + place.Schema}.Sanitize()); err != nil {
		return err
	}
	for {
		asking, done := context.WithTimeout(ctx, answer)
		var act int64
		err := conn.QueryRow(asking, "SELECT act FROM register").Scan(&act)
		done()
		if err != nil {
			return err
		}
		h.reached(act)
		waiting, done := context.WithTimeout(ctx, poll)
		_, err = conn.WaitForNotification(waiting)
		done()
		if err != nil && (ctx.Err() != nil || waiting.Err() == nil) {
			return err
		}
	}
}

// reached tells those who listen if another desk has acted since.
func (h *hearing) reached(act int64) {
	h.mu.Lock()
	others := false
	for n := h.last + 1; n <= act; n++ {
		others = others || !h.own[n]
		delete(h.own, n)
	}
	h.last = max(h.last, act)
	calls := make([]func(), 0, len(h.calls))
	for _, f := range h.calls {
		calls = append(calls, f)
	}
	h.mu.Unlock()
	if !others {
		return
	}
	for _, f := range calls {
		f()
	}
}

func (h *hearing) close() {
	if h != nil {
		h.stop()
		<-h.ended
	}
}
