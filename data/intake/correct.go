package intake

import (
	"context"

	"consign/model"
)

// Set corrects one cell of a line and judges the line anew, together with the lines that repeat it.
// It asks the register, so it may take a moment. The review stays as it was on an error.
func (r *Review) Set(ctx context.Context, index, column int, text string) error {
	return r.SetAll(ctx, []int{index}, column, text, nil)
}

// Recheck judges the lines anew by what the register holds now, without reading the file again: what is registered, and
// in a bulk list by the customers on the Customers page. Only Register, Reseller, Target and Customers of the options
// count. Call it once Read is done. After an error the register's part of the verdicts is that of before.
func (r *Review) Recheck(ctx context.Context, o Options) error {
	r.mu.Lock()
	r.register, r.reseller, r.target = o.Register, o.Reseller, o.Target
	if r.judge.bulk {
		r.setCustomers(o.Customers)
	}
	r.mu.Unlock()
	return r.checkRegister(ctx)
}

// setCustomers judges the lines by other customers: those that nobody knew, and those that nobody knows any more. The
// caller holds the lock.
func (r *Review) setCustomers(customers Customers) {
	r.judge.customers = customers
	for i := range r.n {
		l := r.at(i)
		_, known := customers[r.words[l.words[customerText]]]
		if found, gone := known && l.reason == UnknownCustomer, !known && l.own < model.Rejected; !found && !gone {
			continue
		}
		found := r.judge.row(r.cells(l), marked{}, false)
		device := l.device
		r.count(l, -1)
		r.release(i)
		r.fill(l, &found)
		l.device = device
		r.claim(i)
		r.count(l, 1)
	}
	r.reclaim()
}

// Confirm takes a line with a warning, or no longer.
func (r *Review) Confirm(index int, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mark(r.at(index), confirmed, yes)
}

// ConfirmAll takes every line with a warning, but for those that a person must look at one by one: 15 digits as a
// serial number would register an IMEI where nobody finds it. It returns how many it took.
func (r *Review) ConfirmAll() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for i := range r.n {
		if l := r.at(i); l.waits() {
			r.mark(l, confirmed, true)
			n++
		}
	}
	return n
}

// LeaveOutAll takes lines out of the upload, or in again. Lines that repeat them are judged anew.
func (r *Review) LeaveOutAll(indexes []int, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, index := range indexes {
		l := r.at(index)
		if l.marks&leftOut != 0 == yes {
			continue
		}
		r.count(l, -1)
		l.marks ^= leftOut
		if yes {
			r.release(index)
		}
		r.claim(index)
		r.count(l, 1)
	}
	r.reclaim()
}

// mark sets or clears a mark and keeps the figures right. The caller holds the lock.
func (r *Review) mark(l *line, m mark, yes bool) {
	r.count(l, -1)
	if yes {
		l.marks |= m
	} else {
		l.marks &^= m
	}
	r.count(l, 1)
}
