package newupload_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/model"
	"consign/ui/control"
	"consign/ui/newupload"
	"consign/ui/overview"
	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/unfinished"
)

// lists are what is kept unfinished, the newest first.
func (b *bench) lists() []string {
	var names []string
	for _, u := range unfinished.Of(b.office.Path(), b.office.North) {
		names = append(names, u.Names())
	}
	return names
}

// undo presses the button of the last message.
func (b *bench) undo() {
	b.Helper()
	require.NotEmpty(b, b.desk.Offers)
	last := b.desk.Offers[len(b.desk.Offers)-1]
	require.Equal(b, "Undo", last.Button)
	last.Do()
}

func TestThreeUnfinishedUploadsAreAllKeptAndListedWithWhatTheyAre(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.SetPerson("Grete Roth")
	for _, name := range []string{"05-every-fault.csv", "07-delivery-note.xlsx", "01-one-imei-per-line.csv"} {
		b.open(newupload.Options{})
		b.drop(name)
	}
	b.choose("Contoso")
	b.open(newupload.Options{})
	require.Equal(t, []string{"01-one-imei-per-line.csv", "07-delivery-note.xlsx", "05-every-fault.csv"}, b.lists())
	b.shows("01-one-imei-per-line.csv", "07-delivery-note.xlsx", "05-every-fault.csv", "21 lines", "50 lines", "Contoso", "Grete Roth")

	b.desk.Show(overview.Reseller(b.desk, func() {}, control.NewButton("", nil)))
	first := uitest.FindButton(b.desk.Window(), "Go on with it")
	require.NotSame(b, first, b.desk.Window().Canvas().Focused(), "the oldest stands last")
	require.NotNil(b, b.desk.Window().Canvas().Focused(), "the page begins with the newest")
	b.shows("Not finished", "01-one-imei-per-line.csv", "120 lines", "Contoso", "07-delivery-note.xlsx", "05-every-fault.csv")
	b.tap("Go on with it") // the oldest stands last
	require.Equal(t, page.NewUpload, b.desk.Went[0].Page)
	require.Equal(t, b.office.North.ID, b.desk.Went[0].Acting)
	b.open(newupload.Options{Unfinished: b.desk.Went[0].Unfinished})
	b.shows("All 21")
	require.Len(t, b.lists(), 3, "it goes on under its own name")
	b.fine()
}

func TestUnfinishedUploadIsListedByItsFirstLineAlone(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("05-every-fault.csv")
	u := unfinished.Of(b.office.Path(), b.office.North)[0]
	text, err := os.ReadFile(u.Path)
	require.NoError(t, err)
	head, _, _ := strings.Cut(string(text), "\n")
	require.Less(t, len(head), 400, "what is listed is short, whatever the lists hold")
	spoilt := head + "\n{ spoilt"
	require.NoError(t, os.WriteFile(u.Path, []byte(spoilt), 0o600))

	b.open(newupload.Options{})
	b.shows("05-every-fault.csv", "21 lines")
	b.tap("Go on with it")
	require.Len(t, b.desk.Failed, 1)
	require.Contains(t, b.desk.Failed[0].Error(), "cannot be read")
	b.page.Paste("351921580053066") // the page goes on with another one
	b.shows("ok 1")
	text, err = os.ReadFile(u.Path)
	require.NoError(t, err)
	require.Equal(t, spoilt, string(text), "it stays as it is")
	require.Len(t, b.lists(), 2)
}

func TestEveryUnfinishedUploadIsGoneOnWithAndUploadedByItself(t *testing.T) {
	b := newBench(t, newupload.Options{})
	for i, text := range []string{"351921580053066", "356938035643809", "490154203237518", "356938038361516"} {
		b.open(newupload.Options{})
		if i > 0 {
			b.hides("Upload 1 device")
		}
		b.page.Paste(text)
	}
	for left := 4; left > 0; left-- {
		b.open(newupload.Options{})
		b.tap("Go on with it")
		b.shows("Upload 1 device")
		if uitest.FindButton(b.desk.Window(), "Choose a customer or MSP…") != nil {
			b.choose("Contoso")
		}
		b.tap("Upload 1 device")
		b.fine()
		require.Len(t, b.lists(), left-1)
	}
	require.Equal(t, 4, b.devices(b.office.North))
	b.open(newupload.Options{})
	b.hides("Not finished")
}

func TestGivingUpAsksNothingAndIsTakenBack(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("05-every-fault.csv")
	b.typeIn("as you write it", "PO77")
	b.open(newupload.Options{})
	b.tap("Give it up")
	require.Nil(t, b.desk.Window().Canvas().Overlays().Top(), "nothing is asked")
	b.hides("05-every-fault.csv")
	require.Empty(t, b.lists())
	b.undo()
	b.shows("05-every-fault.csv")
	b.tap("Go on with it")
	b.shows("All 21", "PO77")
	b.fine()
}

