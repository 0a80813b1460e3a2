package data

import (
	"context"
	"os/user"
	"strings"

	"consign/model"
)

// SystemUser is the name of the person who sits at the desk as the system knows it: the full name, else the login. "" if it knows none.
func SystemUser() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(u.Name, ",") // behind it Unix has the room and the telephone
	if name = model.PlainText(name); name != "" {
		return name
	}
	return model.PlainText(u.Username[strings.LastIndexByte(u.Username, '\\')+1:]) // Windows has the domain before it
}

// SetPerson says who sits at the desk from now on: every act names its person (domain §1). On a shared register that is the name of the
// login, whatever is said here. Safe on any goroutine.
func (r *Register) SetPerson(name string) {
	name = model.PlainText(name)
	if r.IsNamed() {
		name = r.engine.Login().Person
	}
	r.person.Store(&name)
}

// Person is who sits at the desk, "" if nobody said so. Safe on any goroutine.
func (r *Register) Person() string { return *r.person.Load() }

// Persons are all who did something, in the order of names. Safe on any goroutine.
func (d Activity) Persons(ctx context.Context) (names []string, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		return c.each("SELECT DISTINCT person FROM activity WHERE person <> ''", nil, func(s *statement) error {
			names = append(names, s.text(0))
			return nil
		})
	})
	sortNames(names)
	return names, err
}
