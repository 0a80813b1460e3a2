package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPicksAreWhatAPlainSetOfIDsWouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		idAt := func(i int) int64 { return int64(100 - i) }
		var p picks
		base, plain := map[int]bool{}, map[int]bool{} // without and with the span
		row := rapid.IntRange(0, n-1)
		settle := func() {
			p.settle(idAt)
			base = map[int]bool{}
			for i, in := range plain {
				base[i] = in
			}
		}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				p.clear()
				base, plain = map[int]bool{}, map[int]bool{}
			case 1:
				p.selectAll()
				plain = map[int]bool{}
				for i := range n {
					plain[i] = true
				}
				base = plain
				settle()
			case 2:
				settle()
				i := row.Draw(t, "toggle")
				p.toggle(idAt(i))
				plain[i] = !plain[i]
				base[i] = plain[i]
			case 3:
				a, b := row.Draw(t, "from"), row.Draw(t, "to")
				p.span(min(a, b), max(a, b)+1, idAt)
				plain = map[int]bool{}
				for i, in := range base {
					plain[i] = in
				}
				for i := min(a, b); i <= max(a, b); i++ {
					plain[i] = true
				}
			case 4:
				settle()
			}
			count := 0
			for i := range n {
				if p.has(i, idAt(i)) != plain[i] {
					t.Fatalf("row %d: selected %v, want %v", i, p.has(i, idAt(i)), plain[i])
				}
				if plain[i] {
					count++
				}
			}
			if p.count(n) != count {
				t.Fatalf("count %d, want %d", p.count(n), count)
			}
		}
	})
}

func TestAllButTenOfAMillionHoldsTenIDs(t *testing.T) {
	table := NewTable("all", counted{1_000_000}, boxColumns)
	open(t, table, 800, 600)
	table.SelectAll()
	for i := range 10 {
		table.moveTo(i*99_999, onlyCurrent)
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
	sel := table.Selection()
	require.True(t, sel.All)
	require.Len(t, sel.IDs, 10)
	require.Equal(t, 999_990, sel.Count())
	require.False(t, sel.Has(99_999))
	require.True(t, sel.Has(5))
}
