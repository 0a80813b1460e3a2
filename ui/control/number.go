package control

import (
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
)

// Language is the language that the words on screen are in, which need not be that of the system. Safe on any goroutine.
func Language() language.Tag { return language.Make(lang.X("format.language", "en")) }

// Number is n with its digits grouped as the user's region does, else as the language of the words. Safe on any goroutine.
func Number(n int) string { return ownRegion().printer.Sprint(n) }
