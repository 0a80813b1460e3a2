package review

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/disk"
	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// useTemplate reads the shown list by a template, with its constants.
func (r *Reviewer) useTemplate(t intake.Template) {
	l := r.shown
	layout, ok := t.Apply(l.sample)
	if !ok {
		r.desk.Fail(model.Fail(model.Invalid, "This list has other columns than those of the template {{.Name}}.", "Name", t.Name))
		return
	}
	r.askLost(l, layout, func() {
		l.template, l.constants = t.Name, t.Constants
		if r.Tags != nil && t.Constants.Tags != "" {
			r.Tags(t.Constants.Tags)
		}
		r.relay(l, layout)
	})
}

// saveTemplate asks for a name and what the lists of a distributor do not say, and keeps how the shown list is read.
func (r *Reviewer) saveTemplate() {
	l := r.shown
	f := page.NewForm(r.desk, lang.L("Save as template"), lang.L("Save"))
	f.Text(lang.L("Lists of this make can be read in the same way from now on: its shape and columns, and what stands here. " +
		"The template is offered when a list fits."))
	name := f.Input(lang.L("Name"), lang.L("such as the distributor's"))
	name.SetText(l.template)
	device := f.Input(lang.L("Model"), lang.L("of devices for which the list says none"))
	device.SetText(l.constants.Model)
	order := f.Input(lang.L("Order number"), lang.L("of devices for which the list says none"))
	order.SetText(l.constants.OrderNumber)
	tags := f.Input(lang.L("Tags"), lang.L("one, another"))
	tags.SetText(l.constants.Tags)
	f.Rule(name, func() error {
		if strings.TrimSpace(name.Text) == "" {
			return model.Fail(model.Invalid, "Give the template a name.")
		}
		return nil
	})
	f.Rule(order, func() error { return model.CheckOrderNumber(order.Text) })
	f.Rule(tags, func() error { return model.CheckTags(model.ReadTags(tags.Text)) })
	f.Submit = func() {
		t := intake.NewTemplate(name.Text, l.layout, intake.Constants{Model: device.Text, OrderNumber: order.Text, Tags: tags.Text})
		f.DoAsync(name, func(ctx context.Context) error { return intake.SaveTemplate(ctx, r.desk.Register().Settings(), t) }, func() {
			f.Hide()
			r.findTemplates()
			r.useTemplate(t)
			r.desk.Say(lang.L("The template {{.Name}} is saved.", map[string]any{"Name": t.Name}))
		})
	}
	f.Show()
}

// findTemplates looks which templates fit the lists now.
func (r *Reviewer) findTemplates() {
	page.Read(r.desk, func(ctx context.Context) ([]intake.Template, error) {
		return intake.Templates(ctx, r.desk.Register().Settings())
	}, func(all []intake.Template) {
		for _, l := range r.lists {
			l.fitting = fitting(all, l.layout)
			if !slices.ContainsFunc(all, func(t intake.Template) bool { return t.Name == l.template }) {
				l.template = "" // its constants stay with the lines
			}
		}
		r.refresh()
	})
}

func fitting(all []intake.Template, l intake.Layout) []intake.Template {
	var some []intake.Template
	for _, t := range all {
		if t.Fits(l) {
			some = append(some, t)
		}
	}
	return some
}

// templates is the dialog in which templates are renamed, deleted and exchanged with other offices.
type templates struct {
	desk    page.Desk
	dialog  *control.Dialog
	rows    *fyne.Container
	send    *control.Button
	take    *control.Button
	changed func()
}

// ShowTemplates shows the templates of the register; changed hears that they are others.
func ShowTemplates(d page.Desk, changed func()) {
	t := &templates{desk: d, rows: container.NewVBox(), changed: changed}
	t.send = control.NewButtonWithIcon(lang.L("Export…"), theme.DocumentSaveIcon(), t.export)
	t.take = control.NewButtonWithIcon(lang.L("Import…"), theme.FolderOpenIcon(), t.load)
	room := control.Roomy(d.Window(), fyne.NewSize(520, 260), container.NewVScroll(t.rows))
	t.dialog = control.NewDialog(lang.L("Templates"), room, d.Window())
	closing := control.NewButton(lang.L("Close"), t.dialog.Hide)
	closing.Importance = widget.HighImportance
	t.dialog.SetButtons([]fyne.CanvasObject{t.take, t.send, closing})
	t.dialog.Show()
	control.Answer(d.Window().Canvas(), control.Keys{Enter: t.dialog.Hide, Escape: t.dialog.Hide})
	d.Window().Canvas().Focus(closing)
	t.show()
}

