package data

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// unheld is a register whose desk holds nobody to a role: only the server does.
type unheld struct{ engine.Engine }

func (u unheld) Login() engine.Login {
	return engine.Login{Person: u.Engine.Login().Person, Role: model.Administrator}
}

func (u unheld) ReadOnly() error { return nil }

// shared is an office whose register was shared: a person of each role has it open.
type shared struct {
	t       *testing.T
	source  *desk // the register in a file that was shared
	server  Server
	persons []Person
	desks   map[model.Role]*desk
}

var names = map[model.Role]string{model.RegisterReader: "Dora", model.Clerk: "Clara", model.Approver: "Ben", model.Administrator: "Anna"}

// shareOffice shares a small office's register.
func shareOffice(t *testing.T) *shared {
	t.Helper()
	if !postgrestest.Wanted() {
		t.Skip("a register in a file knows no roles")
	}
	s := &shared{t: t, source: newDeskAt(t, filepath.Join(t.TempDir(), "consign.db")), server: postgrestest.Place(t),
		desks: map[model.Role]*desk{}}
	return s
}

// trading has an MSP of the office take the uploads of a reseller and manage a customer.
func (s *shared) trading() *shared {
	s.source.register(s.source.north, false)
	s.source.manage(s.source.contoso, model.JointlyManaged)
	return s
}

// share takes the source to the server and opens it as everybody.
func (s *shared) share() *shared {
	s.t.Helper()
	for _, role := range model.Roles {
		s.persons = append(s.persons, Person{Name: names[role], Login: s.server.Schema + "_" + names[role], Role: role})
	}
	folder := s.t.TempDir()
	paths, err := s.source.Safe().Share(ctx, Sharing{Server: s.server, Persons: s.persons, Folder: folder}, nil)
	require.NoError(s.t, err)
	for i, role := range model.Roles {
		require.Equal(s.t, filepath.Join(folder, names[role]+InvitationEnding), paths[i])
		r, err := Open(paths[i], Options{MustExist: true, Person: "Somebody else"})
		require.NoError(s.t, err)
		s.t.Cleanup(func() { require.NoError(s.t, r.Close()) })
		require.Equal(s.t, role, r.Role())
		require.Equal(s.t, names[role], r.Person())
		o := s.source
		s.desks[role] = &desk{Register: r, t: s.t, north: o.north, south: o.south, msp: o.msp, contoso: o.contoso, fabrikam: o.fabrikam,
			made: 1000 * (i + 1)}
	}
	return s
}

// psql runs a statement as the person, as whoever has their password and a tool may.
func (s *shared) psql(role model.Role, statement string, args ...any) error {
	conn, err := pgx.Connect(ctx, "postgres://"+s.server.Schema+"_"+names[role]+"@"+s.server.Host+":"+strconv.Itoa(s.server.Port)+"/"+
		s.server.Database)
	require.NoError(s.t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "SET search_path = "+s.server.Schema)
	require.NoError(s.t, err)
	_, err = conn.Exec(ctx, statement, args...)
	return err
}

// deed is an act that a person tries after somebody else has prepared it.
type deed func(d *desk) (model.Done, error)

