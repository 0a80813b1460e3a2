// Package postgres keeps a register in a schema of a PostgreSQL server (15 or newer): the register of several desks. Every act updates the
// one row of the table register first, which puts the acts of all desks into one order (act.go); reading goes through connections that see
// one state (reader.go). Statements come as the register writes them and are put into PostgreSQL's words on the way (text.go).
package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/data/engine"
	"consign/model"
)

// oldest is the oldest server that understands what is asked of it, as it says its version.
const oldest = 150000

// Database is an open register on a server. Open makes it.
type Database struct {
	place Place // as it was when the register was opened; at is what it is now
	log   *logrus.Logger
	write *gorm.DB // one connection: the acts of this desk wait for each other here
	read  *gorm.DB // several connections that cannot write
	heard *hearing
	login atomic.Pointer[engine.Login]
	since atomic.Pointer[string] // the password that replaced the one of the place

	version  int  // of the server: 170002
	onlyRead bool // a newer Consign has changed the schema in a way that this one can still read
}

var _ engine.Engine = (*Database)(nil)

// Options of Open.
type Options struct {
	Log       *logrus.Logger
	MustExist bool // a schema without a register is NotFound instead of a new register
	// BeforeMigration is called before a register that is there gets another schema; an error keeps it as it is. It may be nil.
	BeforeMigration func(engine.Engine) error
}

// Open opens the register at the place, makes it if it is not there, and brings its schema up to date. Errors: NotFound, Newer, and what
// the server says.
func Open(ctx context.Context, place Place, o Options) (*Database, error) {
	d := &Database{place: place, log: o.Log}
	if err := d.open(ctx, o); err != nil {
		_ = d.Close()
		return nil, told(err)
	}
	return d, nil
}

// told says what a server that cannot be opened says in a sentence for people, where it is known what helps.
func told(err error) error {
	if e, is := errors.AsType[*pgconn.PgError](err); is {
		switch {
		case strings.HasPrefix(e.Code, "28"):
			return model.Fail(model.Denied, "The server does not accept this name or its password.").Because(err)
		case e.Code == "3D000":
			return model.Fail(model.NotFound, "The server has no such database. Ask for a new invitation.").Because(err)
		}
	}
	_, invalid := errors.AsType[*tls.CertificateVerificationError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	if invalid || unknown || host {
		return model.Fail(model.Unreadable, "The server cannot prove that it is the right one: "+
			"its certificate is not to be trusted.").Because(err)
	}
	if err != nil && strings.Contains(err.Error(), "server refused TLS") {
		return model.Fail(model.Unreadable, "The server offers no encrypted connection. Consign uses no other one.").Because(err)
	}
	return err
}

func (d *Database) open(ctx context.Context, o Options) error {
	if err := d.connect(ctx); err != nil {
		return err
	}
	if err := d.bringUpToDate(ctx, o); err != nil {
		return err
	}
	if err := d.readLogin(ctx); err != nil {
		return err
	}
	var err error
	d.heard, err = d.hear(ctx)
	return err
}

// connect makes the connections to a server that can keep a register.
func (d *Database) connect(ctx context.Context) error {
	write, err := d.at().config()
	if err != nil {
		return err
	}
	read, err := d.at().config("default_transaction_read_only", "on")
	if err != nil {
		return err
	}
	if d.write, err = pool(write, d.log, 1, d.password); err != nil {
		return err
	}
	if d.read, err = pool(read, d.log, readers, d.password); err != nil {
		return err
	}
	if err := d.read.WithContext(ctx).Raw("SELECT current_setting('server_version_num')::integer").Scan(&d.version).Error; err != nil {
		return err
	}
	return newEnough(d.version)
}

// at is the place with the password of now.
func (d *Database) at() Place {
	p := d.place
	if since := d.since.Load(); since != nil {
		p.Password = *since
	}
	return p
}

func (d *Database) password() string { return d.at().Password }

// newEnough refuses a server whose version is too old.
func newEnough(version int) error {
	if version >= oldest {
		return nil
	}
	return model.Fail(model.Unreadable, "The server runs PostgreSQL {{.Version}}. A shared register needs version 15 or newer.",
		"Version", fmt.Sprint(version/versionStep))
}

// readLogin asks the server whose login this is and what it may do.
func (d *Database) readLogin(ctx context.Context) error {
	var found struct{ Name, Role string }
	err := d.read.WithContext(ctx).Raw("SELECT coalesce((SELECT name FROM persons WHERE login = session_user), '') AS name, " +
		"coalesce(my_role(), '') AS role").Scan(&found).Error
	if err != nil {
		return err
	}
	login := engine.Login{Person: found.Name, Role: model.Role(found.Role)}
	switch {
	case found.Role == "superuser":
		login.Role = model.Administrator
	case !slices.Contains(model.Roles, login.Role):
		return noRole()
	}
	d.login.Store(&login)
	return nil
}

func noRole() error {
	return model.Fail(model.Refused, "You have no role in this register. Ask an administrator of the register.")
}

// Login implements engine.Engine.
func (d *Database) Login() engine.Login { return *d.login.Load() }

// versionStep is what a server's number of its version counts on from one version to the next.
const versionStep = 10_000

// Name implements engine.Engine.
func (d *Database) Name() string {
	return fmt.Sprintf("PostgreSQL %d.%d", d.version/versionStep, d.version%versionStep)
}

// Read implements engine.Engine.
func (d *Database) Read() *gorm.DB { return d.read }

// Write implements engine.Engine.
func (d *Database) Write() *gorm.DB { return d.write }

// ReadOnly implements engine.Engine.
func (d *Database) ReadOnly() error {
	switch {
	case d.onlyRead:
		return changedByNewer()
	case d.Login().Role == model.RegisterReader:
		return model.ReadsOnly()
	}
	return nil
}

func changedByNewer() error {
	return model.Fail(model.Newer, "A newer Consign has changed this register: you may look at everything, and change nothing. Install the "+
		"newer version.")
}

// SettleAsync implements engine.Engine: the server tidies up by itself.
func (d *Database) SettleAsync() {}

// GiveBackAsync implements engine.Engine: the server uses room again by itself.
func (d *Database) GiveBackAsync() {}

// Size implements engine.Engine.
func (d *Database) Size() (size int64, err error) {
	const sum = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = " +
		"to_regnamespace(?)"
	return size, d.read.Raw(sum, d.quoted()).Scan(&size).Error
}

// Close implements engine.Engine.
func (d *Database) Close() error {
	d.heard.close()
	return errors.Join(engine.ClosePool(d.read), engine.ClosePool(d.write))
}
