package grid

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func says(text string) func(box) string { return func(box) string { return text } }

func widths(table *Table[box]) []float32 {
	shown := make([]float32, len(table.shown))
	for i, c := range table.shown {
		shown[i] = c.width
	}
	return shown
}

func TestSpareRoomGoesFirstToColumnsThatMissLittle(t *testing.T) {
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "id", Title: "ID", Width: 100, Text: says("x")},
		{ID: "date", Title: "DATE", Width: 100, Most: 140, Text: says("x")},
		{ID: "name", Title: "NAME", Width: 100, Most: 300, Text: says("x")},
		{ID: "other", Title: "OTHER", Width: 100, Most: 300, Text: says("x")},
	})
	w := open(t, table, 420, 300)
	room := func(spare float32) {
		w.Resize(w.Canvas().Size().AddWidthHeight(400+spare+table.parts.style.bar-w.Canvas().Size().Width, 0))
	}
	for spare, want := range map[float32][]float32{
		-50: {100, 100, 100, 100}, 30: {100, 130, 100, 100}, 100: {100, 140, 130, 130}, 1000: {100, 140, 300, 300},
	} {
		room(spare)
		require.Equal(t, want, widths(table), "with %v to spare", spare)
	}

	room(100)
	dragTitle(table, 239, 229)
	require.Equal(t, []float32{100, 130, 135, 135}, widths(table), "a chosen width stays, and the room that it leaves is taken behind it")
	room(200)
	require.Equal(t, []float32{100, 130, 185, 185}, widths(table))
	again := NewTable(t.Name(), counted{10}, table.columns.declared)
	require.Equal(t, []float32{100, 130, 100, 100}, widths(again), "only chosen widths are kept")
	table.resetColumns()
	require.Equal(t, []float32{100, 140, 180, 180}, widths(table))
}

func TestColumnThatSaysMostHasTheSpareRoomBeforeOthers(t *testing.T) {
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "date", Title: "DATE", Width: 100, Most: 140, Text: says("x")},
		{ID: "detail", Title: "DETAIL", Width: 100, Most: 300, Spare: true, Text: says("x")},
	})
	w := open(t, table, 420, 300)
	for spare, want := range map[float32][]float32{100: {100, 200}, 230: {130, 300}} {
		w.Resize(w.Canvas().Size().AddWidthHeight(200+spare+table.parts.style.bar-w.Canvas().Size().Width, 0))
		require.Equal(t, want, widths(table), "with %v to spare", spare)
	}
}

func TestColumnIsWideEnoughForItsTitleAndItsWords(t *testing.T) {
	const longest = "Waits for an answer"
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "title", Title: "VERIFICATION DATE", Width: 10, Sortable: true, Text: says("x")},
		{ID: "status", Title: "STATUS", Words: []string{"No", longest}, Badge: func(box) (string, Look) { return longest, Waiting }},
		{ID: "number", Title: "N", Words: []string{"351921580053066"}, Mono: true, Text: says("351921580053066")},
	})
	w := open(t, table, 330, 300)
	h, cells := table.parts.header, table.parts.lines[0].cells
	require.Equal(t, "VERIFICATION", h.titles[0].text.Text)
	require.Equal(t, longest, cells[1].badge.Text)
	require.Equal(t, "351921580053066", cells[2].text.Text)
	table.sortBy("title", false)
	require.Equal(t, "VERIFICATION", h.titles[0].text.Text, "the mark of the sort has its room")
	w.Resize(w.Canvas().Size().AddWidthHeight(300, 0))
	require.Equal(t, "VERIFICATION DATE", h.titles[0].text.Text, "where there is room, the title stands on one line")
}

func TestTitleShowsItsSoftHyphenOnlyWhereItBreaks(t *testing.T) {
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "serial", Title: "SERIEN\u00adNUMMER", Width: 10, Text: says("x")},
	})
	open(t, table, 600, 300)
	table.columns.setWidth("serial", 80)
	table.relayout()
	o := table.parts.header.titles[0]
	require.Equal(t, []string{"SERIEN-", "NUMMER"}, []string{o.text.Text, o.second.Text})
	require.Equal(t, "SERIENNUMMER", table.Columns()[0].Title, "as menus and copies take it")
	table.columns.setWidth("serial", 300)
	table.relayout()
	require.Equal(t, []string{"SERIENNUMMER", ""}, []string{o.text.Text, o.second.Text})
}

func TestShortTextStandsWhereTheWholeDoesNotFit(t *testing.T) {
	table := NewTable(t.Name(), counted{10}, []Column[box]{
		{ID: "at", Title: "AT", Width: 300, Text: says("25 Nov 2026 16:49"), Short: says("25 Nov 2026")},
		{ID: "status", Title: "STATUS", Width: 300, Short: says("Pending"),
			Badge: func(b box) (string, Look) { return "Pending customer verification " + strconv.Itoa(int(b.n)), Waiting }},
	})
	open(t, table, 700, 300)
	cells := func() []cell { return table.parts.lines[0].cells }
	require.Equal(t, "25 Nov 2026 16:49", cells()[0].text.Text)
	require.Empty(t, cells()[0].full)
	for _, c := range table.shown {
		table.columns.setWidth(c.ID, 110)
	}
	table.relayout()
	require.Equal(t, "25 Nov 2026", cells()[0].text.Text)
	require.Equal(t, "25 Nov 2026 16:49", cells()[0].full, "as a tip")
	require.Equal(t, "Pending", cells()[1].badge.Text)
	require.Equal(t, "Pending customer verification 0", cells()[1].full)
}
