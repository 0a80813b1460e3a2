package system

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var getLocale = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetLocaleInfoEx")

// Formats is how the user's region writes a day, as a layout of package time of digits alone, and the language and country whose numbers
// it has. Each is "" if it cannot be told. People change both in the settings of Windows.
func Formats() (day, numbers string) {
	const name, shortDate = 0x5C, 0x1F // LOCALE_SNAME, LOCALE_SSHORTDATE
	return dayLayout(localeText(shortDate), partsOfWindows), localeText(name)
}

func localeText(what uintptr) string {
	var text [85]uint16 // LOCALE_NAME_MAX_LENGTH
	n, _, _ := getLocale.Call(0, what, uintptr(unsafe.Pointer(&text[0])), uintptr(len(text)))
	if n == 0 {
		return ""
	}
	return windows.UTF16ToString(text[:])
}
