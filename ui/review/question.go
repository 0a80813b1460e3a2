package review

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/ui/control"
	"consign/ui/page"
)

const (
	mostDoubts  = 3  // columns that are asked about at once: the next come when these are answered
	firstValues = 3  // of a column that is asked about
	longValue   = 24 // signs of a value that are shown
)

// showQuestions shows what a person should decide about how the list is read, a line each.
func (r *Reviewer) showQuestions(l *list) {
	r.questions.Objects = nil
	if l != nil && !l.reading && l.wrong() != "" {
		r.question(theme.ErrorIcon(), questionText(l.wrong()))
	}
	if l != nil && !l.reading {
		r.askStrangers()
	}
	if l != nil && l.scan != nil && !l.reading {
		r.askModel(l)
	}
	if l != nil && l.scan == nil && !l.reading {
		r.askExchange(l)
		r.askOthers(l)
		r.askTemplates(l)
		r.askWhole(l)
		for _, d := range l.layout.Doubts[:min(len(l.layout.Doubts), mostDoubts)] {
			r.askColumn(l, d)
		}
	}
	r.questions.Hidden = len(r.questions.Objects) == 0
	r.questions.Refresh()
}

// question adds a line with its answers.
func (r *Reviewer) question(icon fyne.Resource, text fyne.CanvasObject, answers ...fyne.CanvasObject) {
	mark := container.New(control.Wide(18), widget.NewIcon(icon))
	r.questions.Add(control.InOrder(nil, mark, text, control.Row(answers...), nil))
}

// askStrangers names the customers that nobody knows.
func (r *Reviewer) askStrangers() {
	ids := r.Strangers()
	if len(ids) == 0 || r.AddCustomer == nil {
		return
	}
	r.question(theme.WarningIcon(), questionText(lang.N("{{.Count}} customers are not on the Customers page: {{.Names}}", len(ids),
		map[string]any{"Count": page.Number(len(ids)), "Names": strings.Join(ids, ", ")})))
}

// askModel asks once for the model of scanned boxes that say none.
func (r *Reviewer) askModel(l *list) {
	if l.review == nil { // the boxes are to be read still
		return
	}
	lines := l.review.WithoutModel()
	if len(lines) == 0 {
		return
	}
	text := control.NewProposing(func(typed string) []control.Proposal {
		if r.Known == nil {
			return nil
		}
		return control.Matching(r.Known(intake.Model), typed)
	})
	text.SetPlaceHolder(lang.L("Model"))
	m := intake.Model
	fill := func() {
		if strings.TrimSpace(text.Text) != "" {
			r.do(lineEdit{Did: correct, Lines: lines, Meaning: &m, Text: strings.TrimSpace(text.Text)})
			r.Focus()
		}
	}
	text.OnSubmitted = func(string) { fill() }
	r.question(theme.InfoIcon(), questionText(lang.N("{{.Count}} devices have no model. One for all of them:", len(lines),
		map[string]any{"Count": page.Number(len(lines))})),
		container.New(control.Wide(modelWidth), text), control.NewButton(lang.L("Fill"), fill))
}

// modelWidth is that of the field for a model.
const modelWidth = 150

func questionText(text string) *control.Name { return control.NewName(text, 0) }

// askOthers offers the other lists of the file.
func (r *Reviewer) askOthers(l *list) {
	others := r.unread(l)
	if len(others) == 0 {
		return
	}
	names := make([]string, len(others))
	for i, f := range others {
		names[i] = sheetName(l.file, f.Sheet) + " (" + counted(f) + ")"
	}
	text := lang.N("The file holds {{.Count}} more lists: {{.Names}}", len(others),
		map[string]any{"Count": len(others), "Names": strings.Join(names, ", ")})
	r.question(theme.InfoIcon(), questionText(text),
		control.NewButton(lang.N("Read {{.Count}} lists, too", len(others), map[string]any{"Count": len(others)}), r.readOthers))
}

