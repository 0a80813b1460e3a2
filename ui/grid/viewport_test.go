package grid

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestViewportShowsTheVeryLastRowOfTenMillion(t *testing.T) {
	for _, height := range []float32{29, 100, 333.3, 1079} {
		v := viewport{rows: 10_000_000, rowH: 29, height: height}
		v.show(v.rows - 1)
		_, end := v.span()
		require.Equal(t, v.rows, end)
		require.InDelta(t, height, v.y(v.rows-1)+v.rowH, 0.01, "the last row ends at the lower edge")
	}
}

func TestViewportScrollsTenMillionRowsByPixelsWithoutDrift(t *testing.T) {
	v := viewport{rows: 10_000_000, rowH: 29, height: 500}
	v.setTop(9_000_000)
	for range 29_000 {
		v.setTop(v.top() + 1/float64(v.rowH))
	}
	require.Equal(t, 9_001_000, v.first)
	require.InDelta(t, 0, v.shift, 0.5)
}

func TestViewportIsAlwaysFullOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := viewport{rows: rapid.IntRange(0, 20_000_000).Draw(t, "rows"), rowH: rapid.Float32Range(10, 90).Draw(t, "rowH"),
			height: rapid.Float32Range(1, 2000).Draw(t, "height")}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				v.setTop(v.top() + float64(rapid.Float32Range(-5000, 5000).Draw(t, "dy")/v.rowH))
			case 1:
				v.setTop(rapid.Float64Range(-10, 2e7).Draw(t, "top"))
			case 2:
				if v.rows > 0 {
					i := rapid.IntRange(0, v.rows-1).Draw(t, "i")
					v.show(i)
					if y := v.y(i); y < -0.1 || (v.height >= v.rowH && y+v.rowH > v.height+0.1) {
						t.Fatalf("row %d is cut: %g to %g of %g", i, y, y+v.rowH, v.height)
					}
				}
			}
			first, end := v.span()
			if v.shift < 0 || v.shift >= v.rowH || first < 0 || end > v.rows {
				t.Fatalf("impossible place: first %d shift %g span to %d", first, v.shift, end)
			}
			if below := v.height - (v.y(end-1) + v.rowH); float32(v.rows)*v.rowH > v.height && below > 0.1 {
				t.Fatalf("a gap of %g below the last row", below)
			}
		}
	})
}

func TestViewportWithoutASizeStaysAtTheFirstRow(t *testing.T) {
	v := viewport{rows: 3}
	v.setTop(v.top())
	v.rowH, v.height = 29, 100
	v.setTop(0)
	first, end := v.span()
	require.Equal(t, []int{0, 3}, []int{first, end})
}
