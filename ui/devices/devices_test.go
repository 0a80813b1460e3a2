package devices_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uitest"
)

// show shows the Devices page of North, narrowed by filters.
func show(t *testing.T, o *uitest.Office, filters map[string]string) (*uitest.Desk, *page.Listing[model.Device]) {
	t.Helper()
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	p := page.NewListing(d, devices.List(d, model.As(model.Reseller, o.North.ID), devices.Options{Name: "devices", Title: "Devices"}),
		page.Place{Filters: filters})
	d.Show(p.Page())
	return d, p
}

func TestAllOfAFilterAreCountedAskedForAndDeletedAndNoOthers(t *testing.T) {
	o := uitest.NewOffice(t)
	view := model.As(model.Reseller, o.North.ID)
	u := o.Uploaded(o.North, o.Contoso, 5)
	o.Uploaded(o.North, o.Contoso, 7)
	_, err := o.Uploads().Approve(t.Context(), view, []int64{u.ID})
	require.NoError(t, err)
	ids, err := o.Devices().IDs(t.Context(), model.DeviceQuery{View: view, Status: model.VerifiedDevice})
	require.NoError(t, err)
	found, err := o.Register.Devices().Rows(t.Context(), view, ids[:1])
	require.NoError(t, err)
	_, _, err = o.Devices().ReportFailures(t.Context(), o.North.ID,
		[]data.DeviceFailure{{Identifier: found[0].First(), Reason: "Not a Samsung device"}}, nil)
	require.NoError(t, err)

	d, p := show(t, o, map[string]string{page.FilterStatus: string(model.VerifiedDevice)})
	p.View.Table.SelectAll()
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Delete 4 devices")
	uitest.Tap(t, d.Window(), "Delete 4 devices")
	require.Empty(t, d.Failed)
	require.Equal(t, 4, d.Done[0].Devices)
	require.Equal(t, 8, o.DevicesOf(o.North), "the one with an error and the pending ones stay")
}

func TestDevicesWithoutAModelCanBeListed(t *testing.T) {
	o := uitest.NewOffice(t)
	view := model.As(model.Reseller, o.North.ID)
	_, _, err := o.Uploads().Add(t.Context(), model.NewUpload{ResellerID: o.North.ID, TargetID: o.Contoso.ID, UploadedBy: view},
		[]model.NewDevice{{Identifiers: model.Identifiers{Serial: "R58M0000001"}},
			{Identifiers: model.Identifiers{Serial: "R58M0000002"}, Model: "SM-A"}}, nil)
	require.NoError(t, err)
	d, p := show(t, o, map[string]string{page.FilterModel: model.NoModel})
	require.Equal(t, 1, p.View.Table.Len())
	require.True(t, uitest.Shows(d.Window(), "R58M0000001"))
	require.NotNil(t, uitest.FindButton(d.Window(), "Model: No model"))
}

func TestAllRowsAreSelectedByTheMenuOfOne(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 5)
	d, p := show(t, o, nil)
	uitest.KeysInTable(t, d.Window(), fyne.KeyDown)
	require.Equal(t, 1, p.View.Table.Selected())
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Select all")
	require.Equal(t, 5, p.View.Table.Selected())
}

func TestModelOfADeviceIsWholeInASmallWindow(t *testing.T) {
	o := uitest.NewOffice(t)
	_, _, err := o.Uploads().Add(t.Context(), model.NewUpload{ResellerID: o.North.ID, TargetID: o.Contoso.ID, OrderNumber: "PO4711",
		UploadedBy: model.As(model.Reseller, o.North.ID)}, []model.NewDevice{{Model: "SM-G736B",
		Identifiers: model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518", Serial: "R58N30ABCDE"}}}, nil)
	require.NoError(t, err)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(760, 700), o.North) // what the sidebar leaves of 1024
	d.Show(page.NewListing(d, devices.List(d, model.As(model.Reseller, o.North.ID), devices.Options{Name: "models", Title: "Devices"}),
		page.Place{}).Page())
	require.True(t, uitest.Shows(d.Window(), "SM-G736B"))
}

func TestThePageBeginsWithTheFirstDevicesOfItsListAndEndsWithTheLast(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.South, o.Fabrikam, 20)
	o.Uploaded(o.North, o.Contoso, 300)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North)
	l := devices.List(d, model.As(model.Reseller, o.North.ID), devices.Options{Name: "devices", Title: "Devices"})
	source := l.Source.(*grid.Paged[model.Device])
	all, begun := source.IDs, false
	source.IDs = func(ctx context.Context, q grid.Question) ([]int64, error) {
		if !begun { // the rest is still on its way
			begun = true
			require.True(t, uitest.Shows(d.Window(), "R0000000320"))
			require.True(t, uitest.Shows(d.Window(), "300 of 300 shown"))
		}
		return all(ctx, q)
	}
	d.Show(page.NewListPage(d, l, page.Place{}))
	require.True(t, begun)
	uitest.KeysInTable(t, d.Window(), fyne.KeyEnd)
	require.True(t, uitest.Shows(d.Window(), "R0000000021"))
	require.True(t, uitest.Shows(d.Window(), "300 of 300 shown · 1 selected"))
}

