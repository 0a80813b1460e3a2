// Package chart draws small, exact plots: [Columns] over time, [Bars] of names, [Shares] of a whole. It knows nothing of what it
// counts, uses the colours of the theme and draws only what is on screen.
//
//	months := chart.NewColumns(page.Number)
//	months.Nothing = lang.L("No devices yet")
//	months.OnOpen = func(i int) { … }
//	months.Set([]chart.Item{{Label: "Jan", Tip: "12 devices in January 2026", Value: 12}, …})
//
// The item under the pointer is marked and tells its value; a click opens it. With the focus, arrows, Home and End choose an item, and
// Enter or Space opens it. Everything belongs to Fyne's goroutine.
package chart

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// Item is one column, bar or share.
type Item struct {
	// Label names the item: below a column, before a bar or a share.
	Label string
	// Tip is said of a column beside the pointer; empty says the label and the value.
	Tip string
	// Value is what is drawn; below zero counts as zero.
	Value int
	// Color is a colour of the theme; empty is the primary one.
	Color fyne.ThemeColorName
}

func (i Item) color() fyne.ThemeColorName {
	if i.Color == "" {
		return theme.ColorNamePrimary
	}
	return i.Color
}

// plot is what all plots have in common: items, the active one, pointer and keys.
type plot struct {
	widget.BaseWidget
	// OnOpen is called with the index of the item that was clicked or chosen by Enter. Without it items only tell their values.
	OnOpen func(i int)
	// Nothing is said when every value is zero.
	Nothing string

	whole   fyne.Widget // the plot of one kind that this is part of
	format  func(int) string
	items   []Item
	spots   []spot
	cut     map[int]bool // the items whose labels are cut
	active  int          // the item under the pointer or chosen by keys; -1 if none
	focused bool
}

// ExtendBaseWidget is called by the plot of one kind, before anything else is done with it.
func (p *plot) ExtendBaseWidget(whole fyne.Widget) {
	p.whole = whole
	p.BaseWidget.ExtendBaseWidget(whole)
}

// spot is a place that belongs to an item.
type spot struct {
	at   fyne.Position
	size fyne.Size
	item int
}

func (s spot) has(p fyne.Position) bool {
	return p.X >= s.at.X && p.X < s.at.X+s.size.Width && p.Y >= s.at.Y && p.Y < s.at.Y+s.size.Height
}

var (
	_ fyne.Focusable     = (*plot)(nil)
	_ fyne.Tappable      = (*plot)(nil)
	_ desktop.Hoverable  = (*plot)(nil)
	_ desktop.Cursorable = (*plot)(nil)
)

// Set shows other items.
func (p *plot) Set(items []Item) {
	p.items = slices.Clone(items)
	for i := range p.items {
		p.items[i].Value = max(0, p.items[i].Value)
	}
	if p.active >= len(items) {
		p.active = -1
	}
	p.Refresh()
}

// highest is the largest value.
func (p *plot) highest() int {
	most := 0
	for _, item := range p.items {
		most = max(most, item.Value)
	}
	return most
}

// at is the item at a place, or -1.
func (p *plot) at(pos fyne.Position) int {
	for _, s := range p.spots {
		if s.has(pos) {
			return s.item
		}
	}
	return -1
}

// shown is the number of items that have a place on screen.
func (p *plot) shown() int {
	last := -1
	for _, s := range p.spots {
		last = max(last, s.item)
	}
	return last + 1
}

func (p *plot) activate(i int) {
	if i != p.active {
		p.active = i
		p.Refresh()
		p.offerTip()
	}
}

// hides notes that the label of an item is shown as far as it fits.
func (p *plot) hides(i int, shown string) {
	if shown != p.items[i].Label {
		p.cut[i] = true
	}
}

// offerTip says the label of the active item whole, if it is cut.
func (p *plot) offerTip() {
	control.OfferTip(p.whole, "", fyne.Position{})
	for _, s := range p.spots {
		if s.item == p.active && p.cut[p.active] {
			control.OfferTip(p.whole, p.items[p.active].Label, s.at.AddXY(inset, s.size.Height-14))
		}
	}
}

func (p *plot) open(i int) {
	if i >= 0 && p.OnOpen != nil {
		p.OnOpen(i)
	}
}

// Tapped implements fyne.Tappable.
func (p *plot) Tapped(e *fyne.PointEvent) { p.open(p.at(e.Position)) }

// MouseIn implements desktop.Hoverable.
func (p *plot) MouseIn(e *desktop.MouseEvent) { p.activate(p.at(e.Position)) }

// MouseMoved implements desktop.Hoverable.
func (p *plot) MouseMoved(e *desktop.MouseEvent) { p.activate(p.at(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (p *plot) MouseOut() { p.activate(-1) }

// Cursor implements desktop.Cursorable.
func (p *plot) Cursor() desktop.Cursor {
	if p.active >= 0 && p.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained implements fyne.Focusable.
func (p *plot) FocusGained() {
	p.focused = true
	p.active = min(max(0, p.active), p.shown()-1)
	p.Refresh()
	p.offerTip()
}

// FocusLost implements fyne.Focusable.
func (p *plot) FocusLost() {
	p.focused, p.active = false, -1
	p.Refresh()
	p.offerTip()
}

// TypedRune implements fyne.Focusable.
func (p *plot) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *plot) TypedKey(e *fyne.KeyEvent) {
	last := p.shown() - 1
	if last < 0 {
		control.PassOn(p.whole, e)
		return
	}
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		p.activate(max(0, p.active-1))
	case fyne.KeyRight, fyne.KeyDown:
		p.activate(min(last, p.active+1))
	case fyne.KeyHome:
		p.activate(0)
	case fyne.KeyEnd:
		p.activate(last)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.open(p.active)
	default:
		control.PassOn(p.whole, e)
	}
}
