package review

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/ui/control"
	"consign/ui/page"
)

// showShape says on its button how the list is read.
func (r *Reviewer) showShape(l *list) {
	word := page.Word(l.layout.Shape)
	if l.template != "" {
		word = l.template
	}
	r.shape.SetText(lang.L("Read as: {{.Shape}}", map[string]any{"Shape": word}))
	r.shape.Hidden = l.reading || l.scan != nil
}

// chooseShape offers the shapes, the templates that fit the list, and to keep it as one.
func (r *Reviewer) chooseShape() {
	l := r.shown
	var items []*fyne.MenuItem
	for _, shape := range intake.Shapes {
		item := fyne.NewMenuItem(page.Word(shape), func() { r.readAs(shape) })
		item.Checked = shape == l.layout.Shape && l.template == ""
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	for _, t := range l.fitting {
		item := fyne.NewMenuItem(lang.L("Template {{.Name}}", map[string]any{"Name": t.Name}), func() { r.useTemplate(t) })
		item.Checked = t.Name == l.template
		items = append(items, item)
	}
	items = append(items,
		fyne.NewMenuItem(lang.L("Save as template…"), r.saveTemplate),
		fyne.NewMenuItem(lang.L("Templates…"), func() { ShowTemplates(r.desk, r.findTemplates) }),
		fyne.NewMenuItemSeparator())
	if l.layout.Shape == intake.Table {
		item := fyne.NewMenuItem(lang.L("Columns"), r.strip.toggle)
		item.Checked = r.strip.Visible()
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItem(lang.L("Take the list away"), func() { r.throwAway(l) }))
	control.ShowMenuBelow(r.shape, items)
}

// readAs reads the list in another shape, and lists of this make from now on.
func (r *Reviewer) readAs(shape intake.Shape) {
	l := r.shown
	layout := intake.RecogniseAs(l.sample, shape)
	r.askLost(l, layout, func() {
		l.template, l.constants = "", intake.Constants{}
		r.relay(l, layout)
		r.remember(l)
	})
}

// relay reads a list by another layout. What was done to its lines is done again where they are the same lines.
func (r *Reviewer) relay(l *list, layout intake.Layout) {
	if !sameLines(l.layout, layout) {
		l.edits = nil
	}
	l.layout = layout
	r.strip.show(l)
	r.read(l)
}

// sameLines reports whether a list has the same lines with the same cells by both layouts: only a table's are those of the file.
func sameLines(a, b intake.Layout) bool {
	return a.Shape == b.Shape && a.Header == b.Header && a.SideBySide() == b.SideBySide()
}

// askLost asks before what was done to the lines of a list is lost, as by another layout they are other lines, and then does do. Without
// anything to lose it is done at once.
func (r *Reviewer) askLost(l *list, layout intake.Layout, do func()) {
	if len(l.edits) == 0 || sameLines(l.layout, layout) {
		do()
		return
	}
	r.loses(l, do)
}

// loses asks before what was done to the lines of a list is lost.
func (r *Reviewer) loses(l *list, do func()) {
	n := len(l.edits)
	page.Confirm(r.desk, lang.N("Lose {{.Count}} corrections?", n, map[string]any{"Count": page.Number(n)}),
		lang.L("Read in this way the list has other lines: what was corrected, confirmed or left out does not fit them. "+
			"The file is not touched."),
		lang.L("Read it so"), do)
}

// remember keeps how a list is read for lists of its make.
func (r *Reviewer) remember(l *list) {
	r.desk.ReadAsync(func(ctx context.Context) error { return l.remember(ctx, r.desk) }, nil)
}

// readOthers brings the other lists of the shown list's file in, one each.
func (r *Reviewer) readOthers() {
	l := r.shown
	for _, found := range r.unread(l) {
		page.Read(r.desk, func(ctx context.Context) (*list, error) { return l.another(ctx, r.desk, found.Sheet) }, r.put)
	}
}

// unread are the other lists of the file that no list here has.
func (r *Reviewer) unread(l *list) []intake.Found {
	return slices.DeleteFunc(slices.Clone(l.found), func(f intake.Found) bool {
		return slices.ContainsFunc(r.lists, func(x *list) bool { return x.sameFile(l) && x.sheet == f.Sheet })
	})
}