// deeds are one of each event; admin prepares with what is d's alone.
func deeds(admin *desk) map[model.Event]func() deed {
	north, msp := model.As(model.Reseller, admin.north), model.As(model.MSP, admin.msp)
	serial := 0
	number := func() string { serial++; return strconv.Itoa(4_700_000_000 + serial) }
	customer := func() int64 { return admin.account(model.Customer, number(), "Customer "+strconv.Itoa(serial), false) }
	reseller := func() int64 { return admin.account(model.Reseller, number(), "Reseller "+strconv.Itoa(serial), false) }
	uploaded := func(target int64) model.Upload { return admin.upload(admin.north, target, admin.devices(2)...) }
	device := func(u model.Upload) int64 {
		return int64(admin.value("SELECT min(id) FROM devices WHERE upload_id = ?", u.ID))
	}
	order := func() int64 {
		o := model.Order{TargetID: admin.contoso, Number: "PO" + number(), Lines: []model.OrderLine{{Model: "SM-1", Expected: 5}}}
		_, err := admin.Orders().Add(ctx, admin.north, []model.Order{o})
		require.NoError(admin.t, err)
		return int64(admin.value("SELECT max(id) FROM orders"))
	}
	managed := func(how model.ManagementType) int64 { c := customer(); admin.manage(c, how); return c }
	of := func(f func(d *desk) (model.Done, error)) func() deed { return func() deed { return f } }
	return map[model.Event]func() deed{
		model.AccountAdded: of(func(d *desk) (model.Done, error) {
			_, err := d.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: number(), CompanyName: "New"})
			return model.Done{}, err
		}),
		model.AccountEdited: of(func(d *desk) (model.Done, error) {
			name := "Fabrikam " + number()
			return d.Accounts().Edit(ctx, d.fabrikam, AccountUpdate{CompanyName: &name})
		}),
		model.AccountsImported: of(func(d *desk) (model.Done, error) {
			_, _, done, err := d.Accounts().Import(ctx, []model.Account{{Kind: model.Customer, KnoxID: number(), CompanyName: "Imported"}})
			return done, err
		}),
		model.CustomerAdded: func() deed {
			c := customer()
			return func(d *desk) (model.Done, error) { return d.Customers().Add(ctx, d.north, c, "") }
		},
		model.CustomerEdited: func() deed {
			uploaded(admin.contoso)
			return func(d *desk) (model.Done, error) {
				return d.Customers().EditReference(ctx, d.north, d.contoso, number())
			}
		},
		model.CustomerRemovedUs: func() deed {
			c := customer()
			uploaded(c)
			return func(d *desk) (model.Done, error) { return d.Customers().RemovedUs(ctx, d.north, c) }
		},
		model.CustomerCameBack: func() deed {
			c := customer()
			uploaded(c)
			admin.done(admin.Customers().RemovedUs(ctx, admin.north, c))
			return func(d *desk) (model.Done, error) { return d.Customers().CameBack(ctx, d.north, c) }
		},
		model.DevicesUploaded: of(func(d *desk) (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: north}, d.devices(2), nil)
			return done, err
		}),
		model.DevicesDeleted: func() deed {
			id := device(uploaded(admin.contoso))
			return func(d *desk) (model.Done, error) { return d.Devices().Delete(ctx, only(north, id), nil) }
		},
		model.DevicesMoved: func() deed {
			u := uploaded(admin.msp)
			admin.done(admin.Uploads().Approve(ctx, msp, []int64{u.ID}))
			return func(d *desk) (model.Done, error) { return d.Devices().Move(ctx, only(msp, device(u)), d.contoso, nil) }
		},
		model.UploadApproved: func() deed {
			u := uploaded(admin.msp)
			return func(d *desk) (model.Done, error) { return d.Uploads().Approve(ctx, msp, []int64{u.ID}) }
		},
		model.ResellerRegistered: func() deed {
			r := reseller()
			return func(d *desk) (model.Done, error) { return d.Resellers().Register(ctx, d.msp, r, true, false) }
		},
		model.ResellerRemoved: func() deed {
			r := reseller()
			admin.done(admin.Resellers().Register(ctx, admin.msp, r, false, false))
			return func(d *desk) (model.Done, error) { return d.Resellers().Remove(ctx, d.msp, r) }
		},
		model.PreferencesChanged: func() deed {
			r := reseller()
			admin.done(admin.Resellers().Register(ctx, admin.msp, r, false, false))
			return func(d *desk) (model.Done, error) { return d.Resellers().SetAutoApprove(ctx, d.msp, r, true, false) }
		},
		model.CustomerRequested: func() deed {
			c := customer()
			return func(d *desk) (model.Done, error) {
				return d.Managements().Request(ctx, d.msp, c, model.JointlyManaged, nil)
			}
		},
		model.CustomerAnswered: func() deed {
			c := customer()
			admin.done(admin.Managements().Request(ctx, admin.msp, c, model.JointlyManaged, nil))
			return func(d *desk) (model.Done, error) { return d.Managements().Answer(ctx, d.msp, c, true) }
		},
		model.ManagementChanged: func() deed {
			c := managed(model.FullyManaged)
			return func(d *desk) (model.Done, error) { return d.Managements().SwitchToJoint(ctx, d.msp, c) }
		},
		model.DelinkAsked: func() deed {
			c := managed(model.JointlyManaged)
			return func(d *desk) (model.Done, error) { return d.Managements().RequestDelink(ctx, d.msp, c) }
		},
		model.CustomerDelinked: func() deed {
			c := managed(model.JointlyManaged)
			admin.done(admin.Managements().RequestDelink(ctx, admin.msp, c))
			return func(d *desk) (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, c, true) }
		},
		model.DelinkRejected: func() deed {
			c := managed(model.JointlyManaged)
			admin.done(admin.Managements().RequestDelink(ctx, admin.msp, c))
			return func(d *desk) (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, c, false) }
		},
		model.ServicesChanged: func() deed {
			c := managed(model.JointlyManaged)
			return func(d *desk) (model.Done, error) {
				return d.Portal().SetServices(ctx, msp, c, model.ServicesChange{Services: []model.Service{model.KnoxMobileEnrollment}})
			}
		},
		model.PortalApproved: func() deed {
			c := managed(model.JointlyManaged)
			admin.done(admin.Portal().SetServices(ctx, msp, c, model.ServicesChange{Services: []model.Service{model.KnoxManage}}))
			u := uploaded(c)
			return func(d *desk) (model.Done, error) {
				return d.Portal().ApproveInAll(ctx, model.As(model.Customer, c), c, []int64{u.ID})
			}
		},
		model.FailuresReported: func() deed {
			list := admin.devices(1)
			admin.upload(admin.north, admin.contoso, list...)
			return func(d *desk) (model.Done, error) {
				done, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{list[0].First(), "stolen"}}, nil)
				return done, err
			}
		},
		model.DevicesExchanged: func() deed {
			id := device(uploaded(admin.contoso))
			return func(d *desk) (model.Done, error) {
				return d.Devices().Exchange(ctx, north, []Exchange{{Old: id, New: d.devices(1)[0], Day: time.Now()}}, nil)
			}
		},
		model.DevicesReturned: func() deed {
			id := device(uploaded(admin.contoso))
			return func(d *desk) (model.Done, error) {
				return d.Devices().Return(ctx, north, []Exchange{{Old: id, Reference: "RMA", Day: time.Now()}}, nil)
			}
		},
		model.DevicesReassigned: func() deed {
			id := device(uploaded(admin.contoso))
			return func(d *desk) (model.Done, error) {
				return d.Devices().ChangeCustomer(ctx, only(north, id), model.NewUpload{TargetID: d.fabrikam}, nil)
			}
		},
		model.CarriedToPortal: func() deed {
			u := uploaded(admin.contoso)
			return func(d *desk) (model.Done, error) {
				return d.Carrying().MarkCarried(ctx, north, model.CarrySelection{Uploads: []int64{u.ID}})
			}
		},
		model.ConfirmedAtPortal: func() deed {
			u := uploaded(admin.contoso)
			return func(d *desk) (model.Done, error) {
				return d.Carrying().Confirm(ctx, north, model.CarrySelection{Uploads: []int64{u.ID}})
			}
		},
		model.PortalTakenOver: of(func(d *desk) (model.Done, error) {
			line := model.PortalLine{Line: 2, Identifiers: d.devices(1)[0].Identifiers, Customer: "Contoso", Uploaded: time.Now()}
			lines := func(yield func(model.PortalLine, error) bool) { yield(line, nil) }
			c, err := d.Devices().Compare(ctx, north, model.PortalColumns{Customer: true}, lines, func(s string) string { return s }, nil, nil)
			require.NoError(d.t, err)
			at, err := c.IDs(ctx, "", model.OnlyThere)
			require.NoError(d.t, err)
			return c.TakeOver(ctx, at, TakeOver{}, nil)
		}),
		model.OrdersAdded: of(func(d *desk) (model.Done, error) {
			return d.Orders().Add(ctx, d.north, []model.Order{{TargetID: d.contoso, Number: "PO" + number(),
				Lines: []model.OrderLine{{Model: "SM-1", Expected: 5}}}})
		}),
		model.OrderEdited: func() deed {
			id := order()
			return func(d *desk) (model.Done, error) { return d.Orders().Close(ctx, d.north, []int64{id}, true) }
		},
		model.OrdersRemoved: func() deed {
			id := order()
			return func(d *desk) (model.Done, error) { return d.Orders().Remove(ctx, d.north, []int64{id}) }
		},
	}
}

