package grid

import (
	"context"
	"maps"
	"slices"
)

// SortKey orders rows by one column.
type SortKey struct {
	Column     string
	Descending bool
}

// Question is what a table asks its source. The zero Question asks for everything in the source's own order.
type Question struct {
	// Search is what stands in the search box, without surrounding space.
	Search string
	// Sort orders the rows, the first key first. Empty means the source's own order.
	Sort []SortKey
	// Filters holds the chosen value of each filter by its id. The grid does not look into the values.
	Filters map[string]string
}

// narrowed tells whether the question leaves rows out by search or filter.
func (q Question) narrowed() bool { return q.Search != "" || len(q.Filters) > 0 }

// sameRows tells whether two questions ask for the same rows, in whatever order.
func (q Question) sameRows(o Question) bool {
	return q.Search == o.Search && maps.Equal(q.Filters, o.Filters)
}

// clone is a question that shares nothing with q. Filters without a value are left out.
func (q Question) clone() Question {
	q.Sort = slices.Clone(q.Sort)
	filters := make(map[string]string, len(q.Filters))
	for id, value := range q.Filters {
		if value != "" {
			filters[id] = value
		}
	}
	q.Filters = filters
	return q
}

// Option is one choice of a filter.
type Option struct {
	// Value goes into the question.
	Value string
	// Text is shown.
	Text string
	// Ask asks the user for a value that no list can offer, such as two dates, and hands it to then; nil chooses Value.
	Ask func(then func(value string))
}

// Filter is one choice above a table that narrows its rows.
type Filter struct {
	// ID is the key in Question.Filters.
	ID string
	// Title is shown.
	Title string
	// Options reads the choices when the filter is opened, on its own goroutine. A filter without it is not offered, only shown once a
	// page has set it, so that it can be cleared.
	Options func(context.Context) ([]Option, error)
	// Text says a value in words; nil shows the text of the chosen option, or the value.
	Text func(value string) string
}
