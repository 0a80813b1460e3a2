package settings

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/safe"
)

// registerSettings is the page of the register: where it is and what keeps it safe.
type registerSettings struct {
	desk    page.Desk
	office  Office
	choices Choices

	size, last     *widget.Label
	checked        *widget.Label
	folder, second *control.Value
	away           *widget.Label // says that the second folder is not there
	noSecond       *control.Button
	names          func() // reads who works here again; nil where that is nobody else
}

// registerPageOf shows where the register is, and backs it up, restores it, checks it or opens another.
func registerPageOf(d page.Desk, o Office) *page.Page {
	p := &registerSettings{desk: d, office: o, choices: Of(fyne.CurrentApp()), size: widget.NewLabel(""), last: widget.NewLabel(""),
		checked: widget.NewLabel(""), folder: newPath(""), second: newPath(""), away: note("")}
	p.reload()
	path := d.Register().Path()
	another := control.NewButton(lang.L("Open another register…"), func() {
		page.AskFilesAsync(d.Window(), page.Files{Title: lang.L("Open another register"), Name: lang.L("Registers"),
			Endings: []string{".db", data.InvitationEnding}},
			func(paths []string) { o.OpenAsync(paths[0]) })
	})
	sections := sections(
		section(lang.L("This register"),
			setting(lang.L("File"), newPath(path), ""),
			setting(lang.L("Size"), p.size, ""),
			control.Row(control.NewButton(lang.L("Show in folder"), func() { o.ShowFolder(filepath.Dir(path)) }), p.move(), another)),
		section(lang.L("Several desks"), p.desks()...),
		section(lang.L("Backups"), p.backups()...),
		section(lang.L("Check"),
			note(lang.L("Consign looks at the register by itself once a week. "+
				"A check tells whether its file is sound, and whether anything in it was changed without Consign.")),
			setting(lang.L("Last check"), p.checked, ""),
			control.Row(
				control.NewButton(lang.L("Check…"), func() { d.Go(page.Place{Tab: page.SettingsTab, Page: Check}) }),
				control.NewButton(lang.L("Rescue…"), func() { safe.AskToRescue(d, path) })),
			note(lang.L("A rescue writes everything that can be read to one workbook, also of a damaged register."))),
		section(lang.L("Log"),
			note(lang.L("The log helps when something went wrong. It holds no identifiers of devices.")),
			control.Row(control.NewButton(lang.L("Show the log folder"), func() { o.ShowFolder(o.Folder()) }))),
	)
	return &page.Page{Title: lang.L("Register"), Shows: ^data.Change(0), Reload: p.reload, Content: sections}
}

// move is the button that moves the register to another folder. The sample stays where it is.
func (p *registerSettings) move() *control.Button {
	b := control.NewButton(lang.L("Move…"), func() {
		page.AskFolderAsync(p.desk, lang.L("Folder for the register"), p.askToMove)
	})
	b.Hidden = p.office.Keeping().Folder == "" || p.desk.Register().Role() != "" // a shared one lies on its server
	return b
}

// askToMove says what a move does, and moves the register if that is wanted.
func (p *registerSettings) askToMove(folder string) {
	from := p.desk.Register().Path()
	f := page.NewForm(p.desk, lang.L("Move the register?"), lang.L("Move"))
	f.Text(lang.L("It goes to {{.Folder}}.", map[string]any{"Folder": folder}))
	f.Text(lang.L("The register is copied there with the unfinished uploads, and the copy is checked. " +
		"Then Consign goes on there, and the old file is kept under another name."))
	f.Text(lang.L("The backups stay in {{.Folder}}.", map[string]any{"Folder": p.choices.Keeping(from).Folder}))
	if warning := data.PlaceOf(filepath.Join(folder, filepath.Base(from))).Warning(); warning.Template != "" {
		f.Text(page.Words(warning)).Importance = widget.WarningImportance
	}
	f.Careful()
	f.Submit = func() {
		f.Hide()
		p.office.MoveRegister(folder)
	}
	f.Show()
}

