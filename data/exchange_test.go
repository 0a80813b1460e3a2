package data

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// exchangeDesk has a device at an MSP's customer, another that waits at the MSP, and one uploaded to a customer.
func exchangeDesk(t *testing.T) (d *desk, north, msp model.View) {
	d = newDesk(t)
	north, msp = model.As(model.Reseller, d.north), model.As(model.MSP, d.msp)
	d.upload(d.north, d.msp, d.devices(2)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.done(d.Devices().Move(ctx, only(msp, d.sees(msp)[0]), d.contoso, nil))
	d.upload(d.north, d.contoso, d.devices(1)...)
	return d, north, msp
}

func (d *desk) deviceRow(v model.View, id int64) model.Device {
	d.t.Helper()
	rows, err := d.Devices().Rows(ctx, v, []int64{id})
	require.NoError(d.t, err)
	require.Len(d.t, rows, 1)
	return rows[0]
}

func TestExchangedDeviceTakesTheOldOnesPlace(t *testing.T) {
	d, north, msp := exchangeDesk(t)
	before := map[model.View][]int64{north: d.sees(north), msp: d.sees(msp)}
	olds := before[north]
	places := []model.Device{d.deviceRow(msp, olds[0]), d.deviceRow(msp, olds[1]), d.deviceRow(north, olds[2])}
	news := d.devices(3)
	var list []Exchange
	for i, old := range olds {
		list = append(list, Exchange{Old: old, New: model.NewDevice{Identifiers: news[i].Identifiers}, Reference: "RMA 1",
			Day: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Note: "display"})
	}
	done := d.done(d.Devices().Exchange(ctx, north, list, nil))
	require.Equal(t, 3, done.Devices)
	d.logHolds()
	now := d.sees(north)
	require.Len(t, now, 3)
	for i, view := range []model.View{msp, msp, north} {
		row := d.deviceRow(view, now[i])
		require.Equal(t, news[i].Identifiers, row.Identifiers)
		require.Equal(t, model.Exchanging, row.Status)
		require.Equal(t, []any{places[i].UploadID, places[i].CustomerID, places[i].Model}, []any{row.UploadID, row.CustomerID, row.Model})
		for _, id := range []int64{olds[i], now[i]} { // both know of each other
			found, err := d.Devices().Exchanges(ctx, id)
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, []any{olds[i], now[i], "RMA 1", "display"}, []any{found[0].Old, found[0].New, found[0].Reference, found[0].Note})
			history, err := d.Activity().OfDevice(ctx, id)
			require.NoError(t, err)
			require.Contains(t, eventsOf(history), model.DevicesExchanged)
		}
	}
	counts := func(want map[model.DeviceStatus]int) {
		t.Helper()
		for _, status := range model.DeviceStatuses {
			n, err := d.Devices().Count(ctx, model.DeviceQuery{View: north, Status: status})
			require.NoError(t, err)
			require.Equal(t, want[status], n, string(status))
			ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: north, Status: status})
			require.NoError(t, err)
			require.Len(t, ids, n)
		}
	}
	counts(map[model.DeviceStatus]int{model.Exchanging: 3})
	require.Equal(t, []int64{done.ActivityID}, d.toCarry().Acts)
	confirmed := d.done(d.Carrying().Confirm(ctx, north, model.CarrySelection{Acts: []int64{done.ActivityID}}))
	counts(map[model.DeviceStatus]int{model.VerifiedDevice: 2, model.PendingDevice: 1})

	_, err := d.Activity().Undo(ctx, done.ActivityID, nil)
	requireCode(t, model.Refused, "Confirmed at the portal", err)
	d.done(d.Activity().Undo(ctx, confirmed.ActivityID, nil))
	d.sealAnew()
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	for view, ids := range before {
		require.Equal(t, ids, d.sees(view))
	}
	require.Equal(t, places[0], d.deviceRow(msp, olds[0]))
	d.logHolds()
}

func eventsOf(history []model.Activity) (events []model.Event) {
	for _, a := range history {
		events = append(events, a.Event)
	}
	return events
}

func TestRepairedPhoneKeepsItsSerialNumberThroughAnExchange(t *testing.T) {
	d, north, _ := exchangeDesk(t)
	old := d.deviceRow(north, d.sees(north)[2])
	ids := old.Identifiers
	ids.IMEI1 = d.devices(1)[0].IMEI1
	done := d.done(d.Devices().Exchange(ctx, north, []Exchange{{Old: old.ID, New: model.NewDevice{Identifiers: ids}}}, nil))
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Equal(t, old, d.deviceRow(north, old.ID))
	d.logHolds()
}

