package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// Who decides what (domain §4): each point of the list has its test.

func TestPendingMSPDecidesNothingInCustomersPortal(t *testing.T) {
	for _, status := range []model.ManagementStatus{model.PendingManagement, model.RejectedManagement, model.DelinkRequested} {
		t.Run(string(status), func(t *testing.T) {
			d := newDesk(t)
			msp := model.As(model.MSP, d.msp)
			u := d.upload(d.north, d.contoso, d.devices(2)...)
			d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, nil))
			switch status {
			case model.RejectedManagement:
				d.done(d.Managements().Answer(ctx, d.msp, d.contoso, false))
			case model.DelinkRequested:
				d.done(d.Managements().Answer(ctx, d.msp, d.contoso, true))
				d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
			}
			d.unchanged(func() {
				_, err := d.Portal().Approve(ctx, msp, d.contoso, model.KnoxMobileEnrollment, []int64{u.ID})
				requireCode(t, model.Refused, "is not active", err)
				_, err = d.Portal().ApproveInAll(ctx, msp, d.contoso, []int64{u.ID})
				requireCode(t, model.Refused, "is not active", err)
				_, err = d.Portal().SetServices(ctx, msp, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxManage}})
				requireCode(t, model.Refused, "is not active", err)
				_, err = d.Portal().SetPreference(ctx, msp, d.contoso, d.north, []model.Service{model.KnoxMobileEnrollment})
				requireCode(t, model.Refused, "is not active", err)
			})
		})
	}
}

func TestMSPApprovesDirectUploadsOfFullyManagedCustomersOnly(t *testing.T) {
	d := newDesk(t)
	msp := model.As(model.MSP, d.msp)
	u := d.upload(d.north, d.contoso, d.devices(2)...)
	d.manage(d.contoso, model.FullyManaged)
	joint := d.done(d.Managements().SwitchToJoint(ctx, d.msp, d.contoso))
	d.unchanged(func() {
		_, err := d.Portal().Approve(ctx, msp, d.contoso, model.KnoxMobileEnrollment, []int64{u.ID})
		requireCode(t, model.Refused, "jointly managed", err)
	})
	d.done(d.Activity().Undo(ctx, joint.ActivityID, nil))
	d.done(d.Portal().Approve(ctx, msp, d.contoso, model.KnoxMobileEnrollment, []int64{u.ID}))
	require.Equal(t, "active", d.status(d.north, d.contoso))
}

func TestPreferenceOfOneResellerVerifiesNoOthersDevices(t *testing.T) {
	d := newDesk(t)
	own := model.As(model.Customer, d.contoso)
	d.done(d.Portal().SetPreference(ctx, own, d.contoso, d.north, []model.Service{model.KnoxMobileEnrollment}))
	require.False(t, d.upload(d.north, d.contoso, d.devices(1)...).Waits())
	require.True(t, d.upload(d.south, d.contoso, d.devices(1)...).Waits())
	d.unchanged(func() {
		_, err := d.Portal().SetPreference(ctx, model.As(model.Reseller, d.south), d.contoso, d.north, nil)
		requireCode(t, model.NotFound, "another reseller", err)
	})
	d.done(d.Portal().SetPreference(ctx, own, d.contoso, d.north, nil))
	require.True(t, d.upload(d.north, d.contoso, d.devices(1)...).Waits())
}

func TestApprovedElsewhereIsRefusedWhereTheTargetIsOurs(t *testing.T) {
	d := newDesk(t)
	u := d.upload(d.north, d.msp, d.devices(1)...)
	d.unchanged(func() {
		_, err := d.Uploads().Approve(ctx, model.As(model.Reseller, d.north), []int64{u.ID})
		requireCode(t, model.Refused, "on its own page", err)
	})
	elsewhere := d.account(model.MSP, "1979621310", "Elsewhere", false)
	d.done(d.Uploads().Approve(ctx, model.As(model.Reseller, d.north), []int64{d.upload(d.north, elsewhere, d.devices(1)...).ID}))
	require.Equal(t, "active", d.status(d.north, elsewhere))
}

