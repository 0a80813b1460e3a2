package page

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/task"
)

const busyWidth = 120 // of what moves while something is waited for

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
	busy   *widget.ProgressBarInfinite // beside it, while something is waited for
	turn   int                         // of what is waited for
	open   bool
}

// NewPreview makes the dialog with the buttons at its left besides Cancel and the one that does it.
func NewPreview(d Desk, title, submit string, importance widget.Importance, do func(), more ...fyne.CanvasObject) *Preview {
	p := &Preview{desk: d, room: container.NewStack(), says: control.NewName("", 0),
		busy: widget.NewProgressBarInfinite()}
	p.busy.Stop()
	p.busy.Hide()
	p.Submit = control.NewButton(submit, do)
	p.Submit.Importance = importance
	p.Cancel = control.NewButton(lang.L("Cancel"), p.Hide)
	p.dialog = control.NewDialog(title, container.NewBorder(nil,
		container.NewBorder(nil, nil, nil, container.New(control.Wide(busyWidth), p.busy), control.Flush(p.says)), nil, nil, p.room), d.Window())
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
	p.Waited()
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
	p.Waited()
	if p.open && p.OnHide != nil {
		p.OnHide()
	}
	p.open = false
}

// Say says something of the content below it.
func (p *Preview) Say(text string) { p.says.SetText(text) }

// Await says what is being done as soon as it takes long, until something else is shown or it was waited for. Nothing is submitted
// meanwhile, and Cancel leaves the dialog.
func (p *Preview) Await(what string) {
	p.turn++
	if turn := p.turn; !task.Inline {
		time.AfterFunc(task.BusyAfter, func() { fyne.Do(func() { p.await(turn, what) }) })
	}
}

func (p *Preview) await(turn int, what string) {
	if turn == p.turn && p.open {
		p.says.SetText(what)
		p.Submit.Disable()
		p.busy.Show()
		p.busy.Start()
	}
}

// Waited says that what was waited for is over.
func (p *Preview) Waited() {
	p.turn++
	p.busy.Stop()
	p.busy.Hide()
}

// Can says what the button does, and whether it can be done.
func (p *Preview) Can(text string, enabled bool) {
	p.Submit.SetText(text)
	control.Enable(p.Submit, enabled)
}
