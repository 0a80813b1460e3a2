package control

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Name is a text on one line that may be too long for its room, such as a name from data: it ends in an ellipsis then, and a tip says it
// whole. It asks for the room of its text, but never for more than Most.
type Name struct {
	widget.Label
	// Most is the widest that it asks to be, in Fyne's units; 0 asks for next to nothing and takes what it is given.
	Most float32
}

var _ desktop.Hoverable = (*Name)(nil)

// NewName makes a text that asks for the room that it needs up to most, or with 0 takes what it is given.
func NewName(text string, most float32) *Name {
	n := &Name{Most: most}
	n.ExtendBaseWidget(n)
	n.Text, n.Truncation = text, fyne.TextTruncateEllipsis
	return n
}

// NewHeading is a name in bold letters of a size of the theme.
func NewHeading(text string, size fyne.ThemeSizeName, most float32) *Name {
	n := NewName(text, most)
	n.TextStyle.Bold, n.SizeName = true, size
	return n
}

// needs is the width of the whole text with the label's own room around it.
func (n *Name) needs() float32 {
	th, size := n.Theme(), n.SizeName
	if size == "" {
		size = theme.SizeNameText
	}
	var widest float32
	for line := range strings.Lines(n.Text) {
		widest = max(widest, fyne.MeasureText(strings.TrimSuffix(line, "\n"), th.Size(size), n.TextStyle).Width)
	}
	return widest + 2*th.Size(theme.SizeNameInnerPadding)
}

// IsCut reports whether not all of the text is on screen.
func (n *Name) IsCut() bool { return n.Wrapping == fyne.TextWrapOff && n.needs() > n.Size().Width+0.5 }

// MouseIn implements desktop.Hoverable.
func (n *Name) MouseIn(e *desktop.MouseEvent) { n.offer(n, e.Position) }

func (n *Name) offer(of fyne.CanvasObject, at fyne.Position) {
	if n.IsCut() {
		OfferTip(of, n.Text, at)
	}
}

// MouseMoved implements desktop.Hoverable.
func (n *Name) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (n *Name) MouseOut() { OfferTip(n, "", fyne.Position{}) }

// CreateRenderer implements fyne.Widget.
func (n *Name) CreateRenderer() fyne.WidgetRenderer {
	return &nameRenderer{n.Label.CreateRenderer(), n}
}

type nameRenderer struct {
	fyne.WidgetRenderer
	name *Name
}

// MinSize implements fyne.WidgetRenderer.
func (r *nameRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	if r.name.Truncation != fyne.TextTruncateOff {
		size.Width = min(r.name.needs(), max(r.name.Most, size.Width))
	}
	return size
}