// TestEveryActUnderEveryRoleIsDoneOrRefusedByTheServer has each person try every act with a desk that holds them to nothing, and then undo
// what an administrator did.
func TestEveryActUnderEveryRoleIsDoneOrRefusedByTheServer(t *testing.T) {
	s := shareOffice(t).trading().share()
	admin := s.desks[model.Administrator]
	all := deeds(admin)
	for _, event := range model.Events {
		if event == model.Undone {
			continue
		}
		require.Contains(t, all, event)
		for _, role := range model.Roles {
			t.Run(string(event)+" as "+string(role), func(t *testing.T) {
				d := s.desks[role]
				d.t = t
				do := all[event]()
				may := role.May(event)
				if may != nil {
					_, err := do(d)
					require.Equal(t, may.Error(), err.Error(), "the desk itself says why")
				}
				held := d.engine
				d.Register.engine = unheld{held}
				defer func() { d.Register.engine = held }()
				before := admin.dump()
				_, err := do(d)
				if may != nil {
					require.Equal(t, model.Refused, model.CodeOf(err), err)
					require.Equal(t, engine.Forbidden, engine.TroubleOf(err), err)
					require.Equal(t, before, admin.dump())
				} else {
					require.NoError(t, err)
				}
				requireUndone(t, admin, d, all[event](), may)
			})
		}
	}
	admin.countersHold()
	admin.logHolds()
}

