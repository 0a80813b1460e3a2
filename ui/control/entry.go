package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a field for text. What stands in it before anybody writes is selected when it gets the focus, so that writing replaces it.
type Entry struct {
	widget.Entry
	whole   fyne.Widget // the field, or what it is extended to
	fresh   bool        // has the focus, and no key went down since
	focused bool
	written bool // by a person, since the program wrote into it

	hint hint
}

// NewEntry makes a field for a line of text.
func NewEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	return e
}

// ExtendBaseWidget is called by a field that extends this one, before anything else is done with it.
func (e *Entry) ExtendBaseWidget(whole fyne.Widget) {
	e.whole = whole
	e.Entry.ExtendBaseWidget(whole)
}

// AcceptsTab implements fyne.Tabbable: Tab leads on, out of a field for several lines, too.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.fresh, e.focused = true, true
	e.Entry.FocusGained()
	bringIntoSight(e.whole)
	if !e.written && !e.MultiLine && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// SetText writes a text into the field, as the program does it.
func (e *Entry) SetText(text string) {
	e.written = false
	e.Entry.SetText(text)
	if e.focused && !e.MultiLine {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // nothing of what stood there stays selected
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
}

// Replace writes a text into the field as a person does it: the caret stays behind it.
func (e *Entry) Replace(text string) {
	e.Entry.SetText(text)
	e.written = true
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // nothing is selected any more
}

// Hint is what the empty field proposes, also where that is cut.
func (e *Entry) Hint() string { return e.hint.of(&e.Entry) }

// Resize implements fyne.CanvasObject.
func (e *Entry) Resize(size fyne.Size) {
	e.Entry.Resize(size)
	e.hint.fit(&e.Entry, size.Width)
}

// MouseIn implements desktop.Hoverable.
func (e *Entry) MouseIn(*desktop.MouseEvent) { e.hint.offerTip(&e.Entry, e.whole) }

// MouseMoved implements desktop.Hoverable.
func (e *Entry) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (e *Entry) MouseOut() { OfferTip(e.whole, "", fyne.Position{}) }

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	e.fresh, e.written, byKeys = false, true, true
	switch {
	case Passed(e.whole, k):
	case isEnter(k.Name) && !e.MultiLine && e.OnSubmitted == nil:
		PassOn(e.whole, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable. Those of the desk around the field work in it, too.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.written = true
	e.Entry.TypedShortcut(s)
	if _, custom := s.(*desktop.CustomShortcut); !custom {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(e.whole)
	if c != nil && Submits(s) && Submit(c) {
		return
	}
	if c, ok := c.(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// Fresh reports whether no key went down since the field got the focus: a letter that arrives then is that of the key before.
func (e *Entry) Fresh() bool { return e.fresh }

// TypedRune implements fyne.Focusable. The space whose key gave the field its focus arrives here, too, and is no text.
func (e *Entry) TypedRune(r rune) {
	e.written = true
	if !e.fresh || r != ' ' {
		e.Entry.TypedRune(r)
	}
	e.fresh = false
}

// Passed passes on a key that no field has a use for, and tells whether it did. For fields of the toolkit that a page extends itself.
func Passed(field fyne.CanvasObject, k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9,
		fyne.KeyF10,
		fyne.KeyF11, fyne.KeyF12:
		PassOn(field, k)
		return true
	}
	return false
}
