package intake

import (
	"context"
	"slices"

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
	l := r.at(index)
	r.count(l, -1)
	r.release(index)
	r.fill(l, &found)
	l.device = device
	l.marks = l.marks&^confirmed | edited
	if l.raw == 0 {
		l.raw = uint32(len(r.raws))
		r.raws = append(r.raws, "")
	}
	r.raws[l.raw] = joinCells(cells)
	r.claim(index)
	r.count(l, 1)
	r.reclaim()
	return nil
}

// SetCustomers gives a bulk review, once Read is done, the customers anew, after some were added, and
// judges the lines by them that had an unknown one.
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
		r.count(l, -1)
		r.fill(l, &found)
		l.device = device
		r.claim(i) // a rejected line owned nothing
		r.count(l, 1)
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
func (r *Review) LeaveOut(index int, yes bool) { r.LeaveOutAll([]int32{int32(index)}, yes) }

// LeaveOutAll is LeaveOut for many lines at once.
func (r *Review) LeaveOutAll(indexes []int32, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, index := range indexes {
		l := r.at(int(index))
		if l.marks&leftOut != 0 == yes {
			continue
		}
		r.count(l, -1)
		l.marks ^= leftOut
		if yes {
			r.release(int(index))
		}
		r.claim(int(index))
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
