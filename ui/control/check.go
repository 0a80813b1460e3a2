package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

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
