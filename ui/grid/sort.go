package grid

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/ui/control"
)

// sortOf is the rank of a column among the sort keys, from 0, or -1.
func (t *Table[R]) sortOf(id string) (rank int, descending bool) {
	rank = slices.IndexFunc(t.question.Sort, func(k SortKey) bool { return k.Column == id })
	return rank, rank >= 0 && t.question.Sort[rank].Descending
}

// sortBy turns the order of a column from none to up, down and none again; with also it stands behind the other keys.
func (t *Table[R]) sortBy(id string, also bool) {
	q := t.Question()
	rank, descending := t.sortOf(id)
	switch {
	case rank < 0 && also:
		q.Sort = append(q.Sort, SortKey{Column: id})
	case rank < 0:
		q.Sort = []SortKey{{Column: id}}
	case !also && len(q.Sort) > 1:
		q.Sort = []SortKey{{Column: id, Descending: !descending}}
	case !descending:
		q.Sort[rank].Descending = true
	default:
		q.Sort = slices.Delete(q.Sort, rank, rank+1)
	}
	t.sortAs(q.Sort)
}

// sortAs asks for an order that the user chose, and keeps it with the layout.
func (t *Table[R]) sortAs(keys []SortKey) {
	t.columns.setSorts(keys)
	t.columns.save()
	q := t.Question()
	q.Sort = keys
	t.SetQuestion(q)
}

// fit makes a column as wide as its title and the rows on screen need, but no wider than what is on screen.
func (t *Table[R]) fit(id string) {
	i := slices.IndexFunc(t.shown, func(c shownColumn[R]) bool { return c.ID == id })
	if i < 0 || t.parts == nil {
		return
	}
	s, r := t.parts.style, t.parts.ruler
	c := t.shown[i]
	need := t.parts.heads.width(ruled{text: c.Title, bold: true}) + 1.5*s.title
	first, end := t.view.span()
	for n := first; n < end; n++ {
		row, state := t.row(n)
		if state != ready {
			continue
		}
		w := r.width(ruled{text: textOf(c.Column, row), mono: c.Mono})
		if b := badgeOf(c.Column, row); b.word != "" {
			if w > 0 {
				w += s.pad / 2
			}
			w += r.width(ruled{text: b.word}) + 2*s.pad
		}
		need = max(need, w)
	}
	t.columns.setWidth(id, min(float32(math.Ceil(float64(need+2*s.pad)))+1, max(leastWidth, t.bodyWidth())))
	t.columns.save()
	t.relayout()
}

// askColumns shows the menu of the columns below the header, as the keyboard asks for it.
func (t *Table[R]) askColumns() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
	t.showColumnMenu(-1, at.AddXY(4, t.headerHeight()))
}

// showColumnMenu shows the menu of the columns: what concerns one of them, if one is given, and which are shown.
func (t *Table[R]) showColumnMenu(i int, at fyne.Position) {
	var items []*fyne.MenuItem
	if i >= 0 {
		items = append(items, t.columnItems(t.shown[i])...)
	} else {
		var sorts []*fyne.MenuItem
		for _, c := range t.shown {
			if c.Sortable {
				item := fyne.NewMenuItem(c.Title, func() { t.sortBy(c.ID, false) })
				rank, _ := t.sortOf(c.ID)
				item.Checked = rank >= 0
				sorts = append(sorts, item)
			}
		}
		if len(sorts) > 0 {
			item := fyne.NewMenuItem(lang.L("Sort by"), nil)
			item.ChildMenu = fyne.NewMenu("", sorts...)
			items = append(items, item, fyne.NewMenuItemSeparator())
		}
	}
	for _, p := range t.columns.placed {
		item := fyne.NewMenuItem(t.columns.declared[t.columns.find(p.ID)].Title, func() {
			t.columns.setHidden(p.ID, !p.Hidden)
			t.columns.save()
			t.relayout()
		})
		item.Checked = !p.Hidden
		if t.columns.empty[p.ID] {
			item.Disabled, item.Shortcut = true, control.Because(lang.L("No row has anything in this column."))
		}
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Fit all columns"), func() {
			for _, c := range t.shown {
				t.fit(c.ID)
			}
		}),
		fyne.NewMenuItem(lang.L("Reset columns"), t.resetColumns))
	t.showMenu(items, at)
}

func (t *Table[R]) columnItems(c shownColumn[R]) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if c.Sortable {
		sorted := func(descending bool) func() {
			return func() { t.sortAs([]SortKey{{Column: c.ID, Descending: descending}}) }
		}
		items = append(items, fyne.NewMenuItem(lang.L("Sort ascending"), sorted(false)),
			fyne.NewMenuItem(lang.L("Sort descending"), sorted(true)))
	}
	return append(items, fyne.NewMenuItem(lang.L("Fit width"), func() { t.fit(c.ID) }), fyne.NewMenuItemSeparator())
}

func (t *Table[R]) showMenu(items []*fyne.MenuItem, at fyne.Position) {
	t.shift = false // that it is let go is heard by the menu
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && len(items) > 0 {
		t.offerTip(cut{}, at)
		control.ShowMenu(c, items, at)
	}
}
