package data

import (
	"slices"
	"time"

	"consign/model"
)

// world is the domain (sections 3 to 6) in plain values: what the register must say after the same acts. Its acts
// return the code of the refusal, "" when they are done.
type world struct {
	msps          []int64
	services      map[int64][]model.Service
	trusts        map[[2]int64][]model.Service // customer and reseller: approved by itself there
	uploads       []*worldUpload
	devices       []*worldDevice
	pages         map[[2]int64]*worldPage // reseller and account: the lines of Customers pages
	registrations map[[2]int64]*bool      // MSP and reseller: auto-approve
	managements   map[[2]int64]*worldManagement
	acts          map[int64]*worldAct
}

type worldUpload struct {
	id               int64
	kind             model.UploadKind
	at               time.Time
	reseller, target int64
	msp              int64
	approved         bool
	carry            carry
	portals          map[model.Service]bool // approved there
}

type worldDevice struct {
	id      int64
	ids     model.Identifiers
	in      *worldUpload // the reseller's
	movedBy *worldUpload // nil: not moved
	gone    bool
	failed  bool

	exchanged *worldAct // by which it came in another's place
}

// carry is how far something has been carried to the online portal.
type carry struct{ needed, carried, confirmed bool }

func (c carry) state() model.PortalState {
	return portalState(c.needed, optional(flagOf(c.carried)), optional(flagOf(c.confirmed)))
}

func flagOf(on bool) int {
	if on {
		return 1
	}
	return 0
}

// worldAct is an act that took devices away.
type worldAct struct {
	by    model.View
	carry carry
}

type worldPage struct{ inactive bool }

type worldManagement struct {
	how    model.ManagementType
	status model.ManagementStatus
}

func newWorld(msps []int64) *world {
	return &world{msps: msps, services: map[int64][]model.Service{}, trusts: map[[2]int64][]model.Service{}, pages: map[[2]int64]*worldPage{},
		registrations: map[[2]int64]*bool{}, managements: map[[2]int64]*worldManagement{},
		acts: map[int64]*worldAct{}}
}

func (w *world) isMSP(account int64) bool { return slices.Contains(w.msps, account) }

func (w *world) uploadWith(id int64) *worldUpload {
	for _, u := range w.uploads {
		if u.id == id {
			return u
		}
	}
	return nil
}

// under are the living devices that are seen under the upload by whoever sees it.
func (w *world) under(u *worldUpload) (devices []*worldDevice) {
	for _, d := range w.devices {
		if !d.gone && (d.in == u || d.movedBy == u) {
			devices = append(devices, d)
		}
	}
	return devices
}

// place is the upload under which the viewer sees the device; nil if it does not (domain §5).
func (w *world) place(view model.View, d *worldDevice) *worldUpload {
	switch {
	case d.gone:
	case view.Portal == model.ResellerPortal && d.in.reseller == view.Account:
		return d.in
	case view.Portal == model.MSPPortal && d.in.target == view.Account && d.in.approved:
		return d.in
	case view.Portal == model.CustomerPortal && d.movedBy != nil && d.movedBy.target == view.Account:
		return d.movedBy
	case view.Portal == model.CustomerPortal && d.in.target == view.Account:
		return d.in
	}
	return nil
}

func (w *world) seen(view model.View) (devices []*worldDevice) {
	for _, d := range w.devices {
		if w.place(view, d) != nil {
			devices = append(devices, d)
		}
	}
	return devices
}

// returns notes a registration: an inactive customer comes back by it, and by nothing else.
func (w *world) returns(reseller, account int64) {
	if page := w.pages[[2]int64{reseller, account}]; page != nil {
		page.inactive = false
	}
}

func (w *world) status(reseller, account int64) model.CustomerStatus {
	if w.pages[[2]int64{reseller, account}].inactive {
		return model.InactiveCustomer
	}
	registered := !w.isMSP(account) || w.registrations[[2]int64{account, reseller}] != nil
	for _, u := range w.uploads {
		if registered && u.reseller == reseller && u.target == account && u.kind != model.MovedUpload && u.approved {
			return model.ActiveCustomer
		}
	}
	return model.PendingVerification
}

func (w *world) putOnPage(reseller, account int64) {
	if key := [2]int64{reseller, account}; w.pages[key] == nil {
		w.pages[key] = &worldPage{}
	}
}

// arrive lets an upload wait in each portal of the customer, unless the portal approves it at once.
func (w *world) arrive(u *worldUpload) {
	for _, s := range w.services[u.target] {
		u.portals[s] = slices.Contains(w.trusts[[2]int64{u.target, u.reseller}], s) || s.ApprovesMovedAtOnce() && u.kind == model.MovedUpload
		u.approved = u.approved || u.portals[s]
	}
}

