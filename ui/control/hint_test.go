package control

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"
)

func TestProposalOfAFieldHasNoScrollBarBesideTheSignOfWhatIsWrong(t *testing.T) {
	test.NewTempApp(t)
	e := NewEntry()
	e.Validator = func(string) error { return nil }
	const text = "wie Sie sie schreiben"
	e.SetPlaceHolder(text)
	w := test.NewWindow(container.NewWithoutLayout(e))
	t.Cleanup(w.Close)
	needs := fyne.MeasureText(text, e.Theme().Size(theme.SizeNameText), fyne.TextStyle{}).Width
	for width := needs; width < needs+100; width++ {
		e.Resize(fyne.NewSize(width, 32))
		var scroll fyne.CanvasObject
		for _, o := range test.WidgetRenderer(e).Objects() {
			if _, scrolls := o.(fyne.Scrollable); scrolls {
				scroll = o
			}
		}
		require.NotNil(t, scroll)
		pad := 2 * e.Theme().Size(theme.SizeNameInnerPadding)
		shown := fyne.MeasureText(e.PlaceHolder, e.Theme().Size(theme.SizeNameText), fyne.TextStyle{}).Width
		require.LessOrEqual(t, shown+pad, scroll.Size().Width+1, "%v: %s", width, e.PlaceHolder)
	}
	require.Equal(t, text, e.PlaceHolder)
}
