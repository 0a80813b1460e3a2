package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

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
	soldTo, kc, enrollment := newLines(), newLines(), newLines()
	said := note("")
	said.Importance = widget.DangerImportance
	said.Hide()
	save := control.NewButton(lang.L("Save"), func() {
		aliases := model.Aliases{SoldTo: readSoldTo(soldTo.Text), KCProfiles: strings.Split(kc.Text, "\n"),
			Enrollments: strings.Split(enrollment.Text, "\n")}
		var failed error
		d.ReadAsync(func(ctx context.Context) error {
			failed = d.Register().Settings().SetAliases(ctx, aliases)
			return nil
		}, func() {
			if failed != nil {
				said.SetText(page.ErrorText(failed))
				said.Show()
				return
			}
			said.Hide()
			d.Say(lang.L("The aliases are saved."))
		})
	})
	save.Importance = widget.HighImportance
	read := func() {
		page.Read(d, d.Register().Settings().Aliases, func(a model.Aliases) {
			soldTo.SetText(soldToLines(a.SoldTo))
			kc.SetText(strings.Join(a.KCProfiles, "\n"))
			enrollment.SetText(strings.Join(a.Enrollments, "\n"))
		})
	}
	read()
	return &page.Page{
		Title: lang.L("Person and aliases"), Shows: data.SettingsChanged, Reload: read, First: func() fyne.Focusable { return name },
		Content: sections(
			section(lang.L("Person"), setting(lang.L("Name"), name, about)),
			section(lang.L("Aliases"),
				setting(lang.L("Sold-to-codes"), soldTo, lang.L("One on a line: the code, a blank, and what you call it. New uploads offer them.")),
				setting(lang.L("KC profiles"), kc, lang.L("The aliases of Knox Configure profiles, one on a line.")),
				setting(lang.L("Enrollment profiles"), enrollment, lang.L("The aliases of Knox Mobile Enrollment profiles, one on a line.")),
				said, container.NewHBox(save)),
		),
	}
}

// newLines is a field for a few lines of text.
func newLines() *control.Entry {
	e := control.NewEntry()
	e.MultiLine = true
	e.SetMinRowsVisible(4)
	return e
}

func readSoldTo(text string) (codes []model.SoldTo) {
	for line := range strings.Lines(text) {
		code, alias, _ := strings.Cut(strings.TrimSpace(line), " ")
		codes = append(codes, model.SoldTo{Code: code, Alias: alias})
	}
	return codes
}

func soldToLines(codes []model.SoldTo) string {
	lines := make([]string, len(codes))
	for i, s := range codes {
		lines[i] = strings.TrimSpace(s.Code + " " + s.Alias)
	}
	return strings.Join(lines, "\n")
}
