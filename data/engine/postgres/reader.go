package postgres

import (
	"context"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"consign/data/engine"
)

// reader implements engine.Reader on a connection inside a transaction.
type reader struct {
	ctx  context.Context
	lent *lent
}

// lent is a connection whose rows stream while nothing else is asked of it: then the rest of them is kept first.
type lent struct {
	conn  *pgx.Conn
	begin string // goes before the first statement, in one message with it: what is asked of a server takes its time on the way
	open  *found // streams
}

// oneState begins what reads.
const oneState = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

// Reading implements engine.Engine. The end of the transaction is not waited for.
func (d *Database) Reading(ctx context.Context, read func(engine.Reader) error) error {
	conn, c, err := connection(ctx, d.read)
	if err != nil {
		return given(ctx, err)
	}
	err = engine.Guard(func() error { return read(&reader{ctx: ctx, lent: &lent{conn: c, begin: oneState}}) })
	go func() {
		defer conn.Close()
		if c.PgConn().TxStatus() == idle {
			return
		}
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), answer)
		defer cancel()
		if _, err := c.Exec(ending, "ROLLBACK"); err != nil && d.log != nil {
			d.log.WithError(err).Debug("a connection that had read is lost")
		}
	}()
	return given(ctx, err)
}

// idle is how a connection says that no transaction is under way on it.
const idle = 'I'

// given is the end of ctx where that is why err came.
func given(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && engine.TroubleOf(err) == engine.Interrupted {
		return ctx.Err()
	}
	return err
}

// Each implements engine.Reader.
func (r *reader) Each(query string, args []any, row func(engine.Row) error) error {
	return (&statement{r: r, text: translated(query)}).Each(args, row)
}

// Prepare implements engine.Reader: the driver keeps what is compiled, so that nothing is to do.
func (r *reader) Prepare(query string) (engine.Statement, error) {
	return &statement{r: r, text: translated(query), byIDs: translated(theID.ReplaceAllString(query, "id = ANY(?)"))}, nil
}

// theID finds the id of a statement's one row.
var theID = regexp.MustCompile(`\bid = \?(1\b)?`)

// EachOf implements engine.Reader: all ids are one array, in whose order the rows are visited.
func (r *reader) EachOf(query string, ids []int64, row func(engine.Row) error) error {
	return (&statement{r: r, text: translated(strings.TrimSuffix(query, "IN") + "= ANY(?)")}).run([]any{ids}, row)
}

// Passing implements engine.Reader: memory is the server's.
func (r *reader) Passing(bool) error { return nil }

// Looks implements engine.Reader: it takes a third of a second for a million devices.
func (r *reader) Looks() bool { return true }

// HighestID implements engine.Reader.
func (r *reader) HighestID() (highest int64, err error) {
	err = r.Each(`SELECT greatest((SELECT max(id) FROM devices), (SELECT max(id) FROM activity), (SELECT max(id) FROM uploads),
		(SELECT max(id) FROM accounts), (SELECT max(id) FROM upload_failures), (SELECT max(id) FROM links), (SELECT max(id) FROM customers),
		(SELECT max(id) FROM registrations), (SELECT max(id) FROM managements), (SELECT max(id) FROM orders), 1)`, nil,
		func(row engine.Row) error { highest = row.Int(0); return nil })
	return highest, err
}

// ofType is what the server writes behind a default, and the file does not.
var ofType = regexp.MustCompile(`::[a-z ]+$`)

// Columns implements engine.Reader.
func (r *reader) Columns(table string) (columns []engine.Column, err error) {
	const columnsOf = `SELECT a.attname::text, coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL') FROM pg_attribute a
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname::text COLLATE "C"`
	err = r.Each(columnsOf, []any{table}, func(row engine.Row) error {
		columns = append(columns, engine.Column{Name: string(row.Bytes(0)), Default: ofType.ReplaceAllString(string(row.Bytes(1)), "")})
		return nil
	})
	return columns, err
}

// statement implements engine.Statement.
type statement struct {
	r     *reader
	text  *text
	byIDs *text // for many ids
	id    [1]any
}

// Close implements engine.Statement.
func (s *statement) Close() {}

// ByID implements engine.Statement.
func (s *statement) ByID(id int64, row func(engine.Row) error) error {
	s.id[0] = id
	return s.run(s.id[:], row)
}

// ByIDs implements engine.Statement: with one question, however many they are.
func (s *statement) ByIDs(ids []int64, row func(engine.Row) error) error {
	return (&statement{r: s.r, text: s.byIDs}).run([]any{ids}, row)
}

// Each implements engine.Statement.
func (s *statement) Each(args []any, row func(engine.Row) error) error {
	plain, err := plainAll(args)
	if err != nil {
		return err
	}
	return s.run(plain, row)
}

