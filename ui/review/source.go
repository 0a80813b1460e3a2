package review

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/ui/page"
)

// showHead shows which list and sheet the lines are of, and what people should know of it.
func (r *Reviewer) showHead() {
	l := r.shown
	if l == nil {
		r.Head.Hide()
		return
	}
	r.Head.Show()
	names := make([]string, len(r.lists))
	for i, x := range r.lists {
		names[i] = strconv.Itoa(i+1) + "  " + x.name
		if x == l {
			r.which.Selected = names[i]
		}
	}
	r.which.Options = names
	r.choices[0].Hidden = len(names) < 2
	r.which.Refresh()
	sheets := l.file.Sheets()
	r.sheets.Options = nil
	for i, s := range sheets {
		name := sheetName(l.file, i)
		if s.Hidden {
			name = lang.L("{{.Sheet}} (hidden)", map[string]any{"Sheet": name})
		}
		r.sheets.Options = append(r.sheets.Options, name)
		if i == l.sheet {
			r.sheets.Selected = name
		}
	}
	r.choices[1].Hidden = len(sheets) < 2
	r.sheets.Refresh()
	r.reads.Hidden, r.halt.Hidden = !l.reading, !l.reading
	r.busy.SetValue(l.file.Progress())
	r.show.Hidden = l.hiddenRows == 0
	r.showShape(l)
	r.Head.Refresh()
}

// wrong is why a list cannot be read, empty if it can.
func (l *list) wrong() string {
	switch {
	case l.err != nil:
		return page.ErrorText(l.err)
	case !l.layout.Identifies():
		return lang.L("No column of this list holds identifiers: say which one does.")
	}
	return ""
}

// aboutText says of a list what people should know beside its lines.
func (r *Reviewer) aboutText(l *list) string {
	var parts []string
	if len(r.lists) == 1 {
		parts = append(parts, l.name)
	}
	if l.layout.Header > 1 {
		parts = append(parts, lang.L("header on line {{.Line}}", map[string]any{"Line": page.Number(l.layout.Header)}))
	}
	if l.hiddenRows > 0 {
		parts = append(parts, lang.N("{{.Count}} hidden rows are left out", l.hiddenRows, map[string]any{"Count": page.Number(l.hiddenRows)}))
	}
	if n := len(l.layout.Hidden); n > 0 {
		parts = append(parts, lang.N("{{.Count}} hidden columns are not used", n, map[string]any{"Count": n}))
	}
	if n := len(l.file.NoLists()); n > 0 {
		parts = append(parts, lang.N("{{.Count}} attachments are no lists: {{.Names}}", n,
			map[string]any{"Count": page.Number(n), "Names": strings.Join(l.file.NoLists(), ", ")}))
	}
	if l.remembered && l.template == "" {
		parts = append(parts, lang.L("read as you chose last time"))
	}
	return strings.Join(parts, " · ")
}

// choose turns to the list of that name.
func (r *Reviewer) choose(name string) {
	for i, l := range r.lists {
		if strings.HasPrefix(name, strconv.Itoa(i+1)+"  ") && l != r.shown {
			r.turnTo(l)
		}
	}
}

func (r *Reviewer) chooseSheet(string) {
	l, index := r.shown, r.sheets.SelectedIndex()
	if l == nil || index < 0 || index == l.sheet {
		return
	}
	turn := func() { r.turnSheet(l, index) }
	if len(l.edits) > 0 {
		r.loses(l, turn)
		r.showHead() // the choice shows the sheet that is read
		return
	}
	turn()
}

// turnSheet reads another sheet of a list's file.
func (r *Reviewer) turnSheet(l *list, index int) {
	l.halt()
	r.desk.ReadAsync(func(ctx context.Context) error {
		l.reads.Lock()
		defer l.reads.Unlock()
		return l.useSheet(ctx, r.desk, index)
	}, func() {
		l.edits = nil
		r.relay(l, l.layout)
	})
}

func (r *Reviewer) takeHidden() {
	r.shown.hidden = true
	r.read(r.shown)
}
