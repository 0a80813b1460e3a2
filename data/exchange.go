package data

import (
	"context"
	"fmt"
	"slices"
	"time"

	"consign/model"
)

// Exchange is one device that came back: with another in its place, or for good.
type Exchange struct {
	Old       int64           // id of a device
	New       model.NewDevice // without an identifier: returned, nothing takes its place
	Reference string          // RMA number
	Day       time.Time
	Note      string
}

// returns tells whether nothing takes the old device's place.
func (x Exchange) returns() bool { return x.New.Identifiers.Empty() }

// exchange is a row of exchanges.
type exchange struct {
	ActivityID int64 `gorm:"primaryKey;autoIncrement:false"`
	OldID      int64 `gorm:"primaryKey;autoIncrement:false"`
	NewID      optional
	Reference  string
	Day        day
	Note       string
}

// exchangingDevices are the devices whose exchange the online portal has not confirmed: few, and found without looking at the others.
const exchangingDevices = "SELECT x.new_id AS id " + exchangingFrom

// exchangingFrom is where they are read from: e the device.
const exchangingFrom = `FROM activity y INDEXED BY activity_exchanging
	CROSS JOIN exchanges x ON x.activity_id = y.id CROSS JOIN devices e ON e.id = x.new_id
	WHERE y.event = 'devices exchanged' AND y.confirmed_by IS NULL AND y.undone_by IS NULL AND e.deleted IS NULL AND e.failure IS NULL`

// exchangingIn counts the devices whose exchange is not confirmed by their uploads, those that moved them included.
func (c *reader) exchangingIn() (map[int64]int, error) {
	counts := map[int64]int{}
	err := c.each("SELECT e.upload_id, e.moved_id "+exchangingFrom, nil, func(s *statement) error {
		counts[s.int(0)]++
		if !s.isNull(1) {
			counts[s.int(1)]++
		}
		return nil
	})
	return counts, err
}

// Exchange puts another device in the place of each of the reseller's devices that came back: at the same customer, in the same uploads,
// with the same tags. The old ones are gone for every party; both know of each other in their histories (domain §3). Errors: Invalid,
// Refused when an old one is not in the reseller's portal any more, Conflict when a living device has an identifier of a new one.
func (d Devices) Exchange(ctx context.Context, by model.View, list []Exchange, progress Progress) (model.Done, error) {
	return d.exchange(ctx, model.DevicesExchanged, by, list, progress)
}

// Return deletes devices that came back for good, with their reference (domain §3). Errors: those of Exchange.
func (d Devices) Return(ctx context.Context, by model.View, list []Exchange, progress Progress) (model.Done, error) {
	return d.exchange(ctx, model.DevicesReturned, by, list, progress)
}

func (d Devices) exchange(ctx context.Context, event model.Event, by model.View, list []Exchange, progress Progress) (model.Done, error) {
	list = slices.Clone(list)
	if err := checkExchanges(event, by, list); err != nil {
		return model.Done{}, err
	}
	if err := d.desk.backUpBeforeTaking(ctx, len(list)); err != nil {
		return model.Done{}, err
	}
	return d.desk.act(ctx, event, by, func(a *act) error {
		steps := counter{progress: progress, total: len(list) + 2}
		olds := make([]int64, len(list))
		for i, x := range list {
			olds[i] = x.Old
		}
		sel := model.DeviceSelection{Query: model.DeviceQuery{View: by}, IDs: olds}
		ids, err := a.selected(sel, "d.id")
		if err != nil {
			return err
		}
		deleted, err := a.delete(ids)
		if err != nil {
			return err
		}
		if err := complete(sel, deleted); err != nil {
			return err
		}
		a.devices = len(list)
		if err := a.tally(-1, devicesOfDeletion, a.id); err != nil {
			return err
		}
		if err := a.subjectsOf(ofDeletion); err != nil {
			return err
		}
		if err := a.noteParties(); err != nil {
			return err
		}
		steps.add(1)
		news, err := a.replace(list, &steps)
		if err != nil {
			return err
		}
		if err := a.noteExchanges(list, news); err != nil {
			return err
		}
		if err := a.tally(1, devicesOfExchange, a.id); err != nil {
			return err
		}
		steps.add(1)
		a.makes(ofAct, a.id)
		a.text = exchangeText(event, list)
		return a.tx.Model(&activity{}).Where("id = ?", a.id).Update("to_carry", 1).Error
	})
}

