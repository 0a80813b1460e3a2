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
	stop    context.CancelFunc
	ended   chan struct{}
	acted   engine.Listeners[struct{}] // hear of acts
	settled engine.Listeners[struct{}] // hear of settings
	reach   engine.Listeners[struct{}] // hear of lost, and of its end

	last turn // that was heard of

	mu   sync.Mutex
	lost error // why the server is not reached; nil while it is
}

// turn is what the register's row says: how many acts there were, and how often something was settled that is no act.
type turn struct{ Act, Settled int64 }

// theTurn finds it.
const theTurn = "SELECT act, settled FROM register"

// OnAct implements engine.Engine.
func (d *Database) OnAct(f func()) (cancel func()) { return d.heard.acted.Add(func(struct{}) { f() }) }

// OnSettings implements engine.Engine.
func (d *Database) OnSettings(f func()) (cancel func()) {
	return d.heard.settled.Add(func(struct{}) { f() })
}

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

// hear begins to hear.
func (d *Database) hear(ctx context.Context) (*hearing, error) {
	h := &hearing{ended: make(chan struct{})}
	if err := d.read.WithContext(ctx).Raw(theTurn).Scan(&h.last).Error; err != nil {
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
	c, err := d.at().config("default_transaction_read_only", "on")
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
	defer func() { // without waiting for a server that says nothing
		closing, done := context.WithTimeout(context.WithoutCancel(ctx), poll)
		defer done()
		_ = conn.Close(closing)
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{"consign." + d.place.Schema}.Sanitize()); err != nil {
		return err
	}
	for {
		asking, done := context.WithTimeout(ctx, patience)
		var now turn
		err := conn.QueryRow(asking, theTurn).Scan(&now.Act, &now.Settled)
		done()
		if err != nil {
			return err
		}
		d.found(h)
		d.reached(h, now)
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

// reached tells those who listen what has changed since.
func (d *Database) reached(h *hearing, now turn) {
	before := h.last
	h.last = now
	if now.Settled != before.Settled {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := d.readLogin(ctx); err != nil {
			d.log.WithError(err).Warn("who works here was not read again")
		}
		h.settled.Tell(struct{}{})
	}
	if now.Act != before.Act {
		h.acted.Tell(struct{}{})
	}
}

func (h *hearing) close() {
	if h != nil {
		h.stop()
		<-h.ended
	}
}
