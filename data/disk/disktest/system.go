package disktest

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// ForItsOwner fails the test if others may read the file; on Windows its folder decides that, and files have no modes.
func ForItsOwner(tb testing.TB, path string) {
	tb.Helper()
	info, err := os.Stat(path)
	require.NoError(tb, err)
	if runtime.GOOS != "windows" {
		require.Equal(tb, os.FileMode(0o600), info.Mode().Perm(), path)
	}
}

// HasLinks reports whether this system makes symbolic links for this user: Windows asks for a right, and Wine only says that it did.
func HasLinks(tb testing.TB) bool {
	tb.Helper()
	link := filepath.Join(tb.TempDir(), "link")
	err := os.Symlink("somewhere", link)
	_, missing := os.Lstat(link)
	return err == nil && missing == nil
}
