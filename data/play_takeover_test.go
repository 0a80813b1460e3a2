package data

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// portalDay is when a portal had the devices that only it knows.
var portalDay = time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)

// takenLine is a line of an export in the play: of a device, or of one that only the portal has.
type takenLine struct {
	device int64
	ids    model.Identifiers
	target int64
	status model.DeviceStatus
}

// arrived is an upload that taking over made, with its devices by their serial numbers.
type arrived struct {
	id      int64
	devices map[string]int64
}

// takeOver compares the devices of a reseller or an MSP with an export that has some of them otherwise, some not and some more, and takes
// it over.
func (p *play) takeOver(t *rapid.T) {
	x := takenOver{view: model.As(model.Reseller, one(t, p.resellers, "reseller")), made: map[int64]*arrived{}, moved: map[lane]int64{}}
	how, targets := TakeOver{}, p.targets()
	if rapid.IntRange(0, 2).Draw(t, "by MSP") == 0 {
		x.reseller = x.view.Account
		x.view = model.As(model.MSP, one(t, p.msps, "MSP"))
		how = TakeOver{Reseller: x.reseller, LeaveUnknown: rapid.IntRange(0, 3).Draw(t, "leave unknown") > 0}
		targets = append(slices.Clone(p.customers), 0)
	}
	names := map[int64]string{}
	for i, id := range p.msps {
		names[id] = fmt.Sprintf("%s %d", model.MSP, i)
	}
	for i, id := range p.customers {
		names[id] = fmt.Sprintf("%s %d", model.Customer, i)
	}
	lines := p.portalLines(t, x.view, targets)
	c, err := p.Devices().Compare(ctx, x.view, model.PortalColumns{Customer: true, Status: true},
		func(yield func(model.PortalLine, error) bool) {
			for i, l := range lines {
				line := model.PortalLine{Line: i + 2, Identifiers: l.ids, Customer: names[l.target], Status: l.status}
				if l.device == 0 {
					line.Uploaded = portalDay
				}
				if !yield(line, nil) {
					return
				}
			}
		}, func(s string) string { return s }, nil, nil)
	require.NoError(t, err)
	at, err := c.IDs(ctx, "")
	require.NoError(t, err)
	found, err := c.Rows(ctx, at)
	require.NoError(t, err)
	for _, row := range found { // what is the same is not taken over, whatever becomes of it later
		if row.Line.Line != 0 {
			x.lines = append(x.lines, lines[row.Line.Line-2])
		}
	}
	require.Equal(t, p.world.differing(x.view, lines), x.lines, "differences")
	left := p.world.unmanaged(x.view, x.lines)
	x.lines = slices.DeleteFunc(x.lines, func(l takenLine) bool { return slices.Contains(left, l) })
	done, err := c.TakeOver(ctx, at, how, nil)
	if err == nil {
		p.came(t, done.ActivityID, x)
	}
	x.at = p.now
	p.did(t, done, err, func(w *world) model.Code {
		if len(left) > 0 && !how.LeaveUnknown {
			return model.Invalid
		}
		return w.takeOver(x)
	})
}

// portalLines are what a portal has of the devices that the viewer sees, some otherwise, and of others.
func (p *play) portalLines(t *rapid.T, view model.View, targets []int64) (lines []takenLine) {
	ids, err := p.Devices().IDs(ctx, model.DeviceQuery{View: view})
	require.NoError(t, err)
	devices, err := p.Devices().Rows(ctx, view, ids)
	require.NoError(t, err)
	for _, d := range devices {
		line := takenLine{d.ID, d.Identifiers, d.CustomerID, d.Status}
		switch rapid.IntRange(0, 5).Draw(t, "otherwise") {
		case 0:
			continue
		case 1:
			line.target = one(t, targets, "target")
		case 2:
			line.status = one(t, model.DeviceStatuses[:3], "status")
		}
		lines = append(lines, line)
	}
	for range rapid.IntRange(0, 2).Draw(t, "more") {
		p.fresh++
		lines = append(lines, takenLine{0, playedDevice(1000 + 3*p.fresh + 1), one(t, targets, "target"),
			one(t, model.DeviceStatuses[:3], "status")})
	}
	return lines
}

