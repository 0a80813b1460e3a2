package data

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
)

// portalOffice is a reseller whose register stands beside a portal's export.
type portalOffice struct {
	*testing.T
	r         *Register
	view      model.View
	customers []model.Account
}

func newPortalOffice(t *testing.T) *portalOffice {
	o := &portalOffice{T: t, r: newRegister(t)}
	o.view = model.As(model.Reseller, o.account(model.Reseller, "4680000925", "Northwind", true).ID)
	for i, name := range []string{"Contoso", "Müller & Söhne", "Fabrikam"} {
		o.customers = append(o.customers, o.account(model.Customer, fmt.Sprintf("460000158%d", i), name, false))
	}
	return o
}

func (o *portalOffice) account(kind model.AccountKind, id, name string, ours bool) model.Account {
	a, err := o.r.Accounts().Add(o.Context(), model.Account{Kind: kind, KnoxID: id, CompanyName: name, Ours: ours})
	require.NoError(o, err)
	return a
}

// upload uploads devices from the n-th on.
func (o *portalOffice) upload(target model.Account, order string, n, count int) model.Upload {
	devices := make([]model.NewDevice, count)
	for i := range devices {
		first := fmt.Sprintf("35%012d", n+i)
		second := fmt.Sprintf("86%012d", n+i)
		devices[i] = model.NewDevice{Model: "SM-A556B", Identifiers: model.Identifiers{IMEI1: first + string(model.LuhnDigit(first)),
			IMEI2: second + string(model.LuhnDigit(second)), Serial: fmt.Sprintf("R58N%07d", n+i)}}
	}
	u, _, err := o.r.Uploads().Add(o.Context(), model.NewUpload{ResellerID: o.view.Account, TargetID: target.ID, UploadedBy: o.view,
		OrderNumber: order}, devices, nil)
	require.NoError(o, err)
	return u
}

// export is what a portal would export of the register: both IMEIs in one cell, order numbers as bulk files bring them.
func (o *portalOffice) export() (rows [][]string) {
	all, err := o.r.Devices().IDs(o.Context(), model.DeviceQuery{View: o.view})
	require.NoError(o, err)
	slices.Sort(all) // as they came
	devices, err := o.r.Devices().Rows(o.Context(), o.view, all)
	require.NoError(o, err)
	for _, d := range devices {
		rows = append(rows, []string{d.IMEI1 + ", " + d.IMEI2, d.Serial, d.Model, portal.CleanOrder(d.OrderNumber), "2026-11-20", d.Customer,
			d.Status.String()})
	}
	return rows
}

const exportTitles = "IMEI/MEID,Serial Number,Model,Order Number,Uploaded,Customer,Status"

// compare lays an export beside the register.
func (o *portalOffice) compare(titles string, rows [][]string) *Comparison {
	o.Helper()
	var text strings.Builder
	text.WriteString(titles + "\n")
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				text.WriteByte(',')
			}
			fmt.Fprintf(&text, "%q", cell)
		}
		text.WriteByte('\n')
	}
	file, err := sheet.FromText(text.String())
	require.NoError(o, err)
	found, err := portal.FindDevices(o.Context(), file)
	require.NoError(o, err)
	c, err := o.r.Devices().Compare(o.Context(), o.view, found.Columns, found.Lines(o.Context()), portal.CleanOrder, file.Progress, nil)
	require.NoError(o, err)
	return c
}

func (o *portalOffice) differences(c *Comparison, kinds ...model.Difference) []int64 {
	ids, err := c.IDs(o.Context(), "", kinds...)
	require.NoError(o, err)
	return ids
}

