//go:build !windows

package system

import "os"

// PrepareToDraw makes Mesa draw without graphics hardware if software is wanted. Call it before Fyne makes a window.
func PrepareToDraw(software bool) error {
	if software {
		return os.Setenv("LIBGL_ALWAYS_SOFTWARE", "1")
	}
	return nil
}
