package control

import (
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
	top := place(o).Y - place(s).Y
	below := top + o.Size().Height - s.Size().Height
	switch {
	case top < 0:
		s.ScrollToOffset(s.Offset.AddXY(0, top))
	case below > 0:
		s.ScrollToOffset(s.Offset.AddXY(0, below))
	}
}
