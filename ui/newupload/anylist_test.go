package newupload_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/ui/newupload"
	"consign/ui/uitest"
)

const mail = `Dear all,

please enrol these two phones, thank you:
 - 351921580053066 (Eva)
 - 490154203237518 (Jan)

Kind regards
Eva Novak, phone +420 603 123 456
`

func TestPastedMailIsReadAsFreeTextAndCanBeReadInAnotherWay(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste(mail)
	b.shows("351921580053066", "490154203237518", "fixed 2")
	require.NotNil(t, uitest.FindButton(b.desk.Window(), "Read as: free text"))
	b.tap("Read as: free text")
	uitest.Choose(t, b.desk.Window(), "one per identifier")
	require.NotNil(t, uitest.FindButton(b.desk.Window(), "Read as: one per identifier"))
	b.fine()
	b.page.Paste(mail)
	require.NotNil(t, uitest.FindButton(b.desk.Window(), "Read as: one per identifier"), "the choice is remembered")
	b.shows("read as you chose last time")
}

func TestUnsureColumnIsAskedAboutWithWhatStandsInIt(t *testing.T) {
	b := newBench(t, newupload.Options{})
	const list = "IMEI,Serial\n351921580053066,8949022812345678901\n490154203237518,8949022812345678902\n356938035643809,8949022812345678903\n"
	b.page.Paste(list)
	b.shows("Column 2: Titled “Serial”, but it holds ICCIDs.", "8949022812345678901")
	b.tap("Leave it out")
	b.hides("but it holds ICCIDs")
	b.page.Paste(list)
	b.hides("but it holds ICCIDs")
}

func TestTwoIMEIsThatAreNotAlikeAreOneDeviceOrTwoAsAPersonSays(t *testing.T) {
	for answer, want := range map[string]int{"One device": 1, "Two devices": 2} {
		b := newBench(t, newupload.Options{})
		b.page.Paste("351921580053066\n490154203237518\n")
		b.shows("Two IMEIs, of one device or of two?", "ok 2")
		b.tap(answer)
		b.hides("of one device or of two?")
		b.choose("Contoso")
		b.page.Submit()
		b.fine()
		require.Equal(t, want, b.devices(b.office.North), answer)
	}
}

func TestWhatIsNotUsedIsCountedListedAndAskedAboutBeforeTheUpload(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("Delivery 7 also holds 353879234252633 and 351921587345861\n\nIMEI,Model\n351921580053066,S24\n490154203237518,S24\n")
	b.shows("2 identifiers not used", "ok 2")
	b.tap("2 identifiers not used")
	b.shows("353879234252633", "line 1", "It stands above the table.")
	b.tap("Close")
	b.choose("Contoso")
	b.tap("Upload 2 devices")
	b.shows("2 IMEIs would be left behind", "351921587345861")
	require.Zero(t, b.devices(b.office.North), "it asks")
	b.key(fyne.KeyReturn)
	require.Zero(t, b.devices(b.office.North), "the keyboard is at the list, not at the button")
	b.tap("Back to the list")
	b.tap("Upload 2 devices")
	b.tap("Upload anyway")
	b.fine()
	require.Equal(t, 2, b.devices(b.office.North))
}

func TestEveryListOfAWorkbookIsOfferedAndNothingOfItIsLeftBehind(t *testing.T) {
	b := newBench(t, newupload.Options{})
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetName("Sheet1", "Berlin"))
	_, err := f.NewSheet("Paris")
	require.NoError(t, err)
	for name, ids := range map[string][]string{"Berlin": {"351921580053066", "490154203237518"}, "Paris": {"356938035643809"}} {
		for i, text := range append([]string{"IMEI"}, ids...) {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			require.NoError(t, err)
			require.NoError(t, f.SetCellStr(name, cell, text))
		}
	}
	path := filepath.Join(t.TempDir(), "offices.xlsx")
	require.NoError(t, f.SaveAs(path))
	b.page.Drop([]string{path})
	b.shows("The file holds one more list: Paris (1)", "1 identifier not used")
	b.tap("Read this list, too")
	b.hides("identifiers not used")
	b.hides("more lists")
	b.choose("Contoso")
	b.tap("Upload 3 devices")
	b.fine()
	require.Equal(t, 3, b.devices(b.office.North))
}

