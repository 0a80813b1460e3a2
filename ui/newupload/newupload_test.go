package newupload_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/newupload"
	"consign/ui/page"
	"consign/ui/uitest"
)

// bench is a reseller's desk with New upload on it.
type bench struct {
	*testing.T
	office *uitest.Office
	desk   *uitest.Desk
	page   *page.Page
}

// newBench opens New upload for Northwind, whose customers are Contoso and the MSP.
func newBench(t *testing.T, o newupload.Options) *bench {
	office := uitest.NewOffice(t)
	for _, a := range []model.Account{office.Contoso, office.MSP} {
		_, err := office.Customers().Add(t.Context(), office.North.ID, a.ID, "")
		require.NoError(t, err)
	}
	b := &bench{T: t, office: office}
	b.open(o)
	return b
}

// open opens the page anew, as after a crash or after it was left.
func (b *bench) open(o newupload.Options) {
	if b.desk != nil {
		b.desk.End()
	}
	b.desk = uitest.NewDesk(b, b.office.Register, fyne.NewSize(1024, 700), b.office.North, b.office.MSP)
	b.page = newupload.Page(b.desk, o)
	b.desk.Show(b.page)
}

func (b *bench) tap(caption string)          { b.Helper(); uitest.Tap(b, b.desk.Window(), caption) }
func (b *bench) typeIn(name, text string)    { b.Helper(); uitest.Type(b, b.desk.Window(), name, text) }
func (b *bench) key(k fyne.KeyName)          { uitest.Key(b.desk.Window(), k) }
func (b *bench) drop(name string)            { b.page.Drop([]string{filepath.Join("testdata", name)}) }
func (b *bench) devices(a model.Account) int { return b.office.DevicesOf(a) }

func (b *bench) shows(parts ...string) { b.Helper(); uitest.MustShow(b, b.desk.Window(), parts...) }

func (b *bench) hides(part string) {
	b.Helper()
	require.False(b, uitest.Shows(b.desk.Window(), part), "«%s» is on screen", part)
}

func (b *bench) fine() {
	b.Helper()
	require.Empty(b, b.desk.Failed)
}

// scan types into what has the focus, as a scanner does.
func (b *bench) scan(codes ...string) {
	for _, code := range codes {
		for _, r := range code {
			b.desk.Window().Canvas().Focused().TypedRune(r)
		}
		b.key(fyne.KeyReturn)
	}
}

// choose picks a target by the beginning of its name and Enter.
func (b *bench) choose(name string) {
	b.Helper()
	b.tap("Choose a customer or MSP…")
	test.Type(b.desk.Window().Canvas().Focused(), name)
	b.key(fyne.KeyReturn)
}

var ctrlEnter = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}

func TestDroppedFileIsReviewedAndUploaded(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("01-one-imei-per-line.csv")
	b.shows("All 120", "ok 120", "Choose the customer or MSP.")
	require.True(t, b.page.First() == b.desk.Window().Canvas().Focused(), "the target is missing")
	b.choose("Contoso")
	require.True(t, b.page.First() == b.desk.Window().Canvas().Focused(), "the lines")
	b.shows("120 devices are ready.")
	b.typeIn("as you write it", "PO2026001")
	b.tap("Upload 120 devices")
	b.fine()
	require.Equal(t, 120, b.devices(b.office.North))
	b.shows("uploaded", "valid", "invalid", "duplicate", "Save portal file…", "Show upload")
	require.True(t, b.page.First() == b.desk.Window().Canvas().Focused(), "the next upload")
	b.tap("Show upload")
	require.Equal(t, page.Uploads, b.desk.Went[0].Page, "the way back")
	require.Equal(t, page.Upload, b.desk.Went[1].Page)
	u, err := b.office.Uploads().ByID(t.Context(), model.As(model.Reseller, b.office.North.ID), b.desk.Went[1].ID)
	require.NoError(t, err)
	require.Equal(t, "PO2026001", u.OrderNumber)
	require.Equal(t, model.Figures{Uploaded: 120, Valid: 120}, u.Figures)
}

