package msp

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// resellersPage is the Resellers page of an MSP (domain §4).
func resellersPage(d page.Desk, view model.View, at page.Place) *page.Page {
	r := d.Register()
	rows := func(ctx context.Context, ids []int64) ([]model.Registration, error) {
		return r.Resellers().Rows(ctx, view.Account, ids)
	}
	register := func() { registerReseller(d, view) }
	return page.NewListPage(d, page.List[model.Registration]{
		Name: "msp.resellers", Title: lang.L("Resellers"), Frozen: 1,
		Shows:      data.RegistrationsChanged | data.UploadsChanged | data.DevicesChanged | data.AccountsChanged,
		Columns:    resellerColumns(),
		SearchHint: lang.L("Search company or Reseller ID"),
		Sort:       []grid.SortKey{{Column: model.ByCompany}},
		Source: &grid.Paged[model.Registration]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return r.Resellers().IDs(ctx, model.RegistrationQuery{MSP: view.Account, Search: q.Search, Sort: page.Sorts(q)})
			},
			Rows: rows,
			ID:   func(g model.Registration) int64 { return g.ID },
			Total: func(ctx context.Context) (int, error) {
				ids, err := r.Resellers().IDs(ctx, model.RegistrationQuery{MSP: view.Account})
				return len(ids), err
			},
		},
		Row:  page.RowByID(rows),
		Open: func(g model.Registration) { preferences(d, view, g) },
		Actions: []page.Action[model.Registration]{
			{
				Title: func(int) string { return lang.L("Preferences…") }, One: true, Needs: model.PreferencesChanged,
				Do: func(s page.Selected[model.Registration]) { preferences(d, view, s.Row) },
			},
			{
				Title: func(int) string { return lang.L("Show its uploads") }, One: true,
				Do: func(s page.Selected[model.Registration]) { showOf(d, page.Uploads, s.Row) },
			},
			{
				Title: func(int) string { return lang.L("Show its devices") }, One: true,
				Do: func(s page.Selected[model.Registration]) { showOf(d, page.Devices, s.Row) },
			},
			{
				Title: func(int) string { return lang.L("Remove reseller…") }, One: true, OnDelete: true, Needs: model.ResellerRemoved,
				Do: func(s page.Selected[model.Registration]) { removeReseller(d, view, s.Row) },
			},
		},
		Nothing: page.BeginFor(d, model.ResellerRegistered, grid.State{Title: lang.L("No resellers yet"),
			Text: lang.L("Register the resellers whose uploads you take. They need your MSP ID {{.ID}}.",
				map[string]any{"ID": d.Acting(model.MSP).KnoxID}),
			Button: lang.L("REGISTER RESELLER"), OnButton: register}),
		Buttons: []fyne.CanvasObject{page.For(d, model.ResellerRegistered, control.NewMainButton(lang.L("REGISTER RESELLER"), register))},
	}, at)
}

func showOf(d page.Desk, name string, g model.Registration) {
	d.Go(page.Place{Tab: page.MSPTab, Page: name, Filters: map[string]string{page.FilterReseller: page.IDValue(g.ResellerID)}})
}

func resellerColumns() []page.Column[model.Registration] {
	type row = model.Registration
	return []page.Column[row]{
		{Column: grid.Column[row]{ID: model.ByCompany, Title: lang.L("COMPANY NAME"), Width: 142, Most: 500, Sortable: true, Opens: true,
			Text: func(g row) string { return g.CompanyName }}},
		{Column: grid.Column[row]{ID: model.ByID, Title: lang.L("RESELLER ID"), Words: []string{"4600000000"}, Mono: true, Sortable: true,
			Text: func(g row) string { return g.KnoxID }}},
		{Column: grid.Column[row]{ID: model.ByCountry, Title: lang.L("COUNTRY"), Width: 102, Most: 240, Sortable: true,
			Text: func(g row) string { return page.Country(g.Country) }}},
		{Column: grid.Column[row]{ID: model.ByAutoApprove, Title: lang.L("AUTO-APPROVE"), Width: 80, Sortable: true,
			Badge: func(g row) (string, grid.Look) {
				if g.AutoApprove {
					return lang.L("On"), grid.Good
				}
				return lang.L("Off"), grid.Plain
			}}},
		page.NumberColumn(model.ByWaiting, lang.L("WAITING"), func(g row) int { return g.Waiting }),
		page.NumberColumn(model.ByUploads, lang.L("UPLOADS"), func(g row) int { return g.Uploads }),
		page.NumberColumn(model.ByDevices, lang.L("DEVICES"), func(g row) int { return g.Devices }),
		page.DateColumn(model.ByLastUploaded, lang.L("LAST UPLOADED"), func(g row) time.Time { return g.LastUploaded }),
		page.DateColumn(model.ByRegistered, lang.L("REGISTERED"), func(g row) time.Time { return g.RegisteredAt }),
	}
}

