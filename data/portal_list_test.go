package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// The rules V1 to V12 of domain §5 in the list of a customer's portal: per Knox service the uploads as by keeps them.

// portalList is what the list of a customer's portal shows for a service, in the order of the uploads' ids.
func (d *desk) portalList(by model.View, customer int64, service model.Service, waiting bool) []model.Upload {
	d.t.Helper()
	q := model.UploadQuery{View: by, Target: customer, Service: service, Waiting: waiting}
	ids, err := d.Uploads().IDs(ctx, q)
	require.NoError(d.t, err)
	count, err := d.Uploads().Count(ctx, q)
	require.NoError(d.t, err)
	rows, err := d.Uploads().Rows(ctx, by, service, ids)
	require.NoError(d.t, err)
	require.Len(d.t, rows, count, "every id of the list is a row")
	for _, u := range rows {
		q.Status = u.Status
		same, err := d.Uploads().IDs(ctx, q)
		require.NoError(d.t, err)
		require.Contains(d.t, same, u.ID, "the filter of statuses agrees with the row")
	}
	return rows
}

// parties are the customer itself and those who keep its portal.
func (d *desk) parties(customer int64) (own, msp, reseller model.View) {
	return model.As(model.Customer, customer), model.As(model.MSP, d.msp), model.As(model.Reseller, d.north)
}

func TestV1InThePortalsListADirectUploadWaits(t *testing.T) {
	d := newDesk(t)
	u := d.upload(d.north, d.contoso, d.devices(3)...)
	own, msp, reseller := d.parties(d.contoso)
	for _, by := range []model.View{own, reseller} {
		rows := d.portalList(by, d.contoso, model.KnoxMobileEnrollment, true)
		require.Len(t, rows, 1)
		require.Equal(t, u.ID, rows[0].ID)
		require.Zero(t, rows[0].Verified)
	}
	require.Empty(t, d.portalList(msp, d.contoso, model.KnoxMobileEnrollment, false))
}

func TestUploadThatWaitsInOneServiceIsNotShownAsApprovedForAnothersApproval(t *testing.T) {
	d := newDesk(t)
	own, _, reseller := d.parties(d.contoso)
	d.done(d.Portal().SetServices(ctx, own, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxMobileEnrollment,
		model.KnoxGuard}}))
	d.done(d.Portal().SetPreference(ctx, own, d.contoso, d.north, []model.Service{model.KnoxMobileEnrollment}))
	u := d.upload(d.north, d.contoso, d.devices(3)...)
	whole, err := d.Uploads().ByID(ctx, reseller, u.ID)
	require.NoError(t, err)
	require.False(t, whole.Waits(), "one service approved it")
	for _, by := range []model.View{own, reseller} {
		waits := d.portalList(by, d.contoso, model.KnoxGuard, true)
		require.Len(t, waits, 1)
		require.True(t, waits[0].Waits())
		require.Equal(t, model.Completed, waits[0].Status, "the status speaks of the lines")
		require.Zero(t, waits[0].Verified)
		require.Empty(t, d.portalList(by, d.contoso, model.KnoxMobileEnrollment, true))
		approved := d.portalList(by, d.contoso, model.KnoxMobileEnrollment, false)
		require.Equal(t, model.Completed, approved[0].Status)
		require.Equal(t, 3, approved[0].Verified)
	}
	for _, column := range []string{model.ByVerified} {
		v := d.upload(d.north, d.contoso, d.devices(1)...)
		d.done(d.Portal().Approve(ctx, reseller, d.contoso, model.KnoxGuard, []int64{v.ID}))
		ids, err := d.Uploads().IDs(ctx, model.UploadQuery{View: own, Service: model.KnoxGuard, Sort: []model.Sort{{Column: column}}})
		require.NoError(t, err)
		require.Equal(t, u.ID, ids[0], "what waits comes first by %s", column)
	}
}

func TestV2InThePortalsListAnUploadToTheMSPIsNotThere(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(3)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	own, msp, reseller := d.parties(d.contoso)
	for _, by := range []model.View{own, msp, reseller} {
		require.Empty(t, d.portalList(by, d.contoso, model.KnoxMobileEnrollment, false))
	}
}

