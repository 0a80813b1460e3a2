package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/ui/task"
)

func TestQuietNoticeStandsInTheHeaderWhereItHasRoomAndGivesWayToMessages(t *testing.T) {
	task.Inline = true
	for _, wide := range []bool{true, false} {
		size := fyne.NewSize(560, 400)
		if wide {
			size.Width = 1366
		}
		f, w := framed(t, size)
		heights := f.top.MinSize().Height
		f.Notify(Notice{Text: "Sample data: try anything.", Button: "Leave the sample", Do: func() {}, Short: "Sample data"})
		w.Resize(size)
		head, above := f.aside[0].head, f.aside[0].above
		require.Equal(t, wide, head.Visible())
		require.Equal(t, !wide, above.Visible())
		require.Equal(t, wide, heights == f.top.MinSize().Height, "it takes a line of its own only where the header has no room")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject
		if wide {
			require.Greater(t, at(head).X, at(f.tabRow).X+f.tabRow.MinSize().Width)
			require.Less(t, at(head).X+head.Size().Width, at(f.search).X)
			c := w.Canvas()
			c.Focus(f.tabs["c"])
			c.FocusNext()
			require.Greater(t, at(c.Focused().(fyne.CanvasObject)).X, at(head).X, "the Tab key comes to it from the tabs")
			require.Less(t, at(c.Focused().(fyne.CanvasObject)).X, at(f.search).X)
		}
		f.Say("Saved.", "", nil)
		require.False(t, f.quiet.Visible(), "the message stands there")
		f.message.Hide()
		require.True(t, f.quiet.Visible())
		w.Resize(fyne.NewSize(1600, 400))
		require.True(t, head.Visible() && !above.Visible())
		require.InDelta(t, f.top.Position().Y+f.top.Size().Height, f.row.Position().Y, 0.5, "the pages follow")
	}
}
