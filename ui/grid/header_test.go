package grid

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"
)

func at(x float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, 10)} }

func pressTitle(table *Table[box], x float32, held fyne.KeyModifier) {
	e := &desktop.MouseEvent{PointEvent: at(x), Button: desktop.MouseButtonPrimary, Modifier: held}
	table.parts.header.MouseDown(e)
	table.parts.header.MouseUp(e)
}

func dragTitle(table *Table[box], from, to float32) {
	h := table.parts.header
	h.MouseDown(&desktop.MouseEvent{PointEvent: at(from), Button: desktop.MouseButtonPrimary})
	h.Dragged(&fyne.DragEvent{PointEvent: at((from + to) / 2)})
	h.Dragged(&fyne.DragEvent{PointEvent: at(to)})
	h.DragEnd()
}

func shownIDs(table *Table[box]) (ids []string) {
	for _, c := range table.Columns() {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestATitleSortsUpDownAndNone(t *testing.T) {
	table := newTable(t, 100)
	for _, want := range [][]SortKey{{{"imei", false}}, {{"imei", true}}, {}} {
		pressTitle(table, 40, 0)
		require.Equal(t, want, append([]SortKey{}, table.Question().Sort...))
	}
	pressTitle(table, 40, 0)
	pressTitle(table, 380, shift)
	require.Equal(t, []SortKey{{"imei", false}, {"devices", false}}, table.Question().Sort)
	pressTitle(table, 380, shift)
	require.Equal(t, []SortKey{{"imei", false}, {"devices", true}}, table.Question().Sort)
	pressTitle(table, 380, 0)
	require.Equal(t, []SortKey{{"devices", false}}, table.Question().Sort)
	pressTitle(table, 600, 0)
	require.Equal(t, []SortKey{{"devices", false}}, table.Question().Sort, "the order number does not sort")
}

func TestDraggingADividerResizesWhileItMoves(t *testing.T) {
	table := newTable(t, 100)
	h := table.parts.header
	require.Equal(t, desktop.DefaultCursor, h.Cursor())
	h.MouseMoved(&desktop.MouseEvent{PointEvent: at(151)})
	require.Equal(t, desktop.HResizeCursor, h.Cursor())
	h.MouseDown(&desktop.MouseEvent{PointEvent: at(151), Button: desktop.MouseButtonPrimary})
	h.Dragged(&fyne.DragEvent{PointEvent: at(211)})
	require.Equal(t, float32(210), table.shown[0].width)
	require.Equal(t, float32(210), table.shown[1].x)
	h.Dragged(&fyne.DragEvent{PointEvent: at(-500)})
	require.Equal(t, leastWidth, table.shown[0].width)
	h.DragEnd()
	require.Empty(t, table.Question().Sort, "a drag is no click")
}

func TestDoubleClickOnADividerFitsTheColumn(t *testing.T) {
	table := newTable(t, 100)
	table.now = func() time.Time { return time.Unix(9, 0) }
	require.Contains(t, drawn(table, 1)[2], "…")
	pressTitle(table, 320, 0)
	pressTitle(table, 320, 0)
	require.Equal(t, "Northwind Mobile Communications Holding", drawn(table, 1)[2])
	pressTitle(table, table.shown[0].width, 0)
	pressTitle(table, table.shown[0].width, 0)
	require.Less(t, table.shown[0].width, float32(150))
	require.Equal(t, imei(0), drawn(table, 0)[0], "fits, and no more than that")
}

func TestDraggingATitleMovesItsColumn(t *testing.T) {
	table := newTable(t, 100)
	dragTitle(table, 40, 380)
	require.Equal(t, []string{"company", "devices", "imei", "status", "order"}, shownIDs(table))
	require.Equal(t, imei(0), drawn(table, 2)[0])
	dragTitle(table, 300, 10)
	require.Equal(t, []string{"imei", "company", "devices", "status", "order"}, shownIDs(table))
}

func TestTheLayoutIsKeptUnderTheTablesIDAndReset(t *testing.T) {
	table := newTable(t, 100)
	dragTitle(table, 40, 380)
	table.columns.setHidden("status", true)
	table.columns.save()
	again := NewTable(t.Name(), counted{1}, boxColumns)
	require.Equal(t, []string{"company", "devices", "imei", "order"}, shownIDs(again))
	other := NewTable("other", counted{1}, boxColumns)
	require.Equal(t, []string{"imei", "company", "devices", "status", "order"}, shownIDs(other))
	again.resetColumns()
	require.Equal(t, shownIDs(other), shownIDs(again))
	require.Equal(t, shownIDs(other), shownIDs(NewTable(t.Name(), counted{1}, boxColumns)))
}

func TestTheOrderThatTheUserChoseIsKeptWithTheLayout(t *testing.T) {
	first := []SortKey{{"devices", true}}
	again := func() *Table[box] {
		table := NewTable(t.Name(), counted{1}, boxColumns)
		table.SetOrder(first...)
		return table
	}
	table := newTable(t, 100)
	table.SetOrder(first...)
	require.Equal(t, first, table.Question().Sort)
	require.Equal(t, first, again().Question().Sort)
	pressTitle(table, 40, 0)
	pressTitle(table, 40, 0)
	pressTitle(table, 200, shift)
	chosen := []SortKey{{"imei", true}, {"company", false}}
	require.Equal(t, chosen, table.Question().Sort)
	require.Equal(t, chosen, again().Question().Sort)
	table.SetQuestion(Question{Sort: []SortKey{{"status", false}}})
	require.Equal(t, chosen, again().Question().Sort, "the user did not choose what the program asked")
	fyne.CurrentApp().Preferences().SetString("grid."+t.Name(), `[{"id":"order","sort":1},{"id":"status","sort":-2}]`)
	require.Equal(t, []SortKey{{"status", true}}, again().Question().Sort, "an order by a column that does not sort any more")
	table.resetColumns()
	require.Equal(t, first, table.Question().Sort)
	require.Equal(t, first, again().Question().Sort)
}

func TestALongTitleBreaksAtTheBestSpaceAndIsCutOnlyWhereNoneHelps(t *testing.T) {
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "short", Title: "ID", Width: 150, Text: func(box) string { return "x" }},
		{ID: "two", Title: "INTERNAL REFERENCE", Width: 122, Align: Trailing, Sortable: true, Text: func(box) string { return "x" }},
		{ID: "three", Title: "DATE OF UPLOAD", Width: 90, Text: func(box) string { return "x" }},
	})
	open(t, table, 375, 300)
	h := table.parts.header
	says := func(i int) []string { return []string{h.titles[i].text.Text, h.titles[i].second.Text} }
	tall := table.headerHeight()
	require.Equal(t, []string{"ID", ""}, says(0))
	require.Equal(t, []string{"INTERNAL", "REFERENCE"}, says(1))
	require.Equal(t, []string{"DATE OF", "UPLOAD"}, says(2))
	table.sortBy("two", false)
	require.Equal(t, []string{"INTERNAL", "REFERENCE"}, says(1), "the mark of the sort has its room")
	for i := range table.shown {
		for line, text := range []*canvas.Text{h.titles[i].text, h.titles[i].second} {
			y := text.Position().Y
			require.GreaterOrEqual(t, y, float32(-2), "line %d of column %d", line, i)
			if text.Text != "" {
				require.LessOrEqual(t, y+table.parts.style.textH, tall+2, "line %d of column %d", line, i)
			}
		}
		require.Empty(t, h.titles[i].full)
	}
	right := func(o *canvas.Text) float32 { return o.Position().X + o.MinSize().Width }
	require.InDelta(t, right(h.titles[1].text), right(h.titles[1].second), 0.5, "both lines stand at the right")

	table.columns.setWidth("two", leastWidth)
	table.relayout()
	require.Contains(t, says(1)[1], "…")
	require.Equal(t, "INTERNAL REFERENCE", h.titles[1].full, "as a tip")

	for _, c := range table.shown {
		table.columns.setWidth(c.ID, 300)
	}
	table.relayout()
	require.Less(t, table.headerHeight(), tall)
	require.Equal(t, []string{"INTERNAL REFERENCE", ""}, says(1))
	top, _ := table.positionOf(0)
	require.InDelta(t, table.headerHeight()+table.view.rowH/2, top.Y, 0.01, "rows begin below the header")
}

