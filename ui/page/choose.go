package page

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/ui/control"
	"consign/ui/grid"
)

// Choice describes a dialog that lets one row of a short list be chosen, with a search.
type Choice[R any] struct {
	Title  string
	Text   string // may be empty
	Name   string // keeps the table's layout
	Button string
	// Columns are shown and searched.
	Columns []grid.Column[R]
	Rows    func(context.Context) ([]R, error)
	Nothing string // is said when there are none; may be empty
	ID      func(R) int64
	// Then is called with the chosen row.
	Then func(R)
}

const choiceHeight = 300

// Choose opens the dialog of a choice.
func Choose[R any](d Desk, c Choice[R]) {
	f := NewForm(d, c.Title, c.Button)
	if c.Text != "" {
		f.Text(c.Text)
	}
	view := grid.NewView(c.Name, &grid.Slice[R]{Rows: c.Rows, ID: c.ID, Columns: c.Columns}, c.Columns)
	view.ErrorText, view.Nothing.Title = ErrorText, c.Nothing
	view.SetPlaceHolder(lang.L("Search"))
	room := control.Roomy(d.Window(), fyne.NewSize(formWidth, choiceHeight), view)
	f.Add("", room)
	take := func(row R) {
		f.Hide()
		c.Then(row)
	}
	f.SetSubmit(c.Button, false)
	view.Table.OnSelectionChanged = func() { f.SetSubmit(c.Button, view.Table.Selected() == 1) }
	view.Table.OnOpen = take
	view.OnEnter = func() { // chooses what was searched; of several rows it goes to the first, and Enter there chooses
		if view.Table.Len() == 0 {
			return
		}
		view.Table.GoTo(0)
		if row, ok := view.Table.Current(); ok && view.Table.Len() == 1 {
			take(row)
			return
		}
		d.Window().Canvas().Focus(view.Table)
	}
	f.Submit = func() {
		if row, ok := view.Table.Current(); ok {
			take(row)
		}
	}
	f.Show()
	d.Window().Canvas().Focus(view.SearchBox())
}
