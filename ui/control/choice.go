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

// CreateRenderer implements fyne.Widget. The choice has the frame of a field: without it, one on a light page is a word and an arrow.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return newFramed(s.Select.CreateRenderer(), 0, func(frame *canvas.Rectangle) {
		th, v := s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
		frame.StrokeColor, frame.StrokeWidth = th.Color(theme.ColorNameInputBorder, v), th.Size(theme.SizeNameInputBorder)
		frame.CornerRadius = th.Size(theme.SizeNameInputRadius)
		frame.Refresh()
	})
}
