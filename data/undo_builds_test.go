package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/portal"
	"consign/model"
)

// What a later act stands on cannot be undone under it (domain §6): each of these was allowed once, and left an act that had been done to
// devices which were not there any more, or somewhere else.

// standsUnder is nil if the act cannot be undone before the later one, and can after it.
func (d *desk) standsUnder(earlier, later model.Done) {
	d.t.Helper()
	_, err := d.Activity().Undo(ctx, earlier.ActivityID, nil)
	requireCode(d.t, model.Refused, later.Event.String(), err)
	d.done(d.Activity().Undo(ctx, later.ActivityID, nil))
	d.done(d.Activity().Undo(ctx, earlier.ActivityID, nil))
	d.logHolds()
}

// exchanged puts a new device in the place of the north's device at the place, and gives its id.
func (d *desk) exchanged(at int) (model.Done, int64) {
	d.t.Helper()
	north := model.As(model.Reseller, d.north)
	done := d.done(d.Devices().Exchange(ctx, north, []Exchange{{Old: d.sees(north)[at], New: d.devices(1)[0]}}, nil))
	ids := d.sees(north)
	return done, ids[len(ids)-1]
}

func TestExchangeStandsUnderTheMoveOfItsNewDevice(t *testing.T) {
	d, _, msp := exchangeDesk(t)
	done, device := d.exchanged(1)
	d.standsUnder(done, d.done(d.Devices().Move(ctx, only(msp, device), d.contoso, nil)))
}

func TestExchangeStandsUnderAMoveThatFoundItsNewDeviceThereAlready(t *testing.T) {
	d, _, msp := exchangeDesk(t)
	done, device := d.exchanged(0) // at Contoso
	d.standsUnder(done, d.done(d.Devices().Move(ctx, only(msp, device, d.sees(msp)[0]), d.contoso, nil)))
}

func TestExchangeStandsUnderTheReportThatItsNewDeviceFailed(t *testing.T) {
	d, north, _ := exchangeDesk(t)
	done, device := d.exchanged(2)
	report, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{d.deviceRow(north, device).IMEI1, "not authorised"}}, nil)
	d.standsUnder(done, d.done(report, err))
}

func TestMoveStandsUnderALaterMoveThatFoundItsDevicesThere(t *testing.T) {
	d := newDesk(t)
	msp := model.As(model.MSP, d.msp)
	d.upload(d.north, d.msp, d.devices(2)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	first := d.done(d.Devices().Move(ctx, only(msp, d.sees(msp)[0]), d.contoso, nil))
	second := d.done(d.Devices().Move(ctx, all(msp), d.contoso, nil))
	require.Equal(t, 1, second.Devices)
	d.standsUnder(first, second)
}

func TestUploadStandsUnderAChangeOfCustomerThatFoundItsDevicesThere(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(1)...)
	d.upload(d.north, d.fabrikam, d.devices(1)...)
	there := d.done(d.Devices().ChangeCustomer(ctx, only(north, d.sees(north)[0]), model.NewUpload{TargetID: d.fabrikam}, nil))
	d.upload(d.north, d.contoso, d.devices(1)...)
	change := d.done(d.Devices().ChangeCustomer(ctx, all(north), model.NewUpload{TargetID: d.fabrikam}, nil))
	require.Equal(t, 1, change.Devices)
	d.standsUnder(there, change)
}

// shownThere lays what a portal shows of the north's devices, as change makes it, beside the register and takes it over.
func (d *desk) shownThere(change func(*model.PortalLine)) model.Done {
	d.t.Helper()
	north := model.As(model.Reseller, d.north)
	rows, err := d.Devices().Rows(ctx, north, d.sees(north))
	require.NoError(d.t, err)
	says := model.PortalColumns{Customer: true, Status: true}
	c, err := d.Devices().Compare(ctx, north, says, func(yield func(model.PortalLine, error) bool) {
		for i, row := range rows {
			line := model.PortalLine{Line: i + 2, Identifiers: row.Identifiers, Customer: row.Customer, Status: row.Status}
			change(&line)
			if !yield(line, nil) {
				return
			}
		}
	}, portal.CleanOrder, nil, nil)
	require.NoError(d.t, err)
	at, err := c.IDs(ctx, "")
	require.NoError(d.t, err)
	return d.done(c.TakeOver(ctx, at, TakeOver{}, nil))
}

