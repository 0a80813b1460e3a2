//go:build !windows

package system

import "fyne.io/fyne/v2"

// Progress does nothing: here the taskbar shows none.
func Progress(fyne.Window, int, int) {}

// EndProgress does nothing: here the taskbar shows none.
func EndProgress(fyne.Window) {}
