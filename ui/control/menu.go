package control

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Because is why an item of a menu is off. It travels in the place of the item's shortcut: an item that is off has none.
type Because string

// ShortcutName implements fyne.Shortcut.
func (b Because) ShortcutName() string { return string(b) }

// menu is an open menu. The arrows, Home, End and letters pass over what is off; below the items stands why the one under the pointer
// is off.
type menu struct {
	widget.BaseWidget
	lines  []*menuLine
	active *menuLine // nil for none
	reason *widget.Label
	scroll *container.Scroll
	popUp  *widget.PopUp
	whole  *fyne.Container
}

var _ fyne.Focusable = (*menu)(nil)

const (
	menuLeast = 180
	// The room of a menu around its items.
	menuPad = 4
)

// ShowMenu opens a menu at a place of a canvas.
func ShowMenu(c fyne.Canvas, items []*fyne.MenuItem, at fyne.Position) {
	m := newMenu(items)
	m.popUp = widget.NewPopUp(m, c)
	size, room := m.popUp.MinSize(), c.Size()
	size = fyne.NewSize(min(size.Width, room.Width), min(size.Height, room.Height)) // the items scroll
	m.popUp.Resize(size)
	m.popUp.ShowAtPosition(fyne.NewPos(max(0, min(at.X, room.Width-size.Width)), max(0, min(at.Y, room.Height-size.Height))))
	Holds(c, m.whole)
	c.Focus(m)
}

// ShowMenuBelow opens a menu below an object that is on screen.
func ShowMenuBelow(o fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		ShowMenu(c, items, driver.AbsolutePositionForObject(o).AddXY(0, o.Size().Height))
	}
}

func newMenu(items []*fyne.MenuItem) *menu {
	m := &menu{reason: widget.NewLabel("")}
	m.reason.Wrapping, m.reason.SizeName, m.reason.Importance = fyne.TextWrapWord, theme.SizeNameCaptionText, widget.LowImportance
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	marked := slices.ContainsFunc(items, func(i *fyne.MenuItem) bool { return i.Checked })
	pictured := slices.ContainsFunc(items, func(i *fyne.MenuItem) bool { return i.Icon != nil })
	for _, item := range items {
		if item.IsSeparator {
			rows.Add(container.New(layout.NewCustomPaddedLayout(menuPad, menuPad, 0, 0), widget.NewSeparator()))
			continue
		}
		l := newMenuLine(m, item, marked, pictured)
		m.lines = append(m.lines, l)
		rows.Add(l)
	}
	m.scroll = container.NewVScroll(rows)
	m.scroll.SetMinSize(fyne.NewSize(max(menuLeast, rows.MinSize().Width), rows.MinSize().Height))
	foot := container.NewVBox()
	if height := m.reasonHeight(m.scroll.MinSize().Width); height > 0 {
		foot.Add(widget.NewSeparator())
		foot.Add(container.New(&fixed{height}, m.reason))
	}
	m.whole = WithTips(container.New(layout.NewCustomPaddedLayout(menuPad, menuPad, 0, 0), InOrder(nil, nil, m.scroll, nil, foot)))
	m.ExtendBaseWidget(m)
	if !slices.ContainsFunc(m.lines, func(l *menuLine) bool { return !l.item.Disabled }) && len(m.lines) > 0 {
		m.activate(m.lines[0]) // so that it is said why nothing can be done
	}
	return m
}

// reasonHeight is the room that the longest reason takes, so that nothing moves when one is said; 0 if there is none.
func (m *menu) reasonHeight(width float32) float32 {
	var height float32
	for _, l := range m.lines {
		if why := because(l.item); why != "" {
			m.reason.Resize(fyne.NewSize(width, 0))
			m.reason.SetText(why)
			m.reason.Resize(fyne.NewSize(width, m.reason.MinSize().Height))
			height = max(height, m.reason.MinSize().Height)
		}
	}
	m.reason.SetText("")
	return height
}

// because is why an item is off, if that is known.
func because(item *fyne.MenuItem) string {
	if why, said := item.Shortcut.(Because); said && item.Disabled {
		return string(why)
	}
	return ""
}

// CreateRenderer implements fyne.Widget.
func (m *menu) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.whole) }

// activate marks a line, or none, and says why it is off.
func (m *menu) activate(l *menuLine) {
	before := m.active
	m.active = l
	if before != l {
		HideTip()
	}
	for _, changed := range []*menuLine{before, l} {
		if changed != nil {
			changed.Refresh()
		}
	}
	why := ""
	if l != nil {
		why = because(l.item)
		m.show(l)
		l.offerTip()
	}
	m.reason.SetText(why)
}

// show scrolls a line into sight.
func (m *menu) show(l *menuLine) {
	top, bottom := l.Position().Y, l.Position().Y+l.Size().Height
	switch {
	case top < m.scroll.Offset.Y:
		m.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > m.scroll.Offset.Y+m.scroll.Size().Height && m.scroll.Size().Height > 0:
		m.scroll.ScrollToOffset(fyne.NewPos(0, bottom-m.scroll.Size().Height))
	}
}

// step marks the next line in a direction that is not off.
func (m *menu) step(from, by int) {
	for i := from; i >= 0 && i < len(m.lines); i += by {
		if !m.lines[i].item.Disabled {
			m.activate(m.lines[i])
			return
		}
	}
}

// take does what a line says.
func (m *menu) take(l *menuLine) {
	if l == nil || l.item.Disabled {
		return
	}
	HideTip()
	c, at := m.popUp.Canvas, m.popUp.Content.Position()
	m.hide()
	if l.item.ChildMenu != nil {
		ShowMenu(c, l.item.ChildMenu.Items, at)
		return
	}
	if l.item.Action != nil {
		l.item.Action()
	}
}

// FocusGained implements fyne.Focusable.
func (m *menu) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (m *menu) FocusLost() {}

// AcceptsTab implements fyne.Tabbable: there is nowhere else to go.
func (m *menu) AcceptsTab() bool { return true }

// TypedRune implements fyne.Focusable: a letter marks the next line that begins with it.
func (m *menu) TypedRune(r rune) {
	now := slices.Index(m.lines, m.active)
	for n := 1; n <= len(m.lines); n++ {
		l := m.lines[(now+n+len(m.lines))%len(m.lines)]
		if !l.item.Disabled && strings.HasPrefix(strings.ToLower(l.item.Label), strings.ToLower(string(r))) {
			m.activate(l)
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (m *menu) TypedKey(k *fyne.KeyEvent) {
	byKeys = true
	now := slices.Index(m.lines, m.active)
	switch k.Name {
	case fyne.KeyDown:
		m.step(now+1, 1)
	case fyne.KeyUp:
		if now < 0 {
			now = len(m.lines)
		}
		m.step(now-1, -1)
	case fyne.KeyHome:
		m.step(0, 1)
	case fyne.KeyEnd:
		m.step(len(m.lines)-1, -1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.take(m.active)
	case fyne.KeyRight:
		if m.active != nil && m.active.item.ChildMenu != nil {
			m.take(m.active)
		}
	case fyne.KeyEscape, fyne.KeyTab:
		HideTip()
		m.hide()
	}
}

func (m *menu) hide() {
	m.popUp.Hide()
	uncover(m.popUp.Canvas)
}

// fixed gives its only object a height.
type fixed struct{ height float32 }

// MinSize implements fyne.Layout.
func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, f.height) }

// Layout implements fyne.Layout.
func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
