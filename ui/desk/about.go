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
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/assets"
	"consign/ui/control"
)

// aboutWidth has room for the path of a register.
const aboutWidth = 600

// about says which Consign this is, on what terms it may be used, and where it keeps things. All of it can be copied for a letter to
// support.
func (d *Desk) about() {
	icon := canvas.NewImageFromResource(assets.Icon)
	icon.SetMinSize(fyne.NewSquareSize(72))
	text := widget.NewLabelWithStyle(lang.L("The desk of an office that prepares devices for Samsung Knox.\n"+
		"Consign is not a product of Samsung."),
		fyne.TextAlignCenter, fyne.TextStyle{})
	text.Wrapping = fyne.TextWrapWord
	facts := container.New(layout.NewFormLayout())
	for _, fact := range d.facts() {
		value := control.NewValue(fact[1])
		value.TextStyle.Monospace = true
		facts.Add(widget.NewLabel(fact[0]))
		facts.Add(value)
	}
	copied := control.NewButtonWithIcon(lang.L("Copy"), theme.ContentCopyIcon(), nil)
	copied.OnTapped = func() {
		var lines []string
		for _, fact := range d.facts() {
			lines = append(lines, fact[0]+": "+fact[1])
		}
		d.program.App.Clipboard().SetContent("Consign\n" + strings.Join(lines, "\n") + "\n")
		copied.SetText(lang.L("Copied"))
	}
	all := container.New(control.InWidth(d.window, aboutWidth), container.NewVBox(container.NewCenter(icon), text, facts))
	control.ShowClosable(lang.L("About Consign"), all, d.window, copied)
}

// facts are what is known of this Consign: names and values.
func (d *Desk) facts() [][2]string {
	facts := [][2]string{
		{lang.L("Version"), d.program.Version}, {lang.L("Licence"), "MIT"},
		{lang.L("Built with"), builtWith()}, {lang.L("Database"), d.register.Engine()},
		{lang.L("System"), runtime.GOOS + ", " + runtime.GOARCH}, {lang.L("Register"), d.register.Path()},
	}
	if backups := d.program.Keeping().Folder; backups != "" {
		facts = append(facts, [2]string{lang.L("Backups"), backups})
	}
	return append(facts, [2]string{lang.L("Log"), d.program.LogFolder})
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
