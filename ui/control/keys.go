// Package control holds the buttons, boxes, choices and fields of every page. They do what the toolkit's do, and hear the keys that the
// toolkit's keep to themselves: Enter presses a button, and what a control has no use for goes on to the dialog or the desk around it.
// Everything in it belongs to Fyne's goroutine.
package control

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys are what Enter and Esc do in a dialog, and what the arrows and pages scroll, whatever has the focus there. Nil is nothing.
type Keys struct {
	Enter, Escape func()
	Submit        func() // what Ctrl+Enter does; nil: what Enter does
	Scroll        *container.Scroll
}

// answers are the keys of the dialogs on screen.
var answers []answer

type answer struct {
	canvas  fyne.Canvas
	overlay fyne.CanvasObject
	keys    Keys
}

// Answer gives keys to the dialog or pop-up that was just shown on top of a canvas.
func Answer(c fyne.Canvas, k Keys) {
	answers = slices.DeleteFunc(answers, func(a answer) bool { return !slices.Contains(a.canvas.Overlays().List(), a.overlay) })
	answers = append(answers, answer{c, c.Overlays().Top(), k})
}

// Listen hands the keys that nothing on a canvas takes to the dialog on top or, without one, to typed. Ctrl+Enter does there what the
// dialog is for.
func Listen(c fyne.Canvas, typed func(*fyne.KeyEvent)) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { Submit(c) })
	}
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		byKeys = true
		top := c.Overlays().Top()
		if top == nil {
			typed(k)
			return
		}
		for _, a := range answers {
			if a.overlay == top {
				a.keys.typed(k.Name)
				return
			}
		}
		if beside, ok := top.(fyne.Tappable); ok && k.Name == fyne.KeyEscape {
			beside.Tapped(&fyne.PointEvent{}) // a pop-up of the toolkit goes with a click beside it
		}
	})
}

func (k Keys) typed(name fyne.KeyName) {
	switch {
	case name == fyne.KeyEscape && k.Escape != nil:
		k.Escape()
	case isEnter(name) && k.Enter != nil:
		k.Enter()
	case k.Scroll != nil:
		roll(k.Scroll, name)
	}
}

// Submit does what the dialog on top of a canvas is for, and reports whether there is one.
func Submit(c fyne.Canvas) bool {
	top := c.Overlays().Top()
	for _, a := range answers {
		if a.overlay != top {
			continue
		}
		switch {
		case a.keys.Submit != nil:
			a.keys.Submit()
		case a.keys.Enter != nil:
			a.keys.Enter()
		}
		return true
	}
	return false
}

func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }

// PassOn gives a key that a focused widget has no use for to the dialog or the desk around it: Fyne gives it to nobody else.
func PassOn(o fyne.CanvasObject, k *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// Submits tells whether a shortcut is Ctrl+Enter.
func Submits(s fyne.Shortcut) bool {
	k, ok := s.(*desktop.CustomShortcut)
	return ok && k.Modifier == fyne.KeyModifierShortcutDefault && (k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter)
}

// Enable turns something on or off.
func Enable(w fyne.Disableable, on bool) {
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}
