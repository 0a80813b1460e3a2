package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// Focus gives the keyboard to the lines, also before they are drawn for the first time, when the driver knows no canvas of theirs.
func (r *Reviewer) Focus() { r.desk.Window().Canvas().Focus(r.table) }

// selected are the indexes of the selected lines.
func (r *Reviewer) selected(s grid.Selection) []int {
	var indexes []int
	if s.All {
		answer, err := r.lines.Ask(context.Background(), s.Question)
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
		return e.apply(ctx, l.review, progress)
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
	items = append(items, fyne.NewMenuItem(lang.N("Fill a column of {{.Count}} lines…", count, map[string]any{"Count": page.Number(count)}),
		func() { r.askFill(s) }))
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
	if line, ok := r.table.Current(); ok && count == 1 {
		items = append(items, fyne.NewMenuItemSeparator(), Explain(line.Verdict).Item(r.desk.Window(), page.Words(line.Reason)))
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Copy"), func() { r.table.CopyAsync(true) }))
}
