package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// portalStateOf is the PORTAL of an upload.
func (d *desk) portalStateOf(id int64) model.PortalState {
	d.t.Helper()
	u, err := d.Uploads().Rows(ctx, model.As(model.Reseller, d.north), "", []int64{id})
	require.NoError(d.t, err)
	require.Len(d.t, u, 1)
	ids, err := d.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Reseller, d.north), PortalState: u[0].PortalState})
	require.NoError(d.t, err)
	require.Contains(d.t, ids, id, "the filter agrees with the row")
	return u[0].PortalState
}

func (d *desk) toCarry() model.CarrySelection {
	d.t.Helper()
	sel, err := d.Carrying().ToCarry(ctx, model.As(model.Reseller, d.north))
	require.NoError(d.t, err)
	return sel
}

// deletedThere is what a portal file of the act's deletion names.
func (d *desk) deletedThere(acts ...int64) (names []string) {
	d.t.Helper()
	require.NoError(d.t, d.Carrying().Deleted(ctx, acts, func(c CarriedDevice) error { names = append(names, c.First()); return nil }))
	return names
}

func TestUploadIsToCarryUntilItsPortalFileIsSavedAndThenConfirmed(t *testing.T) {
	d := newDesk(t)
	d.SetPerson("Vera Winkler")
	north := model.As(model.Reseller, d.north)
	u := d.upload(d.north, d.contoso, d.devices(2)...)
	require.Equal(t, model.ToCarry, u.PortalState)
	require.Equal(t, "Vera Winkler", u.UploadedBy)
	d.SetPerson("Jan Ott")
	sel := model.CarrySelection{Uploads: []int64{u.ID}}
	require.Equal(t, sel, d.toCarry())
	carried := d.done(d.Carrying().MarkCarried(ctx, north, sel))
	require.Equal(t, model.Carried, d.portalStateOf(u.ID))
	now, err := d.Uploads().ByID(ctx, north, u.ID)
	require.NoError(t, err)
	require.Equal(t, "Jan Ott", now.CarriedBy)
	require.False(t, now.CarriedAt.IsZero())
	require.Empty(t, d.toCarry())
	confirmed := d.done(d.Carrying().Confirm(ctx, north, sel))
	require.Equal(t, model.Confirmed, d.portalStateOf(u.ID))
	d.unchanged(func() {
		_, err := d.Carrying().Confirm(ctx, north, sel)
		requireCode(t, model.Refused, "confirmed already", err)
		_, err = d.Carrying().MarkCarried(ctx, north, sel)
		requireCode(t, model.Refused, "already", err)
		_, err = d.Carrying().Confirm(ctx, model.As(model.Reseller, d.south), sel)
		requireCode(t, model.NotFound, "not yours", err)
	})
	d.done(d.Activity().Undo(ctx, confirmed.ActivityID, nil))
	require.Equal(t, model.Carried, d.portalStateOf(u.ID))
	d.done(d.Activity().Undo(ctx, carried.ActivityID, nil))
	require.Equal(t, model.ToCarry, d.portalStateOf(u.ID))
	d.logHolds()
}

func TestUploadThatAnMSPReceivesIsCarriedByItsReseller(t *testing.T) {
	d := newDesk(t)
	u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.msp, UploadedBy: model.As(model.MSP, d.msp)},
		d.devices(2), nil)
	require.NoError(t, err)
	require.Empty(t, u.PortalState)
}

func TestUploadThatThePortalHasIsConfirmedAtOnce(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	u, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: north, OnPortal: true},
		d.devices(2), nil)
	require.NoError(t, err)
	require.Equal(t, model.Confirmed, u.PortalState)
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
}

