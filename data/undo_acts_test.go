package data

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// allActs are someActs and those that no portal has: each by whoever sits at the desk just then.
func (d *busy) allActs(rt *rapid.T) []namedAct {
	acts := slices.Concat(d.someActs(rt), d.deskActs(rt), d.portalActs(rt))
	for i, act := range acts {
		acts[i].do = func() (model.Done, error) {
			d.SetPerson(rapid.SampledFrom([]string{"Vera Winkler", "Jan Ott", ""}).Draw(rt, "person"))
			return act.do()
		}
	}
	return acts
}

// few draws some of the devices that the viewer sees.
func (d *busy) few(rt *rapid.T, v model.View) []int64 {
	ids := d.sees(v)
	if len(ids) == 0 {
		return []int64{1}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, min(4, len(ids)), rapid.ID[int64]).Draw(rt, "devices")
}

// deskActs are exchanges, returns, changes of customer and orders.
func (d *busy) deskActs(rt *rapid.T) []namedAct {
	north := model.As(model.Reseller, d.north)
	exchange := func(news func(old int64) model.NewDevice) []Exchange {
		var list []Exchange
		for _, old := range d.few(rt, north) {
			list = append(list, Exchange{Old: old, New: news(old), Reference: "RMA 1"})
		}
		return list
	}
	anOrder := func() int64 {
		orders, err := d.Orders().All(ctx, d.north)
		require.NoError(d.t, err)
		if len(orders) == 0 {
			return 99
		}
		return orders[rapid.IntRange(0, len(orders)-1).Draw(rt, "order")].ID
	}
	return []namedAct{
		{"exchange", func() (model.Done, error) {
			return d.Devices().Exchange(ctx, north, exchange(func(int64) model.NewDevice { return d.devices(1)[0] }), nil)
		}},
		{"exchange the serial number alone", func() (model.Done, error) {
			return d.Devices().Exchange(ctx, north, exchange(func(old int64) model.NewDevice {
				rows, err := d.Devices().Rows(ctx, north, []int64{old})
				require.NoError(d.t, err)
				if len(rows) == 0 {
					return d.devices(1)[0]
				}
				d.made++
				return model.NewDevice{Identifiers: model.Identifiers{IMEI1: rows[0].IMEI1, Serial: fmt.Sprintf("R%010d", d.made)}}
			}), nil)
		}},
		{"return", func() (model.Done, error) {
			return d.Devices().Return(ctx, north, exchange(func(int64) model.NewDevice { return model.NewDevice{} }), nil)
		}},
		{"change customer", func() (model.Done, error) {
			target := rapid.SampledFrom([]int64{d.contoso, d.tailspin, d.msp}).Draw(rt, "target")
			return d.Devices().ChangeCustomer(ctx, only(north, d.few(rt, north)...), model.NewUpload{TargetID: target}, nil)
		}},
		{"add an order", func() (model.Done, error) {
			d.made++
			return d.Orders().Add(ctx, d.north, []model.Order{{TargetID: d.contoso, Number: fmt.Sprintf("PO%d", d.made%4),
				Lines: []model.OrderLine{{Model: "SM-A556B", Expected: 7}}}})
		}},
		{"edit an order", func() (model.Done, error) {
			return d.Orders().Edit(ctx, model.Order{ID: anOrder(), ResellerID: d.north, TargetID: d.tailspin, Number: "PO9",
				Lines: []model.OrderLine{{Model: "SM-A166B", Expected: 2}}})
		}},
		{"close an order", func() (model.Done, error) {
			return d.Orders().Close(ctx, d.north, []int64{anOrder()}, rapid.Bool().Draw(rt, "closed"))
		}},
		{"remove an order", func() (model.Done, error) { return d.Orders().Remove(ctx, d.north, []int64{anOrder()}) }},
	}
}

