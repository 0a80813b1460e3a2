// Package lists brings in lists that are no uploads, each after showing what it will do: devices to delete, the portal's error
// report, the directory of accounts. Everything in it belongs to Fyne's goroutine unless it says otherwise.
package lists

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/review"
)

// ShowAccountsImport brings a spreadsheet of accounts into the directory (domain §1), after showing a verdict per line.
func ShowAccountsImport(d page.Desk) {
	page.AskFilesAsync(d.Window(), page.Files{Title: lang.L("Open a directory of accounts"), Name: lang.L("Tables"), Endings: page.TableEndings},
		func(paths []string) { showAccountsImport(d, paths[0]) })
}

func showAccountsImport(d page.Desk, path string) {
	page.Read(d, func(ctx context.Context) ([]intake.AccountLine, error) {
		f, err := sheet.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return intake.ReadAccounts(ctx, f)
	}, func(lines []intake.AccountLine) { previewAccounts(d, lines) })
}

func previewAccounts(d page.Desk, lines []intake.AccountLine) {
	columns := []grid.Column[intake.AccountLine]{
		{ID: "line", Title: lang.L("LINE"), Width: 60, Align: grid.Trailing, Text: func(l intake.AccountLine) string { return page.Number(l.Number) }},
		{ID: "verdict", Title: lang.L("VERDICT"), Width: 120, Badge: func(l intake.AccountLine) (string, grid.Look) {
			return review.VerdictLook(intake.Line{Verdict: l.Verdict})
		}},
		{ID: "name", Title: lang.L("COMPANY NAME"), Width: 200, Most: 360, Sortable: true, Text: func(l intake.AccountLine) string { return l.Account.CompanyName }},
		{ID: "kind", Title: lang.L("TYPE"), Width: 100, Sortable: true, Text: func(l intake.AccountLine) string { return page.Word(l.Account.Kind) }},
		{ID: "id", Title: lang.L("KNOX ID"), Width: 115, Mono: true, Sortable: true, Text: func(l intake.AccountLine) string { return l.Account.KnoxID }},
		{ID: "reference", Title: lang.L("INTERNAL REFERENCE"), Width: 130, Text: func(l intake.AccountLine) string { return l.InternalReference }},
		{ID: "country", Title: lang.L("COUNTRY"), Width: 110, Sortable: true, Text: func(l intake.AccountLine) string { return page.Country(l.Account.Country) }},
		{ID: "reason", Title: lang.L("REASON"), Width: 260, Most: 700, Text: func(l intake.AccountLine) string { return page.Words(l.Reason) }},
	}
	view := grid.NewView("accounts.lines", &grid.Slice[intake.AccountLine]{
		Rows: func(context.Context) ([]intake.AccountLine, error) { return lines, nil },
		ID:   func(l intake.AccountLine) int64 { return int64(l.Number) }, Columns: columns,
	}, columns)
	taken := func(warnings bool) []data.NewCustomer {
		var accounts []data.NewCustomer
		for _, l := range lines {
			if l.Verdict < model.Warning || l.Verdict == model.Warning && warnings {
				accounts = append(accounts, data.NewCustomer{Account: l.Account, InternalReference: l.InternalReference})
			}
		}
		return accounts
	}
	var p *preview
	doubtful, customers := control.NewCheck("", nil), control.NewCheck("", nil)
	customers.Checked = true
	reseller := d.Acting(model.Reseller)
	says := func() {
		accounts := taken(doubtful.Checked)
		n := 0
		for _, a := range accounts {
			if a.Kind != model.Reseller {
				n++
			}
		}
		customers.Hidden = reseller.ID == 0 || n == 0
		customers.SetText(lang.N("Add {{.Count}} customers and MSPs to the Customers page of {{.Company}}, too", n,
			map[string]any{"Count": page.Number(n), "Company": reseller.CompanyName}))
		p.can(lang.N("Import {{.Count}} accounts", len(accounts), map[string]any{"Count": page.Number(len(accounts))}), len(accounts) > 0)
	}
	doubtful.OnChanged = func(bool) { says() }
	p = newPreview(d, lang.L("Import accounts"), "", widget.HighImportance, func() {
		p.hide()
		accounts, of := taken(doubtful.Checked), reseller.ID
		if customers.Hidden || !customers.Checked {
			of = 0
		}
		page.Act(d, lang.L("Importing accounts"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
			return importAccounts(ctx, d.Register().Accounts(), d.Register().Customers(), of, accounts)
		}, nil)
	})
	says()
	warnings := len(taken(true)) - len(taken(false))
	doubtful.Text = lang.N("Confirm {{.Count}} warnings", warnings, map[string]any{"Count": page.Number(warnings)})
	doubtful.Hidden = warnings == 0
	p.show(control.InOrder(nil, nil, view, nil, container.NewVBox(doubtful, customers)),
		lang.L("New accounts are added to the directory; known ones take the name and country of the list."), nil)
}

// importAccounts brings accounts into the directory and, for a reseller that is not 0, its Customers page.
func importAccounts(ctx context.Context, directory data.Accounts, customers data.Customers, reseller int64, list []data.NewCustomer,
) (model.Done, error) {
	if reseller != 0 {
		return customers.Import(ctx, reseller, list)
	}
	accounts := make([]model.Account, len(list))
	for i, a := range list {
		accounts[i] = a.Account
	}
	_, _, done, err := directory.Import(ctx, accounts)
	return done, err
}
