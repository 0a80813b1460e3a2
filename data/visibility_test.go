package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// page returns the UPLOADS and DEVICES of an account on a reseller's Customers page; false if it is not there.
func (d *desk) page(reseller, account int64) (uploads, devices int, there bool) {
	d.t.Helper()
	ids, err := d.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller})
	require.NoError(d.t, err)
	rows, err := d.Customers().Rows(ctx, reseller, ids)
	require.NoError(d.t, err)
	for _, row := range rows {
		if row.AccountID == account {
			return row.Uploads, row.Devices, true
		}
	}
	return 0, 0, false
}

func (d *desk) requirePage(reseller, account int64, uploads, devices int) {
	d.t.Helper()
	u, n, there := d.page(reseller, account)
	require.True(d.t, there, "not on the Customers page")
	require.Equal(d.t, [2]int{uploads, devices}, [2]int{u, n})
}

func TestV1UploadToCustomerWaitsInItsPortal(t *testing.T) {
	d := newDesk(t)
	u := d.upload(d.north, d.contoso, d.devices(3)...)
	d.requirePage(d.north, d.contoso, 1, 3)
	require.Empty(t, d.sees(model.As(model.MSP, d.msp)))
	services, err := d.Portal().Services(ctx, d.contoso)
	require.NoError(t, err)
	require.Equal(t, []model.PortalService{{Service: model.KnoxMobileEnrollment, Waiting: 1}}, services)
	require.Equal(t, "pending", d.status(d.north, d.contoso))
	d.done(d.Portal().Approve(ctx, model.As(model.Reseller, d.north), d.contoso, model.KnoxMobileEnrollment, []int64{u.ID}))
	require.Equal(t, "active", d.status(d.north, d.contoso))
}

func TestV2UploadToMSPWaitsInItsUploads(t *testing.T) {
	d := newDesk(t)
	u := d.upload(d.north, d.msp, d.devices(3)...)
	d.requirePage(d.north, d.msp, 1, 3)
	require.Empty(t, d.sees(model.As(model.MSP, d.msp)), "not approved yet")
	waiting, err := d.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.MSP, d.msp), Waiting: true})
	require.NoError(t, err)
	require.Equal(t, []int64{u.ID}, waiting)
}

// movedDesk has 5 devices of north at the MSP, 2 of them moved to contoso, which is managed as said.
func movedDesk(t *testing.T, how model.ManagementType) (*desk, model.View) {
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(5)...)
	d.register(d.north, true)
	d.manage(d.contoso, how)
	v := model.As(model.MSP, d.msp)
	d.done(d.Devices().Move(ctx, only(v, d.sees(v)[:2]...), d.contoso, nil))
	return d, v
}

func TestV3MovedDeviceStaysUnderMSPForReseller(t *testing.T) {
	d, v := movedDesk(t, model.JointlyManaged)
	d.requirePage(d.north, d.msp, 1, 5)
	require.Len(t, d.sees(v), 5)
	require.Len(t, d.sees(model.As(model.Customer, d.contoso)), 2)
	uploads, err := d.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Customer, d.contoso)})
	require.NoError(t, err)
	rows, err := d.Uploads().Rows(ctx, model.As(model.Customer, d.contoso), "", uploads)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, []string{model.MovedByMSP}, rows[0].Tags)
}

func TestV4CustomerWithOnlyMovedDevicesIsNotOnTheResellersPage(t *testing.T) {
	d, _ := movedDesk(t, model.JointlyManaged)
	_, _, there := d.page(d.north, d.contoso)
	require.False(t, there)
}

func TestV5CustomerWithBothShowsOnlyTheDirectOnesToTheReseller(t *testing.T) {
	d, v := movedDesk(t, model.FullyManaged)
	d.upload(d.north, d.contoso, d.devices(4)...)
	d.requirePage(d.north, d.contoso, 1, 4)
	d.requirePage(d.north, d.msp, 1, 5)
	require.Len(t, d.sees(v), 5)
	require.Len(t, d.sees(model.As(model.Customer, d.contoso)), 6)
}

func TestV6SwitchToJointlyManagedChangesNothingElse(t *testing.T) {
	d, v := movedDesk(t, model.FullyManaged)
	d.upload(d.north, d.contoso, d.devices(4)...)
	before := d.dumpBut("managements", "activity", "activity_subjects")
	d.done(d.Managements().SwitchToJoint(ctx, d.msp, d.contoso))
	require.Equal(t, before, d.dumpBut("managements", "activity", "activity_subjects"))
	require.Len(t, d.sees(v), 5)
}