func newPath(path string) *control.Value {
	v := control.NewValue(path)
	v.TextStyle.Monospace, v.Wrapping, v.Truncation = true, fyne.TextWrapBreak, fyne.TextTruncateOff
	return v
}

// backups are the settings of backups, fewer for the sample, which has no automatic ones.
func (p *registerSettings) backups() []fyne.CanvasObject {
	copyTo := control.NewButton(lang.L("Back up to a file…"), p.askToBackUp)
	fromFile := control.NewButton(lang.L("Restore a file…"), func() { askForFile(p.desk, p.office) })
	fromFile.Hidden = p.desk.Register().Role() != "" // a shared one lies on its server
	if p.office.Keeping().Folder == "" {
		return []fyne.CanvasObject{control.Row(copyTo, fromFile), note(lang.L("The sample has no automatic backups."))}
	}
	now := control.NewButton(lang.L("Back up now"), func() { backUpNow(p.desk, p.reload) })
	now.Importance = widget.HighImportance
	list := control.NewButton(listTitle(p.desk), func() { p.desk.Go(page.Place{Tab: page.SettingsTab, Page: Backups}) })
	p.noSecond = control.NewButton(lang.L("Remove"), func() {
		p.choices.SetSecondBackups("")
		p.changed()
	})
	change := control.NewButton(lang.L("Change…"), func() {
		page.AskFolderAsync(p.desk, lang.L("Folder for backups"), func(folder string) {
			p.choices.SetBackups(folder)
			p.changed()
		})
	})
	choose := control.NewButton(lang.L("Choose…"), func() {
		page.AskFolderAsync(p.desk, lang.L("Second folder for backups"), func(folder string) {
			p.choices.SetSecondBackups(folder)
			p.changed()
		})
	})
	show := control.NewButton(lang.L("Show in folder"), func() { p.office.ShowFolder(p.office.Keeping().Folder) })
	p.reload()
	return []fyne.CanvasObject{
		setting(lang.L("Automatic backups"), p.last, lang.L("Consign backs up at the first start of each day, "+
			"before it deletes more than 1,000 devices, and before its own updates change the register. "+
			"It keeps 7 daily, 4 weekly and 12 monthly backups.")),
		control.Row(now, list, copyTo, fromFile),
		setting(lang.L("Folder"), p.folder, ""),
		setting("", control.Row(change, show), ""),
		setting(lang.L("Second folder"), p.second, ""),
		setting("", control.Row(choose, p.noSecond), lang.L("A stick or a network folder that gets a copy of each backup. "+
			"It may be away: it is brought up to date when it is back.")),
		setting("", p.away, ""),
	}
}

// changed brings the register and the page in line with the chosen folders.
func (p *registerSettings) changed() {
	p.desk.Register().Safe().KeepBackupsIn(p.office.Keeping())
	p.reload()
}

// reload reads again what the page shows.
func (p *registerSettings) reload() {
	r, k := p.desk.Register(), p.office.Keeping()
	page.Read(p.desk, func(context.Context) (int64, error) { return r.Safe().Size() }, func(bytes int64) { p.size.SetText(safe.Bytes(bytes)) })
	page.Read(p.desk, r.Safe().LastCheck, func(at time.Time) { p.showCheck(at) })
	if p.names != nil {
		p.names()
	}
	if k.Folder == "" || p.noSecond == nil {
		return
	}
	p.folder.SetText(k.Folder)
	second, none := k.Second, ""
	if second == "" {
		second, none = lang.L("None"), lang.L("There is no second folder.")
	}
	p.second.TextStyle.Monospace = k.Second != "" // a word is no path
	p.second.SetText(second)
	p.noSecond.Refuse(none)
	p.away.Hide()
	page.Read(p.desk, func(context.Context) (bool, error) {
		s, err := os.Stat(k.Second)
		return k.Second != "" && (err != nil || !s.IsDir()), nil
	}, func(away bool) {
		if away {
			p.away.SetText(lang.L("The second folder is not there now. It gets what it lacks when it is back."))
			p.away.Show()
		}
	})
	page.Read(p.desk, r.Safe().LastBackup, func(at time.Time) {
		p.last.Importance = widget.MediumImportance
		if safe.Overdue(at, time.Now()) {
			p.last.Importance = widget.WarningImportance
		}
		p.last.SetText(safe.Last(at, time.Now()))
	})
}