func TestFullyManagedBecomesJointlyManagedWhilePending(t *testing.T) {
	d := newDesk(t)
	d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.FullyManaged, nil))
	d.done(d.Managements().SwitchToJoint(ctx, d.msp, d.contoso))
	d.done(d.Managements().Request(ctx, d.msp, d.fabrikam, model.FullyManaged, nil))
	d.done(d.Managements().Answer(ctx, d.msp, d.fabrikam, false))
	_, err := d.Managements().SwitchToJoint(ctx, d.msp, d.fabrikam)
	requireCode(t, model.Refused, "not active", err)
}

func TestServiceInWhichUploadsWaitIsNotRemovedUnasked(t *testing.T) {
	own := func(d *desk) model.View { return model.As(model.Customer, d.contoso) }
	d := newDesk(t)
	u := d.upload(d.north, d.contoso, d.devices(2)...)
	d.unchanged(func() {
		_, err := d.Portal().SetServices(ctx, own(d), d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard}})
		requireCode(t, model.Refused, "wait in Knox Mobile Enrollment", err)
		_, err = d.Portal().SetServices(ctx, own(d), d.contoso, model.ServicesChange{Approve: true})
		requireCode(t, model.Refused, "at least one Knox service", err)
		_, err = d.Portal().SetServices(ctx, own(d), d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard},
			WaitIn: model.KnoxManage})
		requireCode(t, model.Invalid, "that the customer uses", err)
	})
	waits := d.done(d.Portal().SetServices(ctx, own(d), d.contoso,
		model.ServicesChange{Services: []model.Service{model.KnoxGuard}, WaitIn: model.KnoxGuard}))
	require.Len(t, d.portalList(own(d), d.contoso, model.KnoxGuard, true), 1)
	d.done(d.Activity().Undo(ctx, waits.ActivityID, nil))
	require.Len(t, d.portalList(own(d), d.contoso, model.KnoxMobileEnrollment, true), 1)
	require.Empty(t, d.portalList(own(d), d.contoso, model.KnoxGuard, false))

	approves := d.done(d.Portal().SetServices(ctx, own(d), d.contoso,
		model.ServicesChange{Services: []model.Service{model.KnoxGuard}, Approve: true}))
	now, err := d.Uploads().ByID(ctx, model.As(model.Reseller, d.north), u.ID)
	require.NoError(t, err)
	require.False(t, now.Waits())
	d.done(d.Activity().Undo(ctx, approves.ActivityID, nil))
	now, err = d.Uploads().ByID(ctx, model.As(model.Reseller, d.north), u.ID)
	require.NoError(t, err)
	require.True(t, now.Waits())
	d.logHolds()
}

func TestServiceIsGivenUpByWhoMayNotApproveOnlyWithItsUploadsWaitingElsewhere(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(1)...)
	d.upload(d.south, d.contoso, d.devices(1)...)
	d.manage(d.contoso, model.JointlyManaged)
	left := model.ServicesChange{Services: []model.Service{model.KnoxManage}}
	for by, part := range map[model.View]string{
		model.As(model.Reseller, d.north): "Not all of the uploads that wait are yours to approve",
		model.As(model.MSP, d.msp):        "approves the uploads of resellers itself",
	} {
		waiting, refused, err := d.Portal().Leaving(ctx, by, d.contoso, left.Services)
		require.NoError(t, err)
		require.Equal(t, 2, waiting)
		requireCode(t, model.Refused, part, refused)
		d.unchanged(func() {
			approve := left
			approve.Approve = true
			_, err := d.Portal().SetServices(ctx, by, d.contoso, approve)
			requireCode(t, model.Refused, part, err)
		})
	}
	waiting, refused, err := d.Portal().Leaving(ctx, model.As(model.Customer, d.contoso), d.contoso, left.Services)
	require.NoError(t, err)
	require.NoError(t, refused)
	require.Equal(t, 2, waiting)
	left.WaitIn = model.KnoxManage
	d.done(d.Portal().SetServices(ctx, model.As(model.Reseller, d.north), d.contoso, left))
	services, err := d.Portal().Services(ctx, d.contoso)
	require.NoError(t, err)
	require.Len(t, services, 1)
	require.Equal(t, 2, services[0].Waiting)
}

func TestDeletionIsNotUndoneOnceItsUploadCannotWaitAnyMore(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(2)...)
	gone := d.done(d.Devices().Delete(ctx, all(north), nil))
	changed := d.done(d.Portal().SetServices(ctx, north, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard}}))
	_, err := d.Activity().Undo(ctx, gone.ActivityID, nil)
	requireCode(t, model.Refused, "Services changed", err)
	d.done(d.Activity().Undo(ctx, changed.ActivityID, nil))
	d.done(d.Activity().Undo(ctx, gone.ActivityID, nil))
}

