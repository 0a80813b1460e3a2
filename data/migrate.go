package data

import (
	"embed"
	"errors"
	"slices"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"consign/model"
)

//go:embed migrations
var migrations embed.FS

// migrationNames are the migrations in their order. One that has shipped is never edited.
var migrationNames = []string{"0001_register", "0002_deletions"}

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

// migrate brings the schema up to date, each migration in one transaction.
// A register with a migration that this program does not know is Newer.
func migrate(db *gorm.DB) error {
	var steps []*gormigrate.Migration
	for _, name := range migrationNames {
		sql, err := migrations.ReadFile("migrations/" + name + ".sql")
		if err != nil {
			return err
		}
		steps = append(steps, &gormigrate.Migration{ID: name, Migrate: func(tx *gorm.DB) error { return tx.Exec(string(sql)).Error }})
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