// exchangeText says what was exchanged, with the reference if all have the same.
func exchangeText(event model.Event, list []Exchange) model.Text {
	reference := list[0].Reference
	for _, x := range list {
		if x.Reference != reference {
			reference = ""
		}
	}
	switch {
	case event == model.DevicesReturned && reference == "":
		return model.Say("Devices returned: {{.Devices}}.", "Devices", len(list))
	case event == model.DevicesReturned:
		return model.Say("Devices returned: {{.Devices}}, {{.Reference}}.", "Devices", len(list), "Reference", reference)
	case reference == "":
		return model.Say("Devices exchanged: {{.Devices}}.", "Devices", len(list))
	}
	return model.Say("Devices exchanged: {{.Devices}}, {{.Reference}}.", "Devices", len(list), "Reference", reference)
}

// checkExchanges normalises references and notes, and is nil if each old device is named once, by a reseller.
func checkExchanges(event model.Event, by model.View, list []Exchange) error {
	if by.Portal != model.ResellerPortal {
		return model.Fail(model.Refused, "Devices are exchanged by their reseller.")
	}
	if len(list) == 0 {
		return model.Fail(model.Invalid, "Choose at least one device.")
	}
	seen := map[int64]bool{}
	for i := range list {
		x := &list[i]
		x.Reference, x.Note = model.PlainText(x.Reference), model.PlainText(x.Note)
		if seen[x.Old] {
			return model.Fail(model.Invalid, "A device that came back is in the list twice.")
		}
		seen[x.Old] = true
		if x.returns() != (event == model.DevicesReturned) {
			return model.Fail(model.Invalid, "A device needs an IMEI, a MEID or a serial number.")
		}
		if err := model.CheckAlias(x.Reference); err != nil {
			return err
		}
	}
	return nil
}

// devicesOfExchange are the devices that an act put in the place of others.
const devicesOfExchange = "SELECT d.* FROM exchanges x JOIN devices d ON d.id = x.new_id WHERE x.activity_id = ? AND d.deleted IS NULL"

// replace writes the new devices into the uploads of the old ones, and gives their ids by place in the list, 0 for one returned.
func (a *act) replace(list []Exchange, steps *counter) ([]int64, error) {
	news := make([]int64, len(list))
	var olds []struct {
		ID, UploadID, MovedID int64
		Model, OrderNumber    string
		ResellerID, TargetID  int64
	}
	err := a.tx.Raw(`SELECT d.id, d.upload_id, coalesce(d.moved_id, 0) AS moved_id, d.model, d.order_number, u.reseller_id, u.target_id
		FROM `+deletedDevices+` JOIN uploads u ON u.id = d.upload_id WHERE g.activity_id = ? ORDER BY d.upload_id, d.id`, a.id).Scan(&olds).Error
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(list))
	for i, x := range list {
		at[x.Old] = i
	}
	for len(olds) > 0 {
		n := 1
		for n < min(len(olds), rowsPerStatement) && olds[n].UploadID == olds[0].UploadID {
			n++
		}
		some := olds[:n]
		olds = olds[n:]
		rows := deviceRows{}
		rows.reset()
		var devices []model.NewDevice
		var places []int
		var moved []int64
		for _, old := range some {
			x := list[at[old.ID]]
			if x.returns() {
				continue
			}
			if x.New.Model == "" {
				x.New.Model = old.Model
			}
			if x.New.OrderNumber == "" {
				x.New.OrderNumber = old.OrderNumber
			}
			if err := rows.add(&x.New); err != nil {
				return nil, err
			}
			devices, places, moved = append(devices, x.New), append(places, at[old.ID]), append(moved, old.MovedID)
		}
		steps.add(n)
		if len(devices) == 0 {
			continue
		}
		rows.buf = append(rows.buf, ']')
		first, err := a.insertInto(uploadRow{ID: some[0].UploadID, ResellerID: some[0].ResellerID, TargetID: some[0].TargetID}, devices, &rows)
		if err != nil {
			return nil, err
		}
		for i, place := range places {
			news[place] = first + int64(i)
			if moved[i] == 0 {
				continue
			}
			if err := a.placeAt(news[place], some[0].UploadID, moved[i]); err != nil {
				return nil, err
			}
		}
	}
	return news, nil
}

// insertInto writes and seals devices of an upload, and returns the id of the first; the others follow.
func (a *act) insertInto(row uploadRow, devices []model.NewDevice, rows *deviceRows) (first int64, err error) {
	last, err := a.lastDevice()
	if err != nil {
		return 0, err
	}
	if err := a.insertRows(row, devices, rows, last); err != nil {
		return 0, err
	}
	return last + 1, a.sealDevices(rows.seal(row.ID, last+1))
}

