package postgres

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"strconv"
	"strings"
	"text/template"

	"github.com/jackc/pgx/v5"

	"consign/data/engine"
	"consign/model"
)

// staff is the function of a register by which its administrators settle who works there.
//
//go:embed roles/staff.sql
var staff string

// makeStaff makes that function, with the right of who founds the register.
func makeStaff(a *act, schema string) error {
	form, err := template.New("staff").Parse(staff)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	err = form.Execute(&text, map[string]string{"Schema": schema, "Quoted": pgx.Identifier{schema}.Sanitize(),
		"Literal": "'" + strings.ReplaceAll(schema, "'", "''") + "'", "Administrators": roleName(schema, model.Administrator)})
	if err != nil {
		return err
	}
	_, err = a.conn.Exec(a.ctx, text.String())
	return err
}

// Persons are those who work in the register, in the order of their names, with their roles and without passwords. Somebody whose login
// the server has no more has no role.
func (d *Database) Persons(ctx context.Context) (found []Person, err error) {
	const ask = `SELECT p.name, p.login, coalesce((SELECT substr(g.rolname::text, length(?) + 2) FROM pg_auth_members m
			JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = to_regrole(quote_ident(p.login)) AND starts_with(g.rolname::text, ? || '_')
			LIMIT 1), '') AS role
		FROM persons p ORDER BY p.name`
	return found, d.read.WithContext(ctx).Raw(ask, d.place.Schema, d.place.Schema).Scan(&found).Error
}

// mostLogins is how many persons of one name are told apart by a number.
const mostLogins = 100

// AddPerson lets somebody work in the register and returns them with the login that they got: the one of p, or with a number behind it
// where the server has that. invite is called before it is done: its error undoes it. Errors: Invalid for a name that somebody has,
// Refused.
func (d *Database) AddPerson(ctx context.Context, p Person, invite func(Place) error) (Person, error) {
	wanted := p.Login
	err := d.settle(ctx, func(a *act) error {
		if p.Name == "" || p.Login == "" {
			return model.Fail(model.Invalid, "Everybody needs a name and a login.")
		}
		var there bool
		if err := a.tx.Raw("SELECT EXISTS (SELECT 1 FROM persons WHERE name = ?)", p.Name).Scan(&there).Error; err != nil {
			return err
		}
		if there {
			return model.Fail(model.Invalid, "{{.Person}} works here already: write the name differently.", "Person", p.Name)
		}
		for n := 2; n < mostLogins; n++ {
			const taken = "SELECT to_regrole(quote_ident(?)) IS NOT NULL OR EXISTS (SELECT 1 FROM persons WHERE login = ?)"
			if err := a.tx.Raw(taken, p.Login, p.Login).Scan(&there).Error; err != nil {
				return err
			}
			if !there {
				break
			}
			p.Login = wanted + strconv.Itoa(n)
		}
		if err := a.setLogin(p.Login, p.Role, p.Password); err != nil {
			return err
		}
		if err := a.tx.Exec("INSERT INTO persons (login, name) VALUES (?, ?)", p.Login, p.Name).Error; err != nil {
			return err
		}
		at := d.place
		at.User, at.Password = p.Login, ""
		return invite(at)
	})
	return p, err
}

// ChangeRole lets somebody else do more or less from their next act on. Errors: Refused.
func (d *Database) ChangeRole(ctx context.Context, login string, role model.Role) error {
	return d.settle(ctx, func(a *act) error {
		if err := a.setLogin(login, role, ""); err != nil {
			return err
		}
		return a.tx.Exec("UPDATE persons SET name = name WHERE login = ?", login).Error // their desk hears of it
	})
}

// ChangePassword gives somebody another password; what they have open stays open. Errors: Refused for somebody else's where one is no
// administrator.
func (d *Database) ChangePassword(ctx context.Context, login, password string) error {
	if login == d.place.User {
		err := d.transaction(ctx, func(a *act) error {
			_, err := a.conn.Exec(ctx, "ALTER ROLE CURRENT_USER PASSWORD '"+verifier(password, rand.Text())+"'")
			return err
		})
		if err == nil {
			d.since.Store(&password)
		}
		return err
	}
	persons, err := d.Persons(ctx)
	if err != nil {
		return err
	}
	for _, p := range persons {
		if p.Login == login {
			return d.settle(ctx, func(a *act) error { return a.setLogin(login, p.Role, password) })
		}
	}
	return noColleague()
}

// RemovePerson ends what somebody else has open and takes their login away; the log keeps their name. Errors: Refused.
func (d *Database) RemovePerson(ctx context.Context, login string) error {
	return d.settle(ctx, func(a *act) error {
		gone := a.tx.Exec("DELETE FROM persons WHERE login = ? AND login <> session_user", login)
		if gone.Error != nil {
			return gone.Error
		}
		if gone.RowsAffected == 0 {
			return noColleague()
		}
		var there bool
		if err := a.tx.Raw("SELECT to_regrole(quote_ident(?)) IS NOT NULL", login).Scan(&there).Error; err != nil || !there {
			return err
		}
		return a.tx.Exec("SELECT set_login(?, NULL, NULL)", login).Error
	})
}

func noColleague() error {
	return model.Fail(model.NotFound, "This colleague does not work here any more.")
}

// settle runs a transaction about who works in the register, which is for its administrators.
func (d *Database) settle(ctx context.Context, do func(*act) error) error {
	if d.Login().Role != model.Administrator {
		return model.Fail(model.Refused, "This is set by an administrator of the register.")
	}
	err := d.transaction(ctx, do)
	if engine.TroubleOf(err) == engine.Forbidden {
		return model.Fail(model.Refused, "The server does not let you do this: the login is your own, or it is used elsewhere on the server, "+
			"too. Ask the server's administrator.").Because(err)
	}
	return err
}

func (a *act) setLogin(login string, role model.Role, password string) error {
	if password == "" {
		return a.tx.Exec("SELECT set_login(?, ?, NULL)", login, string(role)).Error
	}
	return a.tx.Exec("SELECT set_login(?, ?, ?)", login, string(role), verifier(password, rand.Text())).Error
}
