package data

import (
	"strings"

	"consign/model"
)

// sight is one way in which a party sees uploads and their devices.
type sight struct {
	whose    side // whose upload it must be
	moved    bool // an upload by which an MSP moved devices (m), else one in which they came (u)
	approved bool // its devices are seen once it is approved; the upload itself is seen before
	forMoves bool // of an MSP: devices that it sees by the upload they came in, at the customer to whom it moved them
}

// sights says who sees what (domain §5). The conditions of SQL and the look at one device are both made of it.
//   - A reseller sees its uploads and their devices at their target, wherever an MSP moved them (V1–V5); what an MSP had moved is among
//     them after a delink, as virtual uploads (V7); and nothing of another reseller's (V12).
//   - An MSP sees the uploads to it, their devices once it approved, and the uploads by which it moved devices to its customers (V2, V3).
//   - A customer's portal has what was uploaded to it and what was moved to it, approved or not (V1, V3).
var sights = map[model.Portal][]sight{
	model.ResellerPortal: {{whose: itsReseller}},
	model.MSPPortal:      {{whose: itsTarget, approved: true}, {whose: itsMSP, moved: true, forMoves: true}},
	model.CustomerPortal: {{whose: itsTarget}, {whose: itsTarget, moved: true}},
}

// side is one of the accounts that an upload names.
type side struct {
	column string                         // of uploads
	of     func(u *seenUpload) (id int64) // the same of an upload that was read
}

var (
	itsReseller = side{"reseller_id", func(u *seenUpload) int64 { return u.resellerID }}
	itsTarget   = side{"target_id", func(u *seenUpload) int64 { return u.targetID }}
	itsMSP      = side{"msp_id", func(u *seenUpload) int64 { return u.mspID }}
)

// uploads is the condition that the sight shows the upload with the alias; its argument is the account that looks.
func (s sight) uploads(alias string) string {
	kind := "<>"
	if s.moved {
		kind = "="
	}
	return alias + "." + s.whose.column + " = ? AND " + alias + ".kind " + kind + " 'moved'"
}

// devices is the condition that the sight shows the devices of the upload with the alias.
func (s sight) devices(alias string) string {
	condition := s.uploads(alias)
	if s.approved {
		condition += " AND " + alias + ".approved_at IS NOT NULL"
	}
	return condition
}

// shows tells whether the account sees a device in the upload by this sight, as the condition devices.
func (s sight) shows(account int64, u *seenUpload) bool {
	return u != nil && s.whose.of(u) == account && (u.approved || !s.approved)
}

// viewedUploads are the conditions that the viewer sees the upload u. An upload is seen where its living devices are, so one without is
// not listed; its history stays in the activity log.
func viewedUploads(view model.View) (c conditions) {
	var ways []string
	for _, s := range sights[view.Portal] {
		ways = append(ways, s.uploads("u"))
		c.args = append(c.args, view.Account)
	}
	c.parts = []string{"u.devices > 0", "(" + strings.Join(ways, " OR ") + ")"}
	return c
}

// seenByOurs is the condition that one of our resellers or MSPs sees the devices of the upload u, or that they wait for its approval.
var seenByOurs = func() string {
	var ways []string
	for _, kind := range []model.AccountKind{model.Reseller, model.MSP} {
		for _, s := range sights[model.As(kind, 0).Portal] {
			if !s.forMoves {
				ours := "(SELECT o.id FROM accounts o WHERE o.id = u." + s.whose.column + " AND o.ours = 1 AND o.kind = '" + string(kind) + "')"
				ways = append(ways, strings.ReplaceAll(s.uploads("u"), "?", ours))
			}
		}
	}
	return "(" + strings.Join(ways, " OR ") + ")"
}()

// seenBy returns the upload under which the viewer sees a device that came in one upload and was perhaps moved by another, and tells
// device who has it; nil if the viewer does not see it. It is the rule of viewed (query_device.go) for one device.
func seenBy(view model.View, device *model.Device, uploaded, moved *seenUpload) *seenUpload {
	for _, s := range sights[view.Portal] {
		seen := uploaded
		if s.moved {
			seen = moved
		}
		if s.forMoves || !s.shows(view.Account, seen) {
			continue
		}
		holder := seen
		if view.Portal == model.MSPPortal {
			holder = moved
		}
		if holder != nil {
			device.CustomerID, device.Customer = holder.targetID, holder.target
		}
		return seen
	}
	return nil
}
