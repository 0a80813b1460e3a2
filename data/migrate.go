package data

import (
	"database/sql"
	"embed"
	"errors"
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"consign/model"
)

//go:embed migrations
var migrations embed.FS

// migrationNames are the migrations in their order. One that has shipped is never edited.
var migrationNames = []string{"0001_register", "0002_deletions", "0003_chain"}

// applicationID marks the file as a register of Consign: "CNSG" in PRAGMA application_id.
const applicationID = 0x434E5347

// migrateStep is what a migration does beside its SQL, in the same transaction: tx, on the connection conn.
type migrateStep func(tx *gorm.DB, conn *sql.Conn) error

var migrateSteps = map[string]migrateStep{
	"0003_chain": func(tx *gorm.DB, conn *sql.Conn) error { return sealAll(tx.Statement.Context, tx, conn, time.Now()) },
}

// migrate brings the schema up to date, each migration in one transaction.
// A register with a migration that this program does not know is Newer.
func migrate(db *gorm.DB) error { return onOneConnection(db, migrateOn) }

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
		return model.Fail(model.Newer, "This register was made by a newer Consign. Install the newer version to open it.").Because(err)
	}
	return err
}
