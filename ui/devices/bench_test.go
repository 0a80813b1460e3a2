package devices_test

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uitest"
)

// The benchmarks of the Devices page run on the big register of package registertest, in a window of 1280×800. All work is done
// at once on the goroutine that asks, so that a figure holds everything from the question to the bound cells; only painting is not in it.
// Those of Fyne's own table at the same size are in package grid.

var reseller = model.As(model.Reseller, registertest.Reseller)

func openRegister(b *testing.B) *data.Register {
	b.Helper()
	r, err := data.Open(registertest.Million(b), data.Options{MustExist: true})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, r.Close()) })
	return r
}

type listing = page.Listing[model.Device]

// newListing makes the page of the reseller's devices; most cuts its answers, 0 does not.
func newListing(d *uitest.Desk, most int) *listing {
	l := devices.List(d, reseller, devices.Options{Name: "bench", Title: "Devices"})
	if most > 0 {
		source := l.Source.(*grid.Paged[model.Device])
		all, first := source.IDs, source.FirstIDs
		source.FirstIDs = func(ctx context.Context, q grid.Question) ([]int64, int, error) {
			ids, of, err := first(ctx, q)
			return ids, min(most, of), err
		}
		source.IDs = func(ctx context.Context, q grid.Question) ([]int64, error) {
			ids, err := all(ctx, q)
			return slices.Clone(ids[:min(most, len(ids))]), err
		}
	}
	return page.NewListing(d, l, page.Place{})
}

func newDesk(b *testing.B, r *data.Register) *uitest.Desk {
	return uitest.NewDesk(b, r, fyne.NewSize(1280, 800))
}

func openListing(b *testing.B, d *uitest.Desk, most int) *listing {
	p := newListing(d, most)
	d.Show(p.Page())
	require.NoError(b, p.View.Table.Err())
	require.NotZero(b, p.View.Table.Len())
	return p
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// reportP95 reports the time within which nineteen of twenty were done.
func reportP95(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[len(took)*95/100]), "p95-ms")
	b.ReportMetric(milliseconds(took[len(took)-1]), "max-ms")
}

// held is what the heap holds after everything that is not needed has gone.
func held() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func BenchmarkOpenDevicesPage(b *testing.B) {
	r := openRegister(b)
	for _, most := range []int{1_000, registertest.Devices} {
		b.Run(strconv.Itoa(most), func(b *testing.B) {
			d := newDesk(b, r)
			openListing(b, d, 1_000) // fonts and statements are at hand in a program that runs
			first := registertest.DeviceIdentifiers(0).IMEI1
			var rows, total, all time.Duration
			var kept int64
			for b.Loop() {
				b.StopTimer()
				d.Show(&page.Page{Content: &fyne.Container{}})
				before := held()
				b.StartTimer()
				start := time.Now()
				p := newListing(d, most)
				var counted, drawn time.Duration
				p.View.Table.OnAnswer = func() {
					now := time.Since(start)
					if _, known := p.View.Table.Total(); known && counted == 0 {
						counted = now
					}
					if drawn == 0 && p.View.Table.Len() > 0 && uitest.Shows(d.Window(), first) {
						drawn = now
					}
				}
				d.Show(p.Page())
				all += time.Since(start)
				rows += drawn
				total += counted
				b.StopTimer()
				require.NotZero(b, drawn)
				kept = held() - before
				runtime.KeepAlive(p)
				b.StartTimer()
			}
			b.ReportMetric(milliseconds(rows)/float64(b.N), "first-rows-ms")
			b.ReportMetric(milliseconds(total)/float64(b.N), "total-ms")
			b.ReportMetric(milliseconds(all)/float64(b.N), "all-ids-ms")
			b.ReportMetric(float64(kept)/(1<<20), "MB-held")
		})
	}
}

// A step is taken in turn in a list of 1,000 rows and in one of a million, so that both see the same machine.
func BenchmarkStepOnDevicesPage(b *testing.B) {
	r := openRegister(b)
	d := newDesk(b, r)
	for _, step := range []struct {
		name string
		do   func(t *grid.Table[model.Device], forth bool)
	}{
		{"wheel", func(t *grid.Table[model.Device], forth bool) {
			t.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: map[bool]float32{true: -25, false: 25}[forth]}})
		}},
		{"key", func(t *grid.Table[model.Device], forth bool) {
			t.TypedKey(&fyne.KeyEvent{Name: map[bool]fyne.KeyName{true: fyne.KeyDown, false: fyne.KeyUp}[forth]})
		}},
		{"page key", func(t *grid.Table[model.Device], forth bool) {
			t.TypedKey(&fyne.KeyEvent{Name: map[bool]fyne.KeyName{true: fyne.KeyPageDown, false: fyne.KeyPageUp}[forth]})
		}},
	} {
		b.Run(step.name, func(b *testing.B) {
			few, many := openListing(b, d, 1_000), openListing(b, d, 0)
			var took [2][]time.Duration
			const there = 16 // steps in one direction
			tables := []*grid.Table[model.Device]{few.View.Table, many.View.Table}
			for n, p := range []*listing{few, many} {
				d.Show(p.Page())
				tables[n].GoTo(tables[n].Len() / 4)
				for i := range 2 * there { // both have seen what they will show
					step.do(tables[n], i < there)
				}
			}
			for i := 0; b.Loop(); i++ {
				for n, table := range tables {
					start := time.Now()
					step.do(table, i%(2*there) < there)
					took[n] = append(took[n], time.Since(start))
				}
			}
			b.ReportMetric(float64(middle(took[1]))/float64(middle(took[0])), "ratio")
			b.ReportMetric(float64(middle(took[1])), "ns/step")
			reportP95(b, took[1])
		})
	}
}

