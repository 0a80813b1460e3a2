package data

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

var ctx = context.Background()

// newRegister is an empty register in a folder of the test.
func newRegister(t testing.TB) *Register {
	t.Helper()
	r, err := Open(postgrestest.Invite(t, filepath.Join(t.TempDir(), "consign.db")), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

// requireCode fails unless err has the code and a sentence that holds part.
func requireCode(t testing.TB, code model.Code, part string, err error) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, string(code), string(model.CodeOf(err)), "%v", err)
	require.Contains(t, err.Error(), part)
}

func TestNewRegisterIsForItsOwnerOnlyAndSurvivesReopening(t *testing.T) {
	name := "Ein Ordner? 100% #1"
	if runtime.GOOS == "windows" {
		name = strings.ReplaceAll(name, "?", "") // no name there
	}
	path := filepath.Join(t.TempDir(), name, "consign.db")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
	r, err := Open(path, Options{})
	require.NoError(t, err)
	require.NoError(t, r.Settings().Set(ctx, PortalDateFormat, "YYYYMMDD"))
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		disktest.ForItsOwner(t, path+suffix)
	}
	require.NoError(t, r.Close())
	r, err = Open(path, Options{MustExist: true})
	require.NoError(t, err)
	defer r.Close()
	value, err := r.Settings().Value(ctx, PortalDateFormat)
	require.NoError(t, err)
	require.Equal(t, "YYYYMMDD", value)
	size, err := r.Safe().Size()
	require.NoError(t, err)
	require.Positive(t, size)
}

func TestSecondConsignIsToldThatTheRegisterIsInUse(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	_, err := Open(r.Path(), Options{})
	requireCode(t, model.InUse, "open in another Consign", err)
}

func TestWhoHasTheRegisterOpenIsToldToOthers(t *testing.T) {
	postgrestest.OfFiles(t)
	path := filepath.Join(t.TempDir(), "register.db")
	computer, err := os.Hostname()
	require.NoError(t, err)
	for _, person := range []string{"Anna Maria Berger-Wießler", "김지우"} { // the shorter name leaves nothing of the longer one
		r, err := Open(path, Options{Person: person})
		require.NoError(t, err)
		_, err = Open(path, Options{Person: "Bernd"})
		requireCode(t, model.InUse, "another Consign: "+person+" works with it on "+computer+".", err)
		require.NoError(t, r.Close())
	}
}

func TestForeignFileIsRefusedAndLeftUntouched(t *testing.T) {
	for name, content := range map[string]string{
		"text":     "IMEI\n351921580053066\n",
		"pdf":      "%PDF-1.7 " + strings.Repeat("x", 5000),
		"database": foreignDatabase(t),
	} {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := Open(path, Options{})
		requireCode(t, model.NotRegister, "not a register", err)
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, content, string(after), name)
	}
}

func foreignDatabase(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := connect(path)
	require.NoError(t, err)
	require.NoError(t, db.Exec("CREATE TABLE notes (text TEXT)").Error)
	require.NoError(t, engine.ClosePool(db))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(content)
}

func TestMissingRegisterIsNotMadeWhenItMustExist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "consign.db")
	_, err := Open(path, Options{MustExist: true})
	requireCode(t, model.NotFound, "does not exist", err)
	require.NoFileExists(t, path)
}

func TestRegisterOfANewerConsignIsRefused(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	path := filepath.Join(t.TempDir(), "newer.db")
	require.NoError(t, r.write.Exec("VACUUM INTO ?", path).Error)
	db, err := connect(path)
	require.NoError(t, err)
	require.NoError(t, db.Exec("INSERT INTO migrations (id) VALUES ('9999_later')").Error)
	require.NoError(t, engine.ClosePool(db))
	_, err = Open(path, Options{})
	requireCode(t, model.Newer, "newer Consign", err)
}

func TestFolderThatCannotBeWrittenIsSaid(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have no modes there: the situations of data/disk have a folder of another user")
	}
	if os.Getuid() == 0 {
		_, err := Open("/proc/consign.db", Options{}) // root may write anywhere but here
		require.Contains(t, []model.Code{model.Unwritable, model.NotFound}, model.CodeOf(err))
		return
	}
	folder := t.TempDir()
	require.NoError(t, os.Chmod(folder, 0o500))
	_, err := Open(filepath.Join(folder, "consign.db"), Options{})
	requireCode(t, model.Unwritable, "cannot be written", err)
}

func TestDamagedRegisterIsSaid(t *testing.T) {
	postgrestest.OfFiles(t)
	r := newRegister(t)
	path := filepath.Join(t.TempDir(), "damaged.db")
	require.NoError(t, r.write.Exec("VACUUM INTO ?", path).Error)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	size := int(binary.BigEndian.Uint16(content[16:]))
	for i := 100; i < size; i++ {
		content[i] = 0xff // the schema's page behind the file header
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	_, err = Open(path, Options{})
	requireCode(t, model.Damaged, "damaged", err)
}

func TestReadersCannotWrite(t *testing.T) {
	r := newRegister(t)
	require.Error(t, r.read.Exec("DELETE FROM settings").Error)
}

func TestSettingsRefuseUnknownValues(t *testing.T) {
	r := newRegister(t)
	requireCode(t, model.Invalid, "YYYYDDMM", r.Settings().Set(ctx, PortalDateFormat, "DDMMYY"))
	requireCode(t, model.Invalid, "on or off", r.Settings().Set(ctx, MovedApproveAtOnce, "perhaps"))
	require.NoError(t, r.Settings().Set(ctx, "layout/abc", "IMEI"))
	value, err := r.Settings().Value(ctx, "layout/abc")
	require.NoError(t, err)
	require.Equal(t, "IMEI", value)
}

func TestARegisterMayBeClosedTwice(t *testing.T) {
	r, err := Open(filepath.Join(t.TempDir(), "register.db"), Options{})
	require.NoError(t, err)
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
}
