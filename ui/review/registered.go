package review

import (
	"context"
	"sync"

	"consign/data"
	"consign/data/intake"
	"consign/model"
)

// manyIdentifiers is from how many identifiers on a list is compared with all that the register has, rather than by looking up each.
const manyIdentifiers = 20_000

// registered answers a review what is registered already, as the register was when it was first asked about many.
type registered struct {
	devices data.Devices
	mu      sync.Mutex
	set     *data.RegisteredSet // once there are many, while the list is judged
}

var _ intake.Register = (*registered)(nil)

// RegisteredIn lets a review ask what is registered already. Safe on any goroutine.
func RegisteredIn(devices data.Devices) intake.Register { return &registered{devices: devices} }

// Registered implements intake.Register.
func (g *registered) Registered(ctx context.Context, kind model.IdentifierKind, values []string, found func(i int, device int64)) error {
	list := make([]model.Identifiers, len(values))
	for i, v := range values {
		switch kind {
		case model.MEID:
			list[i].MEID = v
		case model.SerialNumber:
			list[i].Serial = v
		default:
			list[i].IMEI1 = v
		}
	}
	if len(values) >= manyIdentifiers {
		set, err := g.all(ctx)
		if err != nil {
			return err
		}
		for i, ids := range list {
			if _, id := set.Find(ids); id != 0 {
				found(i, id)
			}
		}
		return ctx.Err()
	}
	devices, err := g.devices.Registered(ctx, list)
	for i, d := range devices {
		if d.DeviceID != 0 {
			found(i, d.DeviceID)
		}
	}
	return err
}

// all are the identifiers of the register, read once for the work that ends with ctx: a million devices are 50 MB.
func (g *registered) all(ctx context.Context) (_ *data.RegisteredSet, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.set == nil {
		if g.set, err = g.devices.RegisteredSet(ctx); err == nil {
			context.AfterFunc(ctx, g.forget)
		}
	}
	return g.set, err
}

func (g *registered) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set = nil
}

// Holders implements intake.Register.
func (g *registered) Holders(ctx context.Context, devices []int64) (map[int64]model.Registered, error) {
	found, err := g.devices.RegisteredByID(ctx, devices)
	holders := make(map[int64]model.Registered, len(found))
	for _, f := range found {
		if f.DeviceID != 0 {
			holders[f.DeviceID] = f
		}
	}
	return holders, err
}
