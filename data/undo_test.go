package data

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// TestUndoGivesTheRegisterBackAsItWas performs every kind of act and undoes it: what each party can know must be as before.
func TestUndoGivesTheRegisterBackAsItWas(t *testing.T) {
	reseller := func(d *busy) model.View { return model.As(model.Reseller, d.north) }
	msp := func(d *busy) model.View { return model.As(model.MSP, d.msp) }
	for name, act := range map[string]func(d *busy) (model.Done, error){
		"upload to a new customer": func(d *busy) (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.fabrikam, UploadedBy: reseller(d)}, d.devices(10),
				nil)
			return done, err
		},
		"upload with auto-approve": func(d *busy) (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.msp, UploadedBy: reseller(d)}, d.devices(10), nil)
			return done, err
		},
		"approve": func(d *busy) (model.Done, error) {
			return d.Uploads().Approve(ctx, msp(d), []int64{int64(d.value("SELECT id FROM uploads WHERE reseller_id = ?", d.south))})
		},
		"approve elsewhere": func(d *busy) (model.Done, error) {
			return d.Uploads().Approve(ctx, reseller(d), []int64{int64(d.value("SELECT id FROM uploads WHERE kind = 'direct' AND target_id = ?",
				d.contoso))})
		},
		"approve in portal": func(d *busy) (model.Done, error) {
			return d.Portal().Approve(ctx, msp(d), d.contoso, model.KnoxGuard,
				[]int64{int64(d.value("SELECT id FROM uploads WHERE kind = 'moved'"))})
		},
		"move":               func(d *busy) (model.Done, error) { return d.Devices().Move(ctx, all(msp(d)), d.fabrikam, nil) },
		"delete by MSP":      func(d *busy) (model.Done, error) { return d.Devices().Delete(ctx, all(msp(d)), nil) },
		"delete by reseller": func(d *busy) (model.Done, error) { return d.Devices().Delete(ctx, all(reseller(d)), nil) },
		"report failures": func(d *busy) (model.Done, error) {
			done, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"350000000000001", "new reason"}, {"R0000000002", "x"},
				{"R0000009999", "x"}}, nil)
			return done, err
		},
		"register": func(d *busy) (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.third, true, true) },
		"preferences": func(d *busy) (model.Done, error) {
			return d.Resellers().SetAutoApprove(ctx, d.msp, d.south, true, true)
		},
		"remove reseller": func(d *busy) (model.Done, error) { return d.Resellers().Remove(ctx, d.msp, d.north) },
		"removed us":      func(d *busy) (model.Done, error) { return d.Customers().RemovedUs(ctx, d.north, d.msp) },
		"add customer":    func(d *busy) (model.Done, error) { return d.Customers().Add(ctx, d.north, d.fabrikam, "F") },
		"edit reference": func(d *busy) (model.Done, error) {
			return d.Customers().EditReference(ctx, d.north, d.contoso, "our best")
		},
		"edit account": func(d *busy) (model.Done, error) {
			return d.Accounts().Edit(ctx, d.contoso, AccountUpdate{CompanyName: new("Contoso GmbH"), Country: new("AT")})
		},
		"import accounts": func(d *busy) (model.Done, error) {
			_, _, done, err := d.Accounts().Import(ctx, []model.Account{{Kind: model.Customer, KnoxID: "4600001586", CompanyName: "Contoso Ltd"},
				{Kind: model.Customer, KnoxID: "4600009999", CompanyName: "Litware"}})
			return done, err
		},
		"import customers": func(d *busy) (model.Done, error) {
			return d.Customers().Import(ctx, d.north, []NewCustomer{{model.Account{Kind: model.Customer, KnoxID: "4600001586",
				CompanyName: "Contoso Ltd"}, "known"},
				{model.Account{Kind: model.Customer, KnoxID: "4600009999", CompanyName: "Litware"},
					"L-1"}, {model.Account{Kind: model.Reseller, KnoxID: "4600009998", CompanyName: "Other"}, ""}})
		},
		"request": func(d *busy) (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.tailspin, model.FullyManaged, []model.Service{model.KnoxConfigure})
		},
		"request delink": func(d *busy) (model.Done, error) { return d.Managements().RequestDelink(ctx, d.msp, d.contoso) },
		"delink":         func(d *busy) (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true) },
		"keep":           func(d *busy) (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, false) },
		"services": func(d *busy) (model.Done, error) {
			return d.Portal().SetServices(ctx, msp(d), d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard, model.KnoxEFOTA},
				WaitIn: model.KnoxEFOTA})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := busyDesk(t)
			if name == "delink" || name == "keep" {
				d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
			}
			before := d.known()
			done, err := act(d)
			require.NoError(t, err)
			require.NotEqual(t, before, d.known(), "the act did nothing")
			d.countersHold()
			undone := d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
			require.Equal(t, model.Undone, undone.Event)
			require.Equal(t, before, d.known())
			d.unchanged(func() {
				_, err := d.Activity().Undo(ctx, done.ActivityID, nil)
				requireCode(t, model.Refused, "undone already", err)
				_, err = d.Activity().Undo(ctx, undone.ActivityID, nil)
				requireCode(t, model.Refused, "cannot be undone", err)
			})
		})
	}
}

