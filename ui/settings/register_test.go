package settings

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
)

// office remembers what the settings asked of it.
type office struct {
	keeping  func() data.Keeping
	restored []string
	moved    []string
	showed   []string

	restarted bool
}

func (o *office) OpenAsync(string)           {}
func (o *office) Restore(from string)        { o.restored = append(o.restored, from) }
func (o *office) Keeping() data.Keeping      { return o.keeping() }
func (o *office) Folder() string             { return "" }
func (o *office) ShowFolder(path string)     { o.showed = append(o.showed, path) }
func (o *office) Share()                     {}
func (o *office) BackToOneDesk()             {}
func (o *office) ChangePassword()            {}
func (o *office) MoveRegister(folder string) { o.moved = append(o.moved, folder) }

func (o *office) Restart() { o.restarted = true }

// registerPageIn shows a page of the settings of a register with backups.
func registerPageIn(t *testing.T, name string) (*uitest.Desk, *office, string) {
	t.Helper()
	r := uitest.NewOffice(t)
	d := uitest.NewDesk(t, r.Register, fyne.NewSize(1000, 900), r.North)
	o := &office{keeping: func() data.Keeping { return Of(fyne.CurrentApp()).Keeping(r.Path()) }}
	r.Safe().KeepBackupsIn(o.keeping())
	made, err := Open(d, o, page.Place{Tab: page.SettingsTab, Page: name})
	require.NoError(t, err)
	d.Show(made)
	return d, o, filepath.Dir(r.Path())
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.db"))
	require.NoError(t, err)
	return files
}

func TestBackupIsMadeNowIntoTheFolderBesideTheRegister(t *testing.T) {
	d, _, folder := registerPageIn(t, registerPage)
	require.True(t, uitest.Shows(d.Window(), "There is no backup yet."), uitest.Texts(d.Window()))
	uitest.Tap(t, d.Window(), "Back up now")
	require.Equal(t, []string{"The register is backed up."}, d.Said)
	require.Len(t, filesIn(t, filepath.Join(folder, "backups")), 1)
	require.True(t, uitest.Shows(d.Window(), "Last backup today"), uitest.Texts(d.Window()))
}

func TestFolderOfBackupsIsChanged(t *testing.T) {
	d, _, folder := registerPageIn(t, registerPage)
	other := t.TempDir()
	uitest.Tap(t, d.Window(), "Change…")
	uitest.Type(t, d.Window(), "Folder", filepath.Join(other, "missing"))
	uitest.Tap(t, d.Window(), "Choose")
	require.True(t, uitest.Shows(d.Window(), "There is no such folder."))
	uitest.Type(t, d.Window(), "Folder", other)
	uitest.Tap(t, d.Window(), "Choose")
	require.True(t, uitest.Shows(d.Window(), other))
	uitest.Tap(t, d.Window(), "Back up now")
	require.Len(t, filesIn(t, other), 1)
	require.NoDirExists(t, filepath.Join(folder, "backups"))
}

func TestSecondFolderMayBeAwayAndCatchesUp(t *testing.T) {
	d, _, _ := registerPageIn(t, registerPage)
	stick := filepath.Join(t.TempDir(), "stick")
	require.NoError(t, os.Mkdir(stick, 0o700))
	uitest.Tap(t, d.Window(), "Choose…")
	uitest.Type(t, d.Window(), "Folder", stick)
	uitest.Tap(t, d.Window(), "Choose")
	require.NoError(t, os.Remove(stick))
	uitest.Tap(t, d.Window(), "Back up now")
	require.Contains(t, d.Said[0], "The second folder is not there now.")
	require.True(t, uitest.Shows(d.Window(), "The second folder is not there now."), uitest.Texts(d.Window()))
	require.NoError(t, os.Mkdir(stick, 0o700))
	uitest.Tap(t, d.Window(), "Back up now")
	require.NotEmpty(t, filesIn(t, stick))
	require.False(t, uitest.Shows(d.Window(), "The second folder is not there now."))
	uitest.Tap(t, d.Window(), "Remove")
	require.False(t, uitest.Shows(d.Window(), stick))
}

