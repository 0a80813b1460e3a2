package sqlite

import (
	"os"
	"strings"
)

// networkSystems are the file systems of other computers, by their names in /proc/self/mountinfo.
var networkSystems = map[string]string{
	"nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "afs": "AFS", "ceph": "Ceph", "glusterfs": "GlusterFS",
	"davfs":      "WebDAV",
	"fuse.sshfs": "SSH", "fuse.gvfsd-fuse": "SMB", "fuse.rclone": "rclone", "fuse.glusterfs": "GlusterFS", "fuse.davfs2": "WebDAV",
	"fuse.smbnetfs": "SMB",
}

// networkOf is the way to the other computer whose folder path is in, "" for one of this computer. It asks the list of mounts and not
// the file system: a share that is gone would not answer.
func networkOf(path string) string {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	return networkIn(string(mounts), path)
}

// networkIn is networkOf by the text of a list of mounts (man 5 proc): the longest mount point above the path counts, the last of them.
func networkIn(mounts, path string) string {
	longest, system := -1, ""
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		fields, kind := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(kind) == 0 {
			continue
		}
		point := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(fields[4])
		if len(point) >= longest && within(path, point) {
			longest, system = len(point), kind[0]
		}
	}
	return networkSystems[system]
}
