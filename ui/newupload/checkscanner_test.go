package newupload_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"consign/data/intake"
	"consign/ui/newupload"
	"consign/ui/uitest"
)

// french is what a scanner with a US layout writes through a French one.
var french = strings.NewReplacer("1", "&", "2", "é", "3", `"`, "4", "'", "5", "(", "6", "-", "7", "è", "8", "_", "9", "ç", "0", "à",
	"A", "Q", "Q", "A", "W", "Z", "Z", "W", "M", "?", "y", "y", "z", "w", "-", ")", "/", "!", "+", "+", ":", "M")

// scanTestCode sends the test code as a scanner does: Tab as its key, the group separator as Ctrl and ].
func (b *bench) scanTestCode(through *strings.Replacer) {
	for _, r := range intake.TestCode() {
		focused := b.desk.Window().Canvas().Focused()
		switch r {
		case '\t':
			b.key(fyne.KeyTab)
		case 0x1d:
			focused.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl})
		default:
			for _, arrives := range through.Replace(string(r)) {
				focused.TypedRune(arrives)
			}
		}
	}
	b.key(fyne.KeyReturn)
}

func TestFrenchKeyboardIsToldAndAfterACheckScansComeOutRight(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.shows("Scanner not checked")
	b.scan(french.Replace("351921580053066"))
	b.shows("garbled", "Garbled by the keyboard layout (French keyboard): the code says 351921580053066", "0 devices")

	b.tap("Check scanner…")
	b.scanTestCode(french)
	b.shows("Learned: French keyboard", "ends with Enter")
	b.tap("Put scans right from now on")
	b.shows("Scanner checked: French keyboard")
	b.scan(french.Replace("351921580053066"), french.Replace("R58N12AWQZM"))
	b.shows("1 device", "R58N12AWQZM", "Device 1 is complete")

	b.tap("Forget")
	b.shows("Scanner not checked")
	b.scan(french.Replace("490154203237518"))
	b.shows("garbled")
	b.fine()
}

func TestCheckOfAScannerSaysWhatIsNotTheTestCode(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.tap("Check scanner…")
	b.scan("351921580053066")
	b.shows("That is not the test code")
	b.scanTestCode(strings.NewReplacer())
	b.shows("everything arrives as it is in the code")
	b.tap("Cancel")
	b.shows("Scanner not checked")
	b.scan("351921580053066")
	b.shows("1 device")
}

func TestTestPageIsAPDF(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.tap("Check scanner…")
	b.tap("Save page to print…")
	path := filepath.Join(t.TempDir(), "check.pdf")
	b.typeIn("", path)
	b.key(fyne.KeyReturn)
	b.fine()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(content, []byte("%PDF-")))
}

func TestWhatIsNoDevicesIsToldQuietly(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan(imei(1), "8806095067890", "A0:B1:C2:D3:E4:F5", "SM-S911B", "R5WEY23L8EJ")
	b.shows("1 device", "no device", "This is an EAN", "MAC address", "The model of device 1.", "Device 1 is complete")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.shows("ok 1", "SM-S911B")
}

func TestCodeOfACartonIsSoManyDevices(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan("01|R58N12ABCDE|351921580053066|A0:B1:C2:D3:E4:F5;02|R58N12ABCDF|490154203237518|A0:B1:C2:D3:E4:F6")
	b.shows("2 devices", "Devices 1 to 2")
	b.tap("Undo last scan")
	b.shows("0 devices")
}

func TestFixIsSaidOnTheBenchAndInTheReview(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.tap("One device per scan")
	b.scan("35192158005306")
	b.shows("fixed", "14 digits: the check digit was added.")
	uitest.Press(b.desk.Window(), ctrlEnter)
	b.shows("fixed 1")
}

func TestSmallLettersThatArePastedOrTypedByHandAreTaken(t *testing.T) {
	at := time.Now()
	newupload.SetClock(t, func() time.Time { at = at.Add(200 * time.Millisecond); return at })
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	b.scan("r58n12abcde")
	b.shows("1 device", "R58N12ABCDE")
	newupload.SetClock(t, func() time.Time { at = at.Add(5 * time.Millisecond); return at })
	b.scan("r58n12abcdf")
	b.shows("1 device", "garbled", "Small letters")
}
