package sqlite

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// networkOf is the way to the other computer whose folder path is in, "" for one of this computer: a UNC path, or a drive letter that
// stands for one.
func networkOf(path string) string {
	const remote = 4 // DRIVE_REMOTE
	volume := filepath.VolumeName(filepath.FromSlash(path))
	switch {
	case strings.HasPrefix(volume, `\\?\UNC\`), strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) &&
		!strings.HasPrefix(volume, `\\.\`):
		return "SMB"
	case volume == "":
		return ""
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return ""
	}
	if kind, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root))); kind == remote {
		return "SMB"
	}
	return ""
}
