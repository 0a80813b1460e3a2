package control

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Day is a field for a day of the calendar, which is written or chosen.
type Day struct {
	widget.DateEntry
	whole fyne.Widget // the field, or what it is extended to
}

// NewDay makes a field for a day, empty.
func NewDay() *Day {
	d := &Day{}
	d.ExtendBaseWidget(d)
	return d
}

// ExtendBaseWidget is called by a field that extends this one, before anything else is done with it.
func (d *Day) ExtendBaseWidget(whole fyne.Widget) {
	d.whole = whole
	d.DateEntry.ExtendBaseWidget(whole)
	d.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	d.ActionItem = NewOpener(theme.CalendarIcon(), d.open)
}

// open shows the calendar below the field.
func (d *Day) open() {
	driver := fyne.CurrentApp().Driver()
	var calendar *widget.PopUp
	calendar = widget.NewPopUp(widget.NewCalendar(time.Now(), func(chosen time.Time) {
		calendar.Hide()
		d.SetDate(&chosen)
	}), driver.CanvasForObject(d.whole))
	calendar.ShowAtPosition(driver.AbsolutePositionForObject(d.whole).AddXY(0, d.Size().Height))
}

// TypedKey implements fyne.Focusable.
func (d *Day) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown {
		d.open()
	} else if isEnter(k.Name) {
		PassOn(d.whole, k)
	} else if !Passed(d.whole, k) {
		d.DateEntry.TypedKey(k)
	}
}
