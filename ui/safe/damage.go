package safe

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/page"
)

// warningWidth is the width of the text of a warning.
const warningWidth = 440

// Warn shows a warning with buttons that lead on: a tap on one closes the warning first. The keyboard begins at Close.
func Warn(w fyne.Window, title, says string, ways ...Way) dialog.Dialog {
	label := widget.NewLabel(says)
	label.Wrapping = fyne.TextWrapWord
	icon := widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon()))
	text := container.New(control.Wide(warningWidth), label)
	d := control.NewDialog(title, container.NewBorder(nil, nil, container.NewVBox(icon), nil, text), w)
	leave := control.NewButton(lang.L("Close"), d.Hide)
	buttons := []fyne.CanvasObject{leave}
	var main func()
	for i, way := range ways {
		b := control.NewButton(way.Title, func() {
			d.Hide()
			way.Do()
		})
		if i == len(ways)-1 {
			b.Importance, main = widget.HighImportance, b.OnTapped
		}
		buttons = append(buttons, b)
	}
	d.SetButtons(buttons)
	d.Show()
	control.Answer(w.Canvas(), control.Keys{Submit: main, Escape: d.Hide})
	w.Canvas().Focus(leave)
	return d
}

// Way is a button that leads on.
type Way struct {
	Title string
	Do    func()
}

// WarnOfDamage says that the open register is damaged, why nothing is changed any more, and what can be done.
func WarnOfDamage(h page.Host, path string, restore func()) dialog.Dialog {
	return Warn(h.Window(), lang.L("The register is damaged"),
		lang.L("What you see may be incomplete or wrong, and nothing is changed any more, so that it becomes no worse. "+
			"Restore a backup; what was done since then, a rescue writes to a workbook as far as it can be read."),
		Way{lang.L("Rescue…"), func() { AskToRescue(h, path) }}, Way{lang.L("Restore a backup…"), restore})
}

// WarnOfDamagedSample says that the open sample is damaged, and offers to make it anew.
func WarnOfDamagedSample(h page.Host, anew func()) dialog.Dialog {
	return Warn(h.Window(), lang.L("The sample is damaged"), SpoiltSample(), Way{lang.L("Make the sample anew"), anew})
}

// SpoiltSample says what can be done about a damaged sample.
func SpoiltSample() string {
	return lang.L("All that it holds is made up: Consign makes it anew, as it was at the beginning. Your own register is not touched.")
}
