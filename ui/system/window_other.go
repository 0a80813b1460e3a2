//go:build !windows

package system

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// Handle is the window's handle, 0 while it is none of the system's.
func Handle(w fyne.Window) (handle uintptr) {
	if native, ok := w.(driver.NativeWindow); ok {
		native.RunNative(func(context any) {
			switch c := context.(type) {
			case driver.X11WindowContext:
				handle = c.WindowHandle
			case driver.WaylandWindowContext:
				handle = c.WaylandSurface
			case driver.MacWindowContext:
				handle = c.NSWindow
			}
		})
	}
	return handle
}

// DarkTitle does nothing: here the title bar follows the system.
func DarkTitle(fyne.Window, bool) {}

// ToFront brings the window before those of other programs.
func ToFront(w fyne.Window) { w.RequestFocus() }

func allowToFront(int) {}
