package device

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
)

var ctx = context.Background()

// office is a register with a reseller and an MSP of ours, and a customer that the MSP manages.
type office struct {
	*data.Register
	t                       testing.TB
	desk                    *uitest.Desk
	reseller, msp, customer model.Account
}

func newOffice(t testing.TB) *office {
	o := &office{t: t}
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.Local)
	r, err := data.Open(filepath.Join(t.TempDir(), "register.consign"),
		data.Options{Clock: func() time.Time { now = now.Add(time.Minute); return now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	o.Register = r
	o.reseller = o.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	o.msp = o.account(model.MSP, "1979621309", "Contoso Managed", true)
	o.customer = o.account(model.Customer, "4600001586", "Fabrikam", false)
	o.done(r.Resellers().Register(ctx, o.msp.ID, o.reseller.ID, true, false))
	o.done(r.Managements().Request(ctx, o.msp.ID, o.customer.ID, model.FullyManaged, nil))
	o.done(r.Managements().Answer(ctx, o.msp.ID, o.customer.ID, true))
	o.desk = uitest.NewDesk(t, r, fyne.NewSize(1024, 700), o.reseller, o.msp)
	return o
}

func (o *office) done(_ model.Done, err error) {
	o.t.Helper()
	require.NoError(o.t, err)
}

func (o *office) account(kind model.AccountKind, id, name string, ours bool) model.Account {
	a, err := o.Accounts().Add(ctx, model.Account{Kind: kind, KnoxID: id, CompanyName: name, Ours: ours})
	require.NoError(o.t, err)
	return a
}

// upload registers devices at the MSP, which approves them on arrival, and returns their ids.
func (o *office) upload(ids ...model.Identifiers) []int64 {
	var list []model.NewDevice
	for _, id := range ids {
		list = append(list, model.NewDevice{Identifiers: id, Model: "SM-S921B"})
	}
	_, _, err := o.Uploads().Add(ctx, model.NewUpload{ResellerID: o.reseller.ID, TargetID: o.msp.ID,
		UploadedBy: model.As(model.Reseller, o.reseller.ID), OrderNumber: "PO77"}, list, nil)
	require.NoError(o.t, err)
	found, err := o.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, o.reseller.ID)})
	require.NoError(o.t, err)
	return found
}

func (o *office) move(id int64) {
	o.done(o.Devices().Move(ctx, model.DeviceSelection{Query: model.DeviceQuery{View: model.As(model.MSP, o.msp.ID)}, IDs: []int64{id}},
		o.customer.ID, nil))
}

func (o *office) shows(part string) bool { return uitest.Shows(o.desk.Window(), part) }

// search types into the open box.
func (o *office) search(text string) {
	o.t.Helper()
	uitest.Type(o.t, o.desk.Window(), "Find a device", text)
}

func (o *office) key(key fyne.KeyName) { uitest.Key(o.desk.Window(), key) }

var (
	first  = model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518", Serial: "R58N30ABCDE"}
	second = model.Identifiers{IMEI1: "356938035643809", Serial: "R58N30ABCDF"}
)

func TestScannedSecondIMEIOpensItsDeviceAtOnce(t *testing.T) {
	o := newOffice(t)
	o.upload(first, second)
	ShowFind(o.desk, nil)
	o.search("49-015420-323751-8") // as it is printed on a box
	require.True(t, o.shows("490154203237518"), "the identifier that was searched is the one that shows")
	o.key(fyne.KeyReturn)
	require.True(t, o.shows("351921580053066 · SM-S921B"), "the card is open")
	require.False(t, o.shows("RESELLER"), "the box is closed")
}

func TestArrowsChooseAmongTheDevicesFound(t *testing.T) {
	o := newOffice(t)
	o.upload(first, second)
	ShowFind(o.desk, nil)
	o.search("r58n30abcd") // a part, in small letters
	require.True(t, o.shows("2 devices found"))
	require.True(t, o.shows("R58N30ABCDE") && o.shows("R58N30ABCDF"))
	o.key(fyne.KeyDown)
	o.key(fyne.KeyReturn)
	require.True(t, o.shows("351921580053066 · SM-S921B"), "the newest stands first, the second was chosen")
}

func TestUploadThatADeviceWaitsInIsNamedWhole(t *testing.T) {
	o := newOffice(t)
	o.done(o.Resellers().SetAutoApprove(ctx, o.msp.ID, o.reseller.ID, false, false))
	o.upload(first)
	ShowFind(o.desk, nil)
	o.search("351921580")
	require.True(t, o.shows("waits in an upload of Northwind Mobile"))
}

