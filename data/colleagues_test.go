package data

import (
	"context"
	"net"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"consign/model"
)

// with runs a statement as a login of the shared register with a tool, which holds it to nothing.
func (s *shared) with(login, statement string, args ...any) error {
	at := net.JoinHostPort(s.server.Host, strconv.Itoa(s.server.Port))
	conn, err := pgx.Connect(ctx, "postgres://"+at+"/"+s.server.Database+"?search_path="+s.server.Schema+"&user="+login)
	require.NoError(s.t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(ctx, statement, args...)
	return err
}

func TestWhoWorksHereIsSettledByAdministratorsWhateverProgramAsks(t *testing.T) {
	s := shareOffice(t).trading().share()
	admin, clara := s.desks[model.Administrator], s.persons[1].Login
	new := Person{Name: "Emil", Login: s.server.Schema + "_emil", Role: model.Clerk, Password: "first-password"}
	for _, role := range model.Roles {
		if role == model.Administrator {
			continue
		}
		safe := s.desks[role].Safe()
		_, _, err := safe.AddColleague(ctx, new, t.TempDir())
		require.Equal(t, model.Refused, model.CodeOf(err), role)
		require.Equal(t, model.Refused, model.CodeOf(safe.ChangeRole(ctx, clara, model.Administrator)), role)
		require.Equal(t, model.Refused, model.CodeOf(safe.RemoveColleague(ctx, clara)), role)
		own := s.server.Schema + "_" + names[role]
		for _, statement := range []string{
			"SELECT set_login('" + clara + "', 'administrator', NULL)",
			"SELECT set_login('" + own + "', 'administrator', NULL)",
			"SELECT set_login('" + clara + "', NULL, NULL)",
			"INSERT INTO persons VALUES ('" + own + "x', 'Somebody')",
			"UPDATE persons SET name = 'Anna the second'",
			"DELETE FROM persons",
		} {
			var refused *pgconn.PgError
			require.ErrorAs(t, s.with(own, statement), &refused, "%s: %s", role, statement)
			require.Equal(t, "42501", refused.Code, "%s: %s", role, statement)
		}
	}
	persons, err := admin.Safe().Colleagues(ctx)
	require.NoError(t, err)
	require.Len(t, persons, len(s.persons))
	for _, p := range persons {
		require.Equal(t, names[p.Role], p.Name)
	}
}

func TestAColleagueComesDoesMoreAndGoes(t *testing.T) {
	s := shareOffice(t).trading().share()
	admin := s.desks[model.Administrator]
	folder := t.TempDir()
	emil := Person{Name: "Emil", Login: s.server.Schema + "_emil", Role: model.Clerk, Password: "first-password"}
	_, _, err := admin.Safe().AddColleague(ctx, emil, filepath.Join(folder, "is", "not", "there"))
	require.Equal(t, model.Unwritable, model.CodeOf(err), err)
	_, _, err = admin.Safe().AddColleague(ctx, Person{Name: "Clara", Login: emil.Login, Role: model.Clerk, Password: "x"}, folder)
	require.Equal(t, model.Invalid, model.CodeOf(err), "the log could not tell them apart")
	emil, invitation, err := admin.Safe().AddColleague(ctx, emil, folder)
	require.NoError(t, err, "nothing is left of what failed")
	require.Equal(t, filepath.Join(folder, "Emil"+InvitationEnding), invitation)

	r, err := Open(invitation, Options{MustExist: true})
	require.NoError(t, err)
	defer r.Close()
	require.Equal(t, "Emil", r.Person())
	require.Equal(t, model.Clerk, r.Role())
	heard := make(chan Change, 100)
	defer r.OnChange(func(c Change) { heard <- c })()
	o := s.source
	d := &desk{Register: r, t: t, north: o.north, south: o.south, msp: o.msp, contoso: o.contoso, fabrikam: o.fabrikam, made: 9000}
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(3)...)
	_, err = d.Devices().Delete(ctx, all(north), nil)
	require.Equal(t, model.Refused, model.CodeOf(err), err)

	require.NoError(t, admin.Safe().ChangeRole(ctx, emil.Login, model.Approver))
	soon(t, "the desk that is open hears of it", func() bool { return r.Role() == model.Approver })
	soon(t, "and says so", func() bool { return len(heard) > 0 && (<-heard).Touches(SettingsChanged) })
	d.done(d.Devices().Delete(ctx, all(north), nil))

	require.NoError(t, admin.Safe().RemoveColleague(ctx, emil.Login))
	_, err = d.Devices().Delete(ctx, all(north), nil)
	require.Error(t, err)
	persons, err := admin.Safe().Colleagues(ctx)
	require.NoError(t, err)
	require.Len(t, persons, len(s.persons))
	require.Equal(t, 2, admin.value("SELECT count(*) FROM activity WHERE person = 'Emil'"), "the log keeps what was done")
	require.Equal(t, model.NotFound, model.CodeOf(admin.Safe().RemoveColleague(ctx, emil.Login)))
}

func TestASettingOfOneDeskIsHeardByTheOthers(t *testing.T) {
	s := shareOffice(t).trading().share()
	admin, clerk := s.desks[model.Administrator], s.desks[model.Clerk]
	heard := make(chan Change, 100)
	defer clerk.OnChange(func(c Change) { heard <- c })()
	require.NoError(t, admin.Settings().Set(ctx, MovedApproveAtOnce, "false"))
	require.Equal(t, SettingsChanged, <-heard)
	value, err := clerk.Settings().Value(ctx, MovedApproveAtOnce)
	require.NoError(t, err)
	require.Equal(t, "false", value)
}

func TestARegisterInAFileHasNoColleagues(t *testing.T) {
	d := newDeskAt(t, filepath.Join(t.TempDir(), "consign.db"))
	persons, err := d.Safe().Colleagues(ctx)
	require.NoError(t, err)
	require.Empty(t, persons)
	require.Equal(t, model.Refused, model.CodeOf(d.Safe().RemoveColleague(ctx, "anna")))
}
