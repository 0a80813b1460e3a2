package newupload

import (
	"context"
	"sync"

	"consign/data"
	"consign/data/intake"
	"consign/model"
)

// manyIdentifiers is from how many identifiers on a list is compared with all that the register has, rather than by looking up each.
const manyIdentifiers = 20_000

// known answers a review what is registered already, as the register was when it was first asked about many.
type known struct {
	register *data.Register
	mu       sync.Mutex
	set      *data.RegisteredSet // once there are many, while the list is judged
}

var _ intake.Register = (*known)(nil)

// Registered implements intake.Register.
func (k *known) Registered(ctx context.Context, kind model.IdentifierKind, values []string, found func(i int, device int64)) error {
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
		set, err := k.all(ctx)
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
	devices, err := k.register.Devices().Registered(ctx, list)
	for i, d := range devices {
		if d.DeviceID != 0 {
			found(i, d.DeviceID)
		}
	}
	return err
}

// all are the identifiers of the register, read once for the work that ends with ctx: a million devices are 50 MB.
func (k *known) all(ctx context.Context) (_ *data.RegisteredSet, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.set == nil {
		if k.set, err = k.register.Devices().RegisteredSet(ctx); err == nil {
			context.AfterFunc(ctx, k.forget)
		}
	}
	return k.set, err
}

func (k *known) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.set = nil
}

// Holders implements intake.Register.
func (k *known) Holders(ctx context.Context, devices []int64) (map[int64]model.Registered, error) {
	found, err := k.register.Devices().RegisteredByID(ctx, make([]string, len(devices)), devices)
	holders := make(map[int64]model.Registered, len(found))
	for _, f := range found {
		if f.DeviceID != 0 {
			holders[f.DeviceID] = f
		}
	}
	return holders, err
}
