package grid

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

const (
	ctrl  = fyne.KeyModifierShortcutDefault
	shift = fyne.KeyModifierShift
)

func newTable(t testing.TB, n int) *Table[box] {
	table := NewTable(t.Name(), counted{n}, boxColumns)
	open(t, table, 700, 400)
	return table
}

func imei(n int) string { return boxColumns[0].Text(box{int64(n)}) }

func TestEndShowsTheLastOfTenMillionRows(t *testing.T) {
	table := newTable(t, 10_000_000)
	key(table, fyne.KeyEnd, 0)
	texts := drawn(table, 0)
	require.Equal(t, imei(9_999_999), texts[len(texts)-1])
	key(table, fyne.KeyHome, 0)
	require.Equal(t, imei(0), drawn(table, 0)[0])
}

func TestGoToRowShowsExactlyThatRow(t *testing.T) {
	table := newTable(t, 10_000_000)
	for _, i := range []int{9_999_999, 0, 1, 419_999, 420_001, 7_654_321} {
		table.GoTo(i)
		at, ok := table.positionOf(i)
		require.True(t, ok)
		require.Equal(t, i, table.rowAt(at))
		require.Contains(t, drawn(table, 0), imei(i))
		row, ok := table.Current()
		require.True(t, ok)
		require.Equal(t, int64(i), row.n)
	}
}

func TestRowNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int{"500000": 500000, "1,000,000": 1000000, " 1.234 ": 1234} {
		n, ok := rowNumber(text)
		require.True(t, ok)
		require.Equal(t, want, n)
	}
	_, ok := rowNumber("last")
	require.False(t, ok)
}

func TestPlaceholdersShowUntilRowsArrive(t *testing.T) {
	var held queue
	table := NewTable(t.Name(), pagedBoxes(1000), boxColumns)
	open(t, table, 700, 400)
	require.Equal(t, imei(0), drawn(table, 0)[0])
	held.hold(table)
	table.GoTo(700)
	require.Equal(t, "…", drawn(table, 0)[0])
	held.letAll()
	require.NotContains(t, drawn(table, 0), "…")
	require.Contains(t, drawn(table, 0), imei(700))
}

func TestRowsAreFetchedForWhereTheUserIsNotForWhereHeWas(t *testing.T) {
	var held queue
	var asked [][]int64
	source := pagedBoxes(1_000_000)
	rows := source.Rows
	source.Rows = func(ctx context.Context, ids []int64) ([]box, error) {
		asked = append(asked, ids)
		return rows(ctx, ids)
	}
	table := NewTable(t.Name(), source, boxColumns)
	open(t, table, 700, 400)
	held.hold(table)
	asked = nil
	for top := 10_000.0; top < 900_000; top += 10_000 {
		table.scrollBarMoved(top)
	}
	require.Len(t, held, 1, "one fetch at a time")
	held.letAll()
	require.NotContains(t, drawn(table, 0), "…")
	require.LessOrEqual(t, len(asked), 4)
}

func TestALateAnswerNeverReplacesANewerOne(t *testing.T) {
	var held queue
	source := pagedBoxes(100)
	var ended []error
	ids := source.IDs
	source.IDs = func(ctx context.Context, q Question) ([]int64, error) {
		ended = append(ended, ctx.Err())
		return ids(ctx, q)
	}
	table := NewTable(t.Name(), source, boxColumns)
	open(t, table, 700, 400)
	held.hold(table)
	ended = nil
	table.SetQuestion(Question{Search: "1"})
	table.SetQuestion(Question{Search: "77"})
	require.True(t, table.Busy())
	held.let(3) // each question asks for its first rows, too
	require.Equal(t, 1, table.Len())
	held.let(1)
	require.Equal(t, 1, table.Len(), "the answer to the older question is dropped")
	require.ErrorIs(t, ended[1], context.Canceled, "and its work was cancelled")
}

func TestAnErrorIsToldAndAReloadMendsIt(t *testing.T) {
	source := pagedBoxes(100)
	table := NewTable(t.Name(), source, boxColumns)
	open(t, table, 700, 400)
	broken := errors.New("disk gone")
	ids := source.IDs
	source.IDs = func(context.Context, Question) ([]int64, error) { return nil, broken }
	table.Reload()
	require.ErrorIs(t, table.Err(), broken)
	source.IDs = ids
	table.Reload()
	require.NoError(t, table.Err())
	require.Equal(t, 100, table.Len())
}