func TestAnActOnAllOfAListIsRefusedWhenItHasChangedSinceItWasAskedFor(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 5)
	d, p := show(t, o, nil)
	p.View.Table.SelectAll()
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Delete 5 devices")
	o.Uploaded(o.North, o.Contoso, 2)
	uitest.Tap(t, d.Window(), "Delete 5 devices")
	require.Len(t, d.Failed, 1)
	require.Equal(t, "The list has changed: 5 devices were selected, and 7 would be now. Nothing was done. Please look at the list again.",
		page.ErrorText(d.Failed[0]))
	require.Empty(t, d.Done)
	require.Equal(t, 7, o.DevicesOf(o.North))
	require.Equal(t, 5, p.View.Table.Selected(), "those that came meanwhile are not selected")

	o.Uploaded(o.North, o.Contoso, 1)
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Delete 5 devices")
	uitest.Tap(t, d.Window(), "Delete 5 devices")
	require.Equal(t, 5, d.Done[0].Devices)
	require.Equal(t, 3, o.DevicesOf(o.North))
}

func TestAMoveOfAllOfAListIsRefusedWhenItHasChangedSinceItWasAskedFor(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Registered(o.North)
	o.Managed(o.Contoso, model.FullyManaged)
	o.Approved(o.Uploaded(o.North, o.MSP, 3))
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.MSP)
	p := page.NewListing(d, devices.List(d, model.As(model.MSP, o.MSP.ID), devices.Options{Name: "devices", Title: "Devices"}), page.Place{})
	d.Show(p.Page())
	p.View.Table.SelectAll()
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Move 3 devices to customer")
	o.Approved(o.Uploaded(o.North, o.MSP, 1))
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Tap(t, d.Window(), "Move 3 devices")
	require.Len(t, d.Failed, 1)
	require.Contains(t, page.ErrorText(d.Failed[0]), "3 devices were selected, and 4 would be now")
	require.Zero(t, o.DevicesOf(o.Contoso))
}

func TestDevicesAreMovedToActiveCustomersOnly(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Registered(o.North)
	o.Approved(o.Uploaded(o.North, o.MSP, 3))
	o.Managed(o.Contoso, model.FullyManaged)
	_, err := o.Managements().Request(t.Context(), o.MSP.ID, o.Fabrikam.ID, model.FullyManaged, []model.Service{model.KnoxManage})
	require.NoError(t, err)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.MSP)
	p := page.NewListing(d, devices.List(d, model.As(model.MSP, o.MSP.ID), devices.Options{Name: "devices", Title: "Devices"}), page.Place{})
	d.Show(p.Page())
	d.Window().Canvas().Focus(p.View.First())
	p.View.Table.SelectAll()
	w := d.Window()
	w.Canvas().Focus(uitest.FindButton(w, "ACTIONS").(fyne.Focusable))
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn} { // the menu opens, and its first item is chosen
		uitest.Key(w, key)
	}
	require.True(t, uitest.Shows(w, "Contoso"))
	require.False(t, uitest.Shows(w, "Fabrikam"), "it has not accepted yet")
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyReturn)
	require.Empty(t, w.Canvas().Overlays().List())
	require.Len(t, d.Done, 1)
	require.Equal(t, 3, d.Done[0].Devices)
	require.NotNil(t, w.Canvas().Focused())
}
