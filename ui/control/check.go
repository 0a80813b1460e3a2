package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// markEdge is the room that the toolkit leaves at the left of a box to tick or of an option, for the focus around it. They begin where
// texts and fields do, and the focus reaches beyond them.
func markEdge(th fyne.Theme) float32 {
	return th.Size(theme.SizeNameInputBorder) + th.Size(theme.SizeNameInnerPadding)/2
}

// Check is a box to tick with Space.
type Check struct{ widget.Check }

// NewCheck makes a box to tick.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.ExtendBaseWidget(c)
	c.Text, c.OnChanged = text, changed
	return c
}

// FocusGained implements fyne.Focusable.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	bringIntoSight(c)
}

// TypedKey implements fyne.Focusable.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if k.Name != fyne.KeySpace {
		PassOn(c, k)
	} else if !c.Disabled() {
		c.SetChecked(!c.Checked)
	}
}

// TypedRune implements fyne.Focusable. The space that opened a dialog arrives here too: only the key counts.
func (c *Check) TypedRune(rune) {}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return &checkRenderer{c.Check.CreateRenderer(), c}
}

type checkRenderer struct {
	fyne.WidgetRenderer
	check *Check
}

// Layout implements fyne.WidgetRenderer.
func (r *checkRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	for _, o := range r.Objects() {
		o.Move(o.Position().SubtractXY(markEdge(r.check.Theme()), 0))
	}
}

// MinSize implements fyne.WidgetRenderer.
func (r *checkRenderer) MinSize() fyne.Size {
	return r.WidgetRenderer.MinSize().SubtractWidthHeight(markEdge(r.check.Theme()), 0)
}
