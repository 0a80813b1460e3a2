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

func mspDesk(t *testing.T) (*uitest.Office, *uitest.Desk) {
	o := uitest.NewOffice(t)
	return o, uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
}

func open(t *testing.T, d *uitest.Desk, at page.Place) {
	t.Helper()
	at.Tab = page.MSPTab
	p, err := msp.Open(d, at)
	require.NoError(t, err)
	d.Show(p)
}

func registration(t *testing.T, o *uitest.Office, reseller model.Account) model.Registration {
	t.Helper()
	g, err := o.Resellers().Of(t.Context(), o.MSP.ID, reseller.ID)
	require.NoError(t, err)
	return g
}

func management(t *testing.T, o *uitest.Office, customer model.Account) model.Management {
	t.Helper()
	m, err := o.Managements().Of(t.Context(), o.MSP.ID, customer.ID)
	require.NoError(t, err)
	return m
}

func TestResellerIsLookedUpRegisteredAndThenItsPreferencesAsked(t *testing.T) {
	o, d := mspDesk(t)
	waiting := o.Uploaded(o.North, o.MSP, 4)
	open(t, d, page.Place{Page: page.Resellers})
	uitest.Tap(t, d.Window(), "REGISTER RESELLER")
	uitest.Type(t, d.Window(), "Reseller ID", "4680000925")
	uitest.Tap(t, d.Window(), "LOOKUP")
	require.True(t, uitest.Shows(d.Window(), "Northwind Mobile · Germany"))
	uitest.Tap(t, d.Window(), "REGISTER")
	require.False(t, registration(t, o, o.North).AutoApprove)
	require.True(t, uitest.Shows(d.Window(), "Preferences of Northwind Mobile"))
	uitest.Pick(t, d.Window(), "Auto-approve all device uploads from this reseller")
	uitest.Pick(t, d.Window(), "Approve the 1 upload that waits already, too")
	uitest.Tap(t, d.Window(), "Save")
	g := registration(t, o, o.North)
	require.True(t, g.AutoApprove)
	require.Zero(t, g.Waiting)
	u, err := o.Uploads().ByID(t.Context(), model.As(model.MSP, o.MSP.ID), waiting.ID)
	require.NoError(t, err)
	require.False(t, u.Waits())
	require.Empty(t, d.Failed)
}

func TestWaitingUploadsStayWhenOnlyLaterOnesAreAutoApproved(t *testing.T) {
	o, d := mspDesk(t)
	o.Uploaded(o.North, o.MSP, 4)
	o.Registered(o.North)
	open(t, d, page.Place{Page: page.Resellers})
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome, fyne.KeyReturn)
	uitest.Pick(t, d.Window(), "Auto-approve all device uploads from this reseller")
	uitest.Tap(t, d.Window(), "Save")
	g := registration(t, o, o.North)
	require.True(t, g.AutoApprove)
	require.Equal(t, 1, g.Waiting)
}

func TestUnknownResellerIsAddedToTheDirectory(t *testing.T) {
	o, d := mspDesk(t)
	open(t, d, page.Place{Page: page.Resellers})
	uitest.Tap(t, d.Window(), "REGISTER RESELLER")
	uitest.Type(t, d.Window(), "Reseller ID", "4680009999")
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.True(t, uitest.Shows(d.Window(), "not in the directory"))
	uitest.Type(t, d.Window(), "Company name", "Litware")
	uitest.Tap(t, d.Window(), "REGISTER")
	a, err := o.Accounts().Lookup(t.Context(), model.Reseller, "4680009999")
	require.NoError(t, err)
	require.Equal(t, "Litware", registration(t, o, a).CompanyName)
	uitest.Tap(t, d.Window(), "Cancel")
	uitest.Tap(t, d.Window(), "REGISTER RESELLER")
	uitest.Type(t, d.Window(), "Reseller ID", "4680009999")
	uitest.Tap(t, d.Window(), "REGISTER")
	require.True(t, uitest.Shows(d.Window(), "already"), "a second registration is refused in the form")
	require.Empty(t, d.Failed)
}

func TestRemovedResellerLeavesThePage(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	open(t, d, page.Place{Page: page.Resellers})
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome, fyne.KeyDelete)
	uitest.Tap(t, d.Window(), "Remove Northwind Mobile")
	_, err := o.Resellers().Of(t.Context(), o.MSP.ID, o.North.ID)
	require.Equal(t, model.NotFound, model.CodeOf(err))
	require.True(t, uitest.Shows(d.Window(), "No resellers yet"))
}

func TestUploadOfAnUnregisteredResellerOffersToRegisterItAndIsThenApproved(t *testing.T) {
	o, d := mspDesk(t)
	o.Uploaded(o.North, o.MSP, 4)
	open(t, d, page.Place{Page: page.Devices})
	require.True(t, uitest.Shows(d.Window(), "Not registered"))
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	rows, approve := d.Window().Canvas().Focused(), uitest.FindButton(d.Window(), "APPROVE ALL DEVICES")
	d.Window().Canvas().Focus(approve.(fyne.Focusable))
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.True(t, uitest.Shows(d.Window(), "Northwind Mobile is not registered"))
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.Empty(t, d.Failed)
	require.Equal(t, 4, o.DevicesOf(o.MSP))
	require.True(t, approve.(fyne.Disableable).Disabled(), "there is nothing more to approve")
	require.True(t, d.Window().Canvas().Focused() == rows, "the keyboard is where work goes on")
	require.False(t, uitest.Shows(d.Window(), "Not registered"))
}