func TestV7DelinkedCustomerComesToTheResellersPageWithVirtualUploads(t *testing.T) {
	d, v := movedDesk(t, model.JointlyManaged)
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	d.requirePage(d.north, d.contoso, 1, 2)
	d.requirePage(d.north, d.msp, 1, 3)
	require.Len(t, d.sees(v), 3)
	require.Len(t, d.sees(model.As(model.Customer, d.contoso)), 2)
	require.Equal(t, "active", d.status(d.north, d.contoso), "it had approved the moved upload")
	managements, err := d.Managements().IDs(ctx, model.ManagementQuery{MSP: d.msp})
	require.NoError(t, err)
	require.Empty(t, managements)
}

func TestV8FullyManagedCustomerCannotBeDelinked(t *testing.T) {
	d, _ := movedDesk(t, model.FullyManaged)
	d.unchanged(func() {
		_, err := d.Managements().RequestDelink(ctx, d.msp, d.contoso)
		requireCode(t, model.Refused, "switch to jointly managed first", err)
	})
}

func TestV9DeletedDeviceIsGoneForAll(t *testing.T) {
	for name, by := range map[string]model.AccountKind{"by the MSP": model.MSP, "by the reseller": model.Reseller} {
		t.Run(name, func(t *testing.T) {
			d, v := movedDesk(t, model.JointlyManaged)
			moved := d.sees(model.As(model.Customer, d.contoso))
			view := v
			if by == model.Reseller {
				view = model.As(model.Reseller, d.north)
			}
			d.done(d.Devices().Delete(ctx, only(view, moved[0]), nil))
			require.Len(t, d.sees(v), 4)
			require.Len(t, d.sees(model.As(model.Customer, d.contoso)), 1)
			require.Len(t, d.sees(model.As(model.Reseller, d.north)), 4)
			d.requirePage(d.north, d.msp, 1, 4)
		})
	}
}

func TestV10DeletedDeviceUploadedAgainIsANewPendingDevice(t *testing.T) {
	d := newDesk(t)
	devices := d.devices(2)
	d.upload(d.north, d.msp, devices...)
	r := model.As(model.Reseller, d.north)
	old := d.sees(r)
	d.done(d.Devices().Delete(ctx, only(r, old...), nil))
	d.upload(d.north, d.msp, devices...)
	now := d.sees(r)
	require.Len(t, now, 2)
	require.NotContains(t, now, old[0])
	rows, err := d.Devices().Rows(ctx, r, now)
	require.NoError(t, err)
	require.Equal(t, model.PendingDevice, rows[0].Status)
}

func TestV11MovingDevicesOfTwoResellersMakesTwoUploadsInOneAct(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(3)...)
	d.upload(d.south, d.msp, d.devices(2)...)
	d.register(d.north, false)
	d.register(d.south, false)
	d.manage(d.contoso, model.JointlyManaged)
	v := model.As(model.MSP, d.msp)
	acts := d.value("SELECT count(*) FROM activity")
	done := d.done(d.Devices().Move(ctx, all(v), d.contoso, nil))
	require.Equal(t, 5, done.Devices)
	require.Equal(t, acts+1, d.value("SELECT count(*) FROM activity"))
	uploads, err := d.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Customer, d.contoso)})
	require.NoError(t, err)
	require.Len(t, uploads, 2)
	require.Len(t, d.sees(model.As(model.Reseller, d.south)), 2)
}

func TestV12AnotherResellerSeesNothing(t *testing.T) {
	d, _ := movedDesk(t, model.JointlyManaged)
	devices := d.devices(1)
	u := d.upload(d.north, d.contoso, devices...)
	other := model.As(model.Reseller, d.south)
	require.Empty(t, d.sees(other))
	uploads, err := d.Uploads().IDs(ctx, model.UploadQuery{View: other})
	require.NoError(t, err)
	require.Empty(t, uploads)
	d.unchanged(func() {
		_, err := d.Uploads().Approve(ctx, other, []int64{u.ID})
		requireCode(t, model.NotFound, "not on your Uploads page", err)
		_, err = d.Devices().Delete(ctx, only(other, d.sees(model.As(model.Reseller, d.north))...), nil)
		requireCode(t, model.Refused, "None of these devices", err)
		_, _, err = d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.south, TargetID: d.contoso, UploadedBy: other}, devices, nil)
		requireCode(t, model.Conflict, "registered by another reseller", err)
		require.NotContains(t, err.Error(), "Contoso")
	})
}
