package shell

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/task"
)

// framed is a frame in a window that shows nothing but its header.
func framed(t *testing.T, size fyne.Size) (*Frame, fyne.Window) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	f := New(Options{Canvas: w.Canvas(), Tabs: []Tab{{"a", "Reseller"}, {"b", "MSP"}, {"c", "Activity"}}, Find: "Find a device   Ctrl+K"})
	w.SetPadded(false)
	w.SetContent(f.Root)
	w.Resize(size)
	return f, w
}

func TestUndoInAMessageStaysWhileItHasTheKeyboard(t *testing.T) {
	task.Inline = false
	synctest.Test(t, func(t *testing.T) {
		f, w := framed(t, fyne.NewSize(1024, 700))
		f.Say("37 devices deleted.", "Undo", func() {})
		w.Canvas().Focus(f.message.do)
		time.Sleep(10 * undoStay)
		synctest.Wait()
		require.True(t, f.message.Visible())
		w.Canvas().Unfocus()
		time.Sleep(undoStay)
		synctest.Wait()
		require.False(t, f.message.Visible())
	})
}

func TestMessageOfAnyLengthHasTwoLinesInTheHeaderAndATip(t *testing.T) {
	task.Inline = true
	long := strings.Repeat("Müller & Söhne Mobilfunkgroßhandelsgesellschaft ", 8)
	for _, size := range []fyne.Size{{Width: 640, Height: 360}, {Width: 1024, Height: 700}, {Width: 2560, Height: 1440}} {
		f, w := framed(t, size)
		place := fyne.CurrentApp().Driver().AbsolutePositionForObject
		for _, text := range []string{"Saved.", long} {
			f.Say(text, "Undo", func() {})
			at, is := place(f.message), f.message.Size()
			require.LessOrEqual(t, is.Height, float32(headerHeight+2), text)
			require.GreaterOrEqual(t, at.X, place(f.tabRow).X+f.tabRow.MinSize().Width)
			require.LessOrEqual(t, at.X+is.Width, place(f.search).X)
			undo := place(f.message.do)
			require.LessOrEqual(t, undo.X+f.message.do.Size().Width, at.X+is.Width)
			require.LessOrEqual(t, w.Content().MinSize().Width, size.Width)
		}
		if size.Width > 2000 {
			require.Equal(t, long, f.message.text.Text, "there is room for all of it")
			continue
		}
		require.Contains(t, f.message.text.Text, "…")
		f.message.MouseIn(&desktop.MouseEvent{})
		require.Equal(t, long, tipOf(f))
		f.message.MouseOut()
		require.Empty(t, tipOf(f))
	}
}

// tipOf is what the tip on screen says, empty if there is none.
func tipOf(f *Frame) string {
	layers := f.Root.(*fyne.Container).Objects
	for _, o := range test.WidgetRenderer(layers[len(layers)-1].(fyne.Widget)).Objects() {
		if text, is := o.(*widget.Label); is && text.Visible() {
			return text.Text
		}
	}
	return ""
}
