package grid

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// inTime runs a test with goroutines and timers as in a window, in a time that passes only when everything rests.
func inTime(t *testing.T, run func(t *testing.T)) {
	Inline = false
	defer func() { Inline = true }()
	synctest.Test(t, run)
}

// pass lets time go by until all work of that time is done.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestASearchIsAskedOnceTypingRests(t *testing.T) {
	inTime(t, func(t *testing.T) {
		var asked []string
		source := pagedBoxes(100)
		ids := source.IDs
		source.IDs = func(ctx context.Context, q Question) ([]int64, error) {
			asked = append(asked, q.Search)
			return ids(ctx, q)
		}
		view, _ := newBoxView(t, source)
		pass(time.Second)
		asked = nil
		for _, key := range "77" {
			test.Type(view.search, string(key))
			pass(150 * time.Millisecond)
		}
		require.Empty(t, asked)
		pass(60 * time.Millisecond)
		require.Equal(t, []string{"77"}, asked)

		test.Type(view.search, "1")
		view.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		pass(0)
		require.Equal(t, []string{"77", "771"}, asked, "Enter does not wait")
		pass(time.Second)
		require.Len(t, asked, 2)

		test.Type(view.search, "2")
		view.ClearAll()
		pass(time.Second)
		require.Equal(t, []string{"77", "771", ""}, asked, "what was cleared is not asked later")
		require.Empty(t, view.search.Text)
	})
}

func TestWaitingIsSaidOnlyWhenItIsLong(t *testing.T) {
	inTime(t, func(t *testing.T) {
		needs := 140 * time.Millisecond
		source := pagedBoxes(100)
		ids := source.IDs
		source.IDs = func(ctx context.Context, q Question) ([]int64, error) {
			time.Sleep(needs)
			return ids(ctx, q)
		}
		view, _ := newBoxView(t, source)
		pass(139 * time.Millisecond)
		require.False(t, view.notice.Visible())
		pass(time.Second)
		require.Equal(t, "100 of 100 shown", view.status.Text)

		view.Table.SetQuestion(Question{Search: "1"})
		pass(139 * time.Millisecond)
		require.Equal(t, "100 of 100 shown", view.status.Text)
		pass(time.Second)
		require.Equal(t, "19 of 100 shown", view.status.Text)

		needs = 400 * time.Millisecond
		view.Table.SetQuestion(Question{})
		pass(160 * time.Millisecond)
		require.Equal(t, "19 of 100 shown · Searching…", view.status.Text)
		pass(time.Second)
		require.Equal(t, "100 of 100 shown", view.status.Text)

		view, _ = newBoxView(t, source)
		pass(160 * time.Millisecond)
		require.Equal(t, "Reading…", view.notice.title.Text)
		pass(time.Second)
		require.False(t, view.notice.Visible())
	})
}

func TestATipIsShownOnceThePointerRests(t *testing.T) {
	inTime(t, func(t *testing.T) {
		table := newTable(t, 100)
		pass(time.Second)
		at, _ := table.PositionOf(2)
		at.X = 170
		table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
		pass(400 * time.Millisecond)
		require.False(t, table.parts.tip.text.Visible())
		pass(200 * time.Millisecond)
		require.True(t, table.parts.tip.text.Visible())
		table.MouseOut()
		require.False(t, table.parts.tip.text.Visible())
	})
}
