package postgres

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm"

	"consign/data/disk"
	"consign/data/engine"
	"consign/data/engine/sqlite"
)

// Copy implements engine.Engine: the register as a file, row by row. Its content is the same, and its chain holds there.
func (d *Database) Copy(ctx context.Context, to io.Writer) (rows map[string]int64, err error) {
	if d.onlyRead { // there is more than this program knows
		return nil, newer()
	}
	p, err := disk.Begin(filepath.Join(os.TempDir(), "consign.db"), disk.Private)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	err = d.inOneState(ctx, func(tx *gorm.DB, conn *pgx.Conn) (err error) {
		file, err := sqlite.Fill(ctx, p.Name())
		if err != nil {
			return err
		}
		defer file.Close()
		there, err := d.countRows(tx)
		if err != nil {
			return err
		}
		sent := map[string]engine.Digest{}
		for table := range there {
			if sent[table], err = d.copyTable(ctx, conn, table, file); err != nil {
				return err
			}
		}
		if rows, err = file.Finish(ctx, to); err != nil {
			return err
		}
		return inFile(ctx, p.Name(), sent)
	})
	return rows, err
}

// inFile is nil if the register file has the content that was sent.
func inFile(ctx context.Context, path string, sent map[string]engine.Digest) error {
	file, err := sqlite.OpenCopy(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Reading(ctx, func(r engine.Reader) error { return arrived(r, sent) })
}

// copyTable copies the rows of a table as they are.
func (d *Database) copyTable(ctx context.Context, conn *pgx.Conn, table string, to *sqlite.Filling) (sent engine.Digest, err error) {
	c := &reader{ctx: ctx, lent: &lent{conn: conn}}
	names, err := engine.NamesOf(c, table)
	if err != nil {
		return sent, err
	}
	if err := to.Table(ctx, table, names); err != nil {
		return sent, err
	}
	list := strings.Join(names, ", ")
	f, err := c.lent.ask(ctx, "SELECT "+list+" FROM "+table+" ORDER BY 1", nil)
	if err != nil {
		return sent, err
	}
	defer f.close()
	values := make([]any, len(names))
	for f.next() {
		sent.Add(f, len(names))
		for i := range values {
			values[i] = f.value(int32(i))
		}
		if err := to.Row(ctx, values); err != nil {
			return sent, err
		}
	}
	return sent, f.err
}

// value is a column of the current row as it is kept: a whole number, a text, bytes or nil.
func (f *found) value(column int32) any {
	switch {
	case f.IsNull(column):
		return nil
	case f.fields[column].DataTypeOID == pgtype.ByteaOID:
		return f.Blob(column)
	case f.fields[column].DataTypeOID == pgtype.TextOID:
		return string(f.values[column])
	}
	return f.Int(column)
}