// busy is a desk in the middle of its work: every state is there.
type busy struct {
	*desk
	third    int64 // reseller that is not registered
	tailspin int64 // customer that nobody has
}

func busyDesk(t testing.TB) *busy {
	d := &busy{desk: newDesk(t)}
	d.third = d.account(model.Reseller, "4680000927", "Wide World", false)
	d.tailspin = d.account(model.Customer, "4600001588", "Tailspin", false)
	v := model.As(model.MSP, d.msp)
	d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, []model.Service{model.KnoxGuard}))
	d.done(d.Managements().Answer(ctx, d.msp, d.contoso, true))
	d.manage(d.fabrikam, model.FullyManaged)
	d.upload(d.north, d.msp, d.devices(8)...)
	d.register(d.north, true)
	d.register(d.south, false)
	d.upload(d.south, d.msp, d.devices(3)...)
	d.upload(d.third, d.msp, d.devices(2)...)
	d.upload(d.north, d.contoso, d.devices(4)...)
	d.done(d.Devices().Move(ctx, only(v, d.sees(v)[:5]...), d.contoso, nil))
	_, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"350000000000001", "not ours"}, {"350000000000007", "stolen"}}, nil)
	require.NoError(t, err)
	d.done(d.Devices().Delete(ctx, only(v, d.sees(v)[1]), nil))
	return d
}

// known is all that any party can know of the register, by table: rows of the past (deleted devices, uploads without
// devices, the log) are left out.
func (d *busy) known() map[string]string {
	d.t.Helper()
	known := map[string]string{}
	for table, rows := range map[string]string{
		"accounts":          "SELECT * FROM accounts ORDER BY id",
		"customers":         "SELECT reseller_id, account_id, internal_reference, status, added_at FROM customers ORDER BY 1, 2",
		"registrations":     "SELECT msp_id, reseller_id, auto_approve, registered_at FROM registrations ORDER BY 1, 2",
		"managements":       "SELECT msp_id, customer_id, type, status, requested_at FROM managements ORDER BY 1, 2",
		"customer_services": "SELECT * FROM customer_services ORDER BY 1, 2",
		"uploads":           "SELECT * FROM uploads WHERE devices > 0 ORDER BY id",
		"approvals":         "SELECT p.* FROM approvals p JOIN uploads u ON u.id = p.upload_id WHERE u.devices > 0 ORDER BY 1, 2",
		"upload_models":     "SELECT * FROM upload_models ORDER BY 1, 2, 3",
		"devices":           "SELECT * FROM devices WHERE deleted IS NULL ORDER BY id",
		"preferences":       "SELECT * FROM preferences ORDER BY 1, 2, 3",
		"orders":            "SELECT * FROM orders ORDER BY id",
		"acts": "SELECT id, person, to_carry, carried_by, confirmed_by FROM activity WHERE undone_by IS NULL AND event " +
			"<> 'undone' ORDER BY id",
		"exchanges": "SELECT x.* FROM exchanges x JOIN activity y ON y.id = x.activity_id WHERE y.undone_by IS NULL ORDER BY 1, 2",
	} {
		var found []map[string]any
		require.NoError(d.t, d.read.Raw(rows).Scan(&found).Error)
		for _, row := range found {
			known[table] += fmt.Sprintln(row)
		}
	}
	return known
}

