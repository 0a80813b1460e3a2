package system

import (
	"errors"
	"runtime"
	"syscall"

	"golang.org/x/sys/windows"
)

// ForDialogs prepares the thread of this goroutine for dialogs of the system, until end is called. Windows wants them on a thread with a
// COM apartment of its own: from another they are carried to one, and the folder that they shall begin in may be lost on the way.
func ForDialogs() (end func()) {
	runtime.LockOSThread()
	const alreadySo = syscall.Errno(1) // S_FALSE
	err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE)
	return func() {
		if err == nil || errors.Is(err, alreadySo) {
			windows.CoUninitialize()
		}
		runtime.UnlockOSThread()
	}
}
