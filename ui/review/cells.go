package review

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// meanings are what the table's columns can hold in a list, the most fitting first.
var meanings = map[string][]intake.Meaning{
	"imei": {intake.IMEI, intake.Identifier, intake.MEID}, "imei2": {intake.IMEI2}, "serial": {intake.Serial}, "model": {intake.Model},
	"order": {intake.OrderNumber}, "date": {intake.OrderDate}, "tags": {intake.Tags}, "customer": {intake.CustomerID},
	"oldimei": {intake.OldIMEI}, "oldserial": {intake.OldSerial},
}

// cell is what stands in the list in a column of the table, as the list has it, and in which column of the list; at is -1 if there is none.
func cell(l intake.Line, column string) (text string, at int) {
	at = -1
	for _, m := range meanings[column] {
		for i, is := range l.Columns {
			if is != m {
				continue
			}
			if i == l.Column && i < len(l.Cells) {
				return l.Cells[i], i // the wrong one of several
			}
			if at < 0 || text == "" && i < len(l.Cells) {
				at = i
				if i < len(l.Cells) {
					text = l.Cells[i]
				}
			}
		}
	}
	return text, at
}

// or is a text or, where there is none, what stands in the list: what is wrong stays on screen.
func or(text string, l intake.Line, column string) string {
	if text == "" {
		text, _ = cell(l, column)
	}
	return text
}

// canFill reports whether a list without such a column gets one when something is written there.
func canFill(column string) bool {
	return slices.Contains([]string{"model", "order", "date", "tags"}, column)
}

// editing lets the cells of the lines be corrected in place.
func (r *Reviewer) editing() *grid.Editing[intake.Line] {
	return &grid.Editing[intake.Line]{
		Text: func(l intake.Line, column string) (string, bool) {
			text, at := cell(l, column)
			return text, at >= 0 || canFill(column)
		},
		Take: r.correctCell,
		Fault: func(l intake.Line) string {
			if l.Verdict < model.Warning || l.Column < 0 || l.Column >= len(l.Columns) || l.LeftOut || l.Confirmed {
				return ""
			}
			return columnOf(l.Columns[l.Column])
		},
		Propose: r.proposals,
	}
}

// columnOf is the table's column for a meaning, empty if there is none.
func columnOf(m intake.Meaning) string {
	for column, all := range meanings {
		if slices.Contains(all, m) {
			return column
		}
	}
	return ""
}

// correctCell takes what was written into a cell. The line has its new verdict at once.
func (r *Reviewer) correctCell(line intake.Line, column, text string) {
	l := r.shown
	if column == "date" {
		text = inList(text)
	}
	e := lineEdit{Did: correct, Lines: []int{line.Index}, Text: text}
	if _, at := cell(line, column); at >= 0 {
		e.Column = at
	} else {
		e.Meaning = &meanings[column][0]
	}
	r.desk.ReadAsync(func(ctx context.Context) error { return e.apply(ctx, l.review, nil) }, func() {
		l.edits = append(l.edits, e)
		r.said.forget()
		if r.shown == l {
			r.refresh()
		}
	})
}

// proposals are what may be meant in a cell: what the list has in that column already, and what the page knows.
func (r *Reviewer) proposals(column, typed string) []control.Proposal {
	if r.shown == nil || r.shown.review == nil || len(meanings[column]) == 0 || column != "customer" && !canFill(column) {
		return nil
	}
	return control.Matching(r.known(meanings[column][0]), typed)
}

// known are all that may be meant in a column.
func (r *Reviewer) known(m intake.Meaning) []control.Proposal {
	var all []control.Proposal
	seen := map[string]bool{}
	add := func(p control.Proposal) {
		if !seen[p.Text] && p.Text != "" {
			seen[p.Text] = true
			all = append(all, p)
		}
	}
	if r.Known != nil {
		for _, p := range r.Known(m) {
			add(p)
		}
	}
	if values := r.shown.review.Values(m); m != intake.CustomerID {
		for _, v := range values {
			add(control.Proposal{Text: v})
		}
	}
	return all
}

// showColumns hides the columns in which no line has anything.
func (r *Reviewer) showColumns() {
	if r.shown == nil || r.shown.review == nil {
		return
	}
	c, layout := r.shown.review.Counts(), r.shown.review.Layout()
	empty := map[string]bool{"reason": c.Lines == c.Of(model.OK)}
	for column, all := range meanings {
		has := slices.ContainsFunc(all, layout.Has)
		if canFill(column) {
			has = r.shown.review.Holds(all[0])
		}
		empty[column] = !has && column != "imei"
	}
	empty["serial"] = empty["serial"] && !r.shown.layout.Has(intake.Identifier) && r.shown.layout.Shape == intake.Table
	empty["imei2"] = empty["imei2"] && r.shown.layout.Shape == intake.Table
	r.table.SetEmpty(empty)
}

// customerOf names the customer of a line of a bulk list, and says if nobody knows it.
func (r *Reviewer) customerOf(l intake.Line) (string, grid.Look) {
	if l.Reason.Template == intake.UnknownCustomer.Text().Template {
		return lang.L("unknown"), grid.Bad
	}
	return "", grid.Plain
}

// namedCustomer is the customer ID of a line with the customer's name, as far as it is known.
func (r *Reviewer) namedCustomer(l intake.Line) string {
	if name := r.names.of(l.CustomerID); name != "" {
		return strings.TrimSpace(l.CustomerID + "  " + name)
	}
	return or(l.CustomerID, l, "customer")
}

// shownDate is the order date of a line as it is understood, or as the list has it.
func shownDate(l intake.Line) string {
	if at, ok := intake.ReadDate(l.OrderDate); ok {
		return page.Date(at)
	}
	return l.OrderDate
}
