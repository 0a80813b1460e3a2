package system

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTaskbarTakesProgress asks the system's own taskbar: a call of another interface at one of these places would fail or crash.
func TestTaskbarTakesProgress(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if taskbar() == nil {
		t.Skip("there is no taskbar here")
	}
	desktop, _, _ := user32.NewProc("GetDesktopWindow").Call()
	for _, progress := range [][2]int{{0, 0}, {0, 10}, {5, 10}, {10, 10}} {
		const notImplemented = 0x80004001 // Wine's own taskbar shows none
		require.Contains(t, []uintptr{0, notImplemented}, showProgress(desktop, progress[0], progress[1]))
	}
}
