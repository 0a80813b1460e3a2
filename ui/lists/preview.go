package lists

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/page"
)

// preview is a large dialog with a table: what a list will do, before it is done.
type preview struct {
	desk   page.Desk
	dialog *dialog.CustomDialog
	room   *fyne.Container
	says   *widget.Label
	submit *control.Button
	open   bool
}

// newPreview makes the dialog with the buttons at its left besides Cancel and the one that does it.
func newPreview(d page.Desk, title, submit string, importance widget.Importance, do func(), more ...fyne.CanvasObject) *preview {
	p := &preview{desk: d, room: container.NewStack(), says: widget.NewLabel("")}
	p.says.Truncation = fyne.TextTruncateEllipsis
	p.submit = control.NewButton(submit, do)
	p.submit.Importance = importance
	p.dialog = control.NewDialog(title, container.NewBorder(nil, p.says, nil, nil, p.room), d.Window())
	p.dialog.SetButtons(append(append([]fyne.CanvasObject{}, more...), control.NewButton(lang.L("Cancel"), p.hide), p.submit))
	return p
}

// show opens the dialog, or shows something else in it. What does it has the keyboard, or first while it cannot be done yet.
func (p *preview) show(content fyne.CanvasObject, says string, first fyne.Focusable) {
	p.room.Objects = []fyne.CanvasObject{content}
	p.room.Refresh()
	p.says.SetText(says)
	if !p.open {
		p.open = true
		size := p.desk.Window().Canvas().Size()
		p.dialog.Resize(fyne.NewSize(min(1000, size.Width-60), min(680, size.Height-60)))
		p.dialog.Show()
		control.Answer(p.desk.Window().Canvas(), control.Keys{Enter: p.enter, Escape: p.hide})
	}
	if p.submit.Disabled() && first != nil {
		p.desk.Window().Canvas().Focus(first)
		return
	}
	p.desk.Window().Canvas().Focus(p.submit)
}

func (p *preview) enter() {
	if !p.submit.Disabled() {
		p.submit.OnTapped()
	}
}

func (p *preview) hide() { p.dialog.Hide() }

// can says what the button does, and whether it can be done.
func (p *preview) can(text string, enabled bool) {
	p.submit.SetText(text)
	control.Enable(p.submit, enabled)
}
