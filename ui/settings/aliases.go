package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// aliases are the fields for the codes and aliases that uploads choose from, with the button that saves them.
type aliases struct {
	desk                   page.Desk
	soldTo, kc, enrollment *control.Entry
	save                   *control.Button
	said                   *widget.Label // why they cannot be saved

	kept [3]string // what the fields say of what is saved
}

func newAliases(d page.Desk) *aliases {
	a := &aliases{desk: d, soldTo: newLines(), kc: newLines(), enrollment: newLines(), said: note("")}
	a.said.Importance = widget.DangerImportance
	a.said.Hide()
	a.save = control.NewMainButton(lang.L("Save"), a.keep)
	for _, e := range a.fields() {
		e.OnChanged = func(string) { a.arm() }
	}
	a.arm()
	a.read()
	return a
}

func (a *aliases) fields() [3]*control.Entry { return [3]*control.Entry{a.soldTo, a.kc, a.enrollment} }

func (a *aliases) written() (texts [3]string) {
	for i, e := range a.fields() {
		texts[i] = e.Text
	}
	return texts
}

// arm has the button off, with the reason, while there is nothing to save or the person may not.
func (a *aliases) arm() {
	a.save.Why = ""
	switch {
	case a.desk.Register().Role() == model.RegisterReader:
		a.save.Why = page.ErrorText(model.ReadsOnly())
	case a.written() == a.kept:
		a.save.Why = lang.L("Nothing has been changed.")
	}
	control.Enable(a.save, a.save.Why == "")
}

// read shows what is saved. A field that is being written into stays.
func (a *aliases) read() {
	page.Read(a.desk, a.desk.Register().Settings().Aliases, func(saved model.Aliases) {
		before := a.kept
		a.kept = [3]string{soldToLines(saved.SoldTo), strings.Join(saved.KCProfiles, "\n"), strings.Join(saved.Enrollments, "\n")}
		for i, e := range a.fields() {
			if e.Text == before[i] {
				e.SetText(a.kept[i])
			}
		}
		a.arm()
	})
}

// keep saves what is written.
func (a *aliases) keep() {
	written := a.written()
	all := model.Aliases{SoldTo: readSoldTo(written[0]), KCProfiles: strings.Split(written[1], "\n"),
		Enrollments: strings.Split(written[2], "\n")}
	var failed error
	a.desk.ReadAsync(func(ctx context.Context) error {
		failed = a.desk.Register().Settings().SetAliases(ctx, all)
		return nil
	}, func() {
		if failed != nil {
			a.said.SetText(page.ErrorText(failed))
			a.said.Show()
			return
		}
		a.said.Hide()
		a.kept = written
		a.read()
		a.desk.Say(lang.L("The aliases are saved."))
	})
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
