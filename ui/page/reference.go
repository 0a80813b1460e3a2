package page

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
)

// Reference is what the forms of exchanges and returns ask besides the devices.
type Reference struct {
	reference, note *control.Entry
	day             *control.Day
}

// NewReference adds the fields to a form.
func NewReference(f *Form) *Reference {
	r := &Reference{}
	r.reference = f.Input(lang.L("Reference"), lang.L("RMA number"))
	r.day = control.NewDay()
	today := time.Now()
	r.day.SetDate(&today)
	f.Add(lang.L("Day"), r.day)
	r.note = f.Input(lang.L("Note"), "")
	return r
}

// Of is the exchange of an old device for a new one with what was entered.
func (r *Reference) Of(old int64, new model.NewDevice) data.Exchange {
	x := data.Exchange{Old: old, New: new, Reference: r.reference.Text, Note: r.note.Text}
	if r.day.Date != nil {
		x.Day = *r.day.Date
	}
	return x
}
