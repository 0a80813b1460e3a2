package desk

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data"
	"consign/model"
	"consign/ui/bylist"
	"consign/ui/control"
	"consign/ui/device"
	"consign/ui/devices"
	"consign/ui/lists"
	"consign/ui/page"
)

// command is something that the menu offers and that may have a shortcut.
type command struct {
	title    string
	shortcut fyne.KeyboardShortcut // nil if there is none
	do       func()
	needs    model.Event // the act that it leads to; "" is for everybody
}

// commandMenu is one menu of the menu bar.
type commandMenu struct {
	title string
	// commands in groups, with a line between them.
	groups [][]command
}

func ctrl(key fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func ctrlShift(key fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

func alt(key fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}
}

func plainKey(key fyne.KeyName) fyne.KeyboardShortcut { return &desktop.CustomShortcut{KeyName: key} }

// pluses are Ctrl and plus where that is not the key of the menu: on German keyboards and keypads, and with Shift on American ones.
var pluses = []fyne.Shortcut{
	ctrl(fyne.KeyPlus),
	&desktop.CustomShortcut{KeyName: fyne.KeyEqual, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift},
}

var findShortcut = ctrl(fyne.KeyK)

// commandMenus are all commands of the desk, as the menu bar shows them.
func (d *Desk) commandMenus() []commandMenu {
	upload := lang.L("New upload")
	if d.works() == page.MSPTab {
		upload = lang.L("Receive upload")
	}
	file := [][]command{
		{
			{title: upload, shortcut: ctrl(fyne.KeyN), do: d.newUpload, needs: model.DevicesUploaded},
			{title: lang.L("Open a device list…"), shortcut: ctrl(fyne.KeyO), do: d.openLists, needs: model.DevicesUploaded},
			{title: lang.L("Export this table…"), shortcut: ctrl(fyne.KeyE), do: d.export},
		},
		{
			{title: lang.L("Open another register…"), shortcut: ctrlShift(fyne.KeyO), do: d.program.AskForRegister},
			{title: lang.L("New register…"), shortcut: ctrlShift(fyne.KeyN), do: d.program.AskForNewRegister},
		},
		{{title: lang.L("Look around with sample data"), do: d.program.OpenSampleAsync}},
		{{title: lang.L("Quit"), shortcut: ctrl(fyne.KeyQ), do: d.program.Quit}},
	}
	if d.sample {
		file[2][0] = command{title: lang.L("Leave the sample"), do: d.leaveSample}
	}
	help := commandMenu{lang.L("Help"), [][]command{
		{{title: lang.L("Help"), shortcut: plainKey(fyne.KeyF1), do: d.help}, {title: lang.L("Take the tour"), do: d.takeTour}},
		{{title: lang.L("Show the log folder"), do: func() { d.program.ShowFolder(d.program.LogFolder) }}},
		{{title: lang.L("About Consign"), do: d.about}},
	}}
	if d.program.Releases != "" {
		help.groups[2] = append([]command{{title: lang.L("Check for a newer version"), do: d.program.ShowReleases}}, help.groups[2]...)
	}
	if d.actsForNobody() { // behind the doors there are no pages yet
		return []commandMenu{{lang.L("File"), file[1:]}, help}
	}
	return []commandMenu{
		{lang.L("File"), file},
		{lang.L("Edit"), [][]command{
			{{title: lang.L("Undo the last act"), shortcut: &fyne.ShortcutUndo{}, do: d.undoLast, needs: model.Undone}},
			{
				{title: lang.L("Search in this page"), shortcut: ctrl(fyne.KeyF), do: d.search},
				{title: lang.L("Finish this page"), shortcut: ctrl(fyne.KeyReturn), do: d.submit},
			},
		}},
		{lang.L("View"), [][]command{
			{{title: lang.L("Reload"), shortcut: plainKey(fyne.KeyF5), do: d.reload}},
			{
				{title: lang.L("Larger"), shortcut: ctrl(fyne.KeyEqual), do: d.larger},
				{title: lang.L("Smaller"), shortcut: ctrl(fyne.KeyMinus), do: func() { d.scaleBy(-1) }},
				{title: lang.L("Normal size"), shortcut: ctrl(fyne.Key0), do: func() { d.scaleBy(0) }},
			},
			{{title: lang.L("Appearance…"), do: func() { d.Go(page.Place{Tab: page.SettingsTab, Page: page.Settings}) }}},
		}},
		{lang.L("Go"), [][]command{
			d.tabCommands(),
			{
				{title: lang.L("Back"), shortcut: alt(fyne.KeyLeft), do: d.stepBack},
				{title: lang.L("Forward"), shortcut: alt(fyne.KeyRight), do: d.stepForward},
			},
			{
				{title: lang.L("Find a device"), shortcut: findShortcut, do: d.find},
				{title: lang.L("Devices by list"), shortcut: ctrl(fyne.KeyL), do: d.byList},
			},
			{{title: lang.L("Settings"), shortcut: ctrl(fyne.KeyComma), do: func() { d.chooseTab(page.SettingsTab) }}},
		}},
		help,
	}
}

func (d *Desk) tabCommands() []command {
	var commands []command
	for i, t := range tabs {
		if t.tab != page.SettingsTab {
			commands = append(commands, command{title: t.title(), shortcut: ctrl(fyne.KeyName(rune('1' + i))), do: func() { d.chooseTab(t.tab) }})
		}
	}
	return commands
}

// unseen is the name of a shortcut, by which the driver finds it. What says more, Fyne draws beside the title: too faint to read, and in
// English.
type unseen string

// ShortcutName implements fyne.Shortcut.
func (u unseen) ShortcutName() string { return string(u) }

// width is the room of the titles left of the shortcuts.
func (m commandMenu) width() float32 {
	var width float32
	for _, group := range m.groups {
		for _, c := range group {
			if c.shortcut != nil {
				width = max(width, menuText(c.title))
			}
		}
	}
	return width
}

// padded is a title with so many blanks behind it that what follows stands below what follows the longest one.
func padded(title string, width float32) string {
	return title + strings.Repeat(" ", 6+int((width-menuText(title))/menuText(" ")+0.5))
}

func menuText(text string) float32 {
	return fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width
}

// guarded keeps a command from acting behind an open dialog, and Ctrl+Z from a text that is being written.
func (d *Desk) guarded(c command) func() {
	_, undoes := c.shortcut.(*fyne.ShortcutUndo)
	return func() {
		canvas := d.window.Canvas()
		if text, ok := canvas.Focused().(interface {
			fyne.Shortcutable
			Undo()
		}); ok && undoes {
			text.TypedShortcut(&fyne.ShortcutUndo{})
			return
		}
		if canvas.Overlays().Top() == nil {
			if err := d.may(c); err != nil {
				d.Fail(err)
				return
			}
			c.do()
			return
		}
		// The menu has taken the key from the dialog: Ctrl+Enter means something there, too.
		if focused, ok := canvas.Focused().(fyne.Shortcutable); ok && c.shortcut != nil {
			focused.TypedShortcut(c.shortcut)
		} else if control.Submits(c.shortcut) {
			control.Submit(canvas)
		}
	}
}

// may is nil if the role of the person at the desk allows the command, else why not.
func (d *Desk) may(c command) error {
	if c.needs == "" {
		return nil
	}
	return d.register.May(c.needs)
}

// listen takes the function keys, which the driver does not know as shortcuts, what is pasted, and dropped files.
func (d *Desk) listen() {
	d.window.Canvas().AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { d.paste() })
	larger := d.guarded(command{do: d.larger})
	for _, plus := range pluses {
		d.window.Canvas().AddShortcut(plus, func(fyne.Shortcut) { larger() })
	}
	d.listenForMenus()
	control.WhenUncovered(d.window.Canvas(), func() {
		if !d.closed() && d.tab != "" {
			d.frame.KeepFocus(d.reading == 0)
		}
	})
	control.Listen(d.window.Canvas(), func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyF10 {
			d.openMenu(0)
			return
		}
		for _, m := range d.commandMenus() {
			for _, group := range m.groups {
				for _, c := range group {
					if s, ok := c.shortcut.(*desktop.CustomShortcut); ok && s.Modifier == 0 && s.KeyName == k.Name {
						d.guarded(c)()
					}
				}
			}
		}
	})
	d.window.SetOnDropped(func(_ fyne.Position, items []fyne.URI) {
		var paths []string
		for _, u := range items {
			paths = append(paths, u.Path())
		}
		if slices.ContainsFunc(paths, data.IsInvitation) {
			d.program.Take(paths)
		} else if len(paths) > 0 {
			d.TakeFiles(paths)
		}
	})
}

