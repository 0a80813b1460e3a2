package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
)

func TestASmallWindowHasAMenuInThePlaceOfTheSidebar(t *testing.T) {
	p := northwind(t)
	p.Window.Resize(fyne.NewSize(1024, 700))
	require.False(t, p.desk.frame.menu.Visible())
	p.Window.Resize(fyne.NewSize(640, 360))
	require.Nil(t, uitest.FindButton(p.Window, "Devices"))

	test.Tap(p.desk.frame.menu)
	uitest.Choose(t, p.Window, "Devices")
	require.Equal(t, page.Devices, p.desk.trails[p.desk.tab].open[0].place.Page)
	test.Tap(p.desk.frame.menu)
	require.True(t, uitest.Shows(p.Window, "Acting as"))
	uitest.Key(p.Window, fyne.KeyEscape)

	uitest.Tap(t, p.Window, "Activity")
	require.False(t, p.desk.frame.menu.Visible(), "there is nothing to choose")
	uitest.Tap(t, p.Window, "Reseller")
	require.True(t, p.desk.frame.menu.Visible())

	p.Window.Resize(fyne.NewSize(1024, 700))
	require.False(t, p.desk.frame.menu.Visible())
	require.NotNil(t, uitest.FindButton(p.Window, "Devices"))
}

func TestEveryListFitsIntoASmallWindow(t *testing.T) {
	p := northwind(t)
	size := fyne.NewSize(640, 349)
	p.Window.Resize(size)
	for _, at := range []string{page.Customers, page.Uploads, page.Devices} {
		p.desk.Go(page.Place{Tab: page.ResellerTab, Page: at})
		f := p.desk.frame
		require.LessOrEqual(t, p.Window.Content().MinSize().Width, size.Width, at)
		require.LessOrEqual(t, f.page.MinSize().Width, f.scroll.Size().Width, at)
		name, actions := f.heading.Objects[1], f.heading.Objects[2]
		require.GreaterOrEqual(t, name.Size().Width, float32(leastTitle), at)
		require.LessOrEqual(t, actions.Position().X+actions.Size().Width, f.heading.Size().Width+1, at)
	}
}
