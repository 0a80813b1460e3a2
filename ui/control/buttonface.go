package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	ringWidth = 2
	ringInset = 2

	// The room around the words of a button, and around a picture that stands alone.
	besideWords, overWords = 12, 6
	// Between the picture of a button and its words.
	besidePicture = 8

	// widestButton is as wide as a button asks to be by itself.
	widestButton = 360
)

// CreateRenderer implements fyne.Widget. A button that is not filled with a colour has an edge, and a focused one a ring in it: the
// toolkit tints it with the colour that a button of importance has anyway.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, edge: &canvas.Rectangle{}}
	r.framed = newFramed(b.Button.CreateRenderer(), ringInset, func(ring *canvas.Rectangle) {
		th, v, size := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), ring.Size()
		ring.Hidden = !b.focused || size.Width <= 0 || size.Height <= 0 // a button may have the focus before it has room
		ring.StrokeColor, ring.StrokeWidth = th.Color(b.ink(), v), ringWidth
		ring.CornerRadius = max(0, th.Size(theme.SizeNameButtonRadius)-ringInset)
	})
	r.drawEdge()
	return r
}

// buttonRenderer gives a button its room and its edge, and cuts words that have no room.
type buttonRenderer struct {
	*framed
	button *Button
	edge   *canvas.Rectangle
}

// words are the toolkit's objects for the words and the picture of the button; the picture is nil if there is none.
func (r *buttonRenderer) words() (words *widget.RichText, picture *canvas.Image) {
	for _, o := range r.WidgetRenderer.Objects() {
		switch o := o.(type) {
		case *widget.RichText:
			words = o
		case *canvas.Image:
			picture = o
		}
	}
	return words, picture
}

// whole is how wide all words are.
func (r *buttonRenderer) whole() float32 {
	return fyne.MeasureText(r.button.Text, r.button.Theme().Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
}

// beside is the width that is not for the words.
func (r *buttonRenderer) beside(picture *canvas.Image) float32 {
	if picture == nil {
		return 2 * besideWords
	}
	return 2*besideWords + r.button.Theme().Size(theme.SizeNameInlineIcon) + besidePicture
}

// MinSize implements fyne.WidgetRenderer.
func (r *buttonRenderer) MinSize() fyne.Size {
	pad := r.button.Theme().Size(theme.SizeNameInnerPadding)
	size := r.framed.MinSize().AddWidthHeight(2*(overWords-pad), 2*(overWords-pad))
	if r.button.Text == "" {
		return size
	}
	_, picture := r.words()
	most := r.button.Most
	if most == 0 {
		most = widestButton
	}
	size.Width = min(most, r.whole()+r.beside(picture))
	return size
}

// Layout implements fyne.WidgetRenderer.
func (r *buttonRenderer) Layout(size fyne.Size) {
	r.framed.Layout(size)
	r.edge.Resize(size)
	r.drawEdge()
	r.place(size)
}

// place cuts the words to the room that there is, and puts them and the picture where they belong: in the middle, or with a leading
// alignment at the left and the picture that follows at the right.
func (r *buttonRenderer) place(size fyne.Size) {
	words, picture := r.words()
	if words == nil || r.button.Text == "" {
		r.button.cut = false
		return
	}
	th := r.button.Theme()
	room := max(0, size.Width-r.beside(picture))
	shown := Cut(r.button.Text, room+0.5, th.Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
	if cut := shown != r.button.Text; cut != r.button.cut {
		if r.button.cut = cut; !cut {
			OfferTip(r.button, "", fyne.Position{}) // the words have room by now
		}
	}
	if segment := words.Segments[0].(*widget.TextSegment); segment.Text != shown {
		segment.Text = shown
		words.Refresh()
	}
	text := words.MinSize()
	x := (size.Width - text.Width - (r.beside(picture) - 2*besideWords)) / 2
	if r.button.Alignment == widget.ButtonAlignLeading {
		x = besideWords
	}
	if picture != nil {
		side := th.Size(theme.SizeNameInlineIcon)
		at := x
		switch {
		case r.button.IconPlacement == widget.ButtonIconLeadingText:
			x += side + besidePicture
		case r.button.Alignment == widget.ButtonAlignLeading:
			at = size.Width - besideWords - side
		default:
			at = x + text.Width + besidePicture
		}
		picture.Move(fyne.NewPos(at, (size.Height-side)/2))
		picture.Resize(fyne.NewSquareSize(side))
	}
	words.Move(fyne.NewPos(x, (size.Height-text.Height)/2))
	words.Resize(text)
}

// Objects implements fyne.WidgetRenderer.
func (r *buttonRenderer) Objects() []fyne.CanvasObject { return append(r.framed.Objects(), r.edge) }

// Refresh implements fyne.WidgetRenderer.
func (r *buttonRenderer) Refresh() {
	r.drawEdge()
	r.framed.Refresh()
	r.place(r.button.Size())
}

func (r *buttonRenderer) drawEdge() {
	b := r.button
	th, v, size := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), r.edge.Size()
	r.edge.Hidden = b.Importance != widget.MediumImportance || size.Width <= 0 || size.Height <= 0
	r.edge.StrokeWidth, r.edge.CornerRadius = 1, th.Size(theme.SizeNameButtonRadius)
	r.edge.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
	if b.Disabled() {
		r.edge.StrokeColor = th.Color(theme.ColorNameSeparator, v)
	}
}
