package newupload

import (
	"image/color"

	"fyne.io/fyne/v2"

	"consign/ui/control"
)

// scanBox is the line of text that a scanner types into. Enter or Tab ends a scan, as scanners are set; Ctrl+Z takes the last
// scan back, Ctrl+Enter goes on to the review; when the focus would go nowhere it stays here.
type scanBox struct {
	control.Entry
	take func(text string)
	undo func()
	done func()
	keep func()
}

func newScanBox(take func(string), undo, done, keep func()) *scanBox {
	b := &scanBox{take: take, undo: undo, done: done, keep: keep}
	b.ExtendBaseWidget(b)
	b.TextStyle.Monospace = true
	return b
}

// AcceptsTab implements fyne.Tabbable.
func (b *scanBox) AcceptsTab() bool { return b.Text != "" }

// TypedKey implements fyne.Focusable.
func (b *scanBox) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		text := b.Text
		b.SetText("")
		b.take(text)
	case fyne.KeyEscape:
		b.SetText("")
	default:
		b.Entry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (b *scanBox) TypedShortcut(s fyne.Shortcut) {
	if _, undoes := s.(*fyne.ShortcutUndo); undoes && b.Text == "" {
		b.undo()
		return
	}
	if submits(s) {
		b.done()
		return
	}
	b.Entry.TypedShortcut(s)
}

// FocusLost implements fyne.Focusable.
func (b *scanBox) FocusLost() {
	b.Entry.FocusLost()
	fyne.Do(b.keep)
}

// tint is a colour as a quiet background.
func tint(r, g, b uint32) color.Color {
	return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0x40}
}