func TestSampleHasNoAutomaticBackups(t *testing.T) {
	d, o, _ := registerPageIn(t, registerPage)
	o.keeping = func() data.Keeping { return data.Keeping{} }
	made, err := Open(d, o, page.Place{Tab: page.SettingsTab, Page: registerPage})
	require.NoError(t, err)
	d.Show(made)
	require.True(t, uitest.Shows(d.Window(), "The sample has no automatic backups."))
	require.Nil(t, uitest.FindButton(d.Window(), "Back up now"))
}

func TestBackupIsRestoredAfterItWasComparedWithThePresentRegister(t *testing.T) {
	d, o, folder := registerPageIn(t, Backups)
	uitest.Tap(t, d.Window(), "Back up now")
	made := filesIn(t, filepath.Join(folder, "backups"))
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome, fyne.KeyReturn)
	for _, says := range []string{"Restore " + filepath.Base(made[0]) + "?", "In the backup", "In the present register", "before restore"} {
		require.True(t, uitest.Shows(d.Window(), says), "%s: %q", says, uitest.Texts(d.Window()))
	}
	require.Same(t, uitest.FindButton(d.Window(), "Cancel"), d.Window().Canvas().Focused(), "nothing is taken away by a key that is held")
	uitest.Tap(t, d.Window(), "Restore")
	require.Equal(t, made, o.restored)
}

func TestCheckSaysThatTheRegisterIsSoundAndSealed(t *testing.T) {
	d, _, _ := registerPageIn(t, Check)
	for _, says := range []string{"The register is sound", "Sealed since", "Seal of the log"} {
		require.True(t, uitest.Shows(d.Window(), says), "%s: %q", says, uitest.Texts(d.Window()))
	}
	uitest.Tap(t, d.Window(), "Check again")
	require.Empty(t, d.Failed)
}

func TestLastCheckIsShown(t *testing.T) {
	d, _, _ := registerPageIn(t, registerPage)
	require.True(t, uitest.Shows(d.Window(), "Not checked yet"), uitest.Texts(d.Window()))
	d, _, _ = registerPageIn(t, Check)
	o := &office{keeping: func() data.Keeping { return data.Keeping{} }}
	made, err := Open(d, o, page.Place{Tab: page.SettingsTab, Page: registerPage})
	require.NoError(t, err)
	d.Show(made)
	require.True(t, uitest.Shows(d.Window(), "Sound today"), uitest.Texts(d.Window()))
}

func TestOnlyPathsStandInMonospacedLetters(t *testing.T) {
	d, _, folder := registerPageIn(t, registerPage)
	monospaced := func(text string) (is bool) {
		found := false
		uitest.Walk(d.Window(), func(o fyne.CanvasObject) bool {
			l, label := uitest.LabelIn(o)
			if found = label && l.Text == text; found {
				is = l.TextStyle.Monospace
			}
			return found
		})
		require.True(t, found, text)
		return is
	}
	require.False(t, monospaced("None"))
	require.True(t, monospaced(filepath.Join(folder, "backups")))
	second := t.TempDir()
	uitest.Tap(t, d.Window(), "Choose…")
	uitest.Type(t, d.Window(), "Folder", second)
	uitest.Tap(t, d.Window(), "Choose")
	require.True(t, monospaced(second))
	uitest.Tap(t, d.Window(), "Remove")
	require.False(t, monospaced("None"))
}

func TestRowsOfButtonsStandAsFarApartAsButtonsDo(t *testing.T) {
	w := test.NewTempWindow(t, sections(section("Several desks", control.Row(control.NewButton("Colleagues…", nil)),
		control.Row(control.NewButton("Save a copy…", nil)))))
	w.Resize(fyne.NewSize(600, 400))
	require.Empty(t, uitest.Crowded(w, 8))
	d, _, _ := registerPageIn(t, registerPage)
	require.Empty(t, uitest.Crowded(d.Window(), 8))
}
