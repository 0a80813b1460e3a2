package msp

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uploads"
)

// portalTab is the place of the customer's portal among the tabs of its details.
const portalTab = 2

// customerPage is the details of a customer: its management, what was moved to it, and its portal per Knox service.
func customerPage(d page.Desk, view model.View, customer int64) (*page.Page, error) {
	read := func(ctx context.Context) (model.Management, error) {
		return d.Register().Managements().Of(ctx, view.Account, customer)
	}
	m, err := read(context.Background())
	if err != nil {
		return nil, err
	}
	waits, err := uploads.WaitsFor(context.Background(), d.Register(), view, customer)
	if err != nil {
		return nil, err
	}
	first := 0
	if waits > 0 { // the page opens where something is to be decided
		first = portalTab
	}
	summary := page.NewSummary(customerFacts(m)...)
	moved := grid.State{Title: lang.L("No devices were moved here yet"),
		Text: lang.L("Select devices on the Devices page, then ACTIONS, Move devices to customer.")}
	tabs := page.Tabs("", first,
		page.NewListPage(d, uploads.List(d, view, uploads.Options{
			Name: "msp.customer.uploads", Title: lang.L("UPLOADS"), Within: model.UploadQuery{Target: customer}, Nothing: moved,
			Open: func(u model.Upload) { d.Go(page.Place{Tab: page.MSPTab, Page: page.Upload, ID: u.ID}) },
		}), page.Place{}),
		page.NewListPage(d, devices.List(d, view, devices.Options{
			Name: "msp.customer.devices", Title: lang.L("DEVICES"), Within: model.DeviceQuery{Customer: customer}, Nothing: moved,
		}), page.Place{}),
		uploads.CustomerPortal(d, view, model.Account{ID: customer, Kind: model.Customer, CompanyName: m.CompanyName}),
	)
	return &page.Page{
		Title:   m.CompanyName,
		Content: summary.Above(tabs.Content),
		Actions: page.NewRowButtons(d, m.ID, m, read, managementActions(d, view)).Objects,
		Shows:   tabs.Shows | data.ManagementsChanged | data.AccountsChanged,
		Reload: func() {
			page.Reread(d, read, func(m model.Management) {
				summary.Set(customerFacts(m)...)
				tabs.Reload()
			})
		},
		First: tabs.First, Settled: tabs.Settled, Search: tabs.Search, Export: tabs.Export, ByList: tabs.ByList,
	}, nil
}

func customerFacts(m model.Management) []page.Fact {
	return []page.Fact{
		page.IDFact(lang.L("CUSTOMER ID"), m.KnoxID),
		{Name: lang.L("COUNTRY"), Value: page.Country(m.Country)},
		{Name: lang.L("MANAGEMENT TYPE"), Value: page.Word(m.Type)},
		page.StatusFact(page.Word(m.Status), page.ManagementLook(m.Status)),
		{Name: lang.L("KNOX SERVICES"), Value: serviceNames(m.Services)},
		{Name: lang.L("UPLOADS"), Value: page.Number(m.Uploads)},
		{Name: lang.L("DEVICES"), Value: page.Number(m.Devices)},
		{Name: lang.L("REQUESTED"), Value: page.Date(m.RequestedAt)},
	}
}
