package reseller_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/reseller"
	"consign/ui/uitest"
)

func northDesk(t *testing.T) (*uitest.Office, *uitest.Desk) {
	o := uitest.NewOffice(t)
	return o, uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
}

func open(t *testing.T, d *uitest.Desk, at page.Place) {
	t.Helper()
	at.Tab = page.ResellerTab
	p, err := reseller.Open(d, at)
	require.NoError(t, err)
	d.Show(p)
}

func customers(t *testing.T, o *uitest.Office) []model.ResellerCustomer {
	t.Helper()
	ids, err := o.Customers().IDs(t.Context(), model.CustomerQuery{Reseller: o.North.ID})
	require.NoError(t, err)
	rows, err := o.Customers().Rows(t.Context(), o.North.ID, ids)
	require.NoError(t, err)
	return rows
}

func TestAddCustomerOfTheDirectory(t *testing.T) {
	o, d := northDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", "4600 0015-86")
	uitest.Type(t, d.Window(), "Internal customer reference", "K-17")
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.Empty(t, d.Failed)
	rows := customers(t, o)
	require.Len(t, rows, 1)
	require.Equal(t, "Contoso", rows[0].CompanyName)
	require.Equal(t, "K-17", rows[0].InternalReference)
	require.Len(t, d.Done, 1)
	require.True(t, uitest.Shows(d.Window(), "Contoso / K-17"), "the page reads again")
}

func TestAddCustomerWithUnknownIDAsksForKindNameAndCountry(t *testing.T) {
	o, d := northDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", "4600009999")
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "not in the directory"))
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "Enter the company name."))
	uitest.Type(t, d.Window(), "Company name", "Litware")
	uitest.Type(t, d.Window(), "Country", "Germany")
	uitest.Tap(t, d.Window(), "SUBMIT")
	rows := customers(t, o)
	require.Len(t, rows, 1)
	require.Equal(t, "Litware", rows[0].CompanyName)
	require.Equal(t, "DE", rows[0].Country)
	require.Equal(t, model.Customer, rows[0].Kind)
}

func TestAddCustomerThatIsThereLeadsToIt(t *testing.T) {
	o, d := northDesk(t)
	_, err := o.Customers().Add(t.Context(), o.North.ID, o.Contoso.ID, "")
	require.NoError(t, err)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", o.Contoso.KnoxID)
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "Contoso is on the Customers page already."))
	uitest.Tap(t, d.Window(), "Open Contoso")
	require.Equal(t, []page.Place{{Tab: page.ResellerTab, Page: page.Customer, ID: o.Contoso.ID}}, d.Went)
}

func TestAddCustomerAsksWhichWhenTwoKindsHaveTheID(t *testing.T) {
	o, d := northDesk(t)
	o.Account(model.MSP, o.Contoso.KnoxID, "Contoso Managed", false)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", o.Contoso.KnoxID)
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "Several accounts have this number"))
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "Choose which of them is meant."))
	uitest.Pick(t, d.Window(), "MSP")
	uitest.Tap(t, d.Window(), "SUBMIT")
	rows := customers(t, o)
	require.Len(t, rows, 1)
	require.Equal(t, "Contoso Managed", rows[0].CompanyName)
}

func TestUnusualKnoxIDIsConfirmedByPressingAgain(t *testing.T) {
	_, d := northDesk(t)
	open(t, d, page.Place{Page: page.Customers})
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", "12345")
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "usually has 10"))
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "not in the directory"))
	uitest.Type(t, d.Window(), "Knox Customer ID/MSP ID", "46x")
	uitest.Tap(t, d.Window(), "SUBMIT")
	require.True(t, uitest.Shows(d.Window(), "it may hold digits only"))
}

func TestCustomersAreDownloadedAsCSVWithTheirReference(t *testing.T) {
	o, d := northDesk(t)
	_, err := o.Customers().Add(t.Context(), o.North.ID, o.Contoso.ID, "=K-17")
	require.NoError(t, err)
	o.Uploaded(o.North, o.Contoso, 3)
	file := filepath.Join(t.TempDir(), "customers.csv")
	for _, at := range []page.Place{{Page: page.Customers}, {Page: page.Customer, ID: o.Contoso.ID}} {
		open(t, d, at)
		uitest.Tap(t, d.Window(), "DOWNLOAD CUSTOMERS AS CSV")
		saveAs(t, d, file)
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		lines := strings.Split(string(content), "\r\n")
		require.True(t, strings.HasPrefix(lines[0], "\ufeffCompany Name / Internal Reference,"), lines[0])
		require.True(t, strings.HasPrefix(lines[1], "Contoso / =K-17,4600001586,Germany,"), lines[1])
		require.True(t, strings.HasSuffix(lines[1], ",1,3,Pending customer verification"), lines[1])
		require.NoError(t, os.Remove(file))
	}
}

