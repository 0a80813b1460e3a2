package devices_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/page"
	"consign/ui/uitest"
)

// show shows the Devices page of North, narrowed by filters.
func show(t *testing.T, o *uitest.Office, filters map[string]string) (*uitest.Desk, *page.Listing[model.Device]) {
	t.Helper()
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	p := page.NewListing(d, devices.List(d, model.As(model.Reseller, o.North.ID), devices.Options{Name: "devices", Title: "Devices"}), page.Place{Filters: filters})
	d.Show(p.Page())
	return d, p
}

func TestAllOfAFilterAreCountedAskedForAndDeletedAndNoOthers(t *testing.T) {
	o := uitest.NewOffice(t)
	view := model.As(model.Reseller, o.North.ID)
	u := o.Uploaded(o.North, o.Contoso, 5)
	o.Uploaded(o.North, o.Contoso, 7)
	_, err := o.Approve(t.Context(), view, []int64{u.ID})
	require.NoError(t, err)
	ids, err := o.DeviceIDs(t.Context(), model.DeviceQuery{View: view, Status: model.VerifiedDevice})
	require.NoError(t, err)
	found, err := o.Register.Devices(t.Context(), view, ids[:1])
	require.NoError(t, err)
	_, _, err = o.ReportFailures(t.Context(), o.North.ID, []data.DeviceFailure{{Identifier: found[0].First(), Reason: "Not a Samsung device"}}, nil)
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
	_, _, err := o.Upload(t.Context(), model.NewUpload{ResellerID: o.North.ID, TargetID: o.Contoso.ID, UploadedBy: view},
		[]model.NewDevice{{Identifiers: model.Identifiers{Serial: "R58M0000001"}}, {Identifiers: model.Identifiers{Serial: "R58M0000002"}, Model: "SM-A"}}, nil)
	require.NoError(t, err)
	d, p := show(t, o, map[string]string{page.FilterModel: model.NoModel})
	require.Equal(t, 1, p.View.Table.Len())
	require.True(t, uitest.Shows(d.Window(), "R58M0000001"))
	require.NotNil(t, uitest.FindButton(d.Window(), "Model: No model"))
}
