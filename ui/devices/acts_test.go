package devices_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/control"
	"consign/ui/devices"
	"consign/ui/page"
	"consign/ui/uitest"
)

// act selects rows of the page and chooses an action.
func act(t *testing.T, d *uitest.Desk, p *page.Listing[model.Device], title string) {
	t.Helper()
	p.View.Table.SelectAll()
	uitest.Tap(t, d.Window(), "ACTIONS")
	uitest.Choose(t, d.Window(), title)
	require.Empty(t, d.Failed)
}

func captionOf(t *testing.T, w fyne.Window) string {
	t.Helper()
	b, is := w.Canvas().Focused().(*control.Button)
	require.True(t, is, "%T has the keyboard", w.Canvas().Focused())
	return b.Text
}

func TestExchangeOfOneDeviceAsksForTheNewOneAndTakesAnUnusualOneAtTheSecondTime(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 1)
	d, p := show(t, o, nil)
	act(t, d, p, "Exchange…")
	w := d.Window()
	uitest.Tap(t, w, "Exchange 1 device")
	require.True(t, uitest.Shows(w, "A device needs an IMEI, a MEID or a serial number."))
	uitest.Type(t, w, "New IMEI/MEID", "hello")
	uitest.Tap(t, w, "Exchange 1 device")
	require.True(t, uitest.Shows(w, "“hello” is not a device identifier."))
	uitest.Type(t, w, "New IMEI/MEID", "356938035643810") // its check digit is wrong
	uitest.Type(t, w, "Reference", "RMA-7")
	uitest.Tap(t, w, "Exchange 1 device")
	require.Empty(t, d.Done)
	uitest.Tap(t, w, "Exchange 1 device")
	require.Len(t, d.Done, 1)
	require.Nil(t, w.Canvas().Overlays().Top())
	require.True(t, uitest.Shows(w, "356938035643810"))
	require.True(t, uitest.Shows(w, "Exchanging"))
}

func TestReturnBeginsAtCancelAndKeepsTheReference(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 2)
	o.Uploaded(o.North, o.Fabrikam, 1)
	d, p := show(t, o, nil)
	act(t, d, p, "Return…")
	w := d.Window()
	require.True(t, uitest.Shows(w, "2 at Contoso, 1 at Fabrikam"))
	require.Equal(t, "Cancel", captionOf(t, w))
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, 3, o.DevicesOf(o.North), "Enter cancels")
	act(t, d, p, "Return…")
	uitest.Type(t, w, "RMA number", "RMA-8")
	uitest.Tap(t, w, "Return 3 devices")
	require.Empty(t, d.Failed)
	require.Zero(t, o.DevicesOf(o.North))
	acts, err := o.Activity().Rows(t.Context(), []int64{d.Done[0].ActivityID})
	require.NoError(t, err)
	require.Contains(t, page.Words(acts[0].Detail), "RMA-8")
}

func TestListOfWhatCameBackIsReturned(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 3)
	d, _ := show(t, o, nil)
	fyne.CurrentApp().Clipboard().SetContent("R0000000001\nR0000000003\nR0000000009\n")
	devices.ReturnByList(d, model.As(model.Reseller, o.North.ID))
	w := d.Window()
	uitest.Tap(t, w, "Look up")
	require.True(t, uitest.Shows(w, "2 found"))
	uitest.Tap(t, w, "Return 2 devices") // of what was found
	require.Equal(t, "Cancel", captionOf(t, w))
	uitest.Tap(t, w, "Return 2 devices") // asked
	require.Empty(t, d.Failed)
	require.Equal(t, 1, o.DevicesOf(o.North))
	require.Nil(t, w.Canvas().Overlays().Top())
}

