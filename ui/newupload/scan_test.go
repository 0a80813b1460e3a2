package newupload_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

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
	b.shows("1 devices")
}

func TestScannedDeviceThatIsRegisteredIsSaidAtOnce(t *testing.T) {
	b := newBench(t, newupload.Options{})
	_, _, err := b.office.Upload(t.Context(), model.NewUpload{ResellerID: b.office.North.ID, TargetID: b.office.Contoso.ID, UploadedBy: model.As(model.Reseller, b.office.North.ID)},
		[]model.NewDevice{{Identifiers: model.Identifiers{IMEI1: "356938038361516"}}}, nil)
	require.NoError(t, err)
	b.tap("Scan…")
	b.scan("356938038361516")
	b.shows("356938038361516 is already registered.")
}

func TestScanSessionSurvivesACrash(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan("356938038361516", "R5WEY23L8EJ", "351801420249357")
	b.open(newupload.Options{}) // the program died
	b.shows("A scan session with 2 devices is not finished.")
	b.tap("Go on with it")
	b.scan("R5XK31EF2M3")
	b.shows("Device 2 is complete")
}
