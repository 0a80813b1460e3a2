package device

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// button is a button on which Enter presses too and Esc leaves.
type button struct {
	widget.Button
	leave func()
}

func newButton(text string, leave, do func()) *button {
	b := &button{leave: leave}
	b.ExtendBaseWidget(b)
	b.Text, b.OnTapped = text, do
	return b
}

// TypedKey implements fyne.Focusable.
func (b *button) TypedKey(e *fyne.KeyEvent) { typed(e, b.OnTapped, b.leave) }

// link is a text that leads elsewhere. Enter follows it and Esc leaves.
type link struct {
	widget.Hyperlink
	leave func()
}

func newLink(text string, leave, do func()) *link {
	l := &link{leave: leave}
	l.ExtendBaseWidget(l)
	l.Text, l.OnTapped, l.SizeName = text, do, theme.SizeNameCaptionText
	return l
}

// Caption is what people see on the link.
func (l *link) Caption() string { return l.Text }

// Tapped implements fyne.Tappable: the room around the text belongs to it.
func (l *link) Tapped(*fyne.PointEvent) { l.OnTapped() }

// TypedKey implements fyne.Focusable.
func (l *link) TypedKey(e *fyne.KeyEvent) { typed(e, l.OnTapped, l.leave) }

func typed(e *fyne.KeyEvent, do, leave func()) {
	switch e.Name {
	case fyne.KeyEscape:
		leave()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		do()
	}
}
