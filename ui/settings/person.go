package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// Person is who sits at this computer: what was chosen, else the system's user.
func (c Choices) Person() string {
	if name := c.kept.String(keyPerson); name != "" {
		return name
	}
	return data.SystemUser()
}

// SetPerson keeps the name.
func (c Choices) SetPerson(name string) { c.kept.SetString(keyPerson, name) }

// personPage sets who sits at the desk, and the codes and aliases that uploads choose from.
func personPage(d page.Desk) *page.Page {
	choices := Of(fyne.CurrentApp())
	name := control.NewEntry()
	name.SetText(choices.Person())
	name.OnChanged = func(text string) {
		choices.SetPerson(model.PlainText(text))
		d.Register().SetPerson(choices.Person())
	}
	about := lang.L("Every act is logged under this name. Without one it is that of the system's user.")
	if d.Register().IsNamed() {
		name.SetText(d.Register().Person())
		name.Disable()
		about = lang.L("Every act is logged under this name: it belongs to your login in the shared register.")
	}
	aliases := newAliases(d)
	return &page.Page{
		Title: lang.L("Person and aliases"), Shows: data.SettingsChanged, Reload: aliases.read, First: func() fyne.Focusable { return name },
		Content: sections(
			section(lang.L("Person"), setting(lang.L("Name"), name, about)),
			section(lang.L("Aliases"),
				setting(lang.L("Sold-to-codes"), aliases.soldTo,
					lang.L("One on a line: the code, a blank, and what you call it. New uploads offer them.")),
				setting(lang.L("KC profiles"), aliases.kc, lang.L("The aliases of Knox Configure profiles, one on a line.")),
				setting(lang.L("Enrollment profiles"), aliases.enrollment, lang.L("The aliases of Knox Mobile Enrollment profiles, one on a line.")),
				aliases.said, control.Row(aliases.save)),
		),
	}
}
