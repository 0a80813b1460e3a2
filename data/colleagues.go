package data

import (
	"context"
	"path/filepath"

	"consign/data/disk"
	"consign/model"
)

// Colleagues are the persons who work in a shared register, with their roles, in the order of their names; none of a register in a file.
// Safe on any goroutine.
func (d Safe) Colleagues(ctx context.Context) (found []Person, err error) {
	if server, shared := staffOf(d.desk.engine); shared {
		found, err = server.Persons(ctx)
	}
	return found, d.desk.told(err)
}

// AddColleague lets somebody new work in the shared register, with the password of p, and writes their invitation into the folder. It
// returns them with the login that they got, and the path of the invitation. Errors: Invalid for a name that somebody has, Refused for
// who is no administrator, Unwritable: then nothing is done. Safe on any goroutine.
func (d Safe) AddColleague(ctx context.Context, p Person, folder string) (added Person, invitation string, err error) {
	err = d.settle(func(server staff) error {
		invitation = filepath.Join(folder, fileName(p.Name)+InvitationEnding)
		added, err = server.AddPerson(ctx, p, func(at Server) error {
			if err := invite(invitation, at, at.User); err != nil {
				return disk.Unwritable(invitation, err)
			}
			return nil
		})
		return err
	})
	return added, invitation, err
}

// ChangeRole lets somebody else do more or less in the shared register from their next act on. Errors: Refused. Safe on any goroutine.
func (d Safe) ChangeRole(ctx context.Context, login string, role model.Role) error {
	return d.settle(func(server staff) error { return server.ChangeRole(ctx, login, role) })
}

// ChangePassword gives a login of the shared register another password: one's own, or as an administrator somebody else's. Errors: Refused,
// NotFound. Safe on any goroutine.
func (d Safe) ChangePassword(ctx context.Context, login, password string) error {
	return d.settle(func(server staff) error { return server.ChangePassword(ctx, login, password) })
}

// RemoveColleague ends what somebody else has open of the shared register and takes their login away. The log keeps their name. Errors:
// Refused, NotFound. Safe on any goroutine.
func (d Safe) RemoveColleague(ctx context.Context, login string) error {
	return d.settle(func(server staff) error { return server.RemovePerson(ctx, login) })
}

// settle has f settle who works in the register, and tells of it.
func (d Safe) settle(f func(staff) error) error {
	server, shared := staffOf(d.desk.engine)
	if !shared {
		return model.Fail(model.Refused, "This register is for one desk.")
	}
	if err := d.desk.Away(); err != nil {
		return err
	}
	if err := f(server); err != nil {
		return d.desk.told(err)
	}
	d.desk.listeners.Tell(SettingsChanged)
	return nil
}
