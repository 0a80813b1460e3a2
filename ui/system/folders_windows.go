package system

import (
	"os/exec"
	"syscall"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/windows"
)

// Documents is the user's folder for documents, wherever the system has it: OneDrive redirects it. "" if it cannot be told.
func Documents() string {
	path, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0)
	if err != nil {
		return ""
	}
	return path
}

// Show opens a folder in the system's file browser, or the folder of a file with the file selected.
func Show(_ fyne.App, path string) error {
	line := `explorer.exe "` + path + `"`
	if !isFolder(path) {
		line = `explorer.exe /select,"` + path + `"`
	}
	c := exec.Command("explorer.exe")
	c.SysProcAttr = &syscall.SysProcAttr{CmdLine: line} // it reads its line by rules of its own
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // it says that it failed even if it did not
	return nil
}
