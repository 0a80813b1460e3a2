package data

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"consign/data/disk"
)

// This file reads a damaged register as far as it can be read. A table is a tree of pages in the order of the rows' ids: where a page
// cannot be read, the ids that stand on it are skipped, and reading goes on behind them by a way that does not lead through it. What the
// indexes tell of skipped rows is read from there.

// wreck is a damaged register, of which it has a copy of its own.
type wreck struct {
	db      *sql.DB
	end     func() // removes the copy
	highest int64  // no id is beyond it
}

// openWreck copies the register at path, which it leaves as it is, and opens the copy; a broken beginning is mended there.
func openWreck(path string) (*wreck, error) {
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
	return &wreck{db, end, max(size/8, usualIDs)}, nil
}

// close removes the copy.
func (w *wreck) close() {
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

// gap is a range of ids that could not be read.
type gap struct{ from, to int64 }

// rescuedRows are what was read of a table.
type rescuedRows struct {
	n    int
	gaps []gap
}

// lacks tells whether the id is in a gap.
func (r *rescuedRows) lacks(id int64) bool {
	for _, g := range r.gaps {
		if id >= g.from && id <= g.to {
			return true
		}
	}
	return false
}

// rowsAtOnce is how many rows one statement reads: what comes before a page that cannot be read is kept.
const rowsAtOnce = 2000

// eachRow calls row for every row of a table that can be read, in the order of the ids. columns do not name the id, which comes first.
func (w *wreck) eachRow(ctx context.Context, table, columns string, row func(id int64, values []any) error) (rescuedRows, error) {
	found := rescuedRows{}
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
			found.n++
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
			found.gaps = append(found.gaps, gap{max(last+1, 0), w.highest})
			return found, ctx.Err()
		}
		found.gaps = append(found.gaps, gap{max(last+1, 0), behind - 1})
		next = behind
	}
}

// behind finds the first id from which on the table can be read again: it jumps further and further, and then narrows down.
func (w *wreck) behind(ctx context.Context, table string, from int64) (int64, bool) {
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
		if from+step > w.highest || ctx.Err() != nil {
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

// eachEntry calls row for every entry of an index that can be read, from both of its ends: its column and the id of the row. An entry may
// come twice. whole: all of them could be read.
func (w *wreck) eachEntry(ctx context.Context, index, column, where string, row func(value any, id int64) error) (whole bool, err error) {
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

// query calls row for each row of a query until one cannot be read. values are the row's own.
func (w *wreck) query(ctx context.Context, query string, args []any, row func(values []any) error) error {
	return guard(func() error {
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

// textOf is a value as a cell shows it, whatever it is.
func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return strings.ToValidUTF8(v, "\uFFFD")
	case []byte:
		return strings.ToValidUTF8(string(v), "\uFFFD")
	case time.Time: // what the driver makes of a column that it takes for one
		return v.Format(time.DateTime)
	}
	return fmt.Sprint(value)
}

// momentOf is a time of the register as a cell of a DateTime column, else the value as it is.
func momentOf(value any) string {
	at, ok := value.(int64)
	if !ok || at < 0 || at > lastMoment {
		return textOf(value)
	}
	return time.UnixMilli(at).Local().Format(time.DateTime)
}

// numberOf is a whole number, 0 if the value is none.
func numberOf(value any) int64 {
	n, _ := value.(int64)
	return n
}