// seed changes thirty lines of an export, five of each kind but status, which has ten, and says what must be found by serial number.
func seed(rows [][]string) (changed [][]string, want map[string]model.Difference) {
	want = map[string]model.Difference{}
	changed = slices.Clone(rows)
	for i := range changed {
		changed[i] = slices.Clone(rows[i])
	}
	for i := range 5 {
		for at, change := range map[int]func([]string) model.Difference{
			10 + i: func(r []string) model.Difference { r[5] = "Fabrikam"; return model.OtherCustomer },
			20 + i: func(r []string) model.Difference { r[6] = "Verified"; return model.OtherStatus },
			30 + i: func(r []string) model.Difference { r[6] = "MPTS error"; return model.OtherStatus },
			40 + i: func(r []string) model.Difference { r[3] = "NEW1"; return model.OtherOrderNumber },
		} {
			want[changed[at][1]] = change(changed[at])
		}
	}
	for i := range 5 { // the last ones are not at the portal
		want[changed[len(changed)-1-i][1]] = model.OnlyHere
	}
	changed = changed[:len(changed)-5]
	for i := range 5 {
		first := fmt.Sprintf("99%012d", i)
		serial := fmt.Sprintf("R59N%07d", i)
		changed = append(changed, []string{first + string(model.LuhnDigit(first)), serial, "SM-S911B", "PO9",
			"2026-10-0" + fmt.Sprint(i%2+1), "Contoso",
			[]string{"Pending", "Verified"}[i%2]})
		want[serial] = model.OnlyThere
	}
	return changed, want
}

func TestEveryDifferenceOfAPortalsExportIsFoundAndNothingElse(t *testing.T) {
	o := newPortalOffice(t)
	o.upload(o.customers[0], "PO-2026/118", 0, 60)
	second := o.upload(o.customers[1], "4711", 100, 60)
	_, err := o.r.Uploads().Approve(t.Context(), o.view, []int64{second.ID})
	require.NoError(t, err)

	c := o.compare(exportTitles, o.export())
	require.Equal(t, 120, c.Count(model.Same))
	require.Empty(t, o.differences(c))

	rows, want := seed(o.export())
	require.Len(t, want, 30)
	c = o.compare(exportTitles, rows)
	found, err := c.Rows(t.Context(), o.differences(c))
	require.NoError(t, err)
	got := map[string]model.Difference{}
	for _, x := range found {
		serial := x.Line.Serial
		if x.Line.Line == 0 {
			serial = x.Here.Serial
		}
		got[serial] = x.Kind
	}
	require.Equal(t, want, got)
	require.Equal(t, 95, c.Count(model.Same))

	// settled, each way in one act
	before := o.export()
	taken, err := c.TakeOver(t.Context(), o.differences(c, model.OnlyThere, model.OtherCustomer, model.OtherStatus, model.OtherOrderNumber),
		TakeOver{}, nil)
	require.NoError(t, err)
	require.Equal(t, 25, taken.Devices)
	gone, err := o.r.Devices().Delete(t.Context(), c.Devices(o.differences(c, model.OnlyHere)), nil)
	require.NoError(t, err)
	c = o.compare(exportTitles, rows)
	require.Empty(t, o.differences(c))
	require.Equal(t, 120, c.Count(model.Same))
	check, err := o.r.Safe().CheckLog(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, check.Breaks)

	for _, done := range []model.Done{gone, taken} {
		_, err = o.r.Activity().Undo(t.Context(), done.ActivityID, nil)
		require.NoError(t, err)
	}
	require.Equal(t, before, o.export(), "undone, all is as it was")
	check, err = o.r.Safe().CheckLog(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, check.Breaks)
}

func TestWhatIsTheSameAtThePortalIsConfirmed(t *testing.T) {
	o := newPortalOffice(t)
	u := o.upload(o.customers[0], "PO1", 0, 3)
	c := o.compare(exportTitles, o.export())
	_, err := o.r.Carrying().ConfirmDevices(t.Context(), c.Same())
	require.NoError(t, err)
	u, err = o.r.Uploads().ByID(t.Context(), o.view, u.ID)
	require.NoError(t, err)
	require.Equal(t, model.Confirmed, u.PortalState)
}

func TestUploadThatThePortalShowsVerifiedAsAWholeIsApproved(t *testing.T) {
	o := newPortalOffice(t)
	u := o.upload(o.customers[0], "PO1", 0, 3)
	rows := o.export()
	for i := range rows {
		rows[i][6] = "Verified"
	}
	c := o.compare(exportTitles, rows)
	require.Equal(t, 3, c.Count(model.OtherStatus))
	_, err := c.TakeOver(t.Context(), o.differences(c), TakeOver{}, nil)
	require.NoError(t, err)
	u, err = o.r.Uploads().ByID(t.Context(), o.view, u.ID)
	require.NoError(t, err)
	require.Equal(t, 3, u.Verified, "it is the same upload")
}

