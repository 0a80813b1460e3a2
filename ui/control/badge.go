package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Look is the colour in which a badge says its word.
type Look int

const (
	// Plain is a word without judgement.
	Plain Look = iota
	// Good is a word for what is done or in order.
	Good
	// Waiting is a word for what somebody still has to do.
	Waiting
	// Bad is a word for what failed or was refused.
	Bad
	// Marked is a word that only stands out, such as a tag.
	Marked
)

// Fill is the colour behind the word: so faint that text is read on it, whatever it stands on.
func (l Look) Fill(th fyne.Theme, v fyne.ThemeVariant) color.Color {
	name, share := theme.ColorNameForeground, 0.10
	switch l {
	case Good:
		name, share = theme.ColorNameSuccess, 0.30
	case Waiting:
		name, share = theme.ColorNameWarning, 0.32
	case Bad:
		name, share = theme.ColorNameError, 0.30
	case Marked:
		name, share = theme.ColorNamePrimary, 0.25
	}
	n := color.NRGBAModel.Convert(th.Color(name, v)).(color.NRGBA)
	n.A = uint8(float64(n.A) * share)
	return n
}

// Badge is a word in a coloured box, such as a STATUS, as tables have it in their cells.
type Badge struct {
	widget.BaseWidget
	word string
	look Look
	cut  bool
}

var _ desktop.Hoverable = (*Badge)(nil)

// NewBadge makes a badge.
func NewBadge(word string, look Look) *Badge {
	b := &Badge{word: word, look: look}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another word.
func (b *Badge) Set(word string, look Look) {
	b.word, b.look = word, look
	b.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (b *Badge) MouseIn(e *desktop.MouseEvent) {
	if b.cut {
		OfferTip(b, b.word, e.Position)
	}
}

// MouseMoved implements desktop.Hoverable.
func (b *Badge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Badge) MouseOut() { OfferTip(b, "", fyne.Position{}) }

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, box: &canvas.Rectangle{CornerRadius: 4}, text: &canvas.Text{}}
	r.Refresh()
	return r
}

type badgeRenderer struct {
	badge *Badge
	box   *canvas.Rectangle
	text  *canvas.Text
}

// badgeSide is the room beside the word.
const badgeSide = 6

// MinSize implements fyne.WidgetRenderer: as high as a label, in which the box has the height of a line.
func (r *badgeRenderer) MinSize() fyne.Size {
	th := r.badge.Theme()
	word := fyne.MeasureText(r.badge.word, th.Size(theme.SizeNameText), fyne.TextStyle{})
	return word.AddWidthHeight(2*badgeSide, 2*th.Size(theme.SizeNameInnerPadding))
}

// Layout implements fyne.WidgetRenderer.
func (r *badgeRenderer) Layout(size fyne.Size) {
	b := r.badge
	r.text.Text = Cut(b.word, max(0, size.Width-2*badgeSide)+0.5, r.text.TextSize, r.text.TextStyle)
	b.cut = r.text.Text != b.word
	text := r.text.MinSize()
	y := (size.Height - text.Height) / 2
	r.box.Move(fyne.NewPos(0, y-0.5))
	r.box.Resize(fyne.NewSize(min(size.Width, text.Width+2*badgeSide), text.Height+1))
	r.text.Move(fyne.NewPos(badgeSide, y))
}

// Refresh implements fyne.WidgetRenderer.
func (r *badgeRenderer) Refresh() {
	b := r.badge
	th, v := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.box.FillColor, r.box.Hidden = b.look.Fill(th, v), b.word == ""
	r.text.Color, r.text.TextSize = th.Color(theme.ColorNameForeground, v), th.Size(theme.SizeNameText)
	r.Layout(b.Size())
	r.box.Refresh()
	r.text.Refresh()
}

// Objects implements fyne.WidgetRenderer.
func (r *badgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.text} }

// Destroy implements fyne.WidgetRenderer.
func (r *badgeRenderer) Destroy() {}