func TestDeletionNamesOnlyWhatThePortalHas(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	devices := d.devices(4)
	carried := d.upload(d.north, d.contoso, devices[:2]...)
	d.done(d.Carrying().MarkCarried(ctx, north, model.CarrySelection{Uploads: []int64{carried.ID}}))
	fresh := d.upload(d.north, d.contoso, devices[2:]...)
	ids := d.sees(north)

	never := d.done(d.Devices().Delete(ctx, only(north, ids[2]), nil))
	require.Equal(t, model.CarrySelection{Uploads: []int64{fresh.ID}}, d.toCarry(), "the portal never had the device")
	require.Empty(t, d.deletedThere(never.ActivityID))
	mixed := d.done(d.Devices().Delete(ctx, only(north, ids[0], ids[3]), nil))
	require.Equal(t, model.CarrySelection{Acts: []int64{mixed.ActivityID}}, d.toCarry(), "the second upload holds nothing any more")
	require.Equal(t, []string{devices[0].IMEI1}, d.deletedThere(mixed.ActivityID))

	_, err := d.Activity().Undo(ctx, 999_999, nil)
	requireCode(t, model.NotFound, "", err)
	saved := d.done(d.Carrying().MarkCarried(ctx, north, model.CarrySelection{Acts: []int64{mixed.ActivityID}}))
	_, err = d.Activity().Undo(ctx, mixed.ActivityID, nil)
	requireCode(t, model.Refused, "Portal files saved", err)
	require.Equal(t, []string{devices[0].IMEI1}, d.deletedThere(mixed.ActivityID))
	d.done(d.Activity().Undo(ctx, saved.ActivityID, nil))
	d.done(d.Activity().Undo(ctx, mixed.ActivityID, nil))
	require.Equal(t, model.CarrySelection{Uploads: []int64{fresh.ID}}, d.toCarry())
	d.logHolds()
}

func TestDevicesOfAWholeUploadConfirmIt(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	a, b := d.upload(d.north, d.contoso, d.devices(2)...), d.upload(d.north, d.contoso, d.devices(2)...)
	ids := d.sees(north)
	d.done(d.Carrying().ConfirmDevices(ctx, only(north, ids[:3]...)))
	require.Equal(t, model.Confirmed, d.portalStateOf(a.ID))
	require.Equal(t, model.ToCarry, d.portalStateOf(b.ID))
	d.unchanged(func() {
		_, err := d.Carrying().ConfirmDevices(ctx, only(north, ids[3]))
		requireCode(t, model.Refused, "all of its devices", err)
	})
}

func TestStatusOfAnUploadSpeaksOfItsLines(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	status := func(id int64) model.UploadStatus {
		u, err := d.Uploads().ByID(ctx, north, id)
		require.NoError(t, err)
		ids, err := d.Uploads().IDs(ctx, model.UploadQuery{View: north, Status: u.Status})
		require.NoError(t, err)
		require.Contains(t, ids, id, "the filter agrees with the row")
		return u.Status
	}
	devices := d.devices(2)
	whole := d.upload(d.north, d.contoso, devices...)
	require.True(t, whole.Waits())
	require.Equal(t, model.Completed, whole.Status, "it waits, and every line became a device")
	for _, figures := range []model.Figures{{Uploaded: 2, Valid: 1, Invalid: 1}, {Uploaded: 2, Valid: 1, Duplicate: 1}} {
		u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: north, Figures: figures},
			d.devices(1), nil)
		require.NoError(t, err)
		require.Equal(t, model.CompletedWithError, status(u.ID), "%+v", figures)
	}
	for i, want := range []model.UploadStatus{model.CompletedWithError, model.UploadError} {
		_, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{devices[i].IMEI1, "not ours"}}, nil)
		require.NoError(t, err)
		require.Equal(t, want, status(whole.ID))
	}
}

func TestEveryActNamesItsPersonAndTheOtherParty(t *testing.T) {
	d := newDesk(t)
	d.SetPerson("Vera\tWinkler")
	require.Equal(t, "Vera Winkler", d.Person())
	d.upload(d.north, d.contoso, d.devices(1)...)
	d.upload(d.north, d.msp, d.devices(1)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	msp := model.As(model.MSP, d.msp)
	d.done(d.Devices().Move(ctx, all(msp), d.contoso, nil))
	ids, err := d.Activity().IDs(ctx, model.ActivityQuery{Person: "Vera Winkler"})
	require.NoError(t, err)
	acts, err := d.Activity().Rows(ctx, ids)
	require.NoError(t, err)
	require.Len(t, acts, 6)
	for _, a := range acts {
		require.Equal(t, "Vera Winkler", a.PerformedBy)
		require.NotEmpty(t, a.ActingAs)
		require.True(t, a.Party == "" || a.Party != a.Customer, "%+v", a)
	}
	require.Equal(t, []string{"", "Adatum Services"}, []string{acts[0].Party, acts[1].Party})
	require.Equal(t, "Northwind Mobile", acts[5].Party, "a move's other party is the reseller of its devices")
	names, err := d.Activity().Persons(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"Vera Winkler"}, names)
	history, err := d.Activity().OfDevice(ctx, d.sees(model.As(model.Customer, d.contoso))[0])
	require.NoError(t, err)
	require.Equal(t, "Vera Winkler", history[0].PerformedBy)
}