// saveAs answers the desk's own dialog for a file and reads the message after it.
func saveAs(t *testing.T, d *uitest.Desk, file string) {
	t.Helper()
	uitest.Type(t, d.Window(), "File name", file)
	uitest.Tap(t, d.Window(), "Save")
	require.Contains(t, d.Said[len(d.Said)-1], filepath.Base(file))
}

func TestInternalReferenceIsEditedInItsPlace(t *testing.T) {
	o, d := northDesk(t)
	o.Uploaded(o.North, o.Contoso, 1)
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	uitest.Tap(t, d.Window(), "EDIT")
	uitest.Type(t, d.Window(), "Your own name for this customer", "Warehouse 4")
	uitest.Tap(t, d.Window(), "SAVE")
	require.Equal(t, "Warehouse 4", customers(t, o)[0].InternalReference)
	uitest.Tap(t, d.Window(), "EDIT")
	uitest.Type(t, d.Window(), "Your own name for this customer", "nonsense")
	uitest.Tap(t, d.Window(), "Cancel")
	require.Equal(t, "Warehouse 4", customers(t, o)[0].InternalReference)
	require.NotNil(t, uitest.FindButton(d.Window(), "EDIT"))
}

func TestSelectedDevicesAreDeletedAfterAsking(t *testing.T) {
	o, d := northDesk(t)
	o.Uploaded(o.North, o.Contoso, 5)
	open(t, d, page.Place{Page: page.Devices})
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome, fyne.KeyDown)
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Delete 1 device")
	require.True(t, uitest.Shows(d.Window(), "are not touched"))
	uitest.Tap(t, d.Window(), "Cancel")
	require.Equal(t, 5, o.DevicesOf(o.North))
	uitest.KeysInTable(t, d.Window(), fyne.KeyDelete)
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.Equal(t, 5, o.DevicesOf(o.North), "the keyboard begins at Cancel")
	uitest.KeysInTable(t, d.Window(), fyne.KeyDelete)
	uitest.Tap(t, d.Window(), "Delete 1 device")
	require.Equal(t, 4, o.DevicesOf(o.North))
	require.Empty(t, d.Failed)
}

func TestWholeUploadIsDeleted(t *testing.T) {
	o, d := northDesk(t)
	u := o.Uploaded(o.North, o.Contoso, 5)
	o.Uploaded(o.North, o.Contoso, 2)
	open(t, d, page.Place{Page: page.Upload, ID: u.ID})
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Delete upload…")
	uitest.Tap(t, d.Window(), "Delete 5 devices")
	require.Equal(t, 2, o.DevicesOf(o.North))
	require.Empty(t, d.Failed)
}

func TestApprovalElsewhereIsRecordedOnce(t *testing.T) {
	o, d := northDesk(t)
	u := o.Uploaded(o.North, o.Contoso, 5)
	open(t, d, page.Place{Page: page.Upload, ID: u.ID})
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), "Approved elsewhere…")
	uitest.Tap(t, d.Window(), "Verify 5 devices")
	require.True(t, uitest.Shows(d.Window(), "Completed"))
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Point(t, d.Window(), "Approved elsewhere…")
	require.True(t, uitest.Shows(d.Window(), "is approved already"), "the reason stands under the items")
	uitest.Choose(t, d.Window(), "Approved elsewhere…")
	require.Empty(t, d.Done[1:], "an item that is off does nothing")
}

func TestUploadIsApprovedInTheCustomerPortal(t *testing.T) {
	o, d := northDesk(t)
	o.Uploaded(o.North, o.Contoso, 5)
	o.Uploaded(o.South, o.Contoso, 7)
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	uitest.Tap(t, d.Window(), "CUSTOMER PORTAL")
	uitest.KeysInTable(t, d.Window(), fyne.KeyEnd)
	uitest.Tap(t, d.Window(), "Approve for all services")
	require.Empty(t, d.Failed)
	require.Equal(t, model.ActiveCustomer, customers(t, o)[0].Status)
	mine, err := o.Devices().Count(t.Context(), model.DeviceQuery{View: model.As(model.Reseller, o.North.ID), Status: model.VerifiedDevice})
	require.NoError(t, err)
	require.Equal(t, 5, mine)
	others, err := o.Devices().Count(t.Context(), model.DeviceQuery{View: model.As(model.Reseller, o.South.ID), Status: model.VerifiedDevice})
	require.NoError(t, err)
	require.Equal(t, 0, others, "another reseller's upload is not ours to approve")
}
