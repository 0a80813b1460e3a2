package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// titleRise is how far up into the room of Fyne's own title, which stays empty, a dialog's title stands.
const titleRise = 30

// NewDialog is a dialog without buttons whose title begins where its content begins; Fyne puts it into the very corner.
func NewDialog(title string, content fyne.CanvasObject, w fyne.Window) *dialog.CustomDialog {
	name := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.SizeName, name.Truncation = theme.SizeNameSubHeadingText, fyne.TextTruncateEllipsis
	return dialog.NewCustomWithoutButtons("", container.New(layout.NewCustomPaddedLayout(-titleRise, 0, 0, 0),
		container.NewBorder(name, nil, nil, nil, content)), w)
}

// ShowClosable shows a dialog that only says something, with further buttons before the one that closes it.
func ShowClosable(title string, content fyne.CanvasObject, w fyne.Window, further ...fyne.CanvasObject) {
	d := NewDialog(title, content, w)
	b := NewButton(lang.L("Close"), d.Hide)
	b.Importance = widget.HighImportance
	d.SetButtons(append(further, b))
	d.Show()
	Answer(w.Canvas(), Keys{Enter: d.Hide, Escape: d.Hide})
	w.Canvas().Focus(b)
}
