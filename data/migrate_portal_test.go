package data

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/engine/sqlite"
	"consign/model"
)

// registerWithChain is firstRegister as the program of 0.1 left it, whose last migration was 0004_freed, after the statements.
func registerWithChain(t *testing.T, statements ...string) string {
	t.Helper()
	path := firstRegister(t)
	db, err := connect(path)
	require.NoError(t, err)
	for _, sql := range statements {
		require.NoError(t, db.Exec(sql).Error)
	}
	require.NoError(t, engine.ClosePool(db))
	sqlite.Older("0004_freed", func() {
		r, err := Open(path, Options{})
		require.NoError(t, err)
		require.NoError(t, r.Close())
	})
	return path
}

func openedDesk(t *testing.T, path string) *desk {
	t.Helper()
	r, err := Open(path, Options{Person: "Vera", Clock: func() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return &desk{Register: r, t: t, north: 1, msp: 3}
}

func TestLogOfAnOldRegisterGoesOnHolding(t *testing.T) {
	postgrestest.OfFiles(t)
	d := openedDesk(t, registerWithChain(t))
	require.Equal(t, 1, d.value("SELECT count(*) FROM links"), "nothing is sealed anew where nothing changed")
	d.logHolds()
	north := model.As(model.Reseller, d.north)
	ids, err := d.Activity().IDs(ctx, model.ActivityQuery{Event: model.DevicesMoved})
	require.NoError(t, err)
	old, err := d.Activity().Rows(ctx, ids)
	require.NoError(t, err)
	require.Equal(t, []any{"Adatum Services", "", "Contoso"}, []any{old[0].PerformedBy, old[0].Party, old[0].Customer})
	sel, err := d.Carrying().ToCarry(ctx, north)
	require.NoError(t, err)
	require.Empty(t, sel, "what was done before this was kept is not to carry")
	gone := d.done(d.Devices().Delete(ctx, only(north, d.sees(north)[0]), nil))
	require.Len(t, d.deletedThere(gone.ActivityID), 1, "the portal has what is older")
	d.done(d.Activity().Undo(ctx, 15, nil))
	d.logHolds()
}

func TestMigrationMakesAPreferenceForEachResellerAndLeavesNoUploadStranded(t *testing.T) {
	postgrestest.OfFiles(t)
	d := openedDesk(t, registerWithChain(t, "UPDATE customer_services SET auto_approve = 1 WHERE customer_id = 4",
		"UPDATE customer_services SET service = 'KM' WHERE customer_id = 5"))
	d.logHolds()
	services, err := d.Portal().Services(ctx, 4)
	require.NoError(t, err)
	require.True(t, services[0].Trusts(d.north), "it moved devices of its there")
	require.False(t, services[0].Trusts(2))
	fabrikam := model.As(model.Customer, 5)
	require.Len(t, d.portalList(fabrikam, 5, model.KnoxManage, true), 1, "what waited in a service that is not used any more")
	require.Zero(t, d.value("SELECT count(*) FROM sqlite_schema WHERE name = 'moved_approvals'"))
	require.Zero(t, d.value("SELECT count(*) FROM pragma_foreign_key_check"))
}
