package reseller

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/lists"
	"consign/ui/page"
)

// customersPage is the Customers page of a reseller (domain §3).
func customersPage(d page.Desk, view model.View, at page.Place) *page.Page {
	r := d.Register()
	rows := func(ctx context.Context, ids []int64) ([]model.ResellerCustomer, error) {
		return r.Customers().Rows(ctx, view.Account, ids)
	}
	add := func() { addCustomer(d, view) }
	return page.NewListPage(d, page.List[model.ResellerCustomer]{
		Name: "reseller.customers", Title: lang.L("Customers"), Frozen: 1,
		Shows:      data.CustomersChanged | data.UploadsChanged | data.DevicesChanged | data.AccountsChanged,
		Columns:    customerColumns(),
		SearchHint: lang.L("Search company, reference or ID"),
		Filters: []grid.Filter{
			page.ChoiceFilter(page.FilterStatus, lang.L("Status"), model.CustomerStatuses,
				func(s model.CustomerStatus) string { return page.Word(s) }),
			countryFilter(d, view),
			page.ChoiceFilter(page.FilterKind, lang.L("Kind"), []model.AccountKind{model.Customer, model.MSP},
				func(k model.AccountKind) string { return page.Word(k) }),
		},
		Sort: []grid.SortKey{{Column: model.ByCompany}},
		Source: &grid.Paged[model.ResellerCustomer]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return r.Customers().IDs(ctx, model.CustomerQuery{Reseller: view.Account, Search: q.Search, Sort: page.Sorts(q),
					Status: model.CustomerStatus(q.Filters[page.FilterStatus]), Country: q.Filters[page.FilterCountry],
					Kind: model.AccountKind(q.Filters[page.FilterKind])})
			},
			Rows: rows,
			ID:   func(c model.ResellerCustomer) int64 { return c.ID },
			Total: func(ctx context.Context) (int, error) {
				ids, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: view.Account})
				return len(ids), err
			},
		},
		Row:     page.RowByID(rows),
		For:     func(c model.ResellerCustomer) page.Purpose { return page.Purpose{Customer: c.AccountID} },
		Open:    func(c model.ResellerCustomer) { openCustomer(d, c.AccountID) },
		Actions: customerActions(d, view),
		Nothing: page.BeginFor(d, model.CustomerAdded, grid.State{Title: lang.L("No customers yet"),
			Text:   lang.L("Add the customers and MSPs that you sell devices to."),
			Button: lang.L("ADD CUSTOMER"), OnButton: add}),
		Download: lang.L("DOWNLOAD CUSTOMERS AS CSV"),
		Buttons: []fyne.CanvasObject{
			page.For(d, model.AccountsImported, control.NewButton(lang.L("Import accounts…"), func() { lists.ShowAccountsImport(d) })),
			page.For(d, model.CustomerAdded, control.NewMainButton(lang.L("ADD CUSTOMER"), add))},
	}, at)
}

func openCustomer(d page.Desk, account int64) {
	d.Go(page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: account})
}

func customerColumns() []page.Column[model.ResellerCustomer] {
	type row = model.ResellerCustomer
	pending := lang.L("Pending") // where there is no room for the whole words
	status := page.WordsColumn(model.ByStatus, lang.L("STATUS"), []model.CustomerStatus{model.ActiveCustomer, model.InactiveCustomer},
		customerStatus)
	status.Words = append(status.Words, pending)
	status.Most, status.Short = 215, func(c row) string {
		if c.Status == model.PendingVerification {
			return pending
		}
		return page.Word(c.Status)
	}
	return []page.Column[row]{
		{FileTitle: "Company Name / Internal Reference", Column: grid.Column[row]{ID: model.ByCompany,
			Title: lang.L("COMPANY NAME / INTERNAL REFERENCE"),
			Width: 215, Most: 640, Sortable: true, Opens: true, Text: nameAndReference,
			Badge: func(c row) (string, grid.Look) {
				if c.Kind == model.MSP {
					return page.Word(c.Kind), grid.Marked
				}
				return "", grid.Plain
			}}},
		{Column: grid.Column[row]{ID: model.ByID, Title: lang.L("CUSTOMER ID/MSP ID"), Words: []string{"4600000000"}, Mono: true, Sortable: true,
			Text: func(c row) string { return c.ShownID }}},
		{Column: grid.Column[row]{ID: model.ByCountry, Title: lang.L("COUNTRY"), Width: 108, Most: 290, Sortable: true,
			Text: func(c row) string { return page.Country(c.Country) }}},
		page.DateColumn(model.ByLastUploaded, lang.L("LAST UPLOADED"), func(c row) time.Time { return c.LastUploaded }),
		page.NumberColumn(model.ByUploads, lang.L("UPLOADS"), func(c row) int { return c.Uploads }),
		page.NumberColumn(model.ByDevices, lang.L("DEVICES"), func(c row) int { return c.Devices }),
		status,
	}
}

