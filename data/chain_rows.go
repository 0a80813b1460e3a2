package data

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"strings"

	"consign/data/engine"
)

// sealedColumns are the columns of the sealed tables by table: each with its default as SQL writes it, in the order of their names.
type sealedColumns map[string][]engine.Column

// readSealedColumns asks the schema. A column that holds its default adds nothing to a seal, so that a migration that adds one breaks none.
func readSealedColumns(c *reader) (sealedColumns, error) {
	columns := sealedColumns{}
	for _, t := range sealedTables {
		found, err := c.Columns(t.name)
		if err != nil {
			return nil, err
		}
		columns[t.name] = found
	}
	return columns, nil
}

// eachGroup calls f with the seal of every group of rows whose key is in the list of ids as JSON, or of all if it is "", in the order of
// keys.
func (t sealedTable) eachGroup(c *reader, columns sealedColumns, keys string, f func(seal) error) error {
	names := make([]string, len(columns[t.name]))
	for i, column := range columns[t.name] {
		names[i] = column.Name
	}
	if len(names) == 0 { // a migration that seals may run before the table is made
		return nil
	}
	where, args := "", []any(nil)
	if keys != "" {
		where, args = " WHERE "+t.key+" IN (SELECT value FROM json_each(?))", []any{keys}
	}
	g := group{table: t.name, columns: columns[t.name]}
	err := c.each(fmt.Sprintf("SELECT %s, %s FROM %s%s ORDER BY %s, %s", t.key, strings.Join(names, ", "), t.name, where, t.key, t.order),
		args,
		func(s *statement) error {
			if key := s.int(0); g.hash == nil || key != g.key {
				if err := g.end(f); err != nil {
					return err
				}
				g.begin(key)
			}
			g.add(s)
			return nil
		})
	if err != nil {
		return err
	}
	return g.end(f)
}

// group is a seal in the making.
type group struct {
	table   string
	columns []engine.Column
	key     int64
	hash    hash.Hash // nil before the first row
	buf     []byte
}

func (g *group) begin(key int64) {
	g.key, g.hash = key, sha256.New()
	writeText(g.hash, g.table)
	writeNumbers(g.hash, key)
}

func (g *group) end(f func(seal) error) error {
	if g.hash == nil {
		return nil
	}
	return f(seal{Kind: g.table, Key: g.key, Hash: g.hash.Sum(nil)})
}

// add hashes the row at which the statement is, whose first column is the key: a line "name=value" for every column that does not
// hold its default, the value as SQL writes it, and an empty line after them.
func (g *group) add(s *statement) {
	g.buf = g.buf[:0]
	for i, column := range g.columns {
		start := len(g.buf)
		g.buf = append(append(g.buf, column.Name...), '=')
		value := len(g.buf)
		g.buf = s.AppendLiteral(g.buf, int32(i+1))
		if string(g.buf[value:]) == column.Default {
			g.buf = g.buf[:start]
			continue
		}
		g.buf = append(g.buf, '\n')
	}
	g.hash.Write(append(g.buf, '\n'))
}
