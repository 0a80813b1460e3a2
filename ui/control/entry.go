package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is a field for text. What stands in it before anybody writes is selected when it gets the focus, so that writing replaces it.
type Entry struct {
	widget.Entry
	whole   fyne.Widget // the field, or what it is extended to
	fresh   bool        // has the focus, and no key went down since
	focused bool
	written bool // by a person, since the program wrote into it

	hint, shownHint string // what the empty field proposes, and as much of it as has room
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

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.fresh, e.focused = true, true
	e.Entry.FocusGained()
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
func (e *Entry) Hint() string {
	if e.PlaceHolder == e.shownHint {
		return e.hint
	}
	return e.PlaceHolder
}

// Resize implements fyne.CanvasObject. What the empty field proposes is cut to its room: the toolkit lets it be scrolled.
func (e *Entry) Resize(size fyne.Size) {
	e.Entry.Resize(size)
	if e.MultiLine || size.Width < leastHint {
		return
	}
	hint := e.Hint()
	shown := Cut(hint, size.Width-e.besideHint(), e.Theme().Size(theme.SizeNameText), fyne.TextStyle{})
	e.hint, e.shownHint = hint, shown
	if shown != e.PlaceHolder {
		e.SetPlaceHolder(shown)
	}
}

// leastHint is the width below which a field is not laid out yet.
const leastHint = 40

// MouseIn implements desktop.Hoverable: what the empty field proposes is said whole where it is cut.
func (e *Entry) MouseIn(*desktop.MouseEvent) {
	if hint := e.Hint(); e.Text == "" && hint != e.PlaceHolder {
		OfferTip(e.whole, hint, fyne.NewPos(0, e.Size().Height-14))
	}
}

// MouseMoved implements desktop.Hoverable.
func (e *Entry) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (e *Entry) MouseOut() { OfferTip(e.whole, "", fyne.Position{}) }

// besideHint is the width that is not for words.
func (e *Entry) besideHint() float32 {
	th := e.Theme()
	width := 2*th.Size(theme.SizeNameInnerPadding) + 2*th.Size(theme.SizeNameInputBorder)
	if e.Icon != nil {
		width += th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameInnerPadding)
	}
	if e.ActionItem != nil && e.ActionItem.Visible() {
		width += e.ActionItem.MinSize().Width
	}
	return width
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	e.fresh, e.written = false, true
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
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e.whole).(fyne.Shortcutable); ok {
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
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10,
		fyne.KeyF11, fyne.KeyF12:
		PassOn(field, k)
		return true
	}
	return false
}
