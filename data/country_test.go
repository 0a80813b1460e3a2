package data

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestCountriesAreInTheOrderOfTheNamesThatPeopleSee(t *testing.T) {
	names := map[string]string{"DE": "Deutschland", "ES": "Spanien", "FR": "Frankreich", "AT": "Österreich", "PL": "Polen"}
	r, err := Open(filepath.Join(t.TempDir(), "consign.db"), Options{CountryName: func(code string) string { return names[code] }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	for i, country := range []string{"ES", "", "AT", "PL", "FR", "DE"} {
		_, err := r.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: "460000000" + string(rune('0'+i)), CompanyName: "c",
			Country: country})
		require.NoError(t, err)
	}
	order := func(descending bool) (codes []string) {
		ids, err := r.Accounts().IDs(ctx, model.AccountQuery{Sort: []model.Sort{{Column: model.ByCountry, Descending: descending}}})
		require.NoError(t, err)
		accounts, err := r.Accounts().Rows(ctx, ids)
		require.NoError(t, err)
		for _, a := range accounts {
			codes = append(codes, a.Country)
		}
		return codes
	}
	require.Equal(t, []string{"DE", "FR", "AT", "PL", "ES", ""}, order(false))
	require.Equal(t, []string{"ES", "PL", "AT", "FR", "DE", ""}, order(true))
}
