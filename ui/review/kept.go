package review

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/ui/page"
)

// Kept is a list as it is kept with an unfinished upload: whence it came, how it is read, and what a person did to its lines.
type Kept struct {
	Path    string            `json:"path,omitempty"`
	Text    string            `json:"text,omitempty"`
	Name    string            `json:"name"`
	Sheet   int               `json:"sheet"`
	Columns []intake.Meaning  `json:"columns"`
	Hidden  bool              `json:"hidden,omitempty"`
	Scan    *intake.BenchMode `json:"scan,omitempty"`
	// Shape is how the list is read; kept by versions that knew tables only, it has none.
	Shape     *intake.Shape     `json:"shape,omitempty"`
	Template  string            `json:"template,omitempty"`
	Constants *intake.Constants `json:"constants,omitempty"` // of the template
	Edits     []lineEdit        `json:"edits,omitempty"`
}

// keptOf is a list as it is now.
func keptOf(l *list) Kept {
	k := Kept{Path: l.path, Text: l.text, Name: l.name, Sheet: l.sheet, Columns: l.layout.Columns, Hidden: l.hidden, Scan: l.scan,
		Shape: &l.layout.Shape, Edits: l.edits}
	if l.template != "" {
		k.Template, k.Constants = l.template, &l.constants
	}
	return k
}

// reopen opens a kept list again, as it was. Off Fyne's goroutine.
func (k Kept) reopen(ctx context.Context, d page.Desk) (*list, error) {
	if k.Scan != nil {
		l, err := openScans(ctx, k.Text, *k.Scan)
		if err == nil {
			l.edits = k.Edits
		}
		return l, err
	}
	l, err := openList(ctx, d, k.Path, k.Text)
	if err != nil {
		return nil, err
	}
	l.name, l.hidden, l.edits = k.Name, k.Hidden, k.Edits
	if k.Sheet != l.sheet && k.Sheet < len(l.file.Sheets()) {
		err = l.useSheet(ctx, d, k.Sheet)
	}
	if k.Shape != nil && *k.Shape != l.layout.Shape {
		l.layout = intake.RecogniseAs(l.sample, *k.Shape)
	}
	if k.Constants != nil {
		l.template, l.constants = k.Template, *k.Constants
	}
	if len(k.Columns) == len(l.layout.Columns) {
		l.layout = l.layout.Corrected(k.Columns)
	}
	return l, err
}

// Kept are the lists as they are now, to be kept until they are reopened.
func (r *Reviewer) Kept() []Kept {
	var all []Kept
	for _, l := range r.lists {
		all = append(all, keptOf(l))
	}
	return append(all, r.absent...)
}

// Absent is how many lists were kept but could not be opened again: they stay kept, in case their files come back.
func (r *Reviewer) Absent() int { return len(r.absent) }

// Reopen brings kept lists in again, as they were, and calls then. A list that cannot be opened is told of and stays kept.
func (r *Reviewer) Reopen(lists []Kept, then func()) {
	if len(lists) == 0 {
		then()
		return
	}
	var opened *list
	var failed error
	r.desk.ReadAsync(func(ctx context.Context) error {
		opened, failed = lists[0].reopen(ctx, r.desk)
		return nil
	}, func() {
		if failed != nil {
			r.absent = append(r.absent, lists[0])
			r.desk.Fail(failed)
		} else {
			r.put(opened)
		}
		r.Reopen(lists[1:], then)
	})
}

// throwAway takes a list away. It asks nothing, because it can be taken back.
func (r *Reviewer) throwAway(l *list) {
	k := keptOf(l)
	r.remove(l)
	r.desk.Offer(lang.L("Taken away: {{.List}}", map[string]any{"List": k.Name}), lang.L("Undo"), func() { r.Reopen([]Kept{k}, func() {}) })
}
