package postgres

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"consign/data/engine"
)

// poll is how often a desk asks for the number of the latest act. The server's notices only quicken it: they may get lost.
const poll = 500 * time.Millisecond

// patience is for how long the answer to that question is waited for: a server that says nothing is not there. Nothing that acts do
// makes it wait.
const patience = 4 * time.Second

// hearing hears of the acts of other desks on a connection of its own, and by it whether the server is reached.
type hearing struct {
	stop  context.CancelFunc
	ended chan struct{}
	acted engine.Listeners[struct{}] // hear of other desks' acts
	reach engine.Listeners[struct{}] // hear of lost, and of its end

	mu   sync.Mutex
	last int64          // the latest act that was heard of
	own  map[int64]bool // acts of this desk after it
	lost error          // why the server is not reached; nil while it is
}

// OnAct implements engine.Engine.
func (d *Database) OnAct(f func()) (cancel func()) { return d.heard.acted.Add(func(struct{}) { f() }) }

// OnReach implements engine.Engine.
func (d *Database) OnReach(f func()) (cancel func()) {
	return d.heard.reach.Add(func(struct{}) { f() })
}

// Reached implements engine.Engine.
func (d *Database) Reached() error {
	d.heard.mu.Lock()
	defer d.heard.mu.Unlock()
	return d.heard.lost
}

// mine says that an act is this desk's, before it is done, and with false that it has failed after all.
func (h *hearing) mine(number int64, is bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if is {
		h.own[number] = true
	} else {
		delete(h.own, number)
	}
}

// hear begins to hear.
func (d *Database) hear(ctx context.Context) (*hearing, error) {
	h := &hearing{ended: make(chan struct{}), own: map[int64]bool{}}
	if err := d.read.WithContext(ctx).Raw("SELECT act FROM register").Scan(&h.last).Error; err != nil {
		return nil, err
	}
	var listening context.Context
	listening, h.stop = context.WithCancel(context.Background())
	go func() {
		defer close(h.ended)
		for listening.Err() == nil {
			err := d.listen(listening, h)
			if listening.Err() != nil {
				return
			}
			d.log.WithError(err).Warn("the server is not heard")
			h.setLost(&unreached{err})
			select {
			case <-listening.Done():
			case <-time.After(poll):
			}
		}
	}()
	return h, nil
}

// listen hears until something fails.
func (d *Database) listen(ctx context.Context, h *hearing) error {
	c, err := d.place.config("default_transaction_read_only", "on")
	if err != nil {
		return err
	}
	c.BuildContextWatcherHandler = func(on *pgconn.PgConn) ctxwatch.Handler { // nothing runs that could be cancelled: waiting just ends
		return &pgconn.DeadlineContextWatcherHandler{Conn: on.Conn()}
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{"consign." + d.place.Schema}.Sanitize()); err != nil {
		return err
	}
	for {
		asking, done := context.WithTimeout(ctx, patience)
		var act int64
		err := conn.QueryRow(asking, "SELECT act FROM register").Scan(&act)
		done()
		if err != nil {
			return err
		}
		d.found(h)
		h.reached(act)
		waiting, done := context.WithTimeout(ctx, poll)
		_, err = conn.WaitForNotification(waiting)
		done()
		if err != nil && (ctx.Err() != nil || waiting.Err() == nil) {
			return err
		}
	}
}

// found says that the server is reached. Connections from before it was lost lead nowhere: others are made.
func (d *Database) found(h *hearing) {
	h.mu.Lock()
	lost := h.lost
	h.mu.Unlock()
	if lost == nil {
		return
	}
	engine.Renew(d.read, readers)
	engine.Renew(d.write, 1)
	h.setLost(nil)
}

// setLost keeps whether and why the server is not reached, and tells of a change.
func (h *hearing) setLost(why error) {
	h.mu.Lock()
	changed := (h.lost == nil) != (why == nil)
	h.lost = why
	h.mu.Unlock()
	if changed {
		h.reach.Tell(struct{}{})
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
	h.mu.Unlock()
	if others {
		h.acted.Tell(struct{}{})
	}
}

func (h *hearing) close() {
	if h != nil {
		h.stop()
		<-h.ended
	}
}
