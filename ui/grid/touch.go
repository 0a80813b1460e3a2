package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/mobile"
)

// On phones and tablets Fyne tells of fingers as taps, drags and touches, and of no mouse. On a desktop taps and drags follow a mouse that
// was answered already, and are left alone; a touch screen is a mouse there.

var (
	_ fyne.Tappable    = (*Table[int])(nil)
	_ fyne.Draggable   = (*Table[int])(nil)
	_ mobile.Touchable = (*header[int])(nil)
	_ mobile.Touchable = (*bar)(nil)
)

func finger(e fyne.PointEvent, button desktop.MouseButton) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: e, Button: button}
}

// Tapped implements fyne.Tappable: a finger selects a row, and opens it with a second tap.
func (t *Table[R]) Tapped(e *fyne.PointEvent) {
	if t.touch {
		t.MouseDown(finger(*e, desktop.MouseButtonPrimary))
		t.MouseUp(finger(*e, desktop.MouseButtonPrimary))
	}
}

// Dragged implements fyne.Draggable: rows and columns follow the finger.
func (t *Table[R]) Dragged(e *fyne.DragEvent) {
	if t.touch {
		t.scrollTo(t.view.top()-float64(e.Dragged.DY)/float64(t.view.rowH), t.left-e.Dragged.DX)
	}
}

// DragEnd implements fyne.Draggable.
func (t *Table[R]) DragEnd() {}

// TouchDown implements mobile.Touchable.
func (h *header[R]) TouchDown(e *mobile.TouchEvent) {
	h.MouseDown(finger(e.PointEvent, desktop.MouseButtonPrimary))
}

// TouchUp implements mobile.Touchable.
func (h *header[R]) TouchUp(e *mobile.TouchEvent) {
	h.MouseUp(finger(e.PointEvent, desktop.MouseButtonPrimary))
}

// TouchCancel implements mobile.Touchable: a drag goes on outside the header.
func (h *header[R]) TouchCancel(*mobile.TouchEvent) {}

// TouchDown implements mobile.Touchable.
func (b *bar) TouchDown(e *mobile.TouchEvent) {
	b.MouseDown(finger(e.PointEvent, desktop.MouseButtonPrimary))
}

// TouchUp implements mobile.Touchable.
func (b *bar) TouchUp(*mobile.TouchEvent) { b.release() }

// TouchCancel implements mobile.Touchable: a drag goes on beside the bar.
func (b *bar) TouchCancel(*mobile.TouchEvent) {}
