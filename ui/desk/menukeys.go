package desk

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// menuBar is a canvas that draws the menu bar itself; on macOS the system does.
type menuBar interface{ ToggleMenu() }

// menuLetters are the letters that open the menus of these titles with Alt: the first of each that no menu before it has, none for a
// title without a letter that keyboards call by its name.
func menuLetters(titles []string) []fyne.KeyName {
	taken := map[rune]bool{}
	letters := make([]fyne.KeyName, len(titles))
	for i, title := range titles {
		for _, r := range strings.ToUpper(title) {
			if r <= unicode.MaxASCII && unicode.IsLetter(r) && !taken[r] {
				taken[r], letters[i] = true, fyne.KeyName(r)
				break
			}
		}
	}
	return letters
}

// listenForMenus opens the menus with Alt and a letter.
func (d *Desk) listenForMenus() {
	var titles []string
	for _, m := range d.commandMenus() {
		titles = append(titles, m.title)
	}
	for i, letter := range menuLetters(titles) {
		if letter != "" {
			d.window.Canvas().AddShortcut(alt(letter), func(fyne.Shortcut) { d.openMenu(i) })
		}
	}
}

// openMenu opens the n-th menu of the bar, unless a dialog is open. The bar gives the keyboard to its first title; the others are to the
// right of it.
func (d *Desk) openMenu(n int) {
	c := d.window.Canvas()
	bar, draws := c.(menuBar)
	if !draws || c.Overlays().Top() != nil {
		return
	}
	bar.ToggleMenu()
	for range n {
		if title := c.Focused(); title != nil {
			title.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		}
	}
	if title := c.Focused(); title != nil {
		title.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // its first entry
	}
}