// registerReseller is REGISTER RESELLER: Reseller ID, LOOKUP, REGISTER, then the preferences (domain §4).
func registerReseller(d page.Desk, view model.View) {
	f := page.NewForm(d, lang.L("REGISTER RESELLER"), lang.L("REGISTER"))
	finder := page.NewFinder(d, f, lang.L("Reseller ID"), lang.L("LOOKUP"), model.Reseller)
	f.Submit = func() {
		finder.TakeAsync(func(reseller model.Account) {
			var done model.Done
			var registered model.Registration
			f.DoAsync(nil, func(ctx context.Context) (err error) {
				if done, err = d.Register().Resellers().Register(ctx, view.Account, reseller.ID, false, false); err != nil {
					return err
				}
				registered, err = d.Register().Resellers().Of(ctx, view.Account, reseller.ID)
				return err
			}, func() {
				f.Hide()
				d.Report(done)
				preferences(d, view, registered)
			})
		})
	}
	f.Show()
}

// offerRegister offers to register the reseller of an upload that waits for it, and calls then afterwards.
func offerRegister(d page.Desk, view model.View, u model.Upload, then func()) {
	words := map[string]any{"Reseller": u.ResellerName}
	page.Ask(d, lang.L("{{.Reseller}} is not registered", words),
		lang.L("Its uploads can be approved once it is registered. Its preferences can be changed at any time on the Resellers page."),
		lang.L("REGISTER"), func() {
			page.Act(d, lang.L("Registering the reseller"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return d.Register().Resellers().Register(ctx, view.Account, u.ResellerID, false, false)
			}, func(model.Done) { then() })
		})
}

// preferences are those of a registered reseller. Turning auto-approve on asks about the uploads that wait.
func preferences(d page.Desk, view model.View, g model.Registration) {
	f := page.NewForm(d, lang.L("Preferences of {{.Reseller}}", map[string]any{"Reseller": g.CompanyName}), lang.L("Save"))
	auto := f.Check(lang.L("Auto-approve all device uploads from this reseller"))
	auto.SetChecked(g.AutoApprove)
	approve := func() bool { return false }
	if g.Waiting > 0 {
		waiting := f.Check(lang.N("Approve the {{.Count}} uploads that wait already, too", g.Waiting,
			map[string]any{"Count": page.Number(g.Waiting)}))
		waiting.Disable()
		approve = func() bool { return waiting.Checked }
		auto.OnChanged = func(on bool) {
			if on {
				waiting.Enable()
			} else {
				waiting.SetChecked(false)
				waiting.Disable()
			}
		}
		auto.OnChanged(g.AutoApprove)
	}
	f.Submit = func() {
		f.Hide()
		if auto.Checked == g.AutoApprove && !approve() {
			return
		}
		page.Act(d, lang.L("Changing the preferences"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
			return d.Register().Resellers().SetAutoApprove(ctx, view.Account, g.ResellerID, auto.Checked, approve())
		}, nil)
	}
	f.Show()
}

func removeReseller(d page.Desk, view model.View, g model.Registration) {
	words := map[string]any{"Reseller": g.CompanyName}
	page.Confirm(d, lang.L("Remove {{.Reseller}}?", words),
		lang.L("Its uploads and devices stay. New uploads from it wait until you register it again."),
		lang.L("Remove {{.Reseller}}", words), func() {
			page.Act(d, lang.L("Removing the reseller"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return d.Register().Resellers().Remove(ctx, view.Account, g.ResellerID)
			}, nil)
		})
}
