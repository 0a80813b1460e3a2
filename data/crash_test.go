package data

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// The crash tests run the test binary itself as a child that performs one act and is killed at a random moment.
const (
	crashAct  = "CONSIGN_CRASH_ACT"
	crashPath = "CONSIGN_CRASH_PATH"
)

const crashDevices = 100_000

func TestMain(m *testing.M) {
	disktest.Main(fileWorks...)
	if act := os.Getenv(crashAct); act != "" {
		os.Exit(crashChild(act, os.Getenv(crashPath)))
	}
	if role := os.Getenv(deskRole); role != "" {
		os.Exit(deskChild(role))
	}
	os.Exit(m.Run())
}

// crashAccounts are the ids that newDesk gives.
const (
	crashReseller = 1
	crashMSP      = 3
	crashCustomer = 4
)

// crashChild performs the act on the register at path; its exit code is 0 when the act is confirmed.
func crashChild(act, path string) int {
	if act == "sample" {
		fmt.Println("ready")
		_, err := OpenSample(ctx, path, Options{}, func(months, _ int) {
			if self, err := os.FindProcess(os.Getpid()); err == nil && months == 5 {
				self.Kill()
			}
		})
		fmt.Fprintln(os.Stderr, "not killed", err)
		return 1
	}
	r, err := Open(path, Options{MustExist: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	v := model.As(model.MSP, crashMSP)
	fmt.Println("ready")
	switch act {
	case "upload":
		_, _, err = r.Uploads().Add(ctx, model.NewUpload{ResellerID: crashReseller, TargetID: crashMSP,
			UploadedBy: model.As(model.Reseller, crashReseller)},
			(&desk{made: crashDevices}).devices(crashDevices), nil)
	case "move":
		_, err = r.Devices().Move(ctx, all(v), crashCustomer, nil)
	case "delete":
		_, err = r.Devices().Delete(ctx, all(v), nil)
	case "undo upload", "undo move", "undo delete":
		var last model.Activity
		if last, err = r.Activity().LastUndoable(ctx); err == nil {
			_, err = r.Activity().Undo(ctx, last.ID, nil)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestActThatIsKilledIsWholeOrAbsent kills uploading, moving, deleting and undoing 100,000 devices at random moments.
func TestActThatIsKilledIsWholeOrAbsent(t *testing.T) {
	postgrestest.OfFiles(t)
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	d := newDesk(t)
	d.manage(d.contoso, model.JointlyManaged)
	d.register(d.north, true)
	d.upload(d.north, d.msp, d.devices(crashDevices)...)
	ready := d.copyTo(filepath.Join(t.TempDir(), "ready.db"))
	moving := d.done(d.Devices().Move(ctx, all(model.As(model.MSP, d.msp)), d.contoso, nil))
	moved := d.copyTo(filepath.Join(t.TempDir(), "moved.db"))
	d.done(d.Activity().Undo(ctx, moving.ActivityID, nil))
	d.done(d.Devices().Delete(ctx, all(model.As(model.MSP, d.msp)), nil))
	deleted := d.copyTo(filepath.Join(t.TempDir(), "deleted.db"))

	for act, from := range map[string]string{"upload": ready, "move": ready, "delete": ready, "undo upload": ready, "undo move": moved,
		"undo delete": deleted} {
		t.Run(act, func(t *testing.T) {
			whole := runUntilKilled(t, act, copyFile(t, from), time.Minute) // how long it takes when nobody kills it
			for range 2 {
				path := copyFile(t, from)
				after := time.Duration(rand.Int64N(int64(whole)))
				runUntilKilled(t, act, path, after)
				requireWholeOrAbsent(t, act, path, fmt.Sprintf("killed after %v of %v", after, whole))
			}
		})
	}
}

func (d *desk) copyTo(path string) string {
	require.NoError(d.t, d.Safe().Backup(ctx, path))
	return path
}

func copyFile(t *testing.T, from string) string {
	content, err := os.ReadFile(from)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "consign.db")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

// runUntilKilled starts the act in a child and kills it after a time, counted from when the register is open. It returns how long the
// child ran.
func runUntilKilled(t *testing.T, act, path string, after time.Duration) time.Duration {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashAct+"="+act, crashPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	_, err = out.Read(make([]byte, 16))
	require.NoError(t, err)
	begin := time.Now()
	timer := time.AfterFunc(after, func() { child.Process.Kill() })
	defer timer.Stop()
	if err := child.Wait(); err != nil {
		killed := -1 // by a signal
		if runtime.GOOS == "windows" {
			killed = 1
		}
		require.Equal(t, killed, child.ProcessState.ExitCode(), err)
	}
	return time.Since(begin)
}

func requireWholeOrAbsent(t *testing.T, act, path, when string) {
	r, err := Open(path, Options{MustExist: true})
	require.NoError(t, err)
	defer r.Close()
	d := &desk{Register: r, t: t}
	var answer string
	require.NoError(t, r.read.Raw("PRAGMA integrity_check").Scan(&answer).Error)
	require.Equal(t, "ok", answer, when)
	d.countersHold()
	living := d.value("SELECT count(*) FROM devices WHERE deleted IS NULL")
	moved := d.value("SELECT count(*) FROM devices WHERE moved_id IS NOT NULL")
	allowed := map[string][][2]int{
		"upload":      {{crashDevices, 0}, {2 * crashDevices, 0}},
		"move":        {{crashDevices, 0}, {crashDevices, crashDevices}},
		"delete":      {{crashDevices, 0}, {0, 0}},
		"undo upload": {{crashDevices, 0}, {0, 0}},
		"undo move":   {{crashDevices, crashDevices}, {crashDevices, 0}},
		"undo delete": {{0, 0}, {crashDevices, 0}},
	}[act]
	require.Contains(t, allowed, [2]int{living, moved}, when)
}

func TestFullDiskIsSaidAndLeavesTheRegisterWhole(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(100)...)
	pages := d.value("PRAGMA page_count")
	require.NoError(t, d.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+20)).Error)
	d.unchanged(func() {
		_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
			UploadedBy: model.As(model.Reseller, d.north)}, d.devices(20_000), nil)
		requireCode(t, model.DiskFull, "disk is full", err)
	})
	require.NoError(t, d.write.Exec("PRAGMA max_page_count = 1073741823").Error)
	d.upload(d.north, d.contoso, d.devices(20_000)...)
	d.countersHold()
}

