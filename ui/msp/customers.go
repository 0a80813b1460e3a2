package msp

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// customersPage is the Customers page of an MSP (domain §4).
func customersPage(d page.Desk, view model.View, at page.Place) *page.Page {
	r := d.Register()
	rows := func(ctx context.Context, ids []int64) ([]model.Management, error) {
		return r.Managements().Rows(ctx, view.Account, ids)
	}
	add := func() { addCustomer(d, view) }
	return page.NewListPage(d, page.List[model.Management]{
		Name: "msp.customers", Title: lang.L("Customers"), Frozen: 1,
		Shows:      data.ManagementsChanged | data.UploadsChanged | data.DevicesChanged | data.AccountsChanged,
		Columns:    customerColumns(),
		SearchHint: lang.L("Search company or Customer ID"),
		Filters: []grid.Filter{
			page.ChoiceFilter(page.FilterStatus, lang.L("Status"), model.ManagementStatuses,
				func(s model.ManagementStatus) string { return page.Word(s) }),
			page.ChoiceFilter(page.FilterType, lang.L("Management type"), []model.ManagementType{model.FullyManaged, model.JointlyManaged},
				func(t model.ManagementType) string { return page.Word(t) }),
		},
		Sort: []grid.SortKey{{Column: model.ByCompany}},
		Source: &grid.Paged[model.Management]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return r.Managements().IDs(ctx, model.ManagementQuery{MSP: view.Account, Search: q.Search, Sort: page.Sorts(q),
					Status: model.ManagementStatus(q.Filters[page.FilterStatus]), Type: model.ManagementType(q.Filters[page.FilterType])})
			},
			Rows: rows,
			ID:   func(m model.Management) int64 { return m.ID },
			Total: func(ctx context.Context) (int, error) {
				ids, err := r.Managements().IDs(ctx, model.ManagementQuery{MSP: view.Account})
				return len(ids), err
			},
		},
		Row:     page.RowByID(rows),
		Open:    func(m model.Management) { d.Go(page.Place{Tab: page.MSPTab, Page: page.Customer, ID: m.CustomerID}) },
		Actions: managementActions(d, view),
		Nothing: page.BeginFor(d, model.CustomerRequested, grid.State{Title: lang.L("No customers yet"),
			Text:   lang.L("Ask customers to let you manage their devices. Devices can be moved to them once they agree."),
			Button: lang.L("ADD CUSTOMER"), OnButton: add}),
		Buttons: []fyne.CanvasObject{page.For(d, model.CustomerRequested, control.NewMainButton(lang.L("ADD CUSTOMER"), add))},
	}, at)
}

func customerColumns() []page.Column[model.Management] {
	type row = model.Management
	fully, jointly, delink := lang.L("Fully"), lang.L("Jointly"), lang.L("Delink request") // where there is no room for the whole words
	status := page.WordsColumn(model.ByStatus, lang.L("STATUS"),
		[]model.ManagementStatus{model.PendingManagement, model.ActiveManagement, model.RejectedManagement},
		func(m row) (string, grid.Look) { return page.Word(m.Status), page.ManagementLook(m.Status) })
	status.Words = append(status.Words, delink)
	status.Most, status.Short = 200, func(m row) string {
		if m.Status == model.DelinkRequested {
			return delink
		}
		return page.Word(m.Status)
	}
	return []page.Column[row]{
		{Column: grid.Column[row]{ID: model.ByCompany, Title: lang.L("COMPANY NAME"), Width: 150, Most: 400, Sortable: true, Opens: true,
			Text: func(m row) string { return m.CompanyName }}},
		{Column: grid.Column[row]{ID: model.ByID, Title: lang.L("CUSTOMER ID"), Words: []string{"4600000000"}, Mono: true, Sortable: true,
			Text: func(m row) string { return m.KnoxID }}},
		{Column: grid.Column[row]{ID: model.ByCountry, Title: lang.L("COUNTRY"), Width: 104, Most: 240, Sortable: true,
			Text: func(m row) string { return page.Country(m.Country) }}},
		{Column: grid.Column[row]{ID: model.ByType, Title: lang.L("MANAGEMENT TYPE"), Words: []string{fully, jointly}, Most: 160, Sortable: true,
			Text: func(m row) string { return page.Word(m.Type) },
			Short: func(m row) string {
				if m.Type == model.FullyManaged {
					return fully
				}
				return jointly
			}}},
		status,
		page.NumberColumn(model.ByUploads, lang.L("UPLOADS"), func(m row) int { return m.Uploads }),
		page.NumberColumn(model.ByDevices, lang.L("DEVICES"), func(m row) int { return m.Devices }),
		page.DateColumn(model.ByRequested, lang.L("REQUESTED"), func(m row) time.Time { return m.RequestedAt }),
		{Column: grid.Column[row]{ID: model.ByServices, Title: lang.L("KNOX SERVICES"), Width: 160, Most: 700, Sortable: true,
			Text: func(m row) string { return serviceNames(m.Services) }}},
	}
}

