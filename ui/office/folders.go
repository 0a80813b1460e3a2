package office

import (
	"os"
	"path/filepath"
	"runtime"
)

// DataFolder is where the register lives: the folder of this user for a program's own data.
func DataFolder() string {
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(os.Getenv("LocalAppData"), "Consign")
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Consign")
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "consign")
	}
	return filepath.Join(home, ".local", "share", "consign")
}

// LogFolder is where the log and the traces of crashes go.
func LogFolder() string {
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(DataFolder(), "Logs")
	case "darwin":
		return filepath.Join(home, "Library", "Logs", "Consign")
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "consign")
	}
	return filepath.Join(home, ".local", "state", "consign")
}
