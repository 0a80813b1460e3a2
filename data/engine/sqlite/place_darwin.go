package sqlite

import (
	"path/filepath"
	"syscall"
)

var networkSystems = map[string]string{"smbfs": "SMB", "nfs": "NFS", "afpfs": "AFP", "webdav": "WebDAV", "macfuse": "FUSE",
	"osxfuse": "FUSE"}

// networkOf is the way to the other computer whose folder path is in, "" for one of this computer.
func networkOf(path string) string {
	var system syscall.Statfs_t
	if syscall.Statfs(filepath.Dir(path), &system) != nil {
		return ""
	}
	name := ""
	for _, c := range system.Fstypename {
		if c == 0 {
			break
		}
		name += string(rune(c))
	}
	return networkSystems[name]
}
