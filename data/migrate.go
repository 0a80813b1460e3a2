package data

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"consign/model"
)

//go:embed migrations
var migrations embed.FS

// migrationNames are the migrations in their order. One that has shipped is never edited.
var migrationNames = []string{"0001_register", "0002_deletions", "0003_chain", "0004_freed", "0005_portal", "0006_orders"}

// applicationID marks the file as a register of Consign: "CNSG" in PRAGMA application_id.
const applicationID = 0x434E5347

// pendingMigrations are those that the register lacks. One that this program does not know means that the register is Newer.
func pendingMigrations(db *gorm.DB) ([]string, error) {
	var done []string
	if err := db.Raw("SELECT id FROM migrations ORDER BY rowid").Scan(&done).Error; err != nil {
		return nil, err
	}
	for _, name := range done {
		if !slices.Contains(migrationNames, name) {
			return nil, newer(errors.New(name))
		}
	}
	return slices.DeleteFunc(slices.Clone(migrationNames), func(name string) bool { return slices.Contains(done, name) }), nil
}

func newer(cause error) *model.Error {
	return model.Fail(model.Newer, "This register was made by a newer Consign. Install the newer version to open it.").Because(cause)
}

// migrateStep is what a migration does beside its SQL, in the same transaction: tx, on the connection conn.
type migrateStep func(tx *gorm.DB, conn *sql.Conn) error

var migrateSteps = map[string]migrateStep{
	"0003_chain":  func(tx *gorm.DB, conn *sql.Conn) error { return sealAll(tx.Statement.Context, tx, conn, time.Now()) },
	"0005_portal": sealPortal,
}

// sealPortal seals all anew if the migration changed what is sealed: where uploads wait, and the customers' preferences.
func sealPortal(tx *gorm.DB, conn *sql.Conn) error {
	var changed int
	err := tx.Raw("SELECT (SELECT count(*) FROM preferences) + (SELECT count(*) FROM moved_approvals)").Scan(&changed).Error
	if err != nil {
		return err
	}
	if err := tx.Exec("DROP TABLE moved_approvals").Error; err != nil || changed == 0 {
		return err
	}
	return sealAll(tx.Statement.Context, tx, conn, time.Now())
}

// migrate brings the schema up to date, each migration in one transaction.
// A register with a migration that this program does not know is Newer.
func migrate(db *gorm.DB) error {
	if err := makeShrinkable(db); err != nil {
		return err
	}
	return onOneConnection(db, migrateOn)
}

// incrementalVacuum is the value of PRAGMA auto_vacuum with which a file gives its free pages back in steps.
const incrementalVacuum = 2

// makeShrinkable lets a file that has no chain yet, a new one too, give free pages back (checkpoint.go). A file with rows is written
// anew for that, once, which takes as much room on the disk again, twice: without it the file stays as it is, and the log says so.
func makeShrinkable(db *gorm.DB) error {
	var mode, chained int
	if err := db.Raw("PRAGMA auto_vacuum").Scan(&mode).Error; err != nil {
		return err
	}
	if err := db.Raw("SELECT count(*) FROM sqlite_schema WHERE name = 'links'").Scan(&chained).Error; err != nil {
		return err
	}
	if mode == incrementalVacuum || chained > 0 {
		return nil
	}
	err := onOneConnection(db, func(db *gorm.DB, _ *sql.Conn) error {
		if err := db.Exec(fmt.Sprintf("PRAGMA auto_vacuum = %d", incrementalVacuum)).Error; err != nil {
			return err
		}
		return db.Exec("VACUUM").Error
	})
	switch resultCode(err) {
	case sqliteFull, sqliteIOErr, sqliteCantOpen: // nothing was changed
		db.Logger.Warn(context.Background(), "the register keeps its free pages: there is no room to write it anew once (%v)", err)
		return nil
	}
	return err
}

func migrateOn(db *gorm.DB, conn *sql.Conn) error {
	var steps []*gormigrate.Migration
	for _, name := range migrationNames {
		statements, err := migrations.ReadFile("migrations/" + name + ".sql")
		if err != nil {
			return err
		}
		steps = append(steps, &gormigrate.Migration{ID: name, Migrate: func(tx *gorm.DB) error {
			if err := tx.Exec(string(statements)).Error; err != nil {
				return err
			}
			if step := migrateSteps[name]; step != nil {
				return step(tx, conn)
			}
			return nil
		}})
	}
	options := *gormigrate.DefaultOptions
	options.UseTransaction = true
	options.ValidateUnknownMigrations = true
	err := gormigrate.New(db, &options, steps).Migrate()
	if errors.Is(err, gormigrate.ErrUnknownPastMigration) {
		return newer(err)
	}
	return err
}
