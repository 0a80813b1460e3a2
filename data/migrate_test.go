package data

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// firstRegister writes a register as the first migration left it, with rows that the program of that time wrote: of eight
// devices the acts 12, 15 and 20 deleted 1, 7 and 4, the acts 13 and 18 deleted 2, 3 and 4 and were undone, and 8 came with
// an upload that was undone.
func firstRegister(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "consign.db")
	db, err := connect(path)
	require.NoError(t, err)
	schema, err := os.ReadFile("engine/sqlite/migrations/0001_register.sql")
	require.NoError(t, err)
	rows, err := os.ReadFile("testdata/register-0001.sql")
	require.NoError(t, err)
	require.NoError(t, db.Transaction(func(tx *gorm.DB) error {
		for _, sql := range []string{string(schema), "CREATE TABLE migrations (id VARCHAR(255) PRIMARY KEY)",
			"INSERT INTO migrations VALUES ('0001_register')", string(rows)} {
			if err := tx.Exec(sql).Error; err != nil {
				return err
			}
		}
		return nil
	}))
	require.NoError(t, engine.ClosePool(db))
	return path
}

func TestFirstRegisterIsBroughtUpToDate(t *testing.T) {
	postgrestest.OfFiles(t)
	r, err := Open(firstRegister(t), Options{Clock: func() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	d := &desk{Register: r, t: t, north: 1, msp: 3}
	d.countersHold()
	north, msp := model.As(model.Reseller, d.north), model.As(model.MSP, d.msp)
	require.Equal(t, []int64{2, 3, 5, 6}, d.sees(north))

	events := func(device int64) (list []model.Event) {
		t.Helper()
		history, err := r.Activity().OfDevice(ctx, device)
		require.NoError(t, err)
		for _, a := range history {
			list = append(list, a.Event)
		}
		return list
	}
	require.ElementsMatch(t, []model.Event{model.DevicesUploaded, model.DevicesDeleted}, events(1))
	require.ElementsMatch(t, []model.Event{model.DevicesUploaded, model.DevicesDeleted, model.Undone}, events(2))
	require.ElementsMatch(t, []model.Event{model.DevicesUploaded, model.DevicesDeleted, model.Undone, model.DevicesDeleted}, events(4))

	d.done(r.Activity().Undo(ctx, 20, nil))
	d.done(r.Activity().Undo(ctx, 15, nil))
	d.done(r.Activity().Undo(ctx, 12, nil))
	require.Equal(t, []int64{1, 2, 3, 4, 5, 6, 7}, d.sees(north))
	require.Equal(t, []int64{5, 6, 7}, d.sees(msp))
	d.done(r.Devices().Delete(ctx, only(north, 1, 7), nil))
	require.Zero(t, d.value("SELECT count(*) FROM pragma_foreign_key_check"))
}
