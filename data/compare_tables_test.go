package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
)

func table(t *testing.T, titles string, rows [][]string) *sheet.File {
	t.Helper()
	var text strings.Builder
	text.WriteString("Exported on 2026-11-29\n" + titles + "\n")
	for _, row := range rows {
		quoted := make([]string, len(row))
		for i, cell := range row {
			quoted[i] = fmt.Sprintf("%q", cell)
		}
		text.WriteString(strings.Join(quoted, ",") + "\n")
	}
	file, err := sheet.FromText(text.String())
	require.NoError(t, err)
	return file
}

const uploadTitles = "UPLOAD ID,UPLOADED BY,CUSTOMER,ORDER NUMBER,TOTAL DEVICES,VERIFIED DEVICES,UPLOADED,STATUS"

// uploads is what a portal would export of the uploads: with IDs of its own, order numbers as bulk files bring them.
func (o *portalOffice) uploads() (rows [][]string, ours []model.Upload) {
	ids, err := o.r.Uploads().IDs(o.Context(), model.UploadQuery{View: o.view, Sort: []model.Sort{{Column: model.ByUploaded}}})
	require.NoError(o, err)
	ours, err = o.r.Uploads().Rows(o.Context(), o.view, "", ids)
	require.NoError(o, err)
	for i, u := range ours {
		rows = append(rows, []string{fmt.Sprintf("9f3c0000-0000-4000-8000-%012d", i), "Vera", u.TargetName, portal.CleanOrder(u.OrderNumber),
			strconv.Itoa(u.Devices), strconv.Itoa(u.Verified), u.UploadedAt.Local().Format("2006-01-02 15:04"), u.Status.String()})
	}
	return rows, ours
}

func (o *portalOffice) compareUploads(rows [][]string) *UploadComparison {
	o.Helper()
	lines, err := portal.ReadUploads(o.Context(), table(o.T, uploadTitles, rows))
	require.NoError(o, err)
	c, err := o.r.Uploads().Compare(o.Context(), o.view, lines, portal.CleanOrder)
	require.NoError(o, err)
	return c
}

func TestEveryDifferenceOfAPortalsUploadsIsFoundAndNothingElse(t *testing.T) {
	o := newPortalOffice(t)
	for i := range 36 {
		order := fmt.Sprintf("PO-%d/a", i)
		if i%6 == 5 {
			order = "PO-collected" // an order that came in several uploads
		}
		o.upload(o.customers[i%3], order, 10*i, 1+i%7)
	}
	rows, ours := o.uploads()
	c := o.compareUploads(rows)
	require.Empty(t, c.Differences())
	require.Equal(t, 36, c.Count(model.Same))

	want := map[string]model.Difference{} // by order number
	note := func(row []string, kind model.Difference) { want[row[3]] = kind }
	for i := range 5 {
		rows[6*i][4] = "99"
		note(rows[6*i], model.OtherDevices)
		rows[6*i+1][5] = rows[6*i+1][4]
		note(rows[6*i+1], model.OtherStatus)
		rows[6*i+2][7] = "Error"
		note(rows[6*i+2], model.OtherStatus)
		rows[6*i+3][0], rows[6*i+3][3] = ours[6*i+3].UUID, fmt.Sprintf("OTHER%d", i) // the portal knows it by our ID
		note(rows[6*i+3], model.OtherOrderNumber)
		note(rows[6*i+4], model.OnlyHere)
	}
	gone := []string{}
	for i := range 5 {
		gone = append(gone, rows[6*i+4][3])
	}
	rows = slices.DeleteFunc(rows, func(r []string) bool { return slices.Contains(gone, r[3]) })
	for i := range 5 {
		rows = append(rows, []string{"9f3c1111", "Jan", "Contoso", fmt.Sprintf("NEW%d", i), "3", "0", "2026-11-01", "Completed"})
		note(rows[len(rows)-1], model.OnlyThere)
	}
	require.Len(t, want, 30)
	c = o.compareUploads(rows)
	got := map[string]model.Difference{}
	for _, x := range c.Differences() {
		order := x.There.OrderNumber
		if x.Kind == model.OnlyHere {
			order = portal.CleanOrder(x.Here.OrderNumber)
		}
		got[order] = x.Kind
	}
	require.Equal(t, want, got)
	require.Equal(t, 11, c.Count(model.Same))

	// settled: what is alike is confirmed, what the portal verified is approved
	_, err := c.Confirm(t.Context())
	require.NoError(t, err)
	var at []int64
	for _, x := range c.Differences() {
		at = append(at, x.At)
	}
	require.Len(t, c.ApprovedThere(at), 5)
	_, err = c.Approve(t.Context(), at)
	require.NoError(t, err)
	for _, settle := range []func() (model.Done, error){ // what was compared before that
		func() (model.Done, error) { return c.Confirm(t.Context()) },
		func() (model.Done, error) { return c.Approve(t.Context(), at) },
	} {
		_, err = settle()
		require.ErrorContains(t, err, "compare again")
	}
	require.Equal(t, 16, o.compareUploads(rows).Count(model.Same))
}

