package page

import (
	"sync"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"

	"consign/ui/control"
)

// printer groups digits as the language of the words does.
var printer = sync.OnceValue(func() *message.Printer { return message.NewPrinter(userLanguage()) })

// userLanguage is the language that the desk speaks, which need not be that of the system.
func userLanguage() language.Tag { return language.Make(lang.X("format.language", "en")) }

// Number is n with grouped digits. Safe on any goroutine.
func Number(n int) string { return printer().Sprint(n) }

// Date is a day as the user's language writes it, or nothing for the zero time. Safe on any goroutine.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(control.DayFormat())
}

// DateTime is a moment to the minute as the user's language writes it, or nothing for the zero time. Safe on any goroutine.
func DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(lang.X("format.datetime", "2 Jan 2006 15:04"))
}

// countries names regions in the user's language.
var countries = sync.OnceValue(func() display.Namer { return display.Regions(userLanguage()) })

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