func TestEveryFaultIsShownWithItsCountAndGoodOnesAreTaken(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("05-every-fault.csv")
	b.shows("All 21", "ok 4", "fixed 5", "warning 1", "duplicate in file 3", "rejected 7", "skipped 1")
	b.tap("rejected 7")
	b.shows("This is an ICCID")
	b.hides("R5HVHDJSYYR")
	b.choose("Contoso")
	b.shows("9 devices are ready. 11 lines stay behind.")
	b.shows("Upload 9 devices · 11 stay")
	b.typeIn("as you write it", "A1")
	b.tap("Upload 9 devices · 11 stay")
	b.fine()
	require.Equal(t, 9, b.devices(b.office.North))
	require.Equal(t, "A1", uploadOf(b).OrderNumber)
	require.Equal(t, model.Figures{Uploaded: 20, Valid: 9, Invalid: 8, Duplicate: 3}, uploadOf(b).Figures)
}

// uploadOf is the reseller's only upload.
func uploadOf(b *bench) model.Upload {
	b.Helper()
	view := model.As(model.Reseller, b.office.North.ID)
	ids, err := b.office.Uploads().IDs(b.Context(), model.UploadQuery{View: view})
	require.NoError(b, err)
	require.Len(b, ids, 1)
	u, err := b.office.Uploads().ByID(b.Context(), view, ids[0])
	require.NoError(b, err)
	return u
}

func TestCorrectedLineGetsItsNewVerdictAtOnce(t *testing.T) {
	b := newBench(t, newupload.Options{Target: 0})
	b.page.Paste("IMEI\n3569380356\n351921580053066\n")
	b.shows("rejected 1", "ok 1")
	b.correct("89490200000123456783")
	b.shows("This is an ICCID", "89490200000123456783")
	b.correct("356938035643810")
	b.shows("warning 1", "The check digit of the IMEI is wrong")
	b.correct("356938035643809")
	b.shows("All 2", "ok 2")
	b.hides("rejected 1")
	b.hides("REASON")
}

// correct types over the first cell that can be corrected of the first line.
func (b *bench) correct(text string) {
	b.Helper()
	uitest.KeysInTable(b, b.desk.Window(), fyne.KeyHome)
	for _, r := range text {
		b.desk.Window().Canvas().Focused().TypedRune(r)
	}
	b.key(fyne.KeyReturn)
}

func TestCtrlEnterLeadsFromAPastedListToTheUpload(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("351921580053066\n356938035643809")
	b.page.Submit() // the target is missing
	b.shows("Upload to")
	test.Type(b.desk.Window().Canvas().Focused(), "Contoso")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyReturn)
	b.page.Submit()
	b.fine()
	require.Equal(t, 2, b.devices(b.office.North))
}

func TestWarningIsUploadedOnlyWhenConfirmed(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("356938035643810\n351921580053066")
	b.shows("warning 1", "Upload 1 device")
	b.tap("Confirm 1 warning")
	b.shows("Upload 2 devices", "confirmed")
	require.True(t, b.page.First() == b.desk.Window().Canvas().Focused() || b.lines(), "not with a button that is gone")
}

func TestCtrlEnterShowsTheLinesThatStayBehindBeforeItUploads(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("356938035643810\n351921580053066")
	b.page.Submit()
	require.Equal(t, 0, b.devices(b.office.North))
	b.shows("356938035643810")
	b.hides("351921580053066")
	require.True(t, b.lines(), "the lines have the keyboard")
	b.page.Submit()
	b.fine()
	require.Equal(t, 1, b.devices(b.office.North))
}

func TestDelLeavesALineOutAndTakesItInAgain(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("356938035643809\n351921580053066")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyDelete)
	b.shows("left out", "Upload 1 device")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyDelete)
	b.shows("Upload 2 devices")
	b.hides("left out")
}

func TestAlreadyRegisteredSaysCustomerUploadAndDateButNotOfAnotherReseller(t *testing.T) {
	b := newBench(t, newupload.Options{})
	up := func(reseller, target model.Account, imei string) model.Upload {
		u, _, err := b.office.Uploads().Add(t.Context(), model.NewUpload{ResellerID: reseller.ID, TargetID: target.ID,
			UploadedBy: model.As(model.Reseller, reseller.ID)},
			[]model.NewDevice{{Identifiers: model.Identifiers{IMEI1: imei}}}, nil)
		require.NoError(t, err)
		return u
	}
	ours := up(b.office.North, b.office.Contoso, "351921580053066")
	theirs := up(b.office.South, b.office.Fabrikam, "490154203237518")
	b.page.Paste("351921580053066\n490154203237518\n356938035643809")
	b.shows("already registered 2")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome)
	b.shows("to a different customer, Contoso", ours.UUID)
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyDown)
	b.shows("registered by another reseller")
	b.hides("Fabrikam")
	b.hides(theirs.UUID)
}

