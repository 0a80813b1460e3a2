package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/words"
)

// entryOnScreen is what an entry of the sidebar shows of its title.
func entryOnScreen(w fyne.Window, title string) (text string) {
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		entry, is := o.(interface {
			fyne.Widget
			Caption() string
		})
		if !is || entry.Caption() != title {
			return false
		}
		for _, part := range test.WidgetRenderer(entry).Objects() {
			if letters, is := part.(*canvas.Text); is {
				text = letters.Text
			}
		}
		return true
	})
	return text
}

// noticeAt says where the notice of the sample stands.
func noticeAt(p *program) (where string) {
	uitest.Walk(p.Window, func(o fyne.CanvasObject) bool {
		l, is := uitest.LabelIn(o)
		if !is || fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y > 40 || o.Size().Width < o.MinSize().Width {
			return false
		}
		switch l.Text {
		case lang.L("Sample data: try anything. Your own register is not touched."):
			where = "whole in the header"
		case lang.L("Sample data"):
			where = "in the header"
		}
		return where != ""
	})
	return where
}

func TestSidebarAndNoticeOfTheSampleAreNotCutIn1024InAnyLanguage(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, words.Speak(words.English)) })
	folder := t.TempDir()
	for _, language := range words.Languages() {
		require.NoError(t, words.Speak(language))
		p := newProgram(t, folder)
		p.Start(true, false)
		p.Window.Resize(fyne.NewSize(1024, 700))
		for _, tab := range tabs {
			for _, e := range tab.entries() {
				p.desk.goTo(page.Place{Tab: tab.tab, Page: e.Page})
				if tab.tab != page.ActivityTab { // which has one page only, and no sidebar
					require.Equal(t, e.Title, entryOnScreen(p.Window, e.Title), language)
				}
			}
		}
		require.Contains(t, noticeAt(p), "in the header", language)
		p.Window.Resize(fyne.NewSize(1366, 768))
		require.Equal(t, "whole in the header", noticeAt(p), language)
		p.desk.End()
		p.desk = nil
	}
}
