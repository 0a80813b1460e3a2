package grid

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// The sizes of the benchmarks. A step must cost the same at each of them; Fyne's own table beside it shows what the machine can do.
var sizes = []int{1_000, 1_000_000, 10_000_000}

func benchTable(b *testing.B, n int) *Table[box] {
	table := NewTable("bench", counted{n}, boxColumns)
	open(b, table, 1200, 800)
	return table
}

// fyneTable is Fyne's own table over the same rows. It is given its rows once it has a height, without which it makes a line for each.
func fyneTable(b *testing.B, n int) *widget.Table {
	shown := boxColumns[:5]
	var table *widget.Table
	table = widget.NewTable(
		func() (int, int) {
			if table.Size().Height == 0 {
				return 0, len(shown)
			}
			return n, len(shown)
		},
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(at widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(shown[at.Col].String(box{int64(at.Row)}))
		})
	for i, c := range shown {
		table.SetColumnWidth(i, c.Width)
	}
	open(b, table, 1200, 800)
	table.Refresh()
	return table
}

func BenchmarkScrollStep(b *testing.B) {
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			table := benchTable(b, n)
			table.scrollBarMoved(float64(n / 2))
			step := float32(-25)
			for i := 0; b.Loop(); i++ {
				if i%200 == 199 {
					step = -step
				}
				table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: step}})
			}
		})
	}
}

func BenchmarkScrollStepOfFyneTable(b *testing.B) {
	for _, n := range sizes[:2] {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			table := fyneTable(b, n)
			offset, step := float32(n/2)*30, float32(25)
			for i := 0; b.Loop(); i++ {
				if i%200 == 199 {
					step = -step
				}
				offset += step
				table.ScrollToOffset(fyne.NewPos(0, offset))
			}
		})
	}
}

func BenchmarkKeyPress(b *testing.B) {
	for _, n := range sizes {
		for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				table := benchTable(b, n)
				for b.Loop() {
					if table.cursor == n-1 {
						key(table, fyne.KeyHome, 0)
					}
					key(table, name, 0)
				}
			})
		}
		b.Run(fmt.Sprintf("ShiftEndAndHome/%d", n), func(b *testing.B) {
			table := benchTable(b, n)
			for b.Loop() {
				key(table, fyne.KeyEnd, shift)
				key(table, fyne.KeyHome, shift)
			}
		})
	}
}

// A view says how many are selected at every key press.
func BenchmarkKeyPressInView(b *testing.B) {
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			view := NewView("bench", counted{n}, boxColumns, boxFilters...)
			open(b, view, 1200, 800)
			for b.Loop() {
				if view.Table.cursor == n-1 {
					key(view.Table, fyne.KeyHome, 0)
				}
				key(view.Table, fyne.KeyDown, 0)
			}
		})
	}
}

func BenchmarkPageDownOfFyneTable(b *testing.B) {
	for _, n := range sizes[:2] {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			table := fyneTable(b, n)
			for i := 0; b.Loop(); i++ {
				table.ScrollTo(widget.TableCellID{Row: (i * 20) % n})
			}
		})
	}
}

func BenchmarkSelectAllThenTakeOutTen(b *testing.B) {
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			table := benchTable(b, n)
			for b.Loop() {
				table.SelectAll()
				for i := range 10 {
					table.moveTo(i*(n/10), toggleOne)
				}
				if s := table.Selection(); s.Count() != n-10 || len(s.IDs) != 10 {
					b.Fatal(s.Count(), len(s.IDs))
				}
			}
		})
	}
}

// Fyne's own table, even when spared its line for each row.
func BenchmarkOpenFyneTable(b *testing.B) {
	for _, n := range sizes[:2] {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			before := heap()
			var table *widget.Table
			for b.Loop() {
				table = fyneTable(b, n)
			}
			b.ReportMetric(heap()-before, "MB-held")
			runtime.KeepAlive(table)
		})
	}
}

// heap is what is in use after everything that nobody needs has gone, in MB.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

func BenchmarkOpenPaged(b *testing.B) {
	for _, n := range sizes[:2] {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				ids := make([]int64, n)
				for i := range ids {
					ids[i] = int64(i)
				}
				source := pagedBoxes(n)
				source.IDs = func(context.Context, Question) ([]int64, error) { return slices.Clone(ids), nil }
				before := heap()
				b.StartTimer()
				table := NewTable("bench", source, boxColumns)
				open(b, table, 1200, 800)
				b.StopTimer()
				b.ReportMetric(heap()-before, "MB-held")
				runtime.KeepAlive(table)
				b.StartTimer()
			}
		})
	}
}