// requireUndone has the administrator do the act and the person undo it.
func requireUndone(t *testing.T, admin, d *desk, do deed, may error) {
	t.Helper()
	if _, err := do(admin); err != nil {
		require.NoError(t, err)
	}
	last := int64(admin.value("SELECT max(id) FROM activity"))
	if admin.value("SELECT count(*) FROM activity WHERE id = ? AND undo IS NULL", last) == 1 {
		return // nobody undoes it
	}
	before := admin.dump()
	_, err := d.Activity().Undo(ctx, last, nil)
	if may == nil {
		require.NoError(t, err)
		return
	}
	require.Equal(t, engine.Forbidden, engine.TroubleOf(err), err)
	require.Equal(t, before, admin.dump())
}

func TestWhatTakesAnApproverIsTheSameForDeskAndServer(t *testing.T) {
	s := shareOffice(t).trading().share()
	for _, event := range model.Events {
		takes := s.desks[model.Administrator].value("SELECT takes_approver(?)::integer", string(event)) == 1
		require.Equal(t, takes, model.Clerk.May(event) != nil, event)
	}
}

func TestUploadOfAClerkIsApprovedOnlyByWhatApprovesItself(t *testing.T) {
	s := shareOffice(t).trading()
	s.source.done(s.source.Resellers().SetAutoApprove(ctx, s.source.msp, s.source.north, true, false))
	service := model.ServicesChange{Services: []model.Service{model.KnoxManage, model.KnoxMobileEnrollment}}
	s.source.done(s.source.Portal().SetServices(ctx, model.As(model.MSP, s.source.msp), s.source.contoso, service))
	s.source.done(s.source.Portal().SetPreference(ctx, model.As(model.Customer, s.source.contoso), s.source.contoso, s.source.north,
		[]model.Service{model.KnoxManage}))
	clerk := s.share().desks[model.Clerk]
	require.False(t, clerk.upload(clerk.north, clerk.msp, clerk.devices(2)...).ApprovedAt.IsZero())
	require.False(t, clerk.upload(clerk.north, clerk.contoso, clerk.devices(2)...).ApprovedAt.IsZero())
	require.True(t, clerk.upload(clerk.north, clerk.fabrikam, clerk.devices(2)...).ApprovedAt.IsZero())
	_, err := clerk.Devices().Move(ctx, all(model.As(model.MSP, clerk.msp)), clerk.contoso, nil)
	require.NoError(t, err, "what an MSP moves is approved there by a setting")
}

// begun is the beginning of an act as a person with a tool would write it.
func begun(event, person string) string {
	return "BEGIN; UPDATE register SET act = act + 1; INSERT INTO activity (at, event, person) VALUES " +
		"((extract(epoch FROM now()) * 1000)::bigint, '" + event + "', '" + person + "'); "
}