// counted is how many lines of a list hold an identifier, as far as it was looked at.
func counted(f intake.Found) string {
	if f.Lines >= intake.ProbeLines {
		return lang.L("more than {{.Count}}", map[string]any{"Count": page.Number(intake.ProbeLines)})
	}
	return page.Number(f.Lines)
}

// askTemplates offers the templates that fit, until one is used.
func (r *Reviewer) askTemplates(l *list) {
	if l.template != "" || len(l.fitting) == 0 {
		return
	}
	names := make([]string, len(l.fitting))
	for i, t := range l.fitting {
		names[i] = t.Name
	}
	const most = 2
	var answers []fyne.CanvasObject
	for _, t := range l.fitting[:min(len(l.fitting), most)] {
		b := control.NewButton(lang.L("Use {{.Name}}", map[string]any{"Name": cut(t.Name)}), func() { r.useTemplate(t) })
		b.Importance = widget.HighImportance
		answers = append(answers, b)
	}
	text := lang.N("{{.Count}} templates fit this list: {{.Names}}", len(names),
		map[string]any{"Count": len(names), "Names": strings.Join(names, ", ")})
	r.question(theme.InfoIcon(), questionText(text), answers...)
}

// askWhole asks what all lines depend on.
func (r *Reviewer) askWhole(l *list) {
	reason := l.layout.Question()
	if reason == 0 {
		return
	}
	settle := control.NewButton(lang.L("Leave it so"), func() { r.settle(l) })
	answers := []fyne.CanvasObject{settle}
	switch {
	case reason != intake.TwoIMEIs:
	case l.layout.Apart():
		settle.SetText(lang.L("Two devices"))
		answers = []fyne.CanvasObject{control.NewButton(lang.L("One device"), func() { r.readAs(intake.Labels) }), settle}
	default:
		settle.SetText(lang.L("One device"))
		answers = append(answers, control.NewButton(lang.L("Two devices"), func() { r.readAs(intake.OnePerIdentifier) }))
	}
	r.question(theme.WarningIcon(), questionText(page.Words(reason.Text())), answers...)
}

// settle takes the list as it is read.
func (r *Reviewer) settle(l *list) {
	r.relay(l, l.layout.Settled())
	r.remember(l)
}

// askColumn asks about a column that is not what its title says, with what stands first in it.
func (r *Reviewer) askColumn(l *list, d intake.Doubt) {
	values := questionText(strings.Join(l.beginning(d.Column, firstValues), "  "))
	values.TextStyle.Monospace, values.Importance = true, widget.LowImportance
	said := widget.NewLabel(lang.L("Column {{.Number}}: {{.Question}}",
		map[string]any{"Number": d.Column + 1, "Question": page.Words(d.Text())}))
	use := control.NewButtonWithIcon(lang.L("Use as"), theme.MenuDropDownIcon(), nil)
	use.IconPlacement = widget.ButtonIconTrailingText
	use.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, m := range intake.Meanings[1:] {
			items = append(items, fyne.NewMenuItem(page.Word(m), func() { r.correctColumn(d.Column, m) }))
		}
		control.ShowMenuBelow(use, items)
	}
	leave := control.NewButton(lang.L("Leave it out"), func() {
		l.layout.Doubts = slices.DeleteFunc(slices.Clone(l.layout.Doubts), func(x intake.Doubt) bool { return x.Column == d.Column })
		r.strip.show(l)
		r.remember(l)
		r.refresh()
	})
	r.question(theme.WarningIcon(), container.New(layout.NewBorderLayout(nil, nil, said, nil), said, values), leave, use)
}

// beginning is what stands first in a column, filled cells only, each cut.
func (l *list) beginning(column, most int) []string {
	var texts []string
	for i, cells := range l.sample.Rows {
		if l.sample.Lines[i] > l.layout.Header && column < len(cells) && strings.TrimSpace(cells[column]) != "" && len(texts) < most {
			texts = append(texts, cut(strings.TrimSpace(cells[column])))
		}
	}
	return texts
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > longValue {
		return string(runes[:longValue-1]) + "…"
	}
	return text
}
