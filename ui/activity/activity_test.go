package activity

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uitest"
)

var ctx = context.Background()

// office is a register with a reseller of ours and a customer, and the log on its desk.
type office struct {
	*data.Register
	t                  testing.TB
	desk               *uitest.Desk
	page               *page.Page
	reseller, customer model.Account
	devices            int
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
	o.customer = o.account(model.Customer, "4600001586", "Fabrikam", false)
	o.desk = uitest.NewDesk(t, r, fyne.NewSize(1400, 700), o.reseller)
	return o
}

func (o *office) account(kind model.AccountKind, id, name string, ours bool) model.Account {
	a, err := o.Accounts().Add(ctx, model.Account{Kind: kind, KnoxID: id, CompanyName: name, Ours: ours})
	require.NoError(o.t, err)
	return a
}

func (o *office) upload(n int) model.Upload {
	list := make([]model.NewDevice, n)
	for i := range list {
		o.devices++
		list[i] = model.NewDevice{Identifiers: model.Identifiers{Serial: fmt.Sprintf("R%010d", o.devices)}}
	}
	u, _, err := o.Uploads().Add(ctx, model.NewUpload{ResellerID: o.reseller.ID, TargetID: o.customer.ID,
		UploadedBy: model.As(model.Reseller, o.reseller.ID)}, list, nil)
	require.NoError(o.t, err)
	return u
}

// open shows the log, narrowed by filters.
func (o *office) open(filters map[string]string) {
	p, err := Open(o.desk, page.Place{Tab: page.ActivityTab, Page: page.Log, Filters: filters})
	require.NoError(o.t, err)
	o.page = p
	o.desk.Show(p)
}

func (o *office) view() *grid.View[model.Activity] {
	return o.page.Content.(*fyne.Container).Objects[0].(*grid.View[model.Activity])
}

// entry makes the n-th entry the current one, as a click does.
func (o *office) entry(n int) model.Activity {
	o.view().Table.GoTo(n)
	a, ok := o.view().Table.Current()
	require.True(o.t, ok)
	return a
}

func TestLogBeginsWithTheLatestAct(t *testing.T) {
	o := newOffice(t)
	o.upload(7)
	o.open(nil)
	a := o.entry(0)
	require.Equal(t, model.DevicesUploaded, a.Event)
	require.Equal(t, 7, a.Devices)
	for _, text := range []string{"DATE", "EVENT", "PERFORMED BY", "PARTY", "CUSTOMER", "CUSTOMER ID", "DEVICES", "STATUS", "DETAIL",
		"Devices uploaded", "Northwind Mobile", "4600001586", "Completed"} {
		require.True(t, uitest.Shows(o.desk.Window(), text), "%s in %q", text, uitest.Texts(o.desk.Window()))
	}
}

func TestLogIsNarrowedByEventPartyTimeAndUpload(t *testing.T) {
	o := newOffice(t)
	first := o.upload(1)
	o.upload(2)
	other := o.account(model.Customer, "4600001587", "Litware", false)
	_, err := o.Customers().Add(ctx, o.reseller.ID, other.ID, "")
	require.NoError(t, err)
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.Local)
	all, err := o.Activity().IDs(ctx, model.ActivityQuery{})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		filters map[string]string
		rows    int
	}{
		"event":  {map[string]string{filterEvent: string(model.DevicesUploaded)}, 2},
		"party":  {map[string]string{filterParty: page.IDValue(other.ID)}, 2},
		"day":    {map[string]string{page.FilterTime: page.Span(day, day)}, len(all)},
		"before": {map[string]string{page.FilterTime: page.Span(time.Time{}, day.AddDate(0, 0, -1))}, 0},
		"upload": {map[string]string{page.FilterUpload: page.IDValue(first.ID)}, 1},
	} {
		o.open(c.filters)
		require.Equal(t, c.rows, o.view().Table.Len(), name)
	}
}

