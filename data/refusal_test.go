package data

import (
	"bytes"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestActsThatARuleForbidsAreRefusedWithoutATrace(t *testing.T) {
	d := busyDesk(t)
	north, v := model.As(model.Reseller, d.north), model.As(model.MSP, d.msp)
	approved := int64(d.value("SELECT id FROM uploads WHERE kind = 'direct' AND target_id = ? AND approved_at IS NOT NULL", d.msp))
	unregistered := int64(d.value("SELECT id FROM uploads WHERE reseller_id = ?", d.third))
	waiting := int64(d.value("SELECT id FROM uploads WHERE reseller_id = ?", d.south))
	pending := int64(d.value("SELECT id FROM devices WHERE upload_id = ?", waiting))
	gone := int64(d.value("SELECT id FROM devices WHERE deleted IS NOT NULL"))
	direct := int64(d.value("SELECT id FROM uploads WHERE kind = 'direct' AND target_id = ?", d.contoso))
	inPortal := int64(d.value("SELECT id FROM uploads WHERE kind = 'moved'"))
	there := all(v, func(q *model.DeviceQuery) { q.Customer = d.contoso })
	for name, c := range map[string]struct {
		code model.Code
		part string
		act  func() (model.Done, error)
	}{
		"approve twice": {model.Refused, "approved already",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, []int64{approved}) }},
		"approve one of two twice": {model.Refused, "approved already",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, []int64{waiting, approved}) }},
		"approve of unregistered": {model.Refused, "register the reseller first",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, []int64{unregistered}) }},
		"approve nothing": {model.Invalid, "at least one upload",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, nil) }},
		"approve unknown": {model.NotFound, "not in the register",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, []int64{9999}) }},
		"approve for a customer as MSP": {model.NotFound, "not on your Uploads page",
			func() (model.Done, error) { return d.Uploads().Approve(ctx, v, []int64{direct}) }},
		"move unapproved": {model.Refused, "None of these devices",
			func() (model.Done, error) { return d.Devices().Move(ctx, only(v, pending), d.contoso, nil) }},
		"move some unapproved": {model.Refused, "not in your portal any more: 1", func() (model.Done, error) {
			return d.Devices().Move(ctx, only(v, pending, d.sees(v)[6]), d.contoso, nil)
		}},
		"move a foreign device": {model.Refused, "None of these devices",
			func() (model.Done, error) { return d.Devices().Move(ctx, only(v, d.sees(north)[8]), d.contoso, nil) }},
		"make a jointly managed one fully managed": {model.Exists, "on the Customers page already", func() (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.contoso, model.FullyManaged, nil)
		}},
		"upload with 21 tags": {model.Invalid, "20 tags at most; these are 21", func() (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: north,
				Tags: strings.Split(strings.Repeat("x,", 20)+"x", ",")}, d.devices(1), nil)
			return done, err
		}},
		"upload with a tab in the order number": {model.Invalid, "cannot be seen", func() (model.Done, error) {
			_, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: north, OrderNumber: "PO\t7"},
				d.devices(1), nil)
			return done, err
		}},
		"move to where they are": {model.Refused, "at this customer already",
			func() (model.Done, error) { return d.Devices().Move(ctx, there, d.contoso, nil) }},
		"move to a stranger": {model.NotFound, "not on the MSP's Customers page",
			func() (model.Done, error) { return d.Devices().Move(ctx, all(v), d.tailspin, nil) }},
		"delete what is gone": {model.Refused, "None of these devices",
			func() (model.Done, error) { return d.Devices().Delete(ctx, only(v, gone), nil) }},
		"delete as customer": {model.Refused, "by their reseller or their MSP", func() (model.Done, error) {
			return d.Devices().Delete(ctx, all(model.As(model.Customer, d.contoso)), nil)
		}},
		"register twice": {model.Exists, "registered already",
			func() (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.north, true, true) }},
		"register an MSP": {model.Invalid, "does not fit",
			func() (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.msp, true, true) }},
		"preferences of unregistered": {model.NotFound, "not registered",
			func() (model.Done, error) { return d.Resellers().SetAutoApprove(ctx, d.msp, d.third, true, false) }},
		"remove unregistered": {model.NotFound, "not registered",
			func() (model.Done, error) { return d.Resellers().Remove(ctx, d.msp, d.third) }},
		"add a customer twice": {model.Exists, "Contoso is on the Customers page already",
			func() (model.Done, error) { return d.Customers().Add(ctx, d.north, d.contoso, "") }},
		"add a reseller as customer": {model.Invalid, "does not fit",
			func() (model.Done, error) { return d.Customers().Add(ctx, d.north, d.south, "") }},
		"reference of a stranger": {model.NotFound, "not on the Customers page",
			func() (model.Done, error) { return d.Customers().EditReference(ctx, d.north, d.tailspin, "x") }},
		"request twice": {model.Exists, "on the Customers page already", func() (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.contoso, model.FullyManaged, nil)
		}},
		"request an unknown service": {model.Invalid, "not a Knox service", func() (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.tailspin, model.FullyManaged, []model.Service{"KX"})
		}},
		"request without a type": {model.Invalid, "fully or jointly",
			func() (model.Done, error) { return d.Managements().Request(ctx, d.msp, d.tailspin, "", nil) }},
		"answer twice": {model.Refused, "answered the request already",
			func() (model.Done, error) { return d.Managements().Answer(ctx, d.msp, d.contoso, true) }},
		"switch a joint one": {model.Refused, "this management type already",
			func() (model.Done, error) { return d.Managements().SwitchToJoint(ctx, d.msp, d.contoso) }},
		"delink while fully managed": {model.Refused, "switch to jointly managed first",
			func() (model.Done, error) { return d.Managements().RequestDelink(ctx, d.msp, d.fabrikam) }},
		"answer a delink nobody asked for": {model.Refused, "no delink request",
			func() (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true) }},
		"no services": {model.Refused, "at least one Knox service",
			func() (model.Done, error) { return d.Portal().SetServices(ctx, v, d.contoso, model.ServicesChange{}) }},
		"services of a stranger": {model.NotFound, "not on the MSP's", func() (model.Done, error) {
			return d.Portal().SetServices(ctx, v, d.tailspin, model.ServicesChange{Services: []model.Service{"KG"}})
		}},
		"approve twice in a portal": {model.Refused, "approved already", func() (model.Done, error) {
			return d.Portal().Approve(ctx, v, d.contoso, model.KnoxMobileEnrollment, []int64{inPortal})
		}},
		"approve in a portal it is not in": {model.NotFound, "not in the portal of Knox E-FOTA", func() (model.Done, error) {
			return d.Portal().Approve(ctx, v, d.contoso, model.KnoxEFOTA, []int64{inPortal})
		}},
		"approve a moved one as reseller": {model.NotFound, "not in this portal", func() (model.Done, error) {
			return d.Portal().Approve(ctx, north, d.contoso, model.KnoxGuard, []int64{inPortal})
		}},
		"edit to no name": {model.Invalid, "company name", func() (model.Done, error) {
			return d.Accounts().Edit(ctx, d.contoso, AccountUpdate{CompanyName: new("  ")})
		}},
		"import with a letter in an ID": {model.Invalid, "digits only", func() (model.Done, error) {
			_, _, done, err := d.Accounts().Import(ctx, []model.Account{{Kind: model.Customer, KnoxID: "460000777", CompanyName: "A"},
				{Kind: model.Customer, KnoxID: "46x", CompanyName: "B"}})
			return done, err
		}},
		"failures of strangers": {model.NotFound, "None of the devices", func() (model.Done, error) {
			done, _, err := d.Devices().ReportFailures(ctx, d.third, []DeviceFailure{{"350000000000001", "x"}}, nil)
			return done, err
		}},
		"account twice": {model.Exists, "Contoso has the Knox Customer ID 4600001586 already", func() (model.Done, error) {
			_, err := d.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: "4600-001586", CompanyName: "Other"})
			return model.Done{}, err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.unchanged(func() {
				done, err := c.act()
				requireCode(t, c.code, c.part, err)
				require.Zero(t, done)
			})
		})
	}
}

