package office

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/settings"
	"consign/ui/task"
)

// keepPause is the time between two looks whether the day has its backup: a program may stay open for weeks.
const keepPause = time.Hour

// Keeping is where the automatic backups of the open register go, nowhere those of the sample.
func (p *Program) Keeping() data.Keeping { return p.keeping(p.desk.Register().Path()) }

func (p *Program) keeping(path string) data.Keeping {
	if path == p.Sample {
		return data.Keeping{}
	}
	return settings.Of(p.App).Keeping(path)
}

// keepAsync makes the day's backup in the background, again on each day that the register stays open, until stopKeeping. It tells
// quietly what went wrong, once.
func (p *Program) keepAsync(r *data.Register) {
	if r.ReadOnly() != nil || r.Damage() != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	told := ""
	keep := func() {
		says := p.keep(ctx, r)
		if says == "" || says == told || ctx.Err() != nil {
			return
		}
		told = says
		p.Do(func() {
			if ctx.Err() == nil {
				p.desk.Say(says)
			}
		})
	}
	if task.Inline {
		keep()
		return
	}
	p.keeps.Go(func() {
		for {
			keep()
			select {
			case <-ctx.Done():
				return
			case <-time.After(keepPause):
			}
		}
	})
}

// keep makes the day's backup, and returns what people should hear of it.
func (p *Program) keep(ctx context.Context, r *data.Register) string {
	away, err := r.Safe().BackUpDaily(ctx)
	switch {
	case Cancelled(err), model.CodeOf(err) == model.Damaged: // which has its own voice
		return ""
	case err == nil && away:
		return lang.L("The second folder for backups is not there. It gets what it lacks when it is back.")
	case err == nil:
		return ""
	}
	p.LogError("backing up in the background", err)
	says := lang.L("No backup was made today: {{.Reason}}", map[string]any{"Reason": page.ErrorText(err)})
	if last, err := r.Safe().LastBackup(ctx); err == nil && safe.Overdue(last, time.Now()) {
		says += " " + safe.Last(last, time.Now())
	}
	return says
}

// stopKeeping ends the backups of the open register and waits for the one that is being made.
func (p *Program) stopKeeping() {
	if p.stop != nil {
		p.stop()
		p.keeps.Wait()
		p.stop = nil
	}
}

// tellPlace says once for each register that its folder is a dangerous one, why, and what to do.
func (p *Program) tellPlace(o *Opened) {
	warning := o.Place.Warning()
	if warning.Template == "" || !settings.Of(p.App).TellPlace(o.Register.Path()) {
		return
	}
	safe.Warn(p.Window, lang.L("The register lies in a dangerous place"), page.Words(warning))
}

// Restore puts the register of a backup in the place of the open one, which is kept beside it, and opens it.
func (p *Program) Restore(from string) {
	path := p.desk.Register().Path()
	p.endDesk()
	p.restore(from, path)
}

// restore opens the register at path again whether or not the backup was good: a refused backup changes nothing.
func (p *Program) restore(from, path string) {
	var refused error
	p.run(lang.L("Restoring the backup…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		refused = data.Restore(ctx, from, path)
		o, err := p.read(context.WithoutCancel(ctx), path, data.Options{MustExist: true})
		if err != nil && refused != nil {
			return nil, refused
		}
		return o, err
	}, func(o *Opened) {
		p.show(o, path == p.Sample)
		if p.ShowError(refused); refused == nil {
			p.desk.Say(restoredWords(lang.L("The backup is restored."), path))
		}
	}, func(err error) {
		p.showProblem(path, err)
		p.ShowError(refused)
	})
}

// restoredWords adds to what is said of a restore where the register from before it is.
func restoredWords(says, path string) string {
	if kept := data.Kept(path); len(kept) > 0 {
		says += " " + lang.L("The register from before is kept as “{{.File}}”.", map[string]any{"File": filepath.Base(kept[0])})
	}
	return says
}