func TestUndoTakesBackTheChosenActAfterAsking(t *testing.T) {
	o := newOffice(t)
	o.upload(3)
	o.open(nil)
	o.entry(0)
	uitest.Tap(t, o.desk.Window(), "Undo…")
	require.True(t, uitest.Shows(o.desk.Window(), "Undo “Devices uploaded”?"))
	uitest.Tap(t, o.desk.Window(), "Undo")
	require.Empty(t, o.desk.Failed)
	n, err := o.Devices().Count(ctx, model.DeviceQuery{View: model.As(model.Reseller, o.reseller.ID)})
	require.NoError(t, err)
	require.Zero(t, n)
	require.Equal(t, model.Undone, o.entry(0).Event, "the undoing is logged, and shown at once")
	require.Equal(t, model.ActUndone, o.entry(1).Status)
}

func TestUndoOfWhatLaterActsBuildOnSaysWhy(t *testing.T) {
	o := newOffice(t)
	u := o.upload(3)
	_, err := o.Uploads().Approve(ctx, model.As(model.Reseller, o.reseller.ID), []int64{u.ID})
	require.NoError(t, err)
	o.open(map[string]string{filterEvent: string(model.DevicesUploaded)})
	o.entry(0)
	off, is := uitest.FindButton(o.desk.Window(), "Undo…").(fyne.Disableable)
	require.True(t, is && off.Disabled())
	require.True(t, uitest.Shows(o.desk.Window(), "while something later builds on it: Upload approved"), "the reason stands below the table")
	o.open(nil)
	o.entry(0)
	uitest.Tap(t, o.desk.Window(), "Undo…")
}

func TestEnterOnAnEntryOpensItsUpload(t *testing.T) {
	o := newOffice(t)
	u := o.upload(3)
	o.open(nil)
	o.entry(0)
	o.view().Table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Equal(t, []page.Place{{Tab: page.ResellerTab, Page: page.Upload, ID: u.ID, Acting: o.reseller.ID}}, o.desk.Went)

	o.entry(o.view().Table.Len() - 1) // an account was added
	o.view().Table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Len(t, o.desk.Went, 1)
	require.Len(t, o.desk.Said, 1, "an act without an upload says what it was")
}

func TestLogIsDownloadedAsCSV(t *testing.T) {
	o := newOffice(t)
	o.upload(1_234)
	o.open(nil)
	folder := t.TempDir()
	o.desk.Preferences().SetString("folder.saved", folder)
	uitest.Tap(t, o.desk.Window(), "DOWNLOAD ACTIVITY LOG")
	uitest.Tap(t, o.desk.Window(), "Save")
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	text, err := os.ReadFile(files[0])
	require.NoError(t, err)
	require.Contains(t, string(text), "DATE,EVENT,PERFORMED BY,ACTING AS,PARTY,CUSTOMER,CUSTOMER ID,DEVICES,STATUS,PORTAL,DETAIL")
	require.Contains(t, string(text), ",4600001586,1234,Completed,")
}

func TestUploadIsFoundByItsIDForTheFilter(t *testing.T) {
	o := newOffice(t)
	u := o.upload(1)
	o.upload(1)
	found, err := findUpload(ctx, o.desk, u.UUID)
	require.NoError(t, err)
	require.Equal(t, u.ID, found)
	_, err = findUpload(ctx, o.desk, "no such upload")
	require.Equal(t, model.NotFound, model.CodeOf(err))
	_, err = findUpload(ctx, o.desk, "Fabrikam")
	require.Equal(t, model.Invalid, model.CodeOf(err), "two uploads match")
}

func TestDetailHasTheRoomThatIsLeft(t *testing.T) {
	o := newOffice(t)
	o.customer = o.account(model.Customer, "4600001999", "Fabrikam Santé et Compagnie de l’Ouest et du Nord", false)
	o.upload(7)
	o.open(nil)
	o.desk.Window().Resize(fyne.NewSize(1366, 768))
	var from float32
	uitest.Walk(o.desk.Window(), func(x fyne.CanvasObject) bool {
		text, is := x.(*canvas.Text)
		if is && text.Text == "DETAIL" {
			from = fyne.CurrentApp().Driver().AbsolutePositionForObject(x).X
		}
		return from > 0
	})
	require.Positive(t, from)
	require.Greater(t, 1366-from, float32(300))
}