func (s *statement) run(args []any, row func(engine.Row) error) error {
	f, err := s.r.lent.ask(s.r.ctx, s.text.with(args), args)
	if err != nil {
		return given(s.r.ctx, err)
	}
	defer f.close()
	for f.next() {
		if err := row(f); err != nil {
			return err
		}
	}
	return given(s.r.ctx, f.err)
}

// ask runs a statement; what streams is kept first.
func (l *lent) ask(ctx context.Context, query string, args []any) (*found, error) {
	if l.open != nil {
		l.open.keep()
	}
	f := &found{lent: l, query: query}
	var err error
	if l.begin == "" {
		f.rows, err = l.conn.Query(ctx, query, args...)
	} else {
		both := &pgx.Batch{}
		both.Queue(l.begin)
		both.Queue(query, args...)
		l.begin = ""
		f.both = l.conn.SendBatch(ctx, both)
		if _, err = f.both.Exec(); err == nil {
			f.rows, err = f.both.Query()
		}
	}
	if err != nil {
		if f.both != nil {
			_ = f.both.Close() // which says the same
		}
		return nil, in(err, query)
	}
	l.open = f
	return f, nil
}

// found are the rows that a statement has found, and engine.Row of the current one. All come as texts: see config.
type found struct {
	lent   *lent
	rows   pgx.Rows         // nil: all is kept
	both   pgx.BatchResults // that the rows are of, with the beginning of the transaction; nil for later ones
	fields []pgconn.FieldDescription
	values [][]byte
	kept   [][][]byte
	query  string
	err    error
}

func (f *found) next() bool {
	if f.rows == nil {
		if len(f.kept) == 0 {
			return false
		}
		f.values, f.kept = f.kept[0], f.kept[1:]
		return true
	}
	if !f.rows.Next() {
		f.end()
		return false
	}
	if f.fields == nil {
		f.fields = slices.Clone(f.rows.FieldDescriptions())
	}
	f.values = f.rows.RawValues()
	return true
}

// end is after the last row that streams.
func (f *found) end() {
	f.rows.Close()
	f.err = in(f.rows.Err(), f.query)
	if f.both != nil {
		if err := f.both.Close(); f.err == nil {
			f.err = in(err, f.query)
		}
	}
	f.rows, f.both, f.lent.open = nil, nil, nil
}

// keep copies the rows that are still to come, so that the connection is free.
func (f *found) keep() {
	f.values = copied(f.values)
	for f.rows.Next() {
		if f.fields == nil {
			f.fields = slices.Clone(f.rows.FieldDescriptions())
		}
		f.kept = append(f.kept, copied(f.rows.RawValues()))
	}
	f.end()
}

func (f *found) close() {
	if f.rows != nil {
		f.end()
	}
}

func copied(values [][]byte) [][]byte {
	n := 0
	for _, v := range values {
		n += len(v)
	}
	all := make([]byte, 0, n)
	own := make([][]byte, len(values))
	for i, v := range values {
		if v != nil {
			start := len(all)
			all = append(all, v...)
			own[i] = all[start:len(all):len(all)]
		}
	}
	return own
}

// Int implements engine.Row.
func (f *found) Int(column int32) int64 {
	v := f.values[column]
	if len(v) == 0 || v[0] == 'f' {
		return 0
	}
	if v[0] == 't' {
		return 1
	}
	n, _ := strconv.ParseInt(string(v), 10, 64) // what is no number is 0, as in the file
	return n
}

// IsNull implements engine.Row.
func (f *found) IsNull(column int32) bool { return f.values[column] == nil }

// Bytes implements engine.Row.
func (f *found) Bytes(column int32) []byte {
	if v := f.values[column]; v != nil && f.fields[column].DataTypeOID == pgtype.BoolOID {
		return strconv.AppendInt(nil, f.Int(column), 10)
	}
	return f.values[column]
}

// Blob implements engine.Row.
func (f *found) Blob(column int32) []byte {
	v := f.values[column]
	if v == nil {
		return nil
	}
	blob := make([]byte, len(v)/2)
	n, _ := hex.Decode(blob, v[min(2, len(v)):]) // \x…
	return blob[:n]
}

// AppendLiteral implements engine.Row.
func (f *found) AppendLiteral(buf []byte, column int32) []byte {
	v := f.values[column]
	if v == nil {
		return append(buf, "NULL"...)
	}
	switch f.fields[column].DataTypeOID {
	case pgtype.Int8OID, pgtype.Int4OID, pgtype.Int2OID, pgtype.BoolOID:
		return strconv.AppendInt(buf, f.Int(column), 10)
	case pgtype.ByteaOID:
		return append(append(append(buf, "X'"...), v[min(2, len(v)):]...), '\'')
	}
	buf = append(buf, '\'')
	for _, c := range v {
		if c == '\'' {
			buf = append(buf, c)
		}
		buf = append(buf, c)
	}
	return append(buf, '\'')
}
