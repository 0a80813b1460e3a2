package review

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/page"
)

// AskText asks for a list to be pasted into a big box, which begins with what the clipboard holds if that has several lines.
func AskText(d page.Desk, then func(text string)) {
	rest := control.NewName("", 0)
	box := NewPasteBox(rest.SetText)
	box.SetPlaceHolder(lang.L("Paste the cells of a spreadsheet, a column of identifiers or a whole mail here."))
	var w *control.Dialog
	canvas := d.Window().Canvas()
	take := control.NewButton(lang.L("Review"), func() {
		w.Hide()
		then(box.List())
	})
	take.Importance = widget.HighImportance
	take.Disable()
	box.OnChanged = func(text string) { control.Enable(take, strings.TrimSpace(text) != "") }
	submit := func() {
		if !take.Disabled() {
			take.OnTapped()
		}
	}
	cancel := control.NewButton(lang.L("Cancel"), func() { w.Hide() })
	size := canvas.Size()
	room := fyne.NewSize(min(760, size.Width-120), min(460, size.Height-220))
	content := container.NewBorder(nil, control.Flush(rest), nil, nil, container.New(layout.NewGridWrapLayout(room), box))
	w = control.NewDialog(lang.L("Paste a device list"), content, d.Window())
	w.SetButtons([]fyne.CanvasObject{cancel, take})
	w.Show()
	control.Answer(canvas, control.Keys{Enter: submit, Escape: w.Hide})
	box.SetText(Clipped())
	canvas.Focus(box)
}

// Clipped is what the clipboard holds if that has several lines, and so may be a list; else "".
func Clipped() string {
	text := fyne.CurrentApp().Clipboard().Content()
	if strings.Contains(strings.TrimSpace(text), "\n") {
		return text
	}
	return ""
}

// AskIn asks in a preview for a list, which is pasted into a box that begins with the text, or opened: open hears the paths.
func AskIn(p *page.Preview, w fyne.Window, hint, text string, open func(paths []string)) *PasteBox {
	box := NewPasteBox(p.Say)
	box.SetPlaceHolder(hint)
	box.OnChanged = func(text string) { p.Can(lang.L("Look up"), text != "") }
	p.Can(lang.L("Look up"), false)
	files := control.NewButtonWithIcon(lang.L("Open file…"), theme.FolderOpenIcon(), func() { page.AskListsAsync(w, open) })
	p.Show(control.BelowButton(files, box), "", box)
	box.SetText(text)
	w.Canvas().Focus(box)
	return box
}
