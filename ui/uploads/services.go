package uploads

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// editServices chooses the Knox services that the customer uses.
func editServices(d page.Desk, by model.View, customer model.Account, services []model.PortalService) {
	f := page.NewForm(d, lang.L("Knox services of {{.Customer}}", map[string]any{"Customer": customer.CompanyName}), lang.L("Save"))
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
		f.Hide()
		page.Read(d, func(ctx context.Context) (l leaving, err error) {
			l.waiting, l.refused, err = d.Register().Portal().Leaving(ctx, by, customer.ID, chosen)
			return l, err
		}, func(l leaving) {
			change := model.ServicesChange{Services: chosen}
			if l.waiting > 0 {
				askWaiting(d, by, customer, change, l)
				return
			}
			setServices(d, by, customer.ID, change)
		})
	}
	f.Show()
}

// leaving is how many uploads wait in services that shall not be used any more: those of others, too, of which by sees nothing else (V12).
type leaving struct {
	waiting int
	refused error // why by may not approve all of them
}

// askWaiting asks what becomes of the uploads that wait in a service which the customer does not use any more (domain §4).
func askWaiting(d page.Desk, by model.View, customer model.Account, change model.ServicesChange, l leaving) {
	n := l.waiting
	words := map[string]any{"Count": page.Number(n), "Customer": customer.CompanyName}
	f := page.NewForm(d, lang.N("{{.Count}} uploads wait there", n, words), lang.L("Save"))
	f.Text(lang.N("{{.Customer}} would not use the service any more in which {{.Count}} uploads wait. What shall become of them?", n, words))
	var options []string
	approve := lang.N("Approve {{.Count}} uploads now", n, words)
	if l.refused == nil {
		options = append(options, approve)
	} else {
		f.Text(page.ErrorText(l.refused))
	}
	first := len(options)
	for _, s := range change.Services {
		options = append(options, lang.L("Let them wait in {{.Service}}", map[string]any{"Service": page.Word(s)}))
	}
	choice := control.NewRadio(options, nil)
	choice.SetSelected(options[first])
	f.Add("", choice)
	choice.OnChanged = func(string) { f.SetSubmit(waitingButton(n, choice.Selected == approve), true) }
	choice.OnChanged("")
	f.Submit = func() {
		f.Hide()
		if at := slices.Index(options, choice.Selected) - first; at >= 0 {
			change.WaitIn = change.Services[at]
		} else {
			change.Approve = true
		}
		setServices(d, by, customer.ID, change)
	}
	f.Show()
}

// waitingButton says what becomes of so many uploads that wait.
func waitingButton(n int, approved bool) string {
	words := map[string]any{"Count": page.Number(n)}
	if approved {
		return lang.N("Approve {{.Count}} uploads", n, words)
	}
	return lang.N("Let {{.Count}} uploads wait there", n, words)
}

func setServices(d page.Desk, by model.View, customer int64, change model.ServicesChange) {
	page.Act(d, lang.L("Changing the services"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return d.Register().Portal().SetServices(ctx, by, customer, change)
	}, nil)
}

// editPreference chooses in which services the customer approves a reseller's uploads by itself: a reseller its own, an MSP those of the
// resellers that it has registered (domain §4).
func editPreference(d page.Desk, by model.View, customer model.Account, services []model.PortalService) {
	if by.Portal != model.MSPPortal {
		editPreferenceOf(d, by, customer, services, []model.Registration{{ResellerID: by.Account}})
		return
	}
	page.Read(d, func(ctx context.Context) ([]model.Registration, error) {
		r := d.Register().Resellers()
		ids, err := r.IDs(ctx, model.RegistrationQuery{MSP: by.Account, Sort: []model.Sort{{Column: model.ByCompany}}})
		if err != nil {
			return nil, err
		}
		return r.Rows(ctx, by.Account, ids)
	}, func(resellers []model.Registration) {
		if len(resellers) == 0 {
			d.Say(lang.L("No reseller is registered yet."))
			return
		}
		editPreferenceOf(d, by, customer, services, resellers)
	})
}

func editPreferenceOf(d page.Desk, by model.View, customer model.Account, services []model.PortalService, resellers []model.Registration) {
	f := page.NewForm(d, lang.L("Preferences of {{.Customer}}", map[string]any{"Customer": customer.CompanyName}), lang.L("Save"))
	f.Text(lang.L("Uploads of one reseller are approved on arrival in the services that are ticked. Other resellers' uploads go on waiting."))
	names := make([]string, len(resellers))
	for i, r := range resellers {
		names[i] = r.CompanyName
	}
	at := 0
	checks := make([]*control.Check, len(services))
	show := func() {
		for i, s := range services {
			checks[i].SetChecked(s.Trusts(resellers[at].ResellerID))
		}
	}
	if by.Portal == model.MSPPortal {
		choose := control.NewSelect(names, nil)
		choose.SetSelectedIndex(0)
		choose.OnChanged = func(string) {
			at = max(0, choose.SelectedIndex())
			show()
		}
		f.Add(lang.L("Reseller"), choose)
	}
	for i, s := range services {
		checks[i] = f.Check(page.Word(s.Service))
	}
	show()
	f.Submit = func() {
		var chosen []model.Service
		for i, s := range services {
			if checks[i].Checked {
				chosen = append(chosen, s.Service)
			}
		}
		f.Hide()
		askPreferred(d, by, customer, resellers[at].ResellerID, chosen)
	}
	f.Show()
}

// askPreferred sets a preference. When uploads wait already that would be approved on arrival now, it asks first what becomes of them.
func askPreferred(d page.Desk, by model.View, customer model.Account, reseller int64, chosen []model.Service) {
	set := func(change func(context.Context, model.View, int64, int64, []model.Service) (model.Done, error)) {
		page.Act(d, lang.L("Changing the preferences"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
			return change(ctx, by, customer.ID, reseller, chosen)
		}, nil)
	}
	portal := d.Register().Portal()
	page.Read(d, func(ctx context.Context) (int, error) {
		return waitingOf(ctx, d.Register().Uploads(), by, customer.ID, reseller, chosen)
	}, func(n int) {
		if n == 0 {
			set(portal.SetPreference)
			return
		}
		words := map[string]any{"Count": page.Number(n)}
		f := page.NewForm(d, lang.N("{{.Count}} uploads wait there", n, words), lang.L("Save"))
		f.Text(lang.L("From now on they are approved on arrival. What shall become of those that wait already?"))
		now := lang.N("Approve {{.Count}} uploads now", n, words)
		choice := control.NewRadio([]string{now, lang.L("Let them wait")}, nil)
		choice.SetSelected(now)
		f.Add("", choice)
		choice.OnChanged = func(string) { f.SetSubmit(waitingButton(n, choice.Selected == now), true) }
		choice.OnChanged("")
		f.Submit = func() {
			f.Hide()
			if choice.Selected == now {
				set(portal.SetPreferenceAndApprove)
				return
			}
			set(portal.SetPreference)
		}
		f.Show()
	})
}

// waitingOf is how many uploads of a reseller wait in services of a customer for by. Off Fyne's goroutine.
func waitingOf(ctx context.Context, uploads data.Uploads, by model.View, customer, reseller int64, services []model.Service) (int, error) {
	waits := map[int64]bool{}
	for _, s := range services {
		q := waiting(by, customer, s)
		q.Reseller = reseller
		ids, err := uploads.IDs(ctx, q)
		if err != nil {
			return 0, err
		}
		for _, id := range ids {
			waits[id] = true
		}
	}
	return len(waits), nil
}
