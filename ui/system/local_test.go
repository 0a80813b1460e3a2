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

func TestPortableProgramKeepsEveryChoiceBesideItself(t *testing.T) {
	app := test.NewTempApp(t)
	t.Cleanup(app.Quit)
	app.Preferences().SetString("language", "fr")
	path := filepath.Join(t.TempDir(), "data", "choices.json")

	kept := KeepLocally(app, path).Preferences()
	require.Empty(t, kept.String("language"), "what this computer chose is another program's")
	kept.SetString("language", "de")
	kept.SetInt("look.scale", 150)
	kept.SetFloat("window.width", 1100.5)
	kept.SetBool("sound", true)
	kept.SetStringList("told", []string{"a"})
	kept.SetString("gone", "soon")
	kept.RemoveValue("gone")
	require.Equal(t, "fr", app.Preferences().String("language"), "and stays")

	again := KeepLocally(app, path).Preferences()
	require.Equal(t, "de", again.String("language"))
	require.Equal(t, 150, again.IntWithFallback("look.scale", 100))
	require.Equal(t, 1100.5, again.Float("window.width"))
	require.True(t, again.BoolWithFallback("sound", false))
	require.Equal(t, []string{"a"}, again.StringList("told"))
	require.Equal(t, "nothing", again.StringWithFallback("gone", "nothing"))
	require.Equal(t, 7, again.IntWithFallback("language", 7), "a text is no number")
}