// movedInto is movedDesk with a customer whose Knox Guard waits.
func movedInto(t *testing.T, how model.ManagementType) (*desk, model.View) {
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(5)...)
	d.register(d.north, true)
	d.manage(d.contoso, how)
	v := model.As(model.MSP, d.msp)
	d.done(d.Portal().SetServices(ctx, v, d.contoso,
		model.ServicesChange{Services: []model.Service{model.KnoxMobileEnrollment, model.KnoxGuard}}))
	d.done(d.Devices().Move(ctx, only(v, d.sees(v)[:2]...), d.contoso, nil))
	return d, v
}

func TestV3InThePortalsListMovedDevicesAreAnUploadMovedByMSP(t *testing.T) {
	d, msp := movedInto(t, model.JointlyManaged)
	own, _, _ := d.parties(d.contoso)
	for _, by := range []model.View{own, msp} {
		waits := d.portalList(by, d.contoso, model.KnoxGuard, true)
		require.Len(t, waits, 1)
		require.Equal(t, []string{model.MovedByMSP}, waits[0].Tags)
		require.Equal(t, 2, waits[0].Devices)
		require.Empty(t, d.portalList(by, d.contoso, model.KnoxMobileEnrollment, true), "it approves moved ones at once")
		require.Len(t, d.portalList(by, d.contoso, model.KnoxMobileEnrollment, false), 1)
	}
}

func TestV4InThePortalsListMovedDevicesAreNoBusinessOfTheReseller(t *testing.T) {
	d, _ := movedInto(t, model.JointlyManaged)
	own, _, reseller := d.parties(d.contoso)
	require.Len(t, d.portalList(own, d.contoso, model.KnoxGuard, false), 1)
	require.Empty(t, d.portalList(reseller, d.contoso, model.KnoxGuard, false))
}

func TestV5InThePortalsListBothKindsAreThereForTheCustomerAndEachPartyHasItsOwn(t *testing.T) {
	d, msp := movedInto(t, model.FullyManaged)
	direct := d.upload(d.north, d.contoso, d.devices(4)...)
	own, _, reseller := d.parties(d.contoso)
	require.Len(t, d.portalList(own, d.contoso, model.KnoxGuard, true), 2)
	moved := d.portalList(msp, d.contoso, model.KnoxGuard, true)
	require.Len(t, moved, 1)
	require.Equal(t, model.MovedUpload, moved[0].Kind)
	rows := d.portalList(reseller, d.contoso, model.KnoxGuard, true)
	require.Len(t, rows, 1)
	require.Equal(t, direct.ID, rows[0].ID)
}

func TestV6InThePortalsListTheSwitchToJointlyManagedChangesNothing(t *testing.T) {
	d, msp := movedInto(t, model.FullyManaged)
	d.upload(d.north, d.contoso, d.devices(4)...)
	own, _, reseller := d.parties(d.contoso)
	lists := func() (lists [][]model.Upload) {
		for _, by := range []model.View{own, msp, reseller} {
			lists = append(lists, d.portalList(by, d.contoso, model.KnoxGuard, false))
		}
		return lists
	}
	before := lists()
	d.done(d.Managements().SwitchToJoint(ctx, d.msp, d.contoso))
	require.Equal(t, before, lists())
}

func TestV7InThePortalsListADelinkLeavesTheUploadToCustomerAndReseller(t *testing.T) {
	d, msp := movedInto(t, model.JointlyManaged)
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	own, _, reseller := d.parties(d.contoso)
	require.Empty(t, d.portalList(msp, d.contoso, model.KnoxGuard, false))
	for _, by := range []model.View{own, reseller} {
		waits := d.portalList(by, d.contoso, model.KnoxGuard, true)
		require.Len(t, waits, 1)
		require.Equal(t, model.VirtualUpload, waits[0].Kind)
		require.Zero(t, waits[0].Verified)
	}
}

