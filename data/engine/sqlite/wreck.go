package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"strings"

	"consign/data/disk"
	"consign/data/engine"
)

// This file reads a damaged register as far as it can be read. A table is a tree of pages in the order of the rows' ids: where a page
// cannot be read, the ids that stand on it are skipped, and reading goes on behind them by a way that does not lead through it. What the
// indexes tell of skipped rows is read from there.

// Wreck is a damaged register, of which it has a copy of its own.
type Wreck struct {
	db      *sql.DB
	end     func() // removes the copy
	Highest int64  // no id is beyond it
}

// OpenWreck copies the register at path, which it leaves as it is, and opens the copy; a broken beginning is mended there.
func OpenWreck(path string) (*Wreck, error) {
	copied, end, err := disk.PrivateCopy(path, companions[:]...)
	if err != nil {
		return nil, err
	}
	size, err := mendHeader(copied)
	if err != nil {
		end()
		return nil, err
	}
	// The schema may be written so that a damaged part of it is no obstacle.
	db, err := sql.Open("sqlite", dsn(copied, "_pragma=writable_schema(1)", "_pragma=trusted_schema(0)", "_pragma=query_only(1)"))
	if err != nil {
		end()
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &Wreck{db, end, max(size/8, engine.UsualID)}, nil
}

// Close removes the copy.
func (w *Wreck) Close() {
	w.db.Close()
	w.end()
}

// mendHeader gives a copy the first bytes that every register has, if its own are not those, and returns its size.
func mendHeader(path string) (int64, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	var head [headerSize]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return info.Size(), notRegister()
	}
	if strings.HasPrefix(string(head[:]), sqliteMagic) && checkHeader(head[:]) == nil {
		return info.Size(), nil
	}
	const pageSize = "\x10\x00" // 4096: of every register
	copy(head[:], sqliteMagic+pageSize+"\x02\x02\x00\x40\x20\x20")
	copy(head[44:], "\x00\x00\x00\x04")
	copy(head[56:], "\x00\x00\x00\x01")
	_, err = file.WriteAt(head[:100], 0)
	return info.Size(), err
}

// Gap is a range of ids that could not be read.
type Gap struct{ From, To int64 }

// Rows are what was read of a table.
type Rows struct {
	N    int
	Gaps []Gap
}

// Lacks tells whether the id is in a gap.
func (r *Rows) Lacks(id int64) bool {
	for _, g := range r.Gaps {
		if id >= g.From && id <= g.To {
			return true
		}
	}
	return false
}

// rowsAtOnce is how many rows one statement reads: what comes before a page that cannot be read is kept.
const rowsAtOnce = 2000

// EachRow calls row for every row of a table that can be read, in the order of the ids. columns do not name the id, which comes first.
func (w *Wreck) EachRow(ctx context.Context, table, columns string, row func(id int64, values []any) error) (Rows, error) {
	found := Rows{}
	query := "SELECT rowid, " + columns + " FROM " + table + " NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT " + strconv.Itoa(rowsAtOnce)
	for next := int64(-1 << 62); ; {
		n, last := 0, next-1
		var failed error // of f, which ends all
		err := w.query(ctx, query, []any{next}, func(values []any) error {
			id, _ := values[0].(int64)
			if id <= last {
				return fmt.Errorf("row %d after %d", id, last) // pages in the wrong order would lead round and round
			}
			n, last = n+1, id
			found.N++
			failed = row(id, values[1:])
			return failed
		})
		switch {
		case failed != nil:
			return found, failed
		case ctx.Err() != nil:
			return found, ctx.Err()
		case err == nil && n < rowsAtOnce:
			return found, nil
		case err == nil:
			next = last + 1
			continue
		}
		behind, ok := w.behind(ctx, table, max(last+1, 0))
		if !ok {
			found.Gaps = append(found.Gaps, Gap{max(last+1, 0), w.Highest})
			return found, ctx.Err()
		}
		found.Gaps = append(found.Gaps, Gap{max(last+1, 0), behind - 1})
		next = behind
	}
}

// behind finds the first id from which on the table can be read again: it jumps further and further, and then narrows down.
func (w *Wreck) behind(ctx context.Context, table string, from int64) (int64, bool) {
	readable := func(id int64) bool {
		seen := false
		err := w.query(ctx, "SELECT rowid FROM "+table+" NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1", []any{id},
			func(values []any) error {
				found, ok := values[0].(int64)
				seen = ok && found >= id
				return nil
			})
		return err == nil && seen
	}
	step := int64(1)
	for ; !readable(from + step); step *= 2 {
		if from+step > w.Highest || ctx.Err() != nil {
			return 0, false
		}
	}
	bad, good := from+step/2, from+step
	for good-bad > 1 {
		if middle := bad + (good-bad)/2; readable(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good, true
}

// EachEntry calls row for every entry of an index that can be read, from both of its ends: its column and the id of the row. An entry may
// come twice. whole: all of them could be read.
func (w *Wreck) EachEntry(ctx context.Context, index, column, where string, row func(value any, id int64) error) (whole bool, err error) {
	query := "SELECT " + column + ", rowid FROM devices INDEXED BY " + index + " WHERE " + where + " ORDER BY " + column
	take := func(values []any) error {
		if id, ok := values[1].(int64); ok {
			return row(values[0], id)
		}
		return nil
	}
	if err := w.query(ctx, query, nil, take); err == nil || ctx.Err() != nil {
		return err == nil, err
	}
	if err := w.query(ctx, query+" DESC", nil, take); ctx.Err() != nil {
		return false, err
	}
	return false, nil
}

// Has reports whether the query can be run at all.
func (w *Wreck) Has(ctx context.Context, query string) bool {
	return w.query(ctx, query, nil, nil) == nil
}

// query calls row for each row of a query until one cannot be read. values are the row's own.
func (w *Wreck) query(ctx context.Context, query string, args []any, row func(values []any) error) error {
	return engine.Guard(func() error {
		rows, err := w.db.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			values, places := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				places[i] = &values[i]
			}
			if err := rows.Scan(places...); err != nil {
				return err
			}
			if err := row(values); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}
