package uploads

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// serviceWidth has room for the longest name of a Knox service and the uploads that wait there.
const serviceWidth = 280

// CustomerPortal is the customer's portal as by keeps it: per Knox service the uploads that wait there, each to be approved, and
// whether the service approves by itself (domain §4).
func CustomerPortal(d page.Desk, by model.View, customer model.Account) *page.Page {
	choose := control.NewSelect(nil, nil)
	auto := control.NewCheck(lang.L("Approve uploads there at once"), nil)
	wide := container.New(layout.NewGridWrapLayout(fyne.NewSize(serviceWidth, choose.MinSize().Height)), choose)
	room, actions := container.NewStack(), container.NewHBox()
	var services []model.PortalService
	edit := control.NewButton(lang.L("Knox services…"), func() { editServices(d, by, customer, services) })
	p := &page.Page{
		Title:   lang.L("CUSTOMER PORTAL"),
		Content: control.Below(container.NewHBox(widget.NewLabel(lang.L("Knox service")), wide, auto, layout.NewSpacer(), edit), room),
		Actions: []fyne.CanvasObject{actions},
		Shows:   data.ManagementsChanged | data.UploadsChanged | data.DevicesChanged,
	}
	var list *page.Page
	var shown model.Service
	show := func(s model.PortalService) {
		auto.OnChanged = nil
		auto.SetChecked(s.AutoApprove)
		auto.OnChanged = func(on bool) { setAuto(d, by, customer.ID, services, s.Service, on) }
		if s.Service == shown {
			return
		}
		shown = s.Service
		list = page.NewListPage(d, portalList(d, by, customer, s.Service), page.Place{})
		actions.Objects, room.Objects = list.Actions, []fyne.CanvasObject{list.Content}
		actions.Refresh()
		room.Refresh()
	}
	take := func(read []model.PortalService) {
		services = read
		names := make([]string, len(read))
		at := 0
		for i, s := range read {
			names[i] = page.Word(s.Service)
			if s.Waiting > 0 {
				names[i] += " · " + lang.N("{{.Count}} uploads wait", s.Waiting, map[string]any{"Count": page.Number(s.Waiting)})
			}
			if s.Service == shown {
				at = i
			}
		}
		choose.OnChanged = func(string) {
			if i := choose.SelectedIndex(); i >= 0 {
				show(services[i])
			}
		}
		choose.SetOptions(names)
		if len(read) > 0 {
			choose.SetSelectedIndex(at)
		}
	}
	reload := func() {
		page.Read(d, func(ctx context.Context) ([]model.PortalService, error) {
			return portalServices(ctx, d.Register().Portal(), d.Register().Uploads(), by, customer.ID)
		}, take)
	}
	p.Reload = func() {
		reload()
		if list != nil {
			list.Reload()
		}
	}
	p.First = func() fyne.Focusable { return choose }
	p.Search = func() {
		if list != nil {
			list.Search()
		}
	}
	p.Export = func() {
		if list != nil {
			list.Export()
		}
	}
	reload()
	return p
}

// portalServices are the services of a customer, each with the uploads that by may approve there: others are not by's to know (V12).
func portalServices(ctx context.Context, portal data.Portal, uploads data.Uploads, by model.View, customer int64,
) ([]model.PortalService, error) {
	services, err := portal.Services(ctx, customer)
	for i := range services {
		if err == nil {
			services[i].Waiting, err = uploads.Count(ctx, waiting(by, customer, services[i].Service))
		}
	}
	return services, err
}

func waiting(by model.View, customer int64, service model.Service) model.UploadQuery {
	return model.UploadQuery{View: by, Target: customer, Service: service, Waiting: true}
}

func setAuto(d page.Desk, by model.View, customer int64, services []model.PortalService, service model.Service, on bool) {
	wanted := slices.Clone(services)
	for i := range wanted {
		if wanted[i].Service == service {
			wanted[i].AutoApprove = on
		}
	}
	setServices(d, by, customer, wanted)
}

// editServices chooses the Knox services that the customer uses.
func editServices(d page.Desk, by model.View, customer model.Account, services []model.PortalService) {
	f := page.NewForm(d, lang.L("Knox services of {{.Customer}}", map[string]any{"Customer": customer.CompanyName}), lang.L("SAVE"))
	used := make([]model.Service, len(services))
	for i, s := range services {
		used[i] = s.Service
	}
	choice := page.NewServices(used)
	f.Add("", choice)
	f.Submit = func() {
		chosen := choice.Chosen()
		if len(chosen) == 0 {
			f.Fail(choice, model.Fail(model.Invalid, "A customer uses at least one Knox service."))
			return
		}
		wanted := make([]model.PortalService, len(chosen))
		for i, c := range chosen {
			wanted[i].Service = c
			for _, s := range services {
				if s.Service == c {
					wanted[i] = s
				}
			}
		}
		f.Hide()
		setServices(d, by, customer.ID, wanted)
	}
	f.Show()
}

func setServices(d page.Desk, by model.View, customer int64, wanted []model.PortalService) {
	page.Act(d, lang.L("Changing the services"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return d.Register().Portal().SetServices(ctx, by, customer, wanted)
	}, nil)
}

func portalList(d page.Desk, by model.View, customer model.Account, service model.Service) page.List[model.Upload] {
	return List(d, by, Options{
		Name: "portal.uploads", Title: page.Word(service), Within: waiting(by, customer.ID, service),
		Open: func(u model.Upload) { d.Go(page.UploadPlace(by, u.ID)) },
		Actions: []page.Action[model.Upload]{{
			Title:  func(int) string { return lang.L("Approve in the customer portal") },
			Button: true,
			Do: func(s page.Selected[model.Upload]) {
				page.Act(d, lang.L("Approving uploads"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
					ids, err := s.List(ctx)
					if err != nil {
						return model.Done{}, err
					}
					return d.Register().Portal().Approve(ctx, by, customer.ID, service, ids)
				}, nil)
			},
		}},
		Nothing: grid.State{Title: lang.L("No upload waits here"),
			Text: lang.L("Uploads to {{.Customer}} that wait for approval are listed here, for each Knox service.",
				map[string]any{"Customer": customer.CompanyName})},
	})
}
