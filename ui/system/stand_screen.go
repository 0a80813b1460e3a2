//go:build cgo && !ci

package system

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// contextual is a window of the graphics driver.
type contextual interface {
	fyne.Window
	RunWithContext(func())
}

// view gives f the window as GLFW knows it, if it is shown. Fyne keeps it for itself, but makes it the current one.
func view(w fyne.Window, f func(*glfw.Window)) {
	c, ok := w.(contextual)
	if !ok {
		return
	}
	c.RunWithContext(func() {
		if v := glfw.GetCurrentContext(); v != nil {
			f(v)
		}
	})
}

// hasPlaces reports whether the system tells where windows are.
func hasPlaces() bool { return glfw.GetPlatform() != glfw.PlatformWayland }

// StandOf tells how a window stands; nothing of one that is not shown.
func StandOf(w fyne.Window) (s Stand) {
	view(w, func(v *glfw.Window) {
		s.Maximised, s.Minimised = v.GetAttrib(glfw.Maximized) == glfw.True, v.GetAttrib(glfw.Iconified) == glfw.True
		if hasPlaces() {
			s.X, s.Y = v.GetPos()
			s.Placed = true
		}
	})
	return s
}

// Place has a window that is not shown yet appear where it stood, unless that is on no screen any more.
func Place(w fyne.Window, s Stand, width int) {
	d, ok := w.(desktop.Window)
	if ok && s.Placed && hasPlaces() && reaches(s.X, s.Y, width, screens()) {
		d.RequestPosition(s.X, s.Y)
	}
}

// screens are the screens without the bars of the system.
func screens() (all []area) {
	for _, m := range glfw.GetMonitors() {
		var a area
		a.x, a.y, a.width, a.height = m.GetWorkarea()
		all = append(all, a)
	}
	return all
}

// Settle makes a window that was just shown maximised again, or no larger than the largest screen.
func Settle(w fyne.Window, maximised bool) {
	width, height := 0, 0 // that it shall have
	view(w, func(v *glfw.Window) {
		if maximised {
			v.Maximize()
			return
		}
		widest, highest := 0, 0
		for _, s := range screens() {
			widest, highest = max(widest, s.width), max(highest, s.height)
		}
		has, high := v.GetSize()
		if widest > 0 && (has > widest || high > highest) {
			width, height = min(has, widest), min(high, highest)
		}
	})
	if width > 0 { // through Fyne, which gives a window the size again that it knows of
		scale := w.Canvas().Scale()
		w.Resize(fyne.NewSize(float32(width)/scale, float32(height)/scale))
	}
}

// SideButtons has calls done for the buttons at the side of a mouse, of which Fyne knows nothing.
func SideButtons(w fyne.Window, back, forward func()) {
	view(w, func(v *glfw.Window) {
		var others glfw.MouseButtonCallback
		others = v.SetMouseButtonCallback(func(v *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
			switch {
			case b != glfw.MouseButton4 && b != glfw.MouseButton5:
				others(v, b, a, m)
			case a != glfw.Press:
			case b == glfw.MouseButton4:
				back()
			default:
				forward()
			}
		})
	})
}
