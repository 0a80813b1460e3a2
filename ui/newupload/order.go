package newupload

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// order is the fourth step: order number, order date, sold-to-code and tags, each checked while it is written (domain §3). What is
// wrong is marked at the field and said beside the button that uploads.
type order struct {
	number, soldTo, tags *field
	date                 *dateField
	kc, enrollment       *field // aliases of profiles, shown where the settings have some
	aliases              model.Aliases
	open                 *openOrders
	fields               *fyne.Container
	notes                [4]*control.Name // under the fields: what is wrong with each, and the day that was understood
	content              fyne.CanvasObject
	changed              func() // something was written
}

// newOrder makes the step. Ctrl+Enter in a field is submit; relayout lays out the page, when the fields need another height.
func newOrder(open *openOrders, changed, submit, relayout func()) *order {
	o := &order{open: open, number: newField(submit), soldTo: newField(submit), tags: newField(submit), kc: newField(submit),
		enrollment: newField(submit), date: newDateField(submit), changed: changed}
	o.number.SetPlaceHolder(lang.L("as you write it"))
	o.soldTo.SetPlaceHolder(lang.L("7–10 characters"))
	o.tags.SetPlaceHolder(lang.L("one, another"))
	for _, f := range []*field{o.number, o.soldTo, o.tags, o.kc, o.enrollment} {
		f.OnChanged = func(string) { o.tell() }
	}
	o.date.OnChanged = func(*time.Time) { o.tell() }
	o.number.Validator = model.CheckOrderNumber
	o.soldTo.Validator = model.CheckSoldToCode
	o.tags.Validator = func(text string) error { return model.CheckTags(model.ReadTags(text)) }
	open.take = o.take
	o.fields = container.New(&fieldLines{columns: 4, again: relayout},
		o.noted(0, lang.L("Order number"), o.number), o.noted(1, lang.L("Order date"), o.date), o.noted(2, lang.L("Sold-to-code"), o.soldTo),
		o.noted(3, lang.L("Tags"), o.tags))
	o.content = container.NewVBox(o.fields, o.open.line)
	return o
}

// take writes the number and the day of an order into the fields.
func (o *order) take(chosen model.Order) {
	o.number.SetText(chosen.Number)
	if !chosen.Day.IsZero() {
		o.date.SetDate(&chosen.Day)
	}
	o.tell()
}

// takeNumbered is take of the open order of the target with the number, if there is one.
func (o *order) takeNumbered(number string) {
	if chosen, is := o.open.numbered(number); is {
		o.take(chosen)
	}
}

// offer lets the fields choose from the aliases of the settings; those of profiles show where there are some.
func (o *order) offer(a model.Aliases) {
	first := len(o.aliases.KCProfiles)+len(o.aliases.Enrollments) == 0
	o.aliases = a
	codes := make([]string, len(a.SoldTo))
	for i, s := range a.SoldTo {
		codes[i] = s.String()
	}
	o.soldTo.choices(codes, func(i int) string { return o.aliases.SoldTo[i].Code })
	o.kc.choices(a.KCProfiles, func(i int) string { return o.aliases.KCProfiles[i] })
	o.enrollment.choices(a.Enrollments, func(i int) string { return o.aliases.Enrollments[i] })
	if first && len(a.KCProfiles)+len(a.Enrollments) > 0 {
		o.fields.Layout.(*fieldLines).columns = 6
		o.fields.Add(page.Captioned(lang.L("KC profile"), o.kc))
		o.fields.Add(page.Captioned(lang.L("Enrollment profile"), o.enrollment))
	}
}

// noted is a field under its name, with a note under it.
func (o *order) noted(i int, name string, field fyne.CanvasObject) fyne.CanvasObject {
	note := control.NewName("", 0)
	note.SizeName = theme.SizeNameCaptionText
	o.notes[i] = note
	return container.New(layout.NewCustomPaddedLayout(-4, -6, 0, 0), // the room that labels have around them is too much here
		container.New(layout.NewCustomPaddedVBoxLayout(-10), page.Captioned(name, field), control.Flush(note)))
}

