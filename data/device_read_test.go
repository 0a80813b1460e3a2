package data

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestCancellingStopsAQueryThatWouldNeverEnd(t *testing.T) {
	d := newDesk(t)
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	err := d.reading(short, func(c *reader) error {
		_, err := c.number("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
		return err
	})
	require.Equal(t, model.Cancelled, model.CodeOf(err))
	for range connections { // the connection is as good as before
		_, err := d.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, d.north)})
		require.NoError(t, err)
	}
	cancel()
	_, err = d.Devices().IDs(short, model.DeviceQuery{View: model.As(model.Reseller, d.north)})
	require.Equal(t, model.Cancelled, model.CodeOf(err))
}

// shelves is a desk with devices of every kind: waiting, verified, failed, moved, deleted, with and without identifiers.
func shelves(t *testing.T) *desk {
	d := newDesk(t)
	d.register(d.north, true)
	d.register(d.south, false)
	d.manage(d.contoso, model.FullyManaged)
	d.manage(d.fabrikam, model.JointlyManaged)
	upload := func(reseller, target int64, order string, tags []string, devices ...model.NewDevice) model.Upload {
		u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: reseller, TargetID: target, UploadedBy: model.As(model.Reseller, reseller),
			OrderNumber: order, Tags: tags}, devices, nil)
		require.NoError(t, err)
		return u
	}
	named := func(imei1, imei2, meid, serial, name, order string) model.NewDevice {
		return model.NewDevice{Identifiers: model.Identifiers{IMEI1: imei1, IMEI2: imei2, MEID: meid, Serial: serial}, Model: name,
			OrderNumber: order}
	}
	u := upload(d.north, d.msp, "PO1", []string{"blue", `say "x"`},
		named("351921580053066", "490154203237518", "", "R58M0000002", "SM-B", ""),
		named("356938035643809", "", "A10000009296F2", "", "SM-A", "PO7"),
		named("", "", "AF0123450ABCDE", "", "", ""),
		named("", "", "", "R58M0000001", "SM-B", ""))
	upload(d.north, d.contoso, "", nil, d.devices(3)...)
	upload(d.south, d.msp, "PO1", []string{"blue"}, d.devices(4)...)
	upload(d.south, d.fabrikam, "PO2", []string{"x"}, d.devices(2)...)
	direct := upload(d.north, d.fabrikam, "PO2", []string{"red"}, d.devices(3)...)
	d.done(d.Portal().Approve(ctx, model.As(model.Customer, d.fabrikam), d.fabrikam, model.KnoxMobileEnrollment, []int64{direct.ID}))
	asMSP := model.As(model.MSP, d.msp)
	at := func(identifier string) int64 {
		ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: asMSP, Search: identifier})
		require.NoError(t, err)
		require.Len(t, ids, 1)
		return ids[0]
	}
	require.Len(t, d.sees(asMSP), u.Devices)
	d.done(d.Devices().Move(ctx, only(asMSP, at("351921580053066"), at("356938035643809")), d.contoso, nil))
	d.done(d.Devices().Move(ctx, only(asMSP, at("AF0123450ABCDE")), d.fabrikam, nil))
	done, _, err := d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"356938035643809", "Not a Samsung device"},
		{"R58M0000001", "Not a Samsung device"}}, nil)
	d.done(done, err)
	mine := d.sees(model.As(model.Reseller, d.north))
	d.done(d.Devices().Delete(ctx, only(model.As(model.Reseller, d.north), mine[len(mine)-1]), nil))
	return d
}

