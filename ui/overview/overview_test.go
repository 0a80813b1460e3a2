package overview

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/assets"
	"consign/data"
	"consign/model"
	"consign/ui/chart"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
)

// office is a register with a reseller and an MSP of ours, and a customer.
type office struct {
	*data.Register
	t                       testing.TB
	reseller, msp, customer model.Account
	now                     time.Time
	devices                 int
}

func newOffice(t testing.TB) *office {
	o := &office{t: t, now: time.Now().Add(-time.Hour)}
	r, err := data.Open(filepath.Join(t.TempDir(), "register.consign"), data.Options{Clock: func() time.Time { return o.now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	o.Register = r
	o.reseller = o.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	o.msp = o.account(model.MSP, "1979621309", "Contoso Managed", true)
	o.customer = o.account(model.Customer, "4600001586", "Fabrikam", false)
	return o
}

func (o *office) account(kind model.AccountKind, id, name string, ours bool) model.Account {
	a, err := o.Accounts().Add(context.Background(), model.Account{Kind: kind, KnoxID: id, CompanyName: name, Ours: ours})
	require.NoError(o.t, err)
	return a
}

// upload makes an upload of n devices of a model, that many days ago.
func (o *office) upload(to model.Account, n int, of string, daysAgo int) model.Upload {
	today := o.now
	o.now = today.AddDate(0, 0, -daysAgo)
	defer func() { o.now = today }()
	list := make([]model.NewDevice, n)
	for i := range list {
		o.devices++
		list[i] = model.NewDevice{Identifiers: model.Identifiers{Serial: fmt.Sprintf("R%010d", o.devices)}, Model: of}
	}
	u, _, err := o.Uploads().Add(context.Background(), model.NewUpload{ResellerID: o.reseller.ID, TargetID: to.ID,
		UploadedBy: model.As(model.Reseller, o.reseller.ID)}, list, nil)
	require.NoError(o.t, err)
	return u
}

func (o *office) register() {
	_, err := o.Resellers().Register(context.Background(), o.msp.ID, o.reseller.ID, false, false)
	require.NoError(o.t, err)
}

func (o *office) desk() *uitest.Desk {
	return uitest.NewDesk(o.t, o.Register, fyne.NewSize(804, 640), o.reseller, o.msp)
}

func last(places []page.Place) page.Place { return places[len(places)-1] }

// tapped presses the figure with this name.
func tapped(t *testing.T, d *uitest.Desk, name string) page.Place {
	t.Helper()
	uitest.Tap(t, d.Window(), name)
	return last(d.Went)
}

// plotUnder is the plot in the panel with this heading.
func plotUnder[P fyne.Widget](t *testing.T, d *uitest.Desk) P {
	t.Helper()
	var found P
	ok := false
	uitest.Walk(d.Window(), func(o fyne.CanvasObject) bool {
		if p, is := o.(P); is {
			found, ok = p, true
		}
		return ok
	})
	require.True(t, ok)
	return found
}

func TestNewResellerBeginsWithItsFirstCustomerAndThenItsFirstUpload(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	pressed := false
	p := Reseller(d, func() { pressed = true }, control.NewButton("", nil))
	d.Show(p)
	p.Reload()
	require.Same(t, p.First(), d.Window().Canvas().Focused())
	require.Same(t, uitest.FindButton(d.Window(), "ADD CUSTOMER"), p.First(), "the keyboard begins there")
	uitest.Tap(t, d.Window(), "ADD CUSTOMER")
	require.True(t, pressed)

	_, err := o.Customers().Add(context.Background(), o.reseller.ID, o.customer.ID, "")
	require.NoError(t, err)
	uitest.Tap(t, d.Window(), "New upload")
	require.Equal(t, page.Place{Tab: page.ResellerTab, Page: page.NewUpload}, last(d.Went))
}

func TestNewMSPBeginsWithItsFirstResellerAndThenTellsItsID(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	pressed := false
	d.Show(MSP(d, func() { pressed = true }, control.NewButton("", nil)))
	uitest.Tap(t, d.Window(), "REGISTER RESELLER")
	require.True(t, pressed)

	o.register()
	require.True(t, uitest.Shows(d.Window(), "1979621309"))
	uitest.Tap(t, d.Window(), "Receive upload…")
	require.Equal(t, page.Place{Tab: page.MSPTab, Page: page.NewUpload}, last(d.Went))
}

func TestEveryFigureOpensTheListThatItCounts(t *testing.T) {
	o := newOffice(t)
	o.upload(o.customer, 3, "SM-A556B", 2)
	d := o.desk()
	carry := control.NewButton("", nil)
	p := Reseller(d, nil, carry)
	d.Show(p)
	require.Same(t, carry, p.First(), "there is something to carry")
	for name, want := range map[string]page.Place{
		"Devices":     {Page: page.Devices},
		"Verified":    {Page: page.Devices, Filters: map[string]string{page.FilterStatus: "verified"}},
		"Pending":     {Page: page.Devices, Filters: map[string]string{page.FilterStatus: "pending"}},
		"MPTS errors": {Page: page.Devices, Filters: map[string]string{page.FilterStatus: "mpts error"}},
		"Uploads":     {Page: page.Uploads},
		"Waiting":     {Page: page.Uploads, Filters: map[string]string{page.FilterWaiting: page.Yes}},
		"Customers":   {Page: page.Customers},
	} {
		want.Tab = page.ResellerTab
		require.Equal(t, want, tapped(t, d, name), name)
	}
}

func TestBarsOpenTheirDevices(t *testing.T) {
	o := newOffice(t)
	other := o.account(model.Customer, "4600001587", "Litware", false)
	o.upload(o.customer, 2, "SM-A556B", 0)
	o.upload(other, 5, "SM-S921B", 0)
	d := o.desk()
	d.Show(Reseller(d, nil, control.NewButton("", nil)))

	press := func(p interface {
		fyne.Widget
		fyne.Focusable
	}, keys ...fyne.KeyName) page.Place {
		d.Window().Canvas().Focus(p)
		for _, key := range keys {
			uitest.Key(d.Window(), key)
		}
		return last(d.Went)
	}
	months := plotUnder[*chart.Columns](t, d)
	first := time.Date(o.now.Year(), o.now.Month(), 1, 0, 0, 0, 0, time.Local)
	require.Equal(t, map[string]string{page.FilterTime: page.Span(first, first.AddDate(0, 1, -1))},
		press(months, fyne.KeyEnd, fyne.KeyReturn).Filters)

	states := plotUnder[*chart.Shares](t, d)
	require.Equal(t, status(model.PendingDevice), press(states, fyne.KeyHome, fyne.KeyReturn).Filters)

	customers := plotUnder[*chart.Bars](t, d)
	require.Equal(t, map[string]string{page.FilterCustomer: page.IDValue(other.ID)}, press(customers, fyne.KeyHome, fyne.KeyReturn).Filters,
		"the top customer first")
}

func TestMSPApprovesTheLongestWaitingFromItsOverview(t *testing.T) {
	o := newOffice(t)
	o.register()
	old := o.upload(o.msp, 4, "SM-A556B", 12)
	d := o.desk()
	d.Show(MSP(d, nil, control.NewButton("", nil)))
	require.True(t, uitest.Shows(d.Window(), "Northwind Mobile"))
	uitest.Tap(t, d.Window(), "Approve")
	require.Empty(t, d.Failed)
	u, err := o.Uploads().ByID(context.Background(), model.As(model.MSP, o.msp.ID), old.ID)
	require.NoError(t, err)
	require.False(t, u.Waits())
	require.True(t, uitest.Shows(d.Window(), "Nothing waits for approval."), "the page shows it at once")
}

func TestUploadOfAResellerThatIsNotRegisteredIsNotApprovedFromTheOverview(t *testing.T) {
	o := newOffice(t)
	o.upload(o.msp, 4, "SM-A556B", 1)
	d := o.desk()
	d.Show(MSP(d, nil, control.NewButton("", nil)))
	require.Nil(t, uitest.FindButton(d.Window(), "Approve"))
}

func TestAgeCountsDaysOfTheCalendar(t *testing.T) {
	now := time.Date(2026, 3, 10, 8, 0, 0, 0, time.Local)
	require.Equal(t, "since today", age(now.Add(-7*time.Hour), now))
	require.Equal(t, "for 1 day", age(now.Add(-9*time.Hour), now), "yesterday evening")
	require.Equal(t, "for 9 days", age(time.Date(2026, 3, 1, 23, 0, 0, 0, time.Local), now))
}

func TestBoardNeverCutsOrOverlapsAtAnyWidth(t *testing.T) {
	o := newOffice(t)
	o.upload(o.customer, 3, "SM-A556B", 2)
	d := o.desk()
	p := Reseller(d, nil, control.NewButton("", nil))
	d.Show(p)
	for width := float32(260); width <= 2400; width += 61 {
		d.Window().Resize(fyne.NewSize(width, 640))
		var boxes []fyne.CanvasObject
		uitest.Walk(d.Window(), func(o fyne.CanvasObject) bool {
			c, is := o.(*fyne.Container)
			if is {
				if _, isBoard := c.Layout.(*board); isBoard {
					boxes = c.Objects
				}
			}
			return boxes != nil
		})
		require.Len(t, boxes, 9+5, "figures and panels")
		for i, a := range boxes {
			require.LessOrEqual(t, a.Position().X+a.Size().Width, p.Content.Size().Width+0.5, "box %d at width %v", i, width)
			require.GreaterOrEqual(t, a.Size().Width+0.5, a.MinSize().Width, "box %d at width %v", i, width)
			require.GreaterOrEqual(t, a.Size().Height+0.5, a.MinSize().Height, "box %d at width %v", i, width)
			for j, b := range boxes[:i] {
				apart := a.Position().X >= b.Position().X+b.Size().Width || b.Position().X >= a.Position().X+a.Size().Width ||
					a.Position().Y >= b.Position().Y+b.Size().Height || b.Position().Y >= a.Position().Y+a.Size().Height
				require.True(t, apart, "boxes %d and %d at width %v", i, j, width)
			}
		}
	}
}

func TestHeadingOfTheNarrowestPanelIsWholeInEveryLanguage(t *testing.T) {
	files, err := assets.Translations.ReadDir("translations")
	require.NoError(t, err)
	const room, size = 236, 15 // in a window that is 1024 wide, with the letters of the program
	for _, file := range files {
		content, err := assets.Translations.ReadFile("translations/" + file.Name())
		require.NoError(t, err)
		var words map[string]any
		require.NoError(t, json.Unmarshal(content, &words))
		heading := words["Longest waiting for approval"].(string)
		width := fyne.MeasureText(heading, size, fyne.TextStyle{Bold: true}).Width
		require.LessOrEqual(t, width, float32(room), "%s: %s", file.Name(), heading)
	}
}
