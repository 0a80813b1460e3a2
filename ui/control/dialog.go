package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

const (
	// titleRise is how far up into the room of Fyne's own title, which stays empty, a dialog's title stands.
	titleRise = 30
	// buttonsFall is how far down into the room of Fyne's own buttons, which there are none of, a dialog's buttons stand.
	buttonsFall = 4

	buttonGap   = 8
	leastButton = 88

	// besideDialog is the least room between a dialog and the edges of the window.
	besideDialog = 8
	// aroundWidth and aroundHeight are what the window needs around the content of a dialog: besideDialog, Fyne's edges, title and buttons.
	aroundWidth  = 2*besideDialog + 32
	aroundHeight = 2*besideDialog + 110
	leastContent = 40
)

// Dialog is a dialog whose title begins where its content begins, and whose buttons stand at the right, the main one last. Fyne puts the
// title into the very corner and the buttons in the middle. Content that has no room in the window is scrolled.
type Dialog struct {
	*dialog.CustomDialog
	buttons *fyne.Container
	room    *fyne.Container // of the content
	whole   *fyne.Container // with title and buttons
	canvas  fyne.Canvas
}

// NewDialog is a dialog without buttons.
func NewDialog(title string, content fyne.CanvasObject, w fyne.Window) *Dialog {
	name := NewHeading(title, theme.SizeNameSubHeadingText, 0)
	c := w.Canvas()
	d := &Dialog{canvas: c, buttons: container.New(&dialogButtons{buttonLines{least: leastButton}, c}),
		room: container.New(inWindow{c}, container.NewScroll(content))}
	d.whole = WithTips(InOrder(Flush(name), nil, d.room, nil, d.buttons))
	d.CustomDialog = dialog.NewCustomWithoutButtons("",
		container.New(layout.NewCustomPaddedLayout(-titleRise, -buttonsFall, 0, 0), d.whole), w)
	d.SetOnClosed(func() {
		HideTip()
		uncover(c)
	})
	return d
}

// uncovered are what hears that a dialog or a menu has gone, by canvas.
var uncovered = map[fyne.Canvas]func(){}

// WhenUncovered calls hear whenever a dialog or a menu has gone from a canvas: what had the keyboard below it may be off or gone by then.
func WhenUncovered(c fyne.Canvas, hear func()) { uncovered[c] = hear }

// uncover tells that a dialog or a menu has gone, and shows whoever works with keys which button below it has them, also if it was clicked.
func uncover(c fyne.Canvas) {
	if hear := uncovered[c]; hear != nil {
		hear()
	}
	if b, is := c.Focused().(*Button); is && byKeys && !b.focused {
		b.FocusGained()
	}
}

// byKeys tells that a key was pressed last and not the mouse, as far as it matters to where the keyboard is shown to be.
var byKeys bool

// Resize implements dialog.Dialog: the dialog is not larger than the window.
func (d *Dialog) Resize(size fyne.Size) {
	room := d.canvas.Size().SubtractWidthHeight(2*besideDialog, 2*besideDialog)
	d.CustomDialog.Resize(size.Min(room))
}

// Show implements dialog.Dialog.
func (d *Dialog) Show() {
	d.CustomDialog.Show()
	Holds(d.canvas, d.whole)
}

// SetButtons puts buttons below the content, the main one last.
func (d *Dialog) SetButtons(buttons []fyne.CanvasObject) {
	d.buttons.Objects = buttons
	d.Refresh()
}

// inWindow gives what scrolls in a dialog the room that its content asks for, as far as the window has it.
type inWindow struct{ canvas fyne.Canvas }

// MinSize implements fyne.Layout.
func (l inWindow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	room := l.canvas.Size().SubtractWidthHeight(aroundWidth, aroundHeight).Max(fyne.NewSquareSize(leastContent))
	return objects[0].(*container.Scroll).Content.MinSize().Min(room)
}

// Layout implements fyne.Layout.
func (inWindow) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// InWidth is a layout of content in a dialog that has this width, or as much of it as the window has.
func InWidth(w fyne.Window, width float32) Wide {
	return Wide(min(width, w.Canvas().Size().Width-aroundWidth))
}

// Roomy gives content in a dialog a room of this size, or as much of it as a window has beside the dialog's own.
func Roomy(w fyne.Window, size fyne.Size, content fyne.CanvasObject) *fyne.Container {
	return container.New(roomy{w.Canvas(), size}, content)
}

type roomy struct {
	canvas fyne.Canvas
	size   fyne.Size
}

// MinSize implements fyne.Layout.
func (l roomy) MinSize([]fyne.CanvasObject) fyne.Size {
	room := l.canvas.Size().SubtractWidthHeight(aroundWidth, aroundHeight)
	return l.size.Min(room).Max(fyne.NewSquareSize(leastContent))
}

// Layout implements fyne.Layout.
func (roomy) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// Flush lets a text begin where fields, buttons and tables begin: the toolkit gives labels room at their left.
func Flush(text fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, -theme.InnerPadding(), -theme.InnerPadding()), text)
}

// dialogButtons lays the buttons of a dialog in one line, as long as the window has room for it.
type dialogButtons struct {
	buttonLines
	canvas fyne.Canvas
}

// MinSize implements fyne.Layout.
func (l *dialogButtons) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := min(l.inOneLine(objects), l.canvas.Size().Width-aroundWidth)
	if l.width == 0 {
		l.width = width
	}
	height := l.buttonLines.MinSize(objects).Height
	if height > 0 {
		height += buttonGap // above them
	}
	return fyne.NewSize(width, height)
}

// Layout implements fyne.Layout.
func (l *dialogButtons) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.buttonLines.Layout(objects, size)
	for _, o := range objects {
		o.Move(o.Position().AddXY(0, buttonGap))
	}
}

// ShowClosable shows a dialog that only says something, with further buttons before the one that closes it.
func ShowClosable(title string, content fyne.CanvasObject, w fyne.Window, further ...fyne.CanvasObject) {
	d := NewDialog(title, content, w)
	b := NewMainButton(lang.L("Close"), d.Hide)
	d.SetButtons(append(further, b))
	d.Show()
	Answer(w.Canvas(), Keys{Enter: d.Hide, Escape: d.Hide})
	w.Canvas().Focus(b)
}
