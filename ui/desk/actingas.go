package desk

import (
	"context"

	"consign/model"
	"consign/ui/office"
	"consign/ui/page"
	"consign/ui/settings"
)

// kindOf is the kind of account that a tab acts as; false for a tab that acts as nobody.
func kindOf(t page.Tab) (model.AccountKind, bool) {
	switch t {
	case page.ResellerTab:
		return model.Reseller, true
	case page.MSPTab:
		return model.MSP, true
	}
	return "", false
}

// actingKey is where the preferences keep the account that a tab acted as last.
func actingKey(kind model.AccountKind) string { return "acting." + string(kind) }

func (d *Desk) actsForNobody() bool { return len(d.ours[model.Reseller])+len(d.ours[model.MSP]) == 0 }

// setOurs takes the accounts of ours. A tab whose account is not ours any more acts as the one of the last time, else the first.
func (d *Desk) setOurs(ours map[model.AccountKind][]model.Account) {
	d.ours = ours
	for _, t := range tabs {
		kind, acts := kindOf(t.tab)
		if !acts {
			continue
		}
		was, now := d.acting[kind], model.Account{}
		last := d.Preferences().String(actingKey(kind))
		for i, a := range ours[kind] {
			if i == 0 || a.KnoxID == last {
				now = a
			}
			if a.ID == was.ID {
				now = a
				break
			}
		}
		d.acting[kind] = now
		if now.ID != was.ID {
			d.beginTrail(t.tab)
		}
	}
}

// beginTrail forgets what a tab has open, and that it was there: its pages are of another account.
func (d *Desk) beginTrail(tab page.Tab) {
	d.trails[tab] = newTrail()
	d.history.forget(func(v *visit) bool { return v.tab == tab })
}

func (d *Desk) readOurs() {
	page.Read(d, func(ctx context.Context) (map[model.AccountKind][]model.Account, error) {
		return office.AccountsOfOurs(ctx, d.register.Accounts())
	}, func(ours map[model.AccountKind][]model.Account) {
		before := d.trails[d.tab]
		d.setOurs(ours)
		d.frame.Fill(d.sidebar())
		if d.trails[d.tab] != before {
			d.showTab(d.tab)
		}
	})
}

// actAs makes a tab act as another account of ours: its pages start anew, on the entry that is open now.
func (d *Desk) actAs(tab page.Tab, account model.Account) {
	kind, acts := kindOf(tab)
	if !acts || d.acting[kind].ID == account.ID {
		return
	}
	entry := entries(tab)[0].Page
	if open := d.trails[tab].open; len(open) > 0 {
		entry = open[0].place.Page
	}
	d.acting[kind] = account
	d.Preferences().SetString(actingKey(kind), account.KnoxID)
	d.beginTrail(tab)
	if s := d.build(page.Place{Tab: tab, Page: entry}); s != nil {
		d.trails[tab].enter(s)
	}
}

// addOurs asks for an account of ours and acts as it.
func (d *Desk) addOurs(kind model.AccountKind) {
	settings.ShowOurAccount(d, model.Account{Kind: kind, Ours: true}, func(added model.Account) { d.settleAs(added) })
}

// settleAs acts as an account that has just become ours, and shows its tab.
func (d *Desk) settleAs(account model.Account) { d.settle(account, "") }

// settleToTakeOver begins as an account whose portal is taken over.
func (d *Desk) settleToTakeOver(account model.Account) { d.settle(account, page.Compare) }

// settle begins as an account, at a page of its tab if one is named.
func (d *Desk) settle(account model.Account, at string) {
	page.Read(d, func(ctx context.Context) (map[model.AccountKind][]model.Account, error) {
		return office.AccountsOfOurs(ctx, d.register.Accounts())
	}, func(ours map[model.AccountKind][]model.Account) {
		d.setOurs(ours)
		tab := page.ResellerTab
		if account.Kind == model.MSP {
			tab = page.MSPTab
		}
		d.actAs(tab, account)
		d.start(tab)
		if at != "" {
			d.Go(page.Place{Tab: tab, Page: at})
		}
	})
}
