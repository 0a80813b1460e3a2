package newupload_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/model"
	"consign/ui/newupload"
	"consign/ui/uitest"
)

func TestBenchOf300BoxesByScannerOnly(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.tap("Scan…")
	b.typeIn("how many", "300")
	b.key(fyne.KeyReturn)
	for n := range 300 {
		b.scan("8806095067890", imei(2*n), imei(2*n+1), fmt.Sprintf("R5%09d", n))
	}
	b.fine()
	b.shows("300 of 300")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.shows("ok 300")
	b.page.Submit()
	b.fine()
	require.Equal(t, 300, b.devices(b.office.North))
	require.Equal(t, 300, uploadOf(b).Figures.Valid)
}

// imei is the nth IMEI of a test, with its check digit.
func imei(n int) string {
	return model.ReadIdentifier(fmt.Sprintf("35%012d", n), model.IMEI).Value
}

func TestScannerBenchOfTheSampleGivesTwelveBoxes(t *testing.T) {
	b := newBench(t, newupload.Options{})
	scans, err := os.ReadFile("testdata/08-scanner-bench.txt")
	require.NoError(t, err)
	b.tap("Scan…")
	b.scan(strings.Fields(string(scans))...)
	b.shows("12 devices", "no device", "This is an EAN")
	b.tap("Review 12 devices")
	b.shows("ok 12")
}

func TestScanThatCameAlreadyIsSaidAndUndone(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan("356938038361516", "R5WEY23L8EJ", "356938038361516")
	b.shows("Scanned already: device 1.", "again")
	b.tap("Undo last scan")
	b.shows("Taken back: 356938038361516")
	b.scan("351801420249357")
	b.shows("2 devices")
	uitest.Press(b.desk.Window(), &fyne.ShortcutUndo{})
	b.shows("1 device")
}

func TestScannedDeviceThatIsRegisteredIsSaidAtOnce(t *testing.T) {
	b := newBench(t, newupload.Options{})
	_, _, err := b.office.Uploads().Add(t.Context(), model.NewUpload{ResellerID: b.office.North.ID, TargetID: b.office.Contoso.ID,
		UploadedBy: model.As(model.Reseller, b.office.North.ID)},
		[]model.NewDevice{{Identifiers: model.Identifiers{IMEI1: "356938038361516"}}}, nil)
	require.NoError(t, err)
	b.tap("Scan…")
	b.scan("356938038361516")
	b.shows("356938038361516: uploaded by the same reseller to a different customer, Contoso")
}

func TestScanSessionSurvivesACrash(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.tap("Scan…")
	b.scan("356938038361516", "R5WEY23L8EJ", "351801420249357")
	b.typeIn("how many", "40")
	b.key(fyne.KeyReturn)
	b.open(newupload.Options{}) // the program died
	b.shows("Not finished", "A scan session with 2 devices")
	b.tap("Go on with it")
	b.shows("2 of 40", "Contoso")
	b.scan("R5XK31EF2M3")
	b.shows("Device 2 is complete")
}

func TestBoxWithoutASerialNumberIsSaidOnTheBenchAndInTheReview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1), imei(2), imei(3)) // the third cannot be of the first box
	b.shows("Device 1 has no serial number.", "warning")
	b.scan("R5WEY23L8EJ")
	b.shows("IMEIs on this box: 1; on the box before: 2. Compare them.", "compare")
	b.scan(imei(4))
	b.key(fyne.KeySpace)
	b.desk.Window().Canvas().Focused().TypedRune(' ')
	b.shows("Device 3 has no serial number.", "Next box")
	b.scan(imei(5), "R5XK31EF2M3")
	b.shows("4 devices")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.shows("ok 2", "warning 2", "No serial number was scanned")

	b.open(newupload.Options{}) // the program died
	b.tap("Go on with it")
	b.shows("ok 2", "warning 2")
	b.tap("Confirm 2 warnings")
	b.shows("Upload 4 devices")
}

func TestDevicesOfABenchKeepTheirNumbersInTheReview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan("356938038361516", "R5WEY23L8EJ")
	b.tap("Review 1 device")
	b.hides("Columns") // they are known
	b.shows("1", "356938038361516", "R5WEY23L8EJ")
}

func TestScanThatWentIntoTheExpectedCountIsTaken(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.typeIn("how many", "300")
	b.scan(imei(1), "R5WEY23L8EJ") // nobody pressed Enter
	b.shows("1 of 300", "Device 1 is complete")
	b.desk.Window().Canvas().Focus(uitest.FindEntry(b.desk.Window(), "how many"))
	b.scan("8806095067890", imei(2))
	b.shows("2 of 300", "This is an EAN", "Device 2")
}

func TestScanAfterAClickOnARowIsTaken(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1))
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome)
	b.scan("R5WEY23L8EJ")
	b.shows("Device 1 is complete")
}

func TestNothingButTheBenchTakesTextWhileItScans(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.shows("Order number")
	b.tap("Scan…")
	b.hides("Order number")
	b.tap("Give up the scans")
	b.shows("Order number")
}

func TestScanThatIsNotEnteredYetCountsInTheReview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1))
	test.Type(b.desk.Window().Canvas().Focused(), "R5WEY23L8EJ")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.shows("ok 1", "R5WEY23L8EJ")
}

func TestScansStayUntilTheirListIsKept(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1), "R5WEY23L8EJ")
	full := disk.OnCall(func(disk.Call) error { return os.ErrPermission })
	b.tap("Review 1 device")
	full()
	require.NotEmpty(t, b.desk.Failed)
	b.open(newupload.Options{}) // the program died
	b.shows("A scan session with 1 device")
}

func TestKeyboardBeginsAtWhatIsNotFinished(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1), "R5WEY23L8EJ")
	b.open(newupload.Options{})
	b.desk.Window().Canvas().Focus(b.page.First())
	b.key(fyne.KeyReturn)
	b.shows("1 device", "Undo last scan")
}

func TestTabGoesFromTheTopToTheBottom(t *testing.T) {
	b := newBench(t, newupload.Options{})
	order := func(state string) {
		c := b.desk.Window().Canvas()
		c.Focus(b.page.First())
		const sameRow = 40
		at, from := 0, float32(0)
		for c.FocusNext(); c.Focused() != b.page.First(); c.FocusNext() {
			at++
			// of the page, not of its heading
			if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Focused().(fyne.CanvasObject)).Y; y > 100 {
				require.Greater(t, y, from-sameRow, "%s: focus %d jumps up", state, at)
				from = max(from, y)
			}
		}
		require.Greater(t, at, 5, state)
	}
	order("empty")
	b.drop("05-every-fault.csv")
	order("review")
}
