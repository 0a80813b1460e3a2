package office

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/safe"
)

// lostMargin is the room around the page of a lost register.
const lostMargin = 24

// lost is the page of a register that is damaged, or gone while a kept one or a backup is there.
type lost struct {
	program *Program
	path    string
	damaged bool
	list    []data.Backup
	newest  *widget.Label
	view    *grid.View[data.Backup]
	restore *control.Button
}

// showLost shows which backups there are and offers the newest good one; of a damaged register also what can still be read.
func (p *Program) showLost(path string, err error) {
	l := &lost{program: p, path: path, damaged: model.CodeOf(err) == model.Damaged}
	title, text := lang.L("The register is not there, but backups are"),
		lang.L("The file is missing, but what was kept of it is here. Restore the newest one, unless you know why the register is gone: "+
			"nothing is removed by that.")
	if l.damaged {
		title, text = lang.L("The register is damaged"),
			lang.L("A part of the file cannot be read any more, by a failing disk or a lost connection for example. It stays as it is. "+
				"Restore the newest good backup; what was done since then, a rescue writes to a workbook as far as it can be read.")
	}
	l.newest = widget.NewLabel(lang.L("Looking at the backups…"))
	l.newest.Wrapping, l.newest.TextStyle.Bold = fyne.TextWrapWord, true
	l.view = safe.NewView(func(context.Context) ([]data.Backup, error) { return l.list, nil })
	l.view.Table.OnOpen = l.ask
	l.view.Table.OnSelectionChanged = l.arm
	p.Window.SetContent(container.New(layout.NewCustomPaddedLayout(lostMargin, lostMargin, lostMargin, lostMargin),
		control.InOrder(l.head(title, text), nil, l.view, nil, l.foot())))
	l.readAsync()
}

// head is the title, what is the matter, and which backup is offered.
func (l *lost) head(title, text string) fyne.CanvasObject {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameHeadingText
	place := control.NewValue(l.path)
	place.TextStyle.Monospace, place.Importance = true, widget.LowImportance
	place.Wrapping, place.Truncation = fyne.TextWrapBreak, fyne.TextTruncateOff
	body := widget.NewLabel(text)
	body.Wrapping = fyne.TextWrapWord
	return container.NewVBox(head, place, body, l.newest)
}

// foot is the ways on, the main one last.
func (l *lost) foot() fyne.CanvasObject {
	p, h := l.program, standIn{l.program}
	l.restore = control.NewButton(lang.L("Restore…"), func() {
		if b, ok := l.view.Table.Current(); ok {
			l.ask(b)
		}
	})
	l.restore.Importance = widget.HighImportance
	l.restore.Refuse(lang.L("Choose a backup that can be restored."))
	ways := []fyne.CanvasObject{control.NewButton(lang.L("Quit"), p.Quit), layout.NewSpacer()}
	if l.damaged {
		ways = append(ways,
			control.NewButton(lang.L("Open for reading"), l.openToRead),
			control.NewButton(lang.L("Rescue…"), func() { safe.AskToRescue(h, l.path) }))
	} else {
		ways = append(ways, control.NewButton(lang.L("Begin a new register"), func() { p.open(l.path, data.Options{Anew: true}, func() {}) }))
	}
	return control.Row(append(ways,
		control.NewButton(lang.L("Open another register…"), p.AskForRegister),
		control.NewButton(lang.L("Restore a file…"), func() { safe.AskForFile(h, func(path string) { l.ask(data.Backup{Path: path}) }) }),
		l.restore)...)
}

// readAsync reads the list, and checks its backups from the newest on until one is good.
func (l *lost) readAsync() {
	keeping := l.program.keeping(l.path)
	good := -1
	page.Read(standIn{l.program}, func(ctx context.Context) ([]data.Backup, error) {
		list, err := data.BackupsOf(ctx, l.path, keeping)
		good = slices.IndexFunc(list, func(b data.Backup) bool { return b.Fault == nil })
		for ; good >= 0 && good < len(list); good++ {
			if list[good].Fault == nil {
				_, list[good].Fault = data.Inspect(ctx, list[good].Path)
			}
			if list[good].Fault == nil {
				return list, err
			}
		}
		good = -1
		return list, err
	}, func(list []data.Backup) {
		if l.program.desk != nil { // another register is open by now
			return
		}
		l.list = list
		l.newest.SetText(l.offers(good))
		l.view.Table.OnAnswer = func() { l.begin(good) }
		l.view.Table.Reload()
		l.arm()
	})
}

// offers says which backup is the newest good one.
func (l *lost) offers(good int) string {
	if good < 0 {
		return lang.L("There is no good backup in the folders of backups. Restore one from a file, if there is one elsewhere.")
	}
	b := l.list[good]
	says := lang.L("The newest good backup is of {{.Time}}: {{.Holds}}.",
		map[string]any{"Time": page.DateTime(b.At), "Holds": safe.Holds(b.Contents)})
	if a := b.Contents.LastAct; a.ID != 0 {
		says += " " + lang.L("Its last act is of {{.Time}}: {{.Event}}.",
			map[string]any{"Time": page.DateTime(a.At), "Event": page.Word(a.Event)})
	}
	return says
}

// begin selects the newest good backup once the list is on screen.
func (l *lost) begin(good int) {
	if l.view.Table.Len() != len(l.list) {
		return
	}
	l.view.Table.OnAnswer = nil
	if good >= 0 {
		l.view.Table.GoTo(good)
		l.program.Window.Canvas().Focus(l.view.First())
	}
}

// arm turns the restore on for a backup that can be read.
func (l *lost) arm() {
	b, ok := l.view.Table.Current()
	l.restore.Allow(ok && b.Fault == nil && l.view.Table.Selected() == 1, lang.L("Choose a backup that can be restored."))
}

// ask shows what a backup holds, and restores it if that is wanted.
func (l *lost) ask(b data.Backup) {
	h := standIn{l.program}
	if b.Fault != nil {
		h.Fail(b.Fault)
		return
	}
	safe.AskToRestore(h, b.Path, l.path, func() { l.program.restore(b.Path, l.path) })
}

// openToRead opens the damaged register as far as it can be read.
func (l *lost) openToRead() {
	p := l.program
	p.run(lang.L("Opening the register…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		return p.read(ctx, l.path, data.Options{MustExist: true, EvenDamaged: true})
	}, func(o *Opened) { p.show(o, l.path == p.Sample) }, func(err error) {
		if model.CodeOf(err) == model.Damaged {
			err = model.Fail(model.Damaged, "Too much of the register is damaged to open it. A rescue may still read some of it.").Because(err)
		}
		p.ShowError(err)
	})
}
