package grid

import "maps"

// choice is what moving to a row does to the selection.
type choice int

const (
	selectOne   choice = iota // only this row
	selectSpan                // from the anchor to this row, and nothing else
	addSpan                   // from the anchor to this row, besides what is selected
	toggleOne                 // this row turned around
	onlyCurrent               // nothing: the row only becomes the current one
)

// Selected is the number of selected rows.
func (t *Table[R]) Selected() int { return t.picks.count(t.Len()) }

// Selection is what is selected. It is a copy; after Shift over many rows, making it takes time in proportion to them.
func (t *Table[R]) Selection() Selection {
	sel := Selection{Question: t.asked.clone(), IDs: map[int64]struct{}{}}
	if t.answer == nil {
		return sel
	}
	t.picks.settle(t.answer.ID)
	sel.All, sel.Shown = t.picks.all, t.Len()
	if t.picks.ids != nil {
		sel.IDs = maps.Clone(t.picks.ids)
	}
	return sel
}

// Select selects exactly these rows, as far as the answer has them.
func (t *Table[R]) Select(ids ...int64) {
	if t.postpone(0, func() { t.Select(ids...) }) {
		return
	}
	t.picks.clear()
	if t.answer == nil {
		return
	}
	wanted := make(map[int64]struct{}, len(ids))
	for _, id := range ids {
		wanted[id] = struct{}{}
	}
	t.picks.ids = wanted
	t.picks.keep(t.answer.Positions(wanted))
	t.selectionChanged()
}

// SelectAll selects all rows of the question, as the present answer has them: rows that a later answer adds are not selected.
func (t *Table[R]) SelectAll() {
	if t.Len() > 0 && !t.postpone(t.Len()-1, t.SelectAll) {
		t.picks.selectAll()
		t.selectionChanged()
	}
}

// SelectNone selects nothing.
func (t *Table[R]) SelectNone() {
	if t.postpone(0, t.SelectNone) {
		return
	}
	t.picks.clear()
	t.selectionChanged()
}

func (t *Table[R]) isSelected(i int) bool { return i < t.known() && t.picks.has(i, t.answer.ID(i)) }

// moveTo makes row i current, brings it on screen and changes the selection.
func (t *Table[R]) moveTo(i int, how choice) {
	if t.postpone(max(i, t.cursor, t.anchor), func() {
		if t.Len() > 0 {
			t.moveTo(min(i, t.Len()-1), how)
		}
	}) {
		return
	}
	t.down = i >= t.cursor
	if t.anchor < 0 {
		t.anchor = max(0, t.cursor)
	}
	t.cursor = i
	switch how {
	case selectOne:
		t.picks.clear()
		t.picks.toggle(t.answer.ID(i))
	case selectSpan:
		t.picks.clear()
		t.picks.span(min(i, t.anchor), max(i, t.anchor)+1, t.answer.ID)
	case addSpan:
		t.picks.span(min(i, t.anchor), max(i, t.anchor)+1, t.answer.ID)
	case toggleOne:
		t.picks.settle(t.answer.ID)
		t.picks.toggle(t.answer.ID(i))
	}
	if how == selectOne || how == toggleOne {
		t.anchor = i
	}
	t.view.show(i)
	if how == onlyCurrent {
		t.arrange()
		return
	}
	t.selectionChanged()
}

func (t *Table[R]) selectionChanged() {
	t.arrange()
	if t.around != nil {
		t.around.selectionChanged()
	}
	if t.OnSelectionChanged != nil {
		t.OnSelectionChanged()
	}
}
