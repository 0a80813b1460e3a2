package intake

import (
	"context"
	"slices"
	"strings"

	"consign/model"
)

// Set corrects one cell of a line and judges the line anew, together with the lines that repeat it.
// It asks the register, so it may take a moment. The review stays as it was on an error.
func (r *Review) Set(ctx context.Context, index, column int, text string) error {
	r.mu.RLock()
	cells := slices.Clone(r.cells(r.at(index)))
	judge := r.judge
	r.mu.RUnlock()
	for len(cells) <= column {
		cells = append(cells, "")
	}
	cells[column] = text
	found := judge.row(cells, nil, false)
	device, err := r.registeredDevice(ctx, found.ids)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rejudge(index, found, func(l *line) {
		l.device = device
		l.marks = l.marks&^confirmed | edited
		raw := strings.Join(cells, cellSeparator)
		if l.raw == 0 {
			l.raw = uint32(len(r.raws))
			r.raws = append(r.raws, "")
		}
		r.raws[l.raw] = raw
	})
	return nil
}

// rejudge replaces what is known of a line. The caller holds the lock.
func (r *Review) rejudge(index int, found judgement, change func(*line)) {
	l := r.at(index)
	r.count(l, -1)
	r.release(index)
	r.fill(l, &found)
	change(l)
	r.claim(index)
	r.count(l, 1)
	r.reclaim(index)
}

// SetCustomers gives a bulk review, once Read is done, the customers anew, after some were added, and
// judges its lines by them.
func (r *Review) SetCustomers(customers Customers) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.judge.customers = customers
	for i := range r.n {
		l := r.at(i)
		if l.reason != UnknownCustomer {
			continue
		}
		found := r.judge.row(r.cells(l), nil, false)
		device := l.device
		r.rejudge(i, found, func(l *line) { l.device = device })
	}
}

// Confirm takes a line with a warning, or no longer.
func (r *Review) Confirm(index int, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mark(r.at(index), confirmed, yes)
}

// ConfirmAll takes every line with a warning. It returns how many there are.
func (r *Review) ConfirmAll() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for i := range r.n {
		if l := r.at(i); l.verdict() == model.Warning {
			r.mark(l, confirmed, true)
			n++
		}
	}
	return n
}

// LeaveOut takes a line out of the upload, or in again. Lines that repeat it are judged anew.
func (r *Review) LeaveOut(index int, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.at(index)
	if l.marks&leftOut != 0 == yes {
		return
	}
	r.mark(l, leftOut, yes)
	r.count(l, -1)
	if yes {
		r.release(index)
	}
	r.claim(index)
	r.count(l, 1)
	r.reclaim(index)
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
