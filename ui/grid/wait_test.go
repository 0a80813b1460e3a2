package grid

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"consign/ui/task"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// inTime runs a test with goroutines and timers as in a window, in a time that passes only when everything rests.
func inTime(t *testing.T, run func(t *testing.T)) {
	task.Inline = false
	defer func() { task.Inline = true }()
	synctest.Test(t, run)
}

// pass lets time go by, a little at a time, and does what is posted meanwhile.
func (l loop) pass(d time.Duration) {
	for end := time.Now().Add(d); ; time.Sleep(time.Millisecond) {
		synctest.Wait()
		l.drain()
		if !time.Now().Before(end) {
			return
		}
	}
}

// openBoxView is a view whose work is done by goroutines of its own and whose posts wait in the loop.
func openBoxView(t *testing.T, source Source[box]) (*View[box], loop) {
	view := NewView(t.Name(), source, boxColumns)
	l := newLoop(view.Table)
	open(t, view, 900, 400)
	return view, l
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
		view, l := openBoxView(t, source)
		l.pass(time.Second)
		asked = nil
		for _, key := range "77" {
			test.Type(view.search, string(key))
			l.pass(150 * time.Millisecond)
		}
		require.Empty(t, asked)
		l.pass(60 * time.Millisecond)
		require.Equal(t, []string{"77"}, asked)

		test.Type(view.search, "1")
		view.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		l.pass(0)
		require.Equal(t, []string{"77", "771"}, asked, "Enter does not wait")
		l.pass(time.Second)
		require.Len(t, asked, 2)

		test.Type(view.search, "2")
		view.clearAll()
		l.pass(time.Second)
		require.Equal(t, []string{"77", "771", ""}, asked, "what was cleared is not asked later")
		require.Empty(t, view.search.Text)
	})
}

func TestWaitingIsSaidOnlyWhenItIsLong(t *testing.T) {
	inTime(t, func(t *testing.T) {
		needs := 290 * time.Millisecond
		source := pagedBoxes(100)
		ids := source.IDs
		source.IDs = func(ctx context.Context, q Question) ([]int64, error) {
			time.Sleep(needs)
			return ids(ctx, q)
		}
		view, l := openBoxView(t, source)
		l.pass(289 * time.Millisecond)
		require.False(t, view.notice.Visible())
		l.pass(time.Second)
		require.Equal(t, "100 of 100 shown", view.status.Text)

		view.Table.SetQuestion(Question{Search: "1"})
		l.pass(289 * time.Millisecond)
		require.Equal(t, "100 of 100 shown", view.status.Text)
		l.pass(time.Second)
		require.Equal(t, "19 of 100 shown", view.status.Text)

		needs = 700 * time.Millisecond
		view.Table.SetQuestion(Question{})
		l.pass(310 * time.Millisecond)
		require.Equal(t, "19 of 100 shown · Searching…", view.status.Text)
		l.pass(time.Second)
		require.Equal(t, "100 of 100 shown", view.status.Text)

		view, l = openBoxView(t, source)
		l.pass(310 * time.Millisecond)
		require.Equal(t, "Reading…", view.notice.title.Text)
		l.pass(time.Second)
		require.False(t, view.notice.Visible())
	})
}
