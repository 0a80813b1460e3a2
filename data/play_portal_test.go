package data

import (
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// The acts of the play that change who decides, that carry to the online portal and that put devices in others' places.

// compareEvery is after how many steps all parties are asked: asking them takes many times as long as an act.
const compareEvery = 8

// compareNow asks one party after each step, each in its turn, and all parties from time to time.
func (p *play) compareNow(t *rapid.T) {
	p.steps++
	if p.steps%compareEvery == 0 {
		p.compareAll(t)
		return
	}
	views := p.views()
	p.compareDevices(t, views[p.steps%len(views)])
}

func (p *play) views() (views []model.View) {
	for _, id := range p.resellers {
		views = append(views, model.As(model.Reseller, id))
	}
	for _, id := range p.msps {
		views = append(views, model.As(model.MSP, id))
	}
	for _, id := range p.customers {
		views = append(views, model.As(model.Customer, id))
	}
	return views
}

// compareAll is compare, and what is to be carried to the portal and who did everything.
func (p *play) compareAll(t *rapid.T) {
	p.compare(t)
	for _, view := range p.views()[:len(p.resellers)+len(p.msps)] {
		var want model.CarrySelection
		for _, u := range p.world.uploads {
			if view.Portal == model.ResellerPortal && u.reseller == view.Account && u.carry.state() == model.ToCarry && len(p.world.under(u)) > 0 {
				want.Uploads = append(want.Uploads, u.id)
			}
		}
		for id, a := range p.world.acts {
			if a.by == view && a.carry.state() == model.ToCarry {
				want.Acts = append(want.Acts, id)
			}
		}
		slices.Sort(want.Uploads)
		slices.Sort(want.Acts)
		got, err := p.Carrying().ToCarry(ctx, view)
		require.NoError(t, err)
		require.Equal(t, want, got, "to carry for %v", view)
		uploads, err := p.Uploads().Rows(ctx, view, "", p.uploadIDs())
		require.NoError(t, err)
		for _, u := range uploads {
			require.Equal(t, p.world.uploadWith(u.ID).carry.state(), u.PortalState)
		}
	}
	p.comparePersons(t)
}

func (p *play) uploadIDs() (ids []int64) {
	for _, u := range p.world.uploads {
		ids = append(ids, u.id)
	}
	return ids
}

func (p *play) comparePersons(t *rapid.T) {
	var ids []int64
	for id := range p.persons {
		ids = append(ids, id)
	}
	acts, err := p.Activity().Rows(ctx, ids)
	require.NoError(t, err)
	for _, a := range acts {
		if person := p.persons[a.ID]; person != "" {
			require.Equal(t, person, a.PerformedBy)
		}
		require.True(t, a.PartyID == 0 || a.PartyID != a.CustomerID, "the party is the customer again: %+v", a)
	}
}

func (p *play) anotherPerson(t *rapid.T) {
	p.SetPerson(one(t, []string{"Vera Winkler", "Jan Ott", ""}, "person"))
}

func (p *play) exchange(t *rapid.T) {
	reseller := one(t, p.resellers, "reseller")
	view := model.As(model.Reseller, reseller)
	selection, olds := p.selection(t, view)
	if selection.All {
		t.Skip("a list names its devices")
	}
	var list []Exchange
	var news []model.Identifiers
	returns := rapid.IntRange(0, 2).Draw(t, "return") == 0
	for _, old := range olds {
		x := Exchange{Old: old, Reference: "RMA"}
		if !returns {
			x.New.Identifiers = playedDevice(rapid.IntRange(0, 60).Draw(t, "new"))
			news = append(news, x.New.Identifiers)
		}
		list = append(list, x)
	}
	act := p.Devices().Exchange
	if returns {
		act = p.Devices().Return
	}
	done, err := act(ctx, view, list, nil)
	ids := make([]int64, len(news))
	for i := range ids {
		if err == nil {
			require.NoError(t, p.read.Raw("SELECT new_id FROM exchanges WHERE activity_id = ? AND old_id = ?", done.ActivityID,
				olds[i]).Scan(&ids[i]).Error)
		}
	}
	p.did(t, done, err, func(w *world) model.Code { return w.exchange(reseller, olds, news, ids, done.ActivityID) })
}

func (p *play) changeCustomer(t *rapid.T) {
	reseller, target := one(t, p.resellers, "reseller"), one(t, p.targets(), "target")
	view := model.As(model.Reseller, reseller)
	selection, olds := p.selection(t, view)
	done, err := p.Devices().ChangeCustomer(ctx, selection, model.NewUpload{TargetID: target}, nil)
	var made struct{ ID int64 }
	var ids []int64
	if err == nil {
		require.NoError(t, p.read.Raw("SELECT id FROM uploads WHERE activity_id = ?", done.ActivityID).Scan(&made).Error)
		require.NoError(t, p.read.Raw("SELECT id FROM devices WHERE upload_id = ? ORDER BY id", made.ID).Scan(&ids).Error)
	}
	at := p.now
	p.did(t, done, err, func(w *world) model.Code {
		return w.changeCustomer(reseller, target, olds, ids, made.ID, at, done.ActivityID)
	})
}

// carry notes some of what there is to carry as carried or confirmed.
func (p *play) carry(t *rapid.T) {
	view := model.As(model.Reseller, one(t, p.resellers, "reseller"))
	if rapid.IntRange(0, 3).Draw(t, "by MSP") == 0 {
		view = model.As(model.MSP, one(t, p.msps, "MSP"))
	}
	var sel model.CarrySelection
	for _, u := range p.world.uploads {
		if view.Portal == model.ResellerPortal && u.reseller == view.Account && rapid.Bool().Draw(t, "upload") {
			sel.Uploads = append(sel.Uploads, u.id)
		}
	}
	var acts []int64
	for id := range p.world.acts {
		acts = append(acts, id)
	}
	slices.Sort(acts)
	for _, id := range acts {
		if p.world.acts[id].by == view && rapid.Bool().Draw(t, "act") {
			sel.Acts = append(sel.Acts, id)
		}
	}
	confirm := rapid.Bool().Draw(t, "confirm")
	act := p.Carrying().MarkCarried
	if confirm {
		act = p.Carrying().Confirm
	}
	done, err := act(ctx, view, sel)
	p.did(t, done, err, func(w *world) model.Code { return w.note(view, sel, confirm) })
}

func (p *play) someServices(t *rapid.T) []model.Service {
	services := rapid.SliceOfNDistinct(rapid.SampledFrom(model.Services[:5]), 1, 3, rapid.ID[model.Service]).Draw(t, "services")
	slices.Sort(services)
	return services
}

func (p *play) setPreference(t *rapid.T) {
	customer, reseller := one(t, p.customers, "customer"), one(t, p.resellers, "reseller")
	services := p.someServices(t)
	if rapid.Bool().Draw(t, "none") {
		services = nil
	}
	set, approve := p.Portal().SetPreference, rapid.Bool().Draw(t, "approve what waits")
	if approve {
		set = p.Portal().SetPreferenceAndApprove
	}
	done, err := set(ctx, model.As(model.Customer, customer), customer, reseller, services)
	p.did(t, done, err, func(w *world) model.Code { return w.setPreference(customer, reseller, services, approve) })
}

func (p *play) setServices(t *rapid.T) {
	customer := one(t, p.customers, "customer")
	by := model.As(model.Customer, customer)
	if rapid.IntRange(0, 3).Draw(t, "by MSP") == 0 {
		by = model.As(model.MSP, one(t, p.msps, "MSP"))
	}
	change := model.ServicesChange{Services: p.someServices(t)}
	switch rapid.IntRange(0, 2).Draw(t, "those that wait") {
	case 1:
		change.Approve = true
	case 2:
		change.WaitIn = change.Services[0]
	}
	done, err := p.Portal().SetServices(ctx, by, customer, change)
	p.did(t, done, err, func(w *world) model.Code { return w.setServices(by, customer, change) })
}

func (p *play) cameBack(t *rapid.T) {
	reseller, account := one(t, p.resellers, "reseller"), one(t, p.targets(), "account")
	done, err := p.Customers().CameBack(ctx, reseller, account)
	p.did(t, done, err, func(w *world) model.Code { return w.cameBack(reseller, account) })
}