func TestClicksSelectAsInASpreadsheet(t *testing.T) {
	table := newTable(t, 1000)
	clickRow(t, table, 2, 0)
	require.Equal(t, 1, table.Selected())
	clickRow(t, table, 5, shift)
	require.Equal(t, 4, table.Selected())
	clickRow(t, table, 3, ctrl)
	require.Equal(t, 3, table.Selected())
	require.False(t, table.Selection().Has(3))
	clickRow(t, table, 8, ctrl|shift)
	require.Equal(t, 8-2+1, table.Selected(), "from the row taken out, on top of the others")
	clickRow(t, table, 1, 0)
	id, one := table.Selection().One()
	require.True(t, one)
	require.Equal(t, int64(1), id)
	key(table, fyne.KeyEscape, 0)
	require.Zero(t, table.Selected())
}

func TestShiftWithKeysExtendsFromTheAnchor(t *testing.T) {
	table := newTable(t, 1_000_000)
	clickRow(t, table, 4, 0)
	key(table, fyne.KeyDown, shift)
	key(table, fyne.KeyDown, shift)
	require.Equal(t, 3, table.Selected())
	key(table, fyne.KeyEnd, shift)
	require.Equal(t, 1_000_000-4, table.Selected())
	key(table, fyne.KeyHome, shift)
	require.Equal(t, 5, table.Selected())
	key(table, fyne.KeyPageDown, 0)
	require.Equal(t, 1, table.Selected())
	require.Equal(t, table.view.page(), table.cursor)
	key(table, fyne.KeyUp, ctrl)
	require.Equal(t, 1, table.Selected(), "Ctrl moves without selecting")
	key(table, fyne.KeySpace, 0)
	require.Equal(t, 2, table.Selected())
}

func TestRightClickSelectsUnlessSelected(t *testing.T) {
	table := newTable(t, 100)
	var offered []int
	table.Actions = func(s Selection) []*fyne.MenuItem {
		offered = append(offered, s.Count())
		return nil
	}
	clickRow(t, table, 1, 0)
	clickRow(t, table, 3, shift)
	for _, i := range []int{2, 6} {
		press(t, table, i, desktop.MouseButtonSecondary, 0)
		at, _ := table.positionOf(i)
		table.TappedSecondary(&fyne.PointEvent{Position: at})
	}
	require.Equal(t, []int{3, 1}, offered)
}

func TestTheMenuKeyShowsTheActionsOfTheCurrentRow(t *testing.T) {
	table := newTable(t, 100)
	var offered []int
	table.Actions = func(s Selection) []*fyne.MenuItem {
		offered = append(offered, s.Count())
		return nil
	}
	key(table, desktop.KeyMenu, 0)
	require.Empty(t, offered, "no row is current")
	key(table, fyne.KeyDown, ctrl)
	table.scrollBarMoved(50)
	key(table, fyne.KeyF10, shift)
	require.Equal(t, []int{1}, offered)
	_, onScreen := table.positionOf(0)
	require.True(t, onScreen)
}

func TestShiftThatIsLetGoInAMenuSelectsNothingAfterwards(t *testing.T) {
	table := newTable(t, 100)
	table.Actions = func(Selection) []*fyne.MenuItem { return []*fyne.MenuItem{fyne.NewMenuItem("Open", nil)} }
	key(table, fyne.KeyHome, 0)
	table.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF10}) // the menu hears the end of the key
	key(table, fyne.KeyDown, 0)
	require.Equal(t, 1, table.Selected())
}

func TestDoubleClickOpensTheRowThatWasClickedTwice(t *testing.T) {
	table := newTable(t, 100)
	now := time.Unix(0, 0)
	table.now = func() time.Time { return now }
	var opened []int64
	table.OnOpen = func(b box) { opened = append(opened, b.n) }
	clickRow(t, table, 1, 0)
	clickRow(t, table, 2, 0)
	require.Empty(t, opened)
	clickRow(t, table, 2, 0)
	require.Equal(t, []int64{2}, opened)
	now = now.Add(time.Second)
	clickRow(t, table, 2, 0)
	now = now.Add(time.Second)
	clickRow(t, table, 2, 0)
	require.Len(t, opened, 1, "two slow clicks are no double click")
	key(table, fyne.KeyReturn, 0)
	require.Equal(t, []int64{2, 2}, opened)
}

