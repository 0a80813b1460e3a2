package newupload

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"consign/ui/page"
)

// askText asks for a list to be pasted into a big box, which begins with what the clipboard holds if that has several lines.
func askText(d page.Desk, then func(text string)) {
	box := &pasteBox{}
	box.MultiLine, box.Wrapping = true, fyne.TextWrapOff
	box.ExtendBaseWidget(box)
	box.TextStyle.Monospace = true
	box.SetPlaceHolder(lang.L("Paste the cells of a spreadsheet, a column of identifiers or a whole mail here."))
	var w *dialog.CustomDialog
	take := widget.NewButton(lang.L("Review"), func() {
		w.Hide()
		then(box.Text)
	})
	take.Importance = widget.HighImportance
	take.Disable()
	box.OnChanged = func(text string) { enable(take, strings.TrimSpace(text) != "") }
	box.submit = func() {
		if !take.Disabled() {
			take.OnTapped()
		}
	}
	cancel := widget.NewButton(lang.L("Cancel"), func() { w.Hide() })
	box.escape = cancel.OnTapped
	size := d.Window().Canvas().Size()
	room := fyne.NewSize(min(760, size.Width-120), min(460, size.Height-220))
	w = page.NewDialog(lang.L("Paste a device list"), container.New(layout.NewGridWrapLayout(room), box), d.Window())
	w.SetButtons([]fyne.CanvasObject{cancel, take})
	w.Show()
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(strings.TrimSpace(text), "\n") > 0 {
		box.SetText(text)
	}
	d.Window().Canvas().Focus(box)
}

// pasteBox is the big box: Ctrl+Enter takes its text, Esc leaves.
type pasteBox struct {
	widget.Entry
	submit, escape func()
}

// TypedKey implements fyne.Focusable.
func (b *pasteBox) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		b.escape()
		return
	}
	b.Entry.TypedKey(k)
}

// TypedShortcut implements fyne.Shortcutable.
func (b *pasteBox) TypedShortcut(s fyne.Shortcut) {
	if submits(s) {
		b.submit()
		return
	}
	b.Entry.TypedShortcut(s)
}
