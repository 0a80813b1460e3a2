package safe

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/disk"
	"consign/model"
	"consign/ui/page"
)

// AskForFile asks for a file to restore and hands over its path.
func AskForFile(h page.Host, then func(path string)) {
	page.AskFilesAsync(h.Window(), page.Files{Title: lang.L("Restore a backup"), Name: lang.L("Registers"), Endings: []string{".db"}},
		func(paths []string) { then(paths[0]) })
}

// comparison is what a backup holds beside what the present register holds.
type comparison struct {
	backup, present data.Contents
	missing         bool  // there is no present register
	fault           error // why the present one tells nothing
}

// AskToRestore looks at the backup at from, checks all of it, shows what it holds beside what the register holds now, and calls restore if
// that is wanted. What cannot be restored is refused before anything is closed or changed.
func AskToRestore(h page.Host, from, register string, restore func()) {
	var c comparison
	h.RunAsync(lang.L("Looking at the backup…"), func(ctx context.Context, _ func(int, int)) (err error) {
		c, err = compare(ctx, from, register)
		return err
	}, func() { showComparison(h, c, register, restore) })
}

func compare(ctx context.Context, from, register string) (c comparison, err error) {
	if disk.Same(from, register) {
		return c, model.Fail(model.Refused, "This is the register itself. Choose a backup of it.")
	}
	if c.backup, err = data.Inspect(ctx, from); err != nil {
		if model.CodeOf(err) == model.Damaged {
			err = model.Fail(model.Damaged, "The backup is damaged. Nothing was changed: choose another one.").Because(err)
		}
		return c, err
	}
	c.present, c.fault = data.Look(ctx, register)
	c.missing = model.CodeOf(c.fault) == model.NotFound
	return c, ctx.Err()
}

func showComparison(h page.Host, c comparison, register string, restore func()) {
	f := page.NewForm(h, lang.L("Restore {{.File}}?", map[string]any{"File": filepath.Base(c.backup.Path)}), lang.L("Restore"))
	f.Text(lang.L("The register becomes what the backup holds. The backup itself stays as it is."))
	f.Add("", c.table())
	if !c.missing {
		f.Text(lang.L("The present register is not lost: it is kept beside it as “{{.File}}”.",
			map[string]any{"File": filepath.Base(data.KeptAs(register, time.Now()))}))
	}
	f.Submit = func() {
		f.Hide()
		restore()
	}
	if !c.missing {
		f.Careful()
	}
	f.Show()
}

// table is the comparison in lines of a name and one or two values.
func (c comparison) table() fyne.CanvasObject {
	number := func(n int) string { return page.Number(n) }
	lines := []struct {
		name string
		of   func(data.Contents) string
	}{
		{lang.L("Devices"), func(c data.Contents) string { return number(c.Devices) }},
		{lang.L("Uploads"), func(c data.Contents) string { return number(c.Uploads) }},
		{lang.L("Last act"), func(c data.Contents) string { return lastAct(c.LastAct) }},
		{lang.L("Performed by"), func(c data.Contents) string { return c.LastAct.PerformedBy }},
		{lang.L("Size"), func(c data.Contents) string { return Bytes(c.Size) }},
	}
	columns := 3
	if c.missing {
		columns = 2
	}
	rows := container.New(layout.NewGridLayoutWithColumns(columns), widget.NewLabel(""), heading(lang.L("In the backup")))
	if !c.missing {
		rows.Add(heading(lang.L("In the present register")))
	}
	body := container.New(layout.NewCustomPaddedVBoxLayout(0), rows, widget.NewSeparator())
	for _, l := range lines {
		name := widget.NewLabel(l.name)
		name.Importance = widget.LowImportance
		row := container.New(layout.NewGridLayoutWithColumns(columns), name, widget.NewLabel(l.of(c.backup)))
		if !c.missing {
			row.Add(c.now(l.of))
		}
		body.Add(row)
	}
	if c.fault != nil && !c.missing {
		why := widget.NewLabel(page.ErrorText(c.fault))
		why.Wrapping, why.Importance = fyne.TextWrapWord, widget.DangerImportance
		body.Add(why)
	}
	return body
}

// now is a figure of the present register, as far as it can be read.
func (c comparison) now(of func(data.Contents) string) fyne.CanvasObject {
	if c.fault != nil {
		return widget.NewLabel("—")
	}
	return widget.NewLabel(of(c.present))
}

func heading(text string) fyne.CanvasObject {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName, l.Wrapping = theme.SizeNameCaptionText, fyne.TextWrapWord
	return l
}
