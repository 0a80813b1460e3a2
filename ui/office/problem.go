package office

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/task"
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
	spoilt := path == p.Sample && (model.CodeOf(err) == model.Damaged || model.CodeOf(err) == model.NotRegister)
	switch {
	case p.desk != nil && spoilt:
		p.askToRemakeSample()
		return
	case p.desk != nil:
		p.ShowError(err)
		return
	}
	p.atOnce, p.runner = false, task.NewRunner(p.Window, false)
	p.Window.SetMainMenu(nil)
	switch code := model.CodeOf(err); {
	case spoilt:
		p.showSpoiltSample()
		return
	case code == model.KeptOnly, code == model.Damaged:
		p.showLost(path, err)
		return
	}
	if Cancelled(err) {
		err = model.Fail(model.Cancelled, "Opening it was stopped.")
	}
	again := control.NewButton(lang.L("Try again"), func() { p.openAsync(path, true) })
	another := control.NewButton(lang.L("Open another register…"), p.AskForRegister)
	quit := control.NewButton(lang.L("Quit"), p.Quit)

	title, ways := lang.L("The register cannot be opened"), []fyne.CanvasObject{}
	first := again
	switch code := model.CodeOf(err); {
	case code == model.NotFound && !data.IsInvitation(path): // nothing is there that a new register could harm
		title, first = lang.L("The register is not there"), another
		ways = append(ways, control.NewButton(lang.L("Start a new register"), func() { p.open(path, data.Options{}, func() {}) }), another)
	case code == model.NotRegister, code == model.Newer:
		first = another
		ways = append(ways, another)
	default:
		ways = append(ways, another, again)
	}
	p.showWays(path, first, control.Centred(title, page.ErrorText(err)+"\n"+lang.L("Nothing was changed."),
		append([]fyne.CanvasObject{quit}, ways...)...))
}

// showWays shows what is the matter with the file at path, and the ways on; the keyboard begins at first.
func (p *Program) showWays(path string, first *control.Button, says fyne.CanvasObject) {
	first.Importance = widget.HighImportance
	place := widget.NewLabelWithStyle(path, fyne.TextAlignCenter, fyne.TextStyle{Monospace: true})
	place.Wrapping, place.Importance = fyne.TextWrapBreak, widget.LowImportance
	p.Window.SetContent(container.NewStack(container.NewCenter(container.NewVBox(says, container.New(control.Wide(560), place)))))
	p.Window.Canvas().Focus(first)
}

// showSpoiltSample offers to make a damaged sample anew: nothing in it is anybody's, and it has no backups.
func (p *Program) showSpoiltSample() {
	anew := control.NewButton(lang.L("Make the sample anew"), p.RemakeSampleAsync)
	p.showWays(p.Sample, anew, control.Centred(lang.L("The sample is damaged"), safe.SpoiltSample(),
		control.NewButton(lang.L("Quit"), p.Quit), control.NewButton(lang.L("Open your own register"), p.OpenOwnAsync), anew))
}

// askToRemakeSample offers the same over the desk of another register.
func (p *Program) askToRemakeSample() {
	safe.WarnOfDamagedSample(standIn{p}, p.RemakeSampleAsync)
}