func TestAKeptLayoutOfAnOlderProgramStillShowsNewColumns(t *testing.T) {
	newTable(t, 1)
	fyne.CurrentApp().Preferences().SetString("grid.older",
		`[{"id":"status","width":5},{"id":"vanished","width":90},{"id":"status","width":70}]`)
	table := NewTable("older", counted{1}, boxColumns)
	require.Equal(t, []string{"imei", "company", "devices", "status", "order"}, shownIDs(table))
	require.Equal(t, leastWidth, table.columns.at("status").Width)
	fyne.CurrentApp().Preferences().SetString("grid.older", `broken`)
	require.Len(t, NewTable("older", counted{1}, boxColumns).Columns(), 5)
}

func TestTheLastColumnCannotBeHidden(t *testing.T) {
	table := newTable(t, 1)
	for _, c := range boxColumns {
		table.columns.setHidden(c.ID, true)
	}
	require.Len(t, table.columns.shown(), 1)
}

func TestFrozenColumnsStayWhileOthersScrollAndTitlesStandAboveTheirCells(t *testing.T) {
	table := NewTable(t.Name(), counted{100}, boxColumns)
	w := open(t, table, 400, 300)
	table.SetFrozen(1)
	driver := fyne.CurrentApp().Driver()
	for _, left := range []float32{0, 13, 111, 5000} {
		table.scrollTo(3.5, left)
		for i := range table.shown {
			line := table.parts.lines[5%len(table.parts.lines)]
			require.Equal(t, 5, line.row)
			cell := line.cells[i].text
			if !cell.Visible() {
				cell = line.cells[i].badge
			}
			title := table.parts.header.titles[i].divider
			x := driver.AbsolutePositionForObject(title).X + 1 - driver.AbsolutePositionForObject(cell).X
			require.Greater(t, x, float32(0), "column %d at %g", i, left)
			require.Less(t, x, table.shown[i].width, "column %d at %g", i, left)
		}
		require.Equal(t, float32(149), driver.AbsolutePositionForObject(table.parts.header.titles[0].divider).X)
	}
	require.Equal(t, table.scrolledWidth()-(table.bodyWidth()-150), table.left, "no farther than to the last column")
	require.Equal(t, fyne.NewSize(400, 300), w.Canvas().Size())
}

