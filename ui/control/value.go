package control

import (
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Value is a text that the mouse can select and copy. It is no stop of the Tab key, on which nobody would see the focus.
type Value struct{ widget.Label }

var _ desktop.Hoverable = (*Value)(nil)

// NewValue makes a value.
func NewValue(text string) *Value {
	v := &Value{}
	v.ExtendBaseWidget(v)
	v.Text = text
	return v
}

// MouseIn implements desktop.Hoverable.
func (v *Value) MouseIn(*desktop.MouseEvent) { v.selectable(true) }

// MouseMoved implements desktop.Hoverable.
func (v *Value) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable. What is selected stays so until the mouse comes and goes again.
func (v *Value) MouseOut() { v.selectable(v.SelectedText() != "") }

func (v *Value) selectable(yes bool) {
	if v.Selectable != yes {
		v.Selectable = yes
		v.Refresh()
	}
}
