package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return &entryRenderer{e.Entry.CreateRenderer(), e}
}

// entryRenderer puts the icon and the line of a field into the middle of its height. The toolkit puts them at the top, which is seen where
// the field is higher than it asks for.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
}

// Layout implements fyne.WidgetRenderer.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	if r.entry.MultiLine {
		return
	}
	for _, o := range r.Objects() {
		switch o := o.(type) {
		case *canvas.Rectangle: // the ground and the edge
		case *canvas.Image:
			o.Move(fyne.NewPos(o.Position().X, (size.Height-o.Size().Height)/2))
		default:
			if o != r.entry.ActionItem { // which is as high as the field
				o.Move(o.Position().AddXY(0, (size.Height-r.MinSize().Height)/2))
			}
		}
	}
}
