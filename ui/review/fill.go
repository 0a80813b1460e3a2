package review

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// fillable are the columns that can be filled for many lines.
var fillable = []intake.Meaning{intake.Model, intake.OrderNumber, intake.OrderDate, intake.Tags, intake.CustomerID}

// filling asks what a column is to hold, and in which lines.
type filling struct {
	reviewer *Reviewer
	list     *list
	form     *page.Form
	column   *control.Select
	text     *control.Proposing
	which    *control.Radio
	lines    [][]int // of the choices
}

// askFill fills a column of the selected lines, of those that are shown, or of all.
func (r *Reviewer) askFill(s grid.Selection) {
	if r.shown == nil || r.shown.review == nil {
		return
	}
	x := &filling{reviewer: r, list: r.shown, form: page.NewForm(r.desk, lang.L("Fill a column"), lang.L("Fill"))}
	columns := fillable
	if !r.shown.layout.Has(intake.CustomerID) {
		columns = columns[:len(columns)-1]
	}
	x.column = control.NewSelect(page.WordsOf(columns), func(string) { x.show() })
	x.column.Selected = x.column.Options[0]
	x.text = control.NewProposing(func(typed string) []control.Proposal { return control.Matching(r.known(x.meaning()), typed) })
	x.text.OnChanged = func(string) { x.form.Clear() }
	x.form.Add(lang.L("Column"), x.column)
	x.form.Add(lang.L("Text"), x.text)
	x.form.Add(lang.L("For"), x.choices(s))
	x.form.Rule(x.text, func() error { return checkFill(x.meaning(), strings.TrimSpace(x.text.Text)) })
	x.form.Submit = x.submit
	x.show()
	x.form.Show()
	r.desk.Window().Canvas().Focus(x.text)
}

// choices are the lines that can be meant: the selected ones first, if they are several.
func (x *filling) choices(s grid.Selection) *control.Radio {
	var names []string
	add := func(name string, lines []int) {
		if !slices.ContainsFunc(x.lines, func(have []int) bool { return len(have) == len(lines) }) && len(lines) > 0 {
			names, x.lines = append(names, name), append(x.lines, lines)
		}
	}
	shown := x.reviewer.selected(grid.Selection{All: true, Question: x.reviewer.table.Question()})
	all := x.reviewer.selected(grid.Selection{All: true})
	count := func(lines []int) map[string]any { return map[string]any{"Count": page.Number(len(lines))} }
	selected := x.reviewer.selected(s)
	several := len(selected) > 1
	if several {
		add(lang.N("The {{.Count}} selected lines", len(selected), count(selected)), selected)
	}
	add(lang.N("The {{.Count}} lines that are shown", len(shown), count(shown)), shown)
	add(lang.N("All {{.Count}} lines", len(all), count(all)), all)
	if !several {
		add(lang.N("The {{.Count}} selected lines", len(selected), count(selected)), selected)
	}
	x.which = control.NewRadio(names, func(string) { x.show() })
	if len(names) > 0 {
		x.which.Selected = names[0]
	}
	return x.which
}

func (x *filling) meaning() intake.Meaning { return fillable[max(0, x.column.SelectedIndex())] }

func (x *filling) chosen() []int {
	if i := slices.Index(x.which.Options, x.which.Selected); i >= 0 {
		return x.lines[i]
	}
	return nil
}

// show says on the button how many lines are filled.
func (x *filling) show() {
	if x.which == nil {
		return
	}
	n := len(x.chosen())
	x.form.SetSubmit(lang.N("Fill {{.Count}} lines", n, map[string]any{"Count": page.Number(n)}), n > 0)
	x.text.Several = x.meaning() == intake.Tags
}

func (x *filling) submit() {
	m, text := x.meaning(), strings.TrimSpace(x.text.Text)
	if m == intake.OrderDate {
		text = inList(text)
	}
	x.form.Hide()
	x.reviewer.do(lineEdit{Did: correct, Lines: x.chosen(), Meaning: &m, Text: text})
	x.reviewer.Focus()
}

// inList is a day that a person wrote as a list has it; what is no day stays as it is, to be seen.
func inList(text string) string {
	if day, ok := control.ReadDay(text, time.Now()); ok {
		return day.Format(time.DateOnly)
	}
	return text
}

// checkFill is the rule that a text breaks in a column, or nil.
func checkFill(m intake.Meaning, text string) error {
	switch m {
	case intake.OrderNumber:
		return model.CheckOrderNumber(text)
	case intake.Tags:
		return model.CheckTags(model.ReadTags(text))
	case intake.OrderDate:
		if _, ok := control.ReadDay(text, time.Now()); !ok && text != "" {
			return model.Fail(model.Invalid, "The order date is not a day.")
		}
	}
	return nil
}
