package office

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// ShowError shows an error as a sentence in a dialog. A fault of the program offers the log.
func (p *Program) ShowError(err error) {
	if err == nil || Cancelled(err) {
		return
	}
	text := widget.NewLabel(page.ErrorText(err))
	text.Wrapping = fyne.TextWrapWord
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.ErrorIcon()))
	var further []fyne.CanvasObject
	if model.CodeOf(err) == model.Internal {
		further = append(further, control.NewButton(lang.L("Show the log folder"), func() { p.ShowFolder(p.LogFolder) }))
	}
	control.ShowClosable(lang.L("That did not work"),
		container.NewBorder(nil, nil, container.NewVBox(icon), nil, container.New(control.Wide(400), text)), p.Window, further...)
}

// showProblem says why a register cannot be opened, and the ways on from there. Over an open desk it is a dialog, because
// the desk's own register stays.
func (p *Program) showProblem(path string, err error) {
	if p.desk != nil {
		p.ShowError(err)
		return
	}
	if Cancelled(err) {
		err = model.Fail(model.Cancelled, "Opening it was stopped.")
	}
	again := control.NewButton(lang.L("Try again"), func() { p.openAsync(path, true) })
	another := control.NewButton(lang.L("Open another register…"), p.AskForRegister)
	fresh := control.NewButton(lang.L("Start a new register"), func() { p.openAsync(path, false) })
	quit := control.NewButton(lang.L("Quit"), p.Quit)

	title, ways := lang.L("The register cannot be opened"), []fyne.CanvasObject{}
	first := again
	switch model.CodeOf(err) {
	case model.NotFound: // nothing is there that a new register could harm
		title, first = lang.L("The register is not there"), another
		ways = append(ways, fresh, another)
	case model.Damaged:
		first = control.NewButton(lang.L("Restore a backup…"), func() { p.askForBackup(path) })
		ways = append(ways, another, first)
	case model.NotRegister, model.Newer:
		first = another
		ways = append(ways, another)
	default:
		ways = append(ways, another, again)
	}
	first.Importance = widget.HighImportance
	p.Window.SetMainMenu(nil)
	place := widget.NewLabelWithStyle(path, fyne.TextAlignCenter, fyne.TextStyle{Monospace: true})
	place.Wrapping, place.Importance = fyne.TextWrapBreak, widget.LowImportance
	p.Window.SetContent(container.NewStack(container.NewCenter(container.NewVBox(
		control.Centred(title, page.ErrorText(err)+"\n"+lang.L("Nothing was changed."), append([]fyne.CanvasObject{quit}, ways...)...),
		container.New(control.Wide(560), place)))))
	p.Window.Canvas().Focus(first)
}

// askForBackup restores a backup in the place of a damaged register, which is kept beside it.
func (p *Program) askForBackup(path string) {
	page.AskFilesAsync(p.Window, page.Files{Title: lang.L("Restore a backup"), Name: lang.L("Registers"), Endings: []string{".db"}}, func(paths []string) {
		p.restore(paths[0], filepath.Clean(path), false)
	})
}
