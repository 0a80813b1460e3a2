package sharing

import (
	"context"
	"hash/fnv"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// Colleagues is the page of who works in a shared register: an administrator lets others in, has them do more or less, gives them another
// password and takes their login away.
func Colleagues(d page.Desk, at page.Place) *page.Page {
	add := control.NewButton(lang.L("Add a colleague…"), func() { askNew(d) })
	may := d.Register().Role().MaySet()
	if may != nil {
		add.Why = page.ErrorText(may)
		add.Disable()
	}
	action := func(title string, do func(data.Person)) page.Action[data.Person] {
		return page.Action[data.Person]{Title: func(int) string { return title }, One: true,
			Can: func(p data.Person) error {
				if may == nil && p.Name == d.Register().Person() {
					return model.Fail(model.Refused, "Another administrator does this with your own login.")
				}
				return may
			},
			Do: func(s page.Selected[data.Person]) { do(s.Row) }}
	}
	change := action(lang.L("Change the role…"), func(p data.Person) { askRole(d, p) })
	change.Button = true
	remove := action(lang.L("Remove the colleague…"), func(p data.Person) { askToRemove(d, p) })
	remove.OnDelete = true
	l := page.List[data.Person]{
		Name: "colleagues", Title: lang.L("Who works here"), Shows: data.SettingsChanged, SearchHint: lang.L("Search a name"),
		Columns: []page.Column[data.Person]{
			{Column: grid.Column[data.Person]{ID: "name", Title: lang.L("NAME"), Width: 240, Most: 600, Sortable: true,
				Text: func(p data.Person) string { return p.Name }}},
			{Column: grid.Column[data.Person]{ID: "role", Title: lang.L("ROLE"), Words: page.WordsOf(model.Roles), Sortable: true,
				Text: func(p data.Person) string { return roleOf(p) }}},
			{Column: grid.Column[data.Person]{ID: "login", Title: lang.L("LOGIN"), Width: 180, Most: 400, Mono: true, Sortable: true,
				Text: func(p data.Person) string { return p.Login }}},
		},
		Row: func(ctx context.Context, id int64) (data.Person, error) {
			persons, err := d.Register().Safe().Colleagues(ctx)
			for _, p := range persons {
				if idOf(p) == id {
					return p, nil
				}
			}
			if err == nil {
				err = model.Fail(model.NotFound, "This colleague does not work here any more.")
			}
			return data.Person{}, err
		},
		Actions: []page.Action[data.Person]{change, action(lang.L("New password…"), func(p data.Person) { askPassword(d, p) }), remove},
		Nothing: grid.State{Title: lang.L("Nobody works here yet")},
		Buttons: []fyne.CanvasObject{add},
	}
	rows := &grid.Slice[data.Person]{Rows: d.Register().Safe().Colleagues, ID: idOf}
	for _, c := range l.Columns {
		rows.Columns = append(rows.Columns, c.Column)
	}
	l.Source = rows
	return page.NewListPage(d, l, at)
}

// roleOf is the word for what a person may do.
func roleOf(p data.Person) string {
	if p.Role == "" {
		return lang.L("No login any more")
	}
	return page.Word(p.Role)
}

// idOf tells a person from the others, by their login.
func idOf(p data.Person) int64 {
	h := fnv.New64a()
	h.Write([]byte(p.Login))
	return int64(h.Sum64() >> 1)
}

// roleChoice is a field to choose a role with, which begins with the given one.
func roleChoice(f *page.Form, now model.Role) (chosen func() model.Role) {
	captions := captions()
	options := make([]string, len(captions))
	for i, c := range captions {
		options[i] = c.text
	}
	choice := control.NewRadio(options, nil)
	for _, c := range captions {
		if c.Role == now {
			choice.SetSelected(c.text)
		}
	}
	f.Add(lang.L("Role"), choice)
	return func() model.Role {
		for _, c := range captions {
			if c.text == choice.Selected {
				return c.Role
			}
		}
		return now
	}
}

// askNew asks who is new, and for the folder of their invitation.
func askNew(d page.Desk) {
	f := page.NewForm(d, lang.L("Add a colleague"), lang.L("Add"))
	f.Text(lang.L("The name stands in the log of every act, and nobody can act under another one."))
	name := f.Input(lang.L("Name"), "")
	role := roleChoice(f, model.Clerk)
	f.Rule(name, func() error {
		if model.PlainText(name.Text) == "" {
			return model.Fail(model.Invalid, "This is needed.")
		}
		return nil
	})
	f.Submit = func() {
		p := data.Person{Name: model.PlainText(name.Text), Role: role(), Password: data.NewPassword()}
		if p.Login = data.LoginOf(p.Name); p.Login == "" {
			p.Login = "person"
		}
		f.Hide()
		page.AskFolderAsync(d, lang.L("Folder for the invitation"), func(folder string) {
			var added data.Person
			var invitation string
			d.RunAsync(lang.L("Adding the colleague…"), func(ctx context.Context, _ func(int, int)) (err error) {
				added, invitation, err = d.Register().Safe().AddColleague(ctx, p, folder)
				return err
			}, func() {
				showPassword(d, lang.L("{{.Person}} may work here now", map[string]any{"Person": added.Name}),
					lang.L("Give them the invitation {{.File}}, and tell them their password another way: it is shown only now.",
						map[string]any{"File": filepath.Base(invitation)}), added)
			})
		})
	}
	f.Show()
}

// askRole asks what a colleague may do from now on.
func askRole(d page.Desk, p data.Person) {
	f := page.NewForm(d, lang.L("What may {{.Person}} do?", map[string]any{"Person": p.Name}), lang.L("Save"))
	role := roleChoice(f, p.Role)
	f.Text(lang.L("It holds from their next act on."))
	f.Submit = func() {
		f.DoAsync(nil, func(ctx context.Context) error { return d.Register().Safe().ChangeRole(ctx, p.Login, role()) }, func() {
			f.Hide()
			d.Say(lang.L("{{.Person}} has another role now.", map[string]any{"Person": p.Name}))
		})
	}
	f.Show()
}

// askPassword gives a colleague another password.
func askPassword(d page.Desk, p data.Person) {
	page.Ask(d, lang.L("A new password for {{.Person}}?", map[string]any{"Person": p.Name}),
		lang.L("The old one leads nowhere then. What they have open now stays open."), lang.L("Give a new password"), func() {
			p.Password = data.NewPassword()
			d.RunAsync(lang.L("Giving a new password…"), func(ctx context.Context, _ func(int, int)) error {
				return d.Register().Safe().ChangePassword(ctx, p.Login, p.Password)
			}, func() {
				showPassword(d, lang.L("A new password"), lang.L("Tell it to {{.Person}}: it is shown only now.",
					map[string]any{"Person": p.Name}), p)
			})
		})
}

// showPassword shows a password this once.
func showPassword(d page.Desk, title, says string, p data.Person) {
	f := page.NewForm(d, title, lang.L("Copy the password"))
	f.Text(says)
	password := control.NewValue(p.Password)
	password.TextStyle.Monospace = true
	f.Add(lang.L("Password"), control.Flush(password))
	f.Add(lang.L("Login"), control.Flush(control.NewValue(p.Login)))
	f.Only(lang.L("Close"), f.Hide)
	f.Submit = func() { fyne.CurrentApp().Clipboard().SetContent(p.Password) }
	f.Show()
}

// askToRemove takes a colleague's login away.
func askToRemove(d page.Desk, p data.Person) {
	page.Confirm(d, lang.L("Remove {{.Person}}?", map[string]any{"Person": p.Name}),
		lang.L("Their login ends at once, also where they have the register open. What they did stays in the log under their name."),
		lang.L("Remove the colleague"), func() {
			d.RunAsync(lang.L("Removing the colleague…"), func(ctx context.Context, _ func(int, int)) error {
				return d.Register().Safe().RemoveColleague(ctx, p.Login)
			}, func() { d.Say(lang.L("{{.Person}} does not work here any more.", map[string]any{"Person": p.Name})) })
		})
}
