package control

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// calendar shows the days of a month, one of them marked; the arrow keys walk the days, Page Up and Page Down the months. The toolkit's
// names the months in English whatever the language, and has no room for the names of the days.
type calendar struct {
	content fyne.CanvasObject
	marked  *Button

	month  time.Time // its first day
	day    time.Time
	chosen func(time.Time)
	title  *widget.Label
	days   *fyne.Container
	ofDay  []*Button // of the month, the first day's first
}

func newCalendar(day time.Time, chosen func(time.Time)) *calendar {
	c := &calendar{
		month: time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.Local), day: day, chosen: chosen,
		title: widget.NewLabelWithStyle("", fyne.TextAlignCenter, fyne.TextStyle{Bold: true}), days: container.NewGridWithColumns(7),
	}
	turn := func(icon fyne.Resource, months int) *Button {
		b := NewButtonWithIcon("", icon, func() {
			c.month = c.month.AddDate(0, months, 0)
			c.show()
		})
		b.Importance = widget.LowImportance
		return b
	}
	head := container.NewBorder(nil, nil, turn(theme.NavigateBackIcon(), -1), turn(theme.NavigateNextIcon(), +1), c.title)
	c.content = container.NewVBox(head, c.days)
	c.show()
	return c
}

func (c *calendar) show() {
	c.title.SetText(MonthName(c.month.Month()) + " " + strconv.Itoa(c.month.Year()))
	c.days.Objects, c.ofDay = nil, nil
	names := [...]string{lang.L("Sun"), lang.L("Mon"), lang.L("Tue"), lang.L("Wed"), lang.L("Thu"), lang.L("Fri"), lang.L("Sat")}
	first := firstWeekday()
	for i := range names {
		name := widget.NewLabelWithStyle(names[(first+i)%len(names)], fyne.TextAlignCenter, fyne.TextStyle{})
		name.SizeName, name.Importance = theme.SizeNameCaptionText, widget.LowImportance
		c.days.Add(name)
	}
	for range (int(c.month.Weekday()) - first + len(names)) % len(names) {
		c.days.Add(layout.NewSpacer())
	}
	for day := c.month; day.Month() == c.month.Month(); day = day.AddDate(0, 0, 1) {
		b := NewButton(strconv.Itoa(day.Day()), func() { c.chosen(day) })
		b.Importance, b.keys = widget.LowImportance, func(k fyne.KeyName) bool { return c.walk(day, k) }
		if day.YearDay() == c.day.YearDay() && day.Year() == c.day.Year() {
			b.Importance, c.marked = widget.HighImportance, b
		}
		c.ofDay = append(c.ofDay, b)
		c.days.Add(b)
	}
	for len(c.days.Objects) < 7*7 { // every month takes the room of the longest, so that nothing moves
		c.days.Add(layout.NewSpacer())
	}
	c.days.Refresh()
}

// walk gives the keyboard to the day that a key leads to from another, and says whether it is such a key.
func (c *calendar) walk(from time.Time, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyLeft:
		to = from.AddDate(0, 0, -1)
	case fyne.KeyRight:
		to = from.AddDate(0, 0, +1)
	case fyne.KeyUp:
		to = from.AddDate(0, 0, -7)
	case fyne.KeyDown:
		to = from.AddDate(0, 0, +7)
	case fyne.KeyPageUp:
		to = inMonth(c.month.AddDate(0, -1, 0), from.Day())
	case fyne.KeyPageDown:
		to = inMonth(c.month.AddDate(0, +1, 0), from.Day())
	case fyne.KeyHome:
		to = c.month
	case fyne.KeyEnd:
		to = c.month.AddDate(0, +1, -1)
	default:
		return false
	}
	if month := to.AddDate(0, 0, 1-to.Day()); !month.Equal(c.month) {
		c.month = month
		c.show()
	}
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c.days); canvas != nil {
		canvas.Focus(c.ofDay[to.Day()-1])
	}
	return true
}

// inMonth is a day of the month that begins with first, or its last one if it is shorter.
func inMonth(first time.Time, day int) time.Time {
	return first.AddDate(0, 0, min(day, first.AddDate(0, 1, -1).Day())-1)
}

// sundayFirst are the largest of the countries whose weeks begin on Sunday.
var sundayFirst = []string{"US", "CA", "MX", "BR", "CO", "PE", "JP", "KR", "TW", "IN", "PH", "IL", "ZA", "SA"}

func firstWeekday() int {
	locale := string(lang.SystemLocale())
	if len(locale) >= 2 && slices.Contains(sundayFirst, locale[len(locale)-2:]) {
		return int(time.Sunday)
	}
	return int(time.Monday)
}

// MonthName is the short name of a month in the user's language.
func MonthName(m time.Month) string {
	return [...]string{lang.L("Jan"), lang.L("Feb"), lang.L("Mar"), lang.L("Apr"), lang.L("May"), lang.L("Jun"),
		lang.L("Jul"), lang.L("Aug"), lang.L("Sep"), lang.L("Oct"), lang.L("Nov"), lang.L("Dec")}[m-1]
}