func TestListThrownAwayComesBackByUndoOnly(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.drop("05-every-fault.csv")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyDelete)
	b.shows("left out")
	b.throwAway()
	b.hides("left out")
	require.Empty(t, b.lists(), "what is thrown away is not unfinished")
	b.open(newupload.Options{}) // nor after the program died
	b.hides("05-every-fault.csv")

	b.drop("05-every-fault.csv")
	b.drop("07-delivery-note.xlsx")
	b.throwAway()
	require.Equal(t, []string{"05-every-fault.csv"}, b.lists())
	b.undo()
	b.shows("07-delivery", "Upload 59 devices")
	require.Equal(t, []string{"05-every-fault.csv, 07-delivery-note.xlsx"}, b.lists())
	b.fine()
}

// throwAway presses the trash of the list that is shown.
func (b *bench) throwAway() {
	b.Helper()
	b.tap("Read as: table")
	uitest.Choose(b, b.desk.Window(), "Take the list away")
}

func TestUndoOfTheTrashBringsACorrectedListBackAsItWas(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("356938035643809\n351921580053066")
	uitest.KeysInTable(t, b.desk.Window(), fyne.KeyHome, fyne.KeyDelete)
	b.throwAway()
	b.undo()
	b.shows("left out", "Upload 1 device")
	require.Len(t, b.lists(), 1)
}

func TestLeavingKeepsTheUploadAndAsksNothing(t *testing.T) {
	b := newBench(t, newupload.Options{})
	left := 0
	leave := func() { left++ }
	b.page.Leave(leave)
	require.Equal(t, 1, left, "an empty page")
	require.Empty(t, b.lists())
	b.page.Paste("351921580053066")
	b.page.Leave(leave)
	require.Equal(t, 2, left)
	require.Nil(t, b.desk.Window().Canvas().Overlays().Top())
	b.open(newupload.Options{})
	b.tap("Go on with it")
	b.shows("ok 1")
}

func TestScansAreListedAndGivenUpAndTakenBack(t *testing.T) {
	b := newBench(t, newupload.Options{})
	for range 2 { // two sessions that were interrupted
		b.open(newupload.Options{})
		b.tap("Scan…")
		b.scan("356938038361516", "R5WEY23L8EJ")
	}
	b.open(newupload.Options{})
	require.Len(t, b.lists(), 2)
	b.tap("Go on with it")
	b.shows("Review 1 device")
	b.tap("Give up the scans")
	require.Nil(t, b.desk.Window().Canvas().Overlays().Top())
	b.hides("Review 1 device")
	require.Len(t, b.lists(), 1)
	b.undo()
	b.shows("Review 1 device")
	require.Len(t, b.lists(), 2)
	b.tap("Review 1 device")
	b.shows("ok 1")
	require.Len(t, b.lists(), 2)
	b.fine()
}

func TestAKeptListWhoseFileIsGoneStaysKept(t *testing.T) {
	b := newBench(t, newupload.Options{})
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(path, []byte("351921580053066\n"), 0o600))
	b.page.Drop([]string{path})
	b.page.Paste("490154203237518")
	require.NoError(t, os.Rename(path, path+"x"))
	b.open(newupload.Options{})
	b.tap("Go on with it")
	require.Len(t, b.desk.Failed, 1, "it is said")
	b.shows("Upload 1 device")
	b.typeIn("as you write it", "PO1") // the rest is kept anew
	require.NoError(t, os.Rename(path+"x", path))
	b.open(newupload.Options{})
	b.tap("Go on with it")
	b.shows("Upload 2 devices", "PO1")
}

func TestUnfinishedUploadIsOldOrNewWhateverFileCallFails(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("351921580053066")
	before := b.lists()
	for n := 1; ; n++ {
		calls := 0
		end := disk.OnCall(func(disk.Call) error {
			if calls++; calls == n {
				return os.ErrPermission
			}
			return nil
		})
		b.typeIn("as you write it", fmt.Sprint("PO", n))
		end()
		require.Equal(t, before, b.lists(), "call %d", n)
		if calls < n {
			break // every call has failed once
		}
	}
	b.open(newupload.Options{})
	b.tap("Go on with it")
	b.shows("ok 1", "PO")
}

func TestUploadsOfOtherAccountsAreNotMixedUp(t *testing.T) {
	b := newBench(t, newupload.Options{})
	longer := b.office.Account(model.Reseller, b.office.North.KnoxID+"1", "Longer", true)
	require.NoError(t, os.WriteFile(unfinished.NewPath(b.office.Path(), longer), []byte(`{"acting":9,"lists":[{"name":"theirs"}]}`), 0o600))
	require.NoError(t, os.WriteFile(b.office.Path()+".upload-"+b.office.North.KnoxID+"-before", // of version 0.1
		[]byte(fmt.Sprintf(`{"acting":%d,"lists":[{"text":"351921580053066","name":"ours"}]}`, b.office.North.ID)), 0o600))
	b.open(newupload.Options{})
	b.shows("ours")
	b.hides("theirs")
	b.tap("Go on with it")
	b.shows("ok 1")
}
