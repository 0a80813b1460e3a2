package office

import (
	"os"
	"path/filepath"
	"runtime"
)

// portableFile is the file beside the program that keeps everything in the folder data beside it: for a stick.
const portableFile = "portable"

// portableFolder is that folder, "" for a program that is installed.
func portableFolder() string {
	program, err := os.Executable()
	if err != nil {
		return ""
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(program), portableFile)); err != nil {
		return ""
	}
	return filepath.Join(filepath.Dir(program), "data")
}

// IsPortable reports whether everything is kept beside the program.
func IsPortable() bool { return portableFolder() != "" }

// DataFolder is where the register lives: the folder of this user for a program's own data, or the one beside a portable program.
func DataFolder() string {
	if folder := portableFolder(); folder != "" {
		return folder
	}
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
	if folder := portableFolder(); folder != "" {
		return filepath.Join(folder, "Logs")
	}
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
