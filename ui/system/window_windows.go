package system

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	isIconic     = user32.NewProc("IsIconic")
	showWindow   = user32.NewProc("ShowWindow")
	toForeground = user32.NewProc("SetForegroundWindow")
	allowForward = user32.NewProc("AllowSetForegroundWindow")
)

// Handle is the window's handle, 0 while it is none of the system's.
func Handle(w fyne.Window) (handle uintptr) {
	if native, ok := w.(driver.NativeWindow); ok {
		native.RunNative(func(context any) {
			if c, ok := context.(driver.WindowsWindowContext); ok {
				handle = c.HWND
			}
		})
	}
	return handle
}

// DarkTitle makes the title bar dark or light: Fyne follows the system there, whatever the user chose.
func DarkTitle(w fyne.Window, dark bool) {
	const immersiveDarkMode = 20 // DWMWA_USE_IMMERSIVE_DARK_MODE
	var on uint32
	if dark {
		on = 1
	}
	if h := Handle(w); h != 0 {
		_ = windows.DwmSetWindowAttribute(windows.HWND(h), immersiveDarkMode, unsafe.Pointer(&on), 4) // Windows before 2020 has none
	}
}

// ToFront brings the window before those of other programs, out of the taskbar too.
func ToFront(w fyne.Window) {
	const restore = 9 // SW_RESTORE
	h := Handle(w)
	if h == 0 {
		return
	}
	if iconic, _, _ := isIconic.Call(h); iconic != 0 {
		showWindow.Call(h, restore)
	}
	toForeground.Call(h)
	w.RequestFocus()
}

// allowToFront lets another process bring its window to the front, which this one, started by the user, may do.
func allowToFront(pid int) { allowForward.Call(uintptr(pid)) }
