package data

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// onDisk is what stands in the folder of path: names, modes and contents.
func onDisk(t testing.TB, path string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	all := map[string]string{}
	for _, entry := range entries {
		info, err := entry.Info()
		require.NoError(t, err)
		content := ""
		if info.Mode().IsRegular() {
			read, err := os.ReadFile(filepath.Join(filepath.Dir(path), entry.Name()))
			require.NoError(t, err)
			content = string(read)
		}
		all[entry.Name()] = info.Mode().String() + content
	}
	return all
}

func TestForeignFileAndItsFolderStayAsTheyAre(t *testing.T) {
	postgrestest.OfFiles(t)
	files := map[string]func(path string){
		"text":   func(path string) { must(os.WriteFile(path, []byte("IMEI\n351921580053066\n"), 0o644)) },
		"short":  func(path string) { must(os.WriteFile(path, []byte("SQLite format 3\x00"), 0o644)) },
		"folder": func(path string) { must(os.Mkdir(path, 0o755)) },
		"link to a text": func(path string) {
			must(os.WriteFile(path+".txt", []byte("IMEI"), 0o644))
			must(os.Symlink(path+".txt", path))
		},
		"database": func(path string) { foreign(path, "PRAGMA user_version = 1") },
		"database with a log of its own": func(path string) {
			foreign(path, "PRAGMA journal_mode = WAL")
			must(os.WriteFile(path+"-wal", []byte("what another program has not finished"), 0o644))
		},
	}
	if !disktest.HasLinks(t) {
		delete(files, "link to a text")
	}
	for name, make := range files {
		for _, mustExist := range []bool{true, false} {
			path := filepath.Join(t.TempDir(), "register.db")
			make(path)
			before := onDisk(t, path)
			_, err := Open(path, Options{MustExist: mustExist})
			require.Equal(t, model.NotRegister, model.CodeOf(err), "%s: %v", name, err)
			require.Equal(t, before, onDisk(t, path), name)
		}
	}
}

// foreign makes a database of another program.
func foreign(path, pragma string) {
	db, err := sql.Open("sqlite", path)
	must(err)
	for _, statement := range []string{pragma, "CREATE TABLE song (title)", "INSERT INTO song VALUES ('x')"} {
		_, err := db.Exec(statement)
		must(err)
	}
	must(db.Close())
	must(os.Chmod(path, 0o644))
}

func TestEmptyFileIsNoRegisterWhereOneMustBe(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "register.db")
	must(os.WriteFile(path, nil, 0o644))
	before := onDisk(t, path)
	_, err := Open(path, Options{MustExist: true})
	requireCode(t, model.NotRegister, "empty", err)
	require.Equal(t, before, onDisk(t, path))
	r, err := Open(path, Options{})
	require.NoError(t, err, "where a register may be made it becomes one")
	require.NoError(t, r.Close())
}

func TestFileThatWasCutToNothingBesideItsLogIsToldAsDamaged(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	copied := copyWhileOpen(t, r)
	must(os.Truncate(copied, 0))
	before := onDisk(t, copied)
	_, err := Open(copied, Options{})
	requireCode(t, model.Damaged, "its file is empty", err)
	require.Equal(t, before, onDisk(t, copied), "SQLite would have removed the log, which has everything")
}

func TestRegisterWithAnotherBeginningIsToldAsDamaged(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	require.NoError(t, r.Close())
	file, err := os.OpenFile(r.Path(), os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = file.WriteAt(make([]byte, 4096), 0)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	_, err = Open(r.Path(), Options{})
	requireCode(t, model.Damaged, "its beginning", err)
}

// copyWhileOpen copies the file of an open register and its log, as if the machine had ended now.
func copyWhileOpen(t testing.TB, r *Register) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "consign.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(r.Path() + suffix)
		require.NoError(t, err)
		must(os.WriteFile(copied+suffix, content, 0o600))
	}
	return copied
}

func TestRegisterThatWasKilledOnItsFirstDayIsKnownByItsLog(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	require.NoError(t, r.Settings().Set(ctx, PortalDateFormat, "YYYYMMDD"))
	copied := copyWhileOpen(t, r)
	head, err := os.ReadFile(copied)
	require.NoError(t, err)
	require.NotEqual(t, "CNSG", string(head[68:72]), "the file itself does not say so yet: else this test tests nothing")
	again, err := Open(copied, Options{MustExist: true})
	require.NoError(t, err)
	defer again.Close()
	value, err := again.Settings().Value(ctx, PortalDateFormat)
	require.NoError(t, err)
	require.Equal(t, "YYYYMMDD", value)
}

