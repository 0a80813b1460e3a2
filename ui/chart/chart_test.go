package chart

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

func TestMain(m *testing.M) {
	test.NewApp()
	os.Exit(m.Run())
}

func plain(n int) string { return fmt.Sprint(n) }

func months(values ...int) []Item {
	items := make([]Item, len(values))
	for i, v := range values {
		items[i] = Item{Label: [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[i%12], Value: v}
	}
	return items
}

// texts are the visible texts of a plot, with their places.
func texts(t *testing.T, w fyne.Widget) map[string]*canvas.Text {
	t.Helper()
	found := map[string]*canvas.Text{}
	for _, o := range test.WidgetRenderer(w).Objects() {
		if text, is := o.(*canvas.Text); is && text.Visible() {
			found[text.Text] = text
		}
	}
	return found
}

func middle(s spot) fyne.Position {
	return s.at.AddXY(s.size.Width/2, s.size.Height/2)
}

func pointAt(p desktop.Hoverable, at fyne.Position) {
	p.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
}

func TestTicksAreRoundAndReachTheHighestValue(t *testing.T) {
	for _, c := range []struct{ highest, most, step, count int }{
		{1, 5, 1, 1}, {5, 5, 1, 5}, {6, 5, 2, 3}, {9, 4, 5, 2}, {12, 5, 5, 3}, {99, 5, 20, 5}, {101, 5, 50, 3}, {12_400, 4, 5_000, 3},
		{1_000_000, 5, 200_000, 5}, {7, 1, 10, 1},
	} {
		step, count := ticks(c.highest, c.most)
		require.Equal(t, [2]int{c.step, c.count}, [2]int{step, count}, "highest %d with at most %d steps", c.highest, c.most)
	}
}

func TestClickOnAColumnOpensIt(t *testing.T) {
	c := NewColumns(plain)
	c.Set(months(3, 0, 7, 1))
	c.Resize(fyne.NewSize(400, 160))
	opened := -1
	c.OnOpen = func(i int) { opened = i }
	for i := range 4 {
		test.TapAt(c, middle(c.spots[i]))
		require.Equal(t, i, opened)
	}
	opened = -1
	test.TapAt(c, fyne.NewPos(1, 80)) // on the axis
	require.Equal(t, -1, opened)
}

func TestColumnUnderThePointerTellsItsValue(t *testing.T) {
	c := NewColumns(func(n int) string { return fmt.Sprintf("%d devices", n) })
	c.Set(months(3, 12, 7))
	c.Resize(fyne.NewSize(300, 160))
	pointAt(c, middle(c.spots[1]))
	require.Contains(t, texts(t, c), "Feb: 12 devices")
	c.MouseOut()
	require.NotContains(t, texts(t, c), "Feb: 12 devices")
}

func TestLabelsNeverTouchAndTheLastIsAlwaysThere(t *testing.T) {
	c := NewColumns(plain)
	c.Set(months(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
	for width := float32(120); width < 900; width += 7 {
		c.Resize(fyne.NewSize(width, 160))
		found := texts(t, c)
		require.Contains(t, found, "Dec", "at width %v", width)
		var before *canvas.Text
		var at []int
		for i, item := range c.items {
			label := found[item.Label]
			if label == nil {
				continue
			}
			at = append(at, i)
			if n := len(at); n > 2 {
				require.Equal(t, at[1]-at[0], at[n-1]-at[n-2], "every second, third, … label at width %v", width)
			}
			if before != nil {
				require.Less(t, before.Position().X+before.Size().Width, label.Position().X, "%s and %s at width %v", before.Text, label.Text, width)
			}
			before = label
		}
		require.LessOrEqual(t, before.Position().X+before.Size().Width, width+1)
	}
}

func TestColumnsAreInProportionAndZeroHasNone(t *testing.T) {
	c := NewColumns(plain)
	c.Set([]Item{{Label: "a", Value: 50, Color: theme.ColorNameError}, {Label: "b", Value: 0, Color: theme.ColorNameError},
		{Label: "c", Value: 100, Color: theme.ColorNameError}})
	c.Resize(fyne.NewSize(300, 300))
	s := newStyle(&c.plot)
	var heights []float32
	for _, o := range test.WidgetRenderer(c).Objects() {
		if r, is := o.(*canvas.Rectangle); is && r.Visible() && r.FillColor == s.fill(c.items[0], false) {
			heights = append(heights, r.Size().Height)
		}
	}
	require.Len(t, heights, 2)
	require.InDelta(t, heights[1]/2, heights[0], 1)
}

func TestKeysChooseAndOpenAnItem(t *testing.T) {
	for name, p := range map[string]interface {
		fyne.Widget
		fyne.Focusable
		Set([]Item)
	}{"columns": NewColumns(plain), "bars": NewBars(3, plain), "shares": NewShares(plain)} {
		t.Run(name, func(t *testing.T) {
			var of *plot
			switch p := p.(type) {
			case *Columns:
				of = &p.plot
			case *Bars:
				of = &p.plot
			case *Shares:
				of = &p.plot
			}
			p.Set(months(3, 5, 7))
			opened := -1
			of.OnOpen = func(i int) { opened = i }
			w := test.NewTempWindow(t, container.NewStack(p))
			w.Resize(fyne.NewSize(400, 300))
			w.Canvas().Focus(p)
			press := func(keys ...fyne.KeyName) {
				for _, key := range keys {
					p.TypedKey(&fyne.KeyEvent{Name: key})
				}
			}
			press(fyne.KeyReturn)
			require.Equal(t, 0, opened)
			press(fyne.KeyRight, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
			require.Equal(t, 2, opened, "the last item ends the way")
			press(fyne.KeyHome, fyne.KeyRight, fyne.KeySpace)
			require.Equal(t, 1, opened)
			press(fyne.KeyEnd, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyEnter)
			require.Equal(t, 0, opened)
		})
	}
}

func TestBarsShowWhatFitsAndTellCutNames(t *testing.T) {
	b := NewBars(3, plain)
	long := strings.Repeat("Müller & Söhne Mobilfunk ", 4)
	b.Set([]Item{{Label: long, Value: 70}, {Label: "Contoso", Value: 30}, {Label: "Fabrikam", Value: 0}, {Label: "Litware", Value: 0}})
	b.Resize(fyne.NewSize(400, b.MinSize().Height))
	found := texts(t, b)
	require.Contains(t, found, "Fabrikam")
	require.NotContains(t, found, "Litware", "there is room for three")
	require.NotContains(t, found, long)
	layers := control.WithTips(container.NewWithoutLayout(b))
	test.NewTempWindow(t, layers).Resize(fyne.NewSize(600, 400))
	pointAt(b, middle(b.spots[0]))
	told := ""
	for _, o := range test.WidgetRenderer(layers.Objects[1].(fyne.Widget)).Objects() {
		if tip, is := o.(*widget.Label); is && tip.Visible() {
			told = tip.Text
		}
	}
	require.Equal(t, long, told)
	opened := -1
	b.OnOpen = func(i int) { opened = i }
	test.TapAt(b, middle(b.spots[1]))
	require.Equal(t, 1, opened)
}

func TestSegmentAndLegendOpenTheSameShare(t *testing.T) {
	h := NewShares(plain)
	h.Set([]Item{{Label: "Verified", Value: 9_990}, {Label: "Pending", Value: 0}, {Label: "MPTS error", Value: 10}})
	h.Resize(fyne.NewSize(300, h.MinSize().Height))
	var opened []int
	h.OnOpen = func(i int) { opened = append(opened, i) }
	test.TapAt(h, fyne.NewPos(150, 8))
	test.TapAt(h, fyne.NewPos(299, 8))
	for _, s := range h.spots[2:] {
		test.TapAt(h, middle(s))
	}
	require.Equal(t, []int{0, 2, 0, 1, 2}, opened)
	found := texts(t, h)
	require.Contains(t, found, ">99%")
	require.Contains(t, found, "<1%")
	require.Contains(t, found, "0%")
}

func TestSharesFillTheWidthAndSmallOnesAreSeen(t *testing.T) {
	out := widths([]Item{{Value: 1}, {Value: 1_000_000}, {Value: 0}, {Value: 2}}, 300)
	require.Equal(t, []float32{shareLeast, 300 - 2*shareLeast, 0, shareLeast}, out)
}

func TestPlotWithoutValuesSaysSoAndOpensNothing(t *testing.T) {
	c := NewColumns(plain)
	c.Nothing = "No devices yet"
	c.OnOpen = func(int) { t.Fatal("there is nothing to open") }
	c.Set(months(0, 0, 0))
	c.Resize(fyne.NewSize(300, 160))
	require.Contains(t, texts(t, c), "No devices yet")
	test.TapAt(c, fyne.NewPos(150, 80))
	c.FocusGained()
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.Set(months(1, 2))
	require.NotContains(t, texts(t, c), "No devices yet")
}

// What a step of the pointer over a plot costs outside painting.
func BenchmarkPointerOverPlot(b *testing.B) {
	c, l, h := NewColumns(plain), NewBars(10, plain), NewShares(plain)
	for name, p := range map[string]interface {
		fyne.Widget
		desktop.Hoverable
		Set([]Item)
	}{"columns": c, "bars": l, "shares": h} {
		p.Set(months(3, 12, 7, 8, 2, 5, 9, 11, 4, 6, 1, 10))
		p.Resize(fyne.NewSize(500, 320))
		test.WidgetRenderer(p).Layout(p.Size())
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				pointAt(p, fyne.NewPos(float32(100+i%2*200), float32(100+i%2*100)))
			}
		})
	}
}
