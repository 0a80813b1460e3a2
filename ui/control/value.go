package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Value is a text that the mouse can select and copy. It is no stop of the Tab key, on which nobody would see the focus. One that is too
// long for its room is cut, and a tip says it whole.
type Value struct{ Name }

var _ desktop.Hoverable = (*Value)(nil)

// valueMost is the widest that a value asks to be by itself.
const valueMost = 480

// NewValue makes a value.
func NewValue(text string) *Value {
	v := &Value{}
	v.ExtendBaseWidget(v)
	v.Text, v.Truncation, v.Most = text, fyne.TextTruncateEllipsis, valueMost
	return v
}

// MouseIn implements desktop.Hoverable.
func (v *Value) MouseIn(e *desktop.MouseEvent) {
	v.selectable(true)
	if e != nil {
		v.offer(v, e.Position)
	}
}

// MouseMoved implements desktop.Hoverable.
func (v *Value) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable. What is selected stays so until the mouse comes and goes again.
func (v *Value) MouseOut() {
	v.selectable(v.SelectedText() != "")
	OfferTip(v, "", fyne.Position{})
}

func (v *Value) selectable(yes bool) {
	if v.Selectable != yes {
		v.Selectable = yes
		v.Refresh()
	}
}
