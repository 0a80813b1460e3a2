package data

import (
	"fmt"
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

// takeOver compares a reseller's devices with an export that has some of them otherwise, some not and some more, and takes it over.
func (p *play) takeOver(t *rapid.T) {
	reseller := one(t, p.resellers, "reseller")
	view := model.As(model.Reseller, reseller)
	ids, err := p.Devices().IDs(ctx, model.DeviceQuery{View: view})
	require.NoError(t, err)
	devices, err := p.Devices().Rows(ctx, view, ids)
	require.NoError(t, err)
	names := map[int64]string{}
	for i, id := range p.msps {
		names[id] = fmt.Sprintf("%s %d", model.MSP, i)
	}
	for i, id := range p.customers {
		names[id] = fmt.Sprintf("%s %d", model.Customer, i)
	}
	var lines []takenLine
	for _, d := range devices {
		line := takenLine{d.ID, d.Identifiers, d.CustomerID, d.Status}
		switch rapid.IntRange(0, 5).Draw(t, "otherwise") {
		case 0:
			continue
		case 1:
			line.target = one(t, p.targets(), "target")
		case 2:
			line.status = one(t, model.DeviceStatuses[:3], "status")
		}
		lines = append(lines, line)
	}
	for range rapid.IntRange(0, 2).Draw(t, "more") {
		p.fresh++
		lines = append(lines, takenLine{0, playedDevice(1000 + 3*p.fresh + 1), one(t, p.targets(), "target"),
			one(t, model.DeviceStatuses[:3], "status")})
	}
	c, err := p.Devices().Compare(ctx, view, model.PortalColumns{Customer: true, Status: true},
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
	var differing []takenLine // what is the same is not taken over, whatever becomes of it later
	for _, x := range found {
		if x.Line.Line != 0 {
			differing = append(differing, lines[x.Line.Line-2])
		}
	}
	require.Equal(t, p.world.differing(view, lines), differing, "differences")
	lines = differing
	done, err := c.TakeOver(ctx, at, TakeOver{}, nil)
	made := map[int64]*arrived{}
	if err == nil {
		var rows []struct {
			UploadID, ID int64
			Serial       string
		}
		require.NoError(t, p.read.Raw(`SELECT d.upload_id, d.id, d.serial FROM devices d JOIN uploads u ON u.id = d.upload_id
			WHERE u.activity_id = ?`, done.ActivityID).Scan(&rows).Error)
		for _, row := range rows {
			if made[row.UploadID] == nil {
				made[row.UploadID] = &arrived{row.UploadID, map[string]int64{}}
			}
			made[row.UploadID].devices[row.Serial] = row.ID
		}
	}
	p.did(t, done, err, func(w *world) model.Code { return w.takeOver(reseller, lines, made) })
}

// differing are the lines that say something else than the world.
func (w *world) differing(view model.View, lines []takenLine) (some []takenLine) {
	seen := w.seen(view)
	for _, l := range lines {
		i := slices.IndexFunc(seen, func(d *worldDevice) bool { return d.id == l.device })
		if i >= 0 && l.target == seen[i].in.target {
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
	target int64
	status model.DeviceStatus
	at     int64
}

// takeOver makes the register say what the portal says.
func (w *world) takeOver(reseller int64, lines []takenLine, made map[int64]*arrived) model.Code {
	view := model.As(model.Reseller, reseller)
	parcels := map[parcelled][]model.Identifiers{}
	verified := map[*worldUpload][]*worldDevice{}
	var gone []*worldDevice
	did := false
	take := func(d *worldDevice, ids model.Identifiers, target int64, status model.DeviceStatus, at time.Time) {
		if d != nil {
			gone = append(gone, d)
		}
		key := parcelled{target, status, at.UnixMilli()}
		parcels[key] = append(parcels[key], ids)
		did = true
	}
	seen := w.seen(view)
	failed := map[*worldUpload]int{} // before the act
	for _, d := range seen {
		if d.failed {
			failed[d.in]++
		}
	}
	for _, l := range lines {
		if l.device == 0 {
			take(nil, l.ids, l.target, l.status, portalDay)
			continue
		}
		i := slices.IndexFunc(seen, func(d *worldDevice) bool { return d.id == l.device })
		if i < 0 {
			return model.Refused
		}
		d := seen[i]
		switch status := w.statusOf(view, d); {
		case l.target != d.in.target:
			take(d, d.ids, l.target, l.status, d.in.at)
		case status == l.status, status == model.Exchanging:
		case l.status == model.MPTSError:
			d.failed, did = true, true
		case d.movedBy != nil:
		case status == model.PendingDevice:
			verified[d.in] = append(verified[d.in], d)
		default:
			take(d, d.ids, l.target, l.status, d.in.at)
		}
	}
	w.takeVerified(verified, failed, func(u *worldUpload) { w.approved(u); did = true }, func(d *worldDevice) {
		take(d, d.ids, d.in.target, model.VerifiedDevice, d.in.at)
	})
	if !did {
		return model.Refused
	}
	for _, d := range gone {
		d.gone = true
	}
	return w.bring(reseller, parcels, made)
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
func (w *world) bring(reseller int64, parcels map[parcelled][]model.Identifiers, made map[int64]*arrived) model.Code {
	for key, list := range parcels {
		u := &worldUpload{kind: model.DirectUpload, at: time.UnixMilli(key.at).UTC(), reseller: reseller, target: key.target,
			carry: carry{confirmed: true}, portals: map[model.Service]bool{}}
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
		w.putOnPage(reseller, key.target)
		for _, s := range w.services[key.target] {
			u.portals[s] = false
		}
		if key.status != model.PendingDevice {
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