func TestCustomerThatRemovedUsStaysInactiveWhateverIsApproved(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	u := d.upload(d.north, d.contoso, d.devices(1)...)
	removed := d.done(d.Customers().RemovedUs(ctx, d.north, d.contoso))
	require.Equal(t, "inactive", d.status(d.north, d.contoso))
	_, err := d.Customers().RemovedUs(ctx, d.north, d.contoso)
	requireCode(t, model.Refused, "inactive already", err)
	d.done(d.Uploads().Approve(ctx, north, []int64{u.ID}))
	require.Equal(t, "inactive", d.status(d.north, d.contoso))
	d.done(d.Activity().Undo(ctx, removed.ActivityID, nil))
	require.Equal(t, "active", d.status(d.north, d.contoso), "it had never removed us")
}

func TestRemovalOfAResellerStaysOnceTheMSPIsSaidToHaveRemovedIt(t *testing.T) {
	d := newDesk(t)
	d.register(d.north, true)
	removed := d.done(d.Resellers().Remove(ctx, d.msp, d.north))
	d.done(d.Customers().Add(ctx, d.north, d.msp, ""))
	d.done(d.Customers().RemovedUs(ctx, d.north, d.msp))
	_, err := d.Activity().Undo(ctx, removed.ActivityID, nil)
	requireCode(t, model.Refused, "builds on it: Customer removed reseller", err)
}

