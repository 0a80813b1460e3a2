package portalfile_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/uitest"
)

// carrying is the page of what North has to carry: an upload that is at the portal, of which a device was deleted, and one that is not.
func carrying(t *testing.T) (*uitest.Office, *uitest.Desk, *page.Page) {
	o := uitest.NewOffice(t)
	north := model.As(model.Reseller, o.North.ID)
	old := o.Uploaded(o.North, o.Contoso, 3)
	_, err := o.Carrying().MarkCarried(t.Context(), north, model.CarrySelection{Uploads: []int64{old.ID}})
	require.NoError(t, err)
	ids, err := o.Devices().IDs(t.Context(), model.DeviceQuery{View: north, Sort: []model.Sort{{Column: model.BySerial}}})
	require.NoError(t, err)
	_, err = o.Devices().Delete(t.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: north}, IDs: ids[:1], Count: 1}, nil)
	require.NoError(t, err)
	_, err = o.Devices().Exchange(t.Context(), north, []data.Exchange{{Old: ids[1], Reference: "RMA-1",
		New: model.NewDevice{Identifiers: model.Identifiers{Serial: "R5CX0000001"}}}}, nil)
	require.NoError(t, err)
	o.Uploaded(o.North, o.Fabrikam, 2)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	p := portalfile.ToCarryPage(d, north, page.Place{})
	d.Show(p)
	return o, d, p
}

func TestUploadsDeletionsAndExchangesThatAreToCarryStandOnOnePage(t *testing.T) {
	_, d, _ := carrying(t)
	w := d.Window()
	for _, part := range []string{"Devices uploaded", "Devices deleted", "Devices exchanged", "Fabrikam", "3 of 4 shown"} {
		require.True(t, uitest.Shows(w, part), "«%s» is not on screen: %q", part, uitest.Texts(w))
	}
	require.False(t, uitest.Shows(w, "Carried"), "the upload that is at the portal is not to carry")
}

func TestPageOfWhatIsToCarryShowsWhatIsNotConfirmedOnceEverythingIsCarried(t *testing.T) {
	o, d, _ := carrying(t)
	north := model.As(model.Reseller, o.North.ID)
	sel, err := o.Carrying().ToCarry(t.Context(), north)
	require.NoError(t, err)
	_, err = o.Carrying().MarkCarried(t.Context(), north, sel)
	require.NoError(t, err)
	d.Show(portalfile.ToCarryPage(d, north, page.Place{}))
	uitest.MustShow(t, d.Window(), "4 of 4 shown", "Carried")
}

func TestWhatIsToCarryIsSavedInTheOrderInWhichThePortalTakesIt(t *testing.T) {
	_, d, _ := carrying(t)
	w := d.Window()
	uitest.Tap(t, w, "Save what is to carry…")
	require.True(t, uitest.Shows(w, "1. Delete 2 devices, customers: 1."), "%q", uitest.Texts(w))
	require.True(t, uitest.Shows(w, "2. Upload 3 devices, customers: 2."))
	folder := t.TempDir()
	uitest.Type(t, w, "Folder", folder)
	uitest.Tap(t, w, "Save")
	require.Empty(t, d.Failed)
	require.Len(t, d.Done, 1)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, files, 2, "%q", uitest.Texts(w))
	slices.Sort(files)
	deletes, err := os.ReadFile(files[0])
	require.NoError(t, err)
	require.Equal(t, 3, strings.Count(string(deletes), "\n"), "the heading and two devices: %s", deletes)
	uploads, err := os.ReadFile(files[1])
	require.NoError(t, err)
	require.Contains(t, string(uploads), "R5CX0000001")
}

func TestWhatThePortalShowsIsConfirmedByHandAndAnExchangeEndsByIt(t *testing.T) {
	o, d, p := carrying(t)
	w := d.Window()
	w.Canvas().Focus(p.First())
	uitest.Press(w, &fyne.ShortcutSelectAll{})
	uitest.Tap(t, w, "ACTIONS")
	uitest.Choose(t, w, "Confirm 3 entries")
	uitest.Tap(t, w, "Confirm 3 entries")
	require.Empty(t, d.Failed)
	require.Len(t, d.Done, 1)
	require.True(t, uitest.Shows(w, "0 of 1 shown"), "%q", uitest.Texts(w))
	n, err := o.Devices().Count(t.Context(), model.DeviceQuery{View: model.As(model.Reseller, o.North.ID), Status: model.Exchanging})
	require.NoError(t, err)
	require.Zero(t, n)
}