func serviceNames(services []model.Service) string {
	names := make([]string, len(services))
	for i, s := range services {
		names[i] = page.Word(s)
	}
	return strings.Join(names, ", ")
}

// addCustomer asks a customer, new or found by its Customer ID, to let the MSP manage it: LOOK UP, REQUEST TO ADD (domain §4).
func addCustomer(d page.Desk, view model.View) {
	f := page.NewForm(d, lang.L("ADD CUSTOMER"), lang.L("REQUEST TO ADD"))
	finder := page.NewFinder(d, f, lang.L("Customer ID"), lang.L("LOOK UP"), model.Customer)
	full, joint := page.Word(model.FullyManaged), page.Word(model.JointlyManaged)
	how := control.NewRadio([]string{full, joint}, nil)
	how.Horizontal = true
	how.SetSelected(full)
	f.Add(lang.L("Management type"), how)
	services := servicesOfNew(d, f, finder)
	f.Submit = func() {
		finder.TakeAsync(func(customer model.Account) {
			kind := model.FullyManaged
			if how.Selected == joint {
				kind = model.JointlyManaged
			}
			chosen := services.Chosen()
			page.Read(d, usedBy(d, customer), func(used []model.Service) {
				if slices.ContainsFunc(used, func(s model.Service) bool { return !slices.Contains(chosen, s) }) {
					services.Keep(used)
					f.Warn(services, model.Fail(model.Invalid, "{{.Customer}} uses these services already. Press the button again if it is right.",
						"Customer", customer.CompanyName))
					return
				}
				var done model.Done
				f.DoAsync(nil, func(ctx context.Context) (err error) {
					done, err = d.Register().Managements().Request(ctx, view.Account, customer.ID, kind, chosen)
					return err
				}, func() {
					f.Hide()
					d.Report(done)
				})
			})
		})
	}
	f.Show()
}

// servicesOfNew adds the choice of the Knox services of a customer that is asked: those that it uses already stay.
func servicesOfNew(d page.Desk, f *page.Form, finder *page.Finder) *page.Services {
	services := page.NewServices([]model.Service{model.KnoxMobileEnrollment})
	f.Add(lang.L("Knox services"), services)
	f.Rule(services, func() error {
		if len(services.Chosen()) == 0 {
			return model.Fail(model.Invalid, "A customer uses at least one Knox service.")
		}
		return nil
	})
	finder.Services = services.Chosen
	meant := int64(0)
	finder.Found = func(customer model.Account) {
		if meant = customer.ID; meant == 0 {
			services.Keep(nil)
			return
		}
		page.Read(d, usedBy(d, customer), func(used []model.Service) {
			if meant == customer.ID {
				services.Keep(used)
			}
		})
	}
	return services
}

// usedBy reads which Knox services a customer uses.
func usedBy(d page.Desk, customer model.Account) func(context.Context) ([]model.Service, error) {
	return func(ctx context.Context) (used []model.Service, err error) {
		services, err := d.Register().Portal().Services(ctx, customer.ID)
		for _, s := range services {
			used = append(used, s.Service)
		}
		return used, err
	}
}

// happening is something between the MSP and a customer: what the menu calls it, and how it is asked about.
type happening struct {
	title, button string
	question      func(customer map[string]any) string
}