// tell says under each field what is wrong with it, all at once, and under the date which day was understood.
func (o *order) tell() {
	errs := [...]error{model.CheckOrderNumber(o.number.Text), o.dateErr(), nil, model.CheckTags(model.ReadTags(o.tags.Text))}
	if o.soldTo.Text != "" {
		errs[2] = model.CheckSoldToCode(o.soldTo.Text)
	}
	for i, note := range o.notes {
		text := ""
		note.Importance = widget.DangerImportance
		switch {
		case errs[i] != nil:
			text = page.ErrorText(errs[i])
		case i == 1 && o.date.Text != "" && o.date.Date != nil:
			note.Importance = widget.LowImportance
			text = control.SayDay(*o.date.Date)
		}
		note.SetText(text) // its room is always there: nothing moves
	}
	o.changed()
}

// dateErr says that what is written is no day.
func (o *order) dateErr() error {
	if o.date.Text != "" && !o.date.whole() {
		return model.Fail(model.Invalid, "The order date is not a day.")
	}
	return nil
}

// err is the first rule that a field breaks, or nil.
func (o *order) err() error {
	u := model.NewUpload{TargetID: 1} // the target is another step's
	o.fill(&u)
	if err := u.Check(); err != nil {
		return err
	}
	return o.dateErr()
}

// fill writes the fields into an upload.
func (o *order) fill(u *model.NewUpload) {
	u.OrderNumber, u.SoldToCode, u.Tags = o.number.Text, o.soldTo.Text, model.ReadTags(o.tags.Text)
	u.KCProfile, u.EnrollmentProfile = o.kc.Text, o.enrollment.Text
	if o.date.Text != "" && o.date.Date != nil {
		u.OrderDate = *o.date.Date
	}
}

func (o *order) clear() {
	for _, f := range []*field{o.number, o.soldTo, o.tags, o.kc, o.enrollment} {
		f.SetText("")
	}
	o.date.SetDate(nil)
	o.open.forget()
	o.tell()
}

// field is a line of text that knows Ctrl+Enter, which the toolkit's keeps to itself.
type field struct {
	control.Proposing
	submit func()
}

func newField(submit func()) *field {
	f := &field{submit: submit}
	f.ExtendBaseWidget(f)
	f.Propose = func(string) []control.Proposal { return nil }
	return f
}

// choices opens what the field offers: texts to choose from, each of which writes the value with its place. None: it offers nothing.
func (f *field) choices(texts []string, value func(int) string) {
	f.ActionItem = nil
	if len(texts) > 0 {
		f.ActionItem = control.NewOpener(theme.MenuDropDownIcon(), func() {
			items := make([]*fyne.MenuItem, len(texts))
			for i, text := range texts {
				items[i] = fyne.NewMenuItem(text, func() { f.SetText(value(i)) })
			}
			control.ShowMenuBelow(f, items)
		})
	}
	f.Refresh()
}

// TypedShortcut implements fyne.Shortcutable.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if control.Submits(s) {
		f.submit()
		return
	}
	f.Proposing.TypedShortcut(s)
}

// dateField is a day, typed or chosen, that knows Ctrl+Enter.
type dateField struct {
	control.Day
	submit func()
}

func newDateField(submit func()) *dateField {
	f := &dateField{submit: submit}
	f.ExtendBaseWidget(f)
	return f
}

// whole tells whether what is written is a day.
func (f *dateField) whole() bool { return f.Validator == nil || f.Validator(f.Text) == nil }

// TypedShortcut implements fyne.Shortcutable.
func (f *dateField) TypedShortcut(s fyne.Shortcut) {
	if control.Submits(s) {
		f.submit()
		return
	}
	f.Day.TypedShortcut(s)
}