func TestUndoIsRefusedWhileSomethingLaterBuildsOnIt(t *testing.T) {
	d := newDesk(t)
	v, r := model.As(model.MSP, d.msp), model.As(model.Reseller, d.north)
	d.manage(d.contoso, model.JointlyManaged)
	registered := d.done(d.Resellers().Register(ctx, d.msp, d.north, false, false))
	u, uploaded, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.msp, UploadedBy: r}, d.devices(4), nil)
	require.NoError(t, err)
	approved := d.done(d.Uploads().Approve(ctx, v, []int64{u.ID}))
	ids := d.sees(v)
	moved := d.done(d.Devices().Move(ctx, only(v, ids[0], ids[1]), d.contoso, nil))
	deleted := d.done(d.Devices().Delete(ctx, only(v, ids[0]), nil))
	asked := d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	delinked := d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	acts := []model.Done{registered, uploaded, approved, moved, deleted, asked, delinked}
	for last := len(acts) - 1; last > 0; last-- {
		d.unchanged(func() {
			for _, act := range acts[:last] {
				if act.Event == model.DevicesDeleted && acts[last].Event == model.DelinkAsked {
					continue // a question to the customer does not build on a deletion
				}
				if act.Event == model.ResellerRegistered && acts[last].Event == model.DevicesUploaded {
					continue // an upload that waits does so with the registration and without it
				}
				_, err := d.Activity().Undo(ctx, act.ActivityID, nil)
				requireCode(t, model.Refused, "something later builds on it", err)
			}
		})
		latest, err := d.Activity().LastUndoable(ctx)
		require.NoError(t, err)
		require.Equal(t, acts[last].ActivityID, latest.ID)
		d.done(d.Activity().Undo(ctx, acts[last].ActivityID, nil))
	}
	d.done(d.Activity().Undo(ctx, registered.ActivityID, nil))
}

func TestUndoOfADeletionIsRefusedOnceTheDeviceIsUploadedAgain(t *testing.T) {
	d := newDesk(t)
	r := model.As(model.Reseller, d.north)
	devices := d.devices(3)
	d.upload(d.north, d.contoso, devices...)
	deleted := d.done(d.Devices().Delete(ctx, all(r), nil))
	d.upload(d.south, d.fabrikam, model.NewDevice{Identifiers: model.Identifiers{IMEI2: devices[1].IMEI1}})
	d.unchanged(func() {
		_, err := d.Activity().Undo(ctx, deleted.ActivityID, nil)
		requireCode(t, model.Refused, devices[1].IMEI1+" has been uploaded again", err)
	})
}

func TestAddedAccountIsTakenBackUnlessTheRegisterRefersToIt(t *testing.T) {
	d := newDesk(t)
	used, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.Equal(t, model.AccountAdded, used.Event)
	d.done(d.Activity().Undo(ctx, used.ID, nil))
	_, err = d.Accounts().ByID(ctx, d.fabrikam)
	requireCode(t, model.NotFound, "not in the directory", err)
	contoso, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.Equal(t, model.AccountAdded, contoso.Event)
	added := d.done(d.Customers().Add(ctx, d.north, d.contoso, ""))
	d.done(d.Activity().Undo(ctx, added.ActivityID, nil))
	requireCode(t, model.Refused, "names the account", d.Activity().CanUndo(ctx, contoso.ID))
	_, err = d.Activity().Undo(ctx, contoso.ID, nil)
	requireCode(t, model.Refused, "names the account", err)
	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.Less(t, last.ID, contoso.ID, "what would be refused is not offered")
	d.done(d.Activity().Undo(ctx, last.ID, nil))
}

func TestUndoOfAnUnknownActIsNotFound(t *testing.T) {
	d := newDesk(t)
	_, err := d.Activity().Undo(ctx, 12345, nil)
	requireCode(t, model.NotFound, "not in the activity log", err)
}

func TestReasonOfAnEarlierFailureComesBackWhenALaterReportIsUndone(t *testing.T) {
	d := busyDesk(t)
	before := d.known()
	done, missing, err := d.Devices().ReportFailures(ctx, d.north,
		[]DeviceFailure{{"350000000000001", "again"}, {"350000000000001", "twice in the report"}, {"1", "?"}}, nil)
	require.NoError(t, err)
	require.Equal(t, 1, done.Devices)
	require.Equal(t, []string{"1"}, missing)
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Equal(t, before, d.known())
}
