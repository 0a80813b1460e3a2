package newupload

import (
	"testing"
	"time"
)

// What the file dialogs would choose.
var (
	ErrorReportOf    = showErrorReport
	AccountsImportOf = showAccountsImport
)

// SetClock gives the bench another clock by which typing is told from a scan.
func SetClock(t *testing.T, clock func() time.Time) {
	before := now
	now = clock
	t.Cleanup(func() { now = before })
}
