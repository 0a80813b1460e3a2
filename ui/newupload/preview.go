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
	p.do = &answer{leave: p.hide}
	p.says.Truncation = fyne.TextTruncateEllipsis
	p.submit = &p.do.Button
	p.do.ExtendBaseWidget(p.do)
	p.submit.Text, p.submit.OnTapped, p.submit.Importance = submit, do, importance
	cancel := &answer{leave: p.hide}
	cancel.ExtendBaseWidget(cancel)
	cancel.Text, cancel.OnTapped = lang.L("Cancel"), p.hide
	p.dialog = dialog.NewCustomWithoutButtons(title, container.NewBorder(nil, p.says, nil, nil, p.room), d.Window())
	p.dialog.SetButtons(append(append([]fyne.CanvasObject{}, more...), cancel, p.do))
	return p
}

// show opens the dialog, or shows something else in it.
func (p *preview) show(content fyne.CanvasObject, says string) {
	p.room.Objects = []fyne.CanvasObject{content}
	p.room.Refresh()
	p.says.SetText(says)
	if p.open {
		return
	}
	p.open = true
	p.dialog.Show()
	size := p.desk.Window().Canvas().Size()
	p.dialog.Resize(fyne.NewSize(min(1000, size.Width-60), min(680, size.Height-60)))
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