func (w *world) upload(id int64, at time.Time, reseller, target int64, identifiers []model.Identifiers, ids []int64) model.Code {
	for _, d := range w.devices {
		for _, new := range identifiers {
			if !d.gone && meet(d.ids, new) {
				return model.Conflict
			}
		}
	}
	u := &worldUpload{id: id, kind: model.DirectUpload, at: at, reseller: reseller, target: target, portals: map[model.Service]bool{}}
	u.carry.needed = true
	w.uploads = append(w.uploads, u)
	for i, new := range identifiers {
		if i < len(ids) {
			w.devices = append(w.devices, &worldDevice{id: ids[i], ids: new, in: u})
		}
	}
	w.putOnPage(reseller, target)
	if !w.isMSP(target) {
		w.arrive(u)
	} else if auto := w.registrations[[2]int64{target, reseller}]; auto != nil && *auto {
		w.approved(u)
	}
	return ""
}

func (w *world) approved(u *worldUpload) {
	u.approved = true
	for name := range u.portals {
		u.portals[name] = true
	}
}

func (w *world) approve(by model.View, id int64) model.Code {
	u := w.uploadWith(id)
	byTarget := w.isMSP(u.target) && by == model.As(model.MSP, u.target)
	switch {
	case u.kind == model.MovedUpload, !byTarget && by != model.As(model.Reseller, u.reseller):
		return model.NotFound
	case len(w.under(u)) == 0, u.approved, !byTarget && w.isMSP(u.target), byTarget && w.registrations[[2]int64{u.target, u.reseller}] == nil:
		return model.Refused
	}
	w.approved(u)
	return ""
}

func (w *world) approveWaiting(msp, reseller int64) {
	for _, u := range w.uploads {
		if u.reseller == reseller && u.target == msp && !u.approved && len(w.under(u)) > 0 {
			w.approved(u)
		}
	}
}

func (w *world) register(msp, reseller int64, auto, waiting bool) model.Code {
	key := [2]int64{msp, reseller}
	if w.registrations[key] != nil {
		return model.Exists
	}
	w.registrations[key] = &auto
	w.returns(reseller, msp)
	if waiting {
		w.approveWaiting(msp, reseller)
	}
	return ""
}

func (w *world) setAutoApprove(msp, reseller int64, on, waiting bool) model.Code {
	key := [2]int64{msp, reseller}
	if w.registrations[key] == nil {
		return model.NotFound
	}
	w.registrations[key] = &on
	if waiting {
		w.approveWaiting(msp, reseller)
	}
	return ""
}

func (w *world) removeReseller(msp, reseller int64) model.Code {
	key := [2]int64{msp, reseller}
	if w.registrations[key] == nil {
		return model.NotFound
	}
	delete(w.registrations, key)
	if page := w.pages[[2]int64{reseller, msp}]; page != nil {
		page.inactive = true
	}
	return ""
}

func (w *world) addCustomer(reseller, account int64) model.Code {
	if w.pages[[2]int64{reseller, account}] != nil {
		return model.Exists
	}
	w.putOnPage(reseller, account)
	return ""
}

func (w *world) customerRemovedUs(reseller, account int64) model.Code {
	page := w.pages[[2]int64{reseller, account}]
	switch {
	case page == nil:
		return model.NotFound
	case page.inactive:
		return model.Refused
	}
	page.inactive = true
	delete(w.registrations, [2]int64{account, reseller})
	return ""
}

func (w *world) request(msp, customer int64, how model.ManagementType) model.Code {
	key := [2]int64{msp, customer}
	if m := w.managements[key]; m != nil && m.status != model.RejectedManagement {
		return model.Exists
	}
	w.managements[key] = &worldManagement{how, model.PendingManagement}
	return ""
}

func (w *world) answerRequest(msp, customer int64, accept bool) model.Code {
	m := w.managements[[2]int64{msp, customer}]
	switch {
	case m == nil:
		return model.NotFound
	case m.status != model.PendingManagement:
		return model.Refused
	}
	m.status = model.RejectedManagement
	if accept {
		m.status = model.ActiveManagement
	}
	return ""
}

func (w *world) switchToJoint(msp, customer int64) model.Code {
	m := w.managements[[2]int64{msp, customer}]
	switch {
	case m == nil:
		return model.NotFound
	case m.how == model.JointlyManaged, m.status != model.ActiveManagement && m.status != model.PendingManagement:
		return model.Refused
	}
	m.how = model.JointlyManaged
	return ""
}

func (w *world) requestDelink(msp, customer int64) model.Code {
	m := w.managements[[2]int64{msp, customer}]
	switch {
	case m == nil:
		return model.NotFound
	case m.how == model.FullyManaged, m.status != model.ActiveManagement:
		return model.Refused
	}
	m.status = model.DelinkRequested
	return ""
}

