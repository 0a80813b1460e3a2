//go:build !windows

package system

// ForDialogs does nothing: here any thread may open dialogs of the system.
func ForDialogs() (end func()) { return func() {} }
