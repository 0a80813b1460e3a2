package data

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

func TestSampleShowsEveryState(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	var told int
	require.NoError(t, FillSample(ctx, r, func(done, _ int) { told = done }))
	require.Equal(t, 12, told)
	d := &desk{Register: r, t: t}
	d.countersHold()
	require.NotContains(t, samplePersons, r.Person(), "who looks is who looked before")
	for _, view := range []model.View{model.As(model.Reseller, int64(d.value("SELECT min(id) FROM accounts WHERE kind = 'reseller' "+
		"AND ours"))),
		model.As(model.MSP, int64(d.value("SELECT id FROM accounts WHERE kind = 'msp' AND ours")))} {
		all, sum := len(d.sees(view)), 0
		for _, status := range model.DeviceStatuses {
			n, err := r.Devices().Count(ctx, model.DeviceQuery{View: view, Status: status})
			require.NoError(t, err)
			sum += n
		}
		require.Equal(t, all, sum, "each device has one status")
	}
	for what, sql := range map[string]string{
		"what is to carry is little":           "SELECT count(*) BETWEEN 2 AND 6 FROM uploads WHERE devices > 0 AND " + waitsToBeCarried,
		"some uploads are carried":             "SELECT count(*) > 2 FROM uploads WHERE carried_by IS NOT NULL AND confirmed_by IS NULL",
		"most uploads are confirmed":           "SELECT count(*) > 30 FROM uploads WHERE confirmed_by IS NOT NULL",
		"a device that is exchanging":          "SELECT count(*) = 1 FROM (" + exchangingDevices + ")",
		"exchanges and a return":               "SELECT count(*) = 4 FROM exchanges",
		"orders of which something is to come": "SELECT count(*) = 2 FROM orders",
		"several persons":                      "SELECT count(DISTINCT person) >= 3 FROM activity",
		"two resellers of ours":                "SELECT count(*) = 2 FROM accounts WHERE kind = 'reseller' AND ours",
		"an MSP of ours":                       "SELECT count(*) = 1 FROM accounts WHERE kind = 'msp' AND ours",
		"a dozen customers":                    "SELECT count(*) = 12 FROM accounts WHERE kind = 'customer'",
		"Müller & Söhne":                       "SELECT count(*) FROM accounts WHERE company_name = 'Müller & Söhne'",
		"some thousand devices":                "SELECT count(*) BETWEEN 2000 AND 8000 FROM devices WHERE deleted IS NULL",
		"deleted devices":                      "SELECT count(*) FROM devices WHERE deleted",
		"pending": "SELECT count(*) FROM uploads WHERE devices > failed AND approved_at IS NULL AND " +
			"kind = 'direct'",
		"verified": "SELECT count(*) FROM uploads WHERE devices > failed AND approved_at IS NOT NULL " +
			"AND kind = 'direct'",
		"MPTS error":        "SELECT count(*) FROM devices WHERE failure IS NOT NULL AND deleted IS NULL",
		"moved":             "SELECT count(*) FROM uploads WHERE kind = 'moved' AND devices > 0",
		"virtual":           "SELECT count(*) FROM uploads WHERE kind = 'virtual' AND devices > 0",
		"lines that failed": "SELECT count(*) FROM upload_failures",
		"waiting from a registered reseller": "SELECT count(*) FROM uploads u JOIN registrations g ON g.msp_id = u.target_id AND " +
			"g.reseller_id = u.reseller_id WHERE u.approved_at IS NULL",
		"waiting from an unregistered reseller": "SELECT count(*) FROM uploads u JOIN accounts a ON a.id = u.target_id AND a.kind = " +
			"'msp' WHERE NOT EXISTS (SELECT 1 FROM registrations g WHERE g.reseller_id = u.reseller_id)",
		"waiting in a portal": "SELECT count(*) FROM approvals p JOIN uploads u ON u.id = p.upload_id AND u.kind = " +
			"'moved' AND u.devices > 0 WHERE p.approved_at IS NULL",
		"every month":                            "SELECT count(DISTINCT strftime('%Y-%m', uploaded_at / 1000, 'unixepoch')) >= 12 FROM uploads",
		"nothing in the future":                  "SELECT max(at) < (unixepoch() + 1) * 1000 FROM activity",
		"a customer that waits for verification": "SELECT count(*) FROM customers WHERE status = 'pending'",
		"an active customer":                     "SELECT count(*) FROM customers WHERE status = 'active'",
		"an inactive customer":                   "SELECT count(*) FROM customers WHERE status = 'inactive'",
		"management pending":                     "SELECT count(*) FROM managements WHERE status = 'pending'",
		"management active":                      "SELECT count(*) FROM managements WHERE status = 'active'",
		"management rejected":                    "SELECT count(*) FROM managements WHERE status = 'rejected'",
		"management delink requested":            "SELECT count(*) FROM managements WHERE status = 'delink'",
	} {
		require.NotZero(t, d.value(sql), what)
	}
	requireCode(t, model.Refused, "empty register only", FillSample(ctx, r, nil))
	require.WithinDuration(t, time.Now(), r.clock(), time.Minute, "the clock is the real one again")
}

// TestKilledFillingLeavesNoSample ends the filling of the sample in the middle, and lets the next start find what it left.
func TestKilledFillingLeavesNoSample(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "sample.db")
	runUntilKilled(t, "sample", path, time.Hour) // it ends itself after five months
	require.False(t, disk.Exists(path))
	require.True(t, disk.Exists(path+".filling"))
	r, err := OpenSample(ctx, path, Options{}, nil)
	require.NoError(t, err)
	defer r.Close()
	(&desk{Register: r, t: t}).logHolds()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	for _, name := range names {
		require.NotContains(t, name, ".filling")
	}
}

func TestStoppedFillingLeavesNothing(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "sample.db")
	stopped, stop := context.WithCancel(ctx)
	_, err := OpenSample(stopped, path, Options{}, func(done, _ int) {
		if done == 2 {
			stop()
		}
	})
	requireCode(t, model.Cancelled, "Stopped", err)
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	require.Empty(t, names)
}

func TestSampleThatIsThereIsOpenedAsItIs(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "sample.db")
	for _, name := range []string{"", "New name"} {
		r, err := OpenSample(ctx, path, Options{}, nil)
		require.NoError(t, err)
		found, err := r.Accounts().Rows(ctx, []int64{1})
		require.NoError(t, err)
		if name == "" {
			_, err := r.Accounts().Edit(ctx, 1, AccountUpdate{CompanyName: new("New name")})
			require.NoError(t, err)
		} else {
			require.Equal(t, name, found[0].CompanyName)
		}
		require.NoError(t, r.Close())
	}
}

func BenchmarkFillSample(b *testing.B) {
	for b.Loop() {
		require.NoError(b, FillSample(ctx, newRegister(b), nil))
	}
}
