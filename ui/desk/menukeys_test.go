package desk

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
)

func TestEveryMenuHasALetterOfItsOwn(t *testing.T) {
	require.Equal(t, []fyne.KeyName{"F", "E", "V", "G", "H"}, menuLetters([]string{"File", "Edit", "View", "Go", "Help"}))
	require.Equal(t, []fyne.KeyName{"D", "B", "A", "G", "H"}, menuLetters([]string{"Datei", "Bearbeiten", "Ansicht", "Gehe zu", "Hilfe"}))
	require.Equal(t, []fyne.KeyName{"P", "R", ""}, menuLetters([]string{"Plik", "Przejdź", "파일"}), "the next letter, and none")
}

// barred is a window with a menu bar and shortcuts of its own, neither of which the driver of tests has. They are those of a real window in
// what keys do: the bar has a keyboard of its own while a menu is open, Right opens the next menu, Down marks the next item, and Enter
// takes it.
type barred struct {
	fyne.Window
	bar *bar
}

func (w barred) Canvas() fyne.Canvas { return w.bar }

type bar struct {
	fyne.Canvas
	fyne.ShortcutHandler
	window fyne.Window
	open   int // the open menu, -1 for none
	item   int // the marked item of it, -1 for none
}

// withBar is a program on the sample in such a window.
func withBar(t *testing.T) (*program, *bar) {
	p := newProgram(t, t.TempDir())
	b := &bar{Canvas: p.Window.Canvas(), window: p.Window, open: -1, item: -1}
	p.Window = barred{p.Window, b}
	p.Start(true, false)
	p.Window.Resize(fyne.NewSize(1024, 700))
	return p, b
}

func (b *bar) AddShortcut(s fyne.Shortcut, act func(fyne.Shortcut)) {
	b.ShortcutHandler.AddShortcut(s, act)
}

func (b *bar) RemoveShortcut(s fyne.Shortcut) { b.ShortcutHandler.RemoveShortcut(s) }

func (b *bar) ToggleMenu() { b.open, b.item = 0, -1 }

func (b *bar) menus() []*fyne.Menu { return b.window.MainMenu().Items }

func (b *bar) Focused() fyne.Focusable {
	if b.open >= 0 {
		return &barTitle{bar: b}
	}
	return b.Canvas.Focused()
}

// marked is the menu that is open and the item of it that is marked.
func (b *bar) marked() string {
	if b.open < 0 || b.item < 0 {
		return ""
	}
	return b.menus()[b.open].Label + " " + b.menus()[b.open].Items[b.item].Label
}

// barTitle is the title of the open menu.
type barTitle struct {
	widget.BaseWidget
	bar *bar
}

func (t *barTitle) FocusGained()   {}
func (t *barTitle) FocusLost()     {}
func (t *barTitle) TypedRune(rune) {}
func (t *barTitle) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyRight:
		t.bar.open, t.bar.item = t.bar.open+1, -1
	case fyne.KeyDown:
		t.bar.item++
	case fyne.KeyReturn:
		act := t.bar.menus()[t.bar.open].Items[t.bar.item].Action
		t.bar.open = -1
		act()
	}
}

func TestF10AndAltWithALetterOpenAMenuFromEveryStopOfEveryPage(t *testing.T) {
	p, b := withBar(t)
	for _, at := range everyPlace(t, p) {
		p.desk.Go(at)
		for i, f := range stops(p.Window) {
			is := fmt.Sprintf("%s, %s: stop %d, %T", at.Tab, at.Page, i+1, f)
			b.Canvas.Focus(f)
			uitest.Key(p.Window, fyne.KeyF10)
			require.Equal(t, 0, b.open, is)
			require.Regexp(t, "^File (New|Receive) upload", b.marked(), is)
			b.open = -1
			if _, passes := f.(fyne.Shortcutable); !passes { // which finds the canvas through the driver
				uitest.Press(p.Window, alt(fyne.KeyV))
				require.Contains(t, b.marked(), "View Reload", is)
				b.open = -1
			}
			require.True(t, b.Focused() == f, "%s: who leaves the menu goes on there", is)
		}
	}
}

func TestAMenuThatKeysOpenedDoesWhatKeysChoose(t *testing.T) {
	p, b := withBar(t)
	b.Canvas.Unfocus()
	uitest.Press(p.Window, alt(fyne.KeyG))
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn} {
		uitest.Key(p.Window, key)
	}
	require.Equal(t, page.MSPTab, p.desk.tab)
}

func TestNoMenuOpensOverADialog(t *testing.T) {
	p, b := withBar(t)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	uitest.Tap(t, p.Window, "ADD CUSTOMER")
	uitest.Key(p.Window, fyne.KeyF10)
	b.TypedShortcut(alt(fyne.KeyV))
	require.Equal(t, -1, b.open)
}
