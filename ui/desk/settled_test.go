package desk

import (
	"testing"

	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
)

func TestWhatWasDoneIsSaidOnceThePageShowsIt(t *testing.T) {
	p := northwind(t)
	var read func() // the rows are there
	put(p, &page.Page{Title: "Devices", Content: widget.NewLabel("old rows"), Settled: func(then func()) { read = then }})
	p.desk.Report(model.Done{Text: model.Say("Devices deleted.")})
	require.False(t, uitest.Shows(p.Window, "Devices deleted."), "not over the old rows")
	read()
	require.True(t, uitest.Shows(p.Window, "Devices deleted."))
	p.desk.Say("Saved.")
	require.True(t, uitest.Shows(p.Window, "Saved."), "what is no act waits for nothing")
}

func TestSideButtonsOfTheMouseGoBackAndForwardButNotBehindADialog(t *testing.T) {
	p := northwind(t)
	at := func() page.Place { return p.desk.trails[p.desk.tab].top().place }
	start := at()
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices})
	devices := at()
	p.desk.Step(-1)
	require.Equal(t, start, at())
	p.desk.help()
	p.desk.Step(+1)
	require.Equal(t, start, at(), "a dialog is open")
	p.Window.Canvas().Overlays().Remove(p.Window.Canvas().Overlays().Top())
	p.desk.Step(+1)
	require.Equal(t, devices, at())
}

func TestFilesThatAnActSavedAreSaidInPlaceOfTheActItself(t *testing.T) {
	p := sampled(t)
	p.desk.reading++ // the page reads again
	p.desk.Report(model.Done{Text: model.Say("Portal files saved.")})
	p.desk.Offer("1 file is in the folder.", "Show in folder", func() {})
	p.desk.reading--
	p.desk.tellHeld()
	require.True(t, uitest.Shows(p.Window, "1 file is in the folder."))
	require.False(t, uitest.Shows(p.Window, "Portal files saved."))
}

func TestPageThatIsTooDearToReadUnaskedHearsThatItIsOutdated(t *testing.T) {
	p := northwind(t)
	read, outdated := 0, 0
	put(p, &page.Page{Title: "Compare", Content: widget.NewLabel("differences"), Shows: data.DevicesChanged,
		Reload: func() { read++ }, Outdated: func() { outdated++ }})
	p.desk.changed(data.OrdersChanged)
	p.desk.changed(data.DevicesChanged)
	require.Equal(t, []int{0, 1}, []int{read, outdated})
	p.desk.reload() // F5
	require.Equal(t, []int{1, 1}, []int{read, outdated})
}
