package data

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
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
