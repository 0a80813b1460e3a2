package data

import (
	"slices"
	"strings"
	"time"

	"consign/model"
)

// exchange puts a new device in the place of each old one.
func (w *world) exchange(reseller int64, olds []int64, news []model.Identifiers, ids []int64, act int64) model.Code {
	by := model.As(model.Reseller, reseller)
	devices, code := w.chosen(by, olds)
	if code != "" {
		return code
	}
	for i, new := range news {
		for _, d := range w.devices {
			if !d.gone && !slices.Contains(olds, d.id) && meet(d.ids, new) {
				return model.Conflict
			}
		}
		for _, other := range news[:i] {
			if meet(other, new) {
				return model.Conflict
			}
		}
	}
	taken := w.takeAway(by, devices, act)
	taken.carry.needed = true
	for i, new := range news {
		for _, d := range devices {
			if d.id == olds[i] && i < len(ids) {
				w.devices = append(w.devices, &worldDevice{id: ids[i], ids: new, in: d.in, movedBy: d.movedBy, exchanged: taken})
			}
		}
	}
	return ""
}

// changeCustomer deletes there and uploads here.
func (w *world) changeCustomer(reseller, target int64, olds []int64, ids []int64, upload int64, at time.Time, act int64) model.Code {
	by := model.As(model.Reseller, reseller)
	devices, code := w.chosen(by, olds)
	if code != "" {
		return code
	}
	devices = slices.DeleteFunc(devices, func(d *worldDevice) bool { return d.in.target == target })
	if len(devices) == 0 {
		return model.Refused
	}
	var identifiers []model.Identifiers
	slices.SortFunc(devices, func(a, b *worldDevice) int { return strings.Compare(a.ids.IMEI1, b.ids.IMEI1) })
	for _, d := range devices {
		identifiers = append(identifiers, d.ids)
	}
	w.takeAway(by, devices, act)
	return w.upload(upload, at, reseller, target, identifiers, ids)
}

// note notes that uploads and acts were carried to the portal, or confirmed there.
func (w *world) note(by model.View, sel model.CarrySelection, confirm bool) model.Code {
	noted := false
	note := func(c *carry) {
		if confirm {
			noted, c.confirmed = noted || !c.confirmed, true
		} else if !c.carried && !c.confirmed {
			noted, c.carried = true, true
		}
	}
	for _, id := range sel.Acts {
		if a := w.acts[id]; a == nil || a.by != by {
			return model.NotFound
		}
	}
	for _, id := range sel.Uploads {
		if u := w.uploadWith(id); by.Portal != model.ResellerPortal || u.reseller != by.Account {
			return model.NotFound
		}
	}
	for _, id := range sel.Uploads {
		if u := w.uploadWith(id); u.kind == model.DirectUpload {
			note(&u.carry)
		}
	}
	for _, id := range sel.Acts {
		if a := w.acts[id]; a.carry.needed {
			note(&a.carry)
		}
	}
	if !noted {
		return model.Refused
	}
	return ""
}

func (w *world) setPreference(customer, reseller int64, services []model.Service, approve bool) model.Code {
	w.trusts[[2]int64{customer, reseller}] = services
	for _, s := range services {
		for _, u := range w.uploads {
			approved, there := u.portals[s]
			if approve && there && !approved && u.target == customer && u.reseller == reseller && len(w.under(u)) > 0 {
				u.portals[s], u.approved = true, true
			}
		}
	}
	return ""
}

// decides tells whether a party may decide in the customer's portal.
func (w *world) decides(by model.View, customer int64) model.Code {
	if by.Portal != model.MSPPortal {
		return ""
	}
	switch m := w.managements[[2]int64{by.Account, customer}]; {
	case m == nil:
		return model.NotFound
	case m.status != model.ActiveManagement:
		return model.Refused
	}
	return ""
}

func (w *world) setServices(by model.View, customer int64, change model.ServicesChange) model.Code {
	if code := w.decides(by, customer); code != "" {
		return code
	}
	for _, s := range w.services[customer] {
		if slices.Contains(change.Services, s) {
			continue
		}
		for _, u := range w.uploads {
			approved, there := u.portals[s]
			if !there || approved || u.target != customer || len(w.under(u)) == 0 {
				continue
			}
			switch {
			case change.Approve && !w.approvesDirect(by, customer, u):
				return model.Refused
			case change.Approve:
				u.portals[s], u.approved = true, true
			case change.WaitIn == "":
				return model.Refused
			default:
				w.waitElsewhere(u, s, change)
			}
		}
	}
	w.services[customer] = change.Services
	return ""
}

// approvesDirect tells whether a party may approve the upload in the customer's portal: an MSP only what it moved itself, unless it manages
// the customer fully.
func (w *world) approvesDirect(by model.View, customer int64, u *worldUpload) bool {
	return by.Portal != model.MSPPortal || u.kind == model.MovedUpload && u.msp == by.Account ||
		w.managements[[2]int64{by.Account, customer}].how == model.FullyManaged
}

func (w *world) waitElsewhere(u *worldUpload, from model.Service, change model.ServicesChange) {
	delete(u.portals, from)
	for _, s := range change.Services {
		if _, there := u.portals[s]; there {
			return
		}
	}
	u.portals[change.WaitIn] = false
}

func (w *world) cameBack(reseller, account int64) model.Code {
	switch page := w.pages[[2]int64{reseller, account}]; {
	case page == nil:
		return model.NotFound
	case !page.inactive, w.isMSP(account):
		return model.Refused
	}
	w.returns(reseller, account)
	return ""
}
