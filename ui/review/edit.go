package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// edit corrects the cells of a line that count, and gives it its new verdict at once.
func (r *Reviewer) edit(line intake.Line) {
	l := r.shown
	f := page.NewForm(r.desk, lang.L("Line {{.Line}}", map[string]any{"Line": page.Number(line.Number)}), lang.L("Correct"))
	said := f.Text("")
	tell := func(now intake.Line) {
		word, look := VerdictLook(now)
		if reason := page.Words(now.Reason); reason != "" {
			word += ": " + reason
		}
		said.Importance = map[grid.Look]widget.Importance{grid.Good: widget.SuccessImportance, grid.Waiting: widget.WarningImportance,
			grid.Bad: widget.DangerImportance}[look]
		said.SetText(word)
		if now.Verdict == model.Warning && !now.Confirmed {
			f.Offer(lang.L("Confirm"), func() {
				r.do(lineEdit{Did: confirm, Lines: []int{line.Index}})
				r.Focus()
			})
		}
	}
	if line.Registered != 0 {
		line.Reason = r.said.of(l.review, line)
	}
	tell(line)
	fields := map[int]*control.Entry{}
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
	f.Submit = func() {
		var edits []lineEdit
		for column, field := range fields {
			before := ""
			if column < len(line.Cells) {
				before = line.Cells[column]
			}
			if field.Text != before {
				edits = append(edits, lineEdit{Did: correct, Lines: []int{line.Index}, Column: column, Text: field.Text})
			}
		}
		if len(edits) == 0 {
			f.Hide()
			return
		}
		f.DoAsync(nil, func(ctx context.Context) error {
			for _, e := range edits {
				if err := e.apply(ctx, l.review, nil); err != nil {
					return err
				}
			}
			return nil
		}, func() {
			l.edits = append(l.edits, edits...)
			r.said.forget()
			r.refresh()
			line = l.review.Line(line.Index)
			if line.Verdict <= model.Fixed {
				f.Hide()
				r.Focus()
				return
			}
			tell(line)
		})
	}
	f.Show()
}

// Focus gives the keyboard to the lines, also before they are drawn for the first time, when the driver knows no canvas of theirs.
func (r *Reviewer) Focus() { r.desk.Window().Canvas().Focus(r.table) }

// selected are the indexes of the selected lines.
func (r *Reviewer) selected(s grid.Selection) []int {
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
func (r *Reviewer) leaveOut(s grid.Selection) {
	e := lineEdit{Did: takeIn, Lines: r.selected(s)}
	for _, i := range e.Lines {
		if !r.shown.review.Line(i).LeftOut {
			e.Did = leaveOut
			break
		}
	}
	r.do(e)
}

// confirmSelected takes the selected lines with a warning.
func (r *Reviewer) confirmSelected(s grid.Selection) {
	e := lineEdit{Did: confirm}
	for _, i := range r.selected(s) {
		if r.shown.review.Line(i).Verdict == model.Warning {
			e.Lines = append(e.Lines, i)
		}
	}
	r.do(e)
}

// do does something to lines of the shown list.
func (r *Reviewer) do(e lineEdit) {
	l := r.shown
	r.desk.RunAsync(lang.L("Changing lines"), func(ctx context.Context, progress func(int, int)) error {
		err := e.apply(ctx, l.review, progress)
		if err != nil {
			fyne.Do(r.refresh) // some lines are changed
		}
		return err
	}, func() {
		l.edits = append(l.edits, e)
		r.refresh()
	})
}

// fewLines is up to how many lines are looked at before their menu opens.
const fewLines = 5000

// actions are what can be done with the selected lines.
func (r *Reviewer) actions(s grid.Selection) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	count := s.Count()
	warnings, out := count, count
	if count <= fewLines {
		warnings, out = 0, 0
		for _, i := range r.selected(s) {
			line := r.shown.review.Line(i)
			if line.Verdict == model.Warning && !line.Confirmed {
				warnings++
			}
			if line.LeftOut {
				out++
			}
		}
	}
	if line, ok := r.table.Current(); ok && count == 1 {
		items = append(items, fyne.NewMenuItem(lang.L("Correct…"), func() { r.edit(line) }))
	}
	switch {
	case warnings > 0 && count <= fewLines:
		items = append(items, fyne.NewMenuItem(lang.N("Confirm {{.Count}} warnings", warnings, map[string]any{"Count": page.Number(warnings)}),
			func() { r.confirmSelected(s) }))
	case warnings > 0:
		items = append(items, fyne.NewMenuItem(lang.L("Confirm the warnings among them"), func() { r.confirmSelected(s) }))
	}
	if out == count && count <= fewLines {
		items = append(items, fyne.NewMenuItem(lang.N("Take {{.Count}} lines again", count, map[string]any{"Count": page.Number(count)}),
			func() { r.leaveOut(s) }))
	} else {
		items = append(items, fyne.NewMenuItem(lang.N("Leave {{.Count}} lines out", count, map[string]any{"Count": page.Number(count)}),
			func() { r.leaveOut(s) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Copy"), func() { r.table.CopyAsync(true) }))
}
