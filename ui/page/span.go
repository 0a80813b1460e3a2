package page

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
)

// The spans of days that a time filter offers by name. They move with the calendar.
const (
	last7Days  = "last 7 days"
	last30Days = "last 30 days"
	thisMonth  = "this month"
	thisYear   = "this year"
)

// Span is the value of a time filter for the days from first to last, both included; a zero time leaves that side open.
func Span(first, last time.Time) string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return day(first) + ".." + day(last)
}

// ReadSpan is the local time that the value of a time filter means on the day of now: from inclusive, to exclusive, as the
// model's queries take them. A side that is open, and a value that is none, are zero.
func ReadSpan(value string, now time.Time) (from, to time.Time) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.Local)
	switch value {
	case last7Days:
		return today.AddDate(0, 0, -6), time.Time{}
	case last30Days:
		return today.AddDate(0, 0, -29), time.Time{}
	case thisMonth:
		return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.Local), time.Time{}
	case thisYear:
		return time.Date(now.Year(), time.January, 1, 0, 0, 0, 0, time.Local), time.Time{}
	}
	first, last, _ := strings.Cut(value, "..")
	from, _ = time.ParseInLocation(time.DateOnly, first, time.Local)
	if to, err := time.ParseInLocation(time.DateOnly, last, time.Local); err == nil {
		return from, to.AddDate(0, 0, 1)
	}
	return from, time.Time{}
}

// spanText says the value of a time filter in words.
func spanText(value string) string {
	switch value {
	case last7Days:
		return lang.L("Last 7 days")
	case last30Days:
		return lang.L("Last 30 days")
	case thisMonth:
		return lang.L("This month")
	case thisYear:
		return lang.L("This year")
	}
	from, to := ReadSpan(value, time.Now())
	switch {
	case to.IsZero():
		return lang.L("from {{.Day}}", map[string]any{"Day": Date(from)})
	case from.IsZero():
		return lang.L("until {{.Day}}", map[string]any{"Day": Date(to.AddDate(0, 0, -1))})
	}
	return lang.L("{{.First}} to {{.Last}}", map[string]any{"First": Date(from), "Last": Date(to.AddDate(0, 0, -1))})
}

// TimeFilter narrows a list to a span of days, by name or by two dates.
func TimeFilter(d Desk, title string) grid.Filter {
	return grid.Filter{
		ID: FilterTime, Title: title, Text: spanText,
		Options: func(context.Context) ([]grid.Option, error) {
			var options []grid.Option
			for _, name := range []string{last7Days, last30Days, thisMonth, thisYear} {
				options = append(options, grid.Option{Value: name, Text: spanText(name)})
			}
			return append(options, grid.Option{Text: lang.L("From … to …"), Ask: func(then func(string)) { askSpan(d, then) }}), nil
		},
	}
}

// askSpan asks for the first and the last day of a span.
func askSpan(d Desk, then func(value string)) {
	first, last := control.NewDay(), control.NewDay()
	f := NewForm(d, lang.L("From … to …"), lang.L("Show"))
	f.Add(lang.L("First day"), first)
	f.Add(lang.L("Last day"), last)
	f.Submit = func() {
		for _, e := range []*control.Day{first, last} {
			if e.Text != "" && e.Validate() != nil {
				f.Fail(e, model.Fail(model.Invalid, "This is not a date."))
				return
			}
		}
		from, to := dayOf(first), dayOf(last)
		if from.IsZero() && to.IsZero() || !to.IsZero() && to.Before(from) {
			f.Fail(first, model.Fail(model.Invalid, "Choose a first day that is not after the last one."))
			return
		}
		f.Hide()
		then(Span(from, to))
	}
	f.Show()
}

func dayOf(e *control.Day) time.Time {
	if e.Date == nil {
		return time.Time{}
	}
	return *e.Date
}
