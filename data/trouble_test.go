package data

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/data/disk/disktest"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// The register of the works, and what is beside it.
const (
	itsRegister = "register.db"
	itsBackup   = "backup.db"
	itsBackups  = "Backups"
	itsStick    = "stick"
)

func in(folder string, names ...string) string {
	return filepath.Join(append([]string{folder}, names...)...)
}

// fileWorks are what the register does with files. It opens the register as the next start does; the old state has 3 devices.
var fileWorks = []disktest.Work{
	{Name: "backup that replaces one", Ready: readyToBackUp, Do: func(folder string) error {
		return opened(folder, Keeping{}, func(r *Register) error { return r.Safe().Backup(ctx, in(folder, itsBackup)) })
	}, State: byDevices(itsBackup, 2, 3)},
	{Name: "restore", Ready: readyToRestore, Do: restoreWork, State: restoreState},
	{Name: "restore after a crash", Ready: readyAfterCrash, Do: restoreWork, State: restoreState},
	{Name: "restore of an old backup", Ready: func(t testing.TB, folder string) {
		registerOf(t, in(folder, itsRegister), 3)
		require.NoError(t, os.Rename(firstRegister(t), in(folder, itsBackup)))
	}, Do: restoreWork, State: byDevices(itsRegister, 3, 4)},
	{Name: "restore where no register is", Ready: func(t testing.TB, folder string) { registerOf(t, in(folder, itsBackup), 5) },
		Do: restoreWork,
		State: func(t testing.TB, folder, when string) disktest.State {
			if !disk.Exists(in(folder, itsRegister)) && !disk.Exists(in(folder, itsRegister+restoring)) {
				return disktest.Old
			}
			return byDevices(itsRegister, -1, 5)(t, folder, when)
		}},
	{Name: "daily backup with rotation and a second folder", Ready: readyForDaily, Do: func(folder string) error {
		return opened(folder, keepingOf(folder), func(r *Register) error {
			_, err := r.Safe().BackUpDaily(ctx)
			return err
		})
	}, State: dailyState},
	{Name: "migration with its backup", Ready: func(t testing.TB, folder string) {
		require.NoError(t, os.Rename(firstRegister(t), in(folder, itsRegister)))
	}, Do: func(folder string) error {
		return opened(folder, Keeping{Folder: in(folder, itsBackups)}, func(*Register) error { return nil })
	}, State: migrationState},
	{Name: "large deletion with its backup", Ready: func(t testing.TB, folder string) { registerOf(t, in(folder, itsRegister), 1_500) },
		Do: func(folder string) error {
			return opened(folder, Keeping{Folder: in(folder, itsBackups)}, func(r *Register) error {
				v := model.As(model.Reseller, 1)
				if ids, err := r.Devices().IDs(ctx, model.DeviceQuery{View: v}); err != nil || len(ids) == 0 {
					return err // done before
				}
				_, err := r.Devices().Delete(ctx, all(v), nil)
				return err
			})
		}, State: deletionState},
}

func TestRegisterIsOldOrNewWhateverCallMeetsTrouble(t *testing.T) {
	postgrestest.OfFiles(t)
	if testing.Short() {
		t.Skip("starts a process for each call")
	}
	disktest.Table(t, fileWorks...)
}

// opened does something with the register of the folder.
func opened(folder string, k Keeping, do func(*Register) error) error {
	r, err := Open(in(folder, itsRegister), Options{MustExist: true, Backups: k})
	if err != nil {
		return err
	}
	if err := do(r); err != nil {
		r.Close()
		return err
	}
	return r.Close()
}

func restoreWork(folder string) error {
	return Restore(ctx, in(folder, itsBackup), in(folder, itsRegister))
}

func readyToBackUp(t testing.TB, folder string) {
	registerOf(t, in(folder, itsBackup), 2)
	require.NoError(t, os.Remove(in(folder, itsBackup+".lock")))
	registerOf(t, in(folder, itsRegister), 3)
}

func readyToRestore(t testing.TB, folder string) {
	registerOf(t, in(folder, itsRegister), 3)
	registerOf(t, in(folder, itsBackup), 5)
}

// readyAfterCrash has a register of which all is in the log.
func readyAfterCrash(t testing.TB, folder string) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(3)...)
	for _, suffix := range []string{"", "-wal"} {
		require.NoError(t, disk.Copy(d.Path()+suffix, in(folder, itsRegister+suffix), disk.Private))
	}
	registerOf(t, in(folder, itsBackup), 5)
}

