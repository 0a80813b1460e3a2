package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"consign/data/engine"
)

// fill gives the new register all rows of one state of another, and compares what has arrived, table by table. done hears how many rows.
func (a *act) fill(d *Database, from engine.Engine, done func(rows int64)) error {
	var names []string
	// what a table refers to was made before it
	if err := a.tx.Raw(strings.Replace(tables, `relname::text COLLATE "C"`, "oid", 1), d.quoted()).Scan(&names).Error; err != nil {
		return err
	}
	if err := a.eachTable(names, "ALTER TABLE %s DISABLE TRIGGER USER"); err != nil {
		return err
	}
	for _, name := range slices.Backward(names) { // the chain of an empty register
		if err := a.tx.Exec("DELETE FROM " + name).Error; err != nil {
			return err
		}
	}
	sent := map[string]engine.Digest{}
	err := from.Reading(a.ctx, func(r engine.Reader) error {
		for _, name := range names {
			digest, err := a.fillTable(r, name, done)
			if err != nil {
				return err
			}
			sent[name] = digest
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.tx.Exec("SET CONSTRAINTS ALL IMMEDIATE").Error; err != nil { // and look at them now: a COMMIT is not waited for so long
		return err
	}
	if err := checkIdentifiers(a.tx); err != nil {
		return err
	}
	if err := a.eachTable(names, "ALTER TABLE %s ENABLE TRIGGER USER"); err != nil {
		return err
	}
	if err := a.eachTable(names, "ANALYZE %s"); err != nil {
		return err
	}
	return arrived(&reader{ctx: a.ctx, lent: a.lent}, sent)
}

func (a *act) eachTable(names []string, statement string) error {
	for _, name := range names {
		if err := a.tx.Exec(fmt.Sprintf(statement, name)).Error; err != nil {
			return err
		}
	}
	return nil
}

// arrived is nil if the tables have the content that was sent.
func arrived(r engine.Reader, sent map[string]engine.Digest) error {
	for name, digest := range sent {
		there, err := engine.DigestOf(r, name)
		if err != nil {
			return err
		}
		if !there.Is(digest) {
			return fmt.Errorf("of %s arrived %d rows of %d, or others", name, there.Rows, digest.Rows)
		}
	}
	return nil
}

// fillTable copies a table's rows.
func (a *act) fillTable(from engine.Reader, table string, done func(int64)) (engine.Digest, error) {
	names, err := engine.NamesOf(from, table)
	if err != nil {
		return engine.Digest{}, err
	}
	kinds, err := a.kinds(table, names)
	if err != nil {
		return engine.Digest{}, err
	}
	s := &streamed{kinds: kinds, done: done}
	next, stop := iter.Pull(func(yield func([]any) bool) {
		s.err = from.Each("SELECT "+strings.Join(names, ", ")+" FROM "+table, nil, func(row engine.Row) error {
			s.digest.Add(row, len(names))
			if !yield(s.values(row)) {
				return errors.New("the server takes no more rows")
			}
			return nil
		})
	})
	defer stop()
	s.next = next
	_, err = a.conn.CopyFrom(a.ctx, pgx.Identifier{table}, names, s)
	return s.digest, err
}

// kinds are the types of the columns, as the server calls them.
func (a *act) kinds(table string, columns []string) ([]string, error) {
	var found []struct{ Name, Kind string }
	const ask = `SELECT attname::text AS name, format_type(atttypid, NULL) AS kind FROM pg_attribute
		WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped`
	if err := a.tx.Raw(ask, table).Scan(&found).Error; err != nil {
		return nil, err
	}
	kinds := make([]string, len(columns))
	for _, f := range found {
		i := slices.Index(columns, f.Name)
		if i < 0 {
			return nil, fmt.Errorf("%s.%s is not in the register that is to be shared", table, f.Name)
		}
		kinds[i] = f.Kind
	}
	if len(found) != len(columns) {
		return nil, fmt.Errorf("%s has other columns on the server", table)
	}
	return kinds, nil
}

// streamed are rows on their way to the server: pgx.CopyFromSource.
type streamed struct {
	kinds  []string
	next   func() ([]any, bool)
	row    []any
	digest engine.Digest
	done   func(int64)
	err    error
}

// reportEvery is after how many rows the way that is done is told.
const reportEvery = 5000

// Next implements pgx.CopyFromSource.
func (s *streamed) Next() (more bool) {
	s.row, more = s.next()
	if more && s.digest.Rows%reportEvery == 0 {
		s.done(reportEvery)
	}
	return more
}

// Values implements pgx.CopyFromSource.
func (s *streamed) Values() ([]any, error) { return s.row, nil }

// Err implements pgx.CopyFromSource.
func (s *streamed) Err() error { return s.err }

func (s *streamed) values(row engine.Row) []any {
	values := make([]any, len(s.kinds))
	for i, kind := range s.kinds {
		column := int32(i)
		switch {
		case row.IsNull(column):
		case kind == "text":
			values[i] = string(row.Bytes(column))
		case kind == "bytea":
			values[i] = row.Blob(column)
		default:
			values[i] = row.Int(column)
		}
	}
	return values
}

// sum is how many rows the register has in all.
func sum(ctx context.Context, e engine.Engine) (all int64, err error) {
	rows, err := e.Rows(ctx)
	for _, n := range rows {
		all += n
	}
	return all, err
}