// TakeFiles takes files that were dropped, or that the system opens with Consign, to where they belong. It reports false behind the doors
// and under a dialog.
func (d *Desk) TakeFiles(paths []string) bool {
	if d.tab == "" || d.window.Canvas().Overlays().Top() != nil {
		return false
	}
	d.OpenFiles(paths)
	return true
}

// OpenFiles takes files that were dropped, or that the system opens with Consign, to where they belong: device lists go to the page on
// screen if it takes some, else they become a new upload.
func (d *Desk) OpenFiles(paths []string) {
	selected := d.purpose()
	lists.OpenFiles(d, paths, lists.Take{Upload: func(found []string) { d.takeLists(selected, found) }, Compare: d.compare})
}

// works is the tab on which uploads and comparisons begin: the one that is shown, or else that of an account of ours, the reseller's first.
func (d *Desk) works() page.Tab {
	if msp := d.acting[model.MSP].ID != 0; msp && (d.tab == page.MSPTab || d.acting[model.Reseller].ID == 0) {
		return page.MSPTab
	}
	return page.ResellerTab
}

// compare lays a portal's export beside the register.
func (d *Desk) compare(path string) {
	d.Go(page.Place{Tab: d.works(), Page: page.Compare, Files: []string{path}})
}

// takeLists gives device lists to the page on screen, or makes them a new upload for what was selected.
func (d *Desk) takeLists(selected page.Purpose, paths []string) {
	if s := d.trails[d.tab].top(); s != nil && s.page.Drop != nil {
		s.page.Drop(paths)
		return
	}
	d.Go(page.Place{Tab: d.works(), Page: page.NewUpload, ID: selected.Customer, Order: selected.Order, Files: paths})
}

