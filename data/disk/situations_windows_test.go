package disk_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/windows"

	"consign/data/disk"
)

// situation is what an office's Windows does to a file that is written, and what is said.
type situation struct {
	what string
	// ready makes it so in a folder and gives the path to write to. What it opens it closes at the end of the test.
	ready func(t *testing.T, folder string) string
	says  string // a part of the sentence; "" if the file is written
	may   bool   // or it is written: Windows and Wine differ, and Windows does between its versions
}

// held opens a file as another program does that lets others do so much (FILE_SHARE_…), for a time, 0 until the end.
func held(t *testing.T, path string, share uint32, span time.Duration) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	name, err := windows.UTF16PtrFromString(path)
	require.NoError(t, err)
	h, err := windows.CreateFile(name, windows.GENERIC_READ, share, nil, windows.OPEN_EXISTING, 0, 0)
	require.NoError(t, err)
	if span == 0 {
		t.Cleanup(func() { _ = windows.CloseHandle(h) })
	} else {
		time.AfterFunc(span, func() { _ = windows.CloseHandle(h) })
	}
	return path
}

func heldWith(share uint32) func(*testing.T, string) string {
	return func(t *testing.T, folder string) string { return held(t, filepath.Join(folder, "list.csv"), share, 0) }
}

func answered(number syscall.Errno, op disk.Op) func(*testing.T, string) string {
	return func(t *testing.T, folder string) string {
		t.Cleanup(disk.OnCall(func(c disk.Call) error {
			if c.Op == op {
				return number
			}
			return nil
		}))
		return filepath.Join(folder, "list.csv")
	}
}

func named(parts ...string) func(*testing.T, string) string {
	return func(t *testing.T, folder string) string {
		path := filepath.Join(append([]string{folder}, parts...)...)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		return path
	}
}

const (
	read, write2, remove = windows.FILE_SHARE_READ, windows.FILE_SHARE_WRITE, windows.FILE_SHARE_DELETE

	open2    = "Is it open in another program?"
	diskFull = "The disk is full"
	away     = "network folder or the drive is not there"
	mayNot   = "may not be written here"
)

var situations = []situation{
	{"held by Excel, which shares nothing", heldWith(0), open2, false},
	{"held by a program that lets others read", heldWith(read), open2, false},
	{"held by a program that lets others read and write", heldWith(read | write2), open2, false},
	{"held by a viewer that lets others remove it", heldWith(read | write2 | remove), open2, true},
	{"held by a scanner for one second", func(t *testing.T, folder string) string {
		return held(t, filepath.Join(folder, "list.csv"), read, time.Second)
	}, "", false},
	{"a part of it is locked", answered(33, disk.Writing), open2, false},
	{"the disk is full at the beginning", answered(112, disk.Making), diskFull, false},
	{"the disk is full in the middle", answered(39, disk.Writing), diskFull, false},
	{"the user has no more room", answered(1295, disk.Writing), diskFull, false},
	{"the stick is write-protected", answered(19, disk.Making), "read-only", false},
	{"the folder is another user's", answered(5, disk.Making), mayNot, false},
	{"the network path is gone", answered(53, disk.Making), away, false},
	{"the share went away while writing", answered(64, disk.Writing), away, false},
	{"the network is down", answered(1231, disk.Making), away, false},
	{"the cable was pulled", answered(1167, disk.Flushing), away, false},
	{"the disk has an error", answered(23, disk.Writing), "the disk reports an error", false},
	{"the drive is not there", func(*testing.T, string) string { return `Q:\lists\list.csv` }, "does not exist", false},
	{"the folder was removed", func(_ *testing.T, folder string) string { return filepath.Join(folder, "gone", "list.csv") },
		"does not exist", false},
	{"the file is read-only", func(t *testing.T, folder string) string {
		path := filepath.Join(folder, "list.csv")
		require.NoError(t, os.WriteFile(path, []byte("old"), 0o400))
		t.Cleanup(func() { _ = os.Chmod(path, 0o600) })
		return path
	}, mayNot, true},
	{"a folder has the name", func(t *testing.T, folder string) string {
		require.NoError(t, os.Mkdir(filepath.Join(folder, "list.csv"), 0o700))
		return filepath.Join(folder, "list.csv")
	}, mayNot, false},
	{"umlauts, an ampersand and Japanese", named("Müller & Söhne 日本", "Liste für März.csv"), "", false},
	{"a path of 300 signs", named(strings.Repeat("a", 120), strings.Repeat("b", 120), strings.Repeat("c", 60)+".csv"), "", false},
	{"a name with a sign that Windows does not take", named("list?.csv"), "Choose another one", false},
	{"killed while writing", func(t *testing.T, folder string) string {
		path := filepath.Join(folder, "list.csv")
		require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
		p, err := disk.Begin(path, disk.Shared)
		require.NoError(t, err)
		_, err = p.Write([]byte("half"))
		require.NoError(t, err)
		require.NoError(t, p.File.Close()) // as the system does for who is killed
		return path
	}, "", false},
}

func TestWhatIsSaidInTheSituationsOfAnOffice(t *testing.T) {
	for _, s := range situations {
		t.Run(s.what, func(t *testing.T) {
			path := s.ready(t, t.TempDir())
			before, _ := os.ReadFile(path)
			err := disk.WriteFile(path, []byte("new"), disk.Shared)
			after, readErr := os.ReadFile(path)
			if s.says == "" || s.may && err == nil {
				require.NoError(t, err)
				require.NoError(t, readErr)
				require.Equal(t, "new", string(after))
				t.Log("| " + s.what + " | it is written |")
				return
			}
			require.Error(t, err)
			said := disk.Unwritable(path, err).Text.String()
			t.Log("| " + s.what + " | " + said + " |")
			require.Contains(t, said, s.says, "%v", err)
			require.Equal(t, string(before), string(after), "the old file stays")
		})
	}
}