// held has another program hold the register at path until free is called.
func held(t *testing.T, path string) (free func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	conn, err := db.Conn(ctx)
	require.NoError(t, err)
	_, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	require.NoError(t, err)
	return func() {
		_, err := conn.ExecContext(ctx, "ROLLBACK")
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		require.NoError(t, db.Close())
	}
}

func TestLockOfAnotherProgramIsWaitedForWithASentence(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	require.NoError(t, r.Close())
	free := held(t, r.Path())
	var told []string
	again, err := OpenContext(ctx, r.Path(), Options{MustExist: true, Waiting: func(why *model.Error) {
		told = append(told, why.Text.String())
		time.AfterFunc(600*time.Millisecond, free)
	}})
	require.NoError(t, err)
	require.NoError(t, again.Close())
	require.Equal(t, []string{"Another program holds the register. Consign opens it as soon as it is free."}, told)
}

func TestWaitingForAnotherProgramCanBeCancelled(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	require.NoError(t, r.Close())
	defer held(t, r.Path())()
	waiting, cancel := context.WithCancel(ctx)
	_, err := OpenContext(waiting, r.Path(), Options{Waiting: func(*model.Error) { cancel() }})
	require.Equal(t, model.Cancelled, model.CodeOf(err), "%v", err)
}

func TestNewRegisterUnderALockOfAnotherProgramIsRefusedWithASentence(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "consign.db")
	must(os.WriteFile(path, nil, 0o600))
	defer held(t, path)()
	_, err := Open(path, Options{})
	requireCode(t, model.InUse, "another program works on it", err)
}

func TestUncleanEndOfADamagedRegisterIsToldWhenItIsOpened(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.damageable()
	copied := copyWhileOpen(t, d.Register)
	r, err := Open(copied, Options{MustExist: true})
	require.NoError(t, err, "sound: it opens")
	require.NoError(t, r.Close())
	content, err := os.ReadFile(copied)
	require.NoError(t, err)
	for _, root := range d.roots(t) {
		clear(content[(root-1)*4096 : root*4096])
	}
	must(os.WriteFile(copied, content, 0o600))
	r, err = Open(copied, Options{MustExist: true})
	require.NoError(t, err, "it was closed: nobody looks at once")
	require.NoError(t, r.Settings().Set(ctx, PortalDateFormat, "YYYYMMDD"))
	again := copyWhileOpen(t, r)
	require.NoError(t, r.Close())
	_, err = Open(again, Options{MustExist: true})
	requireCode(t, model.Damaged, "damaged", err)
}

// roots are the first pages of the tables of devices and placements.
func (d *desk) roots(t *testing.T) (pages []int) {
	require.NoError(t, d.read.Raw("SELECT rootpage FROM sqlite_schema WHERE name IN ('devices', 'placements')").Scan(&pages).Error)
	require.NotEmpty(t, pages)
	return pages
}

func TestActsAreRefusedOnceDamageIsFoundAndListenersHear(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.damageable()
	require.NoError(t, d.Damage())
	require.NoError(t, d.write.Exec("UPDATE activity SET detail = '{'").Error)
	var heard Change
	defer d.OnChange(func(c Change) { heard |= c })()
	_, err := d.Activity().Rows(ctx, []int64{1})
	requireCode(t, model.Damaged, "damaged", err)
	require.True(t, heard.Touches(DamageFound))
	require.Equal(t, err, d.Damage())
	_, err = d.Customers().Add(ctx, d.south, d.contoso, "")
	requireCode(t, model.Damaged, "damaged", err)
	requireCode(t, model.Damaged, "damaged", d.Settings().Set(ctx, PortalDateFormat, "YYYYMMDD"))
}

func TestFaultOfTheProgramItselfIsNoDamage(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	for range connections { // each takes its connection with it
		err := r.reading(ctx, func(c *reader) error {
			var none []int
			_ = none[strings.Count("", "x")]
			return nil
		})
		require.Equal(t, model.Internal, model.CodeOf(err), "%v", err)
	}
	require.NoError(t, r.Damage())
	_, err := r.Settings().Value(ctx, PortalDateFormat)
	require.NoError(t, err)
}
