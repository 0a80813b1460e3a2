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
	wide := container.New(layout.NewGridWrapLayout(fyne.NewSize(serviceWidth, choose.MinSize().Height)), choose)
	room, actions := container.NewStack(), container.NewHBox()
	var services []model.PortalService
	edit := control.NewButton(lang.L("Knox services…"), func() { editServices(d, by, customer, services) })
	prefer := control.NewButton(lang.L("Preferences…"), func() { editPreference(d, by, customer, services) })
	refused := widget.NewLabel("")
	refused.Truncation = fyne.TextTruncateEllipsis
	p := &page.Page{
		Title: lang.L("CUSTOMER PORTAL"),
		Content: control.Below(container.NewBorder(nil, nil, container.NewHBox(widget.NewLabel(lang.L("Knox service")), wide),
			container.NewHBox(prefer, edit), refused), room),
		Actions: []fyne.CanvasObject{actions},
		Shows:   data.ManagementsChanged | data.UploadsChanged | data.DevicesChanged,
	}
	var list *page.Page
	var shown model.Service
	show := func(s model.PortalService) {
		if s.Service == shown {
			return
		}
		shown = s.Service
		list = page.NewListPage(d, portalList(d, by, customer, s.Service), page.Place{})
		actions.Objects, room.Objects = list.Actions, []fyne.CanvasObject{list.Content}
		actions.Refresh()
		room.Refresh()
	}
	take := func(now portalNow) {
		read := now.services
		services = read
		control.Enable(edit, now.may == nil)
		control.Enable(prefer, now.may == nil)
		refused.SetText("")
		if now.may != nil {
			refused.SetText(page.ErrorText(now.may))
		}
		names := make([]string, len(read))
		at := max(0, slices.IndexFunc(read, func(s model.PortalService) bool { return s.Waiting > 0 })) // the page opens where something waits
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
		page.Read(d, func(ctx context.Context) (now portalNow, err error) {
			if now.may, err = mayDecide(ctx, d.Register().Managements(), by, customer.ID); err == nil {
				now.services, err = portalServices(ctx, d.Register().Portal(), d.Register().Uploads(), by, customer.ID)
			}
			return now, err
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

// portalNow is what the page shows of a customer's portal.
type portalNow struct {
	services []model.PortalService
	may      error // why by may not decide there
}

// mayDecide tells why by may not decide in the customer's portal, nil if it may.
func mayDecide(ctx context.Context, managements data.Managements, by model.View, customer int64) (refused, err error) {
	if by.Portal != model.MSPPortal {
		return nil, nil
	}
	m, err := managements.Of(ctx, by.Account, customer)
	return m.CanDecide(), err
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

func portalList(d page.Desk, by model.View, customer model.Account, service model.Service) page.List[model.Upload] {
	return List(d, by, Options{
		Name: "portal.uploads", Title: page.Word(service), Within: waiting(by, customer.ID, service),
		Open: func(u model.Upload) { d.Go(page.UploadPlace(by, u.ID)) },
		Actions: []page.Action[model.Upload]{
			approveAction(d, by, customer.ID, lang.L("Approve for all services"), func(ctx context.Context, ids []int64) (model.Done, error) {
				return d.Register().Portal().ApproveInAll(ctx, by, customer.ID, ids)
			}),
			approveAction(d, by, customer.ID, lang.L("Approve in {{.Service}}", map[string]any{"Service": page.Word(service)}),
				func(ctx context.Context, ids []int64) (model.Done, error) {
					return d.Register().Portal().Approve(ctx, by, customer.ID, service, ids)
				}),
		},
		Nothing: grid.State{Title: lang.L("No upload waits here"),
			Text: lang.L("Uploads to {{.Customer}} that wait for approval are listed here, for each Knox service.",
				map[string]any{"Customer": customer.CompanyName})},
	})
}

// approveAction approves the selected uploads in the customer's portal, where by may decide there.
func approveAction(d page.Desk, by model.View, customer int64, title string,
	approve func(context.Context, []int64) (model.Done, error)) page.Action[model.Upload] {
	return page.Action[model.Upload]{
		Title:  func(int) string { return title },
		Button: true, Needs: model.PortalApproved,
		Can: func(model.Upload) error {
			refused, err := mayDecide(context.Background(), d.Register().Managements(), by, customer)
			if err != nil {
				return err
			}
			return refused
		},
		Do: func(s page.Selected[model.Upload]) {
			page.Act(d, lang.L("Approving uploads"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				ids, err := s.List(ctx)
				if err != nil {
					return model.Done{}, err
				}
				return approve(ctx, ids)
			}, nil)
		},
	}
}