// TestEveryWayOfAskingFindsTheSameDevices holds the ids of a list, the selection of an act, the count from the
// counters and the export of many queries against each other.
func TestEveryWayOfAskingFindsTheSameDevices(t *testing.T) {
	d := shelves(t)
	narrow := []func(*model.DeviceQuery){
		func(*model.DeviceQuery) {},
		func(q *model.DeviceQuery) { q.Status = model.PendingDevice },
		func(q *model.DeviceQuery) { q.Status = model.VerifiedDevice },
		func(q *model.DeviceQuery) { q.Status = model.MPTSError },
		func(q *model.DeviceQuery) { q.Model = "SM-B" },
		func(q *model.DeviceQuery) { q.OrderNumber = "PO1" },
		func(q *model.DeviceQuery) { q.Model = model.NoModel },
		func(q *model.DeviceQuery) { q.Tag = "blue" },
		func(q *model.DeviceQuery) { q.Tag = `say "x"` },
		func(q *model.DeviceQuery) { q.Tag = "x" },
		func(q *model.DeviceQuery) { q.Reseller = d.north },
		func(q *model.DeviceQuery) { q.Customer = d.contoso },
		func(q *model.DeviceQuery) { q.Customer = d.fabrikam },
		func(q *model.DeviceQuery) { q.From = d.now.Add(-20 * time.Minute) },
		func(q *model.DeviceQuery) { q.To = d.now.Add(-20 * time.Minute) },
		func(q *model.DeviceQuery) { q.Upload = 1 },
		func(q *model.DeviceQuery) { q.Upload = 6 },
		func(q *model.DeviceQuery) { q.Search = "R58M" },
		func(q *model.DeviceQuery) { q.Search = "0000" },
		func(q *model.DeviceQuery) { q.Search = "4901-5420-3237-518" },
		func(q *model.DeviceQuery) { q.Search = "nobody has this" },
	}
	found, ahead := 0, 0
	for _, view := range []model.View{model.As(model.Reseller, d.north), model.As(model.Reseller, d.south), model.As(model.MSP, d.msp),
		model.As(model.Customer, d.contoso), model.As(model.Customer, d.fabrikam)} {
		for i, first := range narrow {
			for j, second := range narrow[i:] {
				for n := range 4 {
					q := model.DeviceQuery{View: view, OldestFirst: n&1 != 0}
					nowhere := n&2 != 0
					first(&q)
					second(&q)
					if nowhere {
						if view.Portal != model.MSPPortal {
							continue
						}
						q.Customer = model.NoCustomer
					}
					ids, err := d.Devices().IDs(ctx, q)
					require.NoError(t, err)
					found += len(ids)
					count, err := d.Devices().Count(ctx, q)
					require.NoError(t, err)
					require.Equal(t, len(ids), count, "counted: %d and %d, %+v", i, i+j, q)
					for _, n := range []int{1, 2} {
						ahead += d.firstOf(q, ids, n)
					}
					var selected, exported []int64
					act, err := (&act{tx: d.read}).selected(model.DeviceSelection{Query: q, All: true}, "d.id")
					require.NoError(t, err)
					require.NoError(t, d.read.Raw(act.sql, act.args...).Scan(&selected).Error)
					if slices.Sort(selected); !q.OldestFirst {
						slices.Reverse(selected)
					}
					require.True(t, slices.Equal(ids, selected), "selected: %v instead of %v, %+v", selected, ids, q)
					require.NoError(t, d.Devices().Each(ctx, model.DeviceSelection{Query: q, All: true}, func(x model.Device) error {
						exported = append(exported, x.ID)
						return nil
					}))
					require.True(t, slices.Equal(ids, exported), "exported: %v instead of %v, %+v", exported, ids, q)
				}
			}
		}
	}
	require.Greater(t, found, 500, "the queries find something")
	require.Greater(t, ahead, 50, "and some of them can be told ahead")
}

// firstOf asks for the first n of what the query finds; 1 if they are told.
func (d *desk) firstOf(q model.DeviceQuery, ids []int64, n int) int {
	d.t.Helper()
	first, of, err := d.Devices().FirstIDs(ctx, q, n)
	require.NoError(d.t, err)
	if len(first) == 0 {
		return 0
	}
	require.Equal(d.t, ids[:n], first, "ahead: %+v", q)
	require.Equal(d.t, len(ids), of, "ahead: %+v", q)
	return 1
}

func TestFirstDevicesOfEveryOrderAreToldAheadOfTheRest(t *testing.T) {
	d := shelves(t)
	for _, view := range []model.View{model.As(model.Reseller, d.north), model.As(model.Reseller, d.south), model.As(model.MSP, d.msp),
		model.As(model.Customer, d.contoso)} {
		for _, column := range []string{model.ByIMEI, model.ByIMEI2, model.ByMEID, model.BySerial, model.ByModel, model.ByOrderNumber,
			model.ByCustomer, model.ByReseller, model.ByUpload, model.ByUploaded, model.ByTags, model.ByStatus} {
			told := 0
			for i := range 16 {
				q := model.DeviceQuery{View: view, Sort: []model.Sort{{Column: column, Descending: i&1 != 0}}, OldestFirst: i&2 != 0}
				if i&4 != 0 {
					q.Status = []model.DeviceStatus{model.PendingDevice, model.VerifiedDevice}[i>>3]
				} else if i&8 != 0 {
					q.Model = "SM-B"
				}
				ids, err := d.Devices().IDs(ctx, q)
				require.NoError(t, err)
				for n := 1; n <= len(ids); n++ {
					told += d.firstOf(q, ids, n)
				}
			}
			if view.Portal == model.ResellerPortal && view.Account == d.north {
				require.Positive(t, told, column)
			}
		}
	}
}