// show shows the templates as they are now.
func (t *templates) show() {
	page.Read(t.desk, func(ctx context.Context) ([]intake.Template, error) {
		return intake.Templates(ctx, t.desk.Register().Settings())
	}, func(all []intake.Template) {
		t.rows.Objects = nil
		if len(all) == 0 {
			none := widget.NewLabel(lang.L("There is no template yet. " +
				"Open a list, say what its columns hold, and choose “Save as template…” under “Read as”."))
			none.Wrapping, none.Importance = fyne.TextWrapWord, widget.LowImportance
			t.rows.Add(none)
		}
		for _, x := range all {
			name := control.NewName(x.Name, 0)
			rename := control.NewButton(lang.L("Rename…"), func() { t.rename(x.Name) })
			away := control.NewButton(lang.L("Delete…"), func() { t.delete(x.Name) })
			t.rows.Add(control.InOrder(nil, nil, name, control.Row(rename, away), nil))
		}
		t.rows.Refresh()
		control.Enable(t.send, len(all) > 0)
	})
}

// again shows the templates after a change.
func (t *templates) again() {
	t.show()
	t.changed()
}

func (t *templates) rename(from string) {
	f := page.NewForm(t.desk, lang.L("Rename {{.Name}}", map[string]any{"Name": from}), lang.L("Rename"))
	name := f.Input(lang.L("Name"), "")
	name.SetText(from)
	f.Submit = func() {
		f.DoAsync(name, func(ctx context.Context) error {
			return intake.RenameTemplate(ctx, t.desk.Register().Settings(), from, name.Text)
		}, func() {
			f.Hide()
			t.again()
		})
	}
	f.Show()
}

func (t *templates) delete(name string) {
	title := lang.L("Delete the template {{.Name}}?", map[string]any{"Name": name})
	page.Confirm(t.desk, title, lang.L("Lists are read as Consign recognises them then. No list and no device is touched."),
		lang.L("Delete"), func() {
			t.desk.ReadAsync(func(ctx context.Context) error { return intake.DeleteTemplate(ctx, t.desk.Register().Settings(), name) }, t.again)
		})
}

const templateEnding = ".json"

// export writes all templates to a file, for another office.
func (t *templates) export() {
	page.AskPathAsync(t.desk, page.FileName(lang.L("Templates"))+templateEnding, func(path string) {
		t.desk.ReadAsync(func(ctx context.Context) error {
			all, err := intake.Templates(ctx, t.desk.Register().Settings())
			if err != nil {
				return err
			}
			text, err := intake.WriteTemplates(all)
			if err != nil {
				return err
			}
			if err := disk.WriteFile(path, text, disk.Private); err != nil {
				return disk.Unwritable(path, err)
			}
			return nil
		}, func() { t.desk.Say(lang.L("{{.File}} is saved.", map[string]any{"File": filepath.Base(path)})) })
	})
}

// load takes the templates of a file, and asks before it replaces those of the same name.
func (t *templates) load() {
	ask := page.Files{Title: lang.L("Open templates"), Name: lang.L("Templates"), Endings: []string{templateEnding}}
	page.AskFilesAsync(t.desk.Window(), ask, func(paths []string) {
		type answer struct {
			list []intake.Template
			same int
		}
		page.Read(t.desk, func(ctx context.Context) (a answer, err error) {
			if a.list, err = readTemplates(paths[0]); err != nil {
				return a, err
			}
			here, err := intake.Templates(ctx, t.desk.Register().Settings())
			for _, x := range a.list {
				if slices.ContainsFunc(here, func(y intake.Template) bool { return y.Name == x.Name }) {
					a.same++
				}
			}
			return a, err
		}, func(a answer) {
			if a.same == 0 {
				t.keep(a.list)
				return
			}
			title := lang.N("Replace {{.Count}} templates?", a.same, map[string]any{"Count": page.Number(a.same)})
			page.Confirm(t.desk, title, lang.L("Templates with the same names are here already."), lang.L("Replace"), func() { t.keep(a.list) })
		})
	})
}

// keep keeps templates that were imported.
func (t *templates) keep(list []intake.Template) {
	t.desk.ReadAsync(func(ctx context.Context) error {
		for _, x := range list {
			if err := intake.SaveTemplate(ctx, t.desk.Register().Settings(), x); err != nil {
				return err
			}
		}
		return nil
	}, t.again)
}

func readTemplates(path string) ([]intake.Template, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, model.Fail(model.NotFound, "There is no such file.").Because(err)
	}
	return intake.ReadTemplates(text)
}
