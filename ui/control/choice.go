package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Select chooses one of many options from a list, which Enter opens as Space does.
type Select struct{ widget.Select }

// NewSelect makes a choice, none made yet.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.ExtendBaseWidget(s)
	s.Options, s.OnChanged = options, changed
	return s
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(k)
	default:
		PassOn(s, k)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	r := &selectRenderer{WidgetRenderer: s.Select.CreateRenderer(), choice: s, frame: &canvas.Rectangle{}}
	r.draw()
	return r
}

// selectRenderer draws the frame of a field around a choice: without it, a choice on a light page is a word and an arrow.
type selectRenderer struct {
	fyne.WidgetRenderer
	choice  *Select
	frame   *canvas.Rectangle
	objects []fyne.CanvasObject
}

// Layout implements fyne.WidgetRenderer.
func (r *selectRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.frame.Resize(size)
}

// Objects implements fyne.WidgetRenderer.
func (r *selectRenderer) Objects() []fyne.CanvasObject {
	r.objects = append(append(r.objects[:0], r.WidgetRenderer.Objects()...), r.frame)
	return r.objects
}

// Refresh implements fyne.WidgetRenderer.
func (r *selectRenderer) Refresh() {
	r.draw()
	r.WidgetRenderer.Refresh()
}

func (r *selectRenderer) draw() {
	th, v := r.choice.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.frame.StrokeColor, r.frame.StrokeWidth = th.Color(theme.ColorNameInputBorder, v), th.Size(theme.SizeNameInputBorder)
	r.frame.CornerRadius = th.Size(theme.SizeNameInputRadius)
	r.frame.Refresh()
}
