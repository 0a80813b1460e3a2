package office

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/sharing"
)

// Share takes the open register to a server with the help of the assistant, and goes on there.
func (p *Program) Share() {
	safe, old := p.desk.Register().Safe(), p.desk.Register().Path()
	sharing.Ask(p.desk, sharing.Offer{Me: p.desk.Register().Person(), Share: safe.Share, Open: func(invitation, password string) {
		if server, is := data.ServerOf(invitation); is {
			p.entered.Store(secretOf(server), password)
		}
		p.desk.Leave(func() {
			p.endDesk()
			p.keepOld(old)
			p.goOn(invitation)
		})
	}})
}

// keepOld has the file of a register that was shared stay as it is.
func (p *Program) keepOld(path string) {
	if err := data.Keep(path); err != nil {
		p.LogError("keeping the register as it was", err)
	}
}

// goOn opens a register as the office's own.
func (p *Program) goOn(path string) {
	p.open(path, data.Options{MustExist: true}, func() {
		p.Own = path
		settings.Of(p.App).SetRegister(path)
	})
}

// BackToOneDesk makes an ordinary register file of the shared register, which stays as it is, and goes on in the file.
func (p *Program) BackToOneDesk() {
	name := lang.L("Register") + ".db"
	page.AskPathAsync(p.desk, name, func(to string) {
		register := p.desk.Register()
		p.desk.RunAsync(lang.L("Saving a copy…"), func(ctx context.Context, _ func(int, int)) error {
			return register.Safe().Backup(ctx, to)
		}, func() {
			p.desk.Leave(func() {
				p.goOn(to)
				if p.desk != nil && p.desk.Register().Path() == to {
					p.desk.Say(lang.L("You work in {{.File}} now. The shared register stays as it is.", map[string]any{"File": filepath.Base(to)}))
				}
			})
		})
	})
}
