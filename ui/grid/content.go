package grid

import "math"

// measuredRows is how many rows are looked at to size columns by them, spread over all that are at hand.
const measuredRows = 400

// fitColumns brings the columns in line with the rows at hand.
func (t *Table[R]) fitColumns() {
	t.findEmpty()
	if t.measureContent() {
		t.relayout()
	}
}

// Reworded draws the rows anew because they say something else, though they are the same, and gives the columns the room for it.
func (t *Table[R]) Reworded() {
	t.fitColumns()
	t.Refresh()
}

// findEmpty hides the columns that hold nothing and shows the others, where the rows at hand tell (see HideEmpty). What opens a row stays,
// and what the rows are ordered by.
func (t *Table[R]) findEmpty() {
	if !t.hidesEmpty || t.asked.narrowed() || t.known() == 0 || t.known() < t.Len() {
		return
	}
	empty := map[string]bool{}
	for _, c := range t.columns.declared {
		if rank, _ := t.sortOf(c.ID); rank < 0 && !c.Opens {
			empty[c.ID] = true
		}
	}
	for i := 0; i < t.Len() && len(empty) > 0; i++ {
		row, state := t.row(i)
		if state == waiting {
			return
		}
		for _, c := range t.columns.declared {
			if empty[c.ID] && state == ready && (textOf(c, row) != "" || badgeOf(c, row).word != "") {
				delete(empty, c.ID)
			}
		}
	}
	t.SetEmpty(empty)
}

// measureContent finds what the columns need for the rows at hand, those on screen if not all are, and tells whether one needs more than
// before. A column never gets less again: nothing moves while somebody searches or scrolls.
func (t *Table[R]) measureContent() (grown bool) {
	if t.columns.content == nil || t.parts == nil || t.answer == nil {
		return false
	}
	first, end := 0, t.known()
	if t.memory == nil {
		first, end = t.view.span()
	}
	for i := first; i < min(end, t.known()); i += 1 + (end-first)/measuredRows {
		if row, state := t.row(i); state == ready {
			grown = t.measureRow(row) || grown
		}
	}
	return grown
}

// measureRow finds what one row needs.
func (t *Table[R]) measureRow(row R) (grown bool) {
	s, r := t.parts.style, t.parts.ruler
	for n := range t.shown {
		c := &t.shown[n].Column
		var w float32
		if text := c.sizedBy(textOf(*c, row)); text != "" {
			w = r.atMost(ruled{text: text, mono: c.Mono})
			if most := c.Most * t.columns.scale; c.Short != nil && most > 0 && w+2*s.pad > most { // it is never whole
				w = r.atMost(ruled{text: c.Short(row), mono: c.Mono})
			}
		}
		if b := badgeOf(*c, row); b.word != "" {
			w += r.atMost(ruled{text: b.word}) + 1.5*s.pad
		}
		if w > 0 {
			w = float32(math.Ceil(float64(w+2*s.pad))) + 2
		}
		if held, known := t.columns.content[c.ID]; !known || w > held {
			t.columns.content[c.ID] = w
			grown = true
		}
	}
	return grown
}

// sizedBy is as much of a text as the column is sized by.
func (c Column[R]) sizedBy(text string) string {
	letters := []rune(text)
	if c.Letters == 0 || len(letters) <= c.Letters {
		return text
	}
	return string(letters[:c.Letters])
}

// held is the width of a column that is sized by its rows, and how much it may grow. One with Most begins with its declared width, less if
// its rows need less, and grows to what they need.
func (c *columns[R]) held(column Column[R], content float32) (width, reach float32) {
	need := c.needs[column.ID]
	width = max(need.least, content)
	if column.Most > 0 {
		width = max(need.least, min(content, column.Width*c.scale))
	}
	return width, max(0, max(content, need.title)-width)
}
