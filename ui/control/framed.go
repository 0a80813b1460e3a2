package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// framed draws a frame over what the toolkit draws of a control.
type framed struct {
	fyne.WidgetRenderer
	frame   *canvas.Rectangle
	inset   float32 // of the frame
	draw    func(frame *canvas.Rectangle)
	objects []fyne.CanvasObject
}

// newFramed adds a frame, which draw brings in line with the control.
func newFramed(of fyne.WidgetRenderer, inset float32, draw func(frame *canvas.Rectangle)) *framed {
	r := &framed{WidgetRenderer: of, frame: &canvas.Rectangle{}, inset: inset, draw: draw}
	r.draw(r.frame)
	return r
}

// Layout implements fyne.WidgetRenderer.
func (r *framed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.frame.Resize(fyne.NewSize(max(0, size.Width-2*r.inset), max(0, size.Height-2*r.inset)))
	r.frame.Move(fyne.NewSquareOffsetPos(r.inset))
	r.draw(r.frame)
}

// Objects implements fyne.WidgetRenderer.
func (r *framed) Objects() []fyne.CanvasObject {
	r.objects = append(append(r.objects[:0], r.WidgetRenderer.Objects()...), r.frame)
	return r.objects
}

// Refresh implements fyne.WidgetRenderer.
func (r *framed) Refresh() {
	r.draw(r.frame)
	r.WidgetRenderer.Refresh()
}