// came notes the uploads that taking over made, as the register numbered them.
func (p *play) came(t *rapid.T, act int64, x takenOver) {
	var rows []struct {
		UploadID, ID int64
		Serial       string
	}
	require.NoError(t, p.read.Raw(`SELECT d.upload_id, d.id, d.serial FROM devices d JOIN uploads u ON u.id = d.upload_id
		WHERE u.activity_id = ?`, act).Scan(&rows).Error)
	for _, row := range rows {
		if x.made[row.UploadID] == nil {
			x.made[row.UploadID] = &arrived{row.UploadID, map[string]int64{}}
		}
		x.made[row.UploadID].devices[row.Serial] = row.ID
	}
	var moved []struct{ ID, TargetID, ResellerID int64 }
	require.NoError(t, p.read.Raw("SELECT id, target_id, reseller_id FROM uploads WHERE kind = 'moved' AND activity_id = ?", act).
		Scan(&moved).Error)
	for _, row := range moved {
		x.moved[lane{row.TargetID, row.ResellerID}] = row.ID
	}
}

// takenOver is a take-over of the play.
type takenOver struct {
	view     model.View
	reseller int64 // whose the devices are that only an MSP's portal has
	lines    []takenLine
	at       time.Time
	made     map[int64]*arrived
	moved    map[lane]int64 // uploads
}

// at is the customer or MSP that a viewer has a device at, 0 for none.
func (w *world) at(view model.View, d *worldDevice) int64 {
	switch {
	case view.Portal == model.ResellerPortal:
		return d.in.target
	case d.movedBy != nil:
		return d.movedBy.target
	}
	return 0
}

// unmanaged are the lines that an MSP's portal has at a customer to whom it may not move devices now.
func (w *world) unmanaged(view model.View, lines []takenLine) (some []takenLine) {
	for _, l := range lines {
		i := slices.IndexFunc(w.devices, func(d *worldDevice) bool { return d.id == l.device })
		if view.Portal != model.MSPPortal || i < 0 || l.target == w.at(view, w.devices[i]) {
			continue
		}
		if m := w.managements[[2]int64{view.Account, l.target}]; m == nil || m.status != model.ActiveManagement {
			some = append(some, l)
		}
	}
	return some
}

// differing are the lines that say something else than the world.
func (w *world) differing(view model.View, lines []takenLine) (some []takenLine) {
	seen := w.seen(view)
	for _, l := range lines {
		i := slices.IndexFunc(seen, func(d *worldDevice) bool { return d.id == l.device })
		if i >= 0 && l.target == w.at(view, seen[i]) {
			if status := w.statusOf(view, seen[i]); status == l.status || status == model.Exchanging || l.status == model.Exchanging {
				continue
			}
		}
		some = append(some, l)
	}
	return some
}

// parcelled is what devices of a take-over come together by.
type parcelled struct {
	reseller, target int64
	status           model.DeviceStatus
	at               int64
}

