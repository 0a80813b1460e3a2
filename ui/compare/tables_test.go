package compare_test

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
)

// table writes a table of the portal's, and drops it on the page.
func (b *bench) table(rows ...[]string) {
	b.Helper()
	file, err := os.Create(b.path)
	require.NoError(b, err)
	require.NoError(b, csv.NewWriter(file).WriteAll(rows))
	require.NoError(b, file.Close())
	b.page.Drop([]string{b.path})
	require.Empty(b, b.desk.Failed)
}

func TestUploadsOfThePortalAreComparedConfirmedAndApproved(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	today := time.Now().Format(time.DateOnly)
	same, verified := b.office.Uploaded(b.office.North, b.office.Contoso, 2), b.office.Uploaded(b.office.North, b.office.Fabrikam, 3)
	b.office.Uploaded(b.office.North, b.office.Contoso, 1) // only here
	titles := []string{"UPLOAD ID", "CUSTOMER", "ORDER NUMBER", "TOTAL DEVICES", "VERIFIED DEVICES", "UPLOADED", "STATUS"}
	b.table(titles, []string{same.UUID, "Contoso", "", "2", "0", today, "Completed"},
		[]string{verified.UUID, "Fabrikam", "", "3", "3", today, "Completed"},
		[]string{"9f3c0000-0000-4000-8000-000000000001", "Contoso", "PO-7", "4", "0", today, "Completed"})
	b.shows("1 only here", "1 only there", "1 other status", "1 same")

	b.tap("Confirm 1 same upload")
	u, err := b.office.Uploads().ByID(t.Context(), model.As(model.Reseller, b.office.North.ID), same.ID)
	require.NoError(t, err)
	require.Equal(t, model.Confirmed, u.PortalState)

	b.selectAll()
	b.tap("Approve what is verified there…")
	b.shows("1 upload waits here and is verified at the portal as a whole", "2 others stay as they are")
	b.tap("Approve 1 upload")
	require.Empty(t, b.desk.Failed)
	b.shows("2 same", "1 only here", "1 only there")

	b.tap("1 only here")
	b.selectAll()
	b.tap("ACTIONS")
	uitest.Choose(t, b.desk.Window(), "Save the portal file that uploads there…")
	folder := t.TempDir()
	uitest.Type(b, b.desk.Window(), "Folder", folder)
	b.tap("Save")
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 1)
}

func TestCustomersOfThePortalAreComparedAndTakenOver(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	for _, a := range []model.Account{b.office.Contoso, b.office.Fabrikam} {
		_, err := b.office.Customers().Add(t.Context(), b.office.North.ID, a.ID, "")
		require.NoError(t, err)
	}
	b.table([]string{"Company Name / Internal Reference", "CUSTOMER ID/MSP ID", "UPLOADS", "DEVICES", "STATUS"},
		[]string{"Contoso Ltd / Key account", b.office.Contoso.KnoxID, "0", "0", "Pending customer verification"},
		[]string{"Tailspin", "4600009999", "0", "0", "Pending customer verification"})
	b.shows("1 only here", "1 only there", "1 other name")
	b.selectAll()
	b.tap("Take over…")
	b.shows("1 customer stays as it is: It is only here: add it at the portal.")
	b.tap("Take over 2 customers")
	require.Empty(t, b.desk.Failed)
	b.shows("2 same", "1 only here")
	c, err := b.office.Customers().Of(t.Context(), b.office.North.ID, b.office.Contoso.ID)
	require.NoError(t, err)
	require.Equal(t, "Contoso Ltd Key account", c.CompanyName+" "+c.InternalReference)
	b.selectAll()
	b.tap("Take over…")
	require.Contains(t, b.desk.Said[len(b.desk.Said)-1], "add it at the portal")
	b.selectAll()
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	require.Equal(t, []string{page.Customer}, []string{b.desk.Went[len(b.desk.Went)-1].Page})
}