func TestDevicesBeginWithTheNewestUnlessTheListsOrderIsAsked(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(3)...)
	newest := d.upload(d.north, d.contoso, d.devices(2)...)
	view := model.As(model.Reseller, d.north)
	ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: view})
	require.NoError(t, err)
	devices, err := d.Devices().Rows(ctx, view, ids)
	require.NoError(t, err)
	require.Equal(t, newest.ID, devices[0].UploadID)
	oldest := d.sees(view)
	slices.Reverse(oldest)
	require.Equal(t, oldest, ids)

	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	d.done(d.Activity().Undo(ctx, last.ID, nil))
	first, of, err := d.Devices().FirstIDs(ctx, model.DeviceQuery{View: view}, 2)
	require.NoError(t, err)
	require.Equal(t, 3, of)
	require.Equal(t, ids[2:4], first, "what lives no more is none of them")
}

func TestDevicesAreSortedByEveryColumnWithEmptyOnesLast(t *testing.T) {
	d := shelves(t)
	for _, view := range []model.View{model.As(model.Reseller, d.north), model.As(model.MSP, d.msp)} {
		for column, value := range map[string]func(model.Device) string{
			model.ByIMEI:        func(x model.Device) string { return x.IMEI1 },
			model.ByIMEI2:       func(x model.Device) string { return x.IMEI2 },
			model.ByMEID:        func(x model.Device) string { return x.MEID },
			model.BySerial:      func(x model.Device) string { return x.Serial },
			model.ByModel:       func(x model.Device) string { return x.Model },
			model.ByOrderNumber: func(x model.Device) string { return x.OrderNumber },
			model.ByCustomer:    func(x model.Device) string { return x.Customer },
			model.ByReseller:    func(x model.Device) string { return x.Reseller },
			model.ByUpload:      func(x model.Device) string { return x.UploadUUID },
			model.ByUploaded:    func(x model.Device) string { return x.UploadedAt.UTC().Format(time.RFC3339) },
			model.ByStatus: func(x model.Device) string {
				return map[model.DeviceStatus]string{model.PendingDevice: "1", model.VerifiedDevice: "2", model.MPTSError: "3"}[x.Status]
			},
		} {
			for _, descending := range []bool{false, true} {
				all, err := d.Devices().Rows(ctx, view, d.sees(view))
				require.NoError(t, err)
				slices.SortStableFunc(all, func(a, b model.Device) int {
					x, y := value(a), value(b)
					switch {
					case x == y:
						return 0
					case x == "":
						return 1
					case y == "":
						return -1
					case x < y != descending:
						return -1
					}
					return 1
				})
				var want []int64
				for _, x := range all {
					want = append(want, x.ID)
				}
				ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: view, Sort: []model.Sort{{Column: column, Descending: descending}}})
				require.NoError(t, err)
				require.Equal(t, want, ids, "%s, descending %v", column, descending)
				var exported []int64
				but := model.DeviceSelection{Query: model.DeviceQuery{View: view, Sort: []model.Sort{{Column: column, Descending: descending}}},
					All: true, IDs: ids[1:2]}
				require.NoError(t, d.Devices().Each(ctx, but, func(x model.Device) error {
					exported = append(exported, x.ID)
					return nil
				}))
				require.Equal(t, slices.Delete(slices.Clone(ids), 1, 2), exported, "%s, descending %v", column, descending)
			}
		}
	}
}

func TestSecondKeyOrdersWhatTheFirstLeavesEqual(t *testing.T) {
	d := shelves(t)
	view := model.As(model.Reseller, d.north)
	ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: view,
		Sort: []model.Sort{{Column: model.ByModel, Descending: true}, {Column: model.BySerial}}})
	require.NoError(t, err)
	devices, err := d.Devices().Rows(ctx, view, ids)
	require.NoError(t, err)
	require.Equal(t, []string{"SM-B", "SM-B", "SM-A556B"}, []string{devices[0].Model, devices[1].Model, devices[2].Model})
	require.Equal(t, []string{"R58M0000001", "R58M0000002"}, []string{devices[0].Serial, devices[1].Serial})
	require.Empty(t, devices[len(devices)-1].Model)
}

