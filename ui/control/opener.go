package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Opener is the picture at the end of a field that opens what can be chosen. The arrow down does the same, so it is no stop of the Tab
// key: who writes into the field and presses Tab is in the next one.
type Opener struct {
	widget.BaseWidget
	icon fyne.Resource
	open func()
}

var (
	_ fyne.Tappable      = (*Opener)(nil)
	_ desktop.Cursorable = (*Opener)(nil)
)

// NewOpener makes the picture of what it opens.
func NewOpener(icon fyne.Resource, open func()) *Opener {
	o := &Opener{icon: icon, open: open}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer implements fyne.Widget: the picture has the room of a button of the same size around it.
func (o *Opener) CreateRenderer() fyne.WidgetRenderer {
	pad := theme.InnerPadding() - theme.InputBorderSize()
	return widget.NewSimpleRenderer(container.New(layout.NewCustomPaddedLayout(0, 0, pad, pad), widget.NewIcon(o.icon)))
}

// Tapped implements fyne.Tappable.
func (o *Opener) Tapped(*fyne.PointEvent) { o.open() }

// Cursor implements desktop.Cursorable.
func (o *Opener) Cursor() desktop.Cursor { return desktop.DefaultCursor }
