package device

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// link is a text that leads elsewhere. Enter follows it as Space does.
type link struct{ widget.Hyperlink }

func newLink(text string, do func()) *link {
	l := &link{}
	l.ExtendBaseWidget(l)
	l.Text, l.OnTapped, l.SizeName = text, do, theme.SizeNameCaptionText
	return l
}

// Caption is what people see on the link.
func (l *link) Caption() string { return l.Text }

// Tapped implements fyne.Tappable: the room around the text belongs to it.
func (l *link) Tapped(*fyne.PointEvent) { l.OnTapped() }

// TypedKey implements fyne.Focusable.
func (l *link) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.OnTapped()
	default:
		control.PassOn(l, e)
	}
}
