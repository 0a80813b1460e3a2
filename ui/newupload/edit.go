package newupload

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// edit corrects the cells of a line that count, and gives it its new verdict at once.
func (r *reviewer) edit(line intake.Line) {
	l := r.shown
	f := page.NewForm(r.desk, lang.L("Line {{.Line}}", map[string]any{"Line": page.Number(line.Number)}), lang.L("Correct"))
	said := f.Text("")
	tell := func(now intake.Line) {
		word, look := verdictLook(now)
		if reason := page.Words(now.Reason); reason != "" {
			word += ": " + reason
		}
		said.Importance = map[grid.Look]widget.Importance{grid.Good: widget.SuccessImportance, grid.Waiting: widget.WarningImportance, grid.Bad: widget.DangerImportance}[look]
		said.SetText(word)
	}
	if line.Registered != 0 {
		line.Reason = r.said.of(l.review, line)
	}
	tell(line)
	fields := map[int]*page.Input{}
	for column, m := range l.layout.Columns {
		if m == intake.Ignored || m == intake.Quantity {
			continue
		}
		name := page.Word(m)
		if l.layout.Header > 0 && column < len(l.layout.Titles) && l.layout.Titles[column] != "" {
			name = l.layout.Titles[column]
		}
		field := f.Input(name, "")
		if column < len(line.Cells) {
			field.SetText(line.Cells[column])
		}
		fields[column] = field
	}
	if line.Verdict == model.Warning && !line.Confirmed {
		f.Offer(lang.L("Confirm"), func() {
			f.Hide()
			r.mark(l, note{Confirm: &line.Index, Yes: true})
		})
	}
	f.Submit = func() {
		var notes []note
		for column, field := range fields {
			before := ""
			if column < len(line.Cells) {
				before = line.Cells[column]
			}
			if field.Text != before {
				notes = append(notes, note{Line: line.Index, Column: column, Text: &field.Text})
			}
		}
		if len(notes) == 0 {
			f.Hide()
			return
		}
		f.DoAsync(nil, func(ctx context.Context) error {
			for _, n := range notes {
				if err := n.apply(ctx, l.review); err != nil {
					return err
				}
			}
			return nil
		}, func() {
			l.notes = append(l.notes, notes...)
			r.said.forget()
			r.refresh()
			line = l.review.Line(line.Index)
			if line.Verdict <= model.Fixed {
				f.Hide()
				r.focus()
				return
			}
			tell(line)
		})
	}
	f.Show()
}

func (r *reviewer) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.table); c != nil {
		c.Focus(r.table)
	}
}

// selected are the indexes of the selected lines.
func (r *reviewer) selected(s grid.Selection) []int {
	var indexes []int
	if s.All {
		answer, err := (&lines{list: func() *list { return r.shown }, said: r.said}).Ask(context.Background(), s.Question)
		if err != nil {
			return nil
		}
		for i := range answer.Len() {
			if id := answer.ID(i); s.Has(id) {
				indexes = append(indexes, int(id))
			}
		}
		return indexes
	}
	for id := range s.IDs {
		indexes = append(indexes, int(id))
	}
	return indexes
}

// leaveOut takes the selected lines out of the upload or, if they are all out, in again.
func (r *reviewer) leaveOut(s grid.Selection) {
	l, indexes := r.shown, r.selected(s)
	out := false
	for _, i := range indexes {
		out = out || !l.review.Line(i).LeftOut
	}
	for _, i := range indexes {
		r.do(l, note{LeaveOut: &i, Yes: out})
	}
	r.refresh()
}

// confirmSelected takes the selected lines with a warning, or no longer.
func (r *reviewer) confirmSelected(s grid.Selection, yes bool) {
	for _, i := range r.selected(s) {
		if r.shown.review.Line(i).Verdict == model.Warning {
			r.do(r.shown, note{Confirm: &i, Yes: yes})
		}
	}
	r.refresh()
}

// mark does one thing to one line.
func (r *reviewer) mark(l *list, n note) {
	r.do(l, n)
	r.refresh()
}

func (r *reviewer) do(l *list, n note) {
	if err := n.apply(context.Background(), l.review); err != nil {
		r.desk.Fail(err)
		return
	}
	l.notes = append(l.notes, n)
}

// actions are what can be done with the selected lines.
func (r *reviewer) actions(s grid.Selection) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	warnings, out, in := 0, 0, 0
	indexes := r.selected(s)
	for _, i := range indexes {
		line := r.shown.review.Line(i)
		if line.Verdict == model.Warning && !line.Confirmed {
			warnings++
		}
		if line.LeftOut {
			out++
		} else {
			in++
		}
	}
	if len(indexes) == 1 {
		items = append(items, fyne.NewMenuItem(lang.L("Correct…"), func() { r.edit(r.shown.review.Line(indexes[0])) }))
	}
	if warnings > 0 {
		items = append(items, fyne.NewMenuItem(lang.N("Confirm {{.Count}} warnings", warnings, map[string]any{"Count": page.Number(warnings)}),
			func() { r.confirmSelected(s, true) }))
	}
	if in > 0 {
		items = append(items, fyne.NewMenuItem(lang.N("Leave {{.Count}} lines out", in, map[string]any{"Count": page.Number(in)}), func() { r.leaveOut(s) }))
	} else if out > 0 {
		items = append(items, fyne.NewMenuItem(lang.N("Take {{.Count}} lines again", out, map[string]any{"Count": page.Number(out)}), func() { r.leaveOut(s) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Copy"), func() { r.table.CopyAsync(true) }))
}
