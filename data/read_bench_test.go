package data_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/registertest"
	"consign/model"
)

// The benchmarks of reading run on the big register of package registertest: 1,000,000 devices, 20,000 uploads, 5,000 customers.

func million(b *testing.B) *data.Register {
	b.Helper()
	r, err := data.Open(registertest.Million(b), data.Options{MustExist: true})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, r.Close()) })
	return r
}

var (
	reseller = model.As(model.Reseller, registertest.Reseller)
	msp      = model.As(model.MSP, registertest.MSP)
)

func BenchmarkDeviceIDs(b *testing.B) {
	r := million(b)
	queries := map[string]model.DeviceQuery{
		"all of reseller":      {View: reseller},
		"all of MSP":           {View: msp},
		"of customer":          {View: reseller, Customer: registertest.FirstCustomer},
		"moved to customer":    {View: msp, Customer: registertest.FirstCustomer},
		"at no customer":       {View: msp, Customer: model.NoCustomer},
		"pending":              {View: reseller, Status: model.PendingDevice},
		"verified":             {View: reseller, Status: model.VerifiedDevice},
		"MPTS error":           {View: reseller, Status: model.MPTSError},
		"model":                {View: reseller, Model: "SM-A007B"},
		"order number":         {View: reseller, OrderNumber: "PO00100"},
		"tag":                  {View: reseller, Tag: "lot 3"},
		"whole identifier":     {View: reseller, Search: registertest.DeviceIdentifiers(777_777).IMEI2},
		"three digits":         {View: reseller, Search: "123"},
		"part of an IMEI":      {View: reseller, Search: "1234567"},
		"part of serial":       {View: reseller, Search: "XC0012"},
		"part that nobody has": {View: reseller, Search: "999999999"},
	}
	for _, column := range []string{model.ByIMEI, model.ByIMEI2, model.ByMEID, model.BySerial, model.ByModel, model.ByOrderNumber,
		model.ByUploaded,
		model.ByCustomer, model.ByReseller, model.ByStatus, model.ByTags, model.ByUpload} {
		queries["sorted by "+column] = model.DeviceQuery{View: reseller, Sort: []model.Sort{{Column: column, Descending: true}}}
		queries["MSP sorted by "+column] = model.DeviceQuery{View: msp, Sort: []model.Sort{{Column: column}}}
	}
	_, err := r.Devices().IDs(b.Context(), queries["part that nobody has"]) // the first search reads all identifiers
	require.NoError(b, err)
	for name, q := range queries {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ids, err := r.Devices().IDs(b.Context(), q)
				require.NoError(b, err)
				b.ReportMetric(float64(len(ids)), "ids")
			}
		})
	}
}

func BenchmarkFirstDeviceIDs(b *testing.B) {
	r := million(b)
	for name, q := range map[string]model.DeviceQuery{
		"of reseller": {View: reseller},
		"of MSP":      {View: msp},
		"of customer": {View: reseller, Customer: registertest.FirstCustomer},
		"verified":    {View: reseller, Status: model.VerifiedDevice},
		"by IMEI":     {View: reseller, Sort: []model.Sort{{Column: model.ByIMEI}}},
		"by model":    {View: reseller, Sort: []model.Sort{{Column: model.ByModel}}},
		"by day":      {View: reseller, Sort: []model.Sort{{Column: model.ByUploaded}}},
		"by status":   {View: reseller, Sort: []model.Sort{{Column: model.ByStatus}}},
		"by customer": {View: msp, Sort: []model.Sort{{Column: model.ByCustomer}}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ids, of, err := r.Devices().FirstIDs(b.Context(), q, 256)
				require.NoError(b, err)
				b.ReportMetric(float64(len(ids)), "ids")
				b.ReportMetric(float64(of), "of")
			}
		})
	}
}

func BenchmarkFirstSearchForAPart(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		r, err := data.Open(registertest.Million(b), data.Options{})
		require.NoError(b, err)
		b.StartTimer()
		_, err = r.Devices().IDs(b.Context(), model.DeviceQuery{View: reseller, Search: "1234567"})
		require.NoError(b, err)
		b.StopTimer()
		require.NoError(b, r.Close())
		b.StartTimer()
	}
}

func BenchmarkDevices(b *testing.B) {
	r := million(b)
	for _, view := range []model.View{reseller, msp} {
		ids, err := r.Devices().IDs(b.Context(), model.DeviceQuery{View: view, Sort: []model.Sort{{Column: model.ByIMEI}}})
		require.NoError(b, err)
		b.Run("200 of "+string(view.Portal), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				start := i * 7919 % (len(ids) - 200)
				devices, err := r.Devices().Rows(b.Context(), view, ids[start:start+200])
				require.NoError(b, err)
				require.Len(b, devices, 200)
			}
		})
	}
}

