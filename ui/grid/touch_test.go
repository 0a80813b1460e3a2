package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/mobile"
	"github.com/stretchr/testify/require"
)

func TestRowsFollowAFingerAndATapSelects(t *testing.T) {
	table := newTable(t, 1_000_000)
	drag := func(dx, dy float32) {
		table.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: dx, DY: dy}})
		table.DragEnd()
	}
	at, _ := table.positionOf(3)
	drag(0, -100)
	table.Tapped(&fyne.PointEvent{Position: at})
	require.Zero(t, table.view.top(), "a mouse is answered as it is pressed, and does not drag rows")
	require.Zero(t, table.Selected())

	table.touch = true
	table.Tapped(&fyne.PointEvent{Position: at})
	require.Equal(t, 3, table.cursor)
	var opened []box
	table.OnOpen = func(b box) { opened = append(opened, b) }
	table.Tapped(&fyne.PointEvent{Position: at})
	require.Equal(t, []box{{3}}, opened)
	drag(0, -table.view.rowH*10.5)
	require.InDelta(t, 10.5, table.view.top(), 0.001)
	drag(0, table.view.rowH*20)
	require.Zero(t, table.view.top())
	table.Resize(fyne.NewSize(300, 300))
	drag(-50, 0)
	require.Equal(t, float32(50), table.left)
	at, _ = table.positionOf(5)
	table.TappedSecondary(&fyne.PointEvent{Position: at})
	require.Equal(t, map[int64]struct{}{5: {}}, table.Selection().IDs)
}

func TestAFingerSortsResizesAndHoldsTheScrollBar(t *testing.T) {
	table := newTable(t, 1_000_000)
	h, b := table.parts.header, table.parts.down
	touch := func(x, y float32) *mobile.TouchEvent {
		return &mobile.TouchEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}}
	}
	h.TouchDown(touch(40, 10))
	h.TouchUp(touch(40, 10))
	require.Equal(t, []SortKey{{"imei", false}}, table.Question().Sort)
	h.TouchDown(touch(150, 10))
	h.Dragged(&fyne.DragEvent{PointEvent: at(200)})
	h.TouchCancel(touch(200, 100))
	h.Dragged(&fyne.DragEvent{PointEvent: at(220)})
	h.DragEnd()
	require.Equal(t, float32(220), table.shown[0].width)
	b.TouchDown(touch(5, 5))
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 5000)}})
	b.TouchCancel(touch(5, 5000))
	b.TouchUp(touch(5, 5000))
	_, end := table.view.span()
	require.Equal(t, 1_000_000, end)
	require.False(t, b.held)
}
