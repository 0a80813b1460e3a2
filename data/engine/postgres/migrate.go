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

// migration is a step of the schema.
type migration struct {
	ID string
	// Reads is the latest migration that a desk has to know to read the schema after this one: itself where an older desk would not find
	// what it looks for, or would take it for something else.
	Reads string
}

// migrationsInOrder are all of them. One that has shipped is never edited.
var migrationsInOrder = []migration{{"0001_register", "0001_register"}, {"0002_roles", "0002_roles"}}

// Step is what a migration does beside its SQL, in the same transaction.
type Step func(ctx context.Context, a engine.Act) error

var steps = map[string]Step{}

// AddStep has a migration take a step after its SQL. Call it when the program starts.
func AddStep(migration string, step Step) { steps[migration] = step }

// done are the migrations that the schema has; none of a schema that is not there.
func done(db *gorm.DB) (have []migration, err error) {
	var there bool
	if err := db.Raw("SELECT to_regclass('migrations') IS NOT NULL").Scan(&there).Error; err != nil || !there {
		return nil, err
	}
	return have, db.Raw("SELECT id, reads FROM migrations ORDER BY id").Scan(&have).Error
}

func newer() *model.Error {
	return model.Fail(model.Newer, "This register was made by a newer Consign. Install the newer version to open it.")
}

// pending are the migrations of this program that are not among those that the schema has. One that this program does not know makes the
// register onlyRead, or Newer where not even that is possible.
func pending(have []migration) (lacks []migration, onlyRead bool, err error) {
	knows := func(id string) bool {
		return slices.ContainsFunc(migrationsInOrder, func(m migration) bool { return m.ID == id })
	}
	for _, m := range have {
		switch {
		case knows(m.ID):
		case knows(m.Reads):
			onlyRead = true
		default:
			return nil, false, newer()
		}
	}
	return slices.DeleteFunc(slices.Clone(migrationsInOrder), func(m migration) bool {
		return slices.ContainsFunc(have, func(h migration) bool { return h.ID == m.ID })
	}), onlyRead, nil
}

// Pending implements engine.Engine.
func (d *Database) Pending(ctx context.Context) ([]string, error) {
	have, err := done(d.read.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	lacks, onlyRead, err := pending(have)
	if err == nil && onlyRead {
		err = newer()
	}
	names := make([]string, len(lacks))
	for i, m := range lacks {
		names[i] = m.ID
	}
	return names, err
}

// bringUpToDate makes the register if it is not there, and gives it the present schema. Only an administrator does that to one that is
// there, after a copy was saved.
func (d *Database) bringUpToDate(ctx context.Context, o Options) error {
	var shut bool
	const shutOut = "SELECT to_regnamespace(?) IS NOT NULL AND NOT coalesce(has_schema_privilege(to_regnamespace(?)::oid, 'USAGE'), FALSE)"
	if err := d.read.WithContext(ctx).Raw(shutOut, d.quoted(), d.quoted()).Scan(&shut).Error; err != nil {
		return err
	}
	if shut {
		return noRole()
	}
	have, err := done(d.read.WithContext(ctx))
	if err != nil {
		return err
	}
	if len(have) == 0 && o.MustExist {
		return model.Fail(model.NotFound, "There is no shared register on the server yet.")
	}
	lacks, onlyRead, err := pending(have)
	d.onlyRead = onlyRead
	if err != nil || onlyRead || len(lacks) == 0 {
		return err
	}
	if len(have) > 0 {
		var owns bool
		const owner = "SELECT pg_has_role(session_user, nspowner, 'MEMBER') FROM pg_namespace WHERE oid = to_regnamespace(?)"
		if err := d.read.WithContext(ctx).Raw(owner, d.quoted()).Scan(&owns).Error; err != nil {
			return err
		}
		if !owns {
			return model.Fail(model.Refused, "This Consign is newer than the shared register. "+
				"An administrator of the register opens it with the new version first; until then work on with the version that you had.")
		}
		if o.BeforeMigration != nil {
			if err := o.BeforeMigration(d); err != nil {
				return err
			}
		}
	}
	return d.migrate(ctx)
}

// migrate brings the schema up to date, all in one transaction: of several desks that open it one migrates, and the others wait for it.
func (d *Database) migrate(ctx context.Context) error {
	return d.transaction(ctx, func(a *act) error {
		if err := a.tx.Exec("SELECT pg_advisory_xact_lock(hashtext(?))", "consign."+d.place.Schema).Error; err != nil {
			return err
		}
		if err := a.asOwner(d.quoted()); err != nil {
			return err
		}
		return a.migrateAll(ctx)
	})
}

func (a *act) migrateAll(ctx context.Context) error {
	const table = `CREATE TABLE IF NOT EXISTS migrations (id TEXT COLLATE "C" PRIMARY KEY, reads TEXT COLLATE "C" NOT NULL)`
	if err := a.tx.Exec(table).Error; err != nil {
		return err
	}
	have, err := done(a.tx)
	if err != nil {
		return err
	}
	lacks, _, err := pending(have)
	if err != nil {
		return err
	}
	for _, m := range lacks {
		if err := a.migrate(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// asOwner makes the schema, or goes on as its owner: what a migration makes belongs to no single administrator.
func (a *act) asOwner(schema string) error {
	var owner string
	const ask = "SELECT coalesce((SELECT rolname::text FROM pg_roles r JOIN pg_namespace s ON s.nspowner = r.oid " +
		"WHERE s.oid = to_regnamespace(?)), '')"
	if err := a.tx.Raw(ask, schema).Scan(&owner).Error; err != nil {
		return err
	}
	if owner == "" {
		return a.tx.Exec("CREATE SCHEMA " + schema).Error
	}
	return a.tx.Exec("SET LOCAL ROLE " + pgx.Identifier{owner}.Sanitize()).Error
}

func (a *act) migrate(ctx context.Context, m migration) error {
	statements, err := migrations.ReadFile("migrations/" + m.ID + ".sql")
	if err != nil {
		return err
	}
	if _, err := a.conn.Exec(ctx, string(statements)); err != nil {
		return err
	}
	if step := steps[m.ID]; step != nil {
		if err := step(ctx, a); err != nil {
			return err
		}
	}
	if err := a.tx.Exec("INSERT INTO migrations (id, reads) VALUES (?, ?)", m.ID, m.Reads).Error; err != nil {
		return err
	}
	if m.ID < "0002_roles" {
		return nil
	}
	return a.tx.Exec("SELECT give_rights()").Error
}
