package engine

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"strings"
)

// Digest is the content of a table: how many rows it has, and the sum of the hashes of all, in whatever order they are read.
type Digest struct {
	Rows int64
	Sum  [4]uint64

	buf []byte
}

// Add adds a row of so many columns.
func (d *Digest) Add(row Row, columns int) {
	d.buf = d.buf[:0]
	for i := range columns {
		d.buf = append(row.AppendLiteral(d.buf, int32(i)), 0)
	}
	hash := sha256.Sum256(d.buf)
	carry := uint64(0)
	for i := range d.Sum {
		d.Sum[i], carry = bits.Add64(d.Sum[i], binary.LittleEndian.Uint64(hash[8*i:]), carry)
	}
	d.Rows++
}

// Is reports whether both digests are of the same content.
func (d *Digest) Is(other Digest) bool { return d.Rows == other.Rows && d.Sum == other.Sum }

// DigestOf reads all of a table.
func DigestOf(r Reader, table string) (Digest, error) {
	d := Digest{}
	names, err := NamesOf(r, table)
	if err != nil {
		return d, err
	}
	err = r.Each("SELECT "+strings.Join(names, ", ")+" FROM "+table, nil, func(row Row) error {
		d.Add(row, len(names))
		return nil
	})
	return d, err
}

// NamesOf are the names of a table's columns in their order.
func NamesOf(r Reader, table string) ([]string, error) {
	columns, err := r.Columns(table)
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	return names, err
}
