package data

import (
	"context"

	"consign/model"
)

// Delete deletes devices that the viewer, a reseller or an MSP, sees: they are gone for every party and their
// identifiers are free (domain §3, §4, V9). Errors: Refused when one of them is not in the viewer's portal any more.
func (d Devices) Delete(ctx context.Context, sel model.DeviceSelection, progress Progress) (model.Done, error) {
	by := sel.Query.View
	steps := counter{progress: progress, total: 4}
	steps.add(0) // a backup may come first
	if err := d.desk.backUpBeforeDeletion(ctx, sel); err != nil {
		return model.Done{}, err
	}
	steps.add(1)
	return d.desk.act(ctx, model.DevicesDeleted, by, func(a *act) error {
		if by.Portal == model.CustomerPortal {
			return model.Fail(model.Refused, "Devices are deleted by their reseller or their MSP.")
		}
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
		steps.add(1)
		if err := a.tally(-1, devicesOfDeletion, a.id); err != nil {
			return err
		}
		steps.add(1)
		if err := a.subjectsOf(ofDeletion); err != nil {
			return err
		}
		steps.add(1)
		a.devices = int(deleted)
		a.text = model.Say("Devices deleted: {{.Devices}}.", "Devices", a.devices)
		if err := a.noteToCarry(); err != nil {
			return err
		}
		return a.noteParties()
	})
}

// The devices of deletions: g is a row of deletions, j an id in it, d the device.
const (
	deletedDevices    = "deletions g CROSS JOIN json_each(g.devices) j CROSS JOIN devices d ON d.id = j.value"
	devicesOfDeletion = "SELECT d.* FROM " + deletedDevices + " WHERE g.activity_id = ?"
	idsOfDeletion     = "SELECT j.value FROM deletions g CROSS JOIN json_each(g.devices) j WHERE g.activity_id = ?"
	deletionsOf       = "SELECT g.activity_id FROM deletions g CROSS JOIN json_each(g.devices) j WHERE g.block = ?1 / 1000 AND j.value = ?1"
	latestDeletion    = deletionsOf + " ORDER BY 1 DESC LIMIT 1"
)

// delete deletes the living devices whose ids the query finds, and returns how many they are.
func (a *act) delete(ids query) (int64, error) {
	if err := a.takeRoom(); err != nil {
		return 0, err
	}
	err := a.tx.Exec("INSERT INTO deletions (activity_id, block, devices) SELECT ?, id / 1000, json_group_array(id) "+
		"FROM ("+ids.sql+") x GROUP BY id / 1000",
		append([]any{a.id}, ids.args...)...).Error
	if err != nil {
		return 0, err
	}
	deleted, err := a.deletedBy(a.id)
	if err != nil {
		return 0, err
	}
	return int64(len(deleted)), a.eachOf(deleted, "UPDATE OR FAIL devices SET deleted = 1 WHERE id IN")
}