func TestStoppedUploadLeavesNoTrace(t *testing.T) {
	d := newDesk(t)
	d.unchanged(func() {
		stopped, stop := context.WithCancel(ctx)
		_, _, err := d.Uploads().Add(stopped, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
			UploadedBy: model.As(model.Reseller, d.north)},
			d.devices(50_000), func(done, _ int) {
				if done >= 20_000 {
					stop()
				}
			})
		requireCode(t, model.Cancelled, "Nothing was changed", err)
	})
	d.upload(d.north, d.contoso, d.devices(10)...)
}

func TestReadingGoesOnDuringAnAct(t *testing.T) {
	d := newDesk(t)
	v := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(10)...)
	_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: v}, d.devices(10_000),
		func(int, int) {
			require.Len(t, d.sees(v), 10, "the act is not there before it is whole")
		})
	require.NoError(t, err)
	require.Len(t, d.sees(v), 10_010)
}

func TestBackupIsWholeAndCanBeRestored(t *testing.T) {
	d := newDesk(t)
	v := model.As(model.Reseller, d.north)
	d.upload(d.north, d.contoso, d.devices(10)...)
	backup := d.copyTo(filepath.Join(t.TempDir(), "backup.db"))
	disktest.ForItsOwner(t, backup)
	d.done(d.Devices().Delete(ctx, all(v), nil))

	if postgrestest.Wanted() {
		requireCode(t, model.Refused, "A shared register is not replaced", Restore(ctx, backup, d.Path()))
		return
	}
	requireCode(t, model.InUse, "another Consign", Restore(ctx, backup, d.Path()))
	to := filepath.Join(t.TempDir(), "consign.db")
	require.NoError(t, Restore(ctx, d.Path(), to))
	require.NoError(t, Restore(ctx, backup, to))
	for path, devices := range map[string]int{to: 10, Kept(to)[0]: 0} {
		r, err := Open(path, Options{MustExist: true})
		require.NoError(t, err)
		ids, err := r.Devices().IDs(ctx, model.DeviceQuery{View: v})
		require.NoError(t, err)
		require.Len(t, ids, devices, path)
		require.NoError(t, r.Close())
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(to), ".consign-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestFileThatIsNoBackupRestoresNothing(t *testing.T) {
	d := newDesk(t)
	to := d.copyTo(filepath.Join(t.TempDir(), "consign.db"))
	before, err := os.ReadFile(to)
	require.NoError(t, err)
	text := filepath.Join(t.TempDir(), "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("not a database at all"), 0o600))
	requireCode(t, model.NotRegister, "not a register", Restore(ctx, text, to))
	requireCode(t, model.NotFound, "does not exist", Restore(ctx, text+"2", to))
	cut := filepath.Join(t.TempDir(), "cut.db")
	require.NoError(t, os.WriteFile(cut, before[:len(before)/2], 0o600))
	require.Error(t, Restore(ctx, cut, to))
	after, err := os.ReadFile(to)
	require.NoError(t, err)
	require.Equal(t, before, after)
	requireCode(t, model.NotFound, "does not exist", d.Safe().Backup(ctx, filepath.Join(t.TempDir(), "no", "folder.db")))
}
