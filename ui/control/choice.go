package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Select chooses one of many options from a menu, which Enter opens as Space does. It asks for the room of its longest option, within
// reason; a choice that is longer ends in an ellipsis, and a tip says it whole.
type Select struct{ widget.Select }

// widestSelect is as wide as a choice asks to be.
const widestSelect = 320

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
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		s.open()
	case fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(k)
	default:
		PassOn(s, k)
	}
}

// Tapped implements fyne.Tappable.
func (s *Select) Tapped(*fyne.PointEvent) {
	if s.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.open()
}

// open offers the options in a menu, the chosen one ticked.
func (s *Select) open() {
	if s.Disabled() || len(s.Options) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, len(s.Options))
	for i, text := range s.Options {
		items[i] = fyne.NewMenuItem(text, func() { s.SetSelectedIndex(i) })
		items[i].Checked = text == s.Selected
	}
	HideTip()
	ShowMenuBelow(s, items)
}

// MouseIn implements desktop.Hoverable.
func (s *Select) MouseIn(e *desktop.MouseEvent) {
	s.Select.MouseIn(e)
	s.offerTip()
}

// MouseOut implements desktop.Hoverable.
func (s *Select) MouseOut() {
	s.Select.MouseOut()
	OfferTip(s, "", fyne.Position{})
}

// FocusGained implements fyne.Focusable.
func (s *Select) FocusGained() {
	s.Select.FocusGained()
	s.offerTip()
	bringIntoSight(s)
}

// FocusLost implements fyne.Focusable.
func (s *Select) FocusLost() {
	s.Select.FocusLost()
	OfferTip(s, "", fyne.Position{})
}

// IsCut reports whether not all of the choice is on screen.
func (s *Select) IsCut() bool { return s.needs(s.Selected) > s.Size().Width+0.5 }

// needs is the width with which a text stands in the field whole.
func (s *Select) needs(text string) float32 {
	th := s.Theme()
	pad := th.Size(theme.SizeNameInnerPadding)
	return fyne.MeasureText(text, th.Size(theme.SizeNameText), fyne.TextStyle{}).Width + th.Size(theme.SizeNameInlineIcon) +
		2*pad + 2*th.Size(theme.SizeNamePadding)
}

func (s *Select) offerTip() {
	if s.IsCut() {
		OfferTip(s, s.Selected, fyne.NewPos(0, s.Size().Height-14))
	}
}

// CreateRenderer implements fyne.Widget. The choice has the frame of a field: without it, one on a light page is a word and an arrow.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return &selectRenderer{newFramed(s.Select.CreateRenderer(), 0, func(frame *canvas.Rectangle) {
		th, v := s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
		frame.StrokeColor, frame.StrokeWidth = th.Color(theme.ColorNameInputBorder, v), th.Size(theme.SizeNameInputBorder)
		frame.CornerRadius = th.Size(theme.SizeNameInputRadius)
		frame.Refresh()
	}), s}
}

// selectRenderer gives a choice the room of its longest option.
type selectRenderer struct {
	*framed
	choice *Select
}

// MinSize implements fyne.WidgetRenderer.
func (r *selectRenderer) MinSize() fyne.Size {
	size := r.framed.MinSize()
	var longest float32
	for _, text := range r.choice.Options {
		longest = max(longest, r.choice.needs(text))
	}
	if len(r.choice.Options) > 0 {
		size.Width = longest
	}
	size.Width = min(size.Width, widestSelect)
	return size
}
