package intake

import (
	"context"
	"slices"

	"consign/model"
)

// before is what a line was before a cell of it was corrected, to be taken back.
type before struct {
	text   string
	marks  mark
	device int64
	raw    bool
}

// SetAll corrects the same cell of many lines as Set does of one: all of them or, on an error and when ctx ends, none. progress may be nil.
// Lines that were confirmed stay so, unless the cell names the device.
func (r *Review) SetAll(ctx context.Context, indexes []int, column int, text string, progress func(done, total int)) error {
	done := make([]before, 0, len(indexes))
	defer r.reclaimLocked()
	for n, index := range indexes {
		was, err := r.set(ctx, index, column, text)
		if err == nil {
			done = append(done, was)
			err = ctx.Err()
		}
		if err != nil {
			for n, was := range done {
				r.takeBack(indexes[n], column, was)
			}
			return err
		}
		if progress != nil && n%batch == 0 {
			progress(n, len(indexes))
		}
	}
	return nil
}

// set corrects a cell of a line and judges the line by itself; who calls it reclaims.
func (r *Review) set(ctx context.Context, index, column int, text string) (was before, err error) {
	r.mu.RLock()
	l := r.at(index)
	cells := slices.Clone(r.cells(l))
	judge := r.judge
	was = before{marks: l.marks, device: l.device, raw: l.raw != 0}
	r.mu.RUnlock()
	for len(cells) <= column {
		cells = append(cells, "")
	}
	was.text = cells[column]
	cells[column] = text
	found := judge.row(cells, marked{}, false)
	device, names := was.device, column >= len(judge.layout.Columns) || judge.layout.Columns[column].identifies()
	if names {
		if device, err = r.registeredDevice(ctx, found.ids); err != nil {
			return was, err
		}
	}
	marks := was.marks | edited
	if names {
		marks = marks&^confirmed | asked
	}
	r.put(index, cells, &found, device, marks)
	return was, nil
}

// takeBack gives a line back what it was before set.
func (r *Review) takeBack(index, column int, was before) {
	r.mu.RLock()
	cells := slices.Clone(r.cells(r.at(index)))
	judge := r.judge
	r.mu.RUnlock()
	cells[column] = was.text
	found := judge.row(cells, marked{}, false)
	r.put(index, cells, &found, was.device, was.marks)
	if !was.raw {
		r.mu.Lock()
		r.at(index).raw = 0
		r.mu.Unlock()
	}
}

// put gives a line what was found in its cells.
func (r *Review) put(index int, cells []string, found *judgement, device int64, marks mark) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.at(index)
	r.count(l, -1)
	r.release(index)
	r.fill(l, found)
	l.device, l.marks = device, marks
	if l.raw != 0 || l.own != model.OK { // the cells of a line that is ok are those that its fields make
		if l.raw == 0 {
			l.raw = uint32(len(r.raws))
			r.raws = append(r.raws, "")
		}
		r.raws[l.raw] = joinCells(cells)
	}
	r.claim(index)
	r.count(l, 1)
}

func (r *Review) reclaimLocked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reclaim()
}

// ColumnOf is the column with a meaning; of several the one in which line index has something, else the first. A list without one gets
// one behind its own, if the meaning names neither devices nor customers; else it is -1.
func (r *Review) ColumnOf(m Meaning, index int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	columns := r.judge.layout.Columns
	first := slices.Index(columns, m)
	if first >= 0 && index >= 0 && index < r.n {
		for i, cell := range r.cells(r.at(index)) {
			if i < len(columns) && columns[i] == m && cell != "" {
				return i
			}
		}
	}
	if first < 0 && (m == Model || m == OrderNumber || m == OrderDate || m == Tags) {
		r.judge.layout.Columns = append(slices.Clone(columns), m)
		return len(columns)
	}
	return first
}

// Holds reports whether any line has, or had, something in a column of a meaning, as far as it is a model, an order number, a date, a
// customer or tags.
func (r *Review) Holds(m Meaning) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	i := slices.Index([]Meaning{Model, OrderNumber, OrderDate, CustomerID, Tags}, m) // as fill has them
	return i >= 0 && r.holds[i]
}

// Values lists what stands in the columns of a meaning, each once, as far as it is a model, an order number, a date, tags or a customer.
func (r *Review) Values(m Meaning) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	seen := map[uint32]bool{0: true}
	var values []string
	for i := range r.n {
		if place := r.at(i).place(m); !seen[place] {
			seen[place] = true
			values = append(values, r.words[place])
		}
	}
	return values
}

// place is where the word of a meaning stands, 0 for none.
func (l *line) place(m Meaning) uint32 {
	if text, kept := textOf(m); kept {
		return l.words[text]
	}
	return 0
}