// showCheck says when the register was found sound last, or what is wrong with it.
func (p *registerSettings) showCheck(at time.Time) {
	r := p.desk.Register()
	says, importance := safe.LastCheck(at, time.Now()), widget.MediumImportance
	switch {
	case r.Damage() != nil:
		says, importance = lang.L("The register is damaged"), widget.DangerImportance
	case !r.Safe().LastLogCheck().Sound():
		says, importance = lang.L("The log was changed without Consign"), widget.DangerImportance
	}
	p.checked.Importance = importance
	p.checked.SetText(says)
}

// askToBackUp asks for a file and backs the register up there.
func (p *registerSettings) askToBackUp() {
	name := lang.L("Consign backup {{.Date}}", map[string]any{"Date": time.Now().Format(time.DateOnly)}) + ".db"
	page.AskPathAsync(p.desk, name, func(to string) {
		p.desk.RunAsync(lang.L("Backing up the register…"), func(ctx context.Context, _ func(int, int)) error {
			return p.desk.Register().Safe().Backup(ctx, to)
		}, func() {
			p.desk.Say(lang.L("The register is backed up as {{.File}}.", map[string]any{"File": filepath.Base(to)}))
		})
	})
}

// backUpNow makes an automatic backup and says so.
func backUpNow(d page.Desk, then func()) {
	var away bool
	d.RunAsync(lang.L("Backing up the register…"), func(ctx context.Context, _ func(int, int)) (err error) {
		away, err = d.Register().Safe().BackUpNow(ctx)
		return err
	}, func() {
		then()
		if away {
			d.Say(lang.L("The register is backed up. The second folder is not there now. It gets what it lacks when it is back."))
			return
		}
		d.Say(lang.L("The register is backed up."))
	})
}

// restore asks whether the backup at path is to be the register, and makes it that.
func restore(d page.Desk, o Office, path string) {
	safe.AskToRestore(d, path, d.Register().Path(), func() { o.Restore(path) })
}

// askForFile asks for a backup in any folder and restores it.
func askForFile(d page.Desk, o Office) { safe.AskForFile(d, func(path string) { restore(d, o, path) }) }

// listTitle is the button that leads to the backups: those of a shared register are not put in its place.
func listTitle(d page.Desk) string {
	if d.Register().Role() != "" {
		return lang.L("Show the backups…")
	}
	return lang.L("Restore…")
}

// openBackup makes a register of one desk of a backup of the shared one, which stays as it is, and goes on in it.
func openBackup(d page.Desk, o Office, path string) {
	page.AskPathAsync(d, filepath.Base(path), func(to string) {
		d.RunAsync(lang.L("Saving a copy…"), func(context.Context, func(int, int)) error { return data.CopyBackup(path, to) },
			func() { o.OpenAsync(to) })
	})
}

// backupsPage lists the backups, to restore one.
func backupsPage(d page.Desk, o Office, at page.Place) *page.Page {
	title, take := lang.L("Restore…"), restore
	if d.Register().Role() != "" {
		title, take = lang.L("Open as a register of one desk…"), openBackup
	}
	l := safe.List(d.Register().Safe().Backups, title, func(b data.Backup) {
		if b.Fault != nil {
			d.Fail(b.Fault)
			return
		}
		take(d, o, b.Path)
	})
	var made *page.Page
	if o.Keeping().Folder != "" {
		l.Buttons = append(l.Buttons, control.NewButton(lang.L("Back up now"), func() { backUpNow(d, made.Reload) }))
	}
	if d.Register().Role() == "" {
		l.Buttons = append(l.Buttons, control.NewButton(lang.L("Restore a file…"), func() { askForFile(d, o) }))
	}
	made = page.NewListPage(d, l, at)
	return made
}
