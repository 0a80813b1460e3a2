package desk

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// menu is the menu bar. The driver runs its shortcuts before the focused widget sees them.
func (d *Desk) menu() *fyne.MainMenu {
	main := &fyne.MainMenu{}
	for _, m := range d.commandMenus() {
		main.Items = append(main.Items, fyne.NewMenu(m.title, d.menuItems(m, runtime.GOOS == "darwin")...))
	}
	return main
}

// layMenu puts the menu bar over the pages.
func (d *Desk) layMenu() {
	d.menuFor = d.works()
	d.window.SetMainMenu(d.menu())
}

// menuItems are the items of a menu, with a line between its groups. A Mac draws menus itself, shortcuts too, and has the menu of the
// program: Fyne moves there what has these English names, whatever language the words are in, and Quit is there already.
func (d *Desk) menuItems(m commandMenu, mac bool) (items []*fyne.MenuItem) {
	width := m.width()
	for _, group := range m.groups {
		var within []*fyne.MenuItem
		stays := false
		for _, c := range group {
			item := fyne.NewMenuItem(c.title, d.guarded(c))
			item.IsQuit = c.title == lang.L("Quit")
			switch {
			case mac && item.IsQuit:
				continue
			case mac && c.title == lang.L("About Consign"):
				item.Label = "About"
			case mac && c.title == lang.L("Settings"):
				item.Label = "Settings…"
			default:
				stays = true
			}
			switch {
			case c.shortcut == nil:
			case mac:
				item.Shortcut = c.shortcut
			default:
				item.Label = padded(c.title, width) + shortcutText(c.shortcut)
				item.Shortcut = unseen(c.shortcut.ShortcutName())
			}
			item.Disabled = d.may(c) != nil
			within = append(within, item)
		}
		if stays && len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, within...)
	}
	return items
}
