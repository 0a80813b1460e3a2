package compare_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/compare"
	"consign/ui/page"
	"consign/ui/uitest"
)

// bench is the Compare page of a reseller.
type bench struct {
	*testing.T
	office *uitest.Office
	desk   *uitest.Desk
	page   *page.Page
	path   string
}

func newBench(t *testing.T, who func(*uitest.Office) model.Account) *bench {
	b := &bench{T: t, office: uitest.NewOffice(t), path: filepath.Join(t.TempDir(), "devices.csv")}
	b.desk = uitest.NewDesk(t, b.office.Register, fyne.NewSize(1024, 700), b.office.North, b.office.MSP)
	a := who(b.office)
	b.page = compare.Page(b.desk, model.As(a.Kind, a.ID), nil)
	b.desk.Show(b.page)
	return b
}

func (b *bench) tap(caption string) { b.Helper(); uitest.Tap(b, b.desk.Window(), caption) }

func (b *bench) shows(parts ...string) { b.Helper(); uitest.MustShow(b, b.desk.Window(), parts...) }

func (b *bench) selectAll() {
	b.desk.Window().Canvas().Focus(b.page.First())
	uitest.Press(b.desk.Window(), &fyne.ShortcutSelectAll{})
}

// export writes what the portal would, and drops it on the page.
func (b *bench) export(rows ...[]string) {
	b.Helper()
	file, err := os.Create(b.path)
	require.NoError(b, err)
	w := csv.NewWriter(file)
	require.NoError(b, w.WriteAll(append([][]string{{"Serial number", "Model", "Order number", "Customer", "Status"}}, rows...)))
	require.NoError(b, file.Close())
	b.page.Drop([]string{b.path})
	require.Empty(b, b.desk.Failed)
}

func TestDifferencesAreSettledByKindUntilOnlySameIsLeft(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	b.office.Uploaded(b.office.North, b.office.Contoso, 4)
	rows := [][]string{
		{"R0000000001", "SM-A556B", "", "Contoso", "Pending"}, {"R0000000002", "SM-A556B", "", "Fabrikam", "Pending"},
		{"R0000000003", "SM-A556B", "", "Contoso", "Verified"}, {"R5ZNEW00001", "SM-S911B", "PO7", "Fabrikam", "Verified"},
	}
	b.export(rows...)
	b.shows("1 only here", "1 only there", "1 other customer", "1 other status", "1 same")

	b.tap("1 only here")
	b.selectAll()
	uitest.Key(b.desk.Window(), fyne.KeyDelete)
	b.tap("Delete 1 device")
	b.shows("3 All", "1 same")
	b.selectAll()
	b.tap("Take over…")
	b.tap("Take over 3 differences")
	require.Empty(t, b.desk.Failed)
	b.shows("No difference", "4 same")
}

func TestWhatIsTakenOverIsSaidBeforeItIsDone(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	b.export([]string{"R0000000001", "SM-A556B", "", "Fabrikam", "Pending"}, []string{"R0000000002", "SM-A556B", "", "Contoso", "Verified"},
		[]string{"R5ZNEW00001", "SM-S911B", "PO7", "Tailspin", "Verified"}, []string{"R5ZNEW00002", "SM-S911B", "PO7", "Fabrikam", "Verified"})
	b.selectAll()
	b.tap("Take over…")
	b.shows("1 device is left out: the directory does not know its customer: Tailspin.", "device gets the portal's status.")
	b.tap("Take over 3 differences")
	require.Empty(t, b.desk.Failed)
	require.Len(t, b.desk.Done, 1)
	require.Equal(t, 3, b.desk.Done[0].Devices)
	b.shows("1 only there", "3 same")
	require.Equal(t, 2, b.office.DevicesOf(b.office.Fabrikam))
	_, err := b.office.Activity().Undo(t.Context(), b.desk.Done[0].ActivityID, nil)
	require.NoError(t, err)
	require.Equal(t, 2, b.office.DevicesOf(b.office.Contoso))
}

func TestMSPTakesSeveralCustomersOverInOneActWithOneUndo(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.MSP })
	b.office.Registered(b.office.North)
	b.office.Managed(b.office.Contoso, model.FullyManaged)
	b.office.Managed(b.office.Fabrikam, model.FullyManaged)
	b.office.Approved(b.office.Uploaded(b.office.North, b.office.MSP, 4))
	b.export([]string{"R0000000001", "SM-A556B", "", "Contoso", "Verified"}, []string{"R0000000002", "SM-A556B", "", "Fabrikam", "Verified"},
		[]string{"R0000000003", "SM-A556B", "", "Fabrikam", "Verified"}, []string{"R0000000004", "SM-A556B", "", "Tailspin", "Verified"})
	b.selectAll()
	b.tap("Take over…")
	b.shows("3 devices are moved to the customer that the portal names.", "not active on the Customers page: Tailspin.")
	b.tap("Take over 3 differences")
	require.Empty(t, b.desk.Failed)
	require.Len(t, b.desk.Done, 1)
	require.Equal(t, []int{1, 2}, []int{b.office.DevicesOf(b.office.Contoso), b.office.DevicesOf(b.office.Fabrikam)})
	b.shows("3 same", "1 other customer")
	_, err := b.office.Activity().Undo(t.Context(), b.desk.Done[0].ActivityID, nil)
	require.NoError(t, err)
	require.Zero(t, b.office.DevicesOf(b.office.Contoso)+b.office.DevicesOf(b.office.Fabrikam))
}

