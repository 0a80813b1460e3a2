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
	box := NewPasteBox()
	box.SetPlaceHolder(lang.L("Paste the cells of a spreadsheet, a column of identifiers or a whole mail here."))
	var w *control.Dialog
	canvas := d.Window().Canvas()
	take := control.NewButton(lang.L("Review"), func() {
		w.Hide()
		then(box.Text)
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
	w = control.NewDialog(lang.L("Paste a device list"), container.New(layout.NewGridWrapLayout(room), box), d.Window())
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
	box := NewPasteBox()
	box.SetPlaceHolder(hint)
	box.OnChanged = func(text string) { p.Can(lang.L("Look up"), text != "") }
	p.Can(lang.L("Look up"), false)
	files := control.NewButtonWithIcon(lang.L("Open file…"), theme.FolderOpenIcon(), func() { page.AskListsAsync(w, open) })
	p.Show(control.InOrder(container.NewHBox(files), nil, box, nil, nil), "", box)
	box.SetText(text)
	w.Canvas().Focus(box)
	return box
}

// PasteBox is the big box for a list.
type PasteBox struct{ control.Entry }

// NewPasteBox makes an empty box.
func NewPasteBox() *PasteBox {
	b := &PasteBox{}
	b.MultiLine, b.Wrapping = true, fyne.TextWrapOff
	b.ExtendBaseWidget(b)
	b.TextStyle.Monospace = true
	return b
}

// Hint is what the empty box proposes, in one line.
func (b *PasteBox) Hint() string { return strings.Join(strings.Fields(b.PlaceHolder), " ") }

// Resize implements fyne.CanvasObject: the hint has as many lines as it needs, where text that is pasted has its own.
func (b *PasteBox) Resize(size fyne.Size) {
	b.Entry.Resize(size)
	th := b.Theme()
	room := size.Width - 4*th.Size(theme.SizeNameInnerPadding)
	hint := broken(b.Hint(), func(line string) bool {
		return room <= 0 || fyne.MeasureText(line, th.Size(theme.SizeNameText), b.TextStyle).Width <= room
	})
	if hint != b.PlaceHolder {
		b.SetPlaceHolder(hint)
	}
}

// broken breaks a text between words into lines that fit.
func broken(text string, fits func(line string) bool) string {
	var whole, line string
	for _, word := range strings.Fields(text) {
		if longer := line + " " + word; line == "" || fits(longer) {
			line = strings.TrimSpace(longer)
			continue
		}
		whole += line + "\n"
		line = word
	}
	return whole + line
}
