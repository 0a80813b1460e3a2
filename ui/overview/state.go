package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// state stands in the place of the figures.
type state struct {
	content fyne.CanvasObject
	begin   *control.Button
}

// newState says what is missing, what to do about it, and has the button that does it, after others.
func newState(title, text, button string, do func(), others ...fyne.CanvasObject) *state {
	heading := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	begin := control.NewButton(button, do)
	begin.Importance = widget.HighImportance
	return &state{begin: begin, content: container.NewCenter(
		container.NewVBox(heading, widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{}), container.NewCenter(
			control.Row(append(others, begin)...))))}
}
