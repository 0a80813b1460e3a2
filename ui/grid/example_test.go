package grid_test

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consign/ui/grid"
)

type city struct {
	id     int64
	name   string
	people int
}

// A table over a list in memory, with a search box, a filter and a status line around it.
func ExampleNewView() {
	columns := []grid.Column[city]{
		{ID: "name", Title: "CITY", Width: 160, Sortable: true, Text: func(c city) string { return c.name }},
		{ID: "people", Title: "PEOPLE", Width: 100, Align: grid.Trailing, Sortable: true,
			Text:    func(c city) string { return strconv.Itoa(c.people) },
			Compare: func(a, b city) int { return cmp.Compare(a.people, b.people) }},
	}
	source := &grid.Slice[city]{
		Rows: func(context.Context) ([]city, error) {
			return []city{{1, "Kyiv", 2_950_000}, {2, "Lviv", 717_000}, {3, "Odesa", 1_010_000}}, nil
		},
		ID:      func(c city) int64 { return c.id },
		Columns: columns,
		Match:   func(c city, filters map[string]string) bool { return filters["size"] == "" || c.people > 1_000_000 },
	}
	large := func(context.Context) ([]grid.Option, error) {
		return []grid.Option{{Value: "large", Text: "More than a million"}}, nil
	}
	view := grid.NewView("cities", source, columns, grid.Filter{ID: "size", Title: "Size", Options: large})
	view.Nothing = grid.State{Title: "No cities yet"}
	view.Table.SetOrder(grid.SortKey{Column: "people", Descending: true})
	view.Table.OnOpen = func(c city) { fmt.Println("open", c.name) }

	window := test.NewWindow(view) // in a program: app.NewWithID("…").NewWindow("Cities"), and SetContent(view)
	window.Resize(fyne.NewSize(600, 400))
	view.Table.SetQuestion(grid.Question{Filters: map[string]string{"size": "large"}, Sort: view.Table.Question().Sort})
	view.Table.GoTo(1)
	view.Table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	view.Table.SelectAll()
	fmt.Println(view.Table.Selection().Count(), "selected")
	// Output:
	// open Odesa
	// 2 selected
}
