package grid

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

var boxFilters = []Filter{
	{ID: "status", Title: "Status", Options: func(context.Context) ([]Option, error) {
		return []Option{{Value: "a", Text: "Active"}, {Value: "p", Text: "Pending"}}, nil
	}},
	{ID: "month", Title: "Month"},
}

func newBoxView(t testing.TB, source Source[box]) (*View[box], fyne.Window) {
	view := NewView(t.Name(), source, boxColumns, boxFilters...)
	return view, open(t, view, 900, 400)
}

func TestTypingSearchesAndTheCancelIconClears(t *testing.T) {
	view, w := newBoxView(t, pagedBoxes(1000))
	require.Equal(t, "1,000 of 1,000 shown", view.status.Text)
	view.FocusSearch()
	require.True(t, w.Canvas().Focused() == view.search)
	test.Type(view.search, " 77 ")
	require.Equal(t, "77", view.Table.Question().Search)
	require.Equal(t, "19 of 1,000 shown", view.status.Text)
	require.True(t, view.search.cancel.Visible())
	view.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	require.True(t, view.Table.focused)
	test.Tap(view.search.cancel)
	require.Empty(t, view.Table.Question().Search)
	require.False(t, view.search.cancel.Visible())
	require.Equal(t, 1000, view.Table.Len())
}

func TestStatusTellsHowManyAreSelected(t *testing.T) {
	view, _ := newBoxView(t, pagedBoxes(345))
	view.Table.Select(1, 2)
	require.Equal(t, "345 of 345 shown · 2 selected", view.status.Text)
}

func TestAChosenFilterIsShownAndClearedWithOneClick(t *testing.T) {
	view, w := newBoxView(t, pagedBoxes(10))
	status, month := view.filters[0], view.filters[1]
	require.False(t, month.open.Visible(), "what has no options is not offered")
	test.Tap(status.open)
	menu := w.Canvas().Overlays().Top()
	require.NotNil(t, menu)
	status.take(status.options[1])
	require.Equal(t, map[string]string{"status": "p"}, view.Table.Question().Filters)
	require.Equal(t, "Status: Pending", status.open.Text)
	test.Tap(status.away)
	require.Empty(t, view.Table.Question().Filters)
	require.Equal(t, "Status", status.open.Text)

	view.Table.SetQuestion(Question{Search: "3", Filters: map[string]string{"month": "2026-03", "status": "a"}})
	require.Equal(t, "3", view.search.Text)
	require.Equal(t, "Month: 2026-03", month.open.Text)
	require.Equal(t, "Status: Active", status.open.Text, "in words, though it was never opened")
	test.Tap(view.clear)
	require.False(t, view.Table.Question().narrowed())
	require.Empty(t, view.search.Text)
	require.True(t, view.clear.Disabled(), "and stays in its place")
}

func TestThreeEmptyStatesSayDifferentThings(t *testing.T) {
	view, _ := newBoxView(t, pagedBoxes(0))
	brought := false
	view.Nothing = State{Title: "No devices yet", Button: "New upload", OnButton: func() { brought = true }}
	view.Table.Reload()
	require.Equal(t, "No devices yet", view.notice.title.Text)
	test.Tap(view.notice.button)
	require.True(t, brought)

	view, _ = newBoxView(t, pagedBoxes(10))
	require.False(t, view.notice.Visible())
	view.Table.SetQuestion(Question{Search: "nobody"})
	require.Equal(t, "Nothing matches", view.notice.title.Text)
	require.Contains(t, view.notice.text.Text, "nobody")
	test.Tap(view.notice.button)
	require.False(t, view.notice.Visible())
	require.Equal(t, 10, view.Table.Len())

	view.SetUp(&State{Title: "Choose who you are"})
	require.Equal(t, "Choose who you are", view.notice.title.Text)
	view.SetUp(nil)
	require.False(t, view.notice.Visible())
}

