package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"gorm.io/gorm"

	"consign/data/engine"
)

// Copy implements engine.Engine. It copies pages and not rows, so that damage is found in the copy and not mended there.
func (d *Database) Copy(ctx context.Context, to io.Writer) (rows map[string]int64, err error) {
	db := d.read
	if !d.look {
		how := []string{"mode=ro", "_pragma=query_only(1)"}
		if d.write == nil && d.readAs != nil {
			how = d.readAs
		}
		if db, err = connect(d.path, nil, 1, how...); err != nil {
			return nil, err
		}
		defer engine.ClosePool(db)
	}
	err = db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if rows, err = countRows(tx); err != nil {
			return err
		}
		return copyPages(tx, to)
	})
	return rows, err
}

// copyPages writes every page of the register.
func copyPages(tx *gorm.DB, to io.Writer) error {
	rows, err := tx.Raw("SELECT pgno, data FROM sqlite_dbpage ORDER BY pgno").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	w := bufio.NewWriterSize(to, 1<<20)
	for n := int64(1); rows.Next(); n++ {
		var number int64
		var page []byte
		if err := rows.Scan(&number, &page); err != nil {
			return err
		}
		if number != n {
			return engine.Damaged(fmt.Errorf("page %d is missing", n))
		}
		if n == 1 && len(page) > 19 {
			page[18], page[19] = 1, 1 // a file of its own, that needs no write-ahead log (sqlite.org/fileformat2.html)
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return w.Flush()
}

// Rows implements engine.Engine.
func (d *Database) Rows(ctx context.Context) (map[string]int64, error) {
	return countRows(d.read.WithContext(ctx))
}

// countRows is how many rows each table has.
func countRows(db *gorm.DB) (map[string]int64, error) {
	var tables []string
	const named = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	if err := db.Raw(named).Scan(&tables).Error; err != nil {
		return nil, err
	}
	rows := make(map[string]int64, len(tables))
	for _, table := range tables {
		var n int64
		if err := db.Raw(`SELECT count(*) FROM "` + strings.ReplaceAll(table, `"`, `""`) + `"`).Scan(&n).Error; err != nil {
			return nil, err
		}
		rows[table] = n
	}
	return rows, nil
}
