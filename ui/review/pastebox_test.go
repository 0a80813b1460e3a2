package review

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// listOf is a list of n lines.
func listOf(n int) string {
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, "35%013d\n", i)
	}
	return list.String()
}

func TestBoxShowsTheFirstLinesOfALongListAndTakesAll(t *testing.T) {
	test.NewTempApp(t)
	said := ""
	box := NewPasteBox(func(says string) { said = says })
	w := test.NewTempWindow(t, box)
	w.Resize(fyne.NewSize(600, 400))
	w.Canvas().Focus(box)
	paste := func(text string) {
		fyne.CurrentApp().Clipboard().SetContent(text)
		box.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	}
	key := func(name fyne.KeyName) { box.TypedKey(&fyne.KeyEvent{Name: name}) }

	long := listOf(100_000)
	paste(long)
	require.Equal(t, long, box.List())
	require.LessOrEqual(t, strings.Count(box.Text, "\n"), linesInBox)
	require.Contains(t, said, "99,500 more lines")
	test.Type(box, "IMEI\n")
	require.Equal(t, "IMEI\n"+long, box.List(), "what stands in the box is corrected, and the rest stays")

	box.TypedShortcut(&fyne.ShortcutSelectAll{})
	key(fyne.KeyDelete)
	require.Empty(t, box.List())
	require.Empty(t, said)
	short := listOf(2)
	paste(short)
	require.Equal(t, short, box.List())
	paste(long)
	require.Equal(t, short+long, box.List(), "a long list that is pasted behind a short one stands behind it")
}

func TestTheSameListPastedIntoTheBoxThatBeginsWithItStandsThereOnce(t *testing.T) {
	test.NewTempApp(t)
	for _, lines := range []int{3, 2000} {
		box := NewPasteBox(func(string) {})
		w := test.NewTempWindow(t, box)
		list := listOf(lines)
		box.SetText(list)
		w.Canvas().Focus(box)
		require.Empty(t, box.SelectedText())
		fyne.CurrentApp().Clipboard().SetContent(list)
		box.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
		require.Equal(t, list, box.List())
	}
}

func TestListIsCutForTheBoxBetweenLinesOrLetters(t *testing.T) {
	for _, list := range []string{"", "1\n2", listOf(linesInBox), listOf(linesInBox + 1), strings.Repeat("ä", lettersInBox),
		"x\n" + strings.Repeat("가", lettersInBox)} {
		head, rest := inBox(list)
		require.Equal(t, list, head+rest)
		require.LessOrEqual(t, len(head), lettersInBox)
		require.True(t, rest == "" || len(head) > 0)
		require.NotContains(t, head, "\ufffd")
	}
}
