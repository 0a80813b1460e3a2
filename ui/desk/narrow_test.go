package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
)

func TestASmallWindowHasAMenuInThePlaceOfTheSidebar(t *testing.T) {
	p := northwind(t)
	p.Window.Resize(fyne.NewSize(1024, 700))
	require.Nil(t, menuOf(p))
	p.Window.Resize(fyne.NewSize(640, 360))
	require.Nil(t, uitest.FindButton(p.Window, "Devices"))

	test.Tap(menuOf(p))
	uitest.Choose(t, p.Window, "Devices")
	require.Equal(t, page.Devices, p.desk.trails[p.desk.tab].open[0].place.Page)
	test.Tap(menuOf(p))
	require.True(t, uitest.Shows(p.Window, "Acting as"))
	uitest.Key(p.Window, fyne.KeyEscape)

	uitest.Tap(t, p.Window, "Activity")
	require.Nil(t, menuOf(p), "there is nothing to choose")
	uitest.Tap(t, p.Window, "Reseller")
	require.NotNil(t, menuOf(p))

	p.Window.Resize(fyne.NewSize(1024, 700))
	require.Nil(t, menuOf(p))
	require.NotNil(t, uitest.FindButton(p.Window, "Devices"))
}

// buttonWith is the button on screen that shows only this icon; nil if there is none.
func buttonWith(p *program, icon fyne.Resource) *control.Button {
	var found *control.Button
	uitest.Walk(p.Window, func(o fyne.CanvasObject) bool {
		if b, is := o.(*control.Button); is && b.Text == "" && b.Icon != nil && b.Icon.Name() == icon.Name() {
			found = b
		}
		return false
	})
	return found
}

// menuOf is the button in the place of the sidebar; nil if there is none.
func menuOf(p *program) *control.Button { return buttonWith(p, theme.MenuIcon()) }

// titleOf is what heads the page on screen.
func titleOf(p *program) *widget.Label {
	var found *widget.Label
	uitest.Walk(p.Window, func(o fyne.CanvasObject) bool {
		if l, is := uitest.LabelIn(o); is && l.Text == pageOf(p.desk).Title && l.TextStyle.Bold {
			found = l
		}
		return found != nil
	})
	return found
}

func TestEveryListFitsIntoASmallWindow(t *testing.T) {
	p := northwind(t)
	size := fyne.NewSize(683, 384) // 1366×768 at 200 %
	p.Window.Resize(size)
	right := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X + o.Size().Width
	}
	for _, at := range []string{page.Customers, page.Uploads, page.Devices} {
		p.desk.Go(page.Place{Tab: page.ResellerTab, Page: at})
		require.LessOrEqual(t, p.Window.Content().MinSize().Width, size.Width, at)
		title := titleOf(p)
		require.GreaterOrEqual(t, title.Size().Width, fyne.MeasureText(title.Text, theme.Size(title.SizeName), title.TextStyle).Width,
			"%s: the title can be read", at)
		shown := pageOf(p.desk)
		for _, o := range append([]fyne.CanvasObject{shown.Content}, shown.Actions...) {
			require.LessOrEqual(t, right(o), size.Width, at)
		}
	}
}
