package overview

import (
	"fyne.io/fyne/v2"

	"consign/ui/control"
)

// state stands in the place of the figures.
type state struct {
	content fyne.CanvasObject
	begin   *control.Button
}

// newState says what is missing, what to do about it, and has the button that does it, after others.
func newState(title, text, button string, do func(), others ...fyne.CanvasObject) *state {
	begin := control.NewMainButton(button, do)
	return &state{begin: begin, content: control.Centred(title, text, append(others, begin)...)}
}
