package lists

// What the file dialogs would choose.
var (
	ErrorReportOf    = showErrorReport
	AccountsImportOf = showAccountsImport
)
