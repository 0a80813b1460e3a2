//go:build !windows

package system

import (
	"cmp"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"fyne.io/fyne/v2/lang"
)

// Formats is how the user's region writes a day, as a layout of package time of digits alone, and the language and country whose numbers
// it has. Each is "" if it cannot be told.
func Formats() (day, numbers string) {
	dates, digits := localeOf("LC_TIME"), localeOf("LC_NUMERIC")
	if runtime.GOOS == "darwin" { // where programs with a window have no such variables
		language, country, _ := strings.Cut(string(lang.SystemLocale()), "-")
		country, _, _ = strings.Cut(country, "-") // the script
		dates = language + "_" + country + ".UTF-8"
		digits = dates
	}
	if dates != "" {
		ask := exec.Command("locale", "d_fmt")
		ask.Env = append(os.Environ(), "LC_ALL="+dates)
		var said strings.Builder
		ask.Stderr = &said // a locale that is not installed is answered as C, with a complaint
		if picture, err := ask.Output(); err == nil && said.Len() == 0 {
			day = dayLayout(string(picture), partsOfPOSIX)
		}
	}
	name, _, _ := strings.Cut(digits, ".")
	name, _, _ = strings.Cut(name, "@")
	return day, strings.ReplaceAll(name, "_", "-")
}

// localeOf is the locale of a kind of thing, "" for that of computers.
func localeOf(kind string) string {
	name := cmp.Or(os.Getenv("LC_ALL"), os.Getenv(kind), os.Getenv("LANG"))
	if bare, _, _ := strings.Cut(name, "."); bare == "C" || bare == "POSIX" {
		return ""
	}
	return name
}
