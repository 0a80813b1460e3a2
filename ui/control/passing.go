package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// passingKeys has the keyboard while proposals are shown, and passes everything on to their field, which goes on looking as if it had it.
type passingKeys struct {
	widget.BaseWidget
	entry *Proposing
}

var (
	_ fyne.Focusable    = (*passingKeys)(nil)
	_ fyne.Tabbable     = (*passingKeys)(nil)
	_ fyne.Shortcutable = (*passingKeys)(nil)
	_ desktop.Keyable   = (*passingKeys)(nil)
)

func newPassingKeys(e *Proposing) *passingKeys {
	k := &passingKeys{entry: e}
	k.ExtendBaseWidget(k)
	return k
}

func (k *passingKeys) field() fyne.Focusable { return k.entry.whole.(fyne.Focusable) }

// CreateRenderer implements fyne.Widget.
func (k *passingKeys) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

// FocusGained implements fyne.Focusable.
func (k *passingKeys) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (k *passingKeys) FocusLost() {}

// AcceptsTab implements fyne.Tabbable: the Tab key leaves the field, not the list.
func (k *passingKeys) AcceptsTab() bool { return true }

// TypedRune implements fyne.Focusable.
func (k *passingKeys) TypedRune(r rune) { k.field().TypedRune(r) }

// TypedKey implements fyne.Focusable.
func (k *passingKeys) TypedKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyTab {
		k.field().TypedKey(e)
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(k)
	k.entry.close()
	if t, ok := k.field().(fyne.Tabbable); ok && t.AcceptsTab() {
		k.field().TypedKey(e)
	} else if c != nil {
		c.FocusNext()
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (k *passingKeys) TypedShortcut(s fyne.Shortcut) {
	k.entry.close()
	k.field().(fyne.Shortcutable).TypedShortcut(s)
}

// KeyDown implements desktop.Keyable.
func (k *passingKeys) KeyDown(e *fyne.KeyEvent) {
	if f, ok := k.field().(desktop.Keyable); ok {
		f.KeyDown(e)
	}
}

// KeyUp implements desktop.Keyable.
func (k *passingKeys) KeyUp(e *fyne.KeyEvent) {
	if f, ok := k.field().(desktop.Keyable); ok {
		f.KeyUp(e)
	}
}