// answerDelink: V7.
func (w *world) answerDelink(msp, customer int64, accept bool) model.Code {
	m := w.managements[[2]int64{msp, customer}]
	switch {
	case m == nil:
		return model.NotFound
	case m.status != model.DelinkRequested:
		return model.Refused
	case !accept:
		m.status = model.ActiveManagement
		return ""
	}
	delete(w.managements, [2]int64{msp, customer})
	for _, u := range w.uploads {
		if u.kind != model.MovedUpload || u.msp != msp || u.target != customer {
			continue
		}
		for _, d := range w.under(u) {
			d.in, d.movedBy = u, nil
			w.putOnPage(u.reseller, customer)
		}
		u.kind = model.VirtualUpload
	}
	return ""
}

// chosen are the devices with the ids; a code if the viewer does not see all of them.
func (w *world) chosen(view model.View, ids []int64) ([]*worldDevice, model.Code) {
	var devices []*worldDevice
	for _, d := range w.seen(view) {
		if slices.Contains(ids, d.id) {
			devices = append(devices, d)
		}
	}
	if len(devices) == 0 || len(devices) < len(ids) {
		return nil, model.Refused
	}
	return devices, ""
}

func (w *world) move(msp, customer int64, ids []int64, at time.Time, made map[int64]int64) model.Code {
	switch m := w.managements[[2]int64{msp, customer}]; {
	case m == nil:
		return model.NotFound
	case m.status != model.ActiveManagement:
		return model.Refused
	}
	devices, code := w.chosen(model.As(model.MSP, msp), ids)
	if code != "" {
		return code
	}
	devices = slices.DeleteFunc(devices, func(d *worldDevice) bool { return d.movedBy != nil && d.movedBy.target == customer })
	if len(devices) == 0 {
		return model.Refused
	}
	w.moveTo(msp, customer, devices, at, made)
	return ""
}

// moveTo makes the uploads of a move, as the register numbered them by reseller.
func (w *world) moveTo(msp, customer int64, devices []*worldDevice, at time.Time, made map[int64]int64) {
	uploads := map[int64]*worldUpload{} // V11: one per reseller
	for _, d := range devices {
		u := uploads[d.in.reseller]
		if u == nil {
			u = &worldUpload{id: made[d.in.reseller], kind: model.MovedUpload, at: at, reseller: d.in.reseller, target: customer, msp: msp,
				portals: map[model.Service]bool{}}
			uploads[d.in.reseller] = u
			w.uploads = append(w.uploads, u)
			w.arrive(u)
		}
		d.movedBy = u
	}
}

func (w *world) delete(view model.View, ids []int64, act int64) model.Code {
	devices, code := w.chosen(view, ids)
	if code == "" {
		w.takeAway(view, devices, act)
	}
	return code
}

// takeAway deletes devices; the portal is to be told of those that it has.
func (w *world) takeAway(by model.View, devices []*worldDevice, act int64) *worldAct {
	taken := &worldAct{by: by}
	w.acts[act] = taken
	for _, d := range devices {
		d.gone = true
		c := d.in.carry
		taken.carry.needed = taken.carry.needed || !c.needed || c.carried || c.confirmed
	}
	return taken
}

// holders are the reseller's devices with the IMEIs.
func (w *world) holders(reseller int64, identifiers []string) (ids []int64) {
	for _, d := range w.seen(model.As(model.Reseller, reseller)) {
		if slices.Contains(identifiers, d.ids.IMEI1) || slices.Contains(identifiers, d.ids.IMEI2) {
			ids = append(ids, d.id)
		}
	}
	return ids
}

func (w *world) reportFailures(reseller int64, ids []int64) model.Code {
	devices, code := w.chosen(model.As(model.Reseller, reseller), ids)
	if code != "" {
		return model.NotFound
	}
	for _, d := range devices {
		d.failed = true
	}
	return ""
}

func (w *world) approveInPortal(by model.View, customer int64, name model.Service, id int64) model.Code {
	if code := w.decides(by, customer); code != "" {
		return code
	}
	u := w.uploadWith(id)
	if u.target == customer && !w.approvesDirect(by, customer, u) {
		return model.Refused
	}
	approved, there := u.portals[name]
	switch {
	case u.target != customer, !there:
		return model.NotFound
	case len(w.under(u)) == 0, approved:
		return model.Refused
	}
	u.portals[name], u.approved = true, true
	return ""
}

// meet reports whether two devices have an identifier in common, IMEIs over both columns together (domain §2).
func meet(a, b model.Identifiers) bool {
	for _, x := range [...]string{a.IMEI1, a.IMEI2} {
		if x != "" && (x == b.IMEI1 || x == b.IMEI2) {
			return true
		}
	}
	return a.Serial == b.Serial
}
