package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
)

func TestConsignRestartsFromBesideTheLanguage(t *testing.T) {
	d, o, _ := registerPageIn(t, page.Settings)
	uitest.Tap(t, d.Window(), "Restart now")
	require.True(t, o.restarted)
}

func TestAppearanceFitsTheSmallestWindowAndSaysNothingTwice(t *testing.T) {
	d, _, _ := registerPageIn(t, page.Settings)
	seen := map[string]int{}
	uitest.Walk(d.Window(), func(o fyne.CanvasObject) bool {
		if l, is := o.(*widget.Label); is {
			seen[l.Text]++
		}
		return false
	})
	for _, name := range []string{"Light and dark", "Size of everything", "Language"} {
		require.Equal(t, 1, seen[name], name)
	}
	uitest.Walk(d.Window(), func(o fyne.CanvasObject) bool {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		require.LessOrEqual(t, at.X+o.Size().Width, d.Window().Canvas().Size().Width+0.5, "%T", o)
		return false
	})
}