func TestInactiveStaysSoUntilItIsRegisteredAgain(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	u := d.upload(d.north, d.contoso, d.devices(2)...)
	d.done(d.Customers().RemovedUs(ctx, d.north, d.contoso))
	d.done(d.Portal().ApproveInAll(ctx, north, d.contoso, []int64{u.ID}))
	require.Equal(t, "inactive", d.status(d.north, d.contoso))
	back := d.done(d.Customers().CameBack(ctx, d.north, d.contoso))
	require.Equal(t, "active", d.status(d.north, d.contoso))
	_, err := d.Customers().CameBack(ctx, d.north, d.contoso)
	requireCode(t, model.Refused, "did not remove us", err)
	d.done(d.Activity().Undo(ctx, back.ActivityID, nil))
	require.Equal(t, "inactive", d.status(d.north, d.contoso))

	d.register(d.north, true)
	d.upload(d.north, d.msp, d.devices(1)...)
	d.done(d.Resellers().Remove(ctx, d.msp, d.north))
	d.upload(d.north, d.msp, d.devices(1)...)
	require.Equal(t, "inactive", d.status(d.north, d.msp))
	_, err = d.Customers().CameBack(ctx, d.north, d.msp)
	requireCode(t, model.Refused, "on its own page", err)
	d.register(d.north, false)
	require.Equal(t, "active", d.status(d.north, d.msp))
}

func TestRegistrationThatDecidedNothingIsUndoneThoughAnUploadWaits(t *testing.T) {
	d := newDesk(t)
	nothing := d.done(d.Resellers().Register(ctx, d.msp, d.north, false, false))
	trusting := d.done(d.Resellers().Register(ctx, d.msp, d.south, true, false))
	d.upload(d.north, d.msp, d.devices(1)...)
	d.upload(d.south, d.msp, d.devices(1)...)
	d.done(d.Activity().Undo(ctx, nothing.ActivityID, nil))
	_, err := d.Activity().Undo(ctx, trusting.ActivityID, nil)
	requireCode(t, model.Refused, "something later builds on it", err)
}

func TestServicesChangedIsNotUndoneUnderALaterRequest(t *testing.T) {
	d := newDesk(t)
	changed := d.done(d.Portal().SetServices(ctx, model.As(model.Customer, d.contoso), d.contoso,
		model.ServicesChange{Services: []model.Service{model.KnoxMobileEnrollment, model.KnoxManage}}))
	request := d.done(d.Managements().Request(ctx, d.msp, d.contoso, model.JointlyManaged, []model.Service{model.KnoxManage}))
	_, err := d.Activity().Undo(ctx, changed.ActivityID, nil)
	requireCode(t, model.Refused, "Customer requested", err)
	d.done(d.Activity().Undo(ctx, request.ActivityID, nil))
	d.done(d.Activity().Undo(ctx, changed.ActivityID, nil))
}

func TestFailedDevicesMoveAndReportAreUndoneInEitherOrder(t *testing.T) {
	for _, moveFirst := range []bool{true, false} {
		for _, undoMoveFirst := range []bool{true, false} {
			d := newDesk(t)
			msp, north := model.As(model.MSP, d.msp), model.As(model.Reseller, d.north)
			devices := d.devices(3)
			d.upload(d.north, d.msp, devices...)
			d.register(d.north, true)
			d.manage(d.contoso, model.JointlyManaged)
			var moved, reported model.Done
			move := func() { moved = d.done(d.Devices().Move(ctx, only(msp, d.sees(msp)[:2]...), d.contoso, nil)) }
			if moveFirst {
				move()
			}
			done, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{devices[0].IMEI1, "stolen"}}, nil)
			require.NoError(t, err)
			if reported = done; !moveFirst {
				move()
			}
			acts := []model.Done{moved, reported}
			if !undoMoveFirst {
				acts = []model.Done{reported, moved}
			}
			for _, act := range acts {
				d.done(d.Activity().Undo(ctx, act.ActivityID, nil))
				d.logHolds()
			}
			for _, status := range []model.DeviceStatus{model.MPTSError, model.VerifiedDevice} {
				n, err := d.Devices().Count(ctx, model.DeviceQuery{View: north, Status: status})
				require.NoError(t, err)
				require.Equal(t, map[model.DeviceStatus]int{model.VerifiedDevice: 3}[status], n)
			}
			require.Empty(t, d.sees(model.As(model.Customer, d.contoso)))
		}
	}
}