// placeAt puts a new device where an MSP had moved the old one.
func (a *act) placeAt(device, uploadID, movedID int64) error {
	err := a.tx.Exec("INSERT INTO placements (activity_id, device_id, upload_id) VALUES (?, ?, ?)", a.id, device, uploadID).Error
	if err != nil {
		return err
	}
	return a.tx.Exec("UPDATE devices SET moved_id = ? WHERE id = ?", movedID, device).Error
}

// cameByExchange has the act build on the exchanges by which devices came that it places: undone, these would be gone.
func (a *act) cameByExchange() error {
	var acts []int64
	err := a.tx.Raw(`SELECT DISTINCT x.activity_id FROM exchanges x WHERE x.new_id IS NOT NULL
		AND EXISTS (SELECT 1 FROM placements p WHERE p.activity_id = ? AND p.device_id = x.new_id)`, a.id).Scan(&acts).Error
	a.buildsOn(ofAct, acts...)
	return err
}

// standsOn has the act build on what put devices, a query of their ids, where they are and made them what they are: the subjects named of
// their uploads, those that moved them included, and the exchanges by which they came.
func (a *act) standsOn(ids query, subjects ...string) error {
	const uploads = `SELECT upload_id FROM devices WHERE id IN (%[1]s)
		UNION SELECT moved_id FROM devices WHERE moved_id IS NOT NULL AND id IN (%[1]s)`
	var on []int64
	err := a.tx.Raw(fmt.Sprintf(uploads, ids.sql), slices.Concat(ids.args, ids.args)...).Scan(&on).Error
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		a.buildsOn(subject, on...)
	}
	var acts []int64
	err = a.tx.Raw("SELECT DISTINCT activity_id FROM exchanges WHERE new_id IN ("+ids.sql+")", ids.args...).Scan(&acts).Error
	a.buildsOn(ofAct, acts...)
	return err
}

func (a *act) noteExchanges(list []Exchange, news []int64) error {
	rows := make([]exchange, len(list))
	for i, x := range list {
		rows[i] = exchange{ActivityID: a.id, OldID: x.Old, NewID: optional(news[i]), Reference: x.Reference, Day: day{x.Day}, Note: x.Note}
	}
	return a.tx.CreateInBatches(rows, sealsPerStatement).Error
}

// unexchange takes the new devices away and gives the old ones back.
func (a *act) unexchange(old activity) error {
	if err := a.placeBack(old, "upload_id = p.upload_id, moved_id = p.moved_id"); err != nil {
		return err
	}
	_, err := a.delete(query{"SELECT new_id AS id FROM exchanges WHERE activity_id = ? AND new_id IS NOT NULL", []any{old.ID}})
	if err != nil {
		return err
	}
	if err := a.tally(-1, devicesOfDeletion, a.id); err != nil {
		return err
	}
	return a.undelete(old)
}

// Exchanged says what a device was exchanged for, and what it came in the place of.
type Exchanged struct {
	ActivityID int64
	At         time.Time
	Old, New   int64 // ids of devices; New is 0 when the old one was returned
	OldName    string
	NewName    string
	Reference  string
	Day        time.Time
	Note       string
}

// Exchanges are those that a device was part of and that stand, the oldest first. Safe on any goroutine.
func (d Devices) Exchanges(ctx context.Context, device int64) (found []Exchanged, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		return c.each(`SELECT y.id, y.at, x.old_id, coalesce(x.new_id, 0), coalesce(o.imei1, o.imei2, o.meid, o.serial, ''),
			coalesce(n.imei1, n.imei2, n.meid, n.serial, ''), x.reference, x.day, x.note
			FROM exchanges x JOIN activity y ON y.id = x.activity_id AND y.undone_by IS NULL
			JOIN devices o ON o.id = x.old_id LEFT JOIN devices n ON n.id = x.new_id
			WHERE x.old_id = ?1 OR x.new_id = ?1 ORDER BY y.id`, []any{device}, func(s *statement) error {
			var on day
			if err := on.Scan(s.text(7)); err != nil {
				return damagedf("day %q of an exchange", s.text(7))
			}
			found = append(found, Exchanged{ActivityID: s.int(0), At: s.timeOf(1), Old: s.int(2), New: s.int(3), OldName: s.text(4),
				NewName: s.text(5), Reference: s.text(6), Day: on.Time, Note: s.text(8)})
			return nil
		})
	})
	return found, err
}