func TestExchangeIsRefusedForAnIdentifierThatALivingDeviceHas(t *testing.T) {
	d, north, msp := exchangeDesk(t)
	ids := d.sees(north)
	taken := d.deviceRow(north, ids[1]).Identifiers
	d.unchanged(func() {
		_, err := d.Devices().Exchange(ctx, north, []Exchange{{Old: ids[0], New: model.NewDevice{Identifiers: taken}}}, nil)
		requireCode(t, model.Conflict, taken.IMEI1, err)
		_, err = d.Devices().Exchange(ctx, north, []Exchange{{Old: ids[0]}}, nil)
		requireCode(t, model.Invalid, "needs an IMEI", err)
		fresh := model.NewDevice{Identifiers: model.Identifiers{Serial: "R9999999999"}}
		_, err = d.Devices().Exchange(ctx, msp, []Exchange{{Old: ids[0], New: fresh}}, nil)
		requireCode(t, model.Refused, "by their reseller", err)
		_, err = d.Devices().Exchange(ctx, model.As(model.Reseller, d.south), []Exchange{{Old: ids[0], New: fresh}}, nil)
		requireCode(t, model.Refused, "None of these", err)
		_, err = d.Devices().Exchange(ctx, north, []Exchange{{Old: ids[0], New: fresh}, {Old: ids[0], New: fresh}}, nil)
		requireCode(t, model.Invalid, "twice", err)
		_, err = d.Devices().Exchange(ctx, north, nil, nil)
		requireCode(t, model.Invalid, "at least one", err)
	})
}

func TestReturnedDeviceIsGoneWithItsReference(t *testing.T) {
	d, north, msp := exchangeDesk(t)
	ids := d.sees(north)
	done := d.done(d.Devices().Return(ctx, north, []Exchange{{Old: ids[0], Reference: "RMA 2"}}, nil))
	require.Len(t, d.sees(north), 2)
	require.Len(t, d.sees(msp), 1)
	found, err := d.Devices().Exchanges(ctx, ids[0])
	require.NoError(t, err)
	require.Equal(t, []any{int64(0), "RMA 2"}, []any{found[0].New, found[0].Reference})
	d.logHolds()
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Equal(t, ids, d.sees(north))
	found, err = d.Devices().Exchanges(ctx, ids[0])
	require.NoError(t, err)
	require.Empty(t, found)
	d.logHolds()
}

func TestChangeOfCustomerDeletesThereAndUploadsHereInOneAct(t *testing.T) {
	d, north, msp := exchangeDesk(t)
	d.done(d.Carrying().MarkCarried(ctx, north, d.toCarry()))
	ids := d.sees(north)
	names := []string{d.deviceRow(north, ids[0]).IMEI1, d.deviceRow(north, ids[2]).IMEI1}
	done := d.done(d.Devices().ChangeCustomer(ctx, only(north, ids[0], ids[2]), model.NewUpload{TargetID: d.fabrikam, OrderNumber: "PO 7"},
		nil))
	require.Equal(t, 2, done.Devices)
	d.logHolds()
	require.Equal(t, []int64{ids[1]}, d.sees(msp))
	moved := d.sees(model.As(model.Customer, d.fabrikam))
	require.Len(t, moved, 2)
	sel := d.toCarry()
	require.Equal(t, []int64{done.ActivityID}, sel.Acts)
	require.Len(t, sel.Uploads, 1)
	require.Equal(t, names, d.deletedThere(sel.Acts...))
	row := d.deviceRow(north, moved[0])
	require.Equal(t, []any{d.fabrikam, model.PendingDevice, names[0]}, []any{row.CustomerID, row.Status, row.IMEI1})
	d.unchanged(func() {
		_, err := d.Devices().ChangeCustomer(ctx, only(north, moved...), model.NewUpload{TargetID: d.fabrikam}, nil)
		requireCode(t, model.Refused, "at this customer already", err)
		_, err = d.Devices().ChangeCustomer(ctx, only(msp, ids[1]), model.NewUpload{TargetID: d.fabrikam}, nil)
		requireCode(t, model.Refused, "an MSP moves", err)
	})
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Equal(t, ids, d.sees(north))
	require.Equal(t, ids[:2], d.sees(msp))
	d.logHolds()
}
