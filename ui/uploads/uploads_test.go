package uploads_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/uploads"
)

func TestApprovedUploadCannotBeApprovedAgain(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Registered(o.North)
	u := o.Uploaded(o.North, o.MSP, 3)
	view := model.As(model.MSP, o.MSP.ID)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	approve := uploads.ApproveAction(d, view, func(model.Upload, func()) { t.Fatal("the reseller is registered") })

	p, err := uploads.Page(d, view, u.ID, []page.Action[model.Upload]{approve})
	require.NoError(t, err)
	d.Show(p)
	uitest.Tap(t, d.Window(), "APPROVE ALL DEVICES")
	require.Empty(t, d.Failed)
	require.Len(t, d.Done, 1)
	off, is := uitest.FindButton(d.Window(), "APPROVE ALL DEVICES").(fyne.Disableable)
	require.True(t, is && off.Disabled(), "the page reads again, and its button is off")

	list := page.NewListing(d, uploads.List(d, view, uploads.Options{Name: "uploads", Title: "UPLOADS",
		Actions: []page.Action[model.Upload]{approve}}), page.Place{})
	d.Show(list.Page())
	list.View.Table.GoTo(0)
	off, is = uitest.FindButton(d.Window(), "APPROVE ALL DEVICES").(fyne.Disableable)
	require.True(t, is && off.Disabled())
	require.True(t, uitest.Shows(d.Window(), "is approved already"))
}

func TestUploadThatWaitsInTheCustomerPortalIsOpened(t *testing.T) {
	o := uitest.NewOffice(t)
	u := o.Uploaded(o.North, o.Fabrikam, 3)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	d.Show(uploads.CustomerPortal(d, model.As(model.Reseller, o.North.ID), o.Fabrikam))
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome, fyne.KeyReturn)
	require.Equal(t, page.Place{Tab: page.ResellerTab, Page: page.Upload, ID: u.ID, Acting: o.North.ID}, d.Went[len(d.Went)-1])
}

func TestUploadThatWaitsInAKnoxServiceIsShownAsWaitingThoughAnotherApprovedIt(t *testing.T) {
	o := uitest.NewOffice(t)
	view := model.As(model.Reseller, o.North.ID)
	_, _, err := o.Uploads().Add(t.Context(), model.NewUpload{ResellerID: o.North.ID, TargetID: o.Fabrikam.ID, UploadedBy: view},
		[]model.NewDevice{{Identifiers: model.Identifiers{Serial: "R5CX0000001"}}}, nil)
	require.NoError(t, err)
	_, err = o.Portal().SetServices(t.Context(), view, o.Fabrikam.ID, model.ServicesChange{
		Services: []model.Service{model.KnoxGuard, model.KnoxMobileEnrollment}, WaitIn: model.KnoxGuard})
	require.NoError(t, err)
	_, err = o.Portal().SetPreference(t.Context(), view, o.Fabrikam.ID, o.North.ID, []model.Service{model.KnoxMobileEnrollment})
	require.NoError(t, err)
	o.Uploaded(o.North, o.Fabrikam, 3)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1400, 700), o.North, o.MSP)
	list := page.NewListing(d, uploads.List(d, view, uploads.Options{Name: "portal", Title: "PORTAL",
		Within: model.UploadQuery{Target: o.Fabrikam.ID, Service: model.KnoxGuard, Waiting: true}}), page.Place{})
	d.Show(list.Page())
	require.Equal(t, 1, list.View.Table.Len())
	require.True(t, uitest.Shows(d.Window(), "Waits"))
}
