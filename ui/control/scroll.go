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

// body is what a dialog or a menu holds.
type body struct{ overlay, content fyne.CanvasObject }

// bodies are those of the dialogs and menus on screen.
var bodies []body

// Holds notes what the dialog, menu or pop-up holds that was just shown on top of a canvas: its scrolls and the room for its tips are found
// by it.
func Holds(c fyne.Canvas, content fyne.CanvasObject) {
	bodies = slices.DeleteFunc(bodies, func(b body) bool { return !slices.Contains(c.Overlays().List(), b.overlay) })
	bodies = append(bodies, body{c.Overlays().Top(), content})
	if proposed != nil { // the driver tells no field that something lies over it
		proposed.entry.close()
	}
}

// onTop is what the dialog or the menu on top of a canvas holds, or the window. It is nil where a pop-up of the toolkit is on top, which
// tells nobody what it holds.
func onTop(c fyne.Canvas) fyne.CanvasObject {
	top := c.Overlays().Top()
	if top == nil {
		return c.Content()
	}
	for _, b := range bodies {
		if b.overlay == top {
			return b.content
		}
	}
	return nil
}

// bringIntoSight scrolls what a control that gains the focus stands in, so that it is seen.
func bringIntoSight(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	scrolls, _ := scrollsAround(onTop(c), o)
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