func TestNothingFoundIsSaidWithItsReason(t *testing.T) {
	o := newOffice(t)
	o.upload(first)
	ShowFind(o.desk, nil)
	o.search("35 693803 564380 9")
	require.True(t, o.shows("No device of ours has the IMEI 356938035643809."))
	o.search("xyz")
	require.True(t, o.shows("No device matches “xyz”."))
	o.search("8801643566852")
	require.True(t, o.shows("EAN"), "a barcode that is no identifier is named")
	o.key(fyne.KeyReturn)
	require.Len(t, o.desk.Window().Canvas().Overlays().List(), 1, "Enter opens nothing")
	o.key(fyne.KeyEscape)
	require.Empty(t, o.desk.Window().Canvas().Overlays().List())
}

func TestCardTellsWhoSeesAMovedDeviceAndItsHistory(t *testing.T) {
	o := newOffice(t)
	id := o.upload(first)[0]
	o.move(id)
	ShowCard(o.desk, id)
	for _, text := range []string{"351921580053066", "490154203237518", "R58N30ABCDE", "SM-S921B", "PO77", model.MovedByMSP, "Devices moved",
		"Devices uploaded"} {
		require.True(t, o.shows(text), text)
	}
	seen := richTexts(o.desk.Window())
	require.Contains(t, seen, "Northwind Mobile\nReseller")
	require.Contains(t, seen, "Contoso Managed\nMSP")
	require.Contains(t, seen, "Fabrikam\nCustomer")
	require.Contains(t, seen, "by Northwind Mobile", "the history says who did it")
}

func TestCardInANarrowWindowCutsNothing(t *testing.T) {
	o := newOffice(t)
	id := o.upload(first)[0]
	o.move(id)
	o.desk.Window().Resize(fyne.NewSize(512, 320))
	ShowCard(o.desk, id)
	uitest.Walk(o.desk.Window(), func(x fyne.CanvasObject) bool {
		if text, is := x.(interface{ IsCut() bool }); is {
			require.False(t, text.IsCut(), "%v", x)
		}
		return false
	})
	require.Empty(t, uitest.Misplaced(o.desk.Window()))
}

// richTexts are all texts on screen that are made of segments.
func richTexts(w fyne.Window) string {
	var all strings.Builder
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if r, is := o.(*widget.RichText); is {
			fmt.Fprintln(&all, r.String())
		}
		return false
	})
	return all.String()
}

func TestCardLeadsToUploadCustomerAndList(t *testing.T) {
	o := newOffice(t)
	id := o.upload(first)[0]
	go1 := func(button string) page.Place {
		ShowCard(o.desk, id)
		uitest.Tap(t, o.desk.Window(), button)
		require.Empty(t, o.desk.Window().Canvas().Overlays().List(), "the card is left")
		return o.desk.Went[len(o.desk.Went)-1]
	}
	// The topmost of equal buttons is the MSP's.
	require.Equal(t, page.Place{Tab: page.MSPTab, Page: page.Devices, Acting: o.msp.ID, Search: first.IMEI1}, go1("In Devices"))
	at := go1("Upload")
	require.Equal(t, page.MSPTab, at.Tab)
	require.Equal(t, page.Upload, at.Page)
	require.NotZero(t, at.ID)
	at = go1("Customer")
	require.Equal(t, page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: o.msp.ID, Acting: o.reseller.ID}, at)
}

func TestDeviceIsDeletedFromItsCardAfterAsking(t *testing.T) {
	o := newOffice(t)
	id := o.upload(first)[0]
	ShowCard(o.desk, id)
	uitest.Tap(t, o.desk.Window(), "Delete device…")
	require.True(t, o.shows("Delete 351921580053066?"))
	uitest.Tap(t, o.desk.Window(), "Delete device")
	require.Empty(t, o.desk.Failed)
	require.Len(t, o.desk.Done, 1)
	require.Empty(t, o.desk.Window().Canvas().Overlays().List())

	ShowCard(o.desk, id)
	require.True(t, o.shows("Deleted on"))
	require.True(t, o.shows("Nobody: it is gone from all portals."))
	require.True(t, o.shows("Devices deleted"), "the history stays")
	require.Nil(t, uitest.FindButton(o.desk.Window(), "Delete device…"))
}

func TestIdentifierIsCopiedWithOnePress(t *testing.T) {
	o := newOffice(t)
	id := o.upload(second)[0]
	ShowCard(o.desk, id)
	var copies []fyne.Tappable
	uitest.Walk(o.desk.Window(), func(c fyne.CanvasObject) bool {
		if b, is := c.(*control.Button); is && b.Icon != nil {
			copies = append(copies, b)
		}
		return false
	})
	require.Len(t, copies, 2, "one for each identifier")
	test.Tap(copies[1])
	require.Equal(t, second.Serial, fyne.CurrentApp().Clipboard().Content())
}

func TestEscClosesTheCard(t *testing.T) {
	o := newOffice(t)
	ShowCard(o.desk, o.upload(first)[0])
	o.key(fyne.KeyEscape)
	require.Empty(t, o.desk.Window().Canvas().Overlays().List())
}