func TestExistingPortalIsTakenOverWithItsUploadsDaysAndStatuses(t *testing.T) {
	here, there := newPortalOffice(t), newPortalOffice(t)
	there.upload(there.customers[0], "PO-1", 0, 5)
	there.upload(there.customers[1], "PO-2", 10, 5)
	rows := there.export()
	for i := range 5 {
		rows[i][4], rows[i][6] = "2026-03-01", "Verified"
	}
	c := here.compare(exportTitles, rows)
	require.Equal(t, 10, c.Count(model.OnlyThere))
	_, err := c.TakeOver(t.Context(), here.differences(c), TakeOver{}, nil)
	require.NoError(t, err)
	c = here.compare(exportTitles, rows)
	require.Equal(t, 10, c.Count(model.Same))
	ids, err := here.r.Uploads().IDs(t.Context(), model.UploadQuery{View: here.view, Sort: []model.Sort{{Column: model.ByUploaded}}})
	require.NoError(t, err)
	uploads, err := here.r.Uploads().Rows(t.Context(), here.view, "", ids)
	require.NoError(t, err)
	require.Len(t, uploads, 2)
	require.Equal(t, "2026-03-01", uploads[0].UploadedAt.UTC().Format("2006-01-02"))
	require.Equal(t, 5, uploads[0].Verified)
	require.Equal(t, model.Confirmed, uploads[0].PortalState)
	require.Zero(t, uploads[1].Verified)
}

func TestExportOfAnMSPIsComparedByItsDeviceIDs(t *testing.T) {
	o := newPortalOffice(t)
	msp := o.account(model.MSP, "1979621309", "Adatum", true)
	_, err := o.r.Resellers().Register(t.Context(), msp.ID, o.view.Account, true, false)
	require.NoError(t, err)
	o.upload(msp, "PO1", 0, 4)
	reseller := o.view.Account
	rows := o.export()
	o.view = model.As(model.MSP, msp.ID)
	lines := [][]string{}
	for _, r := range rows[:3] {
		lines = append(lines, []string{r[1], r[2], "20.11.2026"})
	}
	lines = append(lines, []string{"351921580053066", "SM-S911B", "21.11.2026"},
		[]string{strings.Split(rows[0][0], ",")[0], "SM-A556B", "20.11.2026"})
	c := o.compare("Device ID,Model,Date of submission", lines)
	require.Equal(t, []int{3, 1, 1, 1}, []int{c.Count(model.Same), c.Count(model.OnlyHere), c.Count(model.OnlyThere), c.Again})
	_, err = c.TakeOver(t.Context(), o.differences(c, model.OnlyThere), TakeOver{}, nil)
	require.Equal(t, model.Invalid, model.CodeOf(err), "nobody knows whose it is")
	_, err = c.TakeOver(t.Context(), o.differences(c, model.OnlyThere), TakeOver{Reseller: reseller}, nil)
	require.NoError(t, err)
	c = o.compare("Device ID,Model,Date of submission", lines)
	require.Equal(t, 4, c.Count(model.Same))
	require.Zero(t, c.Count(model.OnlyThere))
}

func TestDeviceOfAnotherResellerIsNotTakenOver(t *testing.T) {
	o := newPortalOffice(t)
	mine := o.view
	o.view = model.As(model.Reseller, o.account(model.Reseller, "4680000926", "Südwind", true).ID)
	o.upload(o.customers[0], "PO1", 0, 1)
	rows := o.export()
	o.view = mine
	c := o.compare(exportTitles, rows)
	found, err := c.Rows(t.Context(), o.differences(c))
	require.NoError(t, err)
	require.True(t, found[0].Taken)
	_, err = c.TakeOver(t.Context(), []int64{1}, TakeOver{}, nil)
	require.Equal(t, model.Conflict, model.CodeOf(err))
	_, err = c.TakeOver(t.Context(), []int64{1}, TakeOver{LeaveUnknown: true}, nil)
	require.Equal(t, model.Refused, model.CodeOf(err))
}

func TestCustomerThatTheDirectoryLacksIsNamed(t *testing.T) {
	o := newPortalOffice(t)
	o.upload(o.customers[0], "PO1", 0, 1)
	rows := o.export()
	rows[0][5] = "Tailspin"
	c := o.compare(exportTitles, rows)
	require.Equal(t, 1, c.Count(model.OtherCustomer))
	_, err := c.TakeOver(t.Context(), []int64{1}, TakeOver{}, nil)
	require.ErrorContains(t, err, "Tailspin")
}

