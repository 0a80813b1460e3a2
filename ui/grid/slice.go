package grid

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"consign/model/search"
)

// Slice is a Source over a short list in memory. The grid itself searches and sorts it by what its columns show.
type Slice[R any] struct {
	// Rows reads the list.
	Rows func(context.Context) ([]R, error)
	// ID is the identity of a row.
	ID func(R) int64
	// Columns are those that a search looks through and a sort key names.
	Columns []Column[R]
	// Match tells whether a row passes the filters; nil passes every row.
	Match func(row R, filters map[string]string) bool
}

// Ask implements Source. A row is found when every word of the search stands in one of its columns (search.In).
func (s *Slice[R]) Ask(ctx context.Context, q Question) (Answer[R], error) {
	all, err := s.Rows(ctx)
	if err != nil {
		return nil, err
	}
	sought := search.For(q.Search)
	rows := make([]R, 0, len(all))
	for _, row := range all {
		if s.has(row, sought) && (s.Match == nil || s.Match(row, q.Filters)) {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b R) int {
		for _, key := range q.Sort {
			c := s.compare(key.Column, a, b)
			if key.Descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return &sliceAnswer[R]{rows: rows, id: s.ID}, ctx.Err()
}

// CountAll implements Source.
func (s *Slice[R]) CountAll(ctx context.Context) (int, error) {
	rows, err := s.Rows(ctx)
	return len(rows), err
}

func (s *Slice[R]) has(row R, sought *search.Search) bool {
	if sought.Empty() {
		return true
	}
	texts := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		texts[i] = c.String(row)
	}
	return search.In(sought, texts...)
}

func (s *Slice[R]) compare(column string, a, b R) int {
	for _, c := range s.Columns {
		if c.ID != column {
			continue
		}
		if c.Compare != nil {
			return c.Compare(a, b)
		}
		return cmp.Compare(strings.ToLower(c.String(a)), strings.ToLower(c.String(b)))
	}
	return 0
}

type sliceAnswer[R any] struct {
	rows []R
	id   func(R) int64
}

func (a *sliceAnswer[R]) Len() int { return len(a.rows) }

func (a *sliceAnswer[R]) ID(i int) int64 { return a.id(a.rows[i]) }

func (a *sliceAnswer[R]) Row(i int) R { return a.rows[i] }

func (a *sliceAnswer[R]) Positions(ids map[int64]struct{}) map[int64]int {
	found := make(map[int64]int, len(ids))
	for i, row := range a.rows {
		if _, wanted := ids[a.id(row)]; wanted {
			found[a.id(row)] = i
		}
	}
	return found
}

func (a *sliceAnswer[R]) Fetch(ctx context.Context, positions []int, take func(int, R)) error {
	for _, i := range positions {
		take(i, a.rows[i])
	}
	return ctx.Err()
}
