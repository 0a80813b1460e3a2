package settings

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/system"
	"consign/ui/uitest"
)

func TestFoldersAreShownChangedAndShownInTheFileBrowser(t *testing.T) {
	d, o, folder := registerPageIn(t, filesPage)
	requireValue(t, d.Window(), page.Folder(d))
	requireValue(t, d.Window(), filepath.Join(folder, "backups"))
	for n, of := range []func() string{func() string { return page.Folder(d) }, func() string { return portalfile.Folder(d) },
		func() string { return o.Keeping().Folder }} {
		chosen := t.TempDir()
		tapNth(t, d.Window(), "Change…", n)
		uitest.Type(t, d.Window(), "Folder", chosen)
		uitest.Tap(t, d.Window(), "Choose")
		require.Equal(t, chosen, of())
		requireValue(t, d.Window(), chosen)
		tapNth(t, d.Window(), "Show in folder", n)
		require.Equal(t, chosen, o.showed[len(o.showed)-1])
	}
	tapNth(t, d.Window(), "The last one used", 0)
	require.False(t, page.FolderChosen(d))
	require.True(t, portalfile.FolderChosen(d), "the other one stays")
}

// requireValue holds that a path is on screen, however it is wrapped.
func requireValue(t *testing.T, w fyne.Window, path string) {
	t.Helper()
	found := false
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		v, is := o.(*control.Value)
		found = found || is && v.Text == path
		return found
	})
	require.True(t, found, path)
}

// tapNth presses the n-th button with the caption, from the top.
func tapNth(t *testing.T, w fyne.Window, caption string, n int) {
	t.Helper()
	var found []*control.Button
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if b, is := o.(*control.Button); is && b.Text == caption {
			found = append(found, b)
		}
		return false
	})
	require.Greater(t, len(found), n, caption)
	found[n].Tapped(&fyne.PointEvent{})
}

func TestRegisterIsMovedAfterItWasSaidWhatThatMeans(t *testing.T) {
	d, o, folder := registerPageIn(t, registerPage)
	to := t.TempDir()
	uitest.Tap(t, d.Window(), "Move…")
	uitest.Type(t, d.Window(), "Folder", to)
	uitest.Tap(t, d.Window(), "Choose")
	uitest.MustShow(t, d.Window(), "Move the register?", to, "The backups stay in "+filepath.Join(folder, "backups"))
	require.Same(t, uitest.FindButton(d.Window(), "Cancel"), d.Window().Canvas().Focused())
	uitest.Tap(t, d.Window(), "Move")
	require.Equal(t, []string{to}, o.moved)
}

func TestWindowComesBackAsItStoodAndFromMaximisedWithTheSizeOfBefore(t *testing.T) {
	registerPageIn(t, registerPage) // an app
	c := Of(fyne.CurrentApp())
	require.Equal(t, system.Stand{}, c.WindowStand())
	stood := system.Stand{X: -1200, Y: 40, Placed: true}
	c.SetWindow(stood, fyne.NewSize(1100, 720))
	require.Equal(t, stood, c.WindowStand())
	require.Equal(t, fyne.NewSize(1100, 720), c.WindowSize())
	c.SetWindow(system.Stand{X: 0, Y: 0, Placed: true, Maximised: true}, fyne.NewSize(2560, 1400))
	require.True(t, c.WindowStand().Maximised)
	require.Equal(t, fyne.NewSize(1100, 720), c.WindowSize())
	require.Equal(t, -1200, c.WindowStand().X)
	c.SetWindow(system.Stand{Minimised: true}, fyne.NewSize(0, 0))
	require.True(t, c.WindowStand().Maximised, "what is minimised tells nothing")
	c.SetWindow(system.Stand{}, fyne.NewSize(900, 600)) // on a system that tells no places
	require.Equal(t, system.Stand{X: 0, Y: 0}, c.WindowStand())
}