func TestReasonThatComesLaterHasTheRoomForIt(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.Uploaded(b.office.North, b.office.Contoso, 1)
	b.desk.Hold = true
	b.page.Paste("Serial\nR0000000001\n")
	for !uitest.Shows(b.desk.Window(), "Already registered.") {
		require.True(t, b.desk.Release(), "%q", uitest.Texts(b.desk.Window()))
	}
	for b.desk.Release() {
	}
	b.shows("to a different customer, Contoso")
}

func TestCorrectedColumnsAreRememberedForListsOfTheSameMake(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("IMEI;Karton\n351921580053066;K1\n")
	b.tap("Read as: table")
	uitest.Choose(t, b.desk.Window(), "Columns")
	b.tapSelect("Not used")
	uitest.Choose(t, b.desk.Window(), "Order number")
	b.shows("K1")
	b.open(newupload.Options{})
	b.page.Paste("IMEI;Karton\n490154203237518;K2\n")
	b.shows("K2", "read as you chose last time")
}

// lines reports whether the lines of the review have the keyboard.
func (b *bench) lines() bool {
	_, scrolls := b.desk.Window().Canvas().Focused().(fyne.Scrollable)
	return scrolls
}

// tapSelect opens the choice that shows this.
func (b *bench) tapSelect(shown string) {
	b.Helper()
	var found *control.Select
	uitest.Walk(b.desk.Window(), func(o fyne.CanvasObject) bool {
		if s, ok := o.(*control.Select); ok && s.Selected == shown {
			found = s
		}
		return false
	})
	require.NotNil(b, found)
	test.Tap(found)
}

func TestBulkListMakesOneUploadPerCustomerAndOffersUnknownOnes(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("06-bulk-several-customers.csv")
	b.shows("ok 30", "rejected 60", "As the list says", "the list names 3 customers", "Add 2 customers…")
	b.tap("Add 2 customers…")
	b.key(fyne.KeyReturn) // looks the ID up: it is not in the directory
	b.typeIn("Company name", "Litware")
	b.key(fyne.KeyReturn)
	b.key(fyne.KeyReturn)
	b.typeIn("Company name", "Proseware")
	b.key(fyne.KeyReturn)
	b.fine()
	b.shows("ok 90", "Upload 90 devices")
	b.tap("Upload 90 devices")
	b.fine()
	require.Equal(t, 90, b.devices(b.office.North))
	uploads, err := b.office.Uploads().IDs(t.Context(), model.UploadQuery{View: model.As(model.Reseller, b.office.North.ID)})
	require.NoError(t, err)
	require.Len(t, uploads, 3)
	last, err := b.office.Activity().LastUndoable(t.Context())
	require.NoError(t, err)
	require.Equal(t, 90, last.Devices, "one act")
}

func TestDeviceInTwoListsIsUploadedOnce(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("351921580053066\n356938035643809")
	b.page.Paste("351921580053066\n490154203237518")
	b.tap("Upload 4 devices")
	b.fine()
	require.Equal(t, model.Figures{Uploaded: 4, Valid: 3, Duplicate: 1}, uploadOf(b).Figures)
}

func TestUndoOfTheResultGoesBackToTheReview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.drop("07-delivery-note.xlsx")
	b.tap("Upload 50 devices")
	require.Equal(t, 50, b.devices(b.office.North))
	b.tap("Undo")
	require.Equal(t, 0, b.devices(b.office.North))
	b.shows("ok 50", "Upload 50 devices")
	require.True(t, b.lines(), "the keyboard is with the lines again")
}

func TestOtherLinesAreSavedWithReasonsAndComeBackIn(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("05-every-fault.csv")
	b.tap("Save the 11 others with reasons…")
	path := filepath.Join(t.TempDir(), "others.csv")
	b.typeIn("File name", path)
	b.key(fyne.KeyReturn)
	b.fine()
	b.key(fyne.KeyReturn)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), "This is an ICCID")
	b.open(newupload.Options{Files: []string{path}})
	b.shows("All 11")
}

func TestOtherLinesOfAllListsAreSavedAfterTheUpload(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("351921580053066\n8949020000012345678")
	b.drop("05-every-fault.csv")
	b.tap("Upload 10 devices · 12 stay")
	b.tap("Save the 12 others with reasons…")
	for _, says := range []string{"1 row is in", "11 rows are in"} {
		b.typeIn("File name", filepath.Join(t.TempDir(), "others.csv"))
		b.key(fyne.KeyReturn)
		require.Contains(t, strings.Join(b.desk.Said, "\n"), says)
	}
	b.fine()
}