func TestOldDifferencesSaySoAndAreNotSettled(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	const old = "The register has changed since the comparison: these differences are old."
	for range 3 {
		b.office.Uploaded(b.office.North, b.office.Contoso, 1)
	}
	b.export([]string{"R0000000001", "SM-A556B", "", "Fabrikam", "Pending"}, []string{"R0000000002", "SM-A556B", "", "Contoso", "Pending"})
	isOld := func() bool { b.Helper(); return uitest.Shows(b.desk.Window(), old) }
	require.False(t, isOld())
	b.tap("Confirm 1 same device") // which changes nothing that is compared
	b.office.Uploaded(b.office.South, b.office.Contoso, 1)
	require.Empty(t, b.desk.Failed)
	require.False(t, isOld(), "what another reseller does this one does not see")

	// whatever is chosen refuses, and nothing is asked first
	done := b.act(func() (model.Done, error) { return b.office.Register.Devices().Delete(t.Context(), b.devices(3), nil) })
	require.True(t, isOld())
	b.selectAll()
	b.tap("Take over…")
	b.refuses()
	b.selectAll()
	uitest.Key(b.desk.Window(), fyne.KeyDelete)
	b.refuses()
	b.tap("ACTIONS")
	uitest.Choose(t, b.desk.Window(), "Save the portal file that deletes there…")
	b.refuses()
	b.tap("Confirm 1 same device")
	b.refuses()

	// the same file anew, and after an undo again
	b.tap("Compare again")
	require.False(t, isOld())
	require.False(t, uitest.Shows(b.desk.Window(), "only here"))
	b.act(func() (model.Done, error) {
		return b.office.Register.Activity().Undo(t.Context(), done.ActivityID, nil)
	})
	require.True(t, isOld())
	b.tap("Compare again")
	b.shows("1 only here")
	b.selectAll()
	b.tap("Take over…")
	b.tap("Take over 1 difference")
	require.Empty(t, b.desk.Failed)
	require.False(t, isOld(), "what was settled here is compared again by itself")
}

// act is an act at another place of the office.
func (b *bench) act(do func() (model.Done, error)) model.Done {
	b.Helper()
	done, err := do()
	require.NoError(b, err)
	return done
}

// devices selects a device of Northwind by its number.
func (b *bench) devices(number int64) model.DeviceSelection {
	return model.DeviceSelection{Query: model.DeviceQuery{View: model.As(model.Reseller, b.office.North.ID)}, IDs: []int64{number}}
}

// refuses requires that the last thing that was chosen was refused because the differences are old, before anything was asked.
func (b *bench) refuses() {
	b.Helper()
	require.Len(b, b.desk.Failed, 1)
	require.ErrorContains(b, b.desk.Failed[0], "compare again")
	require.Nil(b, b.desk.Window().Canvas().Overlays().Top())
	b.desk.Failed = nil
}

func TestColumnsThatSayNothingOfUploadsTakeNoRoom(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	b.table([]string{"UPLOAD ID", "CUSTOMER", "ORDER NUMBER", "TOTAL DEVICES", "VERIFIED DEVICES", "UPLOADED", "STATUS"})
	b.shows("CUSTOMER HERE", "DEVICES HERE")
	for _, title := range []string{"CUSTOMER THERE", "ORDER HERE", "ORDER THERE", "DEVICES THERE"} {
		require.False(t, uitest.Shows(b.desk.Window(), title), title)
	}
}

func TestFilesThatMendThePortalAreSaved(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	b.export([]string{"R0000000001", "SM-A556B", "", "Fabrikam", "Pending"},
		[]string{"R5ZNEW00001", "SM-S911B", "PO7", "Fabrikam", "Verified"})
	b.selectAll()
	b.tap("ACTIONS")
	uitest.Choose(t, b.desk.Window(), "Save the portal file that deletes there…")
	folder := t.TempDir()
	uitest.Type(b, b.desk.Window(), "Folder", folder)
	b.tap("Save")
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Empty(t, b.desk.Failed)
	require.Len(t, files, 1, "%q", uitest.Texts(b.desk.Window()))
	text, err := os.ReadFile(files[0])
	require.NoError(t, err)
	require.Equal(t, "R0000000001\r\nR5ZNEW00001\r\n", string(text))
}

func TestFileThatIsNoExportSaysSo(t *testing.T) {
	b := newBench(t, func(o *uitest.Office) model.Account { return o.North })
	require.NoError(t, os.WriteFile(b.path, []byte("Company name,Country\nContoso,DE\n"), 0o600))
	b.page.Drop([]string{b.path})
	require.Len(t, b.desk.Failed, 1)
	require.ErrorContains(t, b.desk.Failed[0], "identifiers")
}
