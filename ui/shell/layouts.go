package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// stacked lays objects one after another without the gaps of Fyne's own boxes. The last one takes what is left.
type stacked struct{ sideways bool }

func (l stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if l.sideways {
			size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
		} else {
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	return size
}

func (l stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var at fyne.Position
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		given := fyne.NewSize(size.Width, m.Height)
		if l.sideways {
			given = fyne.NewSize(m.Width, size.Height)
		}
		if i == len(objects)-1 {
			given = fyne.NewSize(size.Width-at.X, size.Height-at.Y)
		}
		o.Move(at)
		o.Resize(given)
		if again := o.MinSize().Height; !l.sideways && i < len(objects)-1 && again != given.Height { // in this width it has other lines
			given.Height = again
			o.Resize(given)
		}
		if l.sideways {
			at.X += given.Width
		} else {
			at.Y += given.Height
		}
	}
}

// surface is a plain area in a colour of the theme, which it follows.
type surface struct {
	widget.BaseWidget
	colour fyne.ThemeColorName
	radius float32
}

// NewSurface makes an area that follows this colour of the theme.
func NewSurface(colour fyne.ThemeColorName) fyne.CanvasObject { return newSurface(colour, 0) }

// newSurface is NewSurface with round corners.
func newSurface(colour fyne.ThemeColorName, radius float32) fyne.CanvasObject {
	s := &surface{colour: colour, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, area: &canvas.Rectangle{}}
	r.WidgetRenderer = widget.NewSimpleRenderer(r.area)
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	fyne.WidgetRenderer
	surface *surface
	area    *canvas.Rectangle
}

func (r *surfaceRenderer) Refresh() {
	r.area.FillColor = theme.Color(r.surface.colour)
	r.area.CornerRadius = r.surface.radius
	r.area.Refresh()
}
