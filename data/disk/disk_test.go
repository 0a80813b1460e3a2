//go:build !windows

package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/data/disk/disktest"
	"consign/model"
)

var works = []disktest.Work{{
	Name:  "keeping a review",
	Ready: func(t testing.TB, folder string) { write(t, filepath.Join(folder, "kept"), "old") },
	Do: func(folder string) error {
		return disk.WriteFile(filepath.Join(folder, "kept"), []byte("new"), disk.Private)
	},
	State: func(t testing.TB, folder, when string) disktest.State {
		text, err := os.ReadFile(filepath.Join(folder, "kept"))
		require.NoError(t, err, when)
		return disktest.State(text)
	},
}, {
	Name: "copying to a second folder",
	Ready: func(t testing.TB, folder string) {
		write(t, filepath.Join(folder, "from"), strings.Repeat("new", 1<<20))
	},
	Do: func(folder string) error {
		return disk.Copy(filepath.Join(folder, "from"), filepath.Join(folder, "to"), disk.Private)
	},
	State: func(t testing.TB, folder, when string) disktest.State {
		text, err := os.ReadFile(filepath.Join(folder, "to"))
		if errors.Is(err, os.ErrNotExist) {
			return disktest.Old
		}
		require.Len(t, text, 3<<20, when)
		return disktest.New
	},
}}

func TestMain(m *testing.M) {
	disktest.Main(works...)
	os.Exit(m.Run())
}

func write(t testing.TB, path, text string) {
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func TestFileIsOldOrNewWhateverCallMeetsTrouble(t *testing.T) { disktest.Table(t, works...) }

func TestRenamingIsTriedAgainWhileAScannerHoldsTheFile(t *testing.T) {
	folder := t.TempDir()
	from, to := filepath.Join(folder, "from"), filepath.Join(folder, "to")
	write(t, from, "new")
	write(t, to, "old")
	tries := 0
	defer disk.OnCall(func(disk.Call) error {
		if tries++; tries < 4 {
			return syscall.EBUSY
		}
		return nil
	})()
	require.NoError(t, disk.Rename(from, to))
	require.Equal(t, 4, tries)
	text, err := os.ReadFile(to)
	require.NoError(t, err)
	require.Equal(t, "new", string(text))
}

func TestRenamingGivesUpAfterTwoSecondsAndSaysWhoHoldsTheFile(t *testing.T) {
	folder := t.TempDir()
	from, to := filepath.Join(folder, "from"), filepath.Join(folder, "list.csv")
	write(t, from, "new")
	write(t, to, "old")
	defer disk.OnCall(func(disk.Call) error { return syscall.EBUSY })()
	begin := time.Now()
	err := disk.Rename(from, to)
	require.GreaterOrEqual(t, time.Since(begin), 2*time.Second)
	require.Equal(t, disk.Held, disk.TroubleOf(err))
	require.Contains(t, disk.Unwritable(to, err).Text.String(), "Is it open in another program?")
}

func TestTroubleIsToldAsWhatItIs(t *testing.T) {
	for err, want := range map[error]struct {
		trouble disk.Trouble
		code    model.Code
		part    string
	}{
		syscall.ENOSPC:                    {disk.Full, model.DiskFull, "disk is full"},
		syscall.EDQUOT:                    {disk.Full, model.DiskFull, "disk is full"},
		syscall.EROFS:                     {disk.ReadOnly, model.Unwritable, "read-only"},
		syscall.EACCES:                    {disk.Denied, model.Unwritable, "may not be written"},
		syscall.EIO:                       {disk.Broken, model.Unwritable, "disk reports an error"},
		syscall.ESTALE:                    {disk.Away, model.Unwritable, "network folder or the drive"},
		syscall.ENAMETOOLONG:              {disk.Misnamed, model.Unwritable, "Choose another one"},
		os.ErrNotExist:                    {disk.Missing, model.Unwritable, "does not exist"},
		errors.New("something else"):      {disk.Unknown, model.Unwritable, "open in another program"},
		&os.LinkError{Err: syscall.EROFS}: {disk.ReadOnly, model.Unwritable, "list.csv"},
	} {
		require.Equal(t, want.trouble, disk.TroubleOf(err), "%v", err)
		said := disk.Unwritable("/some/list.csv", err)
		require.Equal(t, want.code, said.Code, "%v", err)
		require.Contains(t, said.Text.String(), want.part)
	}
}

func TestFilesAreFoundInAFolderWithBrackets(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "shared [1]")
	require.NoError(t, os.Mkdir(folder, 0o700))
	write(t, filepath.Join(folder, "a.list"), "")
	write(t, filepath.Join(folder, "b.other"), "")
	require.Equal(t, []string{filepath.Join(folder, "a.list")}, disk.Matching(folder, "*.list"))
	require.Empty(t, disk.Matching(filepath.Join(folder, "missing"), "*"))
}

func TestLinksToAFileAreTheFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "register.db")
	write(t, path, "")
	require.NoError(t, os.Symlink(path, filepath.Join(folder, "soft")))
	require.NoError(t, os.Link(path, filepath.Join(folder, "hard")))
	write(t, filepath.Join(folder, "other"), "")
	require.True(t, disk.Same(filepath.Join(folder, "soft"), path))
	require.True(t, disk.Same(filepath.Join(folder, "hard"), path))
	require.False(t, disk.Same(filepath.Join(folder, "other"), path))
	require.True(t, disk.Same(filepath.Join(folder, "Missing.db"), filepath.Join(folder, "missing.db")))
}

func TestDatedNamesNeverMeet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	at := time.Date(2026, 11, 25, 10, 42, 0, 0, time.Local)
	for _, name := range []string{"register before restore 2026-11-25 1042.db", "register before restore 2026-11-25 1042 (2).db",
		"register before restore 2026-11-25 1042 (3).db"} {
		dated := disk.Dated(path, "before restore", at)
		require.Equal(t, name, filepath.Base(dated))
		write(t, dated, "")
	}
}

func TestExportsFollowTheUmaskAndWhatIsKeptIsForItsOwner(t *testing.T) {
	folder := t.TempDir()
	shared, private := filepath.Join(folder, "shared"), filepath.Join(folder, "private")
	require.NoError(t, disk.WriteFile(shared, nil, disk.Shared))
	require.NoError(t, disk.WriteFile(private, nil, disk.Private))
	umask, err := os.Create(filepath.Join(folder, "as the umask has it"))
	require.NoError(t, err)
	require.NoError(t, umask.Close())
	require.Equal(t, mode(t, umask.Name()), mode(t, shared))
	require.Equal(t, os.FileMode(0o600), mode(t, private))
}

func mode(t *testing.T, path string) os.FileMode {
	s, err := os.Stat(path)
	require.NoError(t, err)
	return s.Mode()
}
