package data

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestOrderCountsDownOverSeveralUploads(t *testing.T) {
	o := newPortalOffice(t)
	orders, ctx := o.r.Orders(), t.Context()
	added, err := orders.Add(ctx, o.view.Account, []model.Order{{TargetID: o.customers[0].ID, Number: "PO-1",
		Day:   time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC),
		Lines: []model.OrderLine{{Model: "sm-a556b", Expected: 5}, {Expected: 2}}}})
	require.NoError(t, err)
	read := func() model.Order {
		all, err := orders.All(ctx, o.view.Account)
		require.NoError(t, err)
		require.Len(t, all, 1)
		return all[0]
	}
	require.Equal(t, 7, read().Open())
	require.Equal(t, "2026-11-02", read().Day.Format(time.DateOnly))
	o.upload(o.customers[0], "PO-1", 0, 3)
	o.upload(o.customers[1], "PO-1", 10, 3) // another customer's order
	o.upload(o.customers[0], "PO-2", 20, 3)
	require.Equal(t, []int{4, 3, 1}, []int{read().Open(), read().Delivered(), read().Uploads})
	_, _, err = o.r.Uploads().Add(ctx, model.NewUpload{ResellerID: o.view.Account, TargetID: o.customers[0].ID, UploadedBy: o.view,
		OrderNumber: "PO-1"}, []model.NewDevice{{Identifiers: model.Identifiers{Serial: "R52N0000001"}, Model: "SM-X216B"},
		{Identifiers: model.Identifiers{Serial: "R52N0000002"}}}, nil)
	require.NoError(t, err)
	second := o.upload(o.customers[0], "PO-1", 30, 2)
	require.Equal(t, model.DeliveredOrder, read().State())
	require.Equal(t, 3, read().Uploads)
	_, err = o.r.Devices().Delete(ctx, model.DeviceSelection{Query: model.DeviceQuery{View: o.view, Upload: second.ID}, All: true,
		Count: 2}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, read().Open(), "what was taken away is to come again")

	_, err = orders.Add(ctx, o.view.Account, []model.Order{{TargetID: o.customers[0].ID, Number: " PO-1 ",
		Lines: []model.OrderLine{{Expected: 1}}}})
	require.Equal(t, model.Exists, model.CodeOf(err))
	closed, err := orders.Close(ctx, o.view.Account, []int64{read().ID}, true)
	require.NoError(t, err)
	require.Equal(t, model.ClosedOrder, read().State())
	_, err = o.r.Activity().Undo(ctx, added.ActivityID, nil)
	require.Equal(t, model.Refused, model.CodeOf(err), "it was closed since")
	_, err = o.r.Activity().Undo(ctx, closed.ActivityID, nil)
	require.NoError(t, err)
	changed := read()
	changed.Lines = []model.OrderLine{{Expected: 100}}
	edited, err := orders.Edit(ctx, changed)
	require.NoError(t, err)
	require.Equal(t, 95, read().Open())
	gone, err := orders.Remove(ctx, o.view.Account, []int64{changed.ID})
	require.NoError(t, err)
	for _, done := range []model.Done{gone, edited} {
		_, err = o.r.Activity().Undo(ctx, done.ActivityID, nil)
		require.NoError(t, err)
	}
	require.Equal(t, 2, read().Open())
	open, err := orders.Open(ctx, o.view.Account, o.customers[1].ID)
	require.NoError(t, err)
	require.Empty(t, open)
	check, err := o.r.Safe().CheckLog(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, check.Breaks)
}

func TestOrderWithoutACountOrWithAModelTwiceIsRefused(t *testing.T) {
	o := newPortalOffice(t)
	for _, lines := range [][]model.OrderLine{nil, {{}}, {{Model: "A", Expected: 1}, {Model: "a", Expected: 1}}, {{Expected: -1}}} {
		_, err := o.r.Orders().Add(t.Context(), o.view.Account, []model.Order{{TargetID: o.customers[0].ID, Number: "PO-1", Lines: lines}})
		require.Equal(t, model.Invalid, model.CodeOf(err), "%v", lines)
	}
}
