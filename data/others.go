package data

import (
	"context"
	"sync"
	"time"

	"consign/data/engine"
	"consign/model"
)

// others keeps up with what the other desks of a shared register do.
type others struct {
	mu    sync.Mutex
	seen  int64          // the latest act that was heard of
	own   map[int64]bool // acts of this desk after it; nil for a register in a file, which has no other desks
	calls engine.Listeners[[]model.Activity]
}

// mine says that the act with the id is this desk's, before it is done, and with false that it has failed after all.
func (o *others) mine(id int64, is bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.own == nil:
	case is:
		o.own[id] = true
	default:
		delete(o.own, id)
	}
}

// OnOthers has f called with what other desks have done, the oldest first, soon after they did it and after OnChange, on a goroutine of the
// register. A register in a file has one desk: f is never called. cancel ends it. Safe on any goroutine.
func (r *Register) OnOthers(f func(acts []model.Activity)) (cancel func()) {
	return r.others.calls.Add(f)
}

// hearingTime is for how long what others did is read; after it pages read all again without knowing what.
const hearingTime = 20 * time.Second

// hearOthers reads what other desks have done since it was called last, and tells of it.
func (r *Register) hearOthers() {
	ctx, cancel := context.WithTimeout(context.Background(), hearingTime)
	defer cancel()
	acts, err := r.ofOthers(ctx)
	if err != nil {
		r.log.WithError(err).Warn("what other desks did was not read")
		r.listeners.Tell(byOthers)
		return
	}
	if len(acts) == 0 {
		return
	}
	changed := Change(0)
	for _, a := range acts {
		changed |= changeOf(a.Event)
	}
	r.listeners.Tell(changed)
	r.others.calls.Tell(acts)
}

// ofOthers are the acts after those that were seen, but this desk's.
func (r *Register) ofOthers(ctx context.Context) ([]model.Activity, error) {
	o := &r.others
	o.mu.Lock()
	seen := o.seen
	o.mu.Unlock()
	var ids []int64
	if err := r.read.WithContext(ctx).Raw("SELECT id FROM activity WHERE id > ? ORDER BY id", seen).Scan(&ids).Error; err != nil {
		return nil, err
	}
	o.mu.Lock()
	strange := make([]int64, 0, len(ids))
	for _, id := range ids {
		if !o.own[id] {
			strange = append(strange, id)
		}
		delete(o.own, id)
		o.seen = max(o.seen, id)
	}
	o.mu.Unlock()
	if len(strange) == 0 {
		return nil, nil
	}
	return r.Activity().Rows(ctx, strange)
}

// seeAll says that all acts so far are known.
func (r *Register) seeAll(ctx context.Context) error {
	r.others.own = map[int64]bool{}
	return r.read.WithContext(ctx).Raw(newestAct).Scan(&r.others.seen).Error
}

// reachChanged tells that the server was lost, or is back: then others may have done anything meanwhile.
func (r *Register) reachChanged() {
	if r.Away() != nil {
		r.listeners.Tell(ReachChanged)
		return
	}
	r.listeners.Tell(ReachChanged | byOthers | SettingsChanged)
}

// byOthers is what an act of another desk may have changed.
const byOthers = AccountsChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged | UploadsChanged | DevicesChanged |
	ActivityChanged | OrdersChanged

// changeOf is what acts with the event change at most: what is typed into a page of something else is left alone.
func changeOf(e model.Event) Change {
	switch e {
	case model.OrdersAdded, model.OrderEdited, model.OrdersRemoved:
		return OrdersChanged | ActivityChanged
	case model.CustomerEdited:
		return CustomersChanged | ActivityChanged
	case model.CarriedToPortal, model.ConfirmedAtPortal:
		return UploadsChanged | DevicesChanged | ActivityChanged
	}
	return byOthers
}

// Away is nil while the register is reached, else why not: acts are refused with it until the server is back, which is told as
// ReachChanged. A register in a file is always there. Safe on any goroutine.
func (r *Register) Away() error { return coded(r.engine.Reached()) }

// Role is what the server lets the person at the desk do; "" for a register in a file, which is not shared. Safe on any goroutine.
func (r *Register) Role() model.Role { return r.engine.Login().Role }

// May is nil if the person at the desk may do acts with the event, else why not: Refused. Safe on any goroutine.
func (r *Register) May(e model.Event) error { return r.Role().May(e) }

// IsNamed reports whether the server says who sits at the desk, so that SetPerson has no effect. Safe on any goroutine.
func (r *Register) IsNamed() bool { return r.engine.Login().Person != "" }