func BenchmarkCountDevices(b *testing.B) {
	r := million(b)
	for name, q := range map[string]model.DeviceQuery{
		"all":            {View: reseller},
		"all of MSP":     {View: msp},
		"pending":        {View: reseller, Status: model.PendingDevice},
		"at no customer": {View: msp, Customer: model.NoCustomer},
		"model":          {View: reseller, Model: "SM-A007B"},
		"model verified": {View: reseller, Model: "SM-A007B", Status: model.VerifiedDevice},
		"order number":   {View: reseller, OrderNumber: "PO00100"},
		"tag":            {View: reseller, Tag: "lot 3"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := r.Devices().Count(b.Context(), q)
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkPages(b *testing.B) {
	r := million(b)
	byDevices := []model.Sort{{Column: model.ByDevices, Descending: true}}
	for name, read := range map[string]func(context.Context) error{
		"Customers": func(ctx context.Context) error {
			ids, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: registertest.Reseller, Sort: byDevices})
			if err != nil {
				return err
			}
			_, err = r.Customers().Rows(ctx, registertest.Reseller, ids[:200])
			return err
		},
		"Customers searched": func(ctx context.Context) error {
			_, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: registertest.Reseller, Search: "customer 12"})
			return err
		},
		"Resellers": func(ctx context.Context) error {
			ids, err := r.Resellers().IDs(ctx, model.RegistrationQuery{MSP: registertest.MSP, Sort: byDevices})
			if err != nil {
				return err
			}
			_, err = r.Resellers().Rows(ctx, registertest.MSP, ids)
			return err
		},
		"MSP customers": func(ctx context.Context) error {
			ids, err := r.Managements().IDs(ctx, model.ManagementQuery{MSP: registertest.MSP, Sort: byDevices})
			if err != nil {
				return err
			}
			_, err = r.Managements().Rows(ctx, registertest.MSP, ids[:200])
			return err
		},
		"Uploads": func(ctx context.Context) error {
			ids, err := r.Uploads().IDs(ctx, model.UploadQuery{View: reseller, Sort: []model.Sort{{Column: model.ByCustomer}}})
			if err != nil {
				return err
			}
			_, err = r.Uploads().Rows(ctx, reseller, "", ids[:200])
			return err
		},
		"Uploads searched": func(ctx context.Context) error {
			_, err := r.Uploads().IDs(ctx, model.UploadQuery{View: reseller, Search: "customer 12"})
			return err
		},
		"Reseller overview": func(ctx context.Context) error {
			_, err := r.Uploads().ResellerOverview(ctx, registertest.Reseller)
			return err
		},
		"MSP overview": func(ctx context.Context) error { _, err := r.Uploads().MSPOverview(ctx, registertest.MSP); return err },
		"Activity": func(ctx context.Context) error {
			ids, err := r.Activity().IDs(ctx, model.ActivityQuery{Sort: []model.Sort{{Column: model.ByDate, Descending: true}}})
			if err != nil {
				return err
			}
			_, err = r.Activity().Rows(ctx, ids[:200])
			return err
		},
		"Device models": func(ctx context.Context) error { _, err := r.Devices().Models(ctx, reseller); return err },
		"Device tags":   func(ctx context.Context) error { _, err := r.Devices().Tags(ctx, reseller); return err },
		"Device orders": func(ctx context.Context) error { _, err := r.Devices().Orders(ctx, reseller); return err },
		"Device card":   func(ctx context.Context) error { _, err := r.Devices().Card(ctx, 500_000); return err },
		"Find whole": func(ctx context.Context) error {
			_, err := r.Devices().Find(ctx, registertest.DeviceIdentifiers(4711).Serial, 100)
			return err
		},
		"Find part": func(ctx context.Context) error { _, err := r.Devices().Find(ctx, "4711", 100); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, read(b.Context()))
			}
		})
	}
}

// BenchmarkEachDevice writes a million devices as CSV, beside the sqlite3 shell with the same columns.
func BenchmarkEachDevice(b *testing.B) {
	r := million(b)
	write := func(b *testing.B, q model.DeviceQuery) {
		for b.Loop() {
			var line []byte
			require.NoError(b, r.Devices().Each(b.Context(), model.DeviceSelection{All: true, Query: q}, func(d model.Device) error {
				line = line[:0]
				for _, field := range [...]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial, d.Model, d.OrderNumber, string(d.Status), d.UploadUUID,
					d.Customer} {
					line = append(append(line, field...), ',')
				}
				_, err := io.Discard.Write(append(line, '\n'))
				return err
			}))
		}
	}
	b.Run("by id", func(b *testing.B) { write(b, model.DeviceQuery{View: reseller}) })
	b.Run("by serial number", func(b *testing.B) {
		write(b, model.DeviceQuery{View: reseller, Sort: []model.Sort{{Column: model.BySerial}}})
	})
	b.Run("sqlite3 shell", func(b *testing.B) {
		shell, err := exec.LookPath("sqlite3")
		if err != nil {
			b.Skip("there is no sqlite3 shell")
		}
		for b.Loop() {
			command := exec.Command(shell, "-csv", registertest.Million(b), `SELECT d.imei1, d.imei2, d.meid, d.serial, d.model, d.order_number,
				CASE WHEN d.failure IS NOT NULL THEN 'mpts error' WHEN u.approved_at IS NULL THEN 'pending' ELSE 'verified' END, u.uuid, t.company_name
				FROM devices d JOIN uploads u ON u.id = d.upload_id JOIN accounts t ON t.id = u.target_id
				WHERE u.reseller_id = 1 AND d.deleted IS NULL`)
			command.Stderr = os.Stderr
			require.NoError(b, command.Run())
		}
	})
}

func BenchmarkRegisteredDevices(b *testing.B) {
	r := million(b)
	for _, n := range []int{100, 10_000, 1_000_000} {
		for _, what := range []string{"free", "taken"} {
			list := make([]model.Identifiers, n)
			for i := range list {
				list[i] = registertest.DeviceIdentifiers(i * (registertest.Devices / n))
				if what == "free" {
					list[i] = model.Identifiers{IMEI1: fmt.Sprintf("99%013d", i)}
				}
			}
			b.Run(fmt.Sprintf("%d %s", n, what), func(b *testing.B) {
				for b.Loop() {
					_, err := r.Devices().Registered(b.Context(), list)
					require.NoError(b, err)
				}
			})
		}
	}
	b.Run("set", func(b *testing.B) {
		for b.Loop() {
			_, err := r.Devices().RegisteredSet(b.Context())
			require.NoError(b, err)
		}
	})
}
