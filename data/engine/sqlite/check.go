package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	driver "github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"consign/data/engine"
)

// Check implements engine.Engine: a million devices take some seconds, or a third of that for a quick one.
func (d *Database) Check(ctx context.Context, depth engine.Depth, also func(*gorm.DB) error) error {
	return d.aside(ctx, func(db *gorm.DB) error {
		err := checkAll(db, depth, also)
		if engine.TroubleOf(err) == engine.Puzzled { // the statements of a check are right
			err = engine.Damaged(err)
		}
		return err
	})
}

func checkAll(db *gorm.DB, depth engine.Depth, also func(*gorm.DB) error) error {
	pages := "PRAGMA integrity_check(20)" // and whether each index holds the rows of its table
	if depth == engine.Quick {
		pages = "PRAGMA quick_check(20)"
	}
	if err := checkPages(db, pages); err != nil {
		return err
	}
	current, err := hasAllMigrations(db)
	if err != nil {
		return err
	}
	if current {
		if err := checkSchema(db); err != nil {
			return err
		}
	}
	if depth == engine.Whole {
		if err := checkReferences(db); err != nil {
			return err
		}
	}
	if current && also != nil {
		return also(db)
	}
	return nil
}

// aside has f read one state of the register on a connection of its own, which keeps few pages. A file that was opened for a look has one
// connection anyway.
func (d *Database) aside(ctx context.Context, f func(*gorm.DB) error) (err error) {
	db := d.read
	switch {
	case d.write != nil: // SQLite does not look at the CHECK constraints of a file that it opens with mode=ro
		db, err = connect(d.path, d.log, 1, append(slices.Clone(sound), "_pragma=query_only(1)", cache(passingCache))...)
	case !d.look:
		db, err = d.connectToRead(1, passingCache)
	}
	if err != nil {
		return err
	}
	if db != d.read {
		defer engine.ClosePool(db)
	}
	return db.WithContext(ctx).Transaction(f)
}

func checkPages(db *gorm.DB, pragma string) error {
	var answers []string
	if err := db.Raw(pragma).Scan(&answers).Error; err != nil {
		return err
	}
	if len(answers) == 1 && answers[0] == "ok" {
		return nil
	}
	return engine.Damaged(errors.New(strings.Join(answers, "; ")))
}

// checkReferences looks whether every row refers to rows that are there.
func checkReferences(db *gorm.DB) error {
	var broken []struct{ Table, Parent string }
	if err := db.Raw(`SELECT "table", parent FROM pragma_foreign_key_check LIMIT 20`).Scan(&broken).Error; err != nil {
		return err
	}
	if len(broken) > 0 {
		return engine.Damaged(fmt.Errorf("references without a row: %v", broken))
	}
	return nil
}

// checkSchema compares the tables, indexes and triggers with those that the migrations make: a damaged text of one may still be a schema.
func checkSchema(db *gorm.DB) error {
	want, err := rightSchema()
	if err != nil {
		return err
	}
	have, err := schemaOf(db)
	if err == nil && have != want {
		err = engine.Damagedf("schema: %s", have)
	}
	return err
}

// rightSchema is the schema of a new register.
var rightSchema = sync.OnceValues(func() (string, error) {
	db, err := gorm.Open(driver.Open(":memory:"), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return "", err
	}
	pool, err := db.DB()
	if err != nil {
		return "", err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1) // each would have a memory of its own
	if err := migrate(db); err != nil {
		return "", err
	}
	return schemaOf(db)
})

// schemaOf is the text of the schema but for the table of the migrator, which its versions make in words of their own.
func schemaOf(db *gorm.DB) (schema string, err error) {
	err = db.Raw(`SELECT coalesce(group_concat(sql, ';'), '') FROM (SELECT sql FROM sqlite_schema
		WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'migrations' ORDER BY name)`).Scan(&schema).Error
	return schema, err
}
