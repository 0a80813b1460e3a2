package grid

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

// boxesAhead is a Paged source of n boxes that knows the first ones ahead.
func boxesAhead(n int) *Paged[box] {
	source := pagedBoxes(n)
	source.FirstIDs = func(ctx context.Context, q Question) ([]int64, int, error) {
		ids, err := source.IDs(ctx, q)
		return ids[:min(2*chunkRows, len(ids))], len(ids), err
	}
	return source
}

// openAhead is a table of a thousand boxes of which only the first are known: the rest waits in the queue.
func openAhead(t *testing.T) (*Table[box], *queue) {
	table, held := NewTable(t.Name(), boxesAhead(1_000), boxColumns), &queue{}
	held.hold(table)
	open(t, table, 700, 400)
	held.let(0) // the count
	held.let(0) // the first rows
	return table, held
}

func TestTheFirstRowsAreShownBeforeTheOthersAreKnown(t *testing.T) {
	table, held := openAhead(t)
	require.Equal(t, 1_000, table.Len(), "the scroll bar is that of all rows")
	require.True(t, table.Busy())
	require.Equal(t, "…", drawn(table, 0)[0])
	held.let(1)
	require.Equal(t, imei(0), drawn(table, 0)[0])

	table.scrollBarMoved(500)
	require.Equal(t, "…", drawn(table, 0)[0], "rows that are not known yet wait")
	clickRow(t, table, 505, 0)
	require.Zero(t, table.Selected(), "and cannot be chosen")

	table.scrollBarMoved(100)
	clickRow(t, table, 102, 0)
	held.letAll()
	require.False(t, table.Busy())
	require.Equal(t, imei(100), drawn(table, 0)[0])
	require.Equal(t, map[int64]struct{}{102: {}}, table.Selection().IDs)
	table.scrollBarMoved(900)
	held.letAll()
	require.Equal(t, imei(900), drawn(table, 0)[0])
}

func TestTheFirstRowsOfAnotherOrderAreShownAheadWhereNoneIsSelected(t *testing.T) {
	table, held := openAhead(t)
	held.letAll()
	turned := Question{Sort: []SortKey{{Column: "imei", Descending: true}}}
	table.scrollBarMoved(500)
	held.letAll()
	table.SetQuestion(turned)
	held.let(0) // the first rows
	require.True(t, table.Busy())
	require.Equal(t, 1_000, table.Len())
	held.let(1)
	require.Equal(t, imei(999), drawn(table, 0)[0])
	held.letAll()
	require.False(t, table.Busy())
	require.Equal(t, imei(999), drawn(table, 0)[0])

	clickRow(t, table, 3, 0)
	held.letAll()
	table.SetQuestion(Question{})
	require.Len(t, *held, 1, "the selected one is to be found again")
	held.letAll()
	require.Equal(t, map[int64]struct{}{996: {}}, table.Selection().IDs)
	require.Equal(t, 996, table.cursor)
}

func TestTheFirstRowsDoNotFlickerWhenTheOthersCome(t *testing.T) {
	table, held := openAhead(t)
	held.let(1)
	held.let(0) // the whole answer, and no fetch
	require.False(t, table.Busy())
	require.Equal(t, imei(0), drawn(table, 0)[0])
}

func TestWhatNeedsAllRowsIsDoneOnceTheyAreKnown(t *testing.T) {
	table, held := openAhead(t)
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	require.Zero(t, table.Selected())
	held.letAll()
	require.Equal(t, 1_000, table.Selected())

	table, held = openAhead(t)
	for range 100 {
		key(table, fyne.KeyPageDown, 0)
	}
	key(table, fyne.KeyUp, 0)
	key(table, fyne.KeyUp, shift)
	held.letAll()
	require.Equal(t, 997, table.cursor)
	require.Equal(t, map[int64]struct{}{997: {}, 998: {}}, table.Selection().IDs)

	table, held = openAhead(t)
	key(table, fyne.KeyEnd, 0)
	table.SetQuestion(Question{Search: "77"})
	held.letAll()
	require.Zero(t, table.Selected(), "it was meant for other rows")
}

func TestFirstRowsThatAnotherAnswerDoesNotGoOnFromAreReplaced(t *testing.T) {
	source := boxesAhead(1_000)
	source.FirstIDs = func(context.Context, Question) ([]int64, int, error) { return []int64{4, 3, 2}, 1_000, nil }
	table, held := NewTable(t.Name(), source, boxColumns), &queue{}
	held.hold(table)
	open(t, table, 700, 400)
	held.let(0)
	held.let(0)
	clickRow(t, table, 1, 0)
	held.letAll()
	require.Equal(t, 3, table.cursor)
	require.Equal(t, imei(0), drawn(table, 0)[0], "the beginning stays on screen")

	table = NewTable(t.Name(), source, boxColumns)
	held.hold(table)
	open(t, table, 700, 400)
	held.let(2) // all rows are there before the first
	held.letAll()
	require.Equal(t, imei(0), drawn(table, 0)[0])
}

func TestNothingIsSaidToBeSearchedWhileFirstRowsShow(t *testing.T) {
	inTime(t, func(t *testing.T) {
		source := boxesAhead(1_000)
		ids := source.IDs
		source.FirstIDs = func(context.Context, Question) ([]int64, int, error) { return []int64{0, 1}, 1_000, nil }
		source.IDs = func(ctx context.Context, q Question) ([]int64, error) {
			time.Sleep(400 * time.Millisecond)
			return ids(ctx, q)
		}
		view, l := openBoxView(t, source)
		l.pass(200 * time.Millisecond)
		require.Equal(t, "1,000 of 1,000 shown", view.status.Text)
		require.Equal(t, []string{imei(0), imei(1), "…"}, drawn(view.Table, 0)[:3])
		l.pass(time.Second)
		require.Equal(t, imei(2), drawn(view.Table, 0)[2])
	})
}