func TestTheMenuOfTheColumnsOpensByKeyboard(t *testing.T) {
	table := NewTable(t.Name(), counted{100}, boxColumns)
	w := open(t, table, 700, 400)
	key(table, fyne.KeyH, ctrl|shift)
	require.NotNil(t, w.Canvas().Overlays().Top())
}

func TestTheScrollBarReachesBothEndsAndJumpsOnItsTrack(t *testing.T) {
	table := newTable(t, 10_000_000)
	b := table.parts.down
	point := func(y float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(5, y)} }
	b.MouseDown(&desktop.MouseEvent{PointEvent: point(5), Button: desktop.MouseButtonPrimary})
	require.Equal(t, 0, table.view.first, "holding the thumb does not move it")
	b.Dragged(&fyne.DragEvent{PointEvent: point(5000)})
	_, end := table.view.span()
	require.Equal(t, 10_000_000, end)
	b.Dragged(&fyne.DragEvent{PointEvent: point(5)})
	require.Equal(t, 0, table.view.first)
	b.DragEnd()
	b.MouseDown(&desktop.MouseEvent{PointEvent: point(b.Size().Height / 2), Button: desktop.MouseButtonPrimary})
	require.InDelta(t, 5_000_000, table.view.first, 20)
}

func TestTheRowsHaveTheKeyboardAfterADragThatEndsOutside(t *testing.T) {
	table := NewTable(t.Name(), counted{1_000}, boxColumns)
	w := open(t, table, 700, 400)
	w.Canvas().Focus(table)
	for _, dragged := range []fyne.Draggable{table.parts.down, table.parts.across, table.parts.header} {
		dragged.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: at(5), Button: desktop.MouseButtonPrimary})
		dragged.Dragged(&fyne.DragEvent{PointEvent: at(60)})
		w.Canvas().Unfocus() // as Fyne does when the button is let go over something else
		dragged.DragEnd()
		require.Equal(t, fyne.Focusable(table), w.Canvas().Focused())
	}
}
