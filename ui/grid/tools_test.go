package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

func TestToolsTakeLinesWhereThereIsRoomAndScrollInALowView(t *testing.T) {
	view := NewView(t.Name(), counted{1_000}, boxColumns, boxFilters...)
	w := open(t, view, 300, 600)
	last, driver := view.filters[len(view.filters)-1], fyne.CurrentApp().Driver()
	bottom := func() float32 { return driver.AbsolutePositionForObject(last).Y + last.Size().Height }
	top := func() float32 { return driver.AbsolutePositionForObject(view.Table).Y }
	require.Greater(t, driver.AbsolutePositionForObject(last).Y, driver.AbsolutePositionForObject(view.search).Y)
	require.LessOrEqual(t, driver.AbsolutePositionForObject(last).X+last.Size().Width, float32(300))
	require.LessOrEqual(t, bottom(), top())

	w.Resize(fyne.NewSize(300, 240))
	require.Equal(t, driver.AbsolutePositionForObject(last).Y, driver.AbsolutePositionForObject(view.search).Y)
	require.Greater(t, driver.AbsolutePositionForObject(last).X+last.Size().Width, float32(300), "it scrolls into sight")
	require.LessOrEqual(t, bottom(), top())
	require.LessOrEqual(t, view.MinSize().Height, float32(240))

	w.Resize(fyne.NewSize(300, 600))
	require.Greater(t, driver.AbsolutePositionForObject(last).Y, driver.AbsolutePositionForObject(view.search).Y)
	require.LessOrEqual(t, bottom(), top())
}

func TestSearchBoxOfALowViewGivesWayBeforeItsFiltersScroll(t *testing.T) {
	view := NewView(t.Name(), counted{1_000}, boxColumns, boxFilters...)
	needs := float32(leastSearch - toolGap) // less than a search box that has its line with the filters
	for _, f := range view.filters {
		needs += toolGap + f.MinSize().Width
	}
	needs += toolGap + view.clear.MinSize().Width
	open(t, view, needs, 240)
	right := fyne.CurrentApp().Driver().AbsolutePositionForObject(view.clear).X + view.clear.Size().Width
	require.LessOrEqual(t, right, needs+1, "what clears the filters, the last of the line, is in sight")
}
