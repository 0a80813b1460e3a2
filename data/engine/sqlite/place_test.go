package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
)

func TestRegisterInASynchronisedFolderIsRecognised(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home) // which is the home of Windows
	t.Setenv("OneDriveCommercial", filepath.Join(home, "Firma"))
	require.NoError(t, os.MkdirAll(filepath.Join(home, ".dropbox"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(home, ".dropbox", "info.json"),
		[]byte(`{"business": {"path": "`+filepath.ToSlash(filepath.Join(home, "Team"))+`"}}`), 0o600))
	require.NoError(t, os.MkdirAll(filepath.Join(home, "shared [1]", ".stfolder"), 0o700))
	require.NoError(t, os.MkdirAll(filepath.Join(home, "OneDrive"), 0o700))
	places := map[string]string{
		"OneDrive - Contoso GmbH/consign.db":                      "OneDrive",
		"Firma/Register/consign.db":                               "OneDrive",
		"Dropbox (Contoso)/a/b/consign.db":                        "Dropbox",
		"Team/consign.db":                                         "Dropbox",
		"Library/CloudStorage/GoogleDrive-a@b.c/My Drive/c.db":    "Google Drive",
		"Library/Mobile Documents/com~apple~CloudDocs/consign.db": "iCloud",
		"iclouddrive/consign.db":                                  "iCloud",
		"Nextcloud/consign.db":                                    "Nextcloud",
		"shared [1]/sub/consign.db":                               "Syncthing",
		"consign/consign.db":                                      "",
		"Dropboxes/consign.db":                                    "",
		"Teamwork/consign.db":                                     "",
		"consign.db":                                              "",
	}
	if disktest.HasLinks(t) {
		require.NoError(t, os.Symlink(filepath.Join(home, "OneDrive"), filepath.Join(home, "linked")))
		places["linked/consign.db"] = "OneDrive"
	}
	for path, by := range places {
		place := PlaceOf(filepath.Join(home, path))
		require.Equal(t, by, place.By, path)
		require.Equal(t, by != "", place.Kind == Synchronised, path)
		require.Equal(t, by == "", place.Warning().Template == "", path)
	}
	require.Contains(t, PlaceOf(filepath.Join(home, "Nextcloud", "x.db")).Warning().String(), "Nextcloud")
}
