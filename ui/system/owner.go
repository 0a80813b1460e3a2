package system

import (
	"os"
	"runtime"

	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"
)

// Owner makes a dialog of the system belong to a window: it stays before it, and the window waits. Call it on Fyne's goroutine.
func Owner(w fyne.Window) []zenity.Option {
	h := Handle(w)
	switch {
	case h == 0 || runtime.GOOS == "darwin": // whose dialogs belong to the program
		return nil
	case runtime.GOOS == "windows":
		return []zenity.Option{zenity.Attach(h)}
	case os.Getenv("WAYLAND_DISPLAY") != "": // where windows have no number that others know
		return []zenity.Option{zenity.Modal()}
	}
	return []zenity.Option{zenity.Attach(int(h)), zenity.Modal()}
}
