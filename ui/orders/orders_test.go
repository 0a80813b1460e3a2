package orders_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/newupload"
	"consign/ui/orders"
	"consign/ui/page"
	"consign/ui/uitest"
)

func newDesk(t *testing.T) (*uitest.Office, *uitest.Desk, model.View) {
	office := uitest.NewOffice(t)
	return office, uitest.NewDesk(t, office.Register, fyne.NewSize(1024, 700), office.North), model.As(model.Reseller, office.North.ID)
}

func TestOrderMadeByHandIsOfferedByNewUploadAndCountsDown(t *testing.T) {
	office, desk, view := newDesk(t)
	office.Uploaded(office.North, office.Contoso, 1)
	desk.Show(orders.Page(desk, view, page.Place{}))
	uitest.Tap(t, desk.Window(), "Add order…")
	uitest.Type(t, desk.Window(), "Knox Customer ID/MSP ID", "4600001586")
	uitest.Type(t, desk.Window(), "Order number", "PO-7")
	uitest.Type(t, desk.Window(), "Expected devices, a model and a count on each line", "SM-A556B 5")
	require.False(t, desk.Window().Canvas().Focused().(fyne.Tabbable).AcceptsTab(), "Tab leads on")
	uitest.Press(desk.Window(), &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	require.Empty(t, desk.Failed)
	require.True(t, uitest.Shows(desk.Window(), "SM-A556B 0/5"), "%q", uitest.Texts(desk.Window()))

	desk.Show(newupload.Page(desk, newupload.Options{Target: office.Contoso.ID}))
	uitest.Tap(t, desk.Window(), "Open orders")
	uitest.Choose(t, desk.Window(), "PO-7 · 5 of 5 open")
	require.True(t, uitest.Shows(desk.Window(), "5 of 5 open; after this upload 5."), "%q", uitest.Texts(desk.Window()))
}

func TestOrdersOfAListAreAddedAfterAQuestion(t *testing.T) {
	office, desk, view := newDesk(t)
	path := filepath.Join(t.TempDir(), "orders.csv")
	require.NoError(t, os.WriteFile(path, []byte("Bestellnummer;Kunde;Modell;Menge\n"+
		"PO-1;contoso;SM-A556B;20\nPO-1;Contoso;SM-X216B;5\nPO-2;4600001587;SM-A556B;1\nPO-3;Tailspin;SM-A556B;1\n"), 0o600))
	orders.TakeList(desk, view, path)
	uitest.MustShow(t, desk.Window(), "5: PO-3 Tailspin 1 · The directory does not know Tailspin.")
	uitest.Tap(t, desk.Window(), "Add 2 orders")
	require.Empty(t, desk.Failed)
	all, err := office.Orders().All(t.Context(), view.Account)
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, 25, all[1].Expected())
}

func TestNewUploadForAnOrderHasItsNumberAndCountsDownByModel(t *testing.T) {
	office, desk, view := newDesk(t)
	_, err := office.Orders().Add(t.Context(), view.Account, []model.Order{{TargetID: office.Fabrikam.ID, Number: "PO-9",
		Lines: []model.OrderLine{{Model: "SM-A556B", Expected: 3}, {Model: "SM-X216B", Expected: 2}}}})
	require.NoError(t, err)
	desk.Show(orders.Page(desk, view, page.Place{}))
	uitest.KeysInTable(t, desk.Window(), fyne.KeyDown)
	uitest.Tap(t, desk.Window(), "ACTIONS")
	uitest.Choose(t, desk.Window(), "New upload for it")
	require.Len(t, desk.Went, 1)
	at := desk.Went[0]
	p := newupload.Page(desk, newupload.Options{Target: at.ID, Order: at.Order})
	desk.Show(p)
	p.Paste("IMEI,Model\n351921580053066,SM-A556B\n490154203237518,SM-A556B\n356938035643809,SM-X216B\n")
	w := desk.Window()
	require.True(t, uitest.Shows(w, "Fabrikam"), "the customer, though it was not on the Customers page")
	uitest.MustShow(t, w, "PO-9", "5 of 5 open; after this upload 2. SM-A556B 1 · SM-X216B 1")
	uitest.Tap(t, w, "Upload 3 devices")
	require.Empty(t, desk.Failed)
	all, err := office.Orders().All(t.Context(), view.Account)
	require.NoError(t, err)
	require.Equal(t, 2, all[0].Open())
	require.Equal(t, 1, all[0].Uploads)
}

func TestCustomerIsProposedOnceTheDirectoryIsReadThoughTheNameIsWrittenByThen(t *testing.T) {
	_, desk, view := newDesk(t)
	desk.Show(orders.Page(desk, view, page.Place{}))
	uitest.Tap(t, desk.Window(), "Add order…")
	desk.Hold = true // the directory is read meanwhile
	uitest.Type(t, desk.Window(), "Knox Customer ID/MSP ID", "conto")
	require.False(t, uitest.Shows(desk.Window(), "4600001586"))
	for desk.Release() {
	}
	require.True(t, uitest.Shows(desk.Window(), "4600001586"), "%q", uitest.Texts(desk.Window()))
}
