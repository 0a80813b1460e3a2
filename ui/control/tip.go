package control

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// WithTips lays the room for tips over what a window or a dialog holds. It takes no clicks and no room.
func WithTips(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(content, newTipLayer())
}

const (
	tipDelay = 500 * time.Millisecond
	tipWidth = 480 // where a longer text breaks
	tipSide  = 4   // between a tip and the window's edge
)

// offered is the one tip that is on screen or soon will be.
var offered struct {
	of    fyne.CanvasObject
	text  string
	layer *tipLayer
	rest  *fyne.Animation // draws nothing, and ends on Fyne's goroutine when the pointer has rested
}

// OfferTip shows the whole of a cut text beside a place of an object, once the pointer or the keyboard rests there. An empty text takes the
// tip of the object away.
func OfferTip(of fyne.CanvasObject, text string, near fyne.Position) {
	if text == "" {
		if offered.of == of {
			HideTip()
		}
		return
	}
	if offered.of == of && offered.text == text {
		return
	}
	HideTip()
	offered.of, offered.text = of, text
	show := func() {
		if offered.of == of && offered.text == text {
			if offered.layer = tipLayerOf(of); offered.layer != nil {
				offered.layer.show(of, text, near)
			}
		}
	}
	offered.rest = fyne.NewAnimation(tipDelay, func(done float32) {
		if done == 1 {
			show()
		}
	})
	offered.rest.Start()
}

// HideTip takes the tip away that is on screen, or soon would be.
func HideTip() {
	if offered.rest != nil {
		offered.rest.Stop()
	}
	if offered.layer != nil {
		offered.layer.hide()
	}
	offered.of, offered.text, offered.layer, offered.rest = nil, "", nil, nil
}

// tipLayerOf is the room for tips over an object: that of the dialog or menu on top, or of the window.
func tipLayerOf(o fyne.CanvasObject) *tipLayer {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	return tipLayerIn(onTop(c))
}

func tipLayerIn(o fyne.CanvasObject) *tipLayer {
	switch o := o.(type) {
	case *tipLayer:
		return o
	case *fyne.Container:
		for i := len(o.Objects) - 1; i >= 0; i-- {
			if l := tipLayerIn(o.Objects[i]); l != nil {
				return l
			}
		}
	}
	return nil
}

// tipLayer is where tips and proposals are drawn: over everything else, and no overlay, which would swallow clicks and take the keyboard.
type tipLayer struct {
	widget.BaseWidget
	box       *canvas.Rectangle
	text      *widget.Label
	proposals *proposals // nil for none
}

func newTipLayer() *tipLayer {
	l := &tipLayer{box: &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 4}, text: widget.NewLabel("")}
	l.text.Wrapping, l.text.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	l.box.Hide()
	l.text.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// show shows a text below a place of an object, or above it where there is no room, within the window.
func (l *tipLayer) show(of fyne.CanvasObject, text string, near fyne.Position) {
	driver, th := fyne.CurrentApp().Driver(), l.Theme()
	within := driver.CanvasForObject(of).Size()
	whole := fyne.MeasureText(text, th.Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Width + 2*th.Size(theme.SizeNameInnerPadding) + 2
	width := min(whole, tipWidth, within.Width-2*tipSide)
	l.text.SetText(text)
	l.text.Resize(fyne.NewSize(width, 0)) // it breaks to the width and then knows its height
	size := fyne.NewSize(width, l.text.MinSize().Height)
	at := driver.AbsolutePositionForObject(of).Add(near).AddXY(8, 18)
	if at.Y+size.Height > within.Height-tipSide {
		at.Y -= size.Height + 24
	}
	at.X = max(tipSide, min(at.X, within.Width-size.Width-tipSide))
	at = at.Subtract(driver.AbsolutePositionForObject(l))
	for _, o := range []fyne.CanvasObject{l.box, l.text} {
		o.Move(at)
		o.Resize(size)
		o.Show()
	}
	l.Refresh()
}

// propose shows proposals in the place of those on screen, or none.
func (l *tipLayer) propose(p *proposals) {
	if l.proposals, proposed = p, p; p != nil {
		p.place()
	}
	l.Refresh()
}

func (l *tipLayer) hide() {
	l.box.Hide()
	l.text.Hide()
	l.Refresh()
}

// MinSize implements fyne.CanvasObject: tips take no room.
func (l *tipLayer) MinSize() fyne.Size { return fyne.Size{} }

// CreateRenderer implements fyne.Widget.
func (l *tipLayer) CreateRenderer() fyne.WidgetRenderer {
	r := &tipRenderer{l}
	r.Refresh()
	return r
}

type tipRenderer struct{ layer *tipLayer }

func (r *tipRenderer) Layout(fyne.Size)   {}
func (r *tipRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *tipRenderer) Destroy()           {}
func (r *tipRenderer) Objects() []fyne.CanvasObject {
	if r.layer.proposals != nil {
		return []fyne.CanvasObject{r.layer.proposals, r.layer.box, r.layer.text}
	}
	return []fyne.CanvasObject{r.layer.box, r.layer.text}
}

// Refresh implements fyne.WidgetRenderer.
func (r *tipRenderer) Refresh() {
	th, v := r.layer.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.layer.box.FillColor = th.Color(theme.ColorNameOverlayBackground, v)
	r.layer.box.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
	canvas.Refresh(r.layer)
}
