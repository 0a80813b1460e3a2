package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// wide gives every object the same fixed width and, one under another, the height that it needs at that width.
type wide float32

func (w wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(float32(w), 0)
	for _, o := range objects {
		if o.Size().Width != float32(w) {
			o.Resize(fyne.NewSize(float32(w), o.MinSize().Height)) // text that wraps needs its width to know its height
		}
		size.Height += o.MinSize().Height
	}
	return size
}

func (w wide) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(float32(w), height))
		o.Move(fyne.NewPos(0, y))
		y += height
	}
}

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

func newSurface(colour fyne.ThemeColorName) *surface {
	s := &surface{colour: colour}
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
