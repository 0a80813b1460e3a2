package data

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// folderOf is every file in the folder with its mode and content.
func folderOf(t testing.TB, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
		files[e.Name()] = fmt.Sprint(info.Mode(), " ", string(content))
	}
	return files
}

// registerOf makes a closed register with so many devices.
func registerOf(t testing.TB, path string, devices int) {
	t.Helper()
	r, err := Open(path, Options{})
	require.NoError(t, err)
	d := &desk{Register: r, t: t}
	d.north = d.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	d.contoso = d.account(model.Customer, "4600001586", "Contoso", false)
	if devices > 0 {
		d.upload(d.north, d.contoso, d.devices(devices)...)
	}
	require.NoError(t, r.Close())
}

func devicesIn(t testing.TB, path string) int {
	t.Helper()
	c, err := Inspect(ctx, path)
	require.NoError(t, err, path)
	return c.Devices
}

func TestLookingAtAFileLeavesNoTrace(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "register.db")
	registerOf(t, path, 7)
	require.NoError(t, os.Remove(path+".lock"))
	require.NoError(t, os.Chmod(path, 0o644))
	before := folderOf(t, folder)
	c, err := Inspect(ctx, path)
	require.NoError(t, err)
	require.Equal(t, 7, c.Devices)
	require.Equal(t, "Northwind Mobile", c.LastAct.PerformedBy)
	require.Equal(t, model.DevicesUploaded, c.LastAct.Event)
	require.WithinDuration(t, time.Now(), c.LastAct.At, time.Minute)
	require.Equal(t, before, folderOf(t, folder))
}

func TestWhatACrashLeftInTheLogIsSeenWithoutATrace(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(9)...)
	folder := t.TempDir()
	path := filepath.Join(folder, "crashed.db")
	for _, suffix := range []string{"", "-wal"} { // as a crash leaves them
		content, err := os.ReadFile(d.Path() + suffix)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path+suffix, content, 0o640))
	}
	before := folderOf(t, folder)
	require.Equal(t, 9, devicesIn(t, path))
	require.Equal(t, before, folderOf(t, folder))
}

func TestRestoringTwiceKeepsBothRegisters(t *testing.T) {
	folder := t.TempDir()
	to := filepath.Join(folder, "register.db")
	first, second := filepath.Join(folder, "first.db"), filepath.Join(folder, "second.db")
	registerOf(t, to, 1)
	registerOf(t, first, 2)
	registerOf(t, second, 3)
	require.NoError(t, Restore(ctx, first, to))
	require.NoError(t, Restore(ctx, second, to))
	require.Equal(t, 3, devicesIn(t, to))
	kept := Kept(to)
	require.Len(t, kept, 2)
	require.ElementsMatch(t, []int{1, 2}, []int{devicesIn(t, kept[0]), devicesIn(t, kept[1])})
	require.Contains(t, filepath.Base(kept[0]), "register before restore "+time.Now().Format("2006-01-02"))
	for _, e := range folderNames(t, folder) {
		require.NotContains(t, e, ".consign-")
		require.NotContains(t, e, ".restor")
	}
}