// happenings are what can happen, each asked about with what it records or does.
func happenings() (accepted, rejected, joint, delink, delinked, kept happening) {
	accepted = happening{lang.L("The customer accepted the request"), lang.L("Record the consent"),
		func(c map[string]any) string { return lang.L("Did {{.Customer}} accept the request?", c) }}
	rejected = happening{lang.L("The customer rejected the request"), lang.L("Record the refusal"),
		func(c map[string]any) string { return lang.L("Did {{.Customer}} reject the request?", c) }}
	joint = happening{lang.L("Switch to jointly managed"), lang.L("Switch to jointly managed"),
		func(c map[string]any) string { return lang.L("Switch {{.Customer}} to jointly managed?", c) }}
	delink = happening{lang.L("Request to delink"), lang.L("Request to delink"),
		func(c map[string]any) string { return lang.L("Ask {{.Customer}} to delink?", c) }}
	delinked = happening{lang.L("The customer accepted the delink"), lang.L("Delink"),
		func(c map[string]any) string { return lang.L("Did {{.Customer}} accept the delink?", c) }}
	kept = happening{lang.L("The customer rejected the delink"), lang.L("Record the refusal"),
		func(c map[string]any) string { return lang.L("Did {{.Customer}} reject the delink?", c) }}
	return accepted, rejected, joint, delink, delinked, kept
}

// managementActions are what can happen between the MSP and a customer. model.Management says when (domain §4).
func managementActions(d page.Desk, view model.View) []page.Action[model.Management] {
	r := d.Register()
	accepted, rejected, joint, delink, delinked, kept := happenings()
	type act = func(context.Context, model.Management) (model.Done, error)
	ask := func(h happening, needs model.Event, can func(model.Management) error, text func(model.Management) string,
		do act) page.Action[model.Management] {
		return page.Action[model.Management]{
			Title: func(int) string { return h.title }, One: true, Needs: needs, Can: can,
			Do: func(s page.Selected[model.Management]) {
				question, button := page.Ask, h.button
				if needs == model.CustomerDelinked && s.Row.Devices > 0 { // it takes devices away
					question = page.Confirm
					button = lang.N("Delink with {{.Count}} devices", s.Row.Devices, map[string]any{"Count": page.Number(s.Row.Devices)})
				}
				question(d, h.question(map[string]any{"Customer": s.Row.CompanyName}), text(s.Row), button, func() {
					page.Act(d, h.title, func(ctx context.Context, _ data.Progress) (model.Done, error) { return do(ctx, s.Row) }, nil)
				})
			},
		}
	}
	says := func(text string) func(model.Management) string { return func(model.Management) string { return text } }
	return []page.Action[model.Management]{
		ask(accepted, model.CustomerAnswered, model.Management.CanAnswer,
			says(lang.L("The customer becomes Active, and devices can be moved to it.")),
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().Answer(ctx, view.Account, m.CustomerID, true)
			}),
		ask(rejected, model.CustomerAnswered, model.Management.CanAnswer,
			says(lang.L("The customer becomes Rejected. You can ask it again with ADD CUSTOMER.")),
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().Answer(ctx, view.Account, m.CustomerID, false)
			}),
		ask(joint, model.ManagementChanged,
			func(m model.Management) error { return m.CanSwitchTo(model.JointlyManaged) },
			says(lang.L("The customer manages its devices together with you. "+
				"It cannot become fully managed again: that takes delinking and adding it anew. Devices and uploads stay as they are.")),
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().SwitchToJoint(ctx, view.Account, m.CustomerID)
			}),
		ask(delink, model.DelinkAsked, model.Management.CanDelink,
			says(lang.L("When the customer agrees, it and its devices leave your MSP Portal. "+
				"The customer keeps its devices; their resellers see them under the customer then.")),
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().RequestDelink(ctx, view.Account, m.CustomerID)
			}),
		ask(delinked, model.CustomerDelinked, model.Management.CanAnswerDelink,
			func(m model.Management) string {
				if m.Devices == 0 {
					return lang.L("The customer leaves your MSP Portal. It has no devices there.")
				}
				says := lang.N("The customer and its {{.Count}} devices leave your MSP Portal. "+
					"The customer keeps them; their resellers see them under the customer then.",
					m.Devices, map[string]any{"Count": page.Number(m.Devices)})
				if m.Unapproved > 0 {
					says += " " + lang.N("{{.Count}} of them their resellers will see as Pending again: the customer has not approved them.", m.Unapproved,
						map[string]any{"Count": page.Number(m.Unapproved)})
				}
				return says
			},
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().AnswerDelink(ctx, view.Account, m.CustomerID, true)
			}),
		ask(kept, model.DelinkRejected, model.Management.CanAnswerDelink,
			says(lang.L("The customer becomes Active again. Nothing else changes.")),
			func(ctx context.Context, m model.Management) (model.Done, error) {
				return r.Managements().AnswerDelink(ctx, view.Account, m.CustomerID, false)
			}),
	}
}
