package sqlite

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRegisterInANetworkFolderIsRecognised(t *testing.T) {
	const mounts = `22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
40 22 0:40 / /mnt/team rw shared:9 - cifs //server/team rw,vers=3.1.1
41 22 0:41 / /home rw shared:10 - nfs4 server:/home rw
42 41 8:3 / /home/anna/own\040disk rw shared:11 - btrfs /dev/sdb1 rw
43 22 0:43 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
`
	for path, by := range map[string]string{
		"/var/lib/consign.db":                        "",
		"/mnt/team/consign.db":                       "SMB",
		"/mnt/teams/consign.db":                      "",
		"/home/anna/consign.db":                      "NFS",
		"/home/anna/own disk/consign.db":             "",
		"/run/user/1000/gvfs/smb-share:x/consign.db": "SMB",
	} {
		require.Equal(t, by, networkIn(mounts, path), path)
	}
}
