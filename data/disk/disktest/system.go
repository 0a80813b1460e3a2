package disktest

import (
	"os"
	"path/filepath"
	"testing"
)

// HasLinks reports whether this system makes symbolic links for this user: Windows asks for a right, and Wine only says that it did.
func HasLinks(tb testing.TB) bool {
	tb.Helper()
	link := filepath.Join(tb.TempDir(), "link")
	err := os.Symlink("somewhere", link)
	_, missing := os.Lstat(link)
	return err == nil && missing == nil
}
