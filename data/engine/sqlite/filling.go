package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"gorm.io/gorm"

	"consign/data/engine"
)

// Filling is a new register file that gets the rows of a register which another engine keeps.
type Filling struct {
	path string
	db   *gorm.DB
	conn *sql.Conn
	put  *sql.Stmt
}

// Fill begins with the empty file at path: it gets the schema, and not a row but those of the migrations. Close or Finish it.
func Fill(ctx context.Context, path string) (*Filling, error) {
	f := &Filling{path: path}
	if err := f.begin(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *Filling) begin(ctx context.Context) (err error) {
	// references are looked at when all is there
	if f.db, err = connect(f.path, nil, 1, "_pragma=journal_mode(MEMORY)", "_pragma=synchronous(OFF)", cache(pagesRoom)); err != nil {
		return err
	}
	if err := migrate(f.db.WithContext(ctx)); err != nil {
		return err
	}
	tables, err := countRows(f.db.WithContext(ctx))
	if err != nil {
		return err
	}
	pool, err := f.db.DB()
	if err != nil {
		return err
	}
	if f.conn, err = pool.Conn(ctx); err != nil {
		return err
	}
	if err := f.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	for table, rows := range tables {
		if table != "migrations" && rows > 0 { // the chain of an empty register
			if err := f.exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *Filling) exec(ctx context.Context, statement string) error {
	_, err := f.conn.ExecContext(ctx, statement)
	return err
}

// Table says of which table and columns the rows are that come from now on.
func (f *Filling) Table(ctx context.Context, name string, columns []string) (err error) {
	if err := f.closePut(); err != nil {
		return err
	}
	f.put, err = f.conn.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", name, strings.Join(columns, ", "),
		strings.Repeat(", ?", len(columns)-1)))
	return err
}

// Row writes a row: whole numbers, texts, bytes and nil.
func (f *Filling) Row(ctx context.Context, values []any) error {
	_, err := f.put.ExecContext(ctx, values...)
	return err
}

func (f *Filling) closePut() (err error) {
	if f.put != nil {
		err = f.put.Close()
		f.put = nil
	}
	return err
}

// Finish completes the file, hands it to the writer and returns how many rows its tables have. Every row refers to one that is there.
func (f *Filling) Finish(ctx context.Context, to io.Writer) (rows map[string]int64, err error) {
	if err := f.closePut(); err != nil {
		return nil, err
	}
	if err := f.exec(ctx, "COMMIT"); err != nil {
		return nil, err
	}
	if err := f.conn.Close(); err != nil {
		return nil, err
	}
	f.conn = nil
	db := f.db.WithContext(ctx)
	if err := checkReferences(db); err != nil {
		return nil, err
	}
	if rows, err = countRows(db); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	_, err = io.Copy(to, file)
	return rows, err
}

// Close ends the filling. The file stays where it is.
func (f *Filling) Close() error {
	err := f.closePut()
	if f.conn != nil {
		err = errors.Join(err, f.conn.Close())
		f.conn = nil
	}
	db := f.db
	f.db = nil
	return errors.Join(err, engine.ClosePool(db))
}
