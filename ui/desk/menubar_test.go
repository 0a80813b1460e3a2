package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// TestMacHasItsOwnPlacesForAboutSettingsAndQuit: Fyne moves items with these names into the menu of the program and leaves no line behind.
func TestMacHasItsOwnPlacesForAboutSettingsAndQuit(t *testing.T) {
	app := test.NewTempApp(t) // texts are measured
	t.Cleanup(app.Quit)
	m := commandMenu{"Go", [][]command{
		{{title: lang.L("New upload"), shortcut: ctrl(fyne.KeyN)}},
		{{title: lang.L("Settings"), shortcut: ctrl(fyne.KeyComma)}},
		{{title: lang.L("Quit"), shortcut: ctrl(fyne.KeyQ)}},
		{{title: lang.L("Check for a newer version")}, {title: lang.L("About Consign")}},
	}}
	labels := func(mac bool) (all []string) {
		for _, item := range (&Desk{}).menuItems(m, mac) {
			all = append(all, item.Label)
		}
		return all
	}
	require.Equal(t, []string{lang.L("New upload"), "Settings…", "", lang.L("Check for a newer version"), "About"}, labels(true))
	elsewhere := labels(false)
	require.Len(t, elsewhere, 8, "five items and three lines")
	require.Contains(t, elsewhere[6], lang.L("Check for a newer version"))
	require.Equal(t, lang.L("About Consign"), elsewhere[7])
}