func TestAnErrorIsShownWithItsWayOut(t *testing.T) {
	source := pagedBoxes(10)
	ids := source.IDs
	source.IDs = func(context.Context, Question) ([]int64, error) { return nil, errors.New("E17") }
	view, _ := newBoxView(t, source)
	view.ErrorText = func(err error) string { return "The register is away: " + err.Error() }
	view.Table.Reload()
	require.True(t, view.notice.Visible())
	require.Equal(t, "The register is away: E17", view.notice.text.Text)
	source.IDs = ids
	test.Tap(view.notice.button)
	require.False(t, view.notice.Visible())
	require.Equal(t, imei(0), drawn(view.Table, 0)[0])
}

func TestSearchHasTheKeyboardWhileThereAreNoRowsAndNothingBringsThem(t *testing.T) {
	source := pagedBoxes(10)
	ids := source.IDs
	view, w := newBoxView(t, source)
	w.Canvas().Focus(view.Table)
	source.IDs = func(context.Context, Question) ([]int64, error) { return nil, nil }
	view.Table.Reload()
	require.True(t, w.Canvas().Focused() == view.search)
	source.IDs = ids
	view.Table.Reload()
	require.True(t, w.Canvas().Focused() == view.Table)
}

func TestKeysDoNotReachRowsBehindANotice(t *testing.T) {
	source := pagedBoxes(10)
	ids := source.IDs
	view, w := newBoxView(t, source)
	w.Canvas().Focus(view.Table)
	source.IDs = func(context.Context, Question) ([]int64, error) { return nil, errors.New("E17") }
	view.Table.Reload()
	require.True(t, w.Canvas().Focused() == view.notice.button)
	source.IDs = ids
	view.notice.button.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	view.notice.button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	require.True(t, view.Table.focused)
	view.SetUp(&State{Title: "Choose who you are"})
	require.Nil(t, w.Canvas().Focused())
}

func TestRowsThatComeHaveTheKeyboardOfTheButtonThatBroughtThem(t *testing.T) {
	source := pagedBoxes(0)
	view, w := newBoxView(t, source)
	view.Nothing = State{Title: "No devices yet", Button: "New upload"}
	view.Table.Reload()
	w.Canvas().Focus(view.First())
	require.True(t, w.Canvas().Focused() == view.notice.button)
	source.IDs = pagedBoxes(10).IDs
	view.Table.Reload()
	require.False(t, view.notice.Visible())
	require.True(t, view.Table.focused)
}

func TestOldRowsStayWhileANewQuestionIsAnswered(t *testing.T) {
	var held queue
	view, _ := newBoxView(t, pagedBoxes(100))
	held.hold(view.Table)
	view.Table.SetQuestion(Question{Search: "nobody"})
	require.False(t, view.notice.Visible())
	require.Equal(t, imei(0), drawn(view.Table, 0)[0])
	view.waited = true
	view.say()
	require.Equal(t, "100 of 100 shown · Searching…", view.status.Text)
	held.letAll()
	require.True(t, view.notice.Visible())
	require.Equal(t, "0 of 100 shown", view.status.Text)
}

func TestFiltersGoBelowTheSearchBoxWhenThereIsNoRoom(t *testing.T) {
	options := func(context.Context) ([]Option, error) {
		return []Option{{Value: "x", Text: "a choice with a long text"}}, nil
	}
	filters := []Filter{{ID: "a", Title: "Order number", Options: options}, {ID: "b", Title: "Customer", Options: options},
		{ID: "c", Title: "Uploaded", Options: options}}
	v := NewView("lines", counted{100}, boxColumns, filters...)
	w := open(t, v, 800, 500)
	y := func() float32 { return v.filters[2].Position().Y }
	require.Zero(t, y(), "there is room beside the search box")
	v.Table.SetQuestion(Question{Filters: map[string]string{"a": "a choice with a long text", "b": "a choice with a long text",
		"c": "a choice with a long text"}})
	require.Greater(t, y(), float32(0))
	require.Greater(t, v.search.Size().Width, float32(leastSearch))
	for _, f := range v.filters {
		require.LessOrEqual(t, f.Position().X+f.Size().Width, float32(801))
	}
	v.clearAll()
	require.Zero(t, y())
	w.Resize(fyne.NewSize(300, 500))
	require.Greater(t, y(), float32(0))
}
