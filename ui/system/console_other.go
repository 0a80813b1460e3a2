//go:build !windows

package system

// AttachConsole does nothing: here a program has the console from which it was started.
func AttachConsole() {}