func TestUploadsAreNotComparedWithWhatIsNoExportOfThem(t *testing.T) {
	_, err := portal.ReadUploads(t.Context(), table(t, exportTitles, nil))
	require.Equal(t, model.Invalid, model.CodeOf(err))
	_, err = portal.ReadCustomers(t.Context(), table(t, uploadTitles, nil))
	require.Equal(t, model.Invalid, model.CodeOf(err))
}

func TestEveryDifferenceOfAPortalsCustomersIsFoundAndNothingElse(t *testing.T) {
	o := newPortalOffice(t)
	var rows [][]string
	for i := range 31 {
		c := o.account(model.Customer, fmt.Sprintf("470000%04d", i), fmt.Sprintf("Firma %d", i), false)
		reference := ""
		if i%2 == 0 {
			reference = fmt.Sprintf("REF-%d", i)
		}
		_, err := o.r.Customers().Add(t.Context(), o.view.Account, c.ID, reference)
		require.NoError(t, err)
		name := c.CompanyName
		if reference != "" {
			name = []string{reference, c.CompanyName + " / " + reference}[i/2%2]
		}
		rows = append(rows, []string{name, c.KnoxID, "Germany", "", "0", "0", "Pending customer verification"})
	}
	compare := func() ([]model.ComparedCustomer, int) {
		lines, err := portal.ReadCustomers(t.Context(), table(t,
			"Company Name / Internal Reference,CUSTOMER ID/MSP ID,COUNTRY,LAST UPLOADED,UPLOADS,DEVICES,STATUS", rows))
		require.NoError(t, err)
		c, err := o.r.Customers().CompareCustomers(t.Context(), o.view.Account, lines)
		require.NoError(t, err)
		return c.Differences(), c.Count(model.Same)
	}
	found, same := compare()
	require.Empty(t, found)
	require.Equal(t, 31, same)

	want := map[string]model.Difference{}
	for i := range 6 {
		for at, change := range map[int]func([]string) model.Difference{
			i: func(r []string) model.Difference { r[0] = "Other Ltd"; return model.OtherName },
			6 + i: func(r []string) model.Difference {
				r[6] = []string{"Active", "Inactive"}[i%2]
				return model.OtherStatus
			},
			12 + i: func(r []string) model.Difference { r[5] = "1,204"; return model.OtherDevices },
			18 + i: func(r []string) model.Difference { return model.OnlyHere },
		} {
			want[rows[at][1]] = change(rows[at])
		}
	}
	rows = slices.Delete(rows, 18, 24)
	for i := range 6 {
		rows = append(rows, []string{"New", fmt.Sprintf("480000%04d", i), "France", "", "0", "0", "Active"})
		want[rows[len(rows)-1][1]] = model.OnlyThere
	}
	require.Len(t, want, 30)
	found, same = compare()
	got := map[string]model.Difference{}
	for _, x := range found {
		id := x.There.KnoxID
		if x.Kind == model.OnlyHere {
			id = x.Here.KnoxID
		}
		got[id] = x.Kind
	}
	require.Equal(t, want, got)
	require.Equal(t, 7, same)

	// settled in one act: what comes, is called otherwise or removed us; what follows from devices and approvals stays
	var some []model.ComparedCustomer
	for _, x := range found {
		if x.CanTakeOver() == nil {
			some = append(some, x)
		}
	}
	require.Len(t, some, 6+6+3)
	taken, err := o.r.Customers().TakeOver(t.Context(), o.view.Account, some)
	require.NoError(t, err)
	left, same := compare()
	require.Equal(t, 16, same, "those that came are Active there and Pending here until their devices come, too")
	require.Len(t, left, 21)
	for _, x := range left {
		require.Error(t, x.CanTakeOver())
	}
	_, err = o.r.Customers().TakeOver(t.Context(), o.view.Account, left[:1])
	require.Equal(t, model.Refused, model.CodeOf(err))
	_, err = o.r.Activity().Undo(t.Context(), taken.ActivityID, nil)
	require.NoError(t, err)
	again, same := compare()
	require.Equal(t, found, again)
	require.Equal(t, 7, same)
}