func TestAClickOnALinkOpens(t *testing.T) {
	table := newTable(t, 100)
	opened := 0
	table.OnOpen = func(box) { opened++ }
	at, _ := table.positionOf(1)
	mouse := func() *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary}
	}
	at.X = 150 + 20
	table.MouseDown(mouse())
	require.Zero(t, opened, "Fyne takes the focus from a dialog that opens before the button is let go")
	table.MouseUp(mouse())
	require.Equal(t, 1, opened)
	table.MouseUp(mouse())
	require.Equal(t, 1, opened)
	table.MouseDown(mouse())
	at.Y += table.view.rowH
	table.MouseUp(mouse())
	require.Equal(t, 1, opened, "let go on another row")
	at.X = 150 + 165
	table.MouseDown(mouse())
	table.MouseUp(mouse())
	require.Equal(t, 1, opened, "beside the text is no link")
	at.X = 150 + 20
	var after []func()
	table.post = func(f func()) { after = append(after, f) }
	table.MouseDown(mouse())
	table.MouseUp(mouse())
	require.Equal(t, 1, opened, "Fyne takes the focus from a page that opens while the button is let go")
	after[0]()
	require.Equal(t, 2, opened)
}

func TestDeleteAsksWithTheSelectionAndItsQuestion(t *testing.T) {
	table := NewTable(t.Name(), pagedBoxes(1000), boxColumns)
	open(t, table, 700, 400)
	var got []Selection
	table.OnDelete = func(s Selection) { got = append(got, s) }
	key(table, fyne.KeyDelete, 0)
	require.Empty(t, got, "nothing is selected")
	table.SetQuestion(Question{Search: "99"})
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	key(table, fyne.KeyDelete, 0)
	require.Len(t, got, 1)
	require.True(t, got[0].All)
	require.Equal(t, "99", got[0].Question.Search)
	require.Equal(t, table.Len(), got[0].Count())
}

func TestSelectionStaysWithItsRowsThroughSortAndReload(t *testing.T) {
	source := pagedBoxes(500)
	table := NewTable(t.Name(), source, boxColumns)
	open(t, table, 700, 400)
	table.Select(3, 4, 250)
	table.SetQuestion(Question{Sort: []SortKey{{Column: "imei", Descending: true}}})
	require.Equal(t, imei(499), drawn(table, 0)[0])
	require.Equal(t, map[int64]struct{}{3: {}, 4: {}, 250: {}}, table.Selection().IDs)
	table.GoTo(table.answer.Positions(map[int64]struct{}{250: {}})[250])
	table.Select(3, 4, 250)
	before := drawn(table, 0)
	*source = *pagedBoxes(502)
	table.Reload()
	require.Equal(t, before, drawn(table, 0), "two rows more above do not move what is read")
	require.Equal(t, 3, table.Selected())
	*source = *pagedBoxes(100)
	table.Reload()
	require.Equal(t, map[int64]struct{}{3: {}, 4: {}}, table.Selection().IDs, "what is gone is not selected")
}

func TestAllOfAQuestionDoesNotBecomeAllOfAnother(t *testing.T) {
	table := NewTable(t.Name(), pagedBoxes(500), boxColumns)
	open(t, table, 700, 400)
	table.SelectAll()
	table.SetQuestion(Question{Sort: []SortKey{{Column: "imei", Descending: true}}})
	require.Equal(t, 500, table.Selected(), "another order is the same rows")
	table.SetQuestion(Question{Search: "7"})
	require.Zero(t, table.Selected())
}

