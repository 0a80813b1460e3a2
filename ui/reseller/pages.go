// Package reseller holds the pages of the Reseller tab (domain §3). Everything in it belongs to Fyne's goroutine.
package reseller

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/compare"
	"consign/ui/control"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/lists"
	"consign/ui/newupload"
	"consign/ui/orders"
	"consign/ui/overview"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/review"
	"consign/ui/uploads"
)

// Entries are the pages in the sidebar.
func Entries() []page.Entry {
	return []page.Entry{
		{Page: page.Overview, Title: lang.L("Overview"), Icon: theme.HomeIcon()},
		{Page: page.Customers, Title: lang.L("Customers"), Icon: theme.AccountIcon()},
		{Page: page.Uploads, Title: lang.L("Uploads"), Icon: theme.UploadIcon()},
		{Page: page.Devices, Title: lang.L("Devices"), Icon: theme.ComputerIcon()},
		{Page: page.Orders, Title: lang.L("Orders"), Icon: theme.ListIcon()},
		{Page: page.Compare, Title: lang.L("Compare"), Icon: theme.ViewRefreshIcon()},
		{Page: page.NewUpload, Title: lang.L("New upload"), Icon: theme.ContentAddIcon()},
	}
}

// Open makes the page of a place for the reseller that the desk acts as. Errors: NotFound for what is not in the register.
func Open(d page.Desk, at page.Place) (*page.Page, error) {
	view := model.As(model.Reseller, d.Acting(model.Reseller).ID)
	switch at.Page {
	case page.Customers:
		return customersPage(d, view, at), nil
	case page.Customer:
		return customerPage(d, view, at.ID)
	case page.Uploads:
		return page.NewListPage(d, uploadList(d, view, "reseller.uploads", lang.L("Uploads"), 0), at), nil
	case page.Upload:
		return uploads.Page(d, view, at.ID, uploadActions(d, view))
	case page.Devices:
		return page.NewListPage(d, deviceList(d, view, "reseller.devices", lang.L("Devices"), 0), at), nil
	case page.ToCarry:
		return portalfile.ToCarryPage(d, view, at), nil
	case page.Orders:
		return orders.Page(d, view, at), nil
	case page.Compare:
		return compare.Page(d, view, func() { lists.ShowAccountsImport(d) }, at.Files...), nil
	case page.NewUpload:
		return newupload.Page(d, newupload.Options{Target: at.ID, Order: at.Order, Unfinished: at.Unfinished, Files: at.Files,
			Exchange: func(k review.Kept) { lists.ShowExchangeByList(d, view, k) }}), nil
	}
	return overview.Reseller(d, func() { addCustomer(d, view) }, portalfile.NewCarryButton(d, view)), nil
}

// uploadList is the uploads of the reseller, to one customer if target is not 0.
func uploadList(d page.Desk, view model.View, name, title string, target int64) page.List[model.Upload] {
	newUpload := func() { d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: target}) }
	var buttons []fyne.CanvasObject
	if target == 0 { // the page of a customer has it already
		buttons = append(buttons, page.For(d, model.DevicesUploaded, control.NewMainButton(lang.L("New upload"), newUpload)))
	}
	return uploads.List(d, view, uploads.Options{
		Name: name, Title: title, Within: model.UploadQuery{Target: target},
		Open:    func(u model.Upload) { d.Go(page.Place{Tab: page.ResellerTab, Page: page.Upload, ID: u.ID}) },
		Actions: uploadActions(d, view),
		Buttons: buttons,
		Nothing: page.BeginFor(d, model.DevicesUploaded, grid.State{Title: lang.L("No uploads yet"),
			Text:   lang.L("Upload devices to a customer or an MSP: the upload and its state stand here."),
			Button: lang.L("New upload"), OnButton: newUpload}),
	})
}

func uploadActions(d page.Desk, view model.View) []page.Action[model.Upload] {
	return []page.Action[model.Upload]{uploads.PortalFileAction(d, view), uploads.ApprovedElsewhereAction(d, view),
		uploads.DeleteAction(d, view)}
}

// deviceList is the devices of the reseller, at one customer if customer is not 0.
func deviceList(d page.Desk, view model.View, name, title string, customer int64) page.List[model.Device] {
	newUpload := func() { d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: customer}) }
	o := devices.Options{
		Name: name, Title: title, Within: model.DeviceQuery{Customer: customer},
		Nothing: page.BeginFor(d, model.DevicesUploaded, grid.State{Title: lang.L("No devices yet"),
			Text:   lang.L("Upload the devices that you sold to a customer or an MSP."),
			Button: lang.L("New upload"), OnButton: newUpload}),
	}
	if customer == 0 {
		o.Buttons = []fyne.CanvasObject{
			page.For(d, model.FailuresReported, control.NewButton(lang.L("Portal errors…"), func() { lists.ShowErrorReport(d) })),
			exchangeButton(d, view),
		}
	}
	return devices.List(d, view, o)
}

// exchangeButton offers what is done with a list of devices that came back.
func exchangeButton(d page.Desk, view model.View) *control.Button {
	b := control.NewButtonWithIcon(lang.L("Came back"), theme.MenuDropDownIcon(), nil)
	b.IconPlacement = widget.ButtonIconTrailingText
	b.OnTapped = func() {
		control.ShowMenuBelow(b, []*fyne.MenuItem{
			page.MenuItemFor(d, model.DevicesExchanged, lang.L("Exchange by list…"), func() { lists.ShowExchangeByList(d, view) }),
			page.MenuItemFor(d, model.DevicesReturned, lang.L("Return by list…"), func() { devices.ReturnByList(d, view) }),
		})
	}
	return b
}
