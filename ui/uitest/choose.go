package uitest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// Pick chooses the topmost radio button or box to tick with this label.
func Pick(t testing.TB, w fyne.Window, label string) {
	t.Helper()
	var pick func()
	Walk(w, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *control.Radio:
			if slices.Contains(o.Options, label) {
				pick = func() { o.SetSelected(label) }
			}
		case *control.Check:
			if o.Text == label {
				pick = func() { test.Tap(o) }
			}
		}
		return false
	})
	if pick == nil {
		t.Fatalf("there is no choice %q; on screen: %q", label, Texts(w))
	}
	pick()
}

// KeysInTable puts the focus into the topmost table and types keys.
func KeysInTable(t testing.TB, w fyne.Window, keys ...fyne.KeyName) {
	t.Helper()
	var table fyne.Focusable
	Walk(w, func(o fyne.CanvasObject) bool {
		if _, scrolls := o.(fyne.Scrollable); scrolls {
			if f, ok := o.(fyne.Focusable); ok {
				table = f
			}
		}
		return false
	})
	if table == nil {
		t.Fatalf("there is no table; on screen: %q", Texts(w))
	}
	w.Canvas().Focus(table)
	for _, k := range keys {
		table.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// Buttons are the words on what can be pressed in these objects, each once.
func Buttons(within ...fyne.CanvasObject) []string {
	var all []string
	for _, o := range within {
		walk(o, func(o fyne.CanvasObject) bool {
			caption := ""
			if b, is := buttonIn(o); is {
				caption = b.Text
			} else if c, is := o.(captioned); is {
				caption = c.Caption()
			}
			if off, can := o.(fyne.Disableable); can && off.Disabled() || caption == "" || slices.Contains(all, caption) {
				return false
			}
			all = append(all, caption)
			return false
		})
	}
	return all
}

// Items are the labels of the open menu; none if it is no menu that is open.
func Items(w fyne.Window) []string {
	top, is := w.Canvas().Overlays().Top().(*widget.PopUp)
	if !is || len(Buttons(top)) > 0 {
		return nil
	}
	var all []string
	walk(top.Content, func(o fyne.CanvasObject) bool {
		if line, is := o.(fyne.Widget); is {
			if _, taps := o.(fyne.Tappable); taps && firstText(line) != "" {
				all = append(all, firstText(line))
			}
		}
		return false
	})
	return all
}
