package control

import (
	"sync"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Language is the language that the words on screen are in, which need not be that of the system. Safe on any goroutine.
func Language() language.Tag { return language.Make(lang.X("format.language", "en")) }

var printer = sync.OnceValue(func() *message.Printer { return message.NewPrinter(Language()) })

// Number is n with its digits grouped as the language of the words does. Safe on any goroutine.
func Number(n int) string { return printer().Sprint(n) }
