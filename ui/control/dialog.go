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
)

// Dialog is a dialog whose title begins where its content begins, and whose buttons stand at the right, the main one last. Fyne puts the
// title into the very corner and the buttons in the middle.
type Dialog struct {
	*dialog.CustomDialog
	buttons *fyne.Container
}

// NewDialog is a dialog without buttons.
func NewDialog(title string, content fyne.CanvasObject, w fyne.Window) *Dialog {
	name := NewHeading(title, theme.SizeNameSubHeadingText, 0)
	d := &Dialog{buttons: container.New(atTheRight{})}
	d.CustomDialog = dialog.NewCustomWithoutButtons("", container.New(layout.NewCustomPaddedLayout(-titleRise, -buttonsFall, 0, 0),
		WithTips(InOrder(Flush(name), nil, content, nil, d.buttons))), w)
	d.SetOnClosed(HideTip)
	return d
}

// SetButtons puts buttons below the content, the main one last.
func (d *Dialog) SetButtons(buttons []fyne.CanvasObject) {
	d.buttons.Objects = buttons
	d.Refresh()
}

// Flush lets a text begin where fields, buttons and tables begin: the toolkit gives labels room at their left.
func Flush(text fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, -theme.InnerPadding(), -theme.InnerPadding()), text)
}

// atTheRight lays buttons in a line that ends at the right.
type atTheRight struct{}

// Layout implements fyne.Layout.
func (atTheRight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := size.Width
	for i := len(objects) - 1; i >= 0; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		width := max(leastButton, o.MinSize().Width)
		x -= width
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		o.Move(fyne.NewPos(x, size.Height-o.MinSize().Height))
		x -= buttonGap
	}
}

// MinSize implements fyne.Layout.
func (atTheRight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if size.Width > 0 {
			size.Width += buttonGap
		}
		size = fyne.NewSize(size.Width+max(leastButton, least.Width), max(size.Height, least.Height+buttonGap))
	}
	return size
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
