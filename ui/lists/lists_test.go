package lists_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/lists"
	"consign/ui/uitest"
)

// bench is the desk of a reseller with nothing on it.
type bench struct {
	*testing.T
	office *uitest.Office
	desk   *uitest.Desk
}

func newBench(t *testing.T) *bench {
	office := uitest.NewOffice(t)
	return &bench{t, office, uitest.NewDesk(t, office.Register, fyne.NewSize(1024, 700), office.North)}
}

func (b *bench) tap(caption string) { b.Helper(); uitest.Tap(b, b.desk.Window(), caption) }
func (b *bench) fine()              { b.Helper(); require.Empty(b, b.desk.Failed) }

func (b *bench) shows(parts ...string) { b.Helper(); uitest.MustShow(b, b.desk.Window(), parts...) }

func TestErrorReportOfThePortalMarksDevicesAndSaysWhatToDo(t *testing.T) {
	b := newBench(t)
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	view := model.As(model.Reseller, b.office.North.ID)
	rows, err := b.office.Devices().Rows(t.Context(), view, []int64{1})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "report.csv")
	require.NoError(t, os.WriteFile(path, []byte("Device IMEI/serial number,Failure reason\n"+rows[0].Serial+",Device is not a "+
		"Samsung device\nR52NA0ABCDE,Device not eligible\n"), 0o600))
	lists.ErrorReportOf(b.desk, path)
	b.shows("Device is not a Samsung device", "The portal does not know the device")
	b.tap("Mark 2 devices as failed")
	b.fine()
	b.shows("R52NA0ABCDE", "not among the devices of this reseller")
	failed, err := b.office.Devices().Count(t.Context(), model.DeviceQuery{View: view, Status: model.MPTSError})
	require.NoError(t, err)
	require.Equal(t, 1, failed)
}

func TestDirectoryOfAccountsIsImportedAfterAPreview(t *testing.T) {
	b := newBench(t)
	lists.AccountsImportOf(b.desk, "testdata/09-accounts-directory.xlsx")
	b.shows("Import 4 accounts", "ok", "new", "changes", "Contoso › ", "Take 2 changes and warnings")
	b.tap("Import 4 accounts") // what would change a known one is not ticked
	b.fine()
	ids, err := b.office.Accounts().IDs(t.Context(), model.AccountQuery{Kind: model.Customer})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(ids), 5)
	rows, err := b.office.Customers().IDs(t.Context(), model.CustomerQuery{Reseller: b.office.North.ID})
	require.NoError(t, err)
	require.Len(t, rows, 4, "those of the list stand on the Customers page, too")

	lists.AccountsImportOf(b.desk, "testdata/09-accounts-directory.xlsx")
	b.shows("same")
	b.tap("Import 4 accounts")
	require.Len(t, b.desk.Failed, 1)
	require.Contains(t, b.desk.Failed[0].Error(), "already")
}

// directory writes a directory of accounts.
func directory(t *testing.T, lines string) string {
	path := filepath.Join(t.TempDir(), "accounts.csv")
	require.NoError(t, os.WriteFile(path, []byte("Company name,Knox ID,Kind,Country\n"+lines), 0o600))
	return path
}

func TestAccountThatAnImportWouldRenameIsTakenOnlyWhenItIsTicked(t *testing.T) {
	b := newBench(t)
	path := directory(t, "Contoso AG,4600001586,Customer,DE\nFabrikam,4600001587,Customer,DE\nTailspin,4600001599,Customer,DE\n"+
		"Northwind,1979621309,Customer,DE\n")
	lists.AccountsImportOf(b.desk, path)
	b.shows("Contoso › Contoso AG", "changes", "same", "new", "other kind", "The register has the same ID for an")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyReturn)
	b.shows("confirmed")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyReturn)
	b.shows("Import 2 accounts") // Tailspin, and Fabrikam for the Customers page
	b.tap("Import 2 accounts")
	b.fine()
	a, err := b.office.Accounts().ByID(t.Context(), b.office.Contoso.ID)
	require.NoError(t, err)
	require.Equal(t, "Contoso", a.CompanyName, "it was not ticked")

	lists.AccountsImportOf(b.desk, path)
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyReturn)
	b.tap("Import 3 accounts")
	b.fine()
	a, err = b.office.Accounts().ByID(t.Context(), b.office.Contoso.ID)
	require.NoError(t, err)
	require.Equal(t, "Contoso AG", a.CompanyName)
}

func TestLineOfAnErrorReportThatCannotBeReadIsTold(t *testing.T) {
	b := newBench(t)
	lists.ErrorReportOf(b.desk, "testdata/report-sci.csv")
	b.shows("No device can be read", "One line has a reason but no identifier that can be read, and is not used: 2")
}

func TestExchangeByListThatIsCancelledWhileItIsReadOrLookedUpStaysClosed(t *testing.T) {
	b := newBench(t)
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	fyne.CurrentApp().Clipboard().SetContent("Old IMEI,New IMEI\n350000000000001,490154203237518\n350000000000002,356938035643809\n")
	show := func() {
		lists.ShowExchangeByList(b.desk, model.As(model.Reseller, b.office.North.ID))
		uitest.Press(b.desk.Window(), &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	}
	after := 0
	for b.desk.StaysClosed(t, show, after) {
		after++
	}
	require.GreaterOrEqual(t, after, 2, "it is read, then looked up")
}
