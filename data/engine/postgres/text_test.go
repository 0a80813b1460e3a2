package postgres_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/engine/sqlite"
)

var ctx = context.Background()

func open(t *testing.T, place postgres.Place) *postgres.Database {
	t.Helper()
	log := logrus.New()
	log.SetOutput(io.Discard)
	d, err := postgres.Open(ctx, place, postgres.Options{Log: log})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func place(t *testing.T) postgres.Place {
	t.Helper()
	if !postgrestest.Wanted() {
		t.Skip("there is no server: make check-server has one")
	}
	return postgrestest.Place(t)
}

func TestFormsAreUnderstood(t *testing.T) {
	d := open(t, place(t))
	require.NoError(t, d.Act(ctx, func(a engine.Act) error {
		for _, statement := range []string{"CREATE TEMP TABLE x (id BIGINT, a INTEGER)", "CREATE TEMP VIEW sqlite_schema AS SELECT 1 " +
			"AS a, 'y' AS name"} {
			if err := a.Tx().Exec(statement).Error; err != nil {
				return err
			}
		}
		for _, form := range engine.Forms {
			args := make([]any, strings.Count(form.Example, "?"))
			for i := range args {
				args[i] = "[7]"
			}
			require.NoError(t, a.Tx().Exec(form.Example, args...).Error, form.Name)
		}
		return nil
	}))
}

// columnsOf are the tables of a register with their columns and the columns' defaults.
func columnsOf(t *testing.T, e engine.Engine) map[string][]engine.Column {
	t.Helper()
	rows, err := e.Rows(ctx)
	require.NoError(t, err)
	columns := map[string][]engine.Column{}
	require.NoError(t, e.Reading(ctx, func(r engine.Reader) (err error) {
		for table := range rows {
			if columns[table], err = r.Columns(table); err != nil {
				return err
			}
		}
		return nil
	}))
	return columns
}

// TestBothEnginesHaveTheSameTables: whoever adds a migration to one adds its counterpart to the other.
func TestBothEnginesHaveTheSameTables(t *testing.T) {
	log := logrus.New()
	log.SetOutput(io.Discard)
	file, _, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "register.db"), sqlite.Options{Log: log})
	require.NoError(t, err)
	defer file.Close()
	ofFile := columnsOf(t, file)
	delete(ofFile, "migrations")      // each engine has its own
	delete(ofFile, "moved_approvals") // which a step of the register takes away
	require.Equal(t, ofFile, columnsOf(t, open(t, place(t))))
}

func TestRowsThatStreamAreKeptWhenAnotherStatementComes(t *testing.T) {
	d := open(t, place(t))
	require.NoError(t, d.Reading(ctx, func(r engine.Reader) error {
		sum, inner := int64(0), int64(0)
		err := r.Each("SELECT a FROM generate_series(1, 100) AS series(a) ORDER BY a", nil, func(row engine.Row) error {
			before := row.Int(0)
			if err := r.Each("SELECT ? + 1", []any{before}, func(row engine.Row) error { inner += row.Int(0); return nil }); err != nil {
				return err
			}
			require.Equal(t, before, row.Int(0))
			sum += row.Int(0)
			return nil
		})
		require.Equal(t, []int64{5050, 5150}, []int64{sum, inner})
		return err
	}))
}

func TestAnActThatFailsLeavesNothingAndAnAttemptOnlyItself(t *testing.T) {
	d := open(t, place(t))
	put := func(a engine.Act, name string) error {
		return a.Tx().Exec("INSERT INTO settings (name, value) VALUES (?, '')", name).Error
	}
	require.Error(t, d.Act(ctx, func(a engine.Act) error { require.NoError(t, put(a, "gone")); return io.ErrUnexpectedEOF }))
	require.NoError(t, d.Act(ctx, func(a engine.Act) error {
		require.NoError(t, put(a, "one"))
		err := a.Attempt(func() error { return put(a, "one") })
		require.Equal(t, engine.Taken, engine.TroubleOf(err))
		return put(a, "two")
	}))
	var names []string
	require.NoError(t, d.Read().Raw("SELECT name FROM settings ORDER BY name").Scan(&names).Error)
	require.Equal(t, []string{"one", "two"}, names)
	require.Equal(t, engine.ReadOnly, engine.TroubleOf(d.Read().Exec("DELETE FROM settings").Error))
}

// TestAnIMEIIsUniqueOverBothColumnsWhoeverWrites has two sessions without the turn of acts cross their IMEIs.
func TestAnIMEIIsUniqueOverBothColumnsWhoeverWrites(t *testing.T) {
	at := place(t)
	one, two := open(t, at), open(t, at)
	require.NoError(t, one.Act(ctx, func(a engine.Act) error {
		return a.Tx().Exec(`INSERT INTO accounts (id, kind, knox_id, company_name, created_at) VALUES (1, 'reseller', '1', 'North', 0);
			INSERT INTO activity (id, at, event) VALUES (1, 0, 'devices uploaded');
			INSERT INTO uploads (id, uuid, kind, reseller_id, target_id, activity_id, uploaded_at) VALUES (1, 'u', 'direct', 1, 1, 1, 0)`).Error
	}))
	for n := range 20 {
		ended := make(chan error, 2)
		insert := func(d *postgres.Database, id int, column string) {
			ended <- d.Write().Exec("INSERT INTO devices (id, upload_id, "+column+") VALUES (?, 1, ?)", id, fmt.Sprintf("35%013d", n)).Error
		}
		go insert(one, 2*n, "imei1")
		go insert(two, 2*n+1, "imei2")
		refused := failed(<-ended, <-ended)
		require.Len(t, refused, 1)
		require.Equal(t, engine.Taken, engine.TroubleOf(refused[0]))
	}
}

func failed(errs ...error) (all []error) {
	for _, err := range errs {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

func TestEveryDeskHearsOfActsAndSettings(t *testing.T) {
	at := place(t)
	one, two := open(t, at), open(t, at)
	acted, settled := make(chan string, 10), make(chan string, 10)
	for name, d := range map[string]*postgres.Database{"one": one, "two": two} {
		defer d.OnAct(func() { acted <- name })()
		defer d.OnSettings(func() { settled <- name })()
	}
	require.NoError(t, one.Act(ctx, func(engine.Act) error { return nil }))
	require.ElementsMatch(t, []string{"one", "two"}, []string{<-acted, <-acted})
	require.Empty(t, settled)
	require.NoError(t, one.Write().Exec("INSERT INTO settings (name, value) VALUES ('a', 'b')").Error)
	require.ElementsMatch(t, []string{"one", "two"}, []string{<-settled, <-settled})
	require.Empty(t, acted)
}
