package data

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestCustomersAndUploadsAreFoundAsTheirNamesAreTyped(t *testing.T) {
	r, ctx := newRegister(t), t.Context()
	reseller, err := r.Accounts().Add(ctx, model.Account{Kind: model.Reseller, KnoxID: "4680000925", CompanyName: "Northwind", Ours: true})
	require.NoError(t, err)
	for i, name := range []string{"Müller & Söhne", "Łódź Telekom", "O’Neill Ltd", "A\u030angstro\u0308m AB"} {
		c, err := r.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: fmt.Sprintf("46000015%02d", i), CompanyName: name})
		require.NoError(t, err)
		_, err = r.Customers().Add(ctx, reseller.ID, c.ID, "Zürich")
		require.NoError(t, err)
		_, _, err = r.Uploads().Add(ctx, model.NewUpload{ResellerID: reseller.ID, TargetID: c.ID,
			UploadedBy: model.As(model.Reseller, reseller.ID)},
			[]model.NewDevice{{Identifiers: model.Identifiers{Serial: fmt.Sprintf("R52N000000%d", i)}}}, nil)
		require.NoError(t, err)
	}
	for typed, name := range map[string]string{
		"sohne": "Müller & Söhne", "soehne mueller": "Müller & Söhne", "zurich söhne": "Müller & Söhne", "lodz": "Łódź Telekom",
		"oneill": "O’Neill Ltd", "O'Neill": "O’Neill Ltd", "angstrom": "A\u030angstro\u0308m AB", "ÅNGSTRÖM": "A\u030angstro\u0308m AB",
		"00 4600001500": "Müller & Söhne", "４６００００１５０１": "Łódź Telekom",
	} {
		ids, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller.ID, Search: typed})
		require.NoError(t, err)
		found, err := r.Customers().Rows(ctx, reseller.ID, ids)
		require.NoError(t, err)
		require.Len(t, found, 1, typed)
		require.Equal(t, name, found[0].CompanyName, typed)
		if typed == "zurich söhne" {
			continue // a reference is not a column of Uploads
		}
		accounts, err := r.Accounts().IDs(ctx, model.AccountQuery{Search: typed})
		require.NoError(t, err)
		require.Len(t, accounts, 1, typed)
	}
	uploads, err := r.Uploads().IDs(ctx, model.UploadQuery{View: model.As(model.Reseller, reseller.ID), Search: "soehne northwind"})
	require.NoError(t, err)
	require.Len(t, uploads, 1)
	devices, err := r.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, reseller.ID), Search: "ｒ５２ｎ００００００1"})
	require.NoError(t, err)
	require.Len(t, devices, 1, "in wide letters")
}

// A search through 20,000 names, a fifth of them with letters that no key has.
func BenchmarkSearchAmong20000Customers(b *testing.B) {
	r, ctx := newRegister(b), b.Context()
	require.NoError(b, r.write.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
		INSERT INTO accounts (kind, knox_id, company_name, country, ours, created_at)
		SELECT 'customer', 4600000000 + i, CASE WHEN i % 5 THEN 'Company and Sons ' ELSE 'Müller & Söhne Łódź ' END || i, 'DE',
			0, 0 FROM n`).Error)
	for _, typed := range []string{"sohne", "sons", "söhne 1999", "nobody has it"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				_, err := r.Accounts().IDs(ctx, model.AccountQuery{Search: typed})
				require.NoError(b, err)
			}
		})
	}
}