func TestPreferenceThatDecidedOnAnUploadIsNotUndone(t *testing.T) {
	d := newDesk(t)
	registered := d.done(d.Resellers().Register(ctx, d.msp, d.north, true, false))
	d.upload(d.north, d.msp, d.devices(1)...)
	off := d.done(d.Resellers().SetAutoApprove(ctx, d.msp, d.north, false, false))
	d.upload(d.north, d.msp, d.devices(1)...)
	d.done(d.Resellers().Remove(ctx, d.msp, d.north))
	d.done(d.Resellers().Register(ctx, d.msp, d.north, true, true))
	removed := d.done(d.Resellers().Remove(ctx, d.msp, d.north))
	d.upload(d.north, d.msp, d.devices(1)...)
	for _, act := range []model.Done{registered, off, removed} {
		_, err := d.Activity().Undo(ctx, act.ActivityID, nil)
		requireCode(t, model.Refused, "something later builds on it", err)
	}
}

func TestRemovalThatDecidedNothingIsUndoneThoughAnUploadWaits(t *testing.T) {
	d := newDesk(t)
	d.done(d.Resellers().Register(ctx, d.msp, d.north, false, false))
	removed := d.done(d.Resellers().Remove(ctx, d.msp, d.north))
	u := d.upload(d.north, d.msp, d.devices(1)...)
	d.done(d.Activity().Undo(ctx, removed.ActivityID, nil))
	now, err := d.Uploads().ByID(ctx, model.As(model.Reseller, d.north), u.ID)
	require.NoError(t, err)
	require.True(t, now.Waits(), "it had waited without the removal, too")
	d.logHolds()
}

func TestWhatDidNotWaitWhenTheWaitingWereApprovedIsNotMadeToWait(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.register(d.north, false)
	approved := d.done(d.Uploads().Approve(ctx, model.As(model.MSP, d.msp), []int64{d.upload(d.north, d.msp, d.devices(1)...).ID}))
	gone := d.upload(d.north, d.msp, d.devices(1)...)
	deleted := d.done(d.Devices().Delete(ctx, all(north, func(q *model.DeviceQuery) { q.Upload = gone.ID }), nil))
	d.done(d.Resellers().SetAutoApprove(ctx, d.msp, d.north, false, true))
	for _, act := range []model.Done{approved, deleted} {
		_, err := d.Activity().Undo(ctx, act.ActivityID, nil)
		requireCode(t, model.Refused, "builds on it: Preferences changed", err)
	}
}

func TestAllOfAStatusLeavesDevicesWithAnErrorAlone(t *testing.T) {
	d := newDesk(t)
	v := model.As(model.Reseller, d.north)
	u := d.upload(d.north, d.contoso, d.devices(5)...)
	d.done(d.Uploads().Approve(ctx, v, []int64{u.ID}))
	_, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"350000000000001", "not ours"}}, nil)
	require.NoError(t, err)
	verified := all(v, func(q *model.DeviceQuery) { q.Status = model.VerifiedDevice })
	count, err := d.Devices().CountSelection(ctx, verified)
	require.NoError(t, err)
	require.Equal(t, 4, count)
	require.Equal(t, count, d.done(d.Devices().Delete(ctx, verified, nil)).Devices)
	require.Len(t, d.sees(v), 1)
}

func TestWhetherAnActCanBeUndoneIsKnownBefore(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(2)...)
	uploaded, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	require.NoError(t, d.Activity().CanUndo(ctx, uploaded.ID))
	deleted := d.done(d.Devices().Delete(ctx, all(model.As(model.Reseller, d.north)), nil))
	requireCode(t, model.Refused, "builds on it: Devices deleted", d.Activity().CanUndo(ctx, uploaded.ID))
	undone := d.done(d.Activity().Undo(ctx, deleted.ActivityID, nil))
	require.NoError(t, d.Activity().CanUndo(ctx, uploaded.ID))
	requireCode(t, model.Refused, "undone already", d.Activity().CanUndo(ctx, deleted.ActivityID))
	requireCode(t, model.Refused, "cannot be undone", d.Activity().CanUndo(ctx, undone.ActivityID))
	requireCode(t, model.NotFound, "not in the activity log", d.Activity().CanUndo(ctx, 9999))
}

