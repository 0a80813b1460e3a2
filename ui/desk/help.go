package desk

import (
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"consign/assets"
	"consign/ui/control"
	"consign/ui/shell"
)

// help shows every shortcut: those of the menu and those of a table.
func (d *Desk) help() {
	columns := container.NewHBox()
	desk := newShortcutList(lang.L("Everywhere"), 110)
	for _, m := range d.commandMenus() {
		for _, group := range m.groups {
			for _, c := range group {
				if c.shortcut != nil {
					desk.add(shortcutText(c.shortcut), c.title)
				}
			}
		}
	}
	if runtime.GOOS != "darwin" { // where the system draws the menu
		desk.add("F10", lang.L("Open the menu"))
		desk.add(lang.L("Alt")+"+"+lang.L("Letter"), lang.L("Open the menu that begins with it"))
	}
	table := newShortcutList(lang.L("In a table"), 200)
	for _, k := range tableKeys() {
		table.add(k[0], k[1])
	}
	columns.Add(desk.grid)
	columns.Add(shell.Gap(1))
	columns.Add(table.grid)
	control.ShowClosable(lang.L("Keyboard shortcuts"), columns, d.window)
}

// tableKeys are the keys of every table (see package grid) and what they do.
func tableKeys() [][2]string {
	ctrlKey := shortcutText(ctrl(""))
	return [][2]string{
		{"↑ ↓ " + strings.Join([]string{lang.L("PgUp"), lang.L("PgDn"), lang.L("Home"), lang.L("End")}, " "),
			lang.L("Move; with Shift extend the selection")},
		{lang.L("Space"), lang.L("Select or leave out this row")},
		{ctrlKey + "A", lang.L("Select all rows that are shown")},
		{lang.L("Esc"), lang.L("Clear the selection")},
		{lang.L("Enter"), lang.L("Open this row")},
		{lang.L("Del"), lang.L("Delete the selection, after asking")},
		{ctrlKey + "C", lang.L("Copy the selection")},
		{ctrlKey + lang.L("Shift") + "+C", lang.L("Copy it with column headings")},
		{lang.L("Shift") + "+F10", lang.L("Actions of the selection")},
		{ctrlKey + lang.L("Shift") + "+H", lang.L("Columns")},
		{ctrlKey + "G", lang.L("Go to a row by its number")},
		{lang.L("Letters"), lang.L("Seek in the sorted column")},
	}
}

// shortcutList is a heading and lines of keys and what they do.
type shortcutList struct {
	grid  *fyne.Container
	width control.Wide // of the keys
}

func newShortcutList(title string, width control.Wide) shortcutList {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	return shortcutList{container.New(layout.NewCustomPaddedVBoxLayout(-4), head), width}
}

func (l shortcutList) add(keys, does string) {
	name := widget.NewLabelWithStyle(keys, fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	l.grid.Add(container.NewBorder(nil, nil, container.New(l.width, name), nil, widget.NewLabel(does)))
}

// about says which Consign this is, on what terms it may be used, and where it keeps things.
func (d *Desk) about() {
	icon := canvas.NewImageFromResource(assets.Icon)
	icon.SetMinSize(fyne.NewSquareSize(72))
	text := widget.NewLabelWithStyle(lang.L("The desk of an office that prepares devices for Samsung Knox.\nConsign is not a product of "+
		"Samsung."),
		fyne.TextAlignCenter, fyne.TextStyle{})
	facts := container.New(layout.NewFormLayout())
	for _, fact := range [][2]string{
		{lang.L("Version"), d.program.Version}, {lang.L("Licence"), "MIT"}, {lang.L("Built with"), builtWith()},
		{lang.L("Register"), d.register.Path()}, {lang.L("Log"), d.program.LogFolder},
	} {
		value := control.NewValue(fact[1])
		value.TextStyle.Monospace = true
		facts.Add(widget.NewLabel(fact[0]))
		facts.Add(value)
	}
	control.ShowClosable(lang.L("About Consign"), container.NewVBox(container.NewCenter(icon), text, facts), d.window)
}

// builtWith are the compiler and the toolkit that the program was built with.
func builtWith() string {
	parts := []string{strings.Replace(runtime.Version(), "go", "Go ", 1)}
	if built, known := debug.ReadBuildInfo(); known {
		for _, m := range built.Deps {
			if m.Path == "fyne.io/fyne/v2" {
				parts = append(parts, "Fyne "+strings.TrimPrefix(m.Version, "v"))
			}
		}
	}
	return strings.Join(parts, ", ")
}
