// Package msp holds the pages of the MSP tab (domain §4). Everything in it belongs to Fyne's goroutine.
package msp

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/model"
	"consign/ui/compare"
	"consign/ui/control"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/newupload"
	"consign/ui/overview"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/uploads"
)

// Entries are the pages in the sidebar.
func Entries() []page.Entry {
	return []page.Entry{
		{Page: page.Overview, Title: lang.L("Overview"), Icon: theme.HomeIcon()},
		{Page: page.Resellers, Title: lang.L("Resellers"), Icon: theme.StorageIcon()},
		{Page: page.Customers, Title: lang.L("Customers"), Icon: theme.AccountIcon()},
		{Page: page.Devices, Title: lang.L("Devices"), Icon: theme.ComputerIcon()},
		{Page: page.Compare, Title: lang.L("Compare"), Icon: theme.ViewRefreshIcon()},
		{Page: page.NewUpload, Title: lang.L("Receive upload"), Icon: theme.DownloadIcon()},
	}
}

// Open makes the page of a place for the MSP that the desk acts as. Errors: NotFound for what is not in the register.
func Open(d page.Desk, at page.Place) (*page.Page, error) {
	view := model.As(model.MSP, d.Acting(model.MSP).ID)
	switch at.Page {
	case page.Resellers:
		return resellersPage(d, view, at), nil
	case page.Customers:
		return customersPage(d, view, at), nil
	case page.Customer:
		return customerPage(d, view, at.ID)
	case page.Uploads, page.Devices:
		return devicesPage(d, view, at), nil
	case page.Upload:
		return uploads.Page(d, view, at.ID, uploadActions(d, view))
	case page.ToCarry:
		return portalfile.ToCarryPage(d, view, at), nil
	case page.Compare:
		return compare.Page(d, view, nil, at.Files...), nil
	case page.NewUpload:
		return newupload.Page(d, newupload.Options{Target: view.Account, OnBehalf: true, Unfinished: at.Unfinished,
			Files: at.Files}), nil
	}
	return overview.MSP(d, func() { registerReseller(d, view) }, portalfile.NewCarryButton(d, view)), nil
}

// devicesPage is Devices with its tabs UPLOADS and DEVICES. A place that narrows goes to the tab that it names.
func devicesPage(d page.Desk, view model.View, at page.Place) *page.Page {
	receive := func() { d.Go(page.Place{Tab: page.MSPTab, Page: page.NewUpload}) }
	inUploads, inDevices, first := at, page.Place{}, 0
	if at.Page == page.Devices && (at.Search != "" || len(at.Filters) > 0) {
		inUploads, inDevices, first = page.Place{}, at, 1
	}
	return page.Tabs(lang.L("Devices"), first,
		page.NewListPage(d, uploads.List(d, view, uploads.Options{
			Name: "msp.uploads", Title: lang.L("UPLOADS"),
			Open:    func(u model.Upload) { d.Go(page.Place{Tab: page.MSPTab, Page: page.Upload, ID: u.ID}) },
			Actions: uploadActions(d, view),
			Buttons: []fyne.CanvasObject{page.For(d, model.DevicesUploaded, control.NewButton(lang.L("Receive upload…"), receive))},
			Nothing: page.BeginFor(d, model.DevicesUploaded, grid.State{Title: lang.L("No uploads yet"),
				Text: lang.L("Give resellers your MSP ID {{.ID}}: they add it as a customer, and their uploads arrive here. "+
					"A list from a reseller that works elsewhere is taken on its behalf.",
					map[string]any{"ID": d.Acting(model.MSP).KnoxID}),
				Button: lang.L("Receive upload…"), OnButton: receive}),
		}), inUploads),
		page.NewListPage(d, devices.List(d, view, devices.Options{
			Name: "msp.devices", Title: lang.L("DEVICES"),
			Nothing: grid.State{Title: lang.L("No devices yet"), Text: lang.L("Devices stand here once their upload is approved.")},
		}), inDevices),
	)
}

// uploadActions are what the MSP does with uploads that it received.
func uploadActions(d page.Desk, view model.View) []page.Action[model.Upload] {
	return []page.Action[model.Upload]{
		{
			Title: func(int) string { return lang.L("Register the reseller…") }, One: true,
			Can: func(u model.Upload) error {
				if u.Registered {
					return model.Fail(model.Exists, "{{.Reseller}} is registered already.", "Reseller", u.ResellerName)
				}
				return nil
			},
			Do: func(s page.Selected[model.Upload]) { offerRegister(d, view, s.Row, func() {}) },
		},
		uploads.ApproveAction(d, view, func(u model.Upload, then func()) { offerRegister(d, view, u, then) }),
	}
}