// purpose is what the page on screen is about, or what is selected there.
func (d *Desk) purpose() page.Purpose {
	if s := d.trails[d.tab].top(); d.tab == page.ResellerTab && s != nil && s.page.For != nil {
		return s.page.For()
	}
	return page.Purpose{}
}

// newUpload begins an upload, as an MSP one that is received.
func (d *Desk) newUpload() { d.Go(page.Place{Tab: d.works(), Page: page.NewUpload}) }

func (d *Desk) openLists() {
	selected := d.purpose()
	page.AskListsAsync(d.window, func(paths []string) { d.takeLists(selected, paths) })
}

// chooseTab shows a tab; chosen once more, it gives its pages the keyboard.
func (d *Desk) chooseTab(tab page.Tab) {
	if tab == d.tab {
		d.frame.FocusEntries()
		return
	}
	d.Leave(func() { d.showTab(tab) })
}

func (d *Desk) export() {
	if s := d.trails[d.tab].top(); s != nil && s.page.Export != nil {
		s.page.Export()
		return
	}
	d.Say(lang.L("This page has no table to export."))
}

func (d *Desk) search() {
	if s := d.trails[d.tab].top(); s != nil && s.page.Search != nil {
		s.page.Search()
		return
	}
	d.find()
}

func (d *Desk) submit() {
	if s := d.trails[d.tab].top(); s != nil && s.page.Submit != nil {
		s.page.Submit()
	}
}

// paste gives text from the clipboard to the page, when no field has the focus.
func (d *Desk) paste() {
	if s := d.trails[d.tab].top(); s != nil && s.page.Paste != nil && d.window.Canvas().Overlays().Top() == nil {
		s.page.Paste(d.program.App.Clipboard().Content())
	}
}

func (d *Desk) reload() {
	if s := d.trails[d.tab].top(); s != nil && s.page.Reload != nil {
		s.page.Reload()
	}
}

func (d *Desk) larger() { d.scaleBy(+1) }

func (d *Desk) scaleBy(steps int) {
	d.program.ScaleBy(steps)
	if d.tab == page.SettingsTab { // which shows the size
		d.reload()
	}
}

func (d *Desk) find() {
	device.ShowFind(d, func(text string) { bylist.ShowText(d, d.lookUp(), text) })
}

// byList looks up a list for the page, or for the account that the tab acts as.
func (d *Desk) byList() {
	if s := d.trails[d.tab].top(); s != nil && s.page.ByList != nil {
		s.page.ByList()
		return
	}
	bylist.Show(d, d.lookUp())
}

// lookUp describes a list of the devices of whom the tab acts as, or of all our accounts.
func (d *Desk) lookUp() bylist.Options {
	var view model.View
	if kind, acts := kindOf(d.tab); acts && d.acting[kind].ID != 0 {
		view = model.As(kind, d.acting[kind].ID)
	}
	return devices.LookUp(d, view)
}

func (d *Desk) leaveSample() { d.Leave(d.program.OpenOwnAsync) }

// undoLast offers to take back the latest act, saying which one it is: it may be of yesterday.
func (d *Desk) undoLast() {
	page.Read(d, func(ctx context.Context) (model.Activity, error) {
		a, err := d.register.Activity().LastUndoable(ctx)
		if model.CodeOf(err) == model.NotFound {
			return model.Activity{}, nil
		}
		return a, err
	}, func(a model.Activity) {
		if a.ID == 0 {
			d.Say(lang.L("There is nothing to undo."))
			return
		}
		page.Confirm(d, lang.L("Undo the last act?"), page.DateTime(a.At)+"\n"+page.Words(a.Detail), lang.L("Undo"), func() { d.undo(a.ID) })
	})
}

// shortcutText is a shortcut as people write it.
func shortcutText(s fyne.KeyboardShortcut) string {
	var keys []string
	mac := runtime.GOOS == "darwin"
	for _, m := range []struct {
		modifier  fyne.KeyModifier
		name, mac string
	}{{fyne.KeyModifierControl, lang.L("Ctrl"), "⌃"}, {fyne.KeyModifierAlt, lang.L("Alt"), "⌥"}, {fyne.KeyModifierShift, lang.L("Shift"),
		"⇧"}, {fyne.KeyModifierSuper, lang.L("Super"), "⌘"}} {
		if s.Mod()&m.modifier != 0 && mac {
			keys = append(keys, m.mac)
		} else if s.Mod()&m.modifier != 0 {
			keys = append(keys, m.name+"+")
		}
	}
	name := string(s.Key())
	switch s.Key() {
	case fyne.KeyLeft:
		name = "←"
	case fyne.KeyRight:
		name = "→"
	case fyne.KeyEqual:
		name = "+"
	case fyne.KeyReturn:
		name = lang.L("Enter")
	}
	return strings.Join(keys, "") + name
}
