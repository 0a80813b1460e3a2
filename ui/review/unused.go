package review

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// unused is an identifier of a list that is in no line of any list.
type unused struct {
	intake.Unused
	id    int64 // its place, from 1
	list  string
	place string
}

// account brings the accounts of the lists in line: what a list does not use is used when another list has it.
func (r *Reviewer) account() {
	for _, l := range r.lists {
		l.unused, l.notUsed = nil, 0
		if l.review == nil || l.reading {
			continue
		}
		all, total := l.review.Unused()
		l.unused = slices.DeleteFunc(slices.Clone(all), func(u intake.Unused) bool {
			return slices.ContainsFunc(r.lists, func(x *list) bool {
				return x.review != nil && (x.review.Has(u) || x != l && x.sameFile(l) && x.sheet == u.Index)
			})
		})
		l.notUsed = total - len(all) + len(l.unused)
	}
}

// NotUsed is how many identifiers of the lists are in no line.
func (r *Reviewer) NotUsed() int {
	n := 0
	for _, l := range r.lists {
		n += l.notUsed
	}
	return n
}

// unusedOf lists what lists do not use, as people read it.
func unusedOf(lists []*list, wanted func(intake.Unused) bool) []unused {
	var all []unused
	for _, l := range lists {
		for _, u := range l.unused {
			if wanted(u) {
				all = append(all, unused{u, int64(len(all) + 1), l.name, placeOf(l, u)})
			}
		}
	}
	return all
}

// placeOf says where an identifier stands: sheet, line and column.
func placeOf(l *list, u intake.Unused) string {
	var parts []string
	if u.Index != l.sheet {
		parts = append(parts, sheetName(l.file, u.Index))
	}
	parts = append(parts, lang.L("line {{.Line}}", map[string]any{"Line": page.Number(u.Line)}))
	switch {
	case u.Index == l.sheet && u.Line <= l.layout.Header: // above the table, which has the columns
	case u.Title != "":
		parts = append(parts, u.Title)
	case u.Column > 0:
		parts = append(parts, lang.L("column {{.Number}}", map[string]any{"Number": u.Column + 1}))
	}
	return strings.Join(parts, " · ")
}

// showUnused opens what the shown list does not use, as a table.
func (r *Reviewer) showUnused() {
	l := r.shown
	rows := unusedOf([]*list{l}, func(intake.Unused) bool { return true })
	view, save := r.unusedView(rows)
	var p *page.Preview
	p = page.NewPreview(r.desk, notUsedText(l.notUsed), lang.L("Close"), widget.HighImportance, func() { p.Hide() }, save)
	p.Cancel.Hide()
	p.Ask(view, lang.L("They look like identifiers of devices, but are in no line. Read the list in another way if they should be."),
		view.First())
}

// AskLeftBehind asks about IMEIs that are in no line before do is done, with the words of the button that does it; without any, do is
// done at once.
func (r *Reviewer) AskLeftBehind(button string, do func()) {
	rows := unusedOf(r.lists, func(u intake.Unused) bool { return u.Kind == model.IMEI || u.Kind == model.MEID })
	if len(rows) == 0 {
		do()
		return
	}
	view, save := r.unusedView(rows)
	n := len(rows)
	var p *page.Preview
	p = page.NewPreview(r.desk, lang.N("{{.Count}} IMEIs would be left behind", n, map[string]any{"Count": page.Number(n)}), button,
		widget.WarningImportance, func() {
			p.Hide()
			do()
		}, save)
	p.Cancel.SetText(lang.L("Back to the list"))
	p.Ask(view, lang.L("They stand in the list, but in no line of the review: they would not be uploaded."), view.First())
}

// unusedView is a table of what is not used, and the button that saves it.
func (r *Reviewer) unusedView(rows []unused) (*grid.View[unused], *control.Button) {
	columns := []page.Column[unused]{}
	add := func(c grid.Column[unused]) { columns = append(columns, page.Column[unused]{Column: c}) }
	if len(r.lists) > 1 {
		add(grid.Column[unused]{ID: "list", Title: lang.L("LIST"), Width: 140, Most: 260, Sortable: true,
			Text: func(u unused) string { return u.list }})
	}
	add(grid.Column[unused]{ID: "place", Title: lang.L("PLACE"), Width: 150, Most: 240, Text: func(u unused) string { return u.place }})
	add(grid.Column[unused]{ID: "text", Title: lang.L("TEXT"), Width: 160, Most: 200, Mono: true, Sortable: true,
		Text: func(u unused) string { return u.Text }})
	add(grid.Column[unused]{ID: "kind", Title: lang.L("KIND"), Width: 110, Sortable: true,
		Text: func(u unused) string { return page.Word(u.Kind) }})
	add(grid.Column[unused]{ID: "why", Title: lang.L("REASON"), Width: 320, Most: 700, Sortable: true,
		Text: func(u unused) string { return page.Words(u.Why) }})
	inGrid := make([]grid.Column[unused], len(columns))
	for i, c := range columns {
		inGrid[i] = c.Column
	}
	view := grid.NewView("review.unused", &grid.Slice[unused]{
		Rows: func(context.Context) ([]unused, error) { return rows, nil }, ID: func(u unused) int64 { return u.id }, Columns: inGrid,
	}, inGrid)
	view.SetPlaceHolder(lang.L("Search"))
	save := control.NewButtonWithIcon(lang.L("Save as a table…"), theme.DocumentSaveIcon(), func() {
		page.SaveTableAsync(r.desk, lang.L("Not used"), sheet.XLSX, columns, len(rows), func(_ context.Context, f func(unused) error) error {
			for _, u := range rows {
				if err := f(u); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return view, save
}

func notUsedText(n int) string {
	return lang.N("{{.Count}} identifiers not used", n, map[string]any{"Count": page.Number(n)})
}