// takeOver makes the register say what the portal says.
func (w *world) takeOver(x takenOver) model.Code {
	parcels := map[parcelled][]model.Identifiers{}
	verified := map[*worldUpload][]*worldDevice{}
	moves := map[int64][]*worldDevice{} // by customer
	var gone []*worldDevice
	did := false
	take := func(d *worldDevice, ids model.Identifiers, target int64, status model.DeviceStatus, at time.Time) {
		key := parcelled{x.view.Account, target, status, at.UnixMilli()}
		if x.view.Portal == model.MSPPortal {
			key.reseller, key.target = x.reseller, x.view.Account
		}
		if d != nil {
			key.reseller = d.in.reseller
			gone = append(gone, d)
		}
		parcels[key] = append(parcels[key], ids)
		did = true
	}
	seen := w.seen(x.view)
	failed := map[*worldUpload]int{} // before the act
	for _, d := range seen {
		if d.failed {
			failed[d.in]++
		}
	}
	for _, l := range x.lines {
		if l.device == 0 {
			take(nil, l.ids, l.target, l.status, portalDay)
			continue
		}
		i := slices.IndexFunc(seen, func(d *worldDevice) bool { return d.id == l.device })
		if i < 0 {
			return model.Refused
		}
		d := seen[i]
		switch status := w.statusOf(x.view, d); {
		case l.target != w.at(x.view, d) && x.view.Portal == model.MSPPortal:
			moves[l.target] = append(moves[l.target], d)
			did = true
		case l.target != d.in.target && x.view.Portal != model.MSPPortal:
			take(d, d.ids, l.target, l.status, d.in.at)
		case status == l.status, status == model.Exchanging:
		case l.status == model.MPTSError:
			d.failed, did = true, true
		case d.movedBy != nil:
		case status == model.PendingDevice:
			verified[d.in] = append(verified[d.in], d)
		default:
			take(d, d.ids, d.in.target, l.status, d.in.at)
		}
	}
	w.takeVerified(verified, failed, func(u *worldUpload) { w.approved(u); did = true }, func(d *worldDevice) {
		take(d, d.ids, d.in.target, model.VerifiedDevice, d.in.at)
	})
	if !did {
		return model.Refused
	}
	for _, customer := range slices.Sorted(maps.Keys(moves)) {
		made := map[int64]int64{}
		for l, id := range x.moved {
			if l.customer == customer {
				made[l.reseller] = id
			}
		}
		w.moveTo(x.view.Account, customer, moves[customer], x.at, made)
	}
	for _, d := range gone {
		d.gone = true
	}
	return w.bring(x.view, parcels, x.made)
}

// takeVerified approves the uploads of which all devices that have not failed are verified there, and takes the devices of the others.
func (w *world) takeVerified(verified map[*worldUpload][]*worldDevice, failed map[*worldUpload]int, approve func(*worldUpload),
	take func(*worldDevice)) {
	for _, u := range slices.Clone(w.uploads) {
		switch devices := verified[u]; {
		case len(devices) == 0:
		case len(devices) == len(w.under(u))-failed[u]:
			approve(u)
		default:
			for _, d := range devices {
				take(d)
			}
		}
	}
}

// bring makes the uploads of what was taken, as the register numbered them.
func (w *world) bring(view model.View, parcels map[parcelled][]model.Identifiers, made map[int64]*arrived) model.Code {
	for key, list := range parcels {
		u := &worldUpload{kind: model.DirectUpload, at: time.UnixMilli(key.at).UTC(), reseller: key.reseller, target: key.target,
			carry: carry{confirmed: view.Portal == model.ResellerPortal}, portals: map[model.Service]bool{}}
		for _, came := range made {
			if _, is := came.devices[list[0].Serial]; is {
				u.id = came.id
				if len(came.devices) != len(list) {
					return model.Internal // the register parted them otherwise
				}
				for _, ids := range list {
					w.devices = append(w.devices, &worldDevice{id: came.devices[ids.Serial], ids: ids, in: u, failed: key.status == model.MPTSError})
				}
			}
		}
		w.uploads = append(w.uploads, u)
		w.putOnPage(key.reseller, key.target)
		for _, s := range w.services[key.target] {
			u.portals[s] = false
		}
		if key.status != model.PendingDevice || view.Portal == model.MSPPortal {
			w.approved(u)
		}
	}
	return ""
}

// statusOf is the STATUS of a device for the viewer.
func (w *world) statusOf(view model.View, d *worldDevice) model.DeviceStatus {
	switch {
	case d.failed:
		return model.MPTSError
	case d.exchanged != nil && !d.exchanged.carry.confirmed:
		return model.Exchanging
	case w.place(view, d).approved:
		return model.VerifiedDevice
	}
	return model.PendingDevice
}
