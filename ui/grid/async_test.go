package grid

import (
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

// loop stands for Fyne's goroutine: what workers post is done when the test lets it.
type loop chan func()

func newLoop(table *Table[box]) loop {
	l := make(loop, 1000)
	table.work = func(f func()) { go f() }
	table.post = func(f func()) { l <- f }
	return l
}

// drain does what has been posted by now.
func (l loop) drain() {
	for {
		select {
		case f := <-l:
			f()
		default:
			return
		}
	}
}

// until does what is posted until a condition holds.
func (l loop) until(holds func() bool) {
	for !holds() {
		(<-l)()
	}
}

func TestWorkersAndTheUserNeverTouchTheSameThings(t *testing.T) {
	table := NewTable(t.Name(), pagedBoxes(20_000), boxColumns)
	open(t, table, 700, 400)
	l := newLoop(table)
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		switch random.IntN(7) {
		case 0:
			table.SetQuestion(Question{Search: []string{"", "1", "12", "123"}[random.IntN(4)]})
		case 1:
			table.Reload()
		case 2:
			table.scrollBarMoved(random.Float64() * 20_000)
		case 3:
			table.TypedRune('3')
		case 4:
			table.TypedShortcut(&fyne.ShortcutSelectAll{})
			table.TypedShortcut(&fyne.ShortcutCopy{})
		case 5:
			key(table, fyne.KeyEnd, shift)
		case 6:
			table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -100}})
		}
		l.drain()
	}
	table.SetQuestion(Question{Search: "1999"})
	l.until(func() bool { return !table.Busy() })
	table.GoTo(table.Len() - 1)
	l.until(func() bool { return table.fetching < 0 })
	texts := drawn(table, 0)
	require.Equal(t, imei(19_999), texts[len(texts)-1])
}
