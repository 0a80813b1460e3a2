package data

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/data/sheet"
	"consign/model"
)

// mounted is a disk of its own, of so many bytes. Only root can have one; modes and faults on demand stand for it elsewhere.
func mounted(t *testing.T, size string) string {
	t.Helper()
	return mountedAt(t, t.TempDir(), size)
}

func mountedAt(t *testing.T, folder, size string) string {
	t.Helper()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("no disk can be mounted here:", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(folder, syscall.MNT_DETACH)) })
	return folder
}

// fill takes what room is left on the disk of the folder, and gives it back when it is called.
func fill(t *testing.T, folder string) (empty func()) {
	t.Helper()
	path := filepath.Join(folder, "holiday pictures")
	f, err := os.Create(path)
	require.NoError(t, err)
	for size := 1 << 16; size > 0; { // to the last page
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	require.NoError(t, f.Close())
	return func() { require.NoError(t, os.Remove(path)) }
}

// export writes a table of some identifiers.
func export(path string) error {
	table := sheet.Table{Columns: []sheet.Column{{Title: "IMEI"}}}
	if filepath.Ext(path) == ".xlsx" {
		table.Format = sheet.XLSX
	}
	w, err := sheet.Create(path, table)
	if err != nil {
		return err
	}
	defer w.Close()
	for range 2_000 {
		if err := w.Write([]string{"351921580053066"}); err != nil {
			return err
		}
	}
	return w.Commit(ctx)
}

func TestFullDiskIsToldByAllThatWritesAndChangesNothing(t *testing.T) {
	postgrestest.OfFiles(t)
	folder := mounted(t, "16m")
	elsewhere := filepath.Join(t.TempDir(), "backup.db")
	registerOf(t, elsewhere, 500)
	r, err := Open(filepath.Join(folder, "register.db"), Options{})
	require.NoError(t, err)
	d := &desk{Register: r, t: t}
	d.north = d.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	d.contoso = d.account(model.Customer, "4600001586", "Contoso", false)
	d.upload(d.north, d.contoso, d.devices(10)...)
	old := filepath.Join(folder, "old.csv")
	require.NoError(t, os.WriteFile(old, []byte("before"), 0o600))
	empty := fill(t, folder)
	d.unchanged(func() {
		_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
			UploadedBy: model.As(model.Reseller, d.north)}, d.devices(20_000), nil)
		requireCode(t, model.DiskFull, "disk is full", err)
		requireCode(t, model.DiskFull, "disk is full", d.Safe().Backup(ctx, filepath.Join(folder, "backup.db")))
		requireCode(t, model.DiskFull, "disk is full", export(old))
		requireCode(t, model.DiskFull, "disk is full", export(filepath.Join(folder, "new.xlsx")))
	})
	text, err := os.ReadFile(old)
	require.NoError(t, err)
	require.Equal(t, "before", string(text))
	require.NoError(t, d.Close())
	before := onDisk(t, d.Path())
	requireCode(t, model.DiskFull, "disk is full", Restore(ctx, elsewhere, d.Path()))
	require.Equal(t, before[filepath.Base(d.Path())], onDisk(t, d.Path())[filepath.Base(d.Path())])
	require.NoFileExists(t, filepath.Join(folder, "backup.db"))
	require.NoFileExists(t, filepath.Join(folder, "new.xlsx"))

	r, err = Open(d.Path(), Options{MustExist: true}) // its log found no room in the file
	require.NoError(t, err)
	_, err = r.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: "4600001599", CompanyName: "Tailspin"})
	requireCode(t, model.DiskFull, "disk is full", err)
	require.NoError(t, r.Close())
	empty()
	r, err = Open(d.Path(), Options{MustExist: true})
	require.NoError(t, err)
	require.NoError(t, r.ReadOnly())
	(&desk{Register: r, t: t}).logHolds()
	require.NoError(t, r.Safe().Check(ctx))
	require.NoError(t, r.Close())
}

func TestReadOnlyDiskIsToldByAllThatWrites(t *testing.T) {
	postgrestest.OfFiles(t)
	folder := mounted(t, "16m")
	elsewhere := filepath.Join(t.TempDir(), "backup.db")
	registerOf(t, elsewhere, 500)
	path := filepath.Join(folder, "register.db")
	registerOf(t, path, 10)
	before := onDisk(t, path)
	require.NoError(t, syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	r, err := Open(path, Options{MustExist: true})
	require.NoError(t, err)
	requireCode(t, model.Unwritable, "disk is read-only", r.ReadOnly())
	_, err = r.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: "4600001599", CompanyName: "Tailspin"})
	requireCode(t, model.Unwritable, "disk is read-only", err)
	requireCode(t, model.Unwritable, "disk is read-only", r.Safe().Backup(ctx, filepath.Join(folder, "backup.db")))
	requireCode(t, model.Unwritable, "disk is read-only", export(filepath.Join(folder, "new.csv")))
	require.NoError(t, r.Safe().Backup(ctx, elsewhere+" of it.db"), "elsewhere there is room")
	require.Equal(t, 10, devicesIn(t, elsewhere+" of it.db"))
	require.NoError(t, r.Close())
	requireCode(t, model.Unwritable, "disk is read-only", Restore(ctx, elsewhere, path))
	_, err = Open(filepath.Join(folder, "new.db"), Options{})
	requireCode(t, model.Unwritable, "disk is read-only", err)
	require.Equal(t, before, onDisk(t, path))
}

// TestFullDiskOfAServerIsToldAndChangesNothing has a server keep the register on a disk that an upload does not fit on, and then makes
// that larger.
func TestFullDiskOfAServerIsToldAndChangesNothing(t *testing.T) {
	c := postgrestest.NewCluster(t)
	folder := filepath.Join(c.Folder, "disk")
	require.NoError(t, os.Mkdir(folder, 0o700))
	mountedAt(t, folder, "12m")
	c.Own(folder)
	c.Start()
	c.SQL("CREATE TABLESPACE small LOCATION '" + folder + "'")
	c.SQL("ALTER DATABASE postgres SET default_tablespace = small")
	t.Setenv(postgrestest.Location, fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres", postgrestest.Superuser, c.Port))

	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(10)...)
	many := d.devices(100_000)
	add := func() error {
		_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
			UploadedBy: model.As(model.Reseller, d.north)}, many, nil)
		return err
	}
	d.unchanged(func() { requireCode(t, model.DiskFull, "The server's disk is full", add()) })
	require.Len(t, d.sees(model.As(model.Reseller, d.north)), 10, "reading goes on")
	require.NoError(t, syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT, "size=200m"))
	require.NoError(t, add())
	require.Len(t, d.sees(model.As(model.Reseller, d.north)), 10+len(many))
	require.NoError(t, d.Safe().Check(ctx))
}
