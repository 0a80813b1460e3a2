package postgres

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/sirupsen/logrus"

	"consign/data/engine"
	"consign/model"
)

// Person is somebody who works in a shared register.
type Person struct {
	Name     string // which every act carries
	Login    string
	Role     model.Role
	Password string // of a new login; "" leaves that of one that is there
}

// Founding is a shared register in the making.
type Founding struct {
	Place    Place // with the login of an administrator of the server, which is used for this alone
	Persons  []Person
	From     engine.Engine // whose contents it gets
	Progress func(done, total int)
	Log      *logrus.Logger
}

// Found makes a shared register with all that another one holds, and the logins of those who work in it. It is there whole, compared
// table by table, or not at all. Errors: Exists if the schema is there, Invalid, Refused for an administrator who may not do so, and
// those of Open.
func Found(ctx context.Context, f Founding) error {
	if err := f.check(); err != nil {
		return err
	}
	d := &Database{place: f.Place, log: f.Log}
	err := d.connect(ctx)
	if err == nil {
		err = f.found(ctx, d)
	}
	_ = d.Close()
	return told(err)
}

// Try connects to the server and leaves it as it is. Errors: those of Open.
func Try(ctx context.Context, p Place) error {
	d := &Database{place: p}
	err := d.connect(ctx)
	_ = d.Close()
	return told(err)
}

func (f *Founding) check() error {
	administrators, logins, names := 0, map[string]bool{}, map[string]bool{}
	for _, p := range f.Persons {
		switch {
		case p.Name == "" || p.Login == "":
			return model.Fail(model.Invalid, "Everybody needs a name and a login.")
		case logins[p.Login] || names[p.Name]:
			return model.Fail(model.Invalid, "{{.Person}} is in the list twice.", "Person", p.Name)
		case p.Login == f.Place.User:
			return model.Fail(model.Invalid, "The administrator of the server needs a login of their own to work in the register.")
		}
		logins[p.Login], names[p.Name] = true, true
		if p.Role == model.Administrator {
			administrators++
		}
	}
	if administrators == 0 {
		return model.Fail(model.Invalid, "Somebody has to be an administrator of the register.")
	}
	return nil
}

func (f *Founding) found(ctx context.Context, d *Database) error {
	total, err := sum(ctx, f.From)
	if err != nil {
		return err
	}
	copied := int64(0)
	return d.transaction(ctx, func(a *act) error {
		var there bool
		if err := a.tx.Raw("SELECT to_regnamespace(?) IS NOT NULL", d.quoted()).Scan(&there).Error; err != nil {
			return err
		}
		if there {
			return model.Fail(model.Exists, "There is a register on this server already. Open it by an invitation, or choose another name for it.")
		}
		if err := f.makeRoles(a); err != nil {
			return err
		}
		owner := roleName(f.Place.Schema, model.Administrator)
		for _, statement := range []string{"CREATE SCHEMA " + d.quoted() + " AUTHORIZATION " + owner, "SET LOCAL ROLE " + owner} {
			if err := a.tx.Exec(statement).Error; err != nil {
				return err
			}
		}
		if err := a.migrateAll(ctx); err != nil {
			return err
		}
		err := a.fill(d, f.From, func(rows int64) {
			copied += rows
			if f.Progress != nil {
				f.Progress(int(copied), int(total))
			}
		})
		if err != nil {
			return err
		}
		for _, p := range f.Persons {
			if err := a.tx.Exec("INSERT INTO persons (login, name) VALUES (?, ?)", p.Login, p.Name).Error; err != nil {
				return err
			}
		}
		if err := a.tx.Exec("RESET ROLE").Error; err != nil {
			return err
		}
		return makeStaff(a, f.Place.Schema)
	})
}

// makeRoles makes the roles of the register, and the logins with them.
func (f *Founding) makeRoles(a *act) error {
	for _, role := range model.Roles {
		if err := makeRole(a, roleName(f.Place.Schema, role), "NOLOGIN"); err != nil {
			return err
		}
	}
	var super bool
	if err := a.tx.Raw("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").Scan(&super).Error; err != nil {
		return err
	}
	if !super { // who is to give away what belongs to the role
		if err := a.tx.Exec("GRANT " + roleName(f.Place.Schema, model.Administrator) + " TO CURRENT_USER").Error; err != nil {
			return err
		}
	}
	for _, p := range f.Persons {
		login := pgx.Identifier{p.Login}.Sanitize()
		with := "LOGIN"
		if p.Password != "" {
			with += " PASSWORD '" + verifier(p.Password, rand.Text()) + "'"
		}
		if err := makeRole(a, login, with); err != nil {
			return err
		}
		if err := a.tx.Exec("GRANT " + roleName(f.Place.Schema, p.Role) + " TO " + login).Error; err != nil {
			return err
		}
	}
	return nil
}

// makeRole makes a role of the server unless it is there.
func makeRole(a *act, name, with string) error {
	var there bool
	if err := a.tx.Raw("SELECT to_regrole(?) IS NOT NULL", name).Scan(&there).Error; err != nil || there {
		return err
	}
	_, err := a.conn.Exec(a.ctx, "CREATE ROLE "+name+" "+with)
	return err
}

// roleName is the server's role of those who have the role in the register of the schema, quoted.
func roleName(schema string, role model.Role) string {
	return pgx.Identifier{schema + "_" + string(role)}.Sanitize()
}

// NewPassword is a password that can be read out, of 80 bits.
func NewPassword() string {
	text := strings.ToLower(rand.Text())[:16]
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// verifier is what the server keeps of a password (RFC 5803), so that the password itself is in no statement and no log.
func verifier(password, salt string) string {
	const rounds = 4096
	salted, err := pbkdf2.Key(sha256.New, password, []byte(salt), rounds, sha256.Size)
	if err != nil {
		panic(err) // of lengths that are fixed here
	}
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	stored := sha256.Sum256(mac(salted, "Client Key"))
	code := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", rounds, code([]byte(salt)), code(stored[:]), code(mac(salted, "Server Key")))
}
