package uitest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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
