package desk

import (
	"fmt"
	"regexp"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/words"
)

// barHeight is the height of the menu bar, which windows of tests do not have.
const barHeight = 24

// linesOnScreen counts the lines of the review that can be seen whole.
func linesOnScreen(w fyne.Window) (lines int) {
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	imei := regexp.MustCompile(`^\d{15}$`)
	var end float32
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		_, scrolls := o.(fyne.Scrollable)
		if _, takes := o.(fyne.Focusable); scrolls && takes {
			end = place(o).Y + o.Size().Height
		}
		text, is := o.(*canvas.Text)
		if is && imei.MatchString(text.Text) && place(o).Y+text.MinSize().Height+4 <= end {
			lines++
		}
		return false
	})
	return lines
}

func TestReviewShows14LinesAt1366x768AlsoInTheSample(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, words.Speak(words.English)) })
	list := "IMEI\tModel\n"
	for i := range 40 {
		list += fmt.Sprintf("3519215800%05d\tSM-A556B\n", i)
	}
	folder := t.TempDir()
	for _, language := range words.Languages() {
		require.NoError(t, words.Speak(language))
		p := newProgram(t, folder)
		p.Start(true, false)
		p.Window.Resize(fyne.NewSize(1366, 768-barHeight))
		p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload})
		pageOf(p.desk).Paste(list)
		require.GreaterOrEqual(t, linesOnScreen(p.Window), 14, language)
		p.desk.End()
		p.desk = nil
	}
}