func TestOldComparisonIsNotSettled(t *testing.T) {
	o := newPortalOffice(t)
	north, south := o.view, model.As(model.Reseller, o.account(model.Reseller, "4680000926", "Südwind", true).ID)
	u := o.upload(o.customers[0], "PO1", 0, 3)
	rows := o.export()
	rows[0][5] = "Fabrikam"
	c := o.compare(exportTitles, rows)

	// what changes nothing that is compared, and what another reseller does
	_, err := o.r.Carrying().MarkCarried(t.Context(), north, model.CarrySelection{Uploads: []int64{u.ID}})
	require.NoError(t, err)
	o.view = south
	o.upload(o.customers[1], "PO2", 10, 1)
	o.view = north
	require.NoError(t, c.Current(t.Context()))

	// each act, and its undoing
	refused := func() {
		t.Helper()
		at := o.differences(c)
		require.Equal(t, model.Refused, model.CodeOf(c.Current(t.Context())))
		_, err := c.Plan(t.Context(), at)
		require.ErrorContains(t, err, "compare again")
		_, err = c.TakeOver(t.Context(), at, TakeOver{}, nil)
		require.ErrorContains(t, err, "compare again")
		_, err = c.Confirm(t.Context())
		require.ErrorContains(t, err, "compare again")
		c = o.compare(exportTitles, rows)
		require.NoError(t, c.Current(t.Context()))
	}
	for _, act := range []func() (model.Done, error){
		func() (model.Done, error) { return o.r.Uploads().Approve(t.Context(), north, []int64{u.ID}) },
		func() (model.Done, error) {
			return o.r.Devices().Delete(t.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: north}, IDs: []int64{2}}, nil)
		},
	} {
		done, err := act()
		require.NoError(t, err)
		refused()
		_, err = o.r.Activity().Undo(t.Context(), done.ActivityID, nil)
		require.NoError(t, err)
		refused()
	}
	_, err = c.TakeOver(t.Context(), o.differences(c, model.OtherCustomer), TakeOver{}, nil)
	require.NoError(t, err)
}

func TestComparisonIsOldOnlyOnceSomethingThatItComparedIsTouched(t *testing.T) {
	o := newPortalOffice(t)
	o.upload(o.customers[0], "PO1", 0, 3)
	rows := o.export()
	rows[0][5], rows[1][5] = "Fabrikam", "Litware"
	c := o.compare(exportTitles, rows)
	current := func(is bool) {
		t.Helper()
		require.Equal(t, is, c.Current(t.Context()) == nil)
		c = o.compare(exportTitles, rows)
	}
	elsewhere := o.account(model.Customer, "4600001777", "Tailspin", false)
	current(true)
	_, err := o.r.Customers().Add(t.Context(), o.view.Account, elsewhere.ID, "the new one")
	require.NoError(t, err)
	current(true)
	o.upload(elsewhere, "PO9", 50, 2) // devices that nobody compared
	current(true)
	wingtip := o.account(model.MSP, "1979621399", "Wingtip", true)
	_, err = o.r.Managements().Request(t.Context(), wingtip.ID, elsewhere.ID, model.FullyManaged, nil)
	require.NoError(t, err)
	current(true)

	company, another := "Litware", o.account(model.Customer, "4600001778", "Adventure", false)
	_, err = o.r.Accounts().Edit(t.Context(), another.ID, AccountUpdate{CompanyName: &company})
	require.NoError(t, err)
	current(false) // the export calls a customer so
	_, err = o.r.Customers().EditReference(t.Context(), o.view.Account, o.customers[0].ID, "our first")
	require.NoError(t, err)
	current(false)
	rows = append(rows, slices.Clone(rows[0]))
	rows[len(rows)-1][0], rows[len(rows)-1][1] = "356938035643809", ""
	c = o.compare(exportTitles, rows)
	require.Equal(t, 1, c.Count(model.OnlyThere))
	o.upload(elsewhere, "PO10", 60, 1)
	current(false) // it may bring what was only there
}

func TestCancelledComparisonStops(t *testing.T) {
	o := newPortalOffice(t)
	o.upload(o.customers[0], "PO1", 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := o.r.Devices().Compare(ctx, o.view, model.PortalColumns{}, func(func(model.PortalLine, error) bool) {},
		portal.CleanOrder, nil, nil)
	require.Error(t, err)
}
