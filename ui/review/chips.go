package review

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// followWork shows all lines again when the verdict that is looked at has none any more.
func (r *Reviewer) followWork() {
	v, err := strconv.Atoi(r.table.Question().Filters[filterVerdict])
	if err != nil || r.shown == nil || r.shown.review == nil || r.shown.reading || r.shown.review.Counts().Of(model.Verdict(v)) > 0 {
		return
	}
	q := r.table.Question()
	q.Filters = nil
	r.table.SetQuestion(q)
	r.desk.Say(lang.L("No line is left with the verdict “{{.Verdict}}”: all are shown.",
		map[string]any{"Verdict": page.Word(model.Verdict(v))}))
}

// showChips makes a button of every verdict that there is, with its count.
func (r *Reviewer) showChips() {
	r.chips.Objects = nil
	var c intake.Counts
	if r.shown != nil && r.shown.review != nil {
		c = r.shown.review.Counts()
		r.chips.Add(r.chip(lang.L("All"), c.Lines, ""))
		for _, v := range model.Verdicts {
			if c.Of(v) > 0 {
				r.chips.Add(r.chip(page.Word(v), c.Of(v), strconv.Itoa(int(v))))
			}
		}
		if n := r.shown.notUsed; n > 0 {
			b := control.NewButton(notUsedText(n), r.showUnused)
			b.Importance = widget.WarningImportance
			r.chips.Add(b)
		}
	}
	r.chips.Refresh()
	r.confirm.Hidden = c.Waiting == 0
	r.confirm.SetText(lang.N("Confirm {{.Count}} warnings", c.Waiting, map[string]any{"Count": page.Number(c.Waiting)}))
	rest := Refused(c)
	r.save.Hidden = rest <= 0 || r.shown.reading
	n := 0
	if !r.save.Hidden && r.AddCustomer != nil {
		n = len(r.Strangers())
	}
	r.unknown.Hidden = n == 0
	r.unknown.SetText(lang.N("Add {{.Count}} customers…", n, map[string]any{"Count": page.Number(n)}))
	r.save.SetText(lang.N("Save the {{.Count}} others with reasons…", rest, map[string]any{"Count": page.Number(rest)}))
}

func (r *Reviewer) chip(word string, count int, value string) fyne.CanvasObject {
	b := control.NewButton(word+" "+page.Number(count), func() { r.only(value) })
	b.Importance = widget.LowImportance
	if r.table.Question().Filters[filterVerdict] == value {
		b.Importance = widget.HighImportance
	}
	return b
}

// only shows the lines of one verdict, or all.
func (r *Reviewer) only(value string) {
	q := r.table.Question()
	q.Filters = map[string]string{filterVerdict: value}
	r.table.SetQuestion(q)
	r.showChips()
}

func (r *Reviewer) ask() {
	q := r.table.Question()
	q.Search = strings.TrimSpace(r.search.Text)
	r.table.SetQuestion(q)
}

// say shows the status line, and what stands instead of lines.
func (r *Reviewer) say() {
	if r.shown == nil {
		return
	}
	text := lang.N("{{.Count}} lines shown", r.table.Len(), map[string]any{"Count": page.Number(r.table.Len())})
	if n := r.table.Selected(); n > 0 {
		text += " · " + lang.L("{{.Selected}} selected", map[string]any{"Selected": page.Number(n)})
	}
	hint := lang.L("Type to correct a cell, Del leaves a line out, a right click shows more")
	if line, ok := r.table.Current(); ok && r.table.Selected() == 1 && line.Reason.Template != "" {
		hint = page.Words(line.Reason)
	}
	if about := r.aboutText(r.shown); about != "" {
		hint += " · " + about
	}
	r.status.SetText(text + " · " + hint)
	nothing := ""
	if r.table.Len() == 0 && !r.table.Busy() && !r.shown.reading {
		nothing = lang.L("No line here. Choose another verdict or clear the search.")
		if r.shown.review == nil || r.shown.review.Len() == 0 {
			nothing = lang.L("There are no lines yet.")
		}
	}
	r.nothing.SetText(nothing)
}