func TestExportThatIsGivenUpEndsWithItsReason(t *testing.T) {
	d := shelves(t)
	for _, column := range []string{"", model.ByIMEI, model.ByModel} {
		q := model.DeviceQuery{View: model.As(model.Reseller, d.north), Sort: []model.Sort{{Column: column}}}
		given, reason := 0, model.Fail(model.Refused, "Enough.")
		err := d.Devices().Each(ctx, model.DeviceSelection{Query: q, All: true}, func(model.Device) error {
			given++
			return reason
		})
		require.ErrorIs(t, err, reason)
		require.Equal(t, 1, given)
	}
}

func TestNamesAreOrderedAsPeopleDo(t *testing.T) {
	names := []string{"Zebra", "customer 10", "Österreich", "Customer 2", "Orbit", "Pale"}
	sortNames(names)
	require.Equal(t, []string{"Customer 2", "customer 10", "Orbit", "Österreich", "Pale", "Zebra"}, names)
}

func TestASearchSeesDevicesThatCameLater(t *testing.T) {
	d := newDesk(t)
	view := model.As(model.Reseller, d.north)
	search := func() int {
		ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: view, Search: "R00000"})
		require.NoError(t, err)
		return len(ids)
	}
	d.upload(d.north, d.contoso, d.devices(3)...)
	require.Equal(t, 3, search())
	d.upload(d.north, d.contoso, d.devices(2)...)
	require.Equal(t, 5, search())
	d.done(d.Devices().Delete(ctx, only(view, d.sees(view)[0]), nil))
	require.Equal(t, 4, search())
	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	d.done(d.Activity().Undo(ctx, last.ID, nil))
	require.Equal(t, 5, search())
}

func TestAListIsFoundBySetAsByLookingUp(t *testing.T) {
	d := shelves(t)
	list := []model.Identifiers{{IMEI1: "490154203237518"}, {IMEI1: "356938035643810"}, {MEID: "AF0123450ABCDE"}, {Serial: "R58M0000002"},
		{IMEI1: "356938035643810", Serial: "R58M0000001"}, {Serial: "490154203237518"}, {IMEI2: "351921580053066"}}
	require.NoError(t, d.reading(ctx, func(c *reader) error {
		looked, err := c.lookedUp(list)
		require.NoError(t, err)
		set, err := c.registeredSet()
		require.NoError(t, err)
		var found []hit
		for place, device := range list {
			if identifier, id := set.Find(device); id != 0 {
				found = append(found, hit{place, identifier, id})
			}
		}
		require.Equal(t, looked, found)
		return nil
	}))
	registered, err := d.Devices().Registered(ctx, list)
	require.NoError(t, err)
	require.Equal(t, "490154203237518", registered[0].Identifier)
	require.Equal(t, "Adatum Services", registered[0].Customer)
	require.Equal(t, "Northwind Mobile", registered[0].Reseller)
	for _, place := range []int{1, 5} {
		require.Zero(t, registered[place])
	}
	ids, notFound, err := d.Devices().Match(ctx, model.As(model.Reseller, d.north), list)
	require.NoError(t, err)
	require.Equal(t, []int{1, 5}, notFound)
	require.Len(t, ids, 3, "each device once")
	_, notFound, err = d.Devices().Match(ctx, model.As(model.Reseller, d.south), list)
	require.NoError(t, err)
	require.Len(t, notFound, len(list), "V12")
}

func TestCardTellsWhoSeesADeviceAndWhatItHasBeenThrough(t *testing.T) {
	d := shelves(t)
	cards, err := d.Devices().Find(ctx, "490154203237518", 10)
	require.NoError(t, err)
	require.Len(t, cards, 1)
	var parties []string
	for _, p := range cards[0].Placements {
		parties = append(parties, p.Company+": "+p.Device.Customer)
	}
	require.Equal(t, []string{"Northwind Mobile: Adatum Services", "Adatum Services: Contoso", "Contoso: Contoso"}, parties)
	asMSP := model.As(model.MSP, d.msp)
	d.done(d.Devices().Delete(ctx, only(asMSP, cards[0].ID), nil))
	cards, err = d.Devices().Find(ctx, "49015420", 10)
	require.NoError(t, err)
	require.Len(t, cards, 1, "a deleted one is found, too")
	card := cards[0]
	require.True(t, card.Deleted())
	require.Empty(t, card.Placements)
	require.Equal(t, []string{"Northwind Mobile", "Contoso"}, []string{card.Reseller, card.Holder}, "where it was last")
	require.Equal(t, []model.Event{model.DevicesUploaded, model.DevicesMoved, model.DevicesDeleted}, events(d.history(card.ID)))
}

