package desk

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/review"
	"consign/ui/uitest"
	"consign/ui/unfinished"
)

func TestHelpExplainsEveryVerdictAndEveryKeyAndFindsThem(t *testing.T) {
	p := northwind(t)
	uitest.Key(p.Window, fyne.KeyF1)
	for _, v := range model.Verdicts {
		e := review.Explain(v)
		require.NotEmpty(t, e.Means, v)
		require.NotEmpty(t, e.Do, v)
		uitest.MustShow(t, p.Window, e.Word, e.Means, e.Do)
	}
	for _, is := range model.SoughtKinds {
		uitest.MustShow(t, p.Window, review.ExplainSought(is).Means)
	}
	uitest.MustShow(t, p.Window, "Find a device", "Seek in the sorted column")

	uitest.Type(t, p.Window, "Search in the help", "wrong digit")
	uitest.MustShow(t, p.Window, "one wrong digit", "not found")
	require.False(t, uitest.Shows(p.Window, "Seek in the sorted column"))
	uitest.Type(t, p.Window, "Search in the help", "qwertz")
	uitest.MustShow(t, p.Window, "Nothing in the help has these words.")
	uitest.Key(p.Window, fyne.KeyEscape)
	require.Nil(t, p.Window.Canvas().Overlays().Top())
}

func TestAboutIsCopiedWhole(t *testing.T) {
	p := northwind(t)
	p.desk.about()
	uitest.MustShow(t, p.Window, "MIT", "SQLite 3.", p.Own, p.LogFolder)
	uitest.Tap(t, p.Window, "Copy")
	text := p.App.Clipboard().Content()
	backups := filepath.Join(filepath.Dir(p.Own), "backups")
	for _, part := range []string{"Version: test", "Licence: MIT", "SQLite 3.", p.Own, backups, p.LogFolder} {
		require.Contains(t, text, part)
	}
	uitest.MustShow(t, p.Window, "Copied")
}

func TestTourShowsTheFirstDayInFiveStepsOnTheSample(t *testing.T) {
	p := northwind(t)
	own := p.desk
	uitest.Key(p.Window, fyne.KeyF1)
	uitest.Tap(t, p.Window, "Take the tour")
	require.NotSame(t, own, p.desk, "it is the sample's")
	require.True(t, p.desk.sample)
	at := func() page.Place { return p.desk.trails[p.desk.tab].top().place }

	uitest.MustShow(t, p.Window, "Step 1 of 5", "The day begins here")
	require.Equal(t, page.Overview, at().Page)
	require.Nil(t, uitest.FindButton(p.Window, "Back"))
	uitest.Key(p.Window, fyne.KeyReturn) // Next has the keyboard
	uitest.MustShow(t, p.Window, "Step 2 of 5")
	require.Equal(t, page.NewUpload, at().Page)
	uitest.Tap(t, p.Window, "Next")
	uitest.MustShow(t, p.Window, "Step 3 of 5", "ok 1", "fixed 1", "warning 1", "duplicate in file 1", "rejected 1")
	uitest.Tap(t, p.Window, "Next")
	uitest.MustShow(t, p.Window, "Step 4 of 5", "Not finished", "Pasted text")
	require.Len(t, unfinished.All(p.Sample), 1)
	uitest.Tap(t, p.Window, "Next")
	uitest.MustShow(t, p.Window, "Step 5 of 5")
	require.Equal(t, page.Log, at().Page)
	uitest.Tap(t, p.Window, "Back")
	uitest.MustShow(t, p.Window, "Step 4 of 5")
	uitest.Tap(t, p.Window, "Next")
	uitest.Tap(t, p.Window, "Finish")
	require.Nil(t, p.Window.Canvas().Overlays().Top())
}

func TestTourIsOfferedOnTheSampleAndSkippedByEscape(t *testing.T) {
	p := northwind(t)
	require.Nil(t, uitest.FindButton(p.Window, "Tour"), "a register of one's own has no such notice")
	p.OpenSampleAsync()
	uitest.Tap(t, p.Window, "Tour")
	uitest.MustShow(t, p.Window, "Step 1 of 5")
	uitest.Key(p.Window, fyne.KeyEscape)
	require.Nil(t, p.Window.Canvas().Overlays().Top())
	require.False(t, uitest.Shows(p.Window, "Step 1 of 5"))
}
