package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Opener is the picture at the end of a field that opens what can be chosen. The arrow down does the same, so it is no stop of the Tab
// key: who writes into the field and presses Tab is in the next one.
type Opener struct {
	widget.Icon
	open func()
}

var (
	_ fyne.Tappable      = (*Opener)(nil)
	_ desktop.Cursorable = (*Opener)(nil)
)

// NewOpener makes the picture of what it opens.
func NewOpener(icon fyne.Resource, open func()) *Opener {
	o := &Opener{open: open}
	o.ExtendBaseWidget(o)
	o.Resource = icon
	return o
}

// Tapped implements fyne.Tappable.
func (o *Opener) Tapped(*fyne.PointEvent) { o.open() }

// Cursor implements desktop.Cursorable.
func (o *Opener) Cursor() desktop.Cursor { return desktop.DefaultCursor }
