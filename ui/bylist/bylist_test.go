package bylist_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/bylist"
	"consign/ui/device"
	"consign/ui/devices"
	"consign/ui/page"
	"consign/ui/review"
	"consign/ui/task"
	"consign/ui/uitest"
)

// bench is the desk of an office with a page of devices on it.
type bench struct {
	*testing.T
	office *uitest.Office
	desk   *uitest.Desk
	page   *page.Page
}

// newBench shows the devices of a reseller or an MSP of the office, once fill has brought some.
func newBench(t *testing.T, who func(*uitest.Office) model.Account, fill func(*uitest.Office)) *bench {
	office := uitest.NewOffice(t)
	fill(office)
	b := &bench{T: t, office: office, desk: uitest.NewDesk(t, office.Register, fyne.NewSize(1024, 700), office.North, office.MSP)}
	b.page = page.NewListPage(b.desk, devices.List(b.desk, b.view(who(office)), devices.Options{Name: "test", Title: "Devices"}), page.Place{})
	b.desk.Show(b.page)
	return b
}

func north(o *uitest.Office) model.Account  { return o.North }
func adatum(o *uitest.Office) model.Account { return o.MSP }

func (b *bench) view(a model.Account) model.View { return model.As(a.Kind, a.ID) }

// identifiersOf are the devices that an account sees.
func (b *bench) identifiersOf(a model.Account) (all []model.Device) {
	b.Helper()
	ids, err := b.office.Devices().IDs(b.Context(), model.DeviceQuery{View: b.view(a)})
	require.NoError(b, err)
	all, err = b.office.Register.Devices().Rows(b.Context(), b.view(a), ids)
	require.NoError(b, err)
	return all
}

func (b *bench) tap(caption string) { b.Helper(); uitest.Tap(b, b.desk.Window(), caption) }

func (b *bench) shows(parts ...string) { b.Helper(); uitest.MustShow(b, b.desk.Window(), parts...) }

var ctrlEnter = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}

// look opens By list and looks a text up.
func (b *bench) look(text string) {
	b.Helper()
	b.page.ByList()
	test.Type(b.desk.Window().Canvas().Focused(), text)
	uitest.Press(b.desk.Window(), ctrlEnter)
}

func TestTwoHundredPastedIMEIsAreMovedToACustomerInAtMostSixChords(t *testing.T) {
	b := newBench(t, adatum, func(o *uitest.Office) {
		o.Registered(o.North)
		o.Managed(o.Contoso, model.FullyManaged)
		o.Managed(o.Fabrikam, model.FullyManaged)
		o.Approved(o.Uploaded(o.North, o.MSP, 250))
	})
	var text strings.Builder
	for _, d := range b.identifiersOf(b.office.MSP)[:200] {
		text.WriteString(d.IMEI1 + "\n")
	}
	fyne.CurrentApp().Clipboard().SetContent(text.String())
	chords := 0
	chord := func(press func()) { chords++; press() }
	enter := func() { uitest.Key(b.desk.Window(), fyne.KeyReturn) }

	chord(b.page.ByList) // Ctrl+L
	chord(func() { uitest.Press(b.desk.Window(), ctrlEnter) })
	b.shows("200 found", "Move 200 devices to customer")
	chord(enter) // the button that moves has the keyboard
	test.Type(b.desk.Window().Canvas().Focused(), "fabri")
	chord(enter)                              // the only customer that matches
	for chords < 6 && len(b.desk.Done) == 0 { // a dialog that says what will happen may come
		chord(func() {
			for _, caption := range []string{"CONFIRM", "Move 200 devices"} {
				if button := uitest.FindButton(b.desk.Window(), caption); button != nil {
					button.Tapped(&fyne.PointEvent{})
					return
				}
			}
		})
	}
	require.Empty(t, b.desk.Failed)
	require.Len(t, b.desk.Done, 1)
	require.Equal(t, 200, b.desk.Done[0].Devices)
	n, err := b.office.Devices().Count(t.Context(), model.DeviceQuery{View: b.view(b.office.MSP), Customer: b.office.Fabrikam.ID})
	require.NoError(t, err)
	require.Equal(t, 200, n)
	require.LessOrEqual(t, chords, 6)
	require.Nil(t, b.desk.Window().Canvas().Overlays().Top(), "what it did is not hidden by the dialog")
}