// devicesAtStart opens the register as the next start does, and counts.
func devicesAtStart(t testing.TB, path, when string) int {
	t.Helper()
	r, err := Open(path, Options{MustExist: true})
	require.NoError(t, err, when)
	defer r.Close()
	require.NoError(t, r.Safe().Check(ctx), when)
	c, err := r.Safe().Contents(ctx)
	require.NoError(t, err, when)
	return c.Devices
}

// byDevices tells the state by how many devices a file has.
func byDevices(name string, before, after int) func(testing.TB, string, string) disktest.State {
	return func(t testing.TB, folder, when string) disktest.State {
		n := 0
		if name == itsRegister {
			n = devicesAtStart(t, in(folder, name), when)
		} else {
			n = devicesIn(t, in(folder, name))
		}
		require.Contains(t, []int{before, after}, n, when)
		if n == after {
			return disktest.New
		}
		return disktest.Old
	}
}

// restoreState: the register is the old one or the backup, and then the old one is kept.
func restoreState(t testing.TB, folder, when string) disktest.State {
	s := byDevices(itsRegister, 3, 5)(t, folder, when)
	if s == disktest.New {
		n := 0
		for _, kept := range Kept(in(folder, itsRegister)) {
			if devicesIn(t, kept) == 3 {
				n++
			}
		}
		require.Equal(t, 1, n, "the old register is kept: %s", when)
	}
	require.NoFileExists(t, in(folder, itsRegister+restored), when)
	return s
}

func keepingOf(folder string) Keeping {
	return Keeping{Folder: in(folder, itsBackups), Second: in(folder, itsStick)}
}

// readyForDaily has backups of eight days, so that one goes when the next comes; the stick lacks one of them.
func readyForDaily(t testing.TB, folder string) {
	registerOf(t, in(folder, itsRegister), 3)
	require.NoError(t, os.Mkdir(in(folder, itsBackups), 0o700))
	require.NoError(t, os.Mkdir(in(folder, itsStick), 0o700))
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.Local) // eight days of one month and two weeks
	for day := range 8 {
		name := automaticName(itsRegister, at.AddDate(0, 0, day))
		require.NoError(t, disk.Copy(in(folder, itsRegister), in(folder, itsBackups, name), disk.Private))
		if day != 5 {
			require.NoError(t, disk.Copy(in(folder, itsRegister), in(folder, itsStick, name), disk.Private))
		}
	}
}

// dailyState: every backup that is there can be restored, none of a living time is missing, and the register is untouched. It is new once
// both folders have the backup of today.
func dailyState(t testing.TB, folder, when string) disktest.State {
	require.Equal(t, 3, devicesAtStart(t, in(folder, itsRegister), when), when)
	today := 0
	for _, place := range []string{itsBackups, itsStick} {
		list := backupsIn(in(folder, place), itsRegister)
		require.GreaterOrEqual(t, len(list), keptDays, when)
		for _, b := range list {
			c, err := Look(ctx, b.Path)
			require.NoError(t, err, when)
			require.Equal(t, 3, c.Devices, when)
		}
		if len(list) > 0 && dayOf(list[0].At) == dayOf(time.Now()) {
			today++
		}
	}
	if today == 2 {
		return disktest.New
	}
	return disktest.Old
}

// migrationState: the register can be opened, and as soon as its schema is the new one there is a backup with the old one.
func migrationState(t testing.TB, folder, when string) disktest.State {
	e, err := lookInto(ctx, in(folder, itsRegister))
	require.NoError(t, err)
	pending, err := e.Pending(ctx)
	require.NoError(t, err)
	require.NoError(t, e.Close())
	if len(pending) > 0 {
		return disktest.Old
	}
	backups := append(backupsIn(in(folder, itsBackups), itsRegister), backupsIn(folder, itsRegister)...)
	require.NotEmpty(t, backups, when)
	require.Equal(t, 4, devicesIn(t, backups[0].Path), when)
	return disktest.New
}

// deletionState: the devices are there, or a backup with them is.
func deletionState(t testing.TB, folder, when string) disktest.State {
	if devicesAtStart(t, in(folder, itsRegister), when) == 1_500 {
		return disktest.Old
	}
	backups := backupsIn(in(folder, itsBackups), itsRegister)
	require.NotEmpty(t, backups, when)
	require.Equal(t, 1_500, devicesIn(t, backups[0].Path), when)
	return disktest.New
}
