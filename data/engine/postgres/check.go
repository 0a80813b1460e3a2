package postgres

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"consign/data/engine"
)

// tables are those of the register, but the five that are the server's alone.
const tables = `SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(?)
	AND relname NOT IN ('register', 'acts', 'migrations', 'persons', 'entry') ORDER BY relname::text COLLATE "C"`

func (d *Database) quoted() string { return pgx.Identifier{d.place.Schema}.Sanitize() }

// Rows implements engine.Engine.
func (d *Database) Rows(ctx context.Context) (map[string]int64, error) {
	var rows map[string]int64
	err := d.inOneState(ctx, func(tx *gorm.DB, _ *pgx.Conn) (err error) {
		rows, err = d.countRows(tx)
		return err
	})
	return rows, err
}

func (d *Database) countRows(tx *gorm.DB) (map[string]int64, error) {
	var names []string
	if err := tx.Raw(tables, d.quoted()).Scan(&names).Error; err != nil {
		return nil, err
	}
	rows := make(map[string]int64, len(names))
	for _, name := range names {
		var n int64
		if err := tx.Raw("SELECT count(*) FROM " + pgx.Identifier{name}.Sanitize()).Scan(&n).Error; err != nil {
			return nil, err
		}
		rows[name] = n
	}
	return rows, nil
}

// inOneState has f read one state of the register.
func (d *Database) inOneState(ctx context.Context, f func(*gorm.DB, *pgx.Conn) error) error {
	return onConnection(ctx, d.read, func(conn *sql.Conn, c *pgx.Conn) error {
		tx := d.read.Session(&gorm.Session{NewDB: true, Context: ctx})
		tx.Statement.ConnPool = conn
		if _, err := c.Exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); err != nil {
			return given(ctx, err)
		}
		err := f(tx, c)
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), answer)
		defer cancel()
		if _, back := c.Exec(ending, "ROLLBACK"); err == nil {
			err = back
		}
		return given(ctx, err)
	})
}

// Check implements engine.Engine. The server holds constraints and references itself; what is looked at is whether every row can still be
// read, and whether an index has lost what it keeps apart.
func (d *Database) Check(ctx context.Context, depth engine.Depth, also func(*gorm.DB) error) error {
	return d.inOneState(ctx, func(tx *gorm.DB, _ *pgx.Conn) error {
		var names []string
		if err := tx.Raw(tables, d.quoted()).Scan(&names).Error; err != nil {
			return err
		}
		if depth == engine.Whole {
			for _, name := range names {
				var read int64
				if err := tx.Raw("SELECT count(hashtext(t::text)) FROM " + pgx.Identifier{name}.Sanitize() + " t").Scan(&read).Error; err != nil {
					return err
				}
			}
			if err := d.checkReferences(tx); err != nil {
				return err
			}
			if err := checkIdentifiers(tx); err != nil {
				return err
			}
		}
		if also != nil {
			return also(tx)
		}
		return nil
	})
}

// checkReferences looks whether every row refers to rows that are there: the server holds them so, but for who turns that off.
func (d *Database) checkReferences(tx *gorm.DB) error {
	var references []struct{ Child, Key, Parent string }
	const all = `SELECT c.conrelid::regclass::text AS child, a.attname::text AS key, c.confrelid::regclass::text AS parent FROM pg_constraint c
		JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		WHERE c.contype = 'f' AND c.connamespace = to_regnamespace(?) ORDER BY c.conname`
	if err := tx.Raw(all, d.quoted()).Scan(&references).Error; err != nil {
		return err
	}
	for _, r := range references {
		var broken int64
		err := tx.Raw("SELECT count(*) FROM " + r.Child + " c LEFT JOIN " + r.Parent + " p ON p.id = c." + r.Key +
			" WHERE c." + r.Key + " IS NOT NULL AND p.id IS NULL").Scan(&broken).Error
		if err == nil && broken > 0 {
			err = engine.Damagedf("%d rows of %s refer by %s to what is not in %s", broken, r.Child, r.Key, r.Parent)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkIdentifiers looks whether two devices hold one identifier, without the indexes of identifiers.
func checkIdentifiers(tx *gorm.DB) error {
	var twice []string
	err := tx.Raw(`SELECT identifier FROM (
			SELECT 'i' || imei1 AS identifier FROM devices WHERE freed IS NULL AND imei1 IS NOT NULL
			UNION ALL SELECT 'i' || imei2 FROM devices WHERE freed IS NULL AND imei2 IS NOT NULL
			UNION ALL SELECT 'm' || meid FROM devices WHERE freed IS NULL AND meid IS NOT NULL
			UNION ALL SELECT 's' || serial FROM devices WHERE freed IS NULL AND serial IS NOT NULL) held
		GROUP BY identifier HAVING count(*) > 1 LIMIT 20`).Scan(&twice).Error
	if err == nil && len(twice) > 0 {
		err = engine.Damagedf("%d identifiers are held twice", len(twice))
	}
	return err
}