func folderNames(t testing.TB, folder string) (names []string) {
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// badBackups are files that cannot be restored, each with its code and a part of its sentence.
var badBackups = map[string]struct {
	code model.Code
	part string
	make func(t *testing.T, path string)
}{
	"empty": {model.NotRegister, "The file is empty", func(t *testing.T, path string) { require.NoError(t, os.WriteFile(path, nil, 0o644)) }},
	"text": {model.NotRegister, "not a register", func(t *testing.T, path string) {
		require.NoError(t,
			os.WriteFile(path, []byte("IMEI\n1\n"), 0o644))
	}},
	"folder": {model.NotRegister, "not a register", func(t *testing.T, path string) { require.NoError(t, os.Mkdir(path, 0o755)) }},
	"foreign": {model.NotRegister, "not a register", func(t *testing.T, path string) {
		require.NoError(t, os.WriteFile(path, []byte(foreignDatabase(t)), 0o644))
	}},
	"missing": {model.NotFound, "does not exist", func(*testing.T, string) {}},
	"newer": {model.Newer, "newer Consign", func(t *testing.T, path string) {
		registerOf(t, path, 3)
		edit(t, path, "INSERT INTO migrations (id) VALUES ('9999_later')")
	}},
	"cut": {model.Damaged, "The backup is damaged", func(t *testing.T, path string) {
		registerOf(t, path, 200)
		s, err := os.Stat(path)
		require.NoError(t, err)
		require.NoError(t, os.Truncate(path, s.Size()/2))
	}},
	"a page of zeros": {model.Damaged, "The backup is damaged", func(t *testing.T, path string) {
		registerOf(t, path, 200)
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		clear(content[len(content)-4096:])
		require.NoError(t, os.WriteFile(path, content, 0o644))
	}},
	"wrong counter": {model.Damaged, "The backup is damaged", func(t *testing.T, path string) {
		registerOf(t, path, 3)
		edit(t, path, "UPDATE uploads SET devices = 2")
	}},
	"no table": {model.Damaged, "The backup is damaged", func(t *testing.T, path string) {
		edit(t, path, fmt.Sprintf("PRAGMA application_id = %d; CREATE TABLE migrations (id); INSERT INTO migrations VALUES ('0001_register')",
			0x434E5347))
	}},
}

func edit(t testing.TB, path, sql string) {
	t.Helper()
	db, err := connect(path)
	require.NoError(t, err)
	require.NoError(t, db.Exec(sql).Error)
	require.NoError(t, engine.ClosePool(db))
}

func TestBackupThatCannotBeRestoredChangesNothing(t *testing.T) {
	for name, bad := range badBackups {
		t.Run(name, func(t *testing.T) {
			ours, theirs := t.TempDir(), t.TempDir()
			to, from := filepath.Join(ours, "register.db"), filepath.Join(theirs, "backup.db")
			registerOf(t, to, 5)
			bad.make(t, from)
			before := folderOf(t, ours)
			var foreign map[string]string
			if name != "folder" {
				foreign = folderOf(t, theirs)
			}
			requireCode(t, bad.code, bad.part, Restore(ctx, from, to))
			require.Equal(t, before, folderOf(t, ours))
			if name != "folder" {
				require.Equal(t, foreign, folderOf(t, theirs))
			}
		})
	}
}

func TestBackupNeverReplacesWhatConsignWorksWith(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(5)...)
	folder := filepath.Dir(d.Path())
	sample := filepath.Join(folder, "sample.db")
	registerOf(t, sample, 2)
	kept := filepath.Join(folder, "consign before restore 2026-11-25 1042.db")
	registerOf(t, kept, 2)
	require.NoError(t, os.Remove(kept+".lock"))
	hard := filepath.Join(folder, "hard.db")
	require.NoError(t, os.Link(d.Path(), hard))
	own := []string{d.Path(), d.Path() + "-wal", d.Path() + "-shm", d.Path() + ".lock", d.Path() + "-journal", hard, sample, sample + "-wal",
		kept, filepath.Join(folder, ".", "consign.db")}
	if disktest.HasLinks(t) {
		link, toSample, linked := filepath.Join(folder, "link.db"), filepath.Join(folder, "to-sample.db"), filepath.Join(t.TempDir(), "folder")
		require.NoError(t, os.Symlink(d.Path(), link))
		require.NoError(t, os.Symlink(sample, toSample))
		require.NoError(t, os.Symlink(folder, linked))
		own = append(own, link, toSample, filepath.Join(linked, "consign.db"), filepath.Join(linked, "CONSIGN.DB-journal"))
	}
	before := folderNames(t, folder)
	for _, to := range own {
		requireCode(t, model.Refused, "another name", d.Safe().Backup(ctx, to))
	}
	require.Equal(t, before, folderNames(t, folder))
	require.Equal(t, 5, devicesIn(t, d.Path()))
	require.Equal(t, 2, devicesIn(t, sample))
	requireCode(t, model.Unwritable, "it is no file", d.Safe().Backup(ctx, folder))
	require.NoError(t, d.Safe().Check(ctx))
}

func TestDamagedRegisterNeverReplacesAGoodBackup(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(5)...)
	backup := filepath.Join(t.TempDir(), "backup.db")
	require.NoError(t, d.Safe().Backup(ctx, backup))
	good := folderOf(t, filepath.Dir(backup))
	require.NoError(t, d.write.Exec("UPDATE uploads SET devices = 99").Error)
	requireCode(t, model.Damaged, "the backup that was there stays", d.Safe().Backup(ctx, backup))
	require.Equal(t, good, folderOf(t, filepath.Dir(backup)))
}

func TestBackupIsOneStateWhileActsGoOn(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(500)...)
	more := make(chan error)
	stop := make(chan struct{})
	list := d.devices(200)
	go func() {
		defer close(more)
		for _, device := range list {
			select {
			case <-stop:
				return
			default:
				_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
					UploadedBy: model.As(model.Reseller, d.north)}, []model.NewDevice{device}, nil)
				if err != nil {
					more <- err
					return
				}
			}
		}
	}()
	backup := filepath.Join(t.TempDir(), "backup.db")
	for range 3 {
		require.NoError(t, d.Safe().Backup(ctx, backup))
		require.GreaterOrEqual(t, devicesIn(t, backup), 500)
	}
	close(stop)
	require.NoError(t, <-more)
	require.Equal(t, []string{"backup.db"}, folderNames(t, filepath.Dir(backup)))
}

func TestStartWithoutItsRegisterNamesTheKeptOne(t *testing.T) {
	folder := t.TempDir()
	to := filepath.Join(folder, "register.db")
	registerOf(t, to, 4)
	kept := filepath.Join(folder, "register before restore 2026-11-25 1042.db")
	require.NoError(t, os.Rename(to, kept))
	_, err := Open(to, Options{})
	requireCode(t, model.KeptOnly, "register before restore 2026-11-25 1042.db", err)
	require.NoFileExists(t, to)
	list, err := BackupsOf(ctx, to, Keeping{})
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, 4, list[0].Contents.Devices)
	require.NoError(t, Restore(ctx, list[0].Path, to))
	require.Equal(t, 4, devicesIn(t, to))
	require.FileExists(t, kept)

	require.NoError(t, os.Remove(to))
	r, err := Open(to, Options{Anew: true})
	require.NoError(t, err)
	require.NoError(t, r.Close())
}
