// Package uitest finds and presses things in a window of Fyne's test driver, by the words that people see.
package uitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/words"
)

// Tests speak English from the beginning, as the program speaks before its first word: Fyne complains of what is counted once.
func init() {
	if err := words.Speak(words.English); err != nil {
		panic(err)
	}
}

// captioned is a widget of our own that can be tapped and says what people see on it.
type captioned interface {
	fyne.Tappable
	Caption() string
}

// Walk calls visit for every visible object of the window, those of dialogs and menus included, from the bottom to the top.
// It ends when visit returns true.
func Walk(w fyne.Window, visit func(fyne.CanvasObject) (found bool)) {
	if walk(w.Content(), visit) {
		return
	}
	for _, o := range w.Canvas().Overlays().List() {
		if walk(o, visit) {
			return
		}
	}
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return false
	}
	if visit(o) {
		return true
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		if walk(child, visit) {
			return true
		}
	}
	return false
}

// Texts are all texts on screen, from the bottom to the top.
func Texts(w fyne.Window) []string {
	var texts []string
	Walk(w, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *canvas.Text:
			texts = append(texts, o.Text)
		default:
			if l, is := LabelIn(o); is {
				texts = append(texts, l.Text)
			} else if b, is := buttonIn(o); is && b.Text != "" {
				texts = append(texts, b.Text) // whole, also where its words are cut
			}
		}
		return false
	})
	return texts
}

// Shows reports whether a text on screen contains part.
func Shows(w fyne.Window, part string) bool {
	for _, text := range Texts(w) {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// MustShow fails the test unless every part is in a text on screen.
func MustShow(t testing.TB, w fyne.Window, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !Shows(w, part) {
			t.Fatalf("«%s» is not on screen: %q", part, Texts(w))
		}
	}
}

// FindButton is the topmost button, tab, entry of the sidebar or door with this caption; nil if there is none.
func FindButton(w fyne.Window, caption string) fyne.Tappable {
	var found fyne.Tappable
	Walk(w, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *widget.Button:
			if o.Text == caption {
				found = o
			}
		case captioned:
			if o.Caption() == caption {
				found = o
			}
		case fyne.Tappable: // a button that was extended
			if b, ok := buttonIn(o); ok && b.Text == caption {
				found = o
			}
		}
		return false
	})
	return found
}

// Tap presses the topmost button with this caption. A button that is missing or disabled fails the test.
func Tap(t testing.TB, w fyne.Window, caption string) {
	t.Helper()
	b := FindButton(w, caption)
	if b == nil {
		t.Fatalf("there is no button %q; on screen: %q", caption, Texts(w))
	}
	if d, ok := b.(fyne.Disableable); ok && d.Disabled() {
		t.Fatalf("the button %q is disabled", caption)
	}
	test.Tap(b)
}

// Choose takes an item of the open pop-up menu.
func Choose(t testing.TB, w fyne.Window, label string) {
	t.Helper()
	menuItem(t, w, label).Tapped(&fyne.PointEvent{})
}

// Point moves the pointer onto an item of the open pop-up menu, which then says why it is off.
func Point(t testing.TB, w fyne.Window, label string) {
	t.Helper()
	menuItem(t, w, label).(desktop.Hoverable).MouseIn(&desktop.MouseEvent{})
}

func menuItem(t testing.TB, w fyne.Window, label string) fyne.Tappable {
	t.Helper()
	var found fyne.Tappable
	walk(w.Canvas().Overlays().Top(), func(o fyne.CanvasObject) bool {
		item, ok := o.(fyne.Tappable)
		if !ok {
			return false
		}
		if widgetOf, isWidget := o.(fyne.Widget); isWidget && firstText(widgetOf) == label {
			if _, isPopUp := o.(*widget.PopUpMenu); !isPopUp {
				found = item
			}
		}
		return false
	})
	if found == nil {
		t.Fatalf("there is no menu item %q; on screen: %q", label, Texts(w))
	}
	return found
}

// FindEntry is the topmost field with this placeholder, or under this label; nil if there is none.
func FindEntry(w fyne.Window, name string) fyne.Focusable {
	var found fyne.Focusable
	label := ""
	Walk(w, func(o fyne.CanvasObject) bool {
		if l, ok := LabelIn(o); ok {
			label = l.Text
		}
		if e, ok := entryIn(o); ok && (hintOf(o, e) == name || label == name) {
			found = o.(fyne.Focusable)
		}
		return false
	})
	return found
}

// hintOf is what an empty field proposes, also where that is cut.
func hintOf(o fyne.CanvasObject, e *widget.Entry) string {
	if cuts, is := o.(interface{ Hint() string }); is {
		return cuts.Hint()
	}
	return e.PlaceHolder
}

// Type puts the focus into a field, by its placeholder or the label above it, and types over what it holds.
func Type(t testing.TB, w fyne.Window, name, text string) {
	t.Helper()
	f := FindEntry(w, name)
	if f == nil {
		t.Fatalf("there is no field %q; on screen: %q", name, Texts(w))
	}
	w.Canvas().Focus(f)
	if e, ok := entryIn(f.(fyne.CanvasObject)); ok {
		if own, ok := f.(interface{ SetText(string) }); ok {
			own.SetText("")
		} else {
			e.SetText("")
		}
	}
	for _, r := range text { // test.Type would give it the focus anew, and select what was written so far
		f.TypedRune(r)
	}
}

// Key presses a key as the driver does: what has the focus hears it go down and hears it typed, else the window; the sign of a space
// and the key's release go to what has the focus by then.
func Key(w fyne.Window, key fyne.KeyName) {
	event := &fyne.KeyEvent{Name: key}
	if f, ok := w.Canvas().Focused().(desktop.Keyable); ok {
		f.KeyDown(event)
	}
	Repeat(w, key)
	if f, ok := w.Canvas().Focused().(desktop.Keyable); ok {
		f.KeyUp(event)
	}
}

// Repeat types a key once more that is held.
func Repeat(w fyne.Window, key fyne.KeyName) {
	event := &fyne.KeyEvent{Name: key}
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(event)
	} else if typed := w.Canvas().OnTypedKey(); typed != nil {
		typed(event)
	}
	if f := w.Canvas().Focused(); f != nil && key == fyne.KeySpace {
		f.TypedRune(' ')
	}
}

// Press types a shortcut as the driver does: the main menu has it first, then what has the focus, then the window.
func Press(w fyne.Window, s fyne.Shortcut) {
	if m := w.MainMenu(); m != nil {
		for _, menu := range m.Items {
			for _, item := range menu.Items {
				if item.Shortcut != nil && item.Shortcut.ShortcutName() == s.ShortcutName() {
					item.Action()
					return
				}
			}
		}
	}
	if f, ok := w.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	if control.Submits(s) && control.Submit(w.Canvas()) {
		return
	}
	w.Canvas().(fyne.Shortcutable).TypedShortcut(s)
}

// Menu takes an item of the menu bar by its title, behind which its shortcut may stand.
func Menu(t testing.TB, w fyne.Window, menu, item string) {
	t.Helper()
	for _, m := range w.MainMenu().Items {
		for _, i := range m.Items {
			if title, _, _ := strings.Cut(i.Label, "   "); m.Label == menu && title == item {
				i.Action()
				return
			}
		}
	}
	t.Fatalf("there is no %q in the menu %q", item, menu)
}

func firstText(o fyne.Widget) string {
	for _, child := range test.WidgetRenderer(o).Objects() {
		if text, ok := child.(*canvas.Text); ok {
			return text.Text
		}
	}
	return ""
}
