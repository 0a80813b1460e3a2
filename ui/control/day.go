package control

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Day is a field for a day of the calendar, which is written or chosen. It may be empty.
type Day struct {
	widget.DateEntry
	whole fyne.Widget // the field, or what it is extended to
	hint  hint
}

// Hint is what the empty field proposes, also where that is cut.
func (d *Day) Hint() string { return d.hint.of(&d.Entry) }

// Resize implements fyne.CanvasObject.
func (d *Day) Resize(size fyne.Size) {
	d.DateEntry.Resize(size)
	d.hint.fit(&d.Entry, size.Width)
}

// MouseIn implements desktop.Hoverable.
func (d *Day) MouseIn(*desktop.MouseEvent) { d.hint.offerTip(&d.Entry, d.whole) }

// MouseMoved implements desktop.Hoverable.
func (d *Day) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *Day) MouseOut() { OfferTip(d.whole, "", fyne.Position{}) }

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
	d.SetPlaceHolder(lang.L("e.g. {{.Day}}", map[string]any{"Day": time.Now().Format(DayFormat())})) // a plain day looks chosen
	d.ActionItem = NewOpener(theme.CalendarIcon(), d.open)
}

// SetDate writes a day into the field, or with nil empties it.
func (d *Day) SetDate(t *time.Time) {
	d.Date = t
	if t == nil {
		d.SetText("")
		return
	}
	d.SetText(t.Format(DayFormat()))
}

// CreateRenderer implements fyne.Widget. The toolkit's field makes its rules here: it knows the format of the system's region only.
func (d *Day) CreateRenderer() fyne.WidgetRenderer {
	r := d.DateEntry.CreateRenderer()
	ofSystem, take := d.Validator, d.Entry.OnChanged
	d.Validator = func(text string) error {
		if _, ok := ReadDay(text, time.Now()); ok || text == "" || ofSystem(text) == nil {
			return nil
		}
		return errors.New(lang.L("This is not a date."))
	}
	d.Entry.OnChanged = func(text string) {
		t, ok := ReadDay(text, time.Now())
		if !ok {
			take(text)
			return
		}
		d.Date = &t
		if d.OnChanged != nil {
			d.OnChanged(&t)
		}
	}
	return r
}

// Whole reports whether what is written is a day, or nothing.
func (d *Day) Whole() bool {
	_, ok := ReadDay(d.Text, time.Now())
	return ok || d.Text == "" || d.Validator != nil && d.Validate() == nil // the rules of the system's region count, too
}

// open shows the calendar below the field or, where that has no room, above it.
func (d *Day) open() {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(d.whole)
	at := time.Now()
	if d.Date != nil {
		at = *d.Date
	}
	var above *widget.PopUp
	days := newCalendar(at, func(chosen time.Time) {
		above.Hide()
		d.SetDate(&chosen)
		c.Focus(d.whole.(fyne.Focusable))
	})
	above = widget.NewPopUp(days.content, c)
	field, height := driver.AbsolutePositionForObject(d.whole), above.MinSize().Height
	place := field.AddXY(0, d.Size().Height)
	if place.Y+height > c.Size().Height {
		place.Y = max(0, field.Y-height)
	}
	above.ShowAtPosition(place)
	c.Focus(days.marked)
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
