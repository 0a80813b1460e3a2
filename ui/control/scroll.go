package control

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rollBy is how far an arrow scrolls.
const rollBy = 40

// roll scrolls as a key says: the arrows a little, the pages a page, Home and End the whole way.
func roll(s *container.Scroll, key fyne.KeyName) {
	by := map[fyne.KeyName]float32{
		fyne.KeyUp: -rollBy, fyne.KeyDown: rollBy, fyne.KeyPageUp: rollBy - s.Size().Height, fyne.KeyPageDown: s.Size().Height - rollBy,
		fyne.KeyHome: -s.Offset.Y, fyne.KeyEnd: s.Content.MinSize().Height,
	}[key]
	if by != 0 {
		s.ScrollToOffset(s.Offset.AddXY(0, by))
	}
}

// Reveal scrolls so far that an object in it is on screen, for when it gains the focus.
func Reveal(s *container.Scroll, o fyne.CanvasObject) {
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	at := place(o).Subtract(place(s))
	by := fyne.NewPos(outside(at.X, o.Size().Width, s.Size().Width), outside(at.Y, o.Size().Height, s.Size().Height))
	if !by.IsZero() {
		s.ScrollToOffset(s.Offset.Add(by))
	}
}

// outside is how far a stretch that begins at a place lies before, less than 0, or behind a room.
func outside(at, long, room float32) float32 {
	return min(at, max(0, at+long-room))
}

// body is what a dialog holds.
type body struct{ overlay, content fyne.CanvasObject }

// bodies are those of the dialogs on screen.
var bodies []body

// holds notes what the dialog holds that was just shown on top of a canvas.
func holds(c fyne.Canvas, content fyne.CanvasObject) {
	bodies = slices.DeleteFunc(bodies, func(b body) bool { return !slices.Contains(c.Overlays().List(), b.overlay) })
	bodies = append(bodies, body{c.Overlays().Top(), content})
}

// bringIntoSight scrolls what a control that gains the focus stands in, so that it is seen.
func bringIntoSight(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	root, top := c.Content(), c.Overlays().Top()
	for _, b := range bodies {
		if b.overlay == top {
			root = b.content
		}
	}
	scrolls, _ := scrollsAround(root, o)
	for _, s := range slices.Backward(scrolls) {
		Reveal(s, o)
	}
}

// scrollsAround are the scrolls in which an object stands within another one, the outermost first.
func scrollsAround(within, o fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	var children []fyne.CanvasObject
	switch in := within.(type) {
	case *fyne.Container:
		children = in.Objects
	case *container.Scroll:
		children, scrolls = []fyne.CanvasObject{in.Content}, []*container.Scroll{in}
	}
	for _, child := range children {
		if child == o {
			return scrolls, true
		}
		if inner, found := scrollsAround(child, o); found {
			return append(scrolls, inner...), true
		}
	}
	return nil, false
}
