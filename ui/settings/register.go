package settings

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
)

// registerPageOf shows where the register is, and backs it up, restores it or opens another.
func registerPageOf(d page.Desk, o Office) *page.Page {
	path := d.Register().Path()
	where := control.NewValue(path)
	where.TextStyle.Monospace, where.Wrapping = true, fyne.TextWrapBreak
	size := widget.NewLabel("")
	reload := func() {
		page.Read(d, func(context.Context) (int64, error) { return d.Register().Size() },
			func(bytes int64) { size.SetText(Bytes(bytes)) })
	}
	reload()

	backUp := control.NewButton(lang.L("Back up…"), func() {
		name := lang.L("Consign backup {{.Date}}", map[string]any{"Date": time.Now().Format(time.DateOnly)}) + ".db"
		page.AskPathAsync(d, name, func(to string) {
			d.RunAsync(lang.L("Backing up the register…"), func(ctx context.Context, _ func(int, int)) error {
				return d.Register().Safe().Backup(ctx, to)
			}, func() {
				d.Say(lang.L("The register is backed up as {{.File}}.", map[string]any{"File": filepath.Base(to)}))
			})
		})
	})
	backUp.Importance = widget.HighImportance
	restore := control.NewButton(lang.L("Restore a backup…"), func() {
		page.AskFilesAsync(d.Window(), registers(lang.L("Restore a backup")), func(paths []string) {
			page.Confirm(d, lang.L("Restore {{.File}}?", map[string]any{"File": filepath.Base(paths[0])}),
				lang.L("The register becomes what the backup holds. The present one is kept beside it, under a name with today’s date, and never removed."),
				lang.L("Restore"), func() { o.Restore(paths[0]) })
		})
	})
	another := control.NewButton(lang.L("Open another register…"), func() {
		page.AskFilesAsync(d.Window(), registers(lang.L("Open another register")), func(paths []string) { o.OpenAsync(paths[0]) })
	})
	return &page.Page{
		Title: lang.L("Register"), Shows: ^data.Change(0), Reload: reload,
		Content: sections(
			section(lang.L("This register"),
				setting(lang.L("File"), where, ""),
				setting(lang.L("Size"), size, ""),
				container.NewHBox(
					control.NewButton(lang.L("Show in folder"), func() { o.ShowFolder(filepath.Dir(path)) }), another)),
			section(lang.L("Backup"), container.NewHBox(backUp, restore),
				note(lang.L("A backup is one file with everything in it. It can be made while you work."))),
			section(lang.L("Log"),
				note(lang.L("The log helps when something went wrong. It holds no identifiers of devices.")),
				container.NewHBox(control.NewButton(lang.L("Show the log folder"), func() { o.ShowFolder(o.Folder()) }))),
		),
	}
}

func registers(title string) page.Files {
	return page.Files{Title: title, Name: lang.L("Registers"), Endings: []string{".db"}}
}

// Bytes is a size as people read it.
func Bytes(n int64) string {
	switch {
	case n >= 1<<30:
		return lang.L("{{.Size}} GB", map[string]any{"Size": page.Number(int(n >> 30))})
	case n >= 1<<20:
		return lang.L("{{.Size}} MB", map[string]any{"Size": page.Number(int(n >> 20))})
	}
	return lang.L("{{.Size}} KB", map[string]any{"Size": page.Number(int((n + 1023) >> 10))})
}
