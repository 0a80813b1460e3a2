package office

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/disk"
	"consign/ui/settings"
	"consign/ui/unfinished"
)

// MoveRegister moves the open register to another folder and opens it there. The uploads in the making go with it; its backups stay where
// they are, and further ones come to them. Until the new register is open the old one is the office's, whatever happens; then the old one
// gets another name.
func (p *Program) MoveRegister(folder string) {
	from := p.desk.Register().Path()
	to := filepath.Join(folder, filepath.Base(from))
	p.desk.Leave(func() {
		choices := settings.Of(p.App)
		choices.SetBackups(choices.Keeping(from).Folder)
		p.endDesk()
		p.move(from, to)
	})
}

func (p *Program) move(from, to string) {
	var refused error
	moved, kept := false, ""
	p.run(lang.L("Moving the register…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		refused = data.Relocate(ctx, from, to)
		ctx = context.WithoutCancel(ctx)
		if refused == nil {
			var o *Opened
			if o, refused = p.openMoved(ctx, from, to); refused == nil {
				moved = true
				return o, nil
			}
		}
		return p.read(ctx, from, data.Options{MustExist: true})
	}, func(o *Opened) {
		if moved {
			p.Own = to
			settings.Of(p.App).SetRegister(to)
			var err error
			if kept, err = p.setAside(from); err != nil {
				p.LogError("setting the moved register aside", err)
			}
		}
		p.show(o, false)
		if p.ShowError(refused); refused == nil {
			p.desk.Say(movedWords(to, kept))
		}
	}, func(err error) {
		p.showProblem(from, err)
		p.ShowError(refused)
	})
}

// openMoved opens a register where it was moved to, with the uploads in the making. What is not opened is taken away again.
func (p *Program) openMoved(ctx context.Context, from, to string) (o *Opened, err error) {
	if err = unfinished.Follow(from, to); err == nil {
		o, err = p.read(ctx, to, data.Options{MustExist: true})
	}
	if err != nil {
		err = errors.Join(err, disk.Remove(to), unfinished.ForgetAll(to))
	}
	return o, err
}

// setAside gives the old register another name, and forgets the uploads in the making that went with the new one.
func (p *Program) setAside(path string) (kept string, err error) {
	if kept, err = data.SetAside(path); err != nil {
		return "", err
	}
	return kept, unfinished.ForgetAll(path)
}

func movedWords(to, kept string) string {
	says := lang.L("The register lies in {{.Folder}} now.", map[string]any{"Folder": filepath.Dir(to)})
	if kept != "" {
		says += " " + lang.L("The old one is kept as “{{.File}}”.", map[string]any{"File": filepath.Base(kept)})
	}
	return says
}
