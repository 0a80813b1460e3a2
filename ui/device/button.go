package device

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// link is a text that leads elsewhere. Enter follows it as Space does.
type link struct {
	widget.Hyperlink
	within *container.Scroll
}

func newLink(text string, within *container.Scroll, do func()) *link {
	l := &link{within: within}
	l.ExtendBaseWidget(l)
	l.Text, l.OnTapped, l.SizeName = text, do, theme.SizeNameCaptionText
	return l
}

// Caption is what people see on the link.
func (l *link) Caption() string { return l.Text }

// Tapped implements fyne.Tappable: the room around the text belongs to it.
func (l *link) Tapped(*fyne.PointEvent) { l.OnTapped() }

// FocusGained implements fyne.Focusable.
func (l *link) FocusGained() {
	l.Hyperlink.FocusGained()
	control.Reveal(l.within, l)
}

// TypedKey implements fyne.Focusable.
func (l *link) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.OnTapped()
	default:
		control.PassOn(l, e)
	}
}