func TestV8InThePortalsListARefusedDelinkChangesNothing(t *testing.T) {
	d, msp := movedInto(t, model.FullyManaged)
	before := d.portalList(msp, d.contoso, model.KnoxGuard, true)
	_, err := d.Managements().RequestDelink(ctx, d.msp, d.contoso)
	requireCode(t, model.Refused, "switch to jointly managed first", err)
	require.Equal(t, before, d.portalList(msp, d.contoso, model.KnoxGuard, true))
}

func TestV9InThePortalsListAnUploadGoesWithItsLastDeviceAndV10ComesAgainAsANewOne(t *testing.T) {
	d := newDesk(t)
	devices := d.devices(2)
	old := d.upload(d.north, d.contoso, devices...)
	own, _, reseller := d.parties(d.contoso)
	d.done(d.Devices().Delete(ctx, only(reseller, d.sees(reseller)[0]), nil))
	require.Equal(t, 1, d.portalList(own, d.contoso, model.KnoxMobileEnrollment, true)[0].Devices)
	d.done(d.Devices().Delete(ctx, all(reseller), nil))
	require.Empty(t, d.portalList(own, d.contoso, model.KnoxMobileEnrollment, false))
	d.upload(d.north, d.contoso, devices...)
	again := d.portalList(own, d.contoso, model.KnoxMobileEnrollment, true)
	require.Len(t, again, 1)
	require.NotEqual(t, old.ID, again[0].ID)
}

func TestV11InThePortalsListAMoveFromTwoResellersIsTwoUploads(t *testing.T) {
	d := newDesk(t)
	for _, reseller := range []int64{d.north, d.south} {
		d.upload(reseller, d.msp, d.devices(2)...)
		d.register(reseller, true)
	}
	d.manage(d.contoso, model.JointlyManaged)
	own, msp, _ := d.parties(d.contoso)
	d.done(d.Portal().SetServices(ctx, msp, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard},
		WaitIn: model.KnoxGuard}))
	d.done(d.Devices().Move(ctx, all(msp), d.contoso, nil))
	for _, by := range []model.View{own, msp} {
		rows := d.portalList(by, d.contoso, model.KnoxGuard, true)
		require.Len(t, rows, 2)
		require.ElementsMatch(t, []int64{d.north, d.south}, []int64{rows[0].ResellerID, rows[1].ResellerID})
	}
}

func TestV12InThePortalsListAnotherResellerSeesNothing(t *testing.T) {
	d, _ := movedInto(t, model.JointlyManaged)
	d.upload(d.north, d.contoso, d.devices(1)...)
	other := model.As(model.Reseller, d.south)
	for _, service := range []model.Service{model.KnoxMobileEnrollment, model.KnoxGuard} {
		require.Empty(t, d.portalList(other, d.contoso, service, false))
	}
	ids, err := d.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Customer, d.contoso), Service: model.KnoxGuard})
	require.NoError(t, err)
	require.NotEmpty(t, ids)
	rows, err := d.Uploads().Rows(ctx, other, model.KnoxGuard, ids)
	require.NoError(t, err)
	require.Empty(t, rows, "not by their ids either")
}

func TestDevicesAtAnotherCustomerAreCounted(t *testing.T) {
	d, msp := movedInto(t, model.JointlyManaged)
	d.manage(d.fabrikam, model.JointlyManaged)
	d.done(d.Devices().Move(ctx, only(msp, d.sees(msp)[2]), d.fabrikam, nil))
	count := func(sel model.DeviceSelection, customer int64) int {
		t.Helper()
		n, err := d.Devices().CountElsewhere(ctx, sel, customer)
		require.NoError(t, err)
		return n
	}
	require.Equal(t, 1, count(all(msp), d.contoso))
	require.Equal(t, 2, count(all(msp), d.fabrikam))
	require.Equal(t, 3, count(all(msp), d.north))
	but := all(msp)
	but.IDs = d.sees(msp)[:1]
	require.Equal(t, 1, count(but, d.fabrikam))
	require.Equal(t, 1, count(only(msp, d.sees(msp)[1:4]...), d.fabrikam))
	require.Equal(t, 3, count(all(msp, func(q *model.DeviceQuery) { q.Search = "3500" }), d.north))
	require.Zero(t, count(only(model.As(model.Reseller, d.south), d.sees(msp)...), d.north))
}