func TestOrderFieldsAreCheckedWhileTheyAreWritten(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("351921580053066\n356938035643809")
	b.typeIn("as you write it", strings.Repeat("1", 101))
	b.shows("may have 100 characters at most")
	b.typeIn("as you write it", "PO1")
	b.typeIn("7–10 characters", "123")
	b.shows("The sold-to-code has 7 to 10 characters")
	uitest.Press(b.desk.Window(), ctrlEnter)
	require.Equal(t, 0, b.devices(b.office.North), "nothing is uploaded against a rule")
	b.typeIn("7–10 characters", "1234567")
	b.shows("2 devices are ready.")
}

func TestUploadInTheMakingIsOfferedAgain(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.drop("05-every-fault.csv")
	b.typeIn("as you write it", "PO77")
	b.tap("Confirm 1 warning")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyDelete)
	b.shows("left out")

	b.open(newupload.Options{}) // the program died
	b.shows("05-every-fault.csv")
	b.tap("Go on with it")
	b.fine()
	b.shows("All 21", "left out", "Contoso", "PO77", "Upload 10 devices")
	b.hides("Confirm 1 warning")
}

func TestReceiveUploadTakesTheListOfAResellerForTheMSP(t *testing.T) {
	b := newBench(t, newupload.Options{OnBehalf: true})
	b.tap("Choose the reseller…")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyReturn)
	b.drop("07-delivery-note.xlsx")
	b.tap("Upload 50 devices")
	b.fine()
	waiting, err := b.office.Uploads().Count(t.Context(), model.UploadQuery{View: model.As(model.MSP, b.office.MSP.ID), Waiting: true})
	require.NoError(t, err)
	require.Equal(t, 1, waiting)
	require.Equal(t, 50, b.devices(b.office.North))
	b.hides("New upload")
	b.tap("Receive upload")
	b.shows("Northwind Mobile", "to Adatum Services", "Bring the devices in")
	require.Empty(t, b.desk.Went, "the next one is received, too")
}

func TestEveryStateFitsTheSmallestWindow(t *testing.T) {
	b := newBench(t, newupload.Options{})
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Brightness: look.Light})
	room := fyne.NewSize(795, 530) // of 1024×700, beside the sidebar, under header, menu and heading
	fits := func(state string) {
		t.Helper()
		size := b.page.Content.MinSize()
		require.LessOrEqual(t, size.Width, room.Width, state)
		require.LessOrEqual(t, size.Height, room.Height, state)
	}
	fits("empty")
	b.tap("Scan…")
	b.scan("8806095067890", "356938038361516", "R5WEY23L8EJ")
	fits("scanning")
	b.tap("Review 1 device")
	b.drop("05-every-fault.csv")
	b.drop("06-bulk-several-customers.csv")
	fits("three lists")
	b.choose("Contoso")
	b.tap("Upload 40 devices · 71 stay")
	b.fine()
	fits("result")
}

func TestPortalFilesOfAnUpload(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.drop("01-one-imei-per-line.csv")
	b.typeIn("as you write it", "PO1")
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
	require.Contains(t, strings.Join(b.desk.Said, "\n"), files[0].Name())
}

func TestResultForSeveralCustomersSaysEachWithItsDevicesAndItsPortalFile(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("Customer ID,IMEI\n4600001586,351921580053066\n" + b.office.MSP.KnoxID + ",490154203237518\n" + b.office.MSP.KnoxID +
		",356938035643809\n")
	b.tap("Upload 3 devices")
	b.fine()
	b.shows("Contoso", "4600001586", b.office.MSP.CompanyName, b.office.MSP.KnoxID, "not saved yet")
	b.tap("Save portal file…")
	uitest.Pick(t, b.desk.Window(), "For one customer: one identifier per line")
	folder := t.TempDir()
	b.typeIn("Folder", folder)
	b.tap("Save")
	b.fine()
	b.hides("not saved yet")
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 2)
	last := b.desk.Done[len(b.desk.Done)-1]
	rows, err := b.office.Activity().Rows(t.Context(), []int64{last.ActivityID})
	require.NoError(t, err)
	detail := page.Words(rows[0].Detail)
	for _, file := range files {
		b.shows(file.Name())
		require.Contains(t, detail, "("+file.Name()+")")
	}
	require.Contains(t, detail, "Contoso: 1 (")
}
