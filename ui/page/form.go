package page

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
)

const (
	formWidth    = 520
	formGap      = 4
	aboveButtons = 8
)

// Form is a dialog that asks for something and then does it. Enter submits and Esc cancels whatever has the focus, the first field has
// it at the beginning, an error stands under its field.
type Form struct {
	// Submit does what the form is for and calls Hide when it is done.
	Submit func()
	// Cancelled, if it is set, hears that the form was left without doing anything.
	Cancelled func()

	host   Host
	window fyne.Window
	dialog *control.Dialog
	body   *fyne.Container
	submit *control.Button
	cancel *control.Button
	first  fyne.Focusable
	notes  map[fyne.CanvasObject]*widget.Label
	rules  []rule
	note   *widget.Label // of no field
	offer  *control.Button
}

// rule is what must hold of a field before the form does anything.
type rule struct {
	field fyne.CanvasObject
	check func() error
}

// NewForm makes a form with a title and the words of the button that submits it.
func NewForm(h Host, title, submit string) *Form {
	f := newForm(h.Window(), title, submit)
	f.host = h
	return f
}

// newForm is NewForm where there may be no host: the form cannot do anything in the background.
func newForm(w fyne.Window, title, submit string) *Form {
	f := &Form{window: w, body: container.New(control.Column(formGap)), notes: map[fyne.CanvasObject]*widget.Label{}, note: newNote()}
	f.cancel = control.NewButton(lang.L("Cancel"), f.leave)
	f.submit = control.NewButton(submit, func() { f.send() })
	f.submit.Importance = widget.HighImportance
	f.offer = control.NewButton("", nil)
	f.offer.Hide()
	content := container.New(control.Column(formGap), f.body, f.note, f.offer)
	f.dialog = control.NewDialog(title, container.New(layout.NewCustomPaddedLayout(0, aboveButtons, 0, 0), content), w)
	f.dialog.SetButtons([]fyne.CanvasObject{f.cancel, f.submit})
	return f
}

func newNote() *widget.Label {
	l := widget.NewLabel("")
	l.Wrapping, l.Importance, l.SizeName = fyne.TextWrapWord, widget.DangerImportance, theme.SizeNameCaptionText
	l.Hide()
	return l
}

// Add puts a field under a label into the form.
func (f *Form) Add(label string, field fyne.CanvasObject) {
	f.notes[field] = newNote()
	if label == "" {
		f.body.Add(field)
	} else {
		f.body.Add(Captioned(label, field))
	}
	f.body.Add(f.notes[field])
	if f.first == nil {
		f.first = focusOf(field)
	}
	if day, ok := field.(*control.Day); ok {
		f.Rule(day, func() error {
			if !day.Whole() {
				return model.Fail(model.Invalid, "This is not a date.")
			}
			return nil
		})
	}
}

// Rule adds what must hold of a field: check gives the error, or nil. All rules are checked before Submit is called, and all that is wrong
// is said at once, each under its field.
func (f *Form) Rule(field fyne.CanvasObject, check func() error) {
	f.rules = append(f.rules, rule{field, check})
}

// Note puts a remark's room under a field that a page has laid out itself, and gives it to be laid out.
func (f *Form) Note(field fyne.CanvasObject) fyne.CanvasObject {
	f.notes[field] = newNote()
	return f.notes[field]
}

// captionMost is the widest that the name of a field asks to be.
const captionMost = 200

// Captioned is a field under its name.
func Captioned(name string, field fyne.CanvasObject) fyne.CanvasObject {
	caption := control.NewName(name, captionMost)
	caption.SizeName, caption.Importance = theme.SizeNameCaptionText, widget.LowImportance
	return container.New(layout.NewCustomPaddedVBoxLayout(-5), control.Flush(caption), field)
}

// Input adds a field for a line of text.
func (f *Form) Input(label, hint string) *control.Entry {
	e := f.NewInput(hint)
	f.Add(label, e)
	return e
}

// Lines adds a field for several lines of text, so many of them in sight. Tab leads out of it, and Ctrl+Enter submits.
func (f *Form) Lines(label, hint string, rows int) *control.Entry {
	e := control.NewEntry()
	e.MultiLine, e.Wrapping = true, fyne.TextWrapOff
	e.SetMinRowsVisible(rows)
	e.SetPlaceHolder(hint)
	f.Add(label, e)
	return e
}

// Check adds a box to tick.
func (f *Form) Check(label string) *control.Check {
	c := control.NewCheck(label, nil)
	f.Add("", c)
	return c
}

// NewInput is a field for a line of text that begins the form, to stand in a row of the page's own.
func (f *Form) NewInput(hint string) *control.Entry {
	e := control.NewEntry()
	e.SetPlaceHolder(hint)
	if f.first == nil {
		f.first = e
	}
	return e
}

// Text adds a paragraph.
func (f *Form) Text(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	f.body.Add(l)
	return l
}

// Fail says what is wrong with a field, or with nil what is wrong at all, and puts the focus there.
func (f *Form) Fail(field fyne.CanvasObject, err error) {
	f.remark(field, err, widget.DangerImportance)
}

