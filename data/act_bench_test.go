package data_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
)

// BenchmarkActOnHundredThousand moves and deletes 100,000 devices scattered over a million, and undoes both.
func BenchmarkActOnHundredThousand(b *testing.B) {
	ctx := context.Background()
	var took [4]time.Duration
	timed := func(i int, act func() (model.Done, error)) int64 {
		begin := time.Now()
		done, err := act()
		took[i] += time.Since(begin)
		require.NoError(b, err)
		require.Equal(b, 100_000, done.Devices)
		return done.ActivityID
	}
	for range b.N {
		r, err := data.Open(registertest.Copy(b), data.Options{})
		require.NoError(b, err)
		msp := model.As(model.MSP, registertest.MSP)
		moved := scattered(b, r, model.DeviceQuery{View: msp, Customer: model.NoCustomer})
		id := timed(0, func() (model.Done, error) { return r.Devices().Move(ctx, moved, registertest.FirstCustomer, nil) })
		timed(1, func() (model.Done, error) { return r.Activity().Undo(ctx, id, nil) })
		deleted := scattered(b, r, model.DeviceQuery{View: model.As(model.Reseller, registertest.Reseller)})
		id = timed(2, func() (model.Done, error) { return r.Devices().Delete(ctx, deleted, nil) })
		timed(3, func() (model.Done, error) { return r.Activity().Undo(ctx, id, nil) })
		require.NoError(b, r.Close())
	}
	for i, name := range [...]string{"move-s", "undo-move-s", "delete-s", "undo-delete-s"} {
		b.ReportMetric(took[i].Seconds()/float64(b.N), name)
	}
	b.ReportMetric(0, "ns/op")
}

// scattered selects 100,000 devices spread over all that the query finds.
func scattered(b *testing.B, r *data.Register, q model.DeviceQuery) model.DeviceSelection {
	b.Helper()
	ids, err := r.Devices().IDs(context.Background(), q)
	require.NoError(b, err)
	require.GreaterOrEqual(b, len(ids), 100_000)
	step := len(ids) / 100_000
	sel := model.DeviceSelection{Query: model.DeviceQuery{View: q.View}}
	for i := range 100_000 {
		sel.IDs = append(sel.IDs, ids[i*step])
	}
	return sel
}
