package grid

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"consign/ui/control"
)

// typed is what was typed to seek a row.
type typed struct {
	text string
	at   time.Time
}

const typedFor = time.Second // letters typed faster than this belong together

func (t *Table[R]) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && !t.focused {
		c.Focus(t)
	}
}

// FocusGained implements fyne.Focusable.
func (t *Table[R]) FocusGained() {
	t.focused = true
	if t.cursor < 0 && t.Len() > 0 {
		t.cursor, _ = t.view.span()
	}
	t.arrange()
}

// FocusLost implements fyne.Focusable.
func (t *Table[R]) FocusLost() {
	t.focused, t.shift = false, false
	t.arrange()
}

// Disabled implements fyne.Disableable: the Tab key passes over rows that something covers.
func (t *Table[R]) Disabled() bool { return t.covered }

// Disable implements fyne.Disableable.
func (t *Table[R]) Disable() { t.covered = true }

// Enable implements fyne.Disableable.
func (t *Table[R]) Enable() { t.covered = false }

// KeyDown implements desktop.Keyable: Fyne tells of Shift only here.
func (t *Table[R]) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		t.shift = true
	}
}

// KeyUp implements desktop.Keyable.
func (t *Table[R]) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		t.shift = false
	}
}

// TypedKey implements fyne.Focusable.
func (t *Table[R]) TypedKey(e *fyne.KeyEvent) {
	how := selectOne
	if t.shift {
		how = selectSpan
	}
	if t.goBy(e.Name, how) || t.typedInCell(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyLeft:
		t.scrollTo(t.view.top(), t.left-t.view.rowH*2)
	case fyne.KeyRight:
		t.scrollTo(t.view.top(), t.left+t.view.rowH*2)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open()
	case fyne.KeyDelete:
		if t.OnDelete != nil && t.Selected() > 0 {
			t.OnDelete(t.Selection())
		}
	case fyne.KeyEscape:
		t.escape(e)
	case fyne.KeySpace:
		if !t.typing() && t.cursor >= 0 {
			t.moveTo(t.cursor, toggleOne)
		}
	case desktop.KeyMenu:
		t.showActionsAtCursor()
	case fyne.KeyF10:
		if t.shift {
			t.showActionsAtCursor()
		} else {
			control.PassOn(t, e) // it is the menu bar's
		}
	default:
		control.PassOn(t, e)
	}
}

// goBy moves to another row when the key is one that does.
func (t *Table[R]) goBy(key fyne.KeyName, how choice) bool {
	to := t.cursor
	switch key {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= t.view.page()
	case fyne.KeyPageDown:
		to += t.view.page()
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = t.Len() - 1
	default:
		return false
	}
	if to = max(0, min(to, t.Len()-1)); t.Len() > 0 && !t.postpone(to, func() { t.goBy(key, how) }) {
		t.moveTo(to, how)
	}
	return true
}

// escape stops what goes on: a copy first, then a selection. In a dialog it leaves a single row, and with that the dialog.
func (t *Table[R]) escape(e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	switch {
	case t.stopCopy != nil:
		t.stopCopy()
	case t.Selected() > 1, t.Selected() == 1 && (c == nil || c.Overlays().Top() == nil):
		t.SelectNone()
	default:
		control.PassOn(t, e)
	}
}

// showActionsAtCursor shows the menu of the selected rows, or of the current one if none is selected.
func (t *Table[R]) showActionsAtCursor() {
	if t.cursor < 0 {
		return
	}
	if t.Selected() == 0 {
		t.moveTo(t.cursor, selectOne)
	}
	t.view.show(t.cursor)
	t.arrange()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
	if p, ok := t.positionOf(t.cursor); ok {
		at = at.Add(p)
	}
	t.showActions(at)
}

// TypedShortcut implements fyne.Shortcutable. What is not the table's goes on to the window.
func (t *Table[R]) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		t.SelectAll()
		return
	case *fyne.ShortcutCopy:
		t.CopyAsync(false)
		return
	case *desktop.CustomShortcut:
		if t.custom(s) {
			return
		}
	}
	if window, ok := fyne.CurrentApp().Driver().CanvasForObject(t).(fyne.Shortcutable); ok {
		window.TypedShortcut(s)
	}
}

func (t *Table[R]) custom(s *desktop.CustomShortcut) bool {
	switch s.Modifier {
	case fyne.KeyModifierShortcutDefault:
		if s.KeyName == fyne.KeySpace && t.cursor >= 0 {
			t.moveTo(t.cursor, toggleOne)
			return true
		}
		if s.KeyName == fyne.KeyG {
			t.askRow()
			return true
		}
		return t.goBy(s.KeyName, onlyCurrent)
	case fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift:
		switch s.KeyName {
		case fyne.KeyC:
			t.CopyAsync(true)
			return true
		case fyne.KeyH:
			t.askColumns()
			return true
		}
		return t.goBy(s.KeyName, addSpan)
	}
	return false
}

func (t *Table[R]) typing() bool {
	return t.typed.text != "" && t.now().Sub(t.typed.at) < typedFor
}

// TypedRune implements fyne.Focusable: letters seek the next row that begins with them in the sorted column.
func (t *Table[R]) TypedRune(r rune) {
	if t.OnRune != nil {
		t.OnRune(r)
		return
	}
	if t.Edit != nil {
		if r != ' ' {
			t.editWith(r)
		}
		return
	}
	if !t.typing() {
		if r == ' ' {
			return
		}
		t.typed.text = ""
	}
	t.typed.text += strings.ToLower(string(r))
	t.typed.at = t.now()
	t.seekAsync(t.typed.text)
}
