package control

import (
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Region is how the user's region writes days and numbers. What it leaves empty goes by the language of the words.
type Region struct {
	Day     string // the layout of package time, of digits alone: 02.01.2006
	Numbers string // the language and country whose digits are grouped: de-CH
}

type region struct {
	Region
	printer *message.Printer
}

var chosenRegion atomic.Pointer[region]

// UseRegion has days and numbers written as a region does from now on. Call it before anything is shown.
func UseRegion(r Region) {
	tag, err := language.Parse(r.Numbers)
	if r.Numbers == "" || err != nil {
		tag = Language()
	}
	chosenRegion.Store(&region{r, message.NewPrinter(tag)})
}

// ownRegion is the region that was chosen, or one that leaves everything to the language.
func ownRegion() *region {
	if chosen := chosenRegion.Load(); chosen != nil {
		return chosen
	}
	chosenRegion.CompareAndSwap(nil, &region{printer: message.NewPrinter(Language())})
	return chosenRegion.Load()
}

// DayFormat is how a day is written everywhere in the program: as the user's region does, else as the language does. Safe on any goroutine.
func DayFormat() string {
	if day := ownRegion().Day; day != "" {
		return day
	}
	return lang.X("format.date", "2 Jan 2006")
}

// MomentFormat is how a moment is written to the minute. Safe on any goroutine.
func MomentFormat() string {
	return strings.Replace(lang.X("format.datetime", "2 Jan 2006 15:04"), lang.X("format.date", "2 Jan 2006"), DayFormat(), 1)
}
