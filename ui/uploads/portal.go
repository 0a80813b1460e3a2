package uploads

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// customerPortal is the page of a customer's portal: a tab for each of its Knox services, with how many uploads wait there.
type customerPortal struct {
	*page.Page
	desk     page.Desk
	by       model.View
	customer model.Account

	services []model.PortalService
	shown    model.Service // "" before anything is read
	list     *page.Page    // of the service that is shown

	tabs, room   *fyne.Container
	edit, prefer *control.Button
	refused      *control.Name
}

// CustomerPortal is the customer's portal as by keeps it: per Knox service the uploads that wait there, each to be approved, and
// whether the service approves by itself (domain §4). It opens at a service where something waits.
func CustomerPortal(d page.Desk, by model.View, customer model.Account) *page.Page {
	p := &customerPortal{desk: d, by: by, customer: customer, tabs: container.NewHBox(),
		room: container.NewStack(), refused: control.NewName("", 0)}
	services := control.NewButton(lang.L("Knox services…"), func() { editServices(d, by, customer, p.services) })
	preferences := control.NewButton(lang.L("Preferences…"), func() { editPreference(d, by, customer, p.services) })
	p.edit, p.prefer = page.For(d, model.ServicesChanged, services), page.For(d, model.PreferencesChanged, preferences)
	p.refused.Importance = widget.LowImportance
	p.refused.Hide()
	p.Page = &page.Page{
		Title: lang.L("CUSTOMER PORTAL"),
		Content: control.Below(container.NewVBox(container.NewBorder(nil, nil, nil, control.Row(p.prefer, p.edit), container.NewHScroll(p.tabs)),
			p.refused), p.room),
		Shows: data.ManagementsChanged | data.UploadsChanged | data.DevicesChanged,
		Reload: func() {
			p.read()
			if p.list != nil {
				p.list.Reload()
			}
		},
		First: p.first,
		Settled: func(then func()) {
			if p.list == nil {
				then()
				return
			}
			p.list.Settled(then)
		},
		Search: func() {
			if p.list != nil {
				p.list.Search()
			}
		},
		Export: func() {
			if p.list != nil {
				p.list.Export()
			}
		},
	}
	p.read()
	return p.Page
}

// first is the tab of the service that is shown.
func (p *customerPortal) first() fyne.Focusable {
	for _, o := range p.tabs.Objects {
		if t := o.(*control.Tab); t.Chosen() {
			return t
		}
	}
	return nil
}

// read reads which services there are and what waits there.
func (p *customerPortal) read() {
	r := p.desk.Register()
	page.Read(p.desk, func(ctx context.Context) (now portalNow, err error) {
		if now.may, err = mayDecide(ctx, r.Managements(), p.by, p.customer.ID); err == nil {
			now.services, err = portalServices(ctx, r.Portal(), r.Uploads(), p.by, p.customer.ID)
		}
		return now, err
	}, p.take)
}

// take shows what was read.
func (p *customerPortal) take(now portalNow) {
	p.services = now.services
	p.edit.Refuse(page.Refused(p.desk, model.ServicesChanged, now.may))
	p.prefer.Refuse(page.Refused(p.desk, model.PreferencesChanged, now.may))
	p.refused.Hidden = now.may == nil
	if now.may != nil {
		p.refused.SetText(page.ErrorText(now.may))
	}
	total := 0
	at := max(0, slices.IndexFunc(p.services, func(s model.PortalService) bool { return s.Waiting > 0 })) // it opens where something waits
	for i, s := range p.services {
		total += s.Waiting
		if s.Service == p.shown {
			at = i
		}
	}
	p.showTabs()
	if len(p.services) > 0 {
		p.show(p.services[at].Service)
	}
	p.Count = total
	p.retab()
}

// showTabs makes a tab of each service. Those that are there keep the keyboard.
func (p *customerPortal) showTabs() {
	before := p.tabs.Objects
	p.tabs.Objects = nil
	for _, s := range p.services {
		t := control.NewTab(page.Word(s.Service), func() { p.show(s.Service) })
		for _, o := range before {
			if known := o.(*control.Tab); known.Caption() == t.Caption() {
				t = known
			}
		}
		count := ""
		if s.Waiting > 0 {
			count = page.Number(s.Waiting)
		}
		t.SetCount(count)
		p.tabs.Add(t)
	}
	p.tabs.Refresh()
}

// show shows what waits in a service.
func (p *customerPortal) show(s model.Service) {
	for i, o := range p.tabs.Objects {
		o.(*control.Tab).Choose(p.services[i].Service == s)
	}
	if s == p.shown {
		return
	}
	p.shown = s
	p.list = page.NewListPage(p.desk, portalList(p.desk, p.by, p.customer, s), page.Place{})
	p.Actions, p.room.Objects = p.list.Actions, []fyne.CanvasObject{p.list.Content}
	p.room.Refresh()
	p.retab()
}

// retab has the page around this one show other actions and another count.
func (p *customerPortal) retab() {
	if p.Retabbed != nil {
		p.Retabbed()
	}
}

// WaitsFor is how many uploads wait in a customer's portal for by, which may decide there; 0 where it may not. Off Fyne's goroutine.
func WaitsFor(ctx context.Context, r page.Drawers, by model.View, customer int64) (n int, err error) {
	if refused, err := mayDecide(ctx, r.Managements(), by, customer); refused != nil || err != nil {
		return 0, err
	}
	services, err := portalServices(ctx, r.Portal(), r.Uploads(), by, customer)
	for _, s := range services {
		n += s.Waiting
	}
	return n, err
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
