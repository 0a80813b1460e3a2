package system

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

func TestPathsOfThisComputerDoNotRoam(t *testing.T) {
	app := test.NewTempApp(t)
	t.Cleanup(app.Quit)
	app.Preferences().SetString("register.path", `C:\Office\register.db`)
	app.Preferences().SetString("language", "de")
	path := filepath.Join(t.TempDir(), "Consign", "computer.json")

	kept := KeepLocally(app, path, "register.path", "register.places.told").Preferences()
	require.Equal(t, `C:\Office\register.db`, kept.String("register.path"), "what was chosen before stays chosen")
	require.Equal(t, "de", kept.String("language"))
	kept.SetStringList("register.places.told", []string{`C:\Office`, `D:\`})
	require.Empty(t, app.Preferences().String("register.path"))
	require.Empty(t, app.Preferences().StringList("register.places.told"))

	again := KeepLocally(app, path, "register.path", "register.places.told").Preferences()
	require.Equal(t, `C:\Office\register.db`, again.String("register.path"))
	require.Equal(t, []string{`C:\Office`, `D:\`}, again.StringList("register.places.told"))
	require.Equal(t, "nothing", again.StringWithFallback("backups.folder", "nothing"))
}