// TestWhoWritesWithAToolIsRefused: a desk is not the only program that speaks to the server.
func TestWhoWritesWithAToolIsRefused(t *testing.T) {
	s := shareOffice(t).trading()
	s.source.upload(s.source.north, s.source.msp, s.source.devices(3)...)
	s.share()
	for name, c := range map[string]struct {
		role      model.Role
		statement string
	}{
		"a reader deletes devices":         {model.RegisterReader, "UPDATE devices SET deleted = 1"},
		"a reader adds to the log":         {model.RegisterReader, "INSERT INTO activity (id, at, event) VALUES (99, 0, 'devices deleted')"},
		"a reader takes a turn":            {model.RegisterReader, "UPDATE register SET act = act + 1"},
		"a reader makes a table":           {model.RegisterReader, "CREATE TABLE mine (a INTEGER)"},
		"a clerk writes without an entry":  {model.Clerk, "UPDATE uploads SET tags = '[]'"},
		"a clerk deletes without an entry": {model.Clerk, "UPDATE devices SET deleted = 1"},
		"a clerk deletes in an upload":     {model.Clerk, begun("devices uploaded", "Clara") + "UPDATE devices SET deleted = 1; COMMIT"},
		"a clerk does an act of approvers": {model.Clerk, begun("devices deleted", "Clara") + "COMMIT"},
		"a clerk names another person":     {model.Clerk, begun("devices uploaded", "Ben") + "COMMIT"},
		"an administrator names another":   {model.Administrator, begun("devices uploaded", "Ben") + "COMMIT"},
		"a clerk approves in an upload":    {model.Clerk, begun("devices uploaded", "Clara") + "UPDATE uploads SET approved_at = 1; COMMIT"},
		"a clerk uploads what is approved": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"INSERT INTO uploads (uuid, kind, reseller_id, target_id, activity_id, uploaded_at, approved_at) SELECT 'u', 'direct', 1, 4, " +
				"max(id), 0, 1 FROM activity; COMMIT"},
		"a clerk has approvals given": {model.Clerk,
			begun("reseller registered", "Clara") +
				"UPDATE registrations SET auto_approve = 1; COMMIT"},
		"a clerk has approvals given quietly": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"UPDATE registrations SET auto_approve = 1; COMMIT"},
		"a clerk prefers": {model.Clerk,
			begun("devices uploaded", "Clara") +
				"INSERT INTO preferences VALUES (4, 1, 'KM'); COMMIT"},
		"a clerk undoes nothing": {model.Clerk, begun("undone", "Clara") + "COMMIT"},
		"a clerk undoes an approver's act": {model.Clerk,
			begun("undone", "Clara") +
				"UPDATE activity SET undone_by = (SELECT max(id) FROM activity) WHERE event = 'reseller registered'; COMMIT"},
		"a clerk sets what approves":  {model.Clerk, "INSERT INTO settings VALUES ('moved.approve.at.once', 'true')"},
		"a clerk joins the approvers": {model.Clerk, "GRANT " + s.server.Schema + "_approver TO CURRENT_USER"},
		"a clerk takes a name":        {model.Clerk, "UPDATE persons SET name = 'Ben 2' WHERE name = 'Ben'"},
		"an approver changes an entry": {model.Approver,
			begun("devices uploaded", "Ben") +
				"UPDATE activity SET person = 'Clara' WHERE id = 1; COMMIT"},
		"an approver changes what was done": {model.Approver,
			begun("devices uploaded", "Ben") +
				"UPDATE activity SET detail = '{}' WHERE id = 1; COMMIT"},
		"an approver removes an entry":      {model.Approver, "DELETE FROM activity WHERE id = 1"},
		"an administrator removes an entry": {model.Administrator, "DELETE FROM activity WHERE id = 1"},
		"an administrator empties the log":  {model.Administrator, "TRUNCATE activity CASCADE"},
		"an administrator changes an entry": {model.Administrator, "UPDATE activity SET at = 0 WHERE id = 1"},
		"an administrator changes a device": {model.Administrator, "UPDATE devices SET imei1 = NULL"},
		"an approver writes another time": {model.Approver,
			"BEGIN; INSERT INTO activity (at, event, person) VALUES (1, 'devices uploaded', 'Ben'); COMMIT"},
		"an approver writes two entries": {model.Approver,
			begun("devices uploaded", "Ben") +
				"INSERT INTO activity (at, event, person) SELECT at, event, person FROM activity ORDER BY id DESC LIMIT 1; COMMIT"},
		"an approver takes several turns": {model.Approver, "UPDATE register SET act = act + 7"},
		"a clerk hides the names": {model.Clerk,
			"CREATE TEMP TABLE persons AS SELECT session_user::text AS login, 'Ben' AS name; " +
				begun("devices uploaded", "Ben") +
				"COMMIT"},
		"a clerk hides the log with a table": {model.Clerk,
			"CREATE TEMP TABLE activity AS SELECT * FROM " +
				s.server.Schema +
				".activity; UPDATE " +
				s.server.Schema +
				".devices SET deleted = 1"},
	} {
		t.Run(name, func(t *testing.T) {
			before := s.desks[model.Administrator].dump()
			err := s.psql(c.role, c.statement)
			e, is := err.(*pgconn.PgError)
			require.True(t, is, "%v", err)
			require.Equal(t, "42501", e.Code, e.Message)
			require.Equal(t, before, s.desks[model.Administrator].dump())
		})
	}
}

