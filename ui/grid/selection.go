package grid

import "maps"

// Selection is what the user selected, made for acts that never list a million ids: either some ids, or all rows of a question but some.
// Who acts on all of a question should compare Count with the number of rows that the act finds: rows may have come since the answer.
type Selection struct {
	// Question is the question whose rows are meant.
	Question Question
	// All turns IDs around: every row of Question is selected but these.
	All bool
	// IDs are the selected rows, or with All those that are not.
	IDs map[int64]struct{}
	// Shown is how many rows the question had when the selection was made.
	Shown int
}

// Count is the number of selected rows.
func (s Selection) Count() int {
	if s.All {
		return s.Shown - len(s.IDs)
	}
	return len(s.IDs)
}

// One is the only selected row, if exactly one is selected by its id.
func (s Selection) One() (id int64, ok bool) {
	if s.All || len(s.IDs) != 1 {
		return 0, false
	}
	for id = range s.IDs {
	}
	return id, true
}

// Has tells whether a row of the question is selected.
func (s Selection) Has(id int64) bool {
	_, in := s.IDs[id]
	return in != s.All
}

// picks is the selection while it is being made. Besides ids it holds one span of positions, so that Shift over a million rows costs
// nothing; the span becomes ids only when somebody needs them.
type picks struct {
	all       bool
	ids       map[int64]struct{} // selected, or taken out when all
	from, end int                // positions [from,end) are selected whatever ids says
	extra     int                // rows of the span that all and ids alone do not select
}

func (p *picks) clear() { *p = picks{} }

func (p *picks) selectAll() { *p = picks{all: true} }

// has tells whether the row at position i with this id is selected.
func (p *picks) has(i int, id int64) bool {
	if i >= p.from && i < p.end {
		return true
	}
	_, in := p.ids[id]
	return in != p.all
}

// count is the number of selected rows among n.
func (p *picks) count(n int) int {
	if p.all {
		return n - len(p.ids) + p.extra
	}
	return len(p.ids) + p.extra
}

// span selects the positions [from,end) instead of the span before, on top of what is picked by id. idAt gives the id of a position.
func (p *picks) span(from, end int, idAt func(int) int64) {
	p.from, p.end, p.extra = from, end, end-from
	switch {
	case p.all && len(p.ids) == 0:
		p.extra = 0
	case p.all || len(p.ids) > 0:
		p.extra = 0
		for i := from; i < end; i++ {
			if _, in := p.ids[idAt(i)]; in == p.all {
				p.extra++
			}
		}
	}
}

// settle turns the span into ids.
func (p *picks) settle(idAt func(int) int64) {
	from, end := p.from, p.end
	p.from, p.end, p.extra = 0, 0, 0
	if p.ids == nil && end > from {
		p.ids = make(map[int64]struct{}, end-from)
	}
	for i := from; i < end; i++ {
		if p.all {
			delete(p.ids, idAt(i))
		} else {
			p.ids[idAt(i)] = struct{}{}
		}
	}
}

// toggle turns one row around. The span must be settled.
func (p *picks) toggle(id int64) {
	if _, in := p.ids[id]; in {
		delete(p.ids, id)
		return
	}
	if p.ids == nil {
		p.ids = map[int64]struct{}{}
	}
	p.ids[id] = struct{}{}
}

// except takes ids out of all. The span must be settled.
func (p *picks) except(ids []int64) {
	if p.ids == nil && len(ids) > 0 {
		p.ids = make(map[int64]struct{}, len(ids))
	}
	for _, id := range ids {
		p.ids[id] = struct{}{}
	}
}

// keep forgets the ids that are not in here. The span must be settled.
func (p *picks) keep(here map[int64]int) {
	maps.DeleteFunc(p.ids, func(id int64, _ struct{}) bool {
		_, in := here[id]
		return !in
	})
}
