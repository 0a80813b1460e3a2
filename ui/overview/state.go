package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// newState says what is missing, what to do about it, and has the button that does it.
func newState(title, text, button string, do func()) fyne.CanvasObject {
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	begin := control.NewButton(button, do)
	begin.Importance = widget.HighImportance
	return container.NewCenter(container.NewVBox(heading, widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{}), container.NewCenter(begin)))
}