func TestRejectedCustomerMayBeAskedAgain(t *testing.T) {
	d := newDesk(t)
	d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.FullyManaged, nil))
	d.done(d.Managements().Answer(ctx, d.msp, d.contoso, false))
	d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, []model.Service{model.KnoxGuard}))
	d.done(d.Managements().Answer(ctx, d.msp, d.contoso, true))
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
}

func TestMovedUploadWaitsInKnoxGuardAndIsApprovedAtOnceInKnoxMobileEnrollmentUnlessTurnedOff(t *testing.T) {
	for setting, waiting := range map[string][]int{"true": {0, 1}, "false": {1, 1}} {
		d := newDesk(t)
		v := model.As(model.MSP, d.msp)
		require.NoError(t, d.Settings().Set(ctx, MovedApproveAtOnce, setting))
		d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, []model.Service{model.KnoxGuard}))
		d.done(d.Managements().Answer(ctx, d.msp, d.contoso, true))
		d.register(d.north, true)
		d.upload(d.north, d.msp, d.devices(2)...)
		d.done(d.Devices().Move(ctx, all(v), d.contoso, nil))
		services, err := d.Portal().Services(ctx, d.contoso)
		require.NoError(t, err)
		require.Equal(t, waiting, []int{services[0].Waiting, services[1].Waiting}, setting)
	}
}

func TestMovingADeviceOnLeavesTheFirstCustomer(t *testing.T) {
	d, v := movedDesk(t, model.JointlyManaged)
	d.manage(d.fabrikam, model.FullyManaged)
	done := d.done(d.Devices().Move(ctx, all(v), d.fabrikam, nil))
	require.Equal(t, 5, done.Devices)
	require.Empty(t, d.sees(model.As(model.Customer, d.contoso)))
	require.Len(t, d.sees(model.As(model.Customer, d.fabrikam)), 5)
	d.requirePage(d.north, d.msp, 1, 5)
}

func TestSelectionOfAllButSomeFollowsTheSearch(t *testing.T) {
	d := newDesk(t)
	v := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(20)...)
	search := func(text string) func(*model.DeviceQuery) { return func(q *model.DeviceQuery) { q.Search = text } }
	for _, c := range []struct {
		text    string
		devices int
	}{{"R00000000 03", 1}, {"000000000001", 10}, {"R00000000", 8}} {
		sel := all(v, search(c.text))
		ids, err := d.Devices().IDs(ctx, sel.Query)
		require.NoError(t, err)
		if c.devices > 1 {
			sel.IDs = ids[:1]
		}
		sel.Count, err = d.Devices().CountSelection(ctx, sel)
		require.NoError(t, err)
		done := d.done(d.Devices().Delete(ctx, sel, nil))
		require.Equal(t, c.devices, done.Devices, c.text)
	}
}

func TestLogTellsOfActsWithoutIdentifiers(t *testing.T) {
	var out bytes.Buffer
	d := newDesk(t)
	d.Register.log.SetOutput(&out)
	d.Register.log.SetLevel(logrus.InfoLevel)
	devices := d.devices(3)
	d.upload(d.north, d.contoso, devices...)
	_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north)},
		devices, nil)
	require.Error(t, err)
	require.Contains(t, out.String(), "devices uploaded")
	require.Contains(t, out.String(), "conflict")
	require.NotContains(t, out.String(), devices[0].IMEI1)
	require.NotContains(t, out.String(), devices[0].Serial)
}

func TestPagesHearOfAnActOnceAfterItsCommit(t *testing.T) {
	d := newDesk(t)
	var heard []Change
	cancel := d.OnChange(func(c Change) {
		heard = append(heard, c)
		d.sees(model.As(model.Reseller, d.north))
	})
	d.upload(d.north, d.contoso, d.devices(1)...)
	require.Len(t, heard, 1)
	require.True(t, heard[0].Touches(DevicesChanged|UploadsChanged))
	require.False(t, heard[0].Touches(AccountsChanged))
	_, err := d.Customers().Add(ctx, d.north, d.contoso, "")
	require.Error(t, err)
	require.Len(t, heard, 1, "a refused act changes nothing")
	cancel()
	d.upload(d.north, d.contoso, d.devices(1)...)
	require.Len(t, heard, 1)
}
