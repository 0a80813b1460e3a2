package newupload

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/ui/page"
)

// preview is a large dialog with a table: what a list will do, before it is done.
type preview struct {
	desk   page.Desk
	dialog *dialog.CustomDialog
	room   *fyne.Container
	says   *widget.Label
	submit *widget.Button
	open   bool
	do     *answer // submit, with the keys
}

// newPreview makes the dialog with the buttons at its left besides Cancel and the one that does it.
func newPreview(d page.Desk, title, submit string, importance widget.Importance, do func(), more ...fyne.CanvasObject) *preview {
	p := &preview{desk: d, room: container.NewStack(), says: widget.NewLabel("")}
	p.says.Truncation = fyne.TextTruncateEllipsis
	p.do = p.button(submit, nil, do)
	p.submit = &p.do.Button
	p.submit.Importance = importance
	p.dialog = page.NewDialog(title, container.NewBorder(nil, p.says, nil, nil, p.room), d.Window())
	p.dialog.SetButtons(append(append([]fyne.CanvasObject{}, more...), p.button(lang.L("Cancel"), nil, p.hide), p.do))
	return p
}

// button is a button for the dialog's content.
func (p *preview) button(text string, icon fyne.Resource, do func()) *answer {
	a := &answer{leave: p.hide}
	a.ExtendBaseWidget(a)
	a.Text, a.Icon, a.OnTapped = text, icon, do
	return a
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
	}
	if p.submit.Disabled() && first != nil {
		p.desk.Window().Canvas().Focus(first)
		return
	}
	p.desk.Window().Canvas().Focus(p.do)
}

func (p *preview) hide() { p.dialog.Hide() }

// can says what the button does, and whether it can be done.
func (p *preview) can(text string, enabled bool) {
	p.submit.SetText(text)
	enable(p.submit, enabled)
}

// answer is a button of the dialog that Enter presses too, and on which Esc leaves.
type answer struct {
	widget.Button
	leave func()
}

// TypedKey implements fyne.Focusable.
func (a *answer) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		a.leave()
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !a.Disabled():
		a.OnTapped()
	default:
		a.Button.TypedKey(k)
	}
}
