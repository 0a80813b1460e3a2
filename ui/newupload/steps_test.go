package newupload_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/lists"
	"consign/ui/newupload"
	"consign/ui/uitest"
	"consign/ui/words"
)

func TestTargetIsTheSelectedCustomerElseTheLastOne(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.open(newupload.Options{})
	b.shows("Choose a customer or MSP…") // nothing was uploaded yet
	b.office.Uploaded(b.office.North, b.office.Contoso, 1)
	b.open(newupload.Options{})
	b.shows("Contoso", "as last time")
	b.open(newupload.Options{Target: b.office.MSP.ID})
	b.shows("Adatum Services")
	b.hides("as last time")
}

func TestMainJobForASelectedCustomerTakesOneKeyAfterTheFile(t *testing.T) {
	b := newBench(t, newupload.Options{Target: 0})
	b.open(newupload.Options{Target: b.office.Contoso.ID, Files: []string{filepath.Join("testdata", "01-one-imei-per-line.csv")}})
	b.page.Submit()
	b.fine()
	require.Equal(t, 120, b.devices(b.office.North))
}

func TestDroppedFilesGoWhereTheyBelong(t *testing.T) {
	b := newBench(t, newupload.Options{})
	var uploaded, compared []string
	open := func(text string) {
		path := filepath.Join(t.TempDir(), "dropped.csv")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		lists.OpenFiles(b.desk, []string{path}, lists.Take{Upload: func(paths []string) { uploaded = append(uploaded, paths...) },
			Compare: func(path string) { compared = append(compared, path) }})
	}
	open("IMEI\n351921580053066\n")
	require.Len(t, uploaded, 1)
	open("IMEI,Reason\n351921580053066,The check digit is wrong\n") // as Consign saves those that stay behind
	require.Len(t, uploaded, 2)
	open("Device IMEI/serial number,Failure reason\n351921580053066,Not a Samsung device\n")
	b.shows("Portal errors")
	b.tap("Cancel")
	open("Company name,Customer ID,Country\nLitware,4600001999,DE\n")
	b.shows("Import accounts")
	b.tap("Cancel")
	open("IMEI/MEID,Serial number,Order number,Uploaded,Customer,Status\n351921580053066,,PO1,2026-11-24,Contoso,Pending\n")
	require.Len(t, compared, 1)
	require.Len(t, uploaded, 2)
	b.fine()
}

func TestUsedUpVerdictShowsAllLinesAndSaysSo(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("IMEI\n3569380356\n351921580053066\n")
	b.tap("rejected 1")
	b.hides("351921580053066")
	b.correct("356938035643809")
	b.shows("351921580053066", "356938035643809", "All 2")
	require.Contains(t, b.desk.Said[len(b.desk.Said)-1], "rejected")
}

func TestUnknownCustomersOfABulkListAreNamed(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("Customer ID,IMEI\n4600001586,351921580053066\n4600009999,356938035643809\n")
	b.shows("not on the Customers page: 4600009999", "4600001586  Contoso", "unknown", "CUSTOMER")
}

func TestColumnIsFilledForAllLinesAndKept(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.page.Paste("351921580053066\n356938035643809\n")
	b.hides("MODEL")
	b.tap("Fill…")
	b.typeIn("Text", "SM-A556B")
	b.tap("Fill 2 lines")
	b.shows("MODEL", "SM-A556B")
	b.open(newupload.Options{})
	b.tap("Go on with it")
	b.shows("SM-A556B")
	b.choose("Contoso")
	b.tap("Upload 2 devices")
	b.fine()
	models, err := b.office.Devices().Models(t.Context(), model.As(model.Reseller, b.office.North.ID))
	require.NoError(t, err)
	require.Equal(t, []string{"SM-A556B"}, models)
}

func TestWhatTheStepsHoldBeginsAtOneEdgeInEveryLanguage(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, words.Speak(words.English)) })
	for _, language := range words.Languages() {
		require.NoError(t, words.Speak(language))
		b := newBench(t, newupload.Options{})
		var titles, edges []float32
		uitest.Walk(b.desk.Window(), func(o fyne.CanvasObject) bool {
			row, is := o.(*fyne.Container)
			if !is || len(row.Objects) != 2 || fmt.Sprintf("%T", row.Objects[1]) != "*newupload.step" || !row.Objects[0].Visible() {
				return false
			}
			if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row.Objects[0]).X; at < 300 { // one stands beside another
				edges, titles = append(edges, at), append(titles, row.Objects[1].MinSize().Width)
			}
			return false
		})
		require.GreaterOrEqual(t, len(edges), 2, language)
		for i := range edges {
			require.Equal(t, edges[0], edges[i], language)
			require.Equal(t, titles[0], titles[i], language)
		}
	}
}
