package reseller_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/reseller"
	"consign/ui/uitest"
)

func TestUploadListWithOldAndNewDevicesOffersAnExchange(t *testing.T) {
	o, d := northDesk(t)
	o.Uploaded(o.North, o.Contoso, 2)
	p, err := reseller.Open(d, page.Place{Tab: page.ResellerTab, Page: page.NewUpload})
	require.NoError(t, err)
	d.Show(p)
	w := d.Window()
	p.Paste("Old serial number\tNew serial number\tOld IMEI\tNew IMEI\nR0000000001\tR58M0000001\t350000000000001\t356938035643809\n")
	require.True(t, uitest.Shows(w, "The list has old and new devices."), "%q", uitest.Texts(w))
	uitest.Tap(t, w, "Exchange by list…")
	require.Empty(t, d.Failed)
	uitest.Tap(t, w, "Look up 1 device")
	uitest.MustShow(t, w, "1 device will be exchanged.", "will be exchanged", "356938035643809")
	uitest.Tap(t, w, "Exchange 1 device")
	uitest.Type(t, w, "RMA number", "RMA-9")
	uitest.Tap(t, w, "Exchange 1 device")
	require.Empty(t, d.Failed)
	require.Nil(t, w.Canvas().Overlays().Top(), "%q", uitest.Texts(w))
	view := model.As(model.Reseller, o.North.ID)
	ids, err := o.Devices().IDs(t.Context(), model.DeviceQuery{View: view, Search: "R58M0000001"})
	require.NoError(t, err)
	rows, err := o.Devices().Rows(t.Context(), view, ids)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, model.Exchanging, rows[0].Status)
	require.Equal(t, "Contoso", rows[0].Customer)
}

func TestCustomerThatRemovedUsComesBackOnlyWhenItIsRecorded(t *testing.T) {
	o, d := northDesk(t)
	u := o.Uploaded(o.North, o.Contoso, 1)
	_, err := o.Uploads().Approve(t.Context(), model.As(model.Reseller, o.North.ID), []int64{u.ID})
	require.NoError(t, err)
	open(t, d, page.Place{Page: page.Customer, ID: o.Contoso.ID})
	w := d.Window()
	choose := func(title string) {
		uitest.Tap(t, w, "ACTIONS")
		uitest.Choose(t, w, title)
	}
	choose("Customer removed us…")
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, model.ActiveCustomer, customers(t, o)[0].Status, "Enter cancels")
	choose("Customer removed us…")
	uitest.Tap(t, w, "Record the removal")
	require.Equal(t, model.InactiveCustomer, customers(t, o)[0].Status)
	choose("Customer registered us again…")
	uitest.Tap(t, w, "Record the registration")
	require.Empty(t, d.Failed)
	require.Equal(t, model.ActiveCustomer, customers(t, o)[0].Status)
}

func TestPagesWithDevicesLookUpListsForWhomTheyAreAbout(t *testing.T) {
	o, d := northDesk(t)
	u := o.Uploaded(o.North, o.Contoso, 2)
	o.Uploaded(o.North, o.Fabrikam, 1)
	for _, at := range []page.Place{{Page: page.Customer, ID: o.Contoso.ID}, {Page: page.Upload, ID: u.ID}} {
		at.Tab = page.ResellerTab
		p, err := reseller.Open(d, at)
		require.NoError(t, err)
		d.Show(p)
		require.NotNil(t, p.ByList, "Ctrl+L on %s", at.Page)
		fyne.CurrentApp().Clipboard().SetContent("R0000000001\nR0000000003\n")
		p.ByList()
		uitest.Tap(t, d.Window(), "Look up")
		if at.Page == page.Customer {
			require.True(t, uitest.Shows(d.Window(), "1 found · 1 already there"), "%q", uitest.Texts(d.Window()))
			uitest.Tap(t, d.Window(), "Select 1 device on the page")
			require.True(t, uitest.Shows(d.Window(), "1 selected"))
		}
	}
}
