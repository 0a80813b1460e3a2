package data_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
)

// BenchmarkSearchWithoutAccents searches a register of a million devices and 20,000 customers, a fifth of them with letters that no key
// has, as people type: the p95 of each search box.
func BenchmarkSearchWithoutAccents(b *testing.B) {
	ctx := b.Context()
	r, err := data.Open(registertest.Copy(b), data.Options{})
	require.NoError(b, err)
	defer func() { require.NoError(b, r.Close()) }()
	var more []data.NewCustomer
	for i := range 20_000 - registertest.Customers {
		name := fmt.Sprintf("Company and Sons %05d", i)
		if i%5 == 0 {
			name = fmt.Sprintf("Müller & Söhne Łódź %05d", i)
		}
		account := model.Account{Kind: model.Customer, KnoxID: fmt.Sprint(4_700_000_000 + i), CompanyName: name, Country: "DE"}
		more = append(more, data.NewCustomer{Account: account, InternalReference: "Zürich"})
	}
	_, err = r.Customers().Import(ctx, registertest.Reseller, more)
	require.NoError(b, err)
	typed := []string{"sohne", "soehne 00100", "söhne lodz", "zurich muller", "straße", "oneill", "nobody has it",
		"sons 14999", "Łódź 0020", "customer 12"}
	for name, search := range map[string]func(context.Context, string) error{
		"customers of a reseller": func(ctx context.Context, s string) error {
			_, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: registertest.Reseller, Search: s})
			return err
		},
		"accounts": func(ctx context.Context, s string) error {
			_, err := r.Accounts().IDs(ctx, model.AccountQuery{Search: s})
			return err
		},
		"uploads": func(ctx context.Context, s string) error {
			_, err := r.Uploads().IDs(ctx, model.UploadQuery{View: reseller, Search: s})
			return err
		},
		"devices": func(ctx context.Context, s string) error {
			_, err := r.Devices().IDs(ctx, model.DeviceQuery{View: reseller, Search: s})
			return err
		},
		"activity": func(ctx context.Context, s string) error {
			_, err := r.Activity().IDs(ctx, model.ActivityQuery{Search: s})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				for _, s := range typed {
					begin := time.Now()
					require.NoError(b, search(ctx, s))
					took = append(took, time.Since(begin))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
		})
	}
}
