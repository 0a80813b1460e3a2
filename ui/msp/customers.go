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

// happening is something between the MSP and a customer: what the menu calls it, how it is asked about, and what records or does it.
type happening struct {
	title, button string
	question      model.Text // of {{.Customer}}
	says          func(model.Management) string
	needs         model.Event
	can           func(model.Management) error
	do            func(ctx context.Context, msp, customer int64) (model.Done, error)
}

// happenings are what can happen, in the order of the menu. model.Management says when (domain §4).
func happenings(r data.Managements) []happening {
	says := func(text string) func(model.Management) string { return func(model.Management) string { return text } }
	type act = func(ctx context.Context, msp, customer int64) (model.Done, error)
	answer := func(record func(context.Context, int64, int64, bool) (model.Done, error), yes bool) act {
		return func(ctx context.Context, msp, customer int64) (model.Done, error) {
			return record(ctx, msp, customer, yes)
		}
	}
	return []happening{
		{
			title: lang.L("The customer accepted the request"), button: lang.L("Record the consent"),
			question: model.Say("Did {{.Customer}} accept the request?"),
			says:     says(lang.L("The customer becomes Active, and devices can be moved to it.")),
			needs:    model.CustomerAnswered, can: model.Management.CanAnswer, do: answer(r.Answer, true),
		},
		{
			title: lang.L("The customer rejected the request"), button: lang.L("Record the refusal"),
			question: model.Say("Did {{.Customer}} reject the request?"),
			says:     says(lang.L("The customer becomes Rejected. You can ask it again with ADD CUSTOMER.")),
			needs:    model.CustomerAnswered, can: model.Management.CanAnswer, do: answer(r.Answer, false),
		},
		{
			title: lang.L("Switch to jointly managed"), button: lang.L("Switch to jointly managed"),
			question: model.Say("Switch {{.Customer}} to jointly managed?"),
			says: says(lang.L("The customer manages its devices together with you. " +
				"It cannot become fully managed again: that takes delinking and adding it anew. Devices and uploads stay as they are.")),
			needs: model.ManagementChanged, can: func(m model.Management) error { return m.CanSwitchTo(model.JointlyManaged) },
			do: r.SwitchToJoint,
		},
		{
			title: lang.L("Request to delink"), button: lang.L("Request to delink"),
			question: model.Say("Ask {{.Customer}} to delink?"),
			says: says(lang.L("When the customer agrees, it and its devices leave your MSP Portal. " +
				"The customer keeps its devices; their resellers see them under the customer then.")),
			needs: model.DelinkAsked, can: model.Management.CanDelink, do: r.RequestDelink,
		},
		{
			title: lang.L("The customer accepted the delink"), button: lang.L("Delink"),
			question: model.Say("Did {{.Customer}} accept the delink?"),
			says:     whatLeaves,
			needs:    model.CustomerDelinked, can: model.Management.CanAnswerDelink, do: answer(r.AnswerDelink, true),
		},
		{
			title: lang.L("The customer rejected the delink"), button: lang.L("Record the refusal"),
			question: model.Say("Did {{.Customer}} reject the delink?"),
			says:     says(lang.L("The customer becomes Active again. Nothing else changes.")),
			needs:    model.DelinkRejected, can: model.Management.CanAnswerDelink, do: answer(r.AnswerDelink, false),
		},
	}
}

// whatLeaves says what leaves the MSP Portal with a customer.
func whatLeaves(m model.Management) string {
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
}

// managementActions are what can happen between the MSP and a customer, each asked about first.
func managementActions(d page.Desk, view model.View) (actions []page.Action[model.Management]) {
	for _, h := range happenings(d.Register().Managements()) {
		actions = append(actions, page.Action[model.Management]{
			Title: func(int) string { return h.title }, One: true, Needs: h.needs, Can: h.can,
			Do: func(s page.Selected[model.Management]) {
				question, button := page.Ask, h.button
				if h.needs == model.CustomerDelinked && s.Row.Devices > 0 { // it takes devices away
					question = page.Confirm
					button = lang.N("Delink with {{.Count}} devices", s.Row.Devices, map[string]any{"Count": page.Number(s.Row.Devices)})
				}
				title := page.Words(model.Say(h.question.Template, "Customer", s.Row.CompanyName))
				question(d, title, h.says(s.Row), button, func() {
					page.Act(d, h.title, func(ctx context.Context, _ data.Progress) (model.Done, error) {
						return h.do(ctx, view.Account, s.Row.CustomerID)
					}, nil)
				})
			},
		})
	}
	return actions
}
