package msp_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/msp"
	"consign/ui/page"
	"consign/ui/uitest"
)

func TestListOnACustomersPageIsMovedToIt(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Managed(o.Contoso, model.FullyManaged)
	o.Approved(o.Uploaded(o.North, o.MSP, 3))
	p, err := msp.Open(d, page.Place{Tab: page.MSPTab, Page: page.Customer, ID: o.Contoso.ID})
	require.NoError(t, err)
	d.Show(p)
	require.NotNil(t, p.ByList)
	fyne.CurrentApp().Clipboard().SetContent("R0000000001\nR0000000002\n")
	p.ByList()
	uitest.Tap(t, d.Window(), "Look up")
	uitest.Key(d.Window(), fyne.KeyReturn)
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.Empty(t, d.Failed)
	require.Equal(t, 2, management(t, o, o.Contoso).Devices)
}

func TestDelinkThatTakesDevicesAwaySaysHowManyAndBeginsAtCancel(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Managed(o.Contoso, model.JointlyManaged)
	o.Approved(o.Uploaded(o.North, o.MSP, 3))
	view := model.As(model.MSP, o.MSP.ID)
	_, err := o.Devices().Move(t.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: view}, All: true, Count: 3},
		o.Contoso.ID, nil)
	require.NoError(t, err)
	_, err = o.Managements().RequestDelink(t.Context(), o.MSP.ID, o.Contoso.ID)
	require.NoError(t, err)
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	w := d.Window()
	uitest.Tap(t, w, "ACTIONS")
	uitest.Choose(t, w, "The customer accepted the delink")
	uitest.Key(w, fyne.KeyReturn)
	require.Empty(t, d.Done, "Enter cancels")
	uitest.Tap(t, w, "ACTIONS")
	uitest.Choose(t, w, "The customer accepted the delink")
	uitest.Tap(t, w, "Delink with 3 devices")
	require.Empty(t, d.Failed)
	require.Len(t, d.Done, 1)
}

func TestPreferencesOfACustomerAreThoseOfOneReseller(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Registered(o.South)
	o.Managed(o.Contoso, model.FullyManaged)
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	w := d.Window()
	uitest.Tap(t, w, "CUSTOMER PORTAL")
	uitest.Tap(t, w, "Preferences…")
	require.True(t, uitest.Shows(w, "Northwind Mobile"))
	uitest.Pick(t, w, "Knox Manage")
	uitest.Tap(t, w, "Save")
	require.Empty(t, d.Failed)
	services, err := o.Portal().Services(t.Context(), o.Contoso.ID)
	require.NoError(t, err)
	for _, s := range services {
		require.Equal(t, s.Service == model.KnoxManage, s.Trusts(o.North.ID), s.Service)
		require.False(t, s.Trusts(o.South.ID), s.Service)
	}
}

// leaveEnrollment takes Knox Mobile Enrollment away from Contoso, in which an upload of a reseller waits.
func leaveEnrollment(t *testing.T, how model.ManagementType) (*uitest.Office, *uitest.Desk, fyne.Window) {
	t.Helper()
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Managed(o.Contoso, how)
	o.Uploaded(o.North, o.Contoso, 2) // waits in both of its services
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	w := d.Window()
	uitest.Tap(t, w, "CUSTOMER PORTAL")
	uitest.Tap(t, w, "Knox services…")
	uitest.Pick(t, w, "Knox Mobile Enrollment")
	uitest.Tap(t, w, "Save")
	require.Empty(t, d.Failed)
	require.True(t, uitest.Shows(w, "1 upload waits there"), "%q", uitest.Texts(w))
	require.NotNil(t, uitest.FindButton(w, "Let 1 upload wait there"))
	return o, d, w
}

func TestServiceInWhichUploadsWaitIsGivenUpAfterAQuestion(t *testing.T) {
	o, d, w := leaveEnrollment(t, model.FullyManaged)
	uitest.Pick(t, w, "Approve 1 upload now")
	uitest.Tap(t, w, "Approve 1 upload")
	require.Empty(t, d.Failed)
	services, err := o.Portal().Services(t.Context(), o.Contoso.ID)
	require.NoError(t, err)
	require.Len(t, services, 1)
	require.Equal(t, 2, o.DevicesOf(o.Contoso))
	upload, err := o.Uploads().ByID(t.Context(), model.As(model.Reseller, o.North.ID), 1)
	require.NoError(t, err)
	require.Equal(t, 2, upload.Verified)
}

func TestMSPThatManagesJointlyLetsUploadsWaitInAnotherServiceButDoesNotApproveThem(t *testing.T) {
	o, d, w := leaveEnrollment(t, model.JointlyManaged)
	require.True(t, uitest.Shows(w, "it approves the uploads of resellers itself"), "%q", uitest.Texts(w))
	require.False(t, uitest.Shows(w, "Approve 1 upload now"))
	uitest.Tap(t, w, "Let 1 upload wait there")
	require.Empty(t, d.Failed)
	services, err := o.Portal().Services(t.Context(), o.Contoso.ID)
	require.NoError(t, err)
	require.Len(t, services, 1)
	require.Equal(t, 1, services[0].Waiting)
}

// servicesOf are the Knox services of the customer with an ID.
func servicesOf(t *testing.T, o *uitest.Office, id string) (services []model.Service) {
	t.Helper()
	customer, err := o.Accounts().Lookup(t.Context(), model.Customer, id)
	require.NoError(t, err)
	used, err := o.Portal().Services(t.Context(), customer.ID)
	require.NoError(t, err)
	for _, s := range used {
		services = append(services, s.Service)
	}
	return services
}

func TestNewCustomerHasTheServicesThatWereTickedAndNoOther(t *testing.T) {
	o, d := mspDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	w := d.Window()
	uitest.Tap(t, w, "ADD CUSTOMER")
	uitest.Type(t, w, "Customer ID", "4600009999")
	uitest.Tap(t, w, "LOOK UP")
	uitest.Type(t, w, "Company name", "Litware")
	uitest.Pick(t, w, "Knox Mobile Enrollment")
	uitest.Tap(t, w, "REQUEST TO ADD")
	uitest.MustShow(t, w, "A customer uses at least one Knox service.")
	uitest.Pick(t, w, "Knox Guard")
	uitest.Tap(t, w, "REQUEST TO ADD")
	require.Empty(t, d.Failed)
	require.Equal(t, []model.Service{model.KnoxGuard}, servicesOf(t, o, "4600009999"))
}

func TestServicesThatACustomerUsesAlreadyAreNotOffered(t *testing.T) {
	o, d := mspDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	w := d.Window()
	uitest.Tap(t, w, "ADD CUSTOMER")
	uitest.Type(t, w, "Customer ID", "4600001586")
	uitest.Pick(t, w, "Knox Mobile Enrollment")
	uitest.Pick(t, w, "Knox Guard")
	uitest.Tap(t, w, "REQUEST TO ADD")
	uitest.MustShow(t, w, "Contoso uses these services already", "Knox Mobile Enrollment (used already)")
	uitest.Type(t, w, "Customer ID", "4600001587")
	require.False(t, uitest.Shows(w, "used already"), "another customer is meant")
	uitest.Tap(t, w, "LOOK UP")
	uitest.MustShow(t, w, "Knox Mobile Enrollment (used already)")
	uitest.Tap(t, w, "REQUEST TO ADD")
	require.Empty(t, d.Failed)
	require.Equal(t, []model.Service{model.KnoxMobileEnrollment, model.KnoxGuard}, servicesOf(t, o, "4600001587"))
}
