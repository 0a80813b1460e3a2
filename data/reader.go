package data

import (
	"cmp"
	"context"
	"encoding/json"
	"time"
	"unicode/utf8"

	"consign/data/engine"
)

// reader reads one state of the register. It belongs to one goroutine. What it reads it holds to what acts write: anything else is Damaged.
type reader struct {
	engine.Reader
	ctx         context.Context
	highest     int64 // the highest id that can be; 0: not asked yet
	countryName func(code string) string
}

// reading lends f a reading connection until f returns. ctx interrupts whatever runs on it.
func (r *Register) reading(ctx context.Context, f func(*reader) error) error {
	if err := r.Away(); err != nil { // which is known: nobody waits for an answer that does not come
		return err
	}
	return r.told(r.engine.Reading(ctx, func(c engine.Reader) error {
		return f(&reader{Reader: c, ctx: ctx, countryName: r.countryName})
	}))
}

// id is an id of the current row: Damaged where it cannot be one. A set of ids has a bit for each up to the highest, and other tables of
// them a place, so that a wrong one would take all of the memory.
func (c *reader) id(s *statement, column int32) (int64, error) {
	id := s.int(column)
	if id > 0 && id < engine.UsualID {
		return id, nil
	}
	if c.highest == 0 {
		most, err := c.HighestID()
		if err != nil {
			return 0, err
		}
		c.highest = max(most, engine.UsualID)
	}
	if id <= 0 || id > c.highest {
		return 0, damagedf("id %d", id)
	}
	return id, nil
}

// each calls row for every row of the query. What row reads as bytes holds until it returns.
func (c *reader) each(query string, args []any, row func(*statement) error) error {
	s := &statement{}
	return c.Each(query, args, s.taking(row))
}

// number reads the one whole number that the query finds; 0 if it finds NULL or no row.
func (c *reader) number(query string, args ...any) (n int, err error) {
	err = c.each(query, args, func(s *statement) error {
		n = int(s.int(0))
		return nil
	})
	return n, err
}

// statement is a query and its current row.
type statement struct {
	engine.Row
	compiled engine.Statement
	take     func(*statement) error
	onRow    func(engine.Row) error // calls take
	bad      error                  // what the current row has and cannot have
}

// taking makes what an engine calls for every row of what take takes. Its closure is made once for a statement.
func (s *statement) taking(take func(*statement) error) func(engine.Row) error {
	s.take = take
	if s.onRow == nil {
		s.onRow = func(row engine.Row) error {
			s.Row, s.bad = row, nil
			if err := s.take(s); err != nil {
				return cmp.Or(s.bad, err)
			}
			return s.bad
		}
	}
	return s.onRow
}

func (c *reader) prepare(query string) (*statement, error) {
	compiled, err := c.Prepare(query)
	if err != nil {
		return nil, err
	}
	return &statement{compiled: compiled}, nil
}

func (s *statement) close() { s.compiled.Close() }

// each runs the statement with new arguments.
func (s *statement) each(args []any, row func(*statement) error) error {
	return s.compiled.Each(args, s.taking(row))
}

// byID runs a statement whose only argument is a number.
func (s *statement) byID(id int64, row func(*statement) error) error {
	return s.compiled.ByID(id, s.taking(row))
}

// byIDs runs a statement whose only argument is an id for each of the ids; the rows come in any order.
func (s *statement) byIDs(ids []int64, row func(*statement) error) error {
	return s.compiled.ByIDs(ids, s.taking(row))
}

// int is a whole number of the current row; 0 for NULL.
func (s *statement) int(column int32) int64 { return s.Int(column) }

// isNull reports whether the column of the current row is NULL.
func (s *statement) isNull(column int32) bool { return s.IsNull(column) }

// bytes are the characters of a column of the current row, nil for NULL. They hold until the next row.
func (s *statement) bytes(column int32) []byte { return s.Bytes(column) }

// blob is a copy of the bytes of a column that holds no text, nil for NULL.
func (s *statement) blob(column int32) []byte { return s.Blob(column) }

// text is a copy of bytes.
func (s *statement) text(column int32) string {
	text := s.bytes(column)
	if !utf8.Valid(text) {
		s.spoilt("text %q", text)
	}
	return string(text)
}

// spoilt makes the reading end with Damaged after the current row.
func (s *statement) spoilt(what string, args ...any) {
	if s.bad == nil {
		s.bad = damagedf(what, args...)
	}
}

// json reads a column of the current row that holds JSON.
func (s *statement) json(column int32, value any) {
	if err := json.Unmarshal(s.bytes(column), value); err != nil {
		s.spoilt("%w", err)
	}
}

// count is a number of things in the current row; 0 for NULL.
func (s *statement) count(column int32) int {
	n := s.int(column)
	if n < 0 || n > mostThings {
		s.spoilt("count %d", n)
		return 0
	}
	return int(n)
}

// mostThings is more than a register holds of anything.
const mostThings = 1 << 40

// timeOf is a time as the register keeps it; the zero time for NULL.
func (s *statement) timeOf(column int32) time.Time {
	if s.isNull(column) {
		return time.Time{}
	}
	at := s.int(column)
	if at < 0 || at > lastMoment {
		s.spoilt("time %d", at)
		return time.Time{}
	}
	return time.UnixMilli(at)
}

// lastMoment is the end of the year 9999, which texts of times end with.
const lastMoment = 253402300799999
