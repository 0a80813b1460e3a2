package sqlite

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"consign/data/disk"
	"consign/model"
)

// PlaceKind is a kind of folder, as far as it matters to a register.
type PlaceKind uint8

// The kinds of places.
const (
	OwnDisk      PlaceKind = iota // a folder of this computer, as far as one can tell
	Synchronised                  // a program copies it to other computers and back
	Network                       // it is another computer's
)

// Place says where a register lies.
type Place struct {
	Kind PlaceKind
	By   string // the name of what synchronises it, or of the way to the other computer: OneDrive, SMB
}

// Warning says why a register is in danger there and what to do; empty for a folder of this computer.
func (p Place) Warning() model.Text {
	switch p.Kind {
	case Synchronised:
		return model.Say("The register lies in a folder that {{.Service}} synchronises. "+
			"It copies the file while Consign writes, and may put an older one in its place: what was done last can be lost. "+
			"Keep the register in a folder of this computer, and its backups in the synchronised one.",
			"Service", p.By)
	case Network:
		return model.Say("The register lies in a network folder ({{.Service}}). "+
			"Two computers may write it at once there, and a lost connection can damage it. "+
			"Keep the register in a folder of this computer, and its backups in the network folder.",
			"Service", p.By)
	}
	return model.Text{}
}

// PlaceOf tells in which kind of folder a register lies or would lie: by its path, the environment, what synchronising programs leave in
// their folders, and the file system. It reads a few small files and waits for no network; any goroutine may call it.
func PlaceOf(path string) Place {
	real := disk.Real(path)
	for _, p := range []string{path, real} {
		if by := networkOf(p); by != "" {
			return Place{Network, by}
		}
	}
	for _, p := range []string{path, real} {
		if by := synchroniserOf(p); by != "" {
			return Place{Synchronised, by}
		}
	}
	return Place{}
}

// synchronisers are programs that keep folders in step, by the names that their folders have.
var synchronisers = []struct{ folder, name string }{
	{"OneDrive", "OneDrive"}, {"Dropbox", "Dropbox"}, {"Google Drive", "Google Drive"}, {"GoogleDrive", "Google Drive"}, {"iCloudDrive",
		"iCloud"},
	{"iCloud Drive", "iCloud"}, {"com~apple~CloudDocs", "iCloud"}, {"Mobile Documents", "iCloud"}, {"Nextcloud", "Nextcloud"}, {"ownCloud",
		"ownCloud"},
	{"pCloudDrive", "pCloud"}, {"pCloud Drive", "pCloud"}, {"MEGAsync", "MEGA"}, {"Box Sync", "Box"}, {"MagentaCLOUD", "MagentaCLOUD"},
}

// marks are files by which synchronising programs know their folders.
var marks = []struct{ pattern, name string }{
	{".dropbox", "Dropbox"}, {".dropbox.cache", "Dropbox"}, {".tmp.drivedownload", "Google Drive"}, {".stfolder", "Syncthing"},
	{".sync_*.db", "Nextcloud"}, {"._sync_*.db", "ownCloud"},
}

// synchroniserOf is the name of the program that synchronises the folder of path, "" if none is known to.
func synchroniserOf(path string) string {
	for _, name := range []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"} { // Windows sets them
		if folder := os.Getenv(name); folder != "" && within(path, folder) {
			return "OneDrive"
		}
	}
	for _, folder := range dropboxFolders() {
		if within(path, folder) {
			return "Dropbox"
		}
	}
	home, _ := os.UserHomeDir()
	for folder := filepath.Dir(path); ; folder = filepath.Dir(folder) {
		for _, s := range synchronisers {
			if isNamed(filepath.Base(folder), s.folder) {
				return s.name
			}
		}
		if filepath.Dir(folder) == folder || folder == home { // what lies directly there, as Dropbox's own settings, marks no folder of files
			return ""
		}
		for _, m := range marks {
			if len(disk.Matching(folder, m.pattern)) > 0 {
				return m.name
			}
		}
	}
}

// isNamed tells whether a folder has the name, or it with the firm's or the account's: "OneDrive - Contoso", "Dropbox (Contoso)".
func isNamed(folder, name string) bool {
	if len(folder) < len(name) || !strings.EqualFold(folder[:len(name)], name) {
		return false
	}
	rest := folder[len(name):]
	return rest == "" || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, "-")
}

func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// dropboxFolders are those that Dropbox says it synchronises, whatever their name.
func dropboxFolders() (folders []string) {
	home, _ := os.UserHomeDir()
	for _, settings := range []string{os.Getenv("APPDATA"), os.Getenv("LOCALAPPDATA"), filepath.Join(home, ".dropbox")} {
		if settings == "" {
			continue
		}
		for _, place := range []string{"info.json", filepath.Join("Dropbox", "info.json")} {
			text, err := os.ReadFile(filepath.Join(settings, place))
			if err != nil {
				continue
			}
			var accounts map[string]struct{ Path string }
			if json.Unmarshal(text, &accounts) != nil {
				continue
			}
			for _, account := range accounts {
				if account.Path != "" {
					folders = append(folders, account.Path)
				}
			}
		}
	}
	return folders
}
