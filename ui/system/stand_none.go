//go:build !cgo || ci

package system

import "fyne.io/fyne/v2"

// StandOf tells nothing: there is no screen.
func StandOf(fyne.Window) Stand { return Stand{} }

// Place does nothing: there is no screen.
func Place(fyne.Window, Stand, int) {}

// Settle does nothing: there is no screen.
func Settle(fyne.Window, bool) {}

// SideButtons does nothing: there is no mouse.
func SideButtons(fyne.Window, func(), func()) {}
