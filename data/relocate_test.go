package data

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/model"
)

// moving is a register with some devices that was closed, and a folder for it.
func moving(t *testing.T) (from, to string, devices int) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(50)...)
	from = filepath.Join(t.TempDir(), "register.db")
	require.NoError(t, d.Safe().Backup(t.Context(), from))
	return from, filepath.Join(t.TempDir(), "register.db"), 50
}

// holds is how many devices the register at path holds.
func holds(t *testing.T, path string) int {
	t.Helper()
	c, err := Inspect(t.Context(), path)
	require.NoError(t, err)
	return c.Devices
}

func TestRegisterMovesToAnotherFolderWholeAndTheOldOneIsSetAside(t *testing.T) {
	from, to, devices := moving(t)
	require.NoError(t, Relocate(t.Context(), from, to))
	require.Equal(t, devices, holds(t, to))
	require.Equal(t, devices, holds(t, from), "until the new one is open it is there, too")
	r, err := Open(to, Options{MustExist: true})
	require.NoError(t, err)
	require.NoError(t, r.Close())

	kept, err := SetAside(from)
	require.NoError(t, err)
	require.NoFileExists(t, from)
	require.Contains(t, filepath.Base(kept), " before move ")
	require.Equal(t, devices, holds(t, kept))
}

func TestRegisterIsNotMovedOntoAnythingNorWhileItIsOpen(t *testing.T) {
	from, to, devices := moving(t)
	require.NoError(t, os.WriteFile(to, []byte("something else"), 0o600))
	require.Equal(t, model.Exists, model.CodeOf(Relocate(t.Context(), from, to)))
	text, err := os.ReadFile(to)
	require.NoError(t, err)
	require.Equal(t, "something else", string(text))
	require.Equal(t, model.Refused, model.CodeOf(Relocate(t.Context(), from, filepath.Join(filepath.Dir(from), "other.db"))))
	require.Equal(t, model.NotFound, model.CodeOf(Relocate(t.Context(), from, filepath.Join(t.TempDir(), "missing", "register.db"))))

	r, err := Open(from, Options{MustExist: true})
	require.NoError(t, err)
	other := filepath.Join(t.TempDir(), "register.db")
	require.Equal(t, model.InUse, model.CodeOf(Relocate(t.Context(), from, other)))
	require.NoFileExists(t, other)
	require.NoError(t, r.Close())
	require.Equal(t, devices, holds(t, from))
}

func TestMovingLeavesTheOldRegisterAsItWasWhateverFileCallFails(t *testing.T) {
	from, to, devices := moving(t)
	for n := 1; ; n++ {
		calls := 0
		end := disk.OnCall(func(disk.Call) error {
			if calls++; calls == n {
				return os.ErrPermission
			}
			return nil
		})
		err := Relocate(context.Background(), from, to)
		end()
		require.Equal(t, devices, holds(t, from), "call %d", n)
		if _, missing := os.Stat(to); missing == nil {
			require.Equal(t, devices, holds(t, to), "what has the name is whole; call %d", n)
			require.NoError(t, os.Remove(to))
		}
		if calls < n {
			require.NoError(t, err)
			return // every call has failed once
		}
	}
}
