package postgres

import (
	"context"
	"embed"
	"slices"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"consign/data/engine"
	"consign/model"
)

//go:embed migrations
var migrations embed.FS

// migrationNames are the migrations in their order. One that has shipped is never edited.
var migrationNames = []string{"0001_register"}

// Step is what a migration does beside its SQL, in the same transaction.
type Step func(ctx context.Context, a engine.Act) error

var steps = map[string]Step{}

// AddStep has a migration take a step after its SQL. Call it when the program starts.
func AddStep(migration string, step Step) { steps[migration] = step }

// done are the migrations that the schema has; none of a schema that is not there.
func done(db *gorm.DB) (names []string, err error) {
	var there bool
	if err := db.Raw("SELECT to_regclass('migrations') IS NOT NULL").Scan(&there).Error; err != nil || !there {
		return nil, err
	}
	return names, db.Raw("SELECT id FROM migrations ORDER BY id").Scan(&names).Error
}

// pending are the migrations of this program that are not among names. One that it does not know means that the register is Newer.
func pending(names []string) ([]string, error) {
	for _, name := range names {
		if !slices.Contains(migrationNames, name) {
			return nil, model.Fail(model.Newer, "This register was made by a newer Consign. Install the newer version to open it.")
		}
	}
	return slices.DeleteFunc(slices.Clone(migrationNames), func(name string) bool { return slices.Contains(names, name) }), nil
}

// Pending implements engine.Engine.
func (d *Database) Pending(ctx context.Context) ([]string, error) {
	names, err := done(d.read.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return pending(names)
}

// migrate brings the schema up to date, all in one transaction: of several desks that open it one migrates, and the others wait for it.
func (d *Database) migrate(ctx context.Context) error {
	return d.transaction(ctx, func(a *act) error {
		if err := a.tx.Exec("SELECT pg_advisory_xact_lock(hashtext(?))", "consign."+d.place.Schema).Error; err != nil {
			return err
		}
		made := "CREATE SCHEMA IF NOT EXISTS " + pgx.Identifier{d.place.Schema}.Sanitize()
		if err := a.tx.Exec(made).Error; err != nil {
			return err
		}
		if err := a.tx.Exec(`CREATE TABLE IF NOT EXISTS migrations (id TEXT COLLATE "C" PRIMARY KEY)`).Error; err != nil {
			return err
		}
		names, err := done(a.tx)
		if err != nil {
			return err
		}
		names, err = pending(names)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := a.migrate(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *act) migrate(ctx context.Context, name string) error {
	statements, err := migrations.ReadFile("migrations/" + name + ".sql")
	if err != nil {
		return err
	}
	if _, err := a.conn.Exec(ctx, string(statements)); err != nil {
		return err
	}
	if step := steps[name]; step != nil {
		if err := step(ctx, a); err != nil {
			return err
		}
	}
	return a.tx.Exec("INSERT INTO migrations (id) VALUES (?)", name).Error
}