func TestDevicesAreMovedToACustomerAndAskedAboutWhenTheyAreAtAnother(t *testing.T) {
	o, d := mspDesk(t)
	u := o.Uploaded(o.North, o.MSP, 4)
	o.Registered(o.North)
	o.Approved(u)
	o.Managed(o.Contoso, model.FullyManaged)
	o.Managed(o.Fabrikam, model.JointlyManaged)
	at := func(a model.Account) int {
		n, err := o.Devices().Count(t.Context(), model.DeviceQuery{View: model.As(model.MSP, o.MSP.ID), Customer: a.ID})
		require.NoError(t, err)
		return n
	}
	open(t, d, page.Place{Page: page.Devices})
	uitest.Tap(t, d.Window(), "DEVICES")
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Move 1 device to customer")
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	require.True(t, uitest.Shows(d.Window(), "Moved by MSP"))
	uitest.Tap(t, d.Window(), "Move 1 device")
	require.Equal(t, 1, at(o.Contoso))

	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Move 1 device to customer")
	uitest.KeysInTable(t, d.Window(), fyne.KeyEnd)
	uitest.Tap(t, d.Window(), "Move 1 device")
	require.True(t, uitest.Shows(d.Window(), "at another customer"))
	require.Equal(t, 1, at(o.Contoso), "nothing moves before the question is answered")
	uitest.Tap(t, d.Window(), "Move 1 device")
	require.Equal(t, 0, at(o.Contoso))
	require.Equal(t, 1, at(o.Fabrikam))
	require.Equal(t, 4, o.DevicesOf(o.North), "the reseller sees no change (V3)")
	require.Empty(t, d.Failed)
}

func TestDevicesAreNotMovedToACustomerThatIsNotActive(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Approved(o.Uploaded(o.North, o.MSP, 2))
	_, err := o.Managements().Request(t.Context(), o.MSP.ID, o.Contoso.ID, model.FullyManaged, nil)
	require.NoError(t, err)
	open(t, d, page.Place{Page: page.Devices})
	uitest.Tap(t, d.Window(), "DEVICES")
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Move 1 device to customer")
	require.True(t, uitest.Shows(d.Window(), "No active customer yet"))
	require.True(t, uitest.FindButton(d.Window(), "Move 1 device").(fyne.Disableable).Disabled())
}

func TestSelectionOfDevicesIsDeletedEverywhere(t *testing.T) {
	o, d := mspDesk(t)
	o.Registered(o.North)
	o.Approved(o.Uploaded(o.North, o.MSP, 5))
	open(t, d, page.Place{Page: page.Devices})
	uitest.Tap(t, d.Window(), "DEVICES")
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Press(d.Window(), &fyne.ShortcutSelectAll{})
	uitest.KeysInTable(t, d.Window(), fyne.KeyDelete)
	uitest.Tap(t, d.Window(), "DELETE 5 devices")
	require.Empty(t, d.Failed)
	require.Zero(t, o.DevicesOf(o.MSP))
	require.Zero(t, o.DevicesOf(o.North))
}

func TestCustomerIsAskedAcceptsAndIsDelinkedOnlyWhenJointlyManaged(t *testing.T) {
	o, d := mspDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Customer ID", o.Contoso.KnoxID)
	uitest.Tap(t, d.Window(), "LOOK UP")
	require.True(t, uitest.Shows(d.Window(), "Contoso · Germany"))
	uitest.Pick(t, d.Window(), "Knox Manage")
	uitest.Tap(t, d.Window(), "REQUEST TO ADD")
	m := management(t, o, o.Contoso)
	require.Equal(t, model.PendingManagement, m.Status)
	require.Equal(t, model.FullyManaged, m.Type)
	require.Equal(t, []model.Service{model.KnoxMobileEnrollment, model.KnoxManage}, m.Services)

	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	act := func(title, question, button string) { // which say who, and what is done
		t.Helper()
		uitest.Tap(t, d.Window(), "ACTIONS")
		uitest.Choose(t, d.Window(), title)
		uitest.MustShow(t, d.Window(), question)
		uitest.Tap(t, d.Window(), button)
	}
	act("The customer accepted the request", "Did Contoso accept the request?", "Record the consent")
	require.Equal(t, model.ActiveManagement, management(t, o, o.Contoso).Status)

	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Point(t, d.Window(), "Request to delink")
	require.True(t, uitest.Shows(d.Window(), "switch to jointly managed first"), "the reason stands in the menu (V8)")
	uitest.Choose(t, d.Window(), "Request to delink")
	require.Nil(t, uitest.FindButton(d.Window(), "Request to delink"), "what a rule forbids is off")
	uitest.Choose(t, d.Window(), "Switch to jointly managed")
	uitest.Tap(t, d.Window(), "Cancel")

	act("Switch to jointly managed", "Switch Contoso to jointly managed?", "Switch to jointly managed")
	act("Request to delink", "Ask Contoso to delink?", "Request to delink")
	require.Equal(t, model.DelinkRequested, management(t, o, o.Contoso).Status)
	act("The customer rejected the delink", "Did Contoso reject the delink?", "Record the refusal")
	require.Equal(t, model.ActiveManagement, management(t, o, o.Contoso).Status)
	act("Request to delink", "Ask Contoso to delink?", "Request to delink")
	act("The customer accepted the delink", "Did Contoso accept the delink?", "Delink")
	_, err := o.Managements().Of(t.Context(), o.MSP.ID, o.Contoso.ID)
	require.Equal(t, model.NotFound, model.CodeOf(err))
	require.Empty(t, d.Failed)
}
