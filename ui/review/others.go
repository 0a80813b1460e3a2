package review

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/ui/page"
)

// SaveAllOthers is saveOthers for one list after the other.
func (r *Reviewer) SaveAllOthers() {
	lists := slices.DeleteFunc(slices.Clone(r.lists), func(l *list) bool { return l.review == nil || Refused(l.review.Counts()) == 0 })
	var next func()
	next = func() {
		if len(lists) > 0 {
			l := lists[0]
			lists = lists[1:]
			r.saveOthersOf(l, next)
		}
	}
	next()
}

func (r *Reviewer) saveOthers() { r.saveOthersOf(r.shown, func() {}) }

// saveOthersOf writes the lines of a list that are not taken to a file, with their reasons, in the layout of the list, and calls then.
func (r *Reviewer) saveOthersOf(l *list, then func()) {
	ending := filepath.Ext(l.path)
	if !strings.EqualFold(ending, ".xlsx") {
		ending = ".csv"
	}
	name := strings.TrimSuffix(l.name, filepath.Ext(l.name))
	name = page.FileName(lang.L("{{.List}} to correct", map[string]any{"List": name})) + ending
	page.AskPathAsync(r.desk, name, func(path string) {
		rows := 0
		r.desk.RunAsync(lang.L("Saving {{.File}}", map[string]any{"File": filepath.Base(path)}),
			func(ctx context.Context, _ func(int, int)) (err error) {
				rows, err = l.review.SaveRejected(ctx, path, page.Words)
				return err
			}, func() { page.Saved(r.desk, path, rows, then) })
	})
}