func TestChangeOfCustomerSaysWhatIsThereAlreadyAndWhatGoes(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 2)
	o.Uploaded(o.North, o.Fabrikam, 1)
	d, p := show(t, o, nil)
	act(t, d, p, "Change customer…")
	w := d.Window()
	uitest.Type(t, w, "Search", "fabri")
	uitest.Key(w, fyne.KeyReturn)
	require.True(t, uitest.Shows(w, "1 is at Fabrikam already and stays as it is."), "%q", uitest.Texts(w))
	require.True(t, uitest.Shows(w, "2 devices are deleted where they are and uploaded to Fabrikam"))
	require.Equal(t, "Cancel", captionOf(t, w))
	uitest.Type(t, w, "As it is with each device", "PO-9")
	uitest.Tap(t, w, "Change the customer of 2 devices")
	require.Empty(t, d.Failed)
	require.Equal(t, 2, d.Done[0].Devices)
	n, err := o.Devices().Count(t.Context(), model.DeviceQuery{View: model.As(model.Reseller, o.North.ID), Customer: o.Fabrikam.ID})
	require.NoError(t, err)
	require.Equal(t, 3, n)

	act(t, d, p, "Change customer…")
	uitest.Type(t, w, "Search", "fabri")
	uitest.Key(w, fyne.KeyReturn)
	require.Contains(t, d.Said[len(d.Said)-1], "stay as they are")
	require.Nil(t, w.Canvas().Overlays().Top())
}

func TestListOnTheCustomersPageOfAnMSPMovesStraightToThatCustomer(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Registered(o.North)
	o.Managed(o.Contoso, model.FullyManaged)
	o.Managed(o.Fabrikam, model.FullyManaged)
	o.Approved(o.Uploaded(o.North, o.MSP, 4))
	msp := model.As(model.MSP, o.MSP.ID)
	ids, err := o.Devices().IDs(t.Context(), model.DeviceQuery{View: msp})
	require.NoError(t, err)
	move := func(to model.Account, ids ...int64) {
		_, err := o.Devices().Move(t.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: msp}, IDs: ids, Count: len(ids)}, to.ID, nil)
		require.NoError(t, err)
	}
	move(o.Contoso, ids[0])
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.MSP)
	p := page.NewListPage(d, devices.List(d, msp, devices.Options{Name: "devices", Title: "Devices",
		Within: model.DeviceQuery{Customer: o.Contoso.ID}}), page.Place{})
	d.Show(p)
	w := d.Window()
	look := func() {
		fyne.CurrentApp().Clipboard().SetContent("R0000000001\nR0000000002\nR0000000003\nR0000000004\n")
		p.ByList()
		uitest.Tap(t, w, "Look up")
		uitest.Key(w, fyne.KeyReturn) // the button that moves has the keyboard
	}
	move(o.Fabrikam, ids[1])
	look()
	require.True(t, uitest.Shows(w, "device is at another customer"), "%q", uitest.Texts(w))
	require.Equal(t, "Cancel", captionOf(t, w))
	uitest.Tap(t, w, "Cancel")
	uitest.Key(w, fyne.KeyEscape)
	move(o.Contoso, ids[1])
	look()
	require.True(t, uitest.Shows(w, "Move 2 devices to Contoso?"), "%q", uitest.Texts(w))
	require.True(t, uitest.Shows(w, "2 are at Contoso already and stay as they are."))
	uitest.Key(w, fyne.KeyReturn)
	require.Empty(t, d.Failed)
	require.Len(t, d.Done, 1)
	require.Equal(t, 2, d.Done[0].Devices)
}

func TestActionsThatAreOffSayWhy(t *testing.T) {
	o := uitest.NewOffice(t)
	o.Uploaded(o.North, o.Contoso, 2)
	d, p := show(t, o, nil)
	w := d.Window()
	actions := uitest.FindButton(w, "ACTIONS").(*control.Button)
	require.True(t, actions.Disabled())
	require.Equal(t, "Select something in the list first.", actions.Why)
	p.View.Table.SelectAll()
	require.False(t, actions.Disabled())
	uitest.Tap(t, w, "ACTIONS")
	uitest.Point(t, w, "Exchange…")
	uitest.MustShow(t, w, "Select only one for this.")
}