func TestTheOnlyDeviceOfAListIsExchanged(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 3) })
	old := b.identifiersOf(b.office.North)[0]
	b.look(old.IMEI1)
	b.tap("ACTIONS")
	uitest.Choose(t, b.desk.Window(), "Exchange…")
	b.shows("Exchange "+old.IMEI1, "takes its place at Contoso")
	test.Type(b.desk.Window().Canvas().Focused(), "351921580053066")
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	require.Empty(t, b.desk.Failed)
	require.Len(t, b.desk.Done, 1)
	require.Equal(t, 1, b.desk.Done[0].Devices)
}

func TestEveryLineOfAListHasAVerdict(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) {
		o.Uploaded(o.North, o.Contoso, 2)
		o.Uploaded(o.South, o.Contoso, 1)
	})
	mine, theirs := b.identifiersOf(b.office.North), b.identifiersOf(b.office.South)
	b.look(strings.Join([]string{mine[0].IMEI1, mine[1].Serial, theirs[0].Serial, "R52NA0ABCDE", mine[0].Serial, mine[1].Serial,
		"3.51826E+14"}, "\n"))
	b.shows("2 found", "1 at another party", "1 not found", "2 twice in the list", "1 not read", "Registered by another reseller.")
	require.False(t, uitest.Shows(b.desk.Window(), "Südwind"), "another reseller's devices are not shown")
	b.tap("ACTIONS")
	uitest.Choose(t, b.desk.Window(), "Delete 2 devices")
	require.Len(t, b.identifiersOf(b.office.North), 2, "asked first")
	b.tap("Delete 2 devices")
	require.Empty(t, b.desk.Failed)
	require.Empty(t, b.identifiersOf(b.office.North))
	require.Len(t, b.identifiersOf(b.office.South), 1)
}

func TestListOfAnMSPSaysWhatWaitsAndWhatIsAtTheCustomerAlready(t *testing.T) {
	var there, waiting, elsewhere model.Upload
	b := newBench(t, adatum, func(o *uitest.Office) {
		o.Registered(o.North)
		o.Managed(o.Contoso, model.FullyManaged)
		there = o.Uploaded(o.North, o.MSP, 1)
		o.Approved(there)
		waiting, elsewhere = o.Uploaded(o.North, o.MSP, 1), o.Uploaded(o.North, o.Contoso, 1)
	})
	_, err := b.office.Devices().Move(t.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: b.view(b.office.MSP)}, All: true},
		b.office.Contoso.ID, nil)
	require.NoError(t, err)
	_, _ = waiting, elsewhere
	text := "R0000000001\nR0000000002\nR0000000003"
	bylist.ShowText(b.desk, bylist.Options{View: b.view(b.office.MSP), Here: b.office.Contoso.ID}, text)
	b.shows("1 already there", "2 at another party", "Waits in an upload of", "Uploaded by Northwind")
}

func TestListSelectsItsDevicesOnThePageWhateverItWasNarrowedTo(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 5) })
	list := page.NewListing(b.desk, devices.List(b.desk, b.view(b.office.North), devices.Options{Name: "test", Title: "Devices"}),
		page.Place{Search: "R0000000005"})
	b.page = list.Page()
	b.desk.Show(b.page)
	require.Equal(t, 1, list.View.Table.Len())
	b.look("R0000000001\nR0000000003\nR0000000004\n")
	b.tap("Select 3 devices on the page")
	require.Equal(t, 5, list.View.Table.Len())
	require.Equal(t, 3, list.View.Table.Selection().Count())
}

func TestListFromAFileThatIsNotUnderstoodIsShownToBeCorrected(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 1) })
	b.look("no device\nat all\n")
	b.shows("Another list", "Look up 0 devices")
}

func TestLinesOfAListAreExportedWithTheirVerdicts(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 1) })
	b.look("R0000000001\nR52NA0ABCDE\n")
	path := filepath.Join(t.TempDir(), "list.csv")
	b.tap("Export…")
	uitest.Type(b, b.desk.Window(), "File name", path)
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	require.Empty(t, b.desk.Failed)
	text, err := os.ReadFile(path)
	require.NoError(t, err, "%q", uitest.Texts(b.desk.Window()))
	require.Contains(t, string(text), "found")
	require.Contains(t, string(text), "not found")
	require.Contains(t, string(text), "Contoso")
}

func TestSeveralIdentifiersPastedIntoFindAreLookedUpAsAList(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 3); o.Uploaded(o.South, o.Contoso, 1) })
	fyne.CurrentApp().Clipboard().SetContent("R0000000001\r\nR0000000004")
	device.ShowFind(b.desk, func(text string) { bylist.ShowText(b.desk, devices.LookUp(b.desk, model.View{}), text) })
	uitest.Press(b.desk.Window(), &fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	b.shows("2 found", "Contoso")
}

