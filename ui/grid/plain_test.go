package grid

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
)

// plain is a table as one would write it for a hundred rows: all rows in a list, pixels counted from the first, selected ids in a set.
type plain struct {
	ids            []int64
	known          int      // how many of them the table can know
	later          []func() // what waits for the others
	selected       map[int64]bool
	all            bool // does not survive another search
	base           map[int64]bool
	cursor, anchor int
	offset         float64 // pixels above the viewport
	rowH, height   float64
	asked          Question
	answered       bool
	focused        bool
}

// clamp keeps the viewport at rows. One that cuts a row off by a hair cuts off nothing.
func (p *plain) clamp() {
	p.offset = max(0, min(p.offset, float64(len(p.ids))*p.rowH-p.height))
	if whole := math.Round(p.offset/p.rowH) * p.rowH; p.rowH > 0 && math.Abs(p.offset-whole) < 0.01 {
		p.offset = whole
	}
}

func (p *plain) show(i int) {
	y := float64(i) * p.rowH
	if y < p.offset {
		p.offset = y
	} else if y+p.rowH > p.offset+p.height {
		p.offset = min(y, y+p.rowH-p.height)
	}
	p.clamp()
}

// wait puts off what concerns row i as long as it is not known, and what comes after that.
func (p *plain) wait(i int, act func()) bool {
	waits := p.known < len(p.ids) && (i >= p.known || len(p.later) > 0)
	if waits {
		p.later = append(p.later, act)
	}
	return waits
}

func (p *plain) choose(i int, how choice) {
	if p.wait(max(i, p.cursor, p.anchor), func() {
		if len(p.ids) > 0 {
			p.choose(min(i, len(p.ids)-1), how)
		}
	}) {
		return
	}
	if p.anchor < 0 {
		p.anchor = max(0, p.cursor)
	}
	p.cursor = i
	id := p.ids[i]
	switch how {
	case selectOne:
		p.all, p.selected = false, map[int64]bool{id: true}
	case selectSpan, addSpan:
		if how == selectSpan {
			p.all, p.base = false, map[int64]bool{}
		}
		p.selected = map[int64]bool{}
		for id := range p.base {
			p.selected[id] = true
		}
		for k := min(i, p.anchor); k <= max(i, p.anchor); k++ {
			p.selected[p.ids[k]] = true
		}
	case toggleOne:
		if p.selected[id] {
			delete(p.selected, id)
		} else {
			p.selected[id] = true
		}
	}
	if how == selectOne || how == toggleOne {
		p.anchor = i
		p.rebase()
	}
	p.show(i)
}

func (p *plain) rebase() {
	p.base = map[int64]bool{}
	for id := range p.selected {
		p.base[id] = true
	}
}

func (p *plain) none() {
	if p.wait(0, p.none) {
		return
	}
	p.all, p.selected, p.base = false, map[int64]bool{}, map[int64]bool{}
}

func (p *plain) everything() {
	if len(p.ids) == 0 || p.wait(len(p.ids)-1, p.everything) {
		return
	}
	p.none()
	p.all = true
	for _, id := range p.ids {
		p.selected[id] = true
	}
	p.rebase()
}

// take puts another answer, of which so many rows are known, in place of the present one.
func (p *plain) take(q Question, ids []int64, known int) {
	p.exchange(q, ids)
	p.known = known
	if known == len(ids) {
		later := p.later
		p.later = nil
		for _, act := range later {
			act()
		}
	}
}

func (p *plain) exchange(q Question, ids []int64) {
	sameRows := q.Search == p.asked.Search
	same := sameRows && slices.Equal(q.Sort, p.asked.Sort)
	goesOn := same && p.known < len(p.ids) && len(ids) == len(p.ids) && slices.Equal(ids[:p.known], p.ids[:p.known])
	if goesOn {
		p.ids = ids
	}
	if p.answered && !goesOn {
		if p.all && !sameRows {
			p.none()
		}
		selected := map[int64]bool{}
		for _, id := range ids {
			if p.selected[id] {
				selected[id] = true
			}
		}
		p.selected = selected
		p.rebase()
		move := func(i int) int {
			if i < 0 {
				return i
			}
			at := -1
			if i < p.known {
				at = slices.Index(ids, p.ids[i])
			}
			if at >= 0 {
				return at
			}
			if same {
				return min(i, len(ids)-1)
			}
			return -1
		}
		first := int(math.Round((p.offset - math.Mod(p.offset, p.rowH)) / p.rowH))
		rest := p.offset - float64(first)*p.rowH
		p.cursor, p.anchor = move(p.cursor), move(p.anchor)
		if p.offset > 0 { // else it stays at the beginning
			p.offset = float64(max(0, move(first)))*p.rowH + rest
		}
	}
	if !same || !p.answered {
		p.offset = 0
	}
	p.asked, p.ids, p.answered = q, ids, true
	p.clamp()
	if p.focused && p.cursor < 0 && len(ids) > 0 {
		p.cursor = int(p.offset / p.rowH)
	}
}

func (p *plain) goBy(name fyne.KeyName, how choice) {
	last, page := len(p.ids)-1, max(1, int(p.height/p.rowH))
	to := map[fyne.KeyName]int{fyne.KeyUp: p.cursor - 1, fyne.KeyDown: p.cursor + 1, fyne.KeyPageUp: p.cursor - page,
		fyne.KeyPageDown: p.cursor + page,
		fyne.KeyHome:     0, fyne.KeyEnd: last}[name]
	to = max(0, min(to, last))
	if last >= 0 && !p.wait(to, func() { p.goBy(name, how) }) {
		p.choose(to, how)
	}
}