// history is what a device has been through; each entry names the upload that it was in.
func (d *desk) history(device int64) []model.Activity {
	d.t.Helper()
	history, err := d.Activity().OfDevice(ctx, device)
	require.NoError(d.t, err)
	return history
}

func events(history []model.Activity) (events []model.Event) {
	for _, a := range history {
		if a.Status == model.ActUndone {
			a.Event += " (undone)"
		}
		events = append(events, a.Event)
	}
	return events
}

func TestDeletedDevicesAreFoundAfterLivingOnes(t *testing.T) {
	d := newDesk(t)
	r := model.As(model.Reseller, d.north)
	list := d.devices(3)
	first := d.upload(d.north, d.contoso, list...)
	d.done(d.Devices().Delete(ctx, all(r), nil))
	d.upload(d.north, d.fabrikam, list[1])
	find := func(text string, limit int) (found []string) {
		t.Helper()
		cards, err := d.Devices().Find(ctx, text, limit)
		require.NoError(t, err)
		for _, c := range cards {
			found = append(found, fmt.Sprint(c.IMEI1, " ", c.Holder, " ", c.Deleted()))
		}
		return found
	}
	again, gone := list[1].IMEI1+" Fabrikam false", func(n int) string { return list[n].IMEI1 + " Contoso true" }
	require.Equal(t, []string{again, gone(1)}, find(list[1].IMEI1, 10), "by the whole identifier")
	require.Equal(t, []string{again, gone(2), gone(1), gone(0)}, find(list[1].IMEI1[:13], 10), "by a part")
	require.Equal(t, []string{again, gone(2)}, find(list[1].IMEI1[:13], 2))
	cards, err := d.Devices().Find(ctx, list[0].IMEI1, 10)
	require.NoError(t, err)
	for _, act := range d.history(cards[0].ID) {
		require.Equal(t, first.UUID, act.UploadUUID, "the upload is named though it holds no devices any more")
	}
	third := d.account(model.Reseller, "4680000999", "Elsewhere", false)
	d.upload(third, d.contoso, model.NewDevice{Identifiers: model.Identifiers{Serial: "R58M7777777"}})
	d.done(d.Devices().Delete(ctx, all(model.As(model.Reseller, third)), nil))
	require.Empty(t, find("R58M7777777", 10), "V12: what none of ours ever saw")
}

func TestHistoryKeepsWhatWasUndone(t *testing.T) {
	d := newDesk(t)
	r := model.As(model.Reseller, d.north)
	u, uploaded, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: r}, d.devices(2), nil)
	require.NoError(t, err)
	device := d.sees(r)[0]
	deleted := d.done(d.Devices().Delete(ctx, only(r, device), nil))
	d.done(d.Activity().Undo(ctx, deleted.ActivityID, nil))
	require.Equal(t, []model.Event{model.DevicesUploaded, model.DevicesDeleted + " (undone)", model.Undone}, events(d.history(device)))
	d.done(d.Activity().Undo(ctx, uploaded.ActivityID, nil))
	require.Equal(t, []model.Event{model.DevicesUploaded + " (undone)", model.DevicesDeleted + " (undone)", model.Undone, model.Undone},
		events(d.history(device)))
	for _, act := range d.history(device) {
		require.Equal(t, u.UUID, act.UploadUUID)
	}
	card, err := d.Devices().Card(ctx, device)
	require.NoError(t, err)
	require.True(t, card.UploadGone)
}

func TestOptionsOfFiltersAreThoseOfTheViewer(t *testing.T) {
	d := shelves(t)
	view := model.As(model.Reseller, d.north)
	for _, c := range []struct {
		read func(context.Context, model.View) ([]string, error)
		want []string
	}{
		{d.Devices().Models, []string{"SM-A", "SM-A556B", "SM-B"}},
		{d.Devices().Tags, []string{"blue", "red", `say "x"`}},
		{d.Devices().Orders, []string{"PO1", "PO2", "PO7"}},
	} {
		got, err := c.read(ctx, view)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
}
