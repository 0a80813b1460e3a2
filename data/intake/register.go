package intake

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"consign/model"
)

// Register answers what is registered already. It must be safe on any goroutine: a line may be corrected while
// Read asks.
type Register interface {
	// Registered looks for living devices by identifiers of one kind: IMEI (in both columns), MEID or
	// SerialNumber. The values are in ascending order and without repetition, a part of a longer
	// ascending series, so that one pass over the ordered index can answer it. For every value that a
	// device has, found is called with its place in values and the id of the device.
	Registered(ctx context.Context, kind model.IdentifierKind, values []string, found func(i int, device int64)) error
	// Holders tells of living devices where they stand, by their ids.
	Holders(ctx context.Context, devices []int64) (map[int64]model.Registered, error)
}

// question is how many identifiers the register is asked for at once.
const question = 20_000

// claimed is an identifier and the line that has it.
type claimed struct {
	value string
	index int32
}

// checkRegister marks the lines whose identifiers a living device has, and no others, once it has asked for all of them.
func (r *Review) checkRegister(ctx context.Context) error {
	r.mu.Lock()
	register := r.register
	devices := make([]int64, r.n) // by line
	for i := range devices {
		r.at(i).marks &^= asked
	}
	r.mu.Unlock()
	if register == nil {
		return nil
	}
	for _, kind := range []model.IdentifierKind{model.IMEI, model.MEID, model.SerialNumber} {
		all := r.numbers(kind)
		if kind == model.SerialNumber {
			all = slices.Values(r.serials())
		}
		if err := r.ask(ctx, register, kind, all, devices); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, device := range devices {
		if l := r.at(i); l.device != device && l.marks&asked == 0 {
			r.count(l, -1)
			l.device = device
			r.count(l, 1)
		}
	}
	return nil
}

// ask puts identifiers, ascending, to the register and notes the devices of those that it knows by their lines.
func (r *Review) ask(ctx context.Context, register Register, kind model.IdentifierKind, all iter.Seq[claimed], devices []int64) error {
	var values []string
	var lines []int32
	var ends []int // of each value's lines
	put := func() error {
		err := register.Registered(ctx, kind, values, func(i int, device int64) {
			for _, index := range lines[startOf(ends, i):ends[i]] {
				devices[index] = device
			}
		})
		values, lines, ends = values[:0], lines[:0], ends[:0]
		return err
	}
	for c := range all {
		if n := len(values); n == 0 || values[n-1] != c.value {
			if n == question {
				if err := put(); err != nil {
					return err
				}
			}
			values, ends = append(values, c.value), append(ends, len(lines))
		}
		lines = append(lines, c.index)
		ends[len(ends)-1] = len(lines)
	}
	if len(values) == 0 {
		return nil
	}
	return put()
}

func startOf(ends []int, i int) int {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

// numbers lists the IMEIs or MEIDs of the lines in ascending order. They are sorted as numbers: two
// million as texts would take four times the memory.
func (r *Review) numbers(kind model.IdentifierKind) iter.Seq[claimed] {
	type numbered struct {
		value uint64
		index int32
	}
	var all []numbered
	r.mu.RLock()
	for i := range r.n {
		l := r.at(i)
		values := [...]uint64{l.imei1, l.imei2}
		if kind == model.MEID {
			values = [...]uint64{l.meid, 0}
		}
		for _, v := range values {
			if v != 0 && l.own < model.Rejected {
				all = append(all, numbered{v, int32(i)})
			}
		}
	}
	r.mu.RUnlock()
	slices.SortFunc(all, func(a, b numbered) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.index, b.index))
	})
	return func(yield func(claimed) bool) {
		for _, n := range all {
			text := imeiText(n.value)
			if kind == model.MEID {
				text = fmt.Sprintf("%014X", n.value)
			}
			if !yield(claimed{text, n.index}) {
				return
			}
		}
	}
}

// serials lists the serial numbers of the lines in ascending order.
func (r *Review) serials() []claimed {
	var all []claimed
	r.mu.RLock()
	for i := range r.n {
		if l := r.at(i); l.serial != "" && l.own < model.Rejected {
			all = append(all, claimed{l.serial, int32(i)})
		}
	}
	r.mu.RUnlock()
	slices.SortFunc(all, func(a, b claimed) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.index, b.index))
	})
	return all
}

// registeredDevice finds a living device that has one of the identifiers, 0 if there is none.
func (r *Review) registeredDevice(ctx context.Context, ids model.Identifiers) (device int64, err error) {
	r.mu.RLock()
	register := r.register
	r.mu.RUnlock()
	if register == nil {
		return 0, nil
	}
	imeis := []string{ids.IMEI1, ids.IMEI2}
	slices.Sort(imeis)
	for _, q := range []struct {
		kind   model.IdentifierKind
		values []string
	}{{model.IMEI, imeis}, {model.MEID, []string{ids.MEID}}, {model.SerialNumber, []string{ids.Serial}}} {
		values := slices.DeleteFunc(q.values, func(v string) bool { return v == "" })
		if len(values) == 0 {
			continue
		}
		if err := register.Registered(ctx, q.kind, values, func(_ int, id int64) { device = id }); err != nil {
			return 0, err
		}
	}
	return device, nil
}

// Explain gives the lines that are already registered their reason with customer, upload and date (domain §3).
// It asks the register once.
func (r *Review) Explain(ctx context.Context, lines []Line) error {
	var devices []int64
	for _, l := range lines {
		if l.Registered != 0 {
			devices = append(devices, l.Registered)
		}
	}
	if len(devices) == 0 {
		return nil
	}
	r.mu.RLock()
	judge, register, reseller, into := r.judge, r.register, r.reseller, r.target
	r.mu.RUnlock()
	holders, err := register.Holders(ctx, devices)
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		holder, ok := holders[l.Registered]
		if !ok {
			continue
		}
		target := into
		if judge.bulk {
			target = judge.customers[l.CustomerID]
		}
		l.Reason = holder.Naming(l.Device.Identifiers).Text(reseller, target)
	}
	return nil
}