func BenchmarkLookUp100000(b *testing.B) {
	o := uitest.NewOffice(b)
	o.Uploaded(o.North, o.Contoso, 100_000)
	list := make([]model.Identifiers, 100_000)
	for i := range list {
		list[i].Serial = fmt.Sprintf("R%010d", i+1)
	}
	for b.Loop() {
		_, err := o.Devices().Seek(b.Context(), model.As(model.Reseller, o.North.ID), 0, list)
		require.NoError(b, err)
	}
}

func TestSerialNumberAndIMEIOnTwoLinesAreTwoDevices(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 2) })
	all := b.identifiersOf(b.office.North)
	b.look(all[0].Serial + "\n" + all[1].IMEI1 + "\n")
	b.shows("2 found")
	uitest.Key(b.desk.Window(), fyne.KeyEscape)
	b.look(all[0].IMEI1 + "\n" + all[1].Serial + "\n")
	b.shows("2 found")
}

func TestEveryIdentifierOfALineHasItsVerdict(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 4) })
	all := b.identifiersOf(b.office.North)
	b.look("IMEI,IMEI 2\n" + all[0].IMEI1 + ",490154203237518\n" + // the second is nowhere
		all[0].IMEI1 + "," + all[1].IMEI1 + "\n" + // the first comes again, the second is another device
		all[1].IMEI1 + "," + all[0].IMEI1 + "\n" + // both come again, of two lines
		all[2].IMEI1 + "," + all[3].IMEI1 + "\n")
	b.shows("4 found", "1 not found", "3 twice in the list", "In one line with")
}

func TestSerialNumberThatTheRegisterLacksIsToldBesideItsDevice(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) {
		_, _, err := o.Uploads().Add(t.Context(), model.NewUpload{ResellerID: o.North.ID, TargetID: o.Contoso.ID,
			UploadedBy: model.As(model.Reseller, o.North.ID)}, []model.NewDevice{{Identifiers: model.Identifiers{IMEI1: "351921580053066"}}}, nil)
		require.NoError(t, err)
	})
	b.look("IMEI,Serial number\n351921580053066,R58N0000001\n")
	b.shows("1 found", "The register does not have its")
	require.False(t, uitest.Shows(b.desk.Window(), "1 not found"))
}

func TestListThatIsCancelledWhileItIsReadOrLookedUpStaysClosed(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 3) })
	options := bylist.Options{View: b.view(b.office.North)}
	after := 0
	for b.desk.StaysClosed(t, func() { bylist.ShowText(b.desk, options, "R0000000001\nR0000000002\n") }, after) {
		after++
	}
	require.GreaterOrEqual(t, after, 2, "it is read, then looked up")
}

func TestListThatIsReadForLongSaysSoAndCanBeCancelled(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 1) })
	b.page.ByList()
	test.Type(b.desk.Window().Canvas().Focused(), "R0000000001\n")
	b.desk.Hold = true
	defer func() { task.Inline = true }()
	synctest.Test(t, func(t *testing.T) {
		task.Inline = false // while the list is waited for
		uitest.Press(b.desk.Window(), ctrlEnter)
		time.Sleep(task.BusyAfter + time.Millisecond)
		synctest.Wait()
		task.Inline = true
		b.shows("Reading…")
		b.tap("Cancel")
		require.Nil(t, b.desk.Window().Canvas().Overlays().Top())
	})
}

func TestBoxCanBeUsedAgainAfterAFileThatCannotBeOpened(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 1) })
	b.page.ByList()
	box := b.desk.Window().Canvas().Focused()
	b.tap("Open file…")
	broken := filepath.Join(t.TempDir(), "broken.xlsx")
	require.NoError(t, os.WriteFile(broken, []byte("PK\x03\x04 and nothing else"), 0o600))
	uitest.Type(t, b.desk.Window(), "File name", broken)
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	require.Len(t, b.desk.Failed, 1)
	test.Type(box, "R0000000001")
	b.tap("Look up")
	b.shows("1 found")
}

func TestBoxForAListProposesInLinesThatAreNotScrolled(t *testing.T) {
	b := newBench(t, north, func(o *uitest.Office) { o.Uploaded(o.North, o.Contoso, 1) })
	b.page.ByList()
	box := b.desk.Window().Canvas().Focused().(*review.PasteBox)
	require.Contains(t, box.PlaceHolder, "\n")
	for _, line := range strings.Split(box.PlaceHolder, "\n") {
		require.Less(t, fyne.MeasureText(line, theme.TextSize(), box.TextStyle).Width, box.Size().Width-30)
	}
}