func nameAndReference(c model.ResellerCustomer) string {
	if c.InternalReference == "" {
		return c.CompanyName
	}
	return c.CompanyName + " / " + c.InternalReference
}

func customerStatus(c model.ResellerCustomer) (string, grid.Look) {
	switch c.Status {
	case model.ActiveCustomer:
		return page.Word(c.Status), grid.Good
	case model.InactiveCustomer:
		return page.Word(c.Status), grid.Plain
	}
	return page.Word(c.Status), grid.Waiting
}

func customerActions(d page.Desk, view model.View) []page.Action[model.ResellerCustomer] {
	return []page.Action[model.ResellerCustomer]{
		{
			Title: func(int) string { return lang.L("New upload") }, One: true,
			Do: func(s page.Selected[model.ResellerCustomer]) {
				d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: s.Row.AccountID})
			},
		},
		{
			Title: func(int) string { return lang.L("Upload a list…") }, One: true,
			Do: func(s page.Selected[model.ResellerCustomer]) {
				page.AskListsAsync(d.Window(), func(paths []string) {
					d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: s.Row.AccountID, Files: paths})
				})
			},
		},
		{
			Title: func(int) string { return lang.L("Edit internal reference…") }, One: true,
			Do: func(s page.Selected[model.ResellerCustomer]) { editReference(d, view, s.Row) },
		},
		customerRemovedUs(d, view), customerCameBack(d, view),
	}
}

func customerRemovedUs(d page.Desk, view model.View) page.Action[model.ResellerCustomer] {
	return page.Action[model.ResellerCustomer]{
		Title: func(int) string { return lang.L("Customer removed us…") }, One: true,
		Needs: model.CustomerRemovedUs, Can: model.ResellerCustomer.CanRemoveUs,
		Do: func(s page.Selected[model.ResellerCustomer]) { removedUs(d, view, s.Row) },
	}
}

// customerCameBack notes that a customer registered the reseller again.
func customerCameBack(d page.Desk, view model.View) page.Action[model.ResellerCustomer] {
	return page.Action[model.ResellerCustomer]{
		Title: func(int) string { return lang.L("Customer registered us again…") }, One: true,
		Needs: model.CustomerCameBack, Can: model.ResellerCustomer.CanComeBack,
		Do: func(s page.Selected[model.ResellerCustomer]) {
			words := map[string]any{"Customer": s.Row.CompanyName}
			page.Ask(d, lang.L("Did {{.Customer}} register us again?", words),
				lang.L("{{.Customer}} is Inactive, whatever is approved meanwhile, until it registers us again.", words),
				lang.L("Record the registration"), func() {
					page.Act(d, lang.L("Recording the registration"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
						return d.Register().Customers().CameBack(ctx, view.Account, s.Row.AccountID)
					}, nil)
				})
		},
	}
}

// countryFilter offers the countries of the reseller's customers.
func countryFilter(d page.Desk, view model.View) grid.Filter {
	return grid.Filter{
		ID: page.FilterCountry, Title: lang.L("Country"), Text: page.Country,
		Options: func(ctx context.Context) ([]grid.Option, error) {
			ids, err := d.Register().Customers().IDs(ctx, model.CustomerQuery{Reseller: view.Account})
			if err != nil {
				return nil, err
			}
			customers, err := d.Register().Customers().Rows(ctx, view.Account, ids)
			if err != nil {
				return nil, err
			}
			return countryOptions(customers), nil
		},
	}
}

func countryOptions(customers []model.ResellerCustomer) []grid.Option {
	names := map[string]string{}
	for _, c := range customers {
		if c.Country != "" {
			names[c.Country] = page.Country(c.Country)
		}
	}
	var options []grid.Option
	for _, code := range slices.SortedFunc(maps.Keys(names), func(a, b string) int { return strings.Compare(names[a], names[b]) }) {
		options = append(options, grid.Option{Value: code, Text: names[code]})
	}
	return options
}
