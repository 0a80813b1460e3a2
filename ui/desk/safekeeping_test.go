package desk

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	_ "github.com/glebarez/go-sqlite"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
)

// closed is the folder of a register in which Northwind was entered, and of its automatic backup.
func closed(t *testing.T) string {
	t.Helper()
	p := northwind(t)
	p.Reopen() // the next start makes the backup of the day
	p.desk.End()
	p.desk = nil
	return filepath.Dir(p.Own)
}

// damage spoils the page of the register's device seals, and leaves a log beside it as a crash does.
func damage(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	var page int
	require.NoError(t, db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'device_seals'").Scan(&page))
	require.NoError(t, db.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	copy(text[(page-1)*4096:], make([]byte, 64))
	require.NoError(t, os.WriteFile(path, text, 0o600))
	require.NoError(t, os.WriteFile(path+"-wal", make([]byte, 200), 0o600))
}

func TestRegisterThatIsGoneIsRestoredFromTheNewestBackup(t *testing.T) {
	folder := closed(t)
	require.NoError(t, os.Remove(filepath.Join(folder, "register.db")))
	p := newProgram(t, folder)
	p.Start(false, false)
	require.True(t, uitest.Shows(p.Window, "The register is not there, but backups are"), uitest.Texts(p.Window))
	require.True(t, uitest.Shows(p.Window, "The newest good backup is of"), uitest.Texts(p.Window))
	require.NoFileExists(t, p.Own)
	uitest.Tap(t, p.Window, "Restore…")
	require.True(t, uitest.Shows(p.Window, "In the backup"))
	require.False(t, uitest.Shows(p.Window, "In the present register"))
	uitest.Tap(t, p.Window, "Restore")
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
}

func TestRegisterThatIsGoneIsBegunAnewOnlyWhenAsked(t *testing.T) {
	folder := closed(t)
	require.NoError(t, os.Remove(filepath.Join(folder, "register.db")))
	p := newProgram(t, folder)
	p.Start(false, false)
	uitest.Tap(t, p.Window, "Begin a new register")
	require.True(t, uitest.Shows(p.Window, "Welcome to Consign"))
	left, err := filepath.Glob(filepath.Join(folder, "backups", "*.db"))
	require.NoError(t, err)
	require.Len(t, left, 1)
}

func TestDamagedRegisterIsRescuedOpenedForReadingAndRestored(t *testing.T) {
	folder := closed(t)
	p := newProgram(t, folder)
	damage(t, p.Own)
	p.Start(false, false)
	require.True(t, uitest.Shows(p.Window, "The register is damaged"), uitest.Texts(p.Window))

	to := filepath.Join(t.TempDir(), "rescued.xlsx")
	uitest.Tap(t, p.Window, "Rescue…")
	uitest.Type(t, p.Window, "File name", to)
	uitest.Tap(t, p.Window, "Save")
	require.FileExists(t, to)
	require.True(t, uitest.Shows(p.Window, "rescued.xlsx"), uitest.Texts(p.Window))
	require.True(t, uitest.Shows(p.Window, "Accounts: 1 row"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "OK")

	uitest.Tap(t, p.Window, "Open for reading")
	require.NotNil(t, p.desk, uitest.Texts(p.Window))
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
	require.True(t, uitest.Shows(p.Window, "Damaged · "), uitest.Texts(p.Window))
	_, err := p.desk.register.Accounts().Add(t.Context(), model.Account{Kind: model.Customer, KnoxID: "4600000001", CompanyName: "Contoso"})
	require.Equal(t, model.Damaged, model.CodeOf(err))
	p.desk.Fail(err)
	require.True(t, uitest.Shows(p.Window, "nothing is changed any more, so that it becomes no worse"), "the refusal says why and what to do")
	uitest.Tap(t, p.Window, "Restore a backup…")

	uitest.KeysInTable(t, p.Window, fyne.KeyHome, fyne.KeyReturn)
	require.True(t, uitest.Shows(p.Window, "The present register is not lost"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Restore")
	require.NoError(t, p.desk.register.Damage())
	require.True(t, uitest.Shows(p.Window, "The register from before is kept as"), uitest.Texts(p.Window))
	require.Len(t, data.Kept(p.Own), 1)
}

func TestRestoreIsRefusedBeforeAnythingIsClosed(t *testing.T) {
	p := northwind(t)
	register := p.desk.register
	empty := filepath.Join(t.TempDir(), "empty.db")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	p.desk.goTo(page.Place{Tab: page.SettingsTab, Page: settings.Backups})
	uitest.Tap(t, p.Window, "Restore a file…")
	uitest.Type(t, p.Window, "File name", empty)
	uitest.Tap(t, p.Window, "Open")
	require.True(t, uitest.Shows(p.Window, "The file is empty: there is no register in it."), uitest.Texts(p.Window))
	require.True(t, register == p.desk.register)
	require.Empty(t, data.Kept(p.Own))
}

func TestStartAfterAKillInARestoreSaysThatItIsComplete(t *testing.T) {
	folder := closed(t)
	p := newProgram(t, folder)
	kept := "register before restore 2026-11-25 1042.db"
	backups, err := filepath.Glob(filepath.Join(folder, "backups", "*.db"))
	require.NoError(t, err)
	// The register has its new name, the copy waits, the note says what was to be done.
	require.NoError(t, os.Rename(p.Own, filepath.Join(folder, kept)))
	require.NoError(t, os.Rename(backups[0], p.Own+".restored"))
	require.NoError(t, os.WriteFile(p.Own+".restoring", []byte(`{"kept":"`+kept+`"}`), 0o600))
	p.Start(false, false)
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
	require.True(t, uitest.Shows(p.Window, "A restore that was interrupted is complete now."), uitest.Texts(p.Window))
	require.True(t, uitest.Shows(p.Window, kept), uitest.Texts(p.Window))
	require.FileExists(t, filepath.Join(folder, kept))
}

func TestRegisterThatAnotherProgramHoldsIsWaitedFor(t *testing.T) {
	folder := closed(t)
	p := newProgram(t, folder)
	other, err := sql.Open("sqlite", p.Own)
	require.NoError(t, err)
	_, err = other.Exec("BEGIN EXCLUSIVE")
	require.NoError(t, err)
	time.AfterFunc(time.Second, func() { _ = other.Close() })
	p.Start(false, true)
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
}

func TestDangerousFolderIsToldOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Dropbox")
	require.NoError(t, os.Mkdir(folder, 0o700))
	p := newProgram(t, folder)
	p.Start(false, false)
	require.True(t, uitest.Shows(p.Window, "a folder that Dropbox synchronises"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Close")
	p.Reopen()
	require.False(t, uitest.Shows(p.Window, "a folder that Dropbox synchronises"))
}

func TestLogThatWasChangedIsToldAndShown(t *testing.T) {
	folder := closed(t)
	p := newProgram(t, folder)
	other, err := sql.Open("sqlite", p.Own)
	require.NoError(t, err)
	_, err = other.Exec("UPDATE activity SET at = at + 60000")
	require.NoError(t, err)
	require.NoError(t, other.Close())
	p.Start(false, true)
	require.False(t, uitest.Shows(p.Window, "Changed without Consign"))
	_, err = p.desk.register.Safe().CheckLog(t.Context(), nil) // as the check of the week does
	require.NoError(t, err)
	require.True(t, uitest.Shows(p.Window, "Changed without Consign"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Check…")
	require.True(t, uitest.Shows(p.Window, "Entry 1 of the log was changed."), uitest.Texts(p.Window))
	require.True(t, uitest.Shows(p.Window, "Seal of the log"))
}

func TestDamagedSampleIsMadeAnewAndOffersNoBackupsOfTheOwnRegister(t *testing.T) {
	folder := closed(t)
	p := newProgram(t, folder)
	p.Start(true, false)
	require.True(t, p.desk.sample)
	p.desk.End()
	p.desk = nil
	own, err := os.ReadFile(p.Own)
	require.NoError(t, err)
	damage(t, p.Sample)
	p = newProgram(t, folder)
	p.Start(true, false)
	require.True(t, uitest.Shows(p.Window, "The sample is damaged"), uitest.Texts(p.Window))
	require.False(t, uitest.Shows(p.Window, "Restore"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Make the sample anew")
	require.True(t, p.desk.sample)
	require.NoError(t, p.desk.register.Safe().Check(t.Context()))
	p.desk.warnOfDamage() // found while it is open
	require.False(t, uitest.Shows(p.Window, "Restore a backup…"), uitest.Texts(p.Window))
	uitest.Tap(t, p.Window, "Make the sample anew")
	require.True(t, p.desk.sample)
	require.NoError(t, p.desk.register.Safe().Check(t.Context()))
	left, err := os.ReadFile(p.Own)
	require.NoError(t, err)
	require.Equal(t, own, left)
}
