package data

import (
	"bytes"
	"context"
	"strings"

	"consign/model"
)

// list is a page's list in SQL: where its rows come from, how its columns are ordered, what its search looks through.
type list struct {
	id      string
	from    string
	columns map[string]sortKey
	search  []string
	conditions
}

// ids reads the ids of the rows that hold what was typed, in the order of the sorts, then of the id.
func (l *list) ids(c *reader, typed string, sorts []model.Sort) ([]int64, error) {
	var keys []sortKey
	columns := []string{l.id}
	for _, sort := range sorts {
		if key, known := l.columns[sort.Column]; known {
			key.descending = sort.Descending
			keys = append(keys, key)
			columns = append(columns, key.expr)
		}
	}
	first := int32(len(columns))
	take := everyRow
	if needle := []byte(strings.ToLower(strings.TrimSpace(typed))); len(needle) > 0 {
		columns = append(columns, l.search...)
		take = func(s *statement) bool {
			for i := range l.search {
				if bytes.Contains(bytes.ToLower(s.bytes(first+int32(i))), needle) {
					return true
				}
			}
			return false
		}
	}
	q := query{"SELECT " + strings.Join(columns, ", ") + " FROM " + l.from + l.where(), l.args}
	return c.orderedIDsOf([]query{q}, keys, take)
}

// listIDs reads the ids of a list.
func (r *Register) listIDs(ctx context.Context, l *list, typed string, sorts []model.Sort) (ids []int64, err error) {
	err = r.reading(ctx, func(c *reader) error {
		ids, err = l.ids(c, typed, sorts)
		return err
	})
	return ids, err
}

// rowsByID reads rows by a query that ends in a list of ids, in the order of ids; those that are gone are left out.
func rowsByID[T any](r *Register, ctx context.Context, ids []int64, q query, id func(*T) int64, scan func(*statement, *T) error) ([]T, error) {
	found := make(map[int64]T, len(ids))
	err := r.reading(ctx, func(c *reader) error {
		return c.each(q.sql, q.args, func(s *statement) error {
			var row T
			if err := scan(s, &row); err != nil {
				return err
			}
			found[id(&row)] = row
			return nil
		})
	})
	rows := make([]T, 0, len(found))
	for _, id := range ids {
		if row, ok := found[id]; ok {
			rows = append(rows, row)
		}
	}
	return rows, err
}

// oneRow reads the one row that the query finds; NotFound with the sentence if there is none.
func oneRow[T any](r *Register, ctx context.Context, q query, scan func(*statement, *T) error, missing string) (row T, err error) {
	found := false
	err = r.reading(ctx, func(c *reader) error {
		return c.each(q.sql, q.args, func(s *statement) error {
			found = true
			return scan(s, &row)
		})
	})
	if err == nil && !found {
		err = model.Fail(model.NotFound, missing)
	}
	return row, err
}