func TestTemplateOfADistributorIsSavedOfferedRenamedAndExchanged(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("Gerät,Karton\n351921580053066,K1\n")
	b.tap("Read as: table")
	uitest.Choose(t, b.desk.Window(), "Save as template…")
	b.typeIn("Name", "Ingram")
	b.typeIn("Model", "SM-S921B")
	uitest.Type(t, b.desk.Window(), "one, another", "leased")
	b.tap("Save")
	b.fine()
	b.shows("SM-S921B")
	require.NotNil(t, uitest.FindButton(b.desk.Window(), "Read as: Ingram"))

	b.open(newupload.Options{}) // another day
	b.choose("Contoso")
	b.page.Paste("Gerät,Karton\n490154203237518,K2\n")
	b.shows("One template fits this list: Ingram")
	b.tap("Use Ingram")
	b.shows("SM-S921B")
	b.hides("templates fit")
	b.tap("Upload 1 device")
	b.fine()
	require.Equal(t, []string{"leased"}, uploadOf(b).Tags)

	b.page.Paste("Gerät,Karton\n356938035643809,K2\n")
	b.tap("Read as: table")
	uitest.Choose(t, b.desk.Window(), "Templates…")
	b.tap("Rename…")
	b.typeIn("Name", "Ingram Micro")
	b.tap("Rename")
	b.shows("Ingram Micro")
	path := filepath.Join(t.TempDir(), "templates.json")
	b.tap("Export…")
	b.typeIn("File name", path)
	b.tap("Save")
	require.FileExists(t, path)
	b.tap("Delete…")
	b.tap("Delete")
	b.shows("There is no template yet.")
	b.tap("Import…")
	b.typeIn("File name", path)
	b.tap("Open")
	b.shows("Ingram Micro")
	b.tap("Close")
	b.shows("One template fits this list: Ingram Micro")
	b.fine()
}

func TestExchangeListNamesTheDeviceThatGoesAndTakesTheNewOne(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("old IMEI,new IMEI,RMA\n351921580053066,490154203237518,R-1001\n")
	b.shows("490154203237518", "Replaces 351921580053066")
	b.hides("not used")
}

func TestAttachmentOfAMailThatIsNoListIsTold(t *testing.T) {
	b := newBench(t, newupload.Options{})
	path := filepath.Join(t.TempDir(), "mail.eml")
	require.NoError(t, os.WriteFile(path, []byte("From: a@example.com\r\nSubject: phones\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nPlease enrol 351921580053066\r\n"+
		"--x\r\nContent-Type: application/pdf; name=offer.pdf\r\n\r\n%PDF-1.7 and more\r\n--x--\r\n"), 0o600))
	b.page.Drop([]string{path})
	b.shows("351921580053066", "one attachment is no list: offer.pdf")
}

func TestListReadInAnotherShapeIsSoAgainAfterACrash(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste(mail)
	b.tap("Read as: free text")
	uitest.Choose(t, b.desk.Window(), "cards")
	b.open(newupload.Options{})
	b.tap("Go on with it")
	require.NotNil(t, uitest.FindButton(b.desk.Window(), "Read as: cards"))
}

func TestOrderNumberIsKeptAndCleanedOnlyForTheBulkFileWhichSaysSo(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("IMEI,Order number\n351921580053066,PO-7\n490154203237518,PO/7\n")
	b.tap("Upload 2 devices")
	b.fine()
	b.tap("Save portal file…")
	b.shows("2 order numbers hold more than letters and digits", "These order numbers become the same in a bulk file: PO-7, PO/7.")
	folder := t.TempDir()
	uitest.Pick(t, b.desk.Window(), "Bulk: customer ID, identifier, order number, order date")
	b.typeIn("Folder", folder)
	b.tap("Save")
	b.fine()
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 1)
	text, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
	require.NoError(t, err)
	require.Contains(t, string(text), "351921580053066,PO7,")
}
