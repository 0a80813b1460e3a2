package disk

import (
	"os"
	"syscall"
)

var troubles = windowsTroubles

// isHeld reports whether a call may have failed because another program holds the file, for now: the target of a renaming that
// somebody has open is answered with "access denied".
func isHeld(err error) bool {
	t := TroubleOf(err)
	return t == Held || t == Denied
}

// cannotSettle: Windows does not flush folders.
func cannotSettle(error) bool { return true }

func isRunning(pid int) bool {
	const stillActive = 259
	const queryLimited = 0x1000 // PROCESS_QUERY_LIMITED_INFORMATION
	h, err := syscall.OpenProcess(queryLimited, false, uint32(pid))
	if err != nil {
		return !os.IsNotExist(err) && err != syscall.Errno(87) // ERROR_INVALID_PARAMETER: no such process
	}
	defer syscall.CloseHandle(h)
	var code uint32
	return syscall.GetExitCodeProcess(h, &code) != nil || code == stillActive
}
