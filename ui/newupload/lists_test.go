package newupload_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/newupload"
	"consign/ui/uitest"
)

func TestDeleteByListShowsWhatGoesAndWhatWasNotFound(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.Uploaded(b.office.North, b.office.Contoso, 3)
	rows, err := b.office.Devices().Rows(t.Context(), model.As(model.Reseller, b.office.North.ID), []int64{1, 2})
	require.NoError(t, err)
	newupload.ShowDeleteByList(b.desk, model.As(model.Reseller, b.office.North.ID))
	b.tap("Paste…")
	test.Type(b.desk.Window().Canvas().Focused(), rows[0].Serial+"\n"+rows[1].Serial+"\nR52NA0ABCDE")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.tap("Look up 3 devices")
	b.shows("2 devices will go.", "1 are not among your devices.", "not found", "Contoso")
	b.tap("Delete 2 devices")
	require.Equal(t, 3, b.devices(b.office.North), "asked first")
	b.tap("Delete 2 devices")
	b.fine()
	require.Equal(t, 1, b.devices(b.office.North))
}

func TestPortalFilesOfAnUpload(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.drop("01-one-imei-per-line.csv")
	b.typeIn("letters and digits", "PO1")
	b.tap("Upload 120 devices")
	folder := t.TempDir()
	b.tap("Save portal file…")
	b.typeIn("Folder", folder)
	b.tap("Save")
	b.fine()
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 1)
	text, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
	require.NoError(t, err)
	require.Len(t, strings.Fields(string(text)), 120)
	b.shows(files[0].Name())
}

func TestErrorReportOfThePortalMarksDevicesAndSaysWhatToDo(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.Uploaded(b.office.North, b.office.Contoso, 2)
	view := model.As(model.Reseller, b.office.North.ID)
	rows, err := b.office.Devices().Rows(t.Context(), view, []int64{1})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "report.csv")
	require.NoError(t, os.WriteFile(path, []byte("Device IMEI/serial number,Failure reason\n"+rows[0].Serial+",Device is not a Samsung device\nR52NA0ABCDE,Device not eligible\n"), 0o600))
	newupload.ErrorReportOf(b.desk, path)
	b.shows("Device is not a Samsung device", "The portal does not know the device")
	b.tap("Mark 2 devices as failed")
	b.fine()
	b.shows("R52NA0ABCDE", "are not among the devices of this reseller")
	failed, err := b.office.Devices().Count(t.Context(), model.DeviceQuery{View: view, Status: model.MPTSError})
	require.NoError(t, err)
	require.Equal(t, 1, failed)
}

func TestDirectoryOfAccountsIsImportedAfterAPreview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	newupload.AccountsImportOf(b.desk, "testdata/09-accounts-directory.xlsx")
	b.shows("Import 6 accounts", "ok")
	b.tap("Import 6 accounts")
	b.fine()
	ids, err := b.office.Accounts().IDs(t.Context(), model.AccountQuery{Kind: model.Customer})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(ids), 5)
	rows, err := b.office.Customers().IDs(t.Context(), model.CustomerQuery{Reseller: b.office.North.ID})
	require.NoError(t, err)
	require.Len(t, rows, 6, "those of the list stand on the Customers page, too")

	newupload.AccountsImportOf(b.desk, "testdata/09-accounts-directory.xlsx")
	b.tap("Import 6 accounts")
	require.Len(t, b.desk.Failed, 1)
	require.Contains(t, b.desk.Failed[0].Error(), "already")
}