func middle(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

// ask asks the questions in turn and reports how long the rows take.
func ask(b *testing.B, p *listing, questions ...grid.Question) {
	b.Helper()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		p.View.Table.SetQuestion(questions[i%len(questions)])
		took = append(took, time.Since(start))
		if p.View.Table.Err() != nil {
			b.Fatal(p.View.Table.Err())
		}
	}
	b.ReportMetric(float64(p.View.Table.Len()), "rows")
	reportP95(b, took)
}

func BenchmarkSearchOnDevicesPage(b *testing.B) {
	p := openListing(b, newDesk(b, openRegister(b)), 0)
	whole, parts := make([]grid.Question, 100), make([]grid.Question, 100)
	for i := range whole {
		device := registertest.DeviceIdentifiers(i * 9_001)
		whole[i].Search = []string{device.IMEI1, device.IMEI2, device.Serial}[i%3]
		if whole[i].Search == "" {
			whole[i].Search = device.IMEI1
		}
		from := i % 4 // a serial number has 11 signs
		parts[i].Search = whole[i].Search[from : from+5+i%4]
	}
	p.View.Table.SetQuestion(parts[0]) // the first search for a part reads all identifiers
	b.Run("whole identifier", func(b *testing.B) { ask(b, p, whole...) })
	b.Run("part of one", func(b *testing.B) { ask(b, p, parts...) })
}

func BenchmarkSortOnDevicesPage(b *testing.B) {
	p := openListing(b, newDesk(b, openRegister(b)), 0)
	for _, c := range p.List.Columns {
		if c.Sortable {
			b.Run(c.Title, func(b *testing.B) {
				ask(b, p, grid.Question{Sort: []grid.SortKey{{Column: c.ID}}}, grid.Question{Sort: []grid.SortKey{{Column: c.ID, Descending: true}}})
			})
		}
	}
}

func BenchmarkFilterOnDevicesPage(b *testing.B) {
	r := openRegister(b)
	p := openListing(b, newDesk(b, r), 0)
	models, err := r.Devices().Models(b.Context(), reseller)
	require.NoError(b, err)
	tags, err := r.Devices().Tags(b.Context(), reseller)
	require.NoError(b, err)
	orders, err := r.Devices().Orders(b.Context(), reseller)
	require.NoError(b, err)
	for filter, value := range map[string]string{
		page.FilterStatus:   string(model.PendingDevice),
		page.FilterModel:    models[0],
		page.FilterTag:      tags[0],
		page.FilterOrder:    orders[0],
		page.FilterCustomer: page.IDValue(registertest.FirstCustomer),
	} {
		b.Run(filter, func(b *testing.B) { ask(b, p, grid.Question{Filters: map[string]string{filter: value}}) })
	}
}

func BenchmarkSelectAllOnDevicesPageThenTakeOutTen(b *testing.B) {
	table := openListing(b, newDesk(b, openRegister(b)), 0).View.Table
	held := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	for b.Loop() {
		table.TypedShortcut(held(fyne.KeyHome))
		table.TypedShortcut(&fyne.ShortcutSelectAll{})
		for range 10 {
			table.TypedShortcut(held(fyne.KeySpace))
			table.TypedShortcut(held(fyne.KeyDown))
		}
		if s := table.Selection(); !s.All || len(s.IDs) != 10 || s.Count() != table.Len()-10 {
			b.Fatal(s.All, len(s.IDs), s.Count())
		}
	}
}

// While two questions are being answered without a pause, a key brings the next page of rows, read from the register at once.
func BenchmarkKeyWhileAnswersArePending(b *testing.B) {
	r := openRegister(b)
	table := openListing(b, newDesk(b, r), 0).View.Table
	ctx, stop := context.WithCancel(b.Context())
	var asking sync.WaitGroup
	for _, column := range []string{model.ByUploaded, model.ByModel} {
		asking.Go(func() {
			for ctx.Err() == nil {
				_, _ = r.Devices().IDs(ctx, model.DeviceQuery{View: reseller, Sort: []model.Sort{{Column: column}}})
			}
		})
	}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		took = append(took, time.Since(start))
	}
	stop()
	asking.Wait()
	reportP95(b, took)
}
