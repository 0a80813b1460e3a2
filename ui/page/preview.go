package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// Preview is a large dialog with a table: what a list will do, before it is done.
type Preview struct {
	// Submit is the button that does it.
	Submit *control.Button
	// Cancel leaves the dialog without doing it.
	Cancel *control.Button
	// OnHide hears that the dialog goes, however; it may be nil.
	OnHide func()

	desk   Desk
	dialog *control.Dialog
	room   *fyne.Container
	says   *control.Name
	open   bool
}

// NewPreview makes the dialog with the buttons at its left besides Cancel and the one that does it.
func NewPreview(d Desk, title, submit string, importance widget.Importance, do func(), more ...fyne.CanvasObject) *Preview {
	p := &Preview{desk: d, room: container.NewStack(), says: control.NewName("", 0)}
	p.Submit = control.NewButton(submit, do)
	p.Submit.Importance = importance
	p.Cancel = control.NewButton(lang.L("Cancel"), p.Hide)
	p.dialog = control.NewDialog(title, container.NewBorder(nil, control.Flush(p.says), nil, nil, p.room), d.Window())
	p.dialog.SetOnClosed(p.hidden)
	p.dialog.SetButtons(append(append([]fyne.CanvasObject{}, more...), p.Cancel, p.Submit))
	return p
}

// Show opens the dialog, or shows something else in it. What does it has the keyboard, or first while it cannot be done yet.
func (p *Preview) Show(content fyne.CanvasObject, says string, first fyne.Focusable) {
	p.fill(content, says, p.enter)
	if p.Submit.Disabled() && first != nil {
		p.desk.Window().Canvas().Focus(first)
		return
	}
	p.desk.Window().Canvas().Focus(p.Submit)
}

// Ask opens the dialog with the keyboard at first, and Enter does nothing but what has the keyboard does with it: for what is not to
// be done without a look.
func (p *Preview) Ask(content fyne.CanvasObject, says string, first fyne.Focusable) {
	p.fill(content, says, nil)
	p.desk.Window().Canvas().Focus(first)
}

func (p *Preview) fill(content fyne.CanvasObject, says string, enter func()) {
	p.room.Objects = []fyne.CanvasObject{content}
	p.room.Refresh()
	p.says.SetText(says)
	if p.open {
		return
	}
	p.open = true
	size := p.desk.Window().Canvas().Size()
	p.dialog.Resize(fyne.NewSize(min(1000, size.Width-60), min(680, size.Height-60)))
	p.dialog.Show()
	control.Answer(p.desk.Window().Canvas(), control.Keys{Enter: enter, Submit: p.enter, Escape: p.Hide})
}

func (p *Preview) enter() {
	if !p.Submit.Disabled() {
		p.Submit.OnTapped()
	}
}

// Hide closes the dialog.
func (p *Preview) Hide() { p.dialog.Hide() }

func (p *Preview) hidden() {
	if p.open && p.OnHide != nil {
		p.OnHide()
	}
	p.open = false
}

// Can says what the button does, and whether it can be done.
func (p *Preview) Can(text string, enabled bool) {
	p.Submit.SetText(text)
	control.Enable(p.Submit, enabled)
}
