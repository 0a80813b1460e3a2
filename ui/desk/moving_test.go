package desk

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/data/disk"
	"consign/model"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
	"consign/ui/unfinished"
)

// unfinishedUpload leaves an upload on New upload that is not made.
func unfinishedUpload(t *testing.T, p *program) {
	t.Helper()
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload})
	pageOf(p.desk).Paste("351921580053066")
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Overview})
	require.Len(t, unfinished.All(p.desk.register.Path()), 1)
}

// move presses what moves the register to a folder.
func move(t *testing.T, p *program, folder string) {
	t.Helper()
	p.desk.Go(page.Place{Tab: page.SettingsTab, Page: "register"})
	uitest.Tap(t, p.Window, "Move…")
	uitest.Type(t, p.Window, "Folder", folder)
	uitest.Tap(t, p.Window, "Choose")
	uitest.MustShow(t, p.Window, "Move the register?", folder)
	uitest.Tap(t, p.Window, "Move")
}

func TestRegisterIsMovedWithItsUnfinishedUploadsAndItsBackupsStay(t *testing.T) {
	p := northwind(t)
	unfinishedUpload(t, p)
	from, folder := p.Own, t.TempDir()
	backups := settings.Of(p.App).Keeping(from).Folder
	move(t, p, folder)
	to := filepath.Join(folder, filepath.Base(from))
	uitest.MustShow(t, p.Window, "The register lies in "+folder+" now.", "before move")
	require.Equal(t, to, p.desk.register.Path())
	require.Equal(t, to, p.Own)
	require.Equal(t, to, settings.Of(p.App).Register(), "the next start opens it")
	require.Equal(t, backups, settings.Of(p.App).Keeping(to).Folder)
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
	require.Len(t, unfinished.All(to), 1)
	require.Empty(t, unfinished.All(from))
	require.NoFileExists(t, from)
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(from), "register before move *.db"))
	require.NoError(t, err)
	require.Len(t, kept, 1)
	_, err = data.Inspect(t.Context(), kept[0])
	require.NoError(t, err)
}

func TestRegisterThatCannotBeMovedStaysOpenWhereItWas(t *testing.T) {
	p := northwind(t)
	unfinishedUpload(t, p)
	from, folder := p.Own, t.TempDir()
	taken := filepath.Join(folder, filepath.Base(from))
	require.NoError(t, os.WriteFile(taken, []byte("another file"), 0o600))
	move(t, p, folder)
	uitest.MustShow(t, p.Window, "There is a file register.db in this folder already.")
	require.Equal(t, from, p.desk.register.Path())
	require.Len(t, unfinished.All(from), 1)
	text, err := os.ReadFile(taken)
	require.NoError(t, err)
	require.Equal(t, "another file", string(text))
}

func TestMoveThatMeetsAnyTroubleEndsWithOneRegisterAndAllUploads(t *testing.T) {
	for n := 1; ; n++ {
		p := northwind(t)
		unfinishedUpload(t, p)
		from, folder := p.Own, t.TempDir()
		to := filepath.Join(folder, filepath.Base(from))
		calls := 0
		end := disk.OnCall(func(disk.Call) error {
			if calls++; calls == n {
				return os.ErrPermission
			}
			return nil
		})
		p.MoveRegister(folder)
		end()
		require.NotNil(t, p.desk, "call %d", n)
		is := p.desk.register.Path()
		require.Contains(t, []string{from, to}, is, "call %d", n)
		require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName, "call %d", n)
		require.Len(t, unfinished.All(is), 1, "call %d", n)
		chosen := settings.Of(p.App).Register()
		require.True(t, chosen == is || chosen == "" && is == from, "call %d: the next start opens %s, now open is %s", n, chosen, is)
		if calls < n {
			require.Equal(t, to, is)
			return
		}
		p.desk.End()
		p.desk = nil
	}
}
