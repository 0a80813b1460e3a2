package lists

import "consign/ui/page"

// What the file dialogs would choose.
var (
	ErrorReportOf    = func(d page.Desk, path string) { showErrorReport(d, path, func() {}) }
	AccountsImportOf = func(d page.Desk, path string) { showAccountsImport(d, path, func() {}) }
)
