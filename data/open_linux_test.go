package data

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// asOrdinaryUser lets the rest of the test, on its goroutine, reach files as somebody for whom modes count.
func asOrdinaryUser(t *testing.T) {
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	require.NoError(t, syscall.Setfsuid(nobody))
	t.Cleanup(func() {
		require.NoError(t, syscall.Setfsuid(0))
		runtime.UnlockOSThread()
	})
}

// readOnlyDesk is a closed register with a few devices that everybody may read and nobody write; its folder has the mode.
func readOnlyDesk(t *testing.T, file, folder os.FileMode) (path string) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(3)...)
	require.NoError(t, d.Close())
	require.NoError(t, os.Remove(d.Path()+".lock"))
	at := filepath.Dir(d.Path())
	require.NoError(t, os.Chmod(filepath.Dir(at), 0o755))
	require.NoError(t, os.Chmod(d.Path(), file))
	require.NoError(t, os.Chmod(at, folder))
	t.Cleanup(func() { os.Chmod(at, 0o755) })
	return d.Path()
}

func TestRegisterThatCannotBeWrittenOpensForReading(t *testing.T) {
	postgrestest.OfFiles(t)
	for name, c := range map[string]struct {
		file, folder os.FileMode
		why          string
	}{
		"file":            {0o444, 0o777, "its file is read-only"},
		"folder":          {0o666, 0o555, "its folder is read-only"},
		"file and folder": {0o444, 0o555, "its file is read-only"},
	} {
		t.Run(name, func(t *testing.T) {
			path := readOnlyDesk(t, c.file, c.folder)
			before := onDisk(t, path)
			asOrdinaryUser(t)
			r, err := Open(path, Options{MustExist: true})
			require.NoError(t, err)
			requireCode(t, model.Unwritable, c.why, r.ReadOnly())
			ids, err := r.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, crashReseller)})
			require.NoError(t, err)
			require.Len(t, ids, 3)
			_, err = r.Customers().Add(ctx, 2, 4, "")
			requireCode(t, model.Unwritable, c.why, err)
			requireCode(t, model.Unwritable, c.why, r.Settings().Set(ctx, PortalDateFormat, "YYYYMMDD"))
			require.NoError(t, r.Safe().Check(ctx))
			require.NoError(t, r.Close())
			after := onDisk(t, path)
			require.Equal(t, before[filepath.Base(path)], after[filepath.Base(path)])
		})
	}
}

func TestRegisterThatWasKilledIsReadFromAReadOnlyFolderWithItsLog(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(3)...)
	copied := copyWhileOpen(t, d.Register)
	shm, err := os.ReadFile(d.Path() + "-shm")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(copied+"-shm", shm, 0o600))
	folder := filepath.Dir(copied)
	require.NoError(t, os.Chmod(filepath.Dir(folder), 0o755))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		require.NoError(t, os.Chmod(copied+suffix, 0o444))
	}
	require.NoError(t, os.Chmod(folder, 0o555))
	t.Cleanup(func() { os.Chmod(folder, 0o755) })
	asOrdinaryUser(t)
	r, err := Open(copied, Options{MustExist: true})
	require.NoError(t, err)
	defer r.Close()
	require.Error(t, r.ReadOnly())
	ids, err := r.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, crashReseller)})
	require.NoError(t, err)
	require.Len(t, ids, 3, "they stand in the log alone")
}