// portalActs are preferences of pairs, what is carried to the portal and confirmed there, and what is taken over from it.
func (d *busy) portalActs(rt *rapid.T) []namedAct {
	north, msp := model.As(model.Reseller, d.north), model.As(model.MSP, d.msp)
	carry := func(by model.View, note func(model.CarrySelection) (model.Done, error)) (model.Done, error) {
		sel, err := d.Carrying().ToCarry(ctx, by)
		require.NoError(d.t, err)
		if len(sel.Uploads) > 1 && rapid.Bool().Draw(rt, "some uploads") {
			sel.Uploads = sel.Uploads[:len(sel.Uploads)/2]
		}
		return note(sel)
	}
	prefer := func(by model.View, customer int64) (model.Done, error) {
		services := []model.Service{model.KnoxMobileEnrollment, model.KnoxGuard}[:rapid.IntRange(0, 2).Draw(rt, "services")]
		reseller := rapid.SampledFrom([]int64{d.north, d.south}).Draw(rt, "reseller")
		return d.Portal().SetPreference(ctx, by, customer, reseller, services)
	}
	return []namedAct{
		{"preference of the customer", func() (model.Done, error) { return prefer(model.As(model.Customer, d.contoso), d.contoso) }},
		{"preference by the MSP", func() (model.Done, error) { return prefer(msp, d.fabrikam) }},
		{"registered again", func() (model.Done, error) { return d.Customers().CameBack(ctx, d.north, d.contoso) }},
		{"approve for all services", func() (model.Done, error) {
			var ids []int64
			require.NoError(d.t, d.read.Raw("SELECT id FROM uploads WHERE target_id = ? AND devices > 0", d.contoso).Scan(&ids).Error)
			return d.Portal().ApproveInAll(ctx, model.As(model.Customer, d.contoso), d.contoso, ids)
		}},
		{"carry", func() (model.Done, error) {
			return carry(north, func(sel model.CarrySelection) (model.Done, error) { return d.Carrying().MarkCarried(ctx, north, sel) })
		}},
		{"confirm", func() (model.Done, error) {
			return carry(north, func(sel model.CarrySelection) (model.Done, error) { return d.Carrying().Confirm(ctx, north, sel) })
		}},
		{"carry by the MSP", func() (model.Done, error) {
			return carry(msp, func(sel model.CarrySelection) (model.Done, error) { return d.Carrying().MarkCarried(ctx, msp, sel) })
		}},
		{"confirm devices", func() (model.Done, error) { return d.Carrying().ConfirmDevices(ctx, all(north)) }},
		{"take over", func() (model.Done, error) { return d.takeOverSome(rt, north) }},
		{"take over by the MSP", func() (model.Done, error) { return d.takeOverSome(rt, msp) }},
	}
}

// takeOverSome compares with an export that has some devices otherwise, some not and some more, and takes over some of what differs.
func (d *busy) takeOverSome(rt *rapid.T, view model.View) (model.Done, error) {
	devices, err := d.Devices().Rows(ctx, view, d.sees(view))
	require.NoError(d.t, err)
	var lines []model.PortalLine
	for _, device := range devices {
		line := model.PortalLine{Line: len(lines) + 2, Identifiers: device.Identifiers, Model: device.Model, OrderNumber: device.OrderNumber,
			Customer: device.Customer, Status: device.Status}
		switch rapid.IntRange(0, 9).Draw(rt, "otherwise") {
		case 0:
			continue
		case 1:
			line.Customer = rapid.SampledFrom([]string{"Contoso", "Fabrikam", "Tailspin"}).Draw(rt, "customer")
		case 2:
			line.Status = rapid.SampledFrom(model.DeviceStatuses[:3]).Draw(rt, "status")
		case 3:
			line.OrderNumber = "PO7"
		}
		lines = append(lines, line)
	}
	for _, new := range d.devices(rapid.IntRange(0, 2).Draw(rt, "more")) {
		lines = append(lines, model.PortalLine{Line: len(lines) + 2, Identifiers: new.Identifiers, Status: model.VerifiedDevice,
			Customer: "Tailspin", Uploaded: d.now.AddDate(0, -1, 0)})
	}
	c, err := d.Devices().Compare(ctx, view, model.PortalColumns{Customer: true, Status: true, OrderNumber: true},
		func(yield func(model.PortalLine, error) bool) {
			for _, line := range lines {
				if !yield(line, nil) {
					return
				}
			}
		}, func(s string) string { return s }, nil, nil)
	require.NoError(d.t, err)
	at, err := c.IDs(ctx, "")
	require.NoError(d.t, err)
	return c.TakeOver(ctx, at, TakeOver{Target: d.tailspin, Reseller: d.north, LeaveUnknown: true}, nil)
}
