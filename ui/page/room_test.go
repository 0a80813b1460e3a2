package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
)

// shownIn lays content out in a window, and gives where an object of it begins from above.
func shownIn(t *testing.T, width float32, content fyne.CanvasObject) (w fyne.Window, top func(fyne.CanvasObject) float32) {
	test.NewTempApp(t)
	w = test.NewWindow(content)
	w.Resize(fyne.NewSize(width, 500))
	t.Cleanup(w.Close)
	return w, func(o fyne.CanvasObject) float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y }
}

func TestTabWithFewerButtonsTakesTheRoomOfThoseOfAnother(t *testing.T) {
	many := []fyne.CanvasObject{control.NewButton("APPROVE ALL DEVICES", nil), control.NewButton("APPROVE ALL DEVICES", nil)}
	first, second := widget.NewLabel("uploads"), widget.NewLabel("devices")
	tabs := page.Tabs("", 0, &page.Page{Title: "UPLOADS", Content: first, Actions: many}, &page.Page{Title: "DEVICES", Content: second})
	w, top := shownIn(t, 420, tabs.Content)
	below := top(first)
	uitest.FindButton(w, "DEVICES").Tapped(nil)
	require.Less(t, top(second), below-20, "the buttons of the first tab had a line of their own")
	uitest.FindButton(w, "UPLOADS").Tapped(nil)
	require.Equal(t, below, top(first))
}

func TestPageMovesUpWhenItsSummarySaysLess(t *testing.T) {
	fact := func(name string) page.Fact { return page.Fact{Name: name, Value: "of it"} }
	summary := page.NewSummary(fact("A"), fact("B"), fact("C"), fact("D"), fact("E"))
	content := widget.NewLabel("what is below")
	_, top := shownIn(t, 900, summary.Above(content))
	before := top(content)
	summary.Set(fact("A"), fact("B"))
	require.Less(t, top(content), before-20)
	summary.Set(fact("A"), fact("B"), fact("C"), fact("D"), fact("E"))
	require.Equal(t, before, top(content))
}
