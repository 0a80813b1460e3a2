package data

import (
	"context"
	"slices"
	"strings"

	"consign/model"
	"consign/model/search"
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
	if sought := search.For(typed); !sought.Empty() {
		columns = append(columns, l.search...)
		texts := make([][]byte, len(l.search))
		take = func(s *statement) bool {
			for i := range texts {
				texts[i] = s.bytes(first + int32(i))
			}
			return search.In(sought, texts...)
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

// line is a row as a list reads it: a struct whose fields have the names of the query's columns, and what it is for people.
type line[Row any] interface{ row() Row }

// rowsByID reads rows by a query that narrows them to ids, in the order of ids; those that are gone are left out.
func rowsByID[Line line[Row], Row any](r *Register, ctx context.Context, ids []int64, q query, id func(*Row) int64) ([]Row, error) {
	var lines []Line
	if err := r.read.WithContext(ctx).Raw(q.sql, q.args...).Scan(&lines).Error; err != nil {
		return nil, r.told(err)
	}
	at := make(map[int64]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	rows := make([]Row, len(lines))
	for i, line := range lines {
		rows[i] = line.row()
		if err := soundRow(rows[i]); err != nil {
			return nil, r.note(err)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return at[id(&a)] - at[id(&b)] })
	return rows, nil
}

// oneRow reads the one row that the query finds; NotFound with the sentence if there is none.
func oneRow[Line line[Row], Row any](r *Register, ctx context.Context, q query, missing string) (row Row, err error) {
	var lines []Line
	if err := r.read.WithContext(ctx).Raw(q.sql, q.args...).Scan(&lines).Error; err != nil {
		return row, r.told(err)
	}
	if len(lines) == 0 {
		return row, model.Fail(model.NotFound, missing)
	}
	row = lines[0].row()
	return row, r.note(soundRow(row))
}
