package settings

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
)

// desks are the settings of a register that several desks work in, or shall work in.
func (p *registerSettings) desks() []fyne.CanvasObject {
	r := p.desk.Register()
	if r.Role() == "" {
		share := control.NewButton(lang.L("Share this register…"), p.office.Share)
		if p.office.Keeping().Folder == "" { // the sample
			share.Refuse(lang.L("The sample is not shared."))
		}
		return []fyne.CanvasObject{
			aside(lang.L("On a server, several people work in one register at the same time: each sees what the others do, " +
				"and does what their role allows.")),
			control.Row(share),
		}
	}
	colleagues := note("")
	p.names = func() {
		page.Read(p.desk, r.Safe().Colleagues, func(found []data.Person) {
			names := make([]string, len(found))
			for i, c := range found {
				names[i] = c.Name
			}
			colleagues.SetText(strings.Join(names, ", "))
		})
	}
	p.names()
	who := control.NewButton(lang.L("Colleagues…"), func() { p.desk.Go(page.Place{Tab: page.SettingsTab, Page: colleaguesPage}) })
	return []fyne.CanvasObject{
		setting(lang.L("Your role"), control.NewValue(page.Word(r.Role())), ""),
		setting(lang.L("Who works here"), colleagues, ""),
		control.Row(who, control.NewButton(lang.L("Change your password…"), p.office.ChangePassword)),
		control.Row(control.NewButton(lang.L("Save a copy…"), p.askToBackUp),
			control.NewButton(lang.L("Back to one desk…"), p.office.BackToOneDesk)),
		aside(lang.L("A copy is an ordinary register file with everything. " +
			"Going back to one desk goes on in such a file; the shared register stays as it is.")),
	}
}

// aside is a quiet sentence that begins where buttons do.
func aside(text string) fyne.CanvasObject { return control.Flush(note(text)) }