func TestDeletionStandsUnderATakeOverThatFoundTheRestVerified(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(3)...)
	deleted := d.done(d.Devices().Delete(ctx, only(north, d.sees(north)[0]), nil))
	d.standsUnder(deleted, d.shownThere(func(l *model.PortalLine) { l.Status = model.VerifiedDevice }))
}

func TestExchangeStandsUnderATakeOverOfThePortalsError(t *testing.T) {
	d, north, _ := exchangeDesk(t)
	done, device := d.exchanged(2)
	d.done(d.Carrying().Confirm(ctx, north, model.CarrySelection{Acts: []int64{done.ActivityID}}))
	name := d.deviceRow(north, device).IMEI1
	taken := d.shownThere(func(l *model.PortalLine) {
		if l.IMEI1 == name {
			l.Status = model.MPTSError
		}
	})
	_, err := d.Activity().Undo(ctx, done.ActivityID, nil)
	requireCode(t, model.Refused, taken.Event.String(), err)
}

func TestTakeOverIsRefusedWhenAnActCameBetween(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	u := d.upload(d.north, d.contoso, d.devices(2)...)
	rows, err := d.Devices().Rows(ctx, north, d.sees(north))
	require.NoError(t, err)
	c, err := d.Devices().Compare(ctx, north, model.PortalColumns{Status: true}, func(yield func(model.PortalLine, error) bool) {
		for i, row := range rows {
			if !yield(model.PortalLine{Line: i + 2, Identifiers: row.Identifiers, Status: model.VerifiedDevice}, nil) {
				return
			}
		}
	}, portal.CleanOrder, nil, nil)
	require.NoError(t, err)
	at, err := c.IDs(ctx, "")
	require.NoError(t, err)
	require.Len(t, at, 2)
	d.done(d.Uploads().Approve(ctx, north, []int64{u.ID})) // the register says it now as the portal does
	d.unchanged(func() {
		_, err = c.TakeOver(ctx, at, TakeOver{}, nil)
		requireCode(t, model.Refused, "compare again", err)
	})
}

// What a take-over found the same it has nothing to do with: undone, an earlier approval leaves the devices pending (domain §4).
func TestUndoneApprovalLeavesDevicesPendingThoughATakeOverFoundThemVerified(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	verified, other := d.upload(d.north, d.contoso, d.devices(1)...), d.upload(d.north, d.fabrikam, d.devices(1)...)
	approved := d.done(d.Uploads().Approve(ctx, north, []int64{verified.ID}))
	taken := d.shownThere(func(l *model.PortalLine) { l.Status = model.VerifiedDevice })
	require.Equal(t, 1, taken.Devices, "the other one")
	d.done(d.Activity().Undo(ctx, approved.ActivityID, nil))
	for upload, status := range map[int64]model.DeviceStatus{verified.ID: model.PendingDevice, other.ID: model.VerifiedDevice} {
		ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: north, Upload: upload})
		require.NoError(t, err)
		require.Equal(t, status, d.deviceRow(north, ids[0]).Status)
	}
	require.Equal(t, "pending", d.status(d.north, d.contoso))
	d.logHolds()
}

// A delink makes uploads virtual that hold nothing any more, too: the status that their approval earns was seen only after an undoing.
func TestDelinkAfterWhatWasMovedIsGoneLeavesTheStatusThatIsEarned(t *testing.T) {
	d := newDesk(t)
	msp, north := model.As(model.MSP, d.msp), model.As(model.Reseller, d.north)
	d.upload(d.north, d.msp, d.devices(1)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.done(d.Devices().Move(ctx, all(msp), d.contoso, nil)) // Knox Mobile Enrollment approves it at once
	d.done(d.Devices().Delete(ctx, all(north), nil))
	d.upload(d.north, d.contoso, d.devices(1)...)
	require.Equal(t, "pending", d.status(d.north, d.contoso))
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	require.Zero(t, d.value("SELECT count(*) FROM customers WHERE status <> 'inactive' AND status <> "+earnedStatus))
	before := d.status(d.north, d.contoso)
	removed := d.done(d.Customers().RemovedUs(ctx, d.north, d.contoso))
	d.done(d.Activity().Undo(ctx, removed.ActivityID, nil))
	require.Equal(t, before, d.status(d.north, d.contoso))
}