func TestRefusalBecauseTheLogNamesAnAccountSaysWhichAct(t *testing.T) {
	d := newDesk(t)
	added, err := d.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: "4600009999", CompanyName: "Litware"})
	require.NoError(t, err)
	act, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	u, uploaded, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: added.ID, UploadedBy: model.As(model.Reseller,
		d.north)},
		d.devices(1), nil)
	require.NoError(t, err)
	require.NotZero(t, u.ID)
	d.done(d.Activity().Undo(ctx, uploaded.ActivityID, nil))
	_, err = d.Activity().Undo(ctx, act.ID, nil)
	requireCode(t, model.Refused, "Undone", err)
}

func TestDelinkSaysHowManyDevicesTheResellerWillSeeAsPendingAgain(t *testing.T) {
	d, msp := movedDesk(t, model.JointlyManaged)
	d.done(d.Portal().SetServices(ctx, msp, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard}}))
	d.done(d.Devices().Move(ctx, only(msp, d.sees(msp)[2:4]...), d.contoso, nil))
	unapproved := func() int {
		ids, err := d.Managements().IDs(ctx, model.ManagementQuery{MSP: d.msp})
		require.NoError(t, err)
		rows, err := d.Managements().Rows(ctx, d.msp, ids)
		require.NoError(t, err)
		return rows[0].Unapproved
	}
	require.Equal(t, 2, unapproved(), "Knox Guard has not approved the second move")
	devices, err := d.Devices().Rows(ctx, msp, d.sees(msp))
	require.NoError(t, err)
	approved := 0
	for _, device := range devices {
		if device.CustomerApproved {
			approved++
		}
	}
	require.Equal(t, 2, approved, "the column of the customer's approval")
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	n, err := d.Devices().Count(ctx, model.DeviceQuery{View: model.As(model.Reseller, d.north), Status: model.PendingDevice})
	require.NoError(t, err)
	require.Equal(t, 2, n)
}

func TestDeviceReachedThroughTwoMSPsShowsTheMSPOfTheNewestMove(t *testing.T) {
	d, _ := movedDesk(t, model.JointlyManaged)
	second := d.account(model.MSP, "1979621310", "Zweite MSP", true)
	d.done(d.Resellers().Register(ctx, second, d.north, true, false))
	d.done(d.Managements().Request(ctx, second, d.contoso, model.JointlyManaged, nil))
	d.done(d.Managements().Answer(ctx, second, d.contoso, true))
	d.upload(d.north, d.contoso, d.devices(1)...)
	d.upload(d.north, second, d.devices(1)...)
	v := model.As(model.MSP, second)
	shown := func() string {
		rows, err := d.Customers().Rows(ctx, d.north, d.customerIDs(d.north))
		require.NoError(t, err)
		for _, row := range rows {
			if row.AccountID == d.contoso {
				return row.ShownID
			}
		}
		return ""
	}
	require.Equal(t, "1979621309", shown())
	moved := d.done(d.Devices().Move(ctx, only(v, d.sees(v)...), d.contoso, nil))
	require.Equal(t, "1979621310", shown(), "the newest move is the second MSP's")
	d.done(d.Activity().Undo(ctx, moved.ActivityID, nil))
	require.Equal(t, "1979621309", shown())
}

func TestFindSaysWhatWaitsInAnUpload(t *testing.T) {
	d := newDesk(t)
	devices := d.devices(1)
	d.upload(d.north, d.msp, devices...)
	found, err := d.Devices().Seek(ctx, model.As(model.MSP, d.msp), 0, []model.Identifiers{devices[0].Identifiers})
	require.NoError(t, err)
	require.Equal(t, model.SoughtElsewhere, found[0].Is)
	require.Equal(t, "Waits in an upload of Northwind Mobile.", found[0].Where.String())
}

func (d *desk) customerIDs(reseller int64) []int64 {
	ids, err := d.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller})
	require.NoError(d.t, err)
	return ids
}