func TestLettersSeekInTheSortedColumn(t *testing.T) {
	for name, descending := range map[string]bool{"up": false, "down": true} {
		t.Run(name, func(t *testing.T) {
			table := NewTable(t.Name(), pagedBoxes(5000), boxColumns)
			open(t, table, 700, 400)
			table.SetQuestion(Question{Sort: []SortKey{{Column: "imei", Descending: descending}}})
			for _, r := range imei(4321) {
				table.TypedRune(r)
			}
			row, _ := table.Current()
			require.Equal(t, int64(4321), row.n)
		})
	}
	table := NewTable(t.Name(), pagedBoxes(5000), boxColumns[1:])
	open(t, table, 700, 400)
	for _, r := range "mü" {
		table.TypedRune(r)
	}
	row, _ := table.Current()
	require.Equal(t, int64(1), row.n, "unsorted: the next row that begins so")
}

func TestCopyGivesTabSeparatedRowsInTheirOrder(t *testing.T) {
	table := newTable(t, 5000)
	for i := range boxColumns {
		table.columns.setHidden(boxColumns[i].ID, i > 1)
	}
	table.relayout()
	table.Select(4000, 2, 0)
	table.TypedShortcut(&fyne.ShortcutCopy{})
	require.Equal(t, imei(0)+"\tContoso\n"+imei(2)+"\tNorthwind Mobile Communications Holding\n"+imei(4000)+"\tMüller & Söhne\n",
		fyne.CurrentApp().Clipboard().Content())
	table.SelectAll()
	key(table, fyne.KeyC, ctrl|shift)
	lines := strings.Split(fyne.CurrentApp().Clipboard().Content(), "\n")
	require.Equal(t, "IMEI/MEID\tCOMPANY NAME", lines[0])
	require.Len(t, lines, 5000+2)
}

func TestEscapeStopsACopyAndLeavesTheClipboard(t *testing.T) {
	var held queue
	table := newTable(t, 5000)
	fyne.CurrentApp().Clipboard().SetContent("before")
	table.SelectAll()
	held.hold(table)
	done := false
	table.OnCopy = func(_, _ int, over bool) { done = over }
	table.TypedShortcut(&fyne.ShortcutCopy{})
	key(table, fyne.KeyEscape, 0)
	held.letAll()
	require.True(t, done)
	require.Equal(t, "before", fyne.CurrentApp().Clipboard().Content())
	require.Equal(t, 5000, table.Selected(), "the first Esc stops the copy, not the selection")
}

func TestHoverMarksTheRowUnderThePointer(t *testing.T) {
	table := newTable(t, 100)
	at, _ := table.positionOf(3)
	table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	require.True(t, table.parts.hover.Visible())
	require.Equal(t, table.view.y(3), table.parts.hover.Position().Y)
	table.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.Delta{DY: -table.view.rowH}})
	require.Equal(t, 4, table.hover, "the pointer rests while the rows move")
	table.MouseOut()
	require.False(t, table.parts.hover.Visible())
}

func TestACutTextIsShownWholeAfterAMoment(t *testing.T) {
	table := newTable(t, 100)
	at, _ := table.positionOf(2)
	at.X = 170
	table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	require.Contains(t, drawn(table, 1)[2], "…")
	require.Equal(t, cut{"Northwind Mobile Communications Holding", 2, 1}, table.tipped)
	require.Equal(t, "Northwind Mobile Communications Holding", tipOver(table))
	at.Y += 3 * table.view.rowH
	table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	require.Equal(t, 5, table.tipped.row, "the same text in another row is another tip")
	at.X = 5
	table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	require.Equal(t, cut{}, table.tipped)
	require.Empty(t, tipOver(table))
}

func TestAnotherThemeIsTakenAtOnce(t *testing.T) {
	table := newTable(t, 100)
	line := table.parts.lines[0]
	table.Refresh()
	require.Same(t, line, table.parts.lines[0], "the same theme needs no other objects")
	before, rowH := line.cells[0].text.Color, table.view.rowH
	test.ApplyTheme(t, large{test.NewTheme()})
	require.NotEqual(t, before, table.parts.lines[0].cells[0].text.Color)
	require.Greater(t, table.view.rowH, rowH)
	require.Equal(t, 150*table.parts.style.size/14, table.shown[0].width, "columns grow with the letters")
	require.Equal(t, imei(0), drawn(table, 0)[0])
}

// large is a theme with larger letters.
type large struct{ fyne.Theme }

func (l large) Size(name fyne.ThemeSizeName) float32 { return 1.5 * l.Theme.Size(name) }
