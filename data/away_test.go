package data

import (
	"fmt"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// soon waits until it is so, ten minutes at most.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within ten minutes", what)
		}
	}
}

func openAt(t *testing.T, path string) *Register {
	t.Helper()
	r, err := Open(path, Options{MustExist: true, Person: "Ben"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

func TestDeskThatLosesItsServerSaysSoRefusesActsAndComesBackByItself(t *testing.T) {
	for name, lose := range map[string]func(w *postgrestest.Wire, lost bool){"cut": (*postgrestest.Wire).Cut,
		"silent": (*postgrestest.Wire).Silence} {
		t.Run(name, func(t *testing.T) {
			d := sharedDesk(t)
			d.upload(d.north, d.contoso, d.devices(5)...)
			w, path := postgrestest.NewWire(t, d.Path())
			r := openAt(t, path)
			view := model.As(model.Reseller, d.north)
			var mu sync.Mutex
			var heard Change
			defer r.OnChange(func(c Change) { mu.Lock(); defer mu.Unlock(); heard |= c })()
			hears := func(c Change) bool { mu.Lock(); defer mu.Unlock(); return heard.Touches(c) }
			require.NoError(t, r.Away())
			lose(w, true)
			soon(t, "away", func() bool { return r.Away() != nil })
			require.Equal(t, model.Away, model.CodeOf(r.Away()))
			soon(t, "told", func() bool { return hears(ReachChanged) })
			_, err := r.Devices().Delete(ctx, all(view), nil)
			require.Equal(t, model.Away, model.CodeOf(err), err)
			_, err = r.Devices().IDs(ctx, model.DeviceQuery{View: view})
			require.Equal(t, model.Away, model.CodeOf(err), "nobody waits for it")
			require.Len(t, d.sees(view), 5)
			d.upload(d.north, d.contoso, d.devices(2)...)
			lose(w, false)
			soon(t, "back", func() bool { return r.Away() == nil })
			soon(t, "told of what others did meanwhile", func() bool { return hears(DevicesChanged) })
			_, err = r.Devices().Delete(ctx, all(view), nil)
			require.NoError(t, err, "the first act after it is back")
			require.Empty(t, d.sees(view))
		})
	}
}

// hang begins an act and says so. It never ends it.
func hang(r *Register) int {
	err := r.engine.Act(ctx, func(engine.Act) error {
		fmt.Println("holding")
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	})
	fmt.Fprintln(os.Stderr, err)
	return 0
}

// TestServerIsAskedToLetGoOfWhoIsGoneWithinTenSeconds reads what the server itself says of a desk's connection.
func TestServerIsAskedToLetGoOfWhoIsGoneWithinTenSeconds(t *testing.T) {
	d := sharedDesk(t)
	require.NoError(t, d.reading(ctx, func(c *reader) error {
		for setting, most := range map[string]int{"idle_in_transaction_session_timeout": 10_000, "client_connection_check_interval": 10_000} {
			n, err := c.number("SELECT setting::integer FROM pg_settings WHERE name = '" + setting + "'")
			require.NoError(t, err)
			require.Positive(t, n, setting)
			require.Less(t, n, most, setting)
		}
		return nil
	}))
}

func TestADeskHearsWhoDidWhatAtAnother(t *testing.T) {
	s := shareOffice(t).trading().share()
	clerk, approver := s.desks[model.Clerk], s.desks[model.Approver]
	heard := make(chan []model.Activity, 10)
	defer approver.OnOthers(func(acts []model.Activity) { heard <- acts })()
	defer clerk.OnOthers(func(acts []model.Activity) { t.Errorf("its own act: %v", acts) })()
	changed := make(chan Change, 10)
	defer approver.OnChange(func(c Change) { changed <- c })()
	clerk.upload(clerk.north, clerk.contoso, clerk.devices(40)...)
	select {
	case acts := <-heard:
		require.Len(t, acts, 1)
		require.Equal(t, "Clara", acts[0].PerformedBy)
		require.Equal(t, "Devices uploaded to Contoso: 40.", acts[0].Detail.String())
	case <-time.After(10 * time.Minute):
		t.Fatal("not heard within ten minutes")
	}
	c := <-changed
	require.True(t, c.Touches(DevicesChanged))
	require.False(t, c.Touches(SettingsChanged), "what is typed there stays")
}

// TestServerWhoseDiskIsFullIsNamedAndNothingIsChanged has the server say so, in the midst of an act.
func TestServerWhoseDiskIsFullIsNamedAndNothingIsChanged(t *testing.T) {
	d := sharedDesk(t)
	require.NoError(t, d.write.Exec(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
		CREATE TRIGGER full_disk BEFORE INSERT ON upload_models FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`).Error)
	d.unchanged(func() {
		new := model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north)}
		_, _, err := d.Uploads().Add(ctx, new, d.devices(3), nil)
		require.Equal(t, model.DiskFull, model.CodeOf(err), err)
		require.Contains(t, err.Error(), "The server's disk is full")
	})
	require.NoError(t, d.write.Exec("DROP TRIGGER full_disk ON upload_models").Error)
	d.upload(d.north, d.contoso, d.devices(3)...)
}
