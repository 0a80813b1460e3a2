package data

import (
	"cmp"
	"context"
	"time"

	"consign/data/engine"
	"consign/data/engine/postgres"
	"consign/data/engine/sqlite"
)

// The opener is the one file of this package that knows which engines there are. Everything else knows engine.Engine, and that a register
// of one desk, a backup and a rescued register are files.

// openEngine opens the register at path, or the shared one to which the file there leads.
func (r *Register) openEngine(ctx context.Context, o Options) (unclean bool, err error) {
	if place, is, err := postgres.ReadInvitation(r.path); is {
		if err != nil {
			return false, err
		}
		place.Password = o.Password
		db, err := postgres.Open(ctx, place, postgres.Options{Log: r.log, MustExist: o.MustExist, BeforeMigration: r.backUpBeforeMigration})
		if err != nil {
			return false, err
		}
		r.engine, r.read, r.write = db, db.Read(), db.Write()
		return false, nil
	}
	db, unclean, err := sqlite.Open(ctx, r.path, sqlite.Options{Log: r.log, MustExist: o.MustExist, Waiting: o.Waiting,
		Person: cmp.Or(o.Person, SystemUser()), BeforeMigration: r.backUpBeforeMigration})
	if err != nil {
		return false, err
	}
	r.engine, r.read, r.write = db, db.Read(), db.Write()
	return unclean, nil
}

// IsInvitation reports whether the file at path leads to a shared register.
func IsInvitation(path string) bool {
	_, is, _ := postgres.ReadInvitation(path)
	return is
}

// Server says where a shared register is, and who opens it.
type Server = postgres.Place

// Person is somebody who works in a shared register.
type Person = postgres.Person

// NewPassword is a password for a new login, which can be read out.
func NewPassword() string { return postgres.NewPassword() }

// WriteServerFiles writes into the folder what sets a server for shared registers up at the host: a compose file with backups for a NAS
// or a PC, or a script for a Debian server. It returns the server as Share takes it, with the administrator's new password. Errors:
// Unwritable.
func WriteServerFiles(folder, host string, port int, debian bool) (Server, error) {
	place, err := postgres.WriteSetup(folder, host, port, debian)
	return place, coded(err)
}

// TryServer is nil if a register can be shared on the server with its login: it is reached, encrypted, and new enough. Errors: Denied,
// Away, Unreadable. Safe on any goroutine.
func TryServer(ctx context.Context, s Server) error { return coded(postgres.Try(ctx, s)) }

// found makes a shared register of r.
func found(ctx context.Context, r *Register, s Sharing, progress Progress) error {
	return postgres.Found(ctx, postgres.Founding{Place: s.Server, Persons: s.Persons, From: r.engine, Progress: progress.report, Log: r.log})
}

// staff settles who works in a shared register.
type staff = *postgres.Database

// staffOf is what does so in the register of the engine; false for one in a file.
func staffOf(e engine.Engine) (staff, bool) {
	server, shared := e.(staff)
	return server, shared
}

// invite writes the file that leads the login to a shared register.
func invite(path string, s Server, login string) error {
	s.User, s.Password = login, ""
	return postgres.WriteInvitation(path, s)
}

// ServerOf is where the invitation at path leads; false if the file is none, or no whole one.
func ServerOf(path string) (Server, bool) {
	place, is, err := postgres.ReadInvitation(path)
	return place, is && err == nil
}

// What migrations do beside their SQL.
func init() {
	sqlite.AddStep("0003_chain", func(ctx context.Context, in engine.Act) error { return sealAll(ctx, in, time.Now()) })
	sqlite.AddStep("0005_portal", sealPortal)
	postgres.AddStep("0001_register", func(ctx context.Context, in engine.Act) error { return sealAll(ctx, in, time.Now()) })
}

// sealPortal seals all anew if the migration changed what is sealed: where uploads wait, and the customers' preferences.
func sealPortal(ctx context.Context, in engine.Act) error {
	var changed int
	err := in.Tx().Raw("SELECT (SELECT count(*) FROM preferences) + (SELECT count(*) FROM moved_approvals)").Scan(&changed).Error
	if err != nil {
		return err
	}
	if err := in.Tx().Exec("DROP TABLE moved_approvals").Error; err != nil || changed == 0 {
		return err
	}
	return sealAll(ctx, in, time.Now())
}

// lookInto opens a register file for reading, without a trace.
func lookInto(ctx context.Context, path string) (engine.Engine, error) {
	db, err := sqlite.OpenUntouched(ctx, path)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// openCopy opens a register file that was just written and that nobody else knows.
func openCopy(path string) (engine.Engine, error) {
	db, err := sqlite.OpenCopy(path)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// migrateCopy gives such a file the present schema, and tells whether it had another.
func migrateCopy(ctx context.Context, path string) (bool, error) {
	return sqlite.Migrate(ctx, path)
}

// wreck is a damaged register file, of which everything is read that can be.
type wreck = sqlite.Wreck

func openWreck(path string) (*wreck, error) { return sqlite.OpenWreck(path) }

type wreckRows = sqlite.Rows

// lockFile keeps every Consign from opening the register file until unlock is called.
func lockFile(path string) (unlock func() error, err error) { return sqlite.Lock(path) }

// isInUse reports whether a Consign has the register file open, isWorkedWith whether one ever had.
func isInUse(path string) bool      { return sqlite.IsInUse(path) }
func isWorkedWith(path string) bool { return sqlite.IsWorkedWith(path) }

// foldLog makes one file of a register and what lies beside it.
func foldLog(path string) { sqlite.FoldLog(path) }

// Place says where a register lies.
type Place = sqlite.Place

// PlaceOf tells in which kind of folder a register file lies or would lie. Any goroutine may call it.
func PlaceOf(path string) Place {
	if IsInvitation(path) { // nothing is kept there
		return Place{}
	}
	return sqlite.PlaceOf(path)
}
