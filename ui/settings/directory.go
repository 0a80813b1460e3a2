package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/lists"
	"consign/ui/page"
)

const (
	filterKind = "kind"
	filterOurs = "ours"
)

// accountsPage is the directory of accounts that Lookup searches (domain §1), ours among them.
func accountsPage(d page.Desk, at page.Place) *page.Page {
	add := func(kind model.AccountKind) func() { return func() { showAdd(d, kind) } }
	addButton := page.For(d, model.AccountAdded, control.NewButton(lang.L("Add account…"), nil))
	addButton.Importance = widget.HighImportance
	addButton.OnTapped = func() {
		control.ShowMenuBelow(addButton, []*fyne.MenuItem{
			fyne.NewMenuItem(lang.L("Customer…"), add(model.Customer)),
			fyne.NewMenuItem(lang.L("Reseller…"), add(model.Reseller)),
			fyne.NewMenuItem(lang.L("MSP…"), add(model.MSP)),
		})
	}
	query := func(q grid.Question) model.AccountQuery {
		return model.AccountQuery{Search: q.Search, Kind: model.AccountKind(q.Filters[filterKind]), Ours: q.Filters[filterOurs] != "",
			Sort: page.Sorts(q)}
	}
	edit := func(a model.Account) { showEdit(d, a) }
	return page.NewListPage(d, page.List[model.Account]{
		Name: "accounts", Title: lang.L("Accounts"), Shows: data.AccountsChanged, SearchHint: lang.L("Search company or ID"),
		Columns: []page.Column[model.Account]{
			{Column: grid.Column[model.Account]{ID: "name", Title: lang.L("COMPANY NAME"), Width: 240, Most: 600, Sortable: true, Opens: true,
				Text: func(a model.Account) string { return a.CompanyName }}},
			{Column: grid.Column[model.Account]{ID: "kind", Title: lang.L("KIND"), Width: 100, Sortable: true,
				Text: func(a model.Account) string { return page.Word(a.Kind) }}},
			{Column: grid.Column[model.Account]{ID: "knoxid", Title: lang.L("KNOX ID"), Words: []string{"4600000000"}, Most: 140, Mono: true,
				Sortable: true, Text: func(a model.Account) string { return a.KnoxID }}},
			{Column: grid.Column[model.Account]{ID: "country", Title: lang.L("COUNTRY"), Width: 140, Most: 300, Sortable: true,
				Text: func(a model.Account) string { return page.Country(a.Country) }}},
			{Column: grid.Column[model.Account]{ID: "ours", Title: lang.L("OURS"), Width: 130, Text: func(a model.Account) string {
				if a.Ours {
					return lang.L("We act for it")
				}
				return ""
			}}},
		},
		Filters: []grid.Filter{
			page.ChoiceFilter(filterKind, lang.L("Kind"), model.AccountKinds, func(k model.AccountKind) string { return page.Word(k) }),
			page.YesFilter(filterOurs, lang.L("Ours"), lang.L("Only ours")),
		},
		Source: &grid.Paged[model.Account]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return d.Register().Accounts().IDs(ctx, query(q))
			},
			Rows: d.Register().Accounts().Rows,
			ID:   func(a model.Account) int64 { return a.ID },
			Total: func(ctx context.Context) (int, error) {
				ids, err := d.Register().Accounts().IDs(ctx, model.AccountQuery{})
				return len(ids), err
			},
		},
		Row:  d.Register().Accounts().ByID,
		Open: edit,
		Actions: []page.Action[model.Account]{
			{Title: func(int) string { return lang.L("Edit…") }, One: true, Needs: model.AccountEdited,
				Do: func(s page.Selected[model.Account]) { edit(s.Row) }},
		},
		Nothing: page.BeginFor(d, model.AccountAdded, grid.State{Title: lang.L("No accounts yet"),
			Text:   lang.L("Resellers, MSPs and customers that you work with stand here."),
			Button: lang.L("Add a customer"), OnButton: add(model.Customer)}),
		Buttons: []fyne.CanvasObject{
			page.For(d, model.AccountsImported, control.NewButton(lang.L("Import accounts…"), func() { lists.ShowAccountsImport(d) })), addButton},
	}, at)
}