func TestAReaderWithPsqlIsRefused(t *testing.T) {
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Skip("psql is not installed")
	}
	s := shareOffice(t).trading().share()
	address := "postgres://" + s.server.Schema + "_Dora@" + s.server.Host + ":" + strconv.Itoa(s.server.Port) + "/" + s.server.Database
	run := func(statement string) (string, error) {
		out, err := exec.Command(psql, address, "-At", "-c", "SET search_path = "+s.server.Schema, "-c", statement).CombinedOutput()
		return string(out), err
	}
	out, err := run("SELECT count(*) > 0 FROM activity")
	require.NoError(t, err)
	require.Contains(t, out, "t")
	out, err = run("DELETE FROM devices")
	require.Error(t, err)
	require.Contains(t, out, "permission denied for table devices")
}

func TestAReaderReadsAndIsToldWhyNothingIsChanged(t *testing.T) {
	s := shareOffice(t).trading()
	s.source.upload(s.source.north, s.source.contoso, s.source.devices(3)...)
	s.share()
	d := s.desks[model.RegisterReader]
	require.Len(t, d.sees(model.As(model.Reseller, d.north)), 3)
	require.Equal(t, model.Refused, model.CodeOf(d.ReadOnly()))
	_, err := d.Devices().Delete(ctx, all(model.As(model.Reseller, d.north)), nil)
	require.Equal(t, model.ReadsOnly().Error(), err.Error())
	require.NoError(t, d.Safe().Check(ctx))
	require.NoError(t, d.Safe().Backup(ctx, filepath.Join(t.TempDir(), "copy.db")))
}

func TestSettingsOfAdministratorsAreTheirs(t *testing.T) {
	s := shareOffice(t).trading().share()
	for role, d := range s.desks {
		err := d.Settings().Set(ctx, MovedApproveAtOnce, "false")
		require.Equal(t, role == model.Administrator, err == nil, role)
		held := d.engine
		d.Register.engine = unheld{held}
		err = d.Settings().Set(ctx, MovedApproveAtOnce, "true")
		d.Register.engine = held
		require.Equal(t, role == model.Administrator, err == nil, role)
	}
}

// TestServerSaysWhenAnActWas: the clock of a desk may be wrong.
func TestServerSaysWhenAnActWas(t *testing.T) {
	d := shareOffice(t).trading().share().desks[model.Clerk]
	d.clock = func() time.Time { return time.Unix(1, 0) }
	d.upload(d.north, d.contoso, d.devices(1)...)
	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), last.At, time.Hour)
}

func TestLoginWithoutARoleIsToldToAsk(t *testing.T) {
	s := shareOffice(t).trading().share()
	conn, err := pgx.Connect(context.Background(), "postgres://"+s.server.User+"@"+s.server.Host+":"+strconv.Itoa(s.server.Port)+"/"+
		s.server.Database)
	require.NoError(t, err)
	defer conn.Close(ctx)
	login := s.server.Schema + "_Nobody"
	_, err = conn.Exec(ctx, `CREATE ROLE "`+login+`" LOGIN`)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "nobody.consign")
	at := s.server
	at.User = login
	require.NoError(t, postgres.WriteInvitation(path, at))
	_, err = Open(path, Options{MustExist: true})
	require.Equal(t, model.Refused, model.CodeOf(err), err)
	require.Contains(t, err.Error(), "role")
}
