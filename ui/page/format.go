package page

import (
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"consign/ui/control"
)

// Number is n with grouped digits. Safe on any goroutine.
func Number(n int) string { return control.Number(n) }

// Date is a day as the user's region writes it, or nothing for the zero time. Safe on any goroutine.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(control.DayFormat())
}

// DateTime is a moment to the minute as the user's region writes it, or nothing for the zero time. Safe on any goroutine.
func DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(control.MomentFormat())
}

// countries names regions in the user's language.
var countries = sync.OnceValue(func() display.Namer { return display.Regions(control.Language()) })

// Country is the name of an ISO 3166-1 country in the user's language. Safe on any goroutine.
func Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := countries().Name(region); name != "" {
		return name
	}
	return code
}
