package control

import (
	"math"
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

// nameSpare makes up for the hair that a layout may take from a width.
const nameSpare = 1

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

// SetText changes the text. A tip of the one before goes.
func (n *Name) SetText(text string) {
	if text != n.Text {
		OfferTip(n, "", fyne.Position{})
	}
	n.Label.SetText(text)
}

// size is that of the letters.
func (n *Name) size() float32 {
	if n.SizeName == "" {
		return n.Theme().Size(theme.SizeNameText)
	}
	return n.Theme().Size(n.SizeName)
}

// needs is the width of the whole text with the label's own room around it, in whole units: the toolkit cuts what has a part of one less.
func (n *Name) needs() float32 {
	var widest float32
	for line := range strings.Lines(n.Text) {
		widest = max(widest, fyne.MeasureText(strings.TrimSuffix(line, "\n"), n.size(), n.TextStyle).Width)
	}
	return float32(math.Ceil(float64(widest))) + 2*n.Theme().Size(theme.SizeNameInnerPadding)
}

// IsCut reports whether not all of the text is on screen.
func (n *Name) IsCut() bool {
	return n.Wrapping == fyne.TextWrapOff && n.needs() > float32(math.Floor(float64(n.Size().Width)))
}

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

// Layout implements fyne.WidgetRenderer.
func (r *nameRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.rise()
}

// Refresh implements fyne.WidgetRenderer.
func (r *nameRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.rise()
}

// rise puts monospaced letters on the line of the others.
func (r *nameRenderer) rise() {
	var by float32
	if r.name.TextStyle.Monospace {
		by = Baseline(r.name.size(), fyne.TextStyle{}) - Baseline(r.name.size(), r.name.TextStyle)
	}
	for _, o := range r.Objects() {
		o.Move(fyne.NewPos(0, by))
	}
}

// MinSize implements fyne.WidgetRenderer.
func (r *nameRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	if r.name.Truncation != fyne.TextTruncateOff {
		size.Width = min(r.name.needs()+nameSpare, max(r.name.Most, size.Width))
	}
	return size
}
