package office

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/system"
)

// secretOf is the name under which the keyring keeps the password of a login.
func secretOf(s data.Server) string {
	return fmt.Sprintf("%s@%s:%d/%s/%s", s.User, s.Host, s.Port, s.Database, s.Schema)
}

// password is that of the login to the shared register at path: as it was entered since the program runs, else as the keyring keeps it.
// "" for a register in a file. Off Fyne's goroutine.
func (p *Program) password(path string) string {
	server, is := data.ServerOf(path)
	if !is {
		return ""
	}
	name := secretOf(server)
	if entered, is := p.entered.Load(name); is {
		return entered.(string)
	}
	return system.Secret(name)
}

// keepPassword keeps what was entered for the shared register at path, now that it has opened it: in the keyring and nowhere else.
func (p *Program) keepPassword(path string) {
	server, is := data.ServerOf(path)
	if !is {
		return
	}
	name := secretOf(server)
	entered, is := p.entered.Load(name)
	if !is || system.Secret(name) == entered.(string) {
		return
	}
	if err := system.KeepSecret(name, entered.(string)); err != nil {
		p.Log.WithError(err).Warn("the keyring did not take the password")
	}
}

// askPassword asks for the password of the login to the shared register at path and calls again with it; refused is why it asks, from the
// second time on.
func (p *Program) askPassword(path string, refused error, again, cancelled func()) {
	server, _ := data.ServerOf(path)
	name := secretOf(server)
	host := page.Host(standIn{p})
	if p.desk != nil {
		host = p.desk
	}
	f := page.NewForm(host, lang.L("Password for the shared register"), lang.L("Open"))
	f.Text(lang.L("{{.Login}} on {{.Server}}", map[string]any{"Login": server.User, "Server": server.Host}))
	password := f.Input(lang.L("Password"), "")
	password.Password = true
	f.Text(keyringWords())
	f.Rule(password, func() error {
		if password.Text == "" {
			return model.Fail(model.Invalid, "Enter the password that the administrator of the register gave you.")
		}
		return nil
	})
	f.Submit = func() {
		p.entered.Store(name, password.Text)
		f.Hide()
		again()
	}
	f.Cancelled = cancelled
	f.Show()
	if _, was := p.entered.Load(name); was || system.Secret(name) != "" {
		f.Fail(password, refused)
	}
}

// ChangePassword asks for another password of the login to the open register, has the server take it, and keeps it where the old one was.
func (p *Program) ChangePassword() {
	path := p.desk.Register().Path()
	server, _ := data.ServerOf(path)
	f := page.NewForm(p.desk, lang.L("Change your password"), lang.L("Save"))
	first, again := f.Input(lang.L("New password"), ""), f.Input(lang.L("New password, once more"), "")
	first.Password, again.Password = true, true
	f.Text(keyringWords())
	f.Rule(first, func() error {
		if len([]rune(first.Text)) < shortestPassword {
			return model.Fail(model.Invalid, "A password has at least {{.Letters}} characters.", "Letters", shortestPassword)
		}
		return nil
	})
	f.Rule(again, func() error {
		if first.Text != again.Text {
			return model.Fail(model.Invalid, "The two are not the same.")
		}
		return nil
	})
	f.Submit = func() {
		f.DoAsync(nil, func(ctx context.Context) error {
			return p.desk.Register().Safe().ChangePassword(ctx, server.User, first.Text)
		}, func() {
			p.entered.Store(secretOf(server), first.Text)
			p.keepPassword(path)
			f.Hide()
			p.desk.Say(lang.L("Your password is changed."))
		})
	}
	f.Show()
}

// shortestPassword is how many characters a password has at least that somebody thinks of.
const shortestPassword = 12

// keyringWords say where the password is kept.
func keyringWords() string {
	if system.HasKeyring() {
		return lang.L("It is kept in the keyring of this computer, and nowhere else.")
	}
	return lang.L("This computer has no keyring that keeps it: Consign asks at each start.")
}
