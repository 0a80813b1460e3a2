package bylist_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
	"consign/ui/bylist"
	"consign/ui/page"
	"consign/ui/uitest"
)

// BenchmarkActByList moves and deletes 100,000 devices of a million by a pasted list: read-s from the paste until every line has its
// verdict, act-s until the act is done with its parts named.
func BenchmarkActByList(b *testing.B) {
	const n = 100_000
	msp, reseller := model.As(model.MSP, registertest.MSP), model.As(model.Reseller, registertest.Reseller)
	for name, q := range map[string]model.DeviceQuery{"move": {View: msp, Customer: model.NoCustomer}, "delete": {View: reseller}} {
		b.Run(name, func(b *testing.B) {
			var read, act time.Duration
			for range b.N {
				r, err := data.Open(registertest.Copy(b), data.Options{})
				require.NoError(b, err)
				d := uitest.NewDesk(b, r, fyne.NewSize(1280, 800))
				text := identifiersText(b, r, q, n)
				do := func(ctx context.Context, sel model.DeviceSelection) (model.Done, error) {
					if name == "delete" {
						return r.Devices().Delete(ctx, sel, nil)
					}
					return r.Devices().Move(ctx, sel, registertest.FirstCustomer, nil)
				}
				var done model.Done
				main := page.Action[model.Device]{Title: func(n int) string { return fmt.Sprint("Act on ", n) },
					Do: func(s page.Selected[model.Device]) {
						ids, err := s.List(b.Context())
						require.NoError(b, err)
						done, err = do(b.Context(), model.DeviceSelection{Query: model.DeviceQuery{View: q.View}, IDs: ids, Count: len(ids)})
						require.NoError(b, err)
					}}
				begin := time.Now()
				bylist.ShowText(d, bylist.Options{View: q.View, Main: &main}, text)
				read += time.Since(begin)
				begin = time.Now()
				uitest.Tap(b, d.Window(), fmt.Sprint("Act on ", n))
				act += time.Since(begin)
				require.Empty(b, d.Failed)
				require.Equal(b, n, done.Devices)
				devices := 0
				for _, p := range done.Parts {
					devices += p.Devices
				}
				if name == "delete" {
					require.Equal(b, n, devices)
				}
				b.ReportMetric(float64(len(done.Parts)), "parts")
				require.NoError(b, r.Close())
			}
			b.ReportMetric(read.Seconds()/float64(b.N), "read-s")
			b.ReportMetric(act.Seconds()/float64(b.N), "act-s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// identifiersText is the IMEIs of n devices spread over all that the query finds, a line each.
func identifiersText(b *testing.B, r *data.Register, q model.DeviceQuery, n int) string {
	b.Helper()
	ids, err := r.Devices().IDs(b.Context(), q)
	require.NoError(b, err)
	require.GreaterOrEqual(b, len(ids), n)
	some := make([]int64, n)
	for i := range some {
		some[i] = ids[i*(len(ids)/n)]
	}
	rows, err := r.Devices().Rows(b.Context(), q.View, some)
	require.NoError(b, err)
	var text strings.Builder
	for _, d := range rows {
		text.WriteString(d.First() + "\n")
	}
	return text.String()
}