func TestTakingOverKeepsTheMovesOfAnMSPOfOurs(t *testing.T) {
	d, msp := movedDesk(t, model.JointlyManaged)
	north := model.As(model.Reseller, d.north)
	devices, err := d.Devices().Rows(ctx, north, d.sees(north))
	require.NoError(t, err)
	compare := func(change func(i int, line *model.PortalLine)) *Comparison {
		c, err := d.Devices().Compare(ctx, north, model.PortalColumns{Customer: true, Status: true, OrderNumber: true},
			func(yield func(model.PortalLine, error) bool) {
				for i, device := range devices {
					line := model.PortalLine{Line: i + 2, Identifiers: device.Identifiers, OrderNumber: device.OrderNumber, Customer: device.Customer,
						Status: device.Status}
					change(i, &line)
					if !yield(line, nil) {
						return
					}
				}
			}, portal.CleanOrder, nil, nil)
		require.NoError(t, err)
		return c
	}
	at := func(c *Comparison) []int64 {
		ids, err := c.IDs(ctx, "")
		require.NoError(t, err)
		return ids
	}
	before := d.sees(model.As(model.Customer, d.contoso))
	require.Len(t, before, 2)

	// the portal refused all: they fail where they are
	c := compare(func(_ int, line *model.PortalLine) { line.Status = model.MPTSError })
	refused := d.done(c.TakeOver(ctx, at(c), TakeOver{}, nil))
	require.Equal(t, 5, refused.Devices)
	require.Equal(t, before, d.sees(model.As(model.Customer, d.contoso)))
	n, err := d.Devices().Count(ctx, model.DeviceQuery{View: msp, Status: model.MPTSError})
	require.NoError(t, err)
	require.Equal(t, 5, n)
	d.logHolds()
	d.done(d.Activity().Undo(ctx, refused.ActivityID, nil))
	d.logHolds()

	// another order number: those that are moved stay as they are
	c = compare(func(_ int, line *model.PortalLine) { line.OrderNumber = "PO9" })
	renamed := d.done(c.TakeOver(ctx, at(c), TakeOver{}, nil))
	require.Equal(t, 3, renamed.Devices)
	require.Contains(t, renamed.Text.String(), "left as they are: 2")
	require.Equal(t, before, d.sees(model.As(model.Customer, d.contoso)))
	c = compare(func(_ int, line *model.PortalLine) { line.OrderNumber = "PO9" })
	d.unchanged(func() {
		_, err := c.TakeOver(ctx, at(c), TakeOver{}, nil)
		requireCode(t, model.Refused, "stay as they are", err)
	})
	d.logHolds()
}