// Warn says what is unusual about a field.
func (f *Form) Warn(field fyne.CanvasObject, err error) {
	f.remark(field, err, widget.WarningImportance)
}

func (f *Form) remark(field fyne.CanvasObject, err error, importance widget.Importance) {
	f.write(field, err, importance)
	f.fit()
	if target := focusOf(field); target != nil {
		f.window.Canvas().Focus(target)
	}
}

// write writes a remark under a field.
func (f *Form) write(field fyne.CanvasObject, err error, importance widget.Importance) {
	note := f.notes[field]
	if note == nil {
		note = f.note
	}
	note.Importance = importance
	note.SetText(ErrorText(err))
	note.Show()
}

// breaks says under each field what is wrong with it, and reports whether anything is.
func (f *Form) breaks() bool {
	var first fyne.Focusable
	wrong := false
	for _, r := range f.rules {
		err := r.check()
		if err == nil {
			continue
		}
		f.write(r.field, err, widget.DangerImportance)
		if !wrong {
			if first = focusOf(r.field); first == nil { // a row of several
				first = f.first
			}
		}
		wrong = true
	}
	if wrong {
		f.fit()
		if first != nil {
			f.window.Canvas().Focus(first)
		}
	}
	return wrong
}

// focusOf is what takes the keyboard of a field, nil if nothing does.
func focusOf(field fyne.CanvasObject) fyne.Focusable {
	switch f := field.(type) {
	case fyne.Focusable:
		return f
	case interface{ First() fyne.Focusable }: // a group of controls
		return f.First()
	}
	return nil
}

// Clear takes all remarks away.
func (f *Form) Clear() {
	f.note.Hide()
	f.offer.Hide()
	for _, note := range f.notes {
		note.Hide()
	}
}

// SetSubmit changes the words of the button that submits, and whether it may be pressed.
func (f *Form) SetSubmit(text string, enabled bool) {
	f.submit.SetText(text)
	if enabled {
		f.submit.Enable()
	} else {
		f.submit.Disable()
	}
}

// Offer puts a button under a remark that leads out of the difficulty: it closes the form first.
func (f *Form) Offer(text string, do func()) {
	f.offer.Text, f.offer.OnTapped = text, func() {
		f.Hide()
		do()
	}
	f.offer.Show()
	f.fit()
}

// Only leaves a form that just tells something: another button in the place of Cancel.
func (f *Form) Only(text string, do func()) {
	f.dialog.SetButtons([]fyne.CanvasObject{control.NewButton(text, do), f.submit})
	f.first = f.submit
}

// Careful makes the form one that takes something away: its button is red, and the keyboard begins at Cancel.
func (f *Form) Careful() {
	f.submit.Importance = widget.DangerImportance
	f.first = f.cancel
}

// Show opens the form.
func (f *Form) Show() {
	f.dialog.Resize(fyne.NewSize(formWidth, 0))
	f.dialog.Show()
	control.Answer(f.window.Canvas(), control.Keys{Enter: f.send, Escape: f.leave})
	f.fit()
	if f.first == nil {
		f.first = f.submit
	}
	f.window.Canvas().Focus(f.first)
}

// Hide closes the form.
func (f *Form) Hide() { f.dialog.Hide() }

// Fit gives the dialog the height of what a page has shown or hidden in it.
func (f *Form) Fit() { f.fit() }

// fit gives the dialog the height of what it holds now.
func (f *Form) fit() {
	f.body.Refresh()
	f.dialog.Resize(fyne.NewSize(formWidth, 0))
}

func (f *Form) leave() {
	f.Hide()
	if f.Cancelled != nil {
		f.Cancelled()
	}
}

func (f *Form) send() {
	if f.submit.Disabled() {
		return
	}
	f.Clear()
	if !f.breaks() {
		f.Submit()
	}
}

// DoAsync reads or acts off the UI goroutine with the form's button off. An error is said at the field, or with nil under all;
// then runs on the UI goroutine, only after success.
func (f *Form) DoAsync(field fyne.CanvasObject, do func(context.Context) error, then func()) {
	var failed error
	f.submit.Disable()
	f.host.ReadAsync(func(ctx context.Context) error {
		failed = do(ctx)
		return nil
	}, func() {
		f.submit.Enable()
		if failed != nil {
			f.Fail(field, failed)
			return
		}
		then()
	})
}

// Ask asks before something is done; button says what.
func Ask(h Host, title, text, button string, do func()) {
	ask(h, title, text, button, do).Show()
}

// Confirm asks before something is taken away; the keyboard begins at Cancel. title says what and how many, text what is not touched,
// button what it does.
func Confirm(h Host, title, text, button string, do func()) {
	f := ask(h, title, text, button, do)
	f.Careful()
	f.Show()
}

func ask(h Host, title, text, button string, do func()) *Form {
	f := NewForm(h, title, button)
	f.Text(text)
	f.Submit = func() {
		f.Hide()
		do()
	}
	return f
}
