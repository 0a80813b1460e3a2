package grid

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// noted is a row of which some say something, and one of all orders a device.
type noted struct {
	id          int64
	note, order string
}

var notedColumns = []Column[noted]{
	{ID: "id", Title: "ID", Opens: true, Text: func(n noted) string { return fmt.Sprint(n.id) }},
	{ID: "note", Title: "NOTE", Sortable: true, Text: func(n noted) string { return n.note }},
	{ID: "order", Title: "ORDER", Sortable: true, Text: func(n noted) string { return n.order }},
}

// list is a view over rows that it reads as a register does, with columns that are hidden while they are empty.
func list(t *testing.T, rows *[]noted) *View[noted] {
	ids := func(_ context.Context, q Question) (ids []int64, _ error) {
		for _, r := range *rows {
			if q.Search == "" || r.note == q.Search {
				ids = append(ids, r.id)
			}
		}
		return ids, nil
	}
	v := NewView(t.Name(), &Paged[noted]{
		IDs: ids,
		Rows: func(_ context.Context, ids []int64) (all []noted, _ error) {
			for _, id := range ids {
				all = append(all, (*rows)[id])
			}
			return all, nil
		},
		ID:    func(n noted) int64 { return n.id },
		Total: func(context.Context) (int, error) { return len(*rows), nil },
	}, notedColumns)
	v.Table.HideEmpty()
	open(t, v, 600, 400)
	return v
}

// titles are those of the columns on screen.
func titles[R any](t *Table[R]) (all []string) {
	for _, c := range t.Columns() {
		all = append(all, c.Title)
	}
	return all
}

func TestColumnInWhichNoRowHoldsAnythingTakesNoRoom(t *testing.T) {
	rows := []noted{{0, "", ""}, {1, "urgent", ""}}
	v := list(t, &rows)
	require.Equal(t, []string{"ID", "NOTE"}, titles(v.Table))

	v.search.SetText("")
	v.Table.SetQuestion(Question{Search: "none"})
	v.Table.SetQuestion(Question{Search: "urgent"})
	require.Equal(t, []string{"ID", "NOTE"}, titles(v.Table), "a search brings and takes no column")
	v.clearAll()

	rows[0].order = "PO4711"
	v.Table.Reload()
	require.Equal(t, []string{"ID", "NOTE", "ORDER"}, titles(v.Table))

	rows[0].order = ""
	v.Table.SetQuestion(Question{Sort: []SortKey{{Column: "order"}}})
	require.Equal(t, []string{"ID", "NOTE", "ORDER"}, titles(v.Table), "the rows are ordered by it")
}

func TestColumnsThatARowOutOfSightMayFillStay(t *testing.T) {
	rows := make([]noted, 2*chunkRows)
	for i := range rows {
		rows[i].id = int64(i)
	}
	require.Equal(t, []string{"ID", "NOTE", "ORDER"}, titles(list(t, &rows).Table))
}

func TestColumnThatCannotBeWholeIsAsWideAsItsShortTexts(t *testing.T) {
	wide := func(most float32) float32 {
		columns := []Column[box]{
			{ID: "id", Title: "ID", Width: 60, Most: most, Text: func(box) string { return "94e758f8-cb8c-4bdc-95ac-324ba72c16aa" },
				Short: func(box) string { return "94e7…2c16aa" }},
			{ID: "n", Title: "N", Text: func(b box) string { return fmt.Sprint(b.n) }},
		}
		table := NewTable(t.Name()+fmt.Sprint(most), &Slice[box]{
			Rows: func(context.Context) ([]box, error) { return []box{{1}, {2}}, nil }, ID: func(b box) int64 { return b.n },
			Columns: columns}, columns)
		table.SizeByContent()
		open(t, table, 900, 300)
		return table.shown[0].width
	}
	require.Less(t, wide(130), float32(130))
	require.Greater(t, wide(500), float32(220), "there it is whole")
}

// wordy is a table of one row that says what is given, with room to spare.
func wordy(t *testing.T, says *string) *Table[box] {
	columns := []Column[box]{
		{ID: "id", Title: "ID", Width: 60, Text: func(b box) string { return fmt.Sprint(b.n) }},
		{ID: "says", Title: "SAYS", Width: 60, Text: func(box) string { return *says }},
	}
	table := NewTable(t.Name(), counted{1}, columns)
	table.SizeByContent()
	return table
}

func TestRowsThatCameBeforeTheTableWasOnScreenSizeItsColumns(t *testing.T) {
	says := "doubled in the list"
	table := wordy(t, &says)
	table.SetQuestion(Question{Search: "any"})
	open(t, table, 900, 300)
	require.Greater(t, table.shown[1].width, float32(120))
}

func TestRowsThatSayMoreGetTheRoomForIt(t *testing.T) {
	says := "doubled"
	table := wordy(t, &says)
	open(t, table, 900, 300)
	before := table.shown[1].width
	says = "doubled in the list of this morning"
	table.Reworded()
	require.Greater(t, table.shown[1].width, before+60)
}

func TestLongTextAmongShortOnesWidensNoColumnThatIsSizedByFewerLetters(t *testing.T) {
	width := func(notes ...string) float32 {
		rows := make([]noted, len(notes))
		for i, note := range notes {
			rows[i] = noted{int64(i), note, ""}
		}
		source := &Slice[noted]{Rows: func(context.Context) ([]noted, error) { return rows, nil }, ID: func(n noted) int64 { return n.id }}
		source.Columns = []Column[noted]{{ID: "note", Title: "NOTE", Letters: 20, Mono: true, Text: func(n noted) string { return n.note }}}
		table := NewTable(t.Name(), source, source.Columns)
		table.SizeByContent()
		open(t, table, 900, 400)
		return table.shown[0].width
	}
	long := "a remark that is much longer than any identifier"
	require.Greater(t, width("356938035643809"), float32(0))
	require.Equal(t, width("89490200000012345678"), width("356938035643809", long), "20 letters")
	require.Less(t, width("356938035643809"), width("356938035643809", long))
}
