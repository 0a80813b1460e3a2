package grid

import "math"

// measuredRows is how many rows are looked at to size columns by them, spread over all.
const measuredRows = 400

// measureContent finds what the columns need for the rows at hand, and tells whether one needs more than before.
func (t *Table[R]) measureContent() (grown bool) {
	if t.columns.content == nil || t.memory == nil || t.parts == nil {
		return false
	}
	s, r := t.parts.style, t.parts.ruler
	for i := 0; i < t.known(); i += 1 + t.known()/measuredRows {
		row := t.memory.Row(i)
		for n := range t.shown {
			c := &t.shown[n].Column
			text := textOf(*c, row)
			var w float32
			if text != "" {
				w = r.width(ruled{text: text, mono: c.Mono})
			}
			if b := badgeOf(*c, row); b.word != "" {
				w += r.width(ruled{text: b.word}) + 1.5*s.pad
			}
			if w > 0 {
				w = float32(math.Ceil(float64(w+2*s.pad))) + 2
			}
			if held, known := t.columns.content[c.ID]; !known || w > held {
				t.columns.content[c.ID] = w
				grown = true
			}
		}
	}
	return grown
}

// held is the width of a column that is sized by its rows, and how much it may grow. One with Most keeps its declared width and grows to
// what they need.
func (c *columns[R]) held(column Column[R], content float32) (width, reach float32) {
	need := c.needs[column.ID].least
	width = max(need, content)
	if column.Most > 0 {
		width = max(need, column.Width*c.scale)
		reach = max(0, min(content, column.Most*c.scale)-width)
	}
	return width, reach
}
