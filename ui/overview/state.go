package overview

import (
	"fyne.io/fyne/v2"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// state stands in the place of the figures.
type state struct {
	content fyne.CanvasObject
	begin   *control.Button
}

// newState says what is missing, what to do about it, and has the button that leads to the act, after others.
func newState(d page.Desk, act model.Event, title, text, button string, do func(), others ...fyne.CanvasObject) *state {
	begin := page.For(d, act, control.NewMainButton(button, do))
	return &state{begin: begin, content: control.Centred(title, text, append(others, begin)...)}
}
