//go:build !windows

package system

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
)

// documentsLine is where a Linux desktop says in which folder a user's documents are.
var documentsLine = regexp.MustCompile(`(?m)^XDG_DOCUMENTS_DIR="(.+)"$`)

// Documents is the user's folder for documents, wherever the system has it. "" if it cannot be told.
func Documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if config, err := os.UserConfigDir(); err == nil && runtime.GOOS != "darwin" {
		text, _ := os.ReadFile(filepath.Join(config, "user-dirs.dirs"))
		if found := documentsLine.FindSubmatch(text); found != nil {
			return strings.Replace(string(found[1]), "$HOME", home, 1)
		}
	}
	return filepath.Join(home, "Documents")
}

// Show opens a folder in the system's file browser, or the folder of a file, with the file selected where the system can.
func Show(app fyne.App, path string) error {
	if runtime.GOOS == "darwin" && !isFolder(path) {
		return exec.Command("open", "-R", path).Run()
	}
	if !isFolder(path) {
		path = filepath.Dir(path)
	}
	return app.OpenURL(&url.URL{Scheme: "file", Path: path})
}
