package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"slices"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"consign/data/engine"
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

// Step is what a migration does beside its SQL, in the same transaction.
type Step func(ctx context.Context, a engine.Act) error

var steps = map[string]Step{}

// AddStep has a migration take a step after its SQL, also where the schema is made that registers are compared with. Call it when the
// program starts.
func AddStep(migration string, step Step) { steps[migration] = step }

// Migrate brings the schema of a register file that nobody has open up to date, and tells whether there was anything to do. It is for
// copies: when it fails the file is as good as lost.
func Migrate(ctx context.Context, path string) (migrated bool, err error) {
	db, err := connect(path, nil, 1, "_txlock=immediate", "_pragma=journal_mode(MEMORY)", "_pragma=synchronous(OFF)",
		"_pragma=foreign_keys(1)")
	if err != nil {
		return false, err
	}
	defer engine.ClosePool(db)
	pending, err := pendingMigrations(db.WithContext(ctx))
	if err != nil || len(pending) == 0 {
		return false, err
	}
	return true, migrate(db.WithContext(ctx))
}

// Pending implements engine.Engine.
func (d *Database) Pending(ctx context.Context) ([]string, error) {
	db := d.read
	if db == nil { // it is being opened
		db = d.write
	}
	return pendingMigrations(db.WithContext(ctx))
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
	switch engine.TroubleOf(err) {
	case engine.Full, engine.Broken, engine.Shut: // nothing was changed
		db.Logger.Warn(context.Background(), "the register keeps its free pages: there is no room to write it anew once (%v)", err)
		return nil
	}
	return err
}

func migrateOn(db *gorm.DB, conn *sql.Conn) error {
	var all []*gormigrate.Migration
	for _, name := range migrationNames {
		statements, err := migrations.ReadFile("migrations/" + name + ".sql")
		if err != nil {
			return err
		}
		all = append(all, &gormigrate.Migration{ID: name, Migrate: func(tx *gorm.DB) error {
			if err := tx.Exec(string(statements)).Error; err != nil {
				return err
			}
			if step := steps[name]; step != nil {
				return step(tx.Statement.Context, &act{ctx: tx.Statement.Context, tx: tx, conn: conn})
			}
			return nil
		}})
	}
	options := *gormigrate.DefaultOptions
	options.UseTransaction = true
	options.ValidateUnknownMigrations = true
	err := gormigrate.New(db, &options, all).Migrate()
	if errors.Is(err, gormigrate.ErrUnknownPastMigration) {
		return newer(err)
	}
	return err
}

// Older runs f as the program whose last migration was the one named: tests make registers of earlier programs by it.
func Older(last string, f func()) {
	all := migrationNames
	defer func() { migrationNames = all }()
	migrationNames = all[:slices.Index(all, last)+1]
	f()
}
