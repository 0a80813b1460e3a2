package data

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"consign/model"
)

// Move moves devices that the MSP sees to one of its active customers (domain §4): one upload per reseller, tagged
// Moved by MSP, in one act. Devices at another customer leave it; those at this one already stay as they are.
// Errors: NotFound, Refused when the customer is not active, a device is not the MSP's any more, or there is nothing to move.
func (d Devices) Move(ctx context.Context, sel model.DeviceSelection, customerID int64, progress Progress) (model.Done, error) {
	by := sel.Query.View
	return d.desk.act(ctx, model.DevicesMoved, by, func(a *act) error {
		management, err := a.managementOf(by.Account, customerID)
		if err != nil {
			return err
		}
		if err := management.CanMove(); err != nil {
			return err
		}
		a.customer = customerID
		if by.Portal != model.MSPPortal {
			return model.Fail(model.Refused, "Only an MSP moves devices.")
		}
		steps := counter{progress: progress, total: 4}
		if err := a.placeSelection(sel); err != nil {
			return err
		}
		if err := a.cameByExchange(); err != nil {
			return err
		}
		if err := a.stayAt(customerID); err != nil {
			return err
		}
		steps.add(1)
		if err := a.tally(-1, placedDevices, a.id); err != nil {
			return err
		}
		if err := a.subjectsOf(""); err != nil {
			return err
		}
		if err := a.leaves(); err != nil {
			return err
		}
		if err := a.noteReseller(); err != nil {
			return err
		}
		steps.add(1)
		if err := a.moveTo(customerID, management.CompanyName); err != nil {
			return err
		}
		steps.add(1)
		if err := a.count(1); err != nil {
			return err
		}
		steps.add(1)
		a.buildsOn(ofManagement, pair(by.Account, customerID))
		a.text = model.Say("Devices moved to {{.Customer}}: {{.Devices}}.", "Customer", management.CompanyName, "Devices", a.devices)
		return nil
	})
}

// leaves notes that the gathered devices leave the uploads by which they were moved before.
func (a *act) leaves() error {
	var left []int64
	err := a.tx.Raw("SELECT DISTINCT moved_id FROM gathered WHERE moved_id IS NOT NULL").Scan(&left).Error
	a.makes(ofDeletion, left...)
	return err
}

// noteReseller notes whose devices the gathered ones are, if they are of one reseller: the other party of an MSP's act.
func (a *act) noteReseller() error {
	return a.tx.Raw(`SELECT CASE WHEN count(DISTINCT u.reseller_id) = 1 THEN min(u.reseller_id) ELSE 0 END
		FROM gathered g JOIN uploads u ON u.id = g.upload_id`).Row().Scan(&a.party)
}

// placeSelection keeps where the selected devices are, which is also the list of them for the rest of the act.
func (a *act) placeSelection(sel model.DeviceSelection) error {
	placed, err := a.place(sel)
	if err != nil {
		return err
	}
	return complete(sel, placed)
}

// place is placeSelection without asking whether all were found: it returns how many were.
func (a *act) place(sel model.DeviceSelection) (int64, error) {
	ids, err := a.selected(sel)
	if err != nil {
		return 0, err
	}
	result := a.tx.Exec(`INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure)
		SELECT ?, id, upload_id, moved_id, failure FROM devices WHERE id IN (`+ids.sql+`)`, append([]any{a.id}, ids.args...)...)
	return result.RowsAffected, result.Error
}

// complete is nil if all of the selected devices were found: an act on a part of them would not be what was asked for.
func complete(sel model.DeviceSelection, found int64) error {
	missing := int64(len(distinct(sel.IDs))) - found
	switch {
	case sel.All && sel.Count != 0 && found != int64(sel.Count):
		return model.Fail(model.Refused, "The list has changed: {{.Selected}} devices were selected, and {{.Found}} would be now. Nothing "+
			"was done. Please look at the list again.",
			"Selected", sel.Count, "Found", int(found))
	case found == 0:
		return model.Fail(model.Refused, "None of these devices is in your portal: they are deleted, or not approved yet.")
	case !sel.All && missing > 0:
		return model.Fail(model.Refused, "Some of these devices are not in your portal any more: {{.Missing}}. Select again.", "Missing", missing)
	}
	return nil
}

// stayAt takes the devices that are at the customer already out of the move, which builds on what brought them there.
func (a *act) stayAt(customerID int64) error {
	var there []int64
	err := a.tx.Raw(`SELECT DISTINCT moved_id FROM placements WHERE activity_id = ?
		AND moved_id IN (SELECT id FROM uploads WHERE target_id = ?)`, a.id, customerID).Scan(&there).Error
	if err != nil {
		return err
	}
	a.buildsOn(ofUpload, there...)
	err = a.tx.Exec(`DELETE FROM placements WHERE activity_id = ? AND moved_id IN (SELECT id FROM uploads WHERE target_id = ?)`, a.id,
		customerID).Error
	if err != nil {
		return err
	}
	if err := a.tx.Raw("SELECT count(*) FROM placements WHERE activity_id = ?", a.id).Scan(&a.devices).Error; err != nil {
		return err
	}
	if a.devices == 0 {
		return model.Fail(model.Refused, "All of these devices are at this customer already.")
	}
	return nil
}

// moveTo makes a moved upload per reseller and puts the placed devices, which are gathered, into them.
func (a *act) moveTo(customerID int64, customer string) error {
	var parts []struct {
		ResellerID int64
		Devices    int
	}
	err := a.tx.Raw(`SELECT u.reseller_id, sum(g.devices) AS devices FROM gathered g JOIN uploads u ON u.id = g.upload_id
		GROUP BY u.reseller_id ORDER BY u.reseller_id`).Scan(&parts).Error
	if err != nil {
		return err
	}
	atOnce, err := settingOf(a.tx, MovedApproveAtOnce)
	if err != nil {
		return err
	}
	var approves []model.Service
	if atOnce == "true" {
		approves = slices.DeleteFunc(slices.Clone(model.Services), func(s model.Service) bool { return !s.ApprovesMovedAtOnce() })
	}
	for _, part := range parts {
		row := uploadRow{Kind: model.MovedUpload, UUID: uuid.NewString(), ResellerID: part.ResellerID, TargetID: customerID,
			TargetKind: model.Customer, TargetName: customer, MSPID: a.by, Devices: part.Devices}
		if row.ID, err = a.insertUpload(row, model.NewUpload{Tags: []string{model.MovedByMSP}}); err != nil {
			return err
		}
		if err := a.arriveAtCustomer(row, approves); err != nil {
			return err
		}
		if len(parts) == 1 {
			a.upload = row.ID
		}
	}
	if err := a.putMoved(); err != nil {
		return err
	}
	// they are counted in again
	return a.tx.Where(&upload{ActivityID: a.id}).Select("devices").Updates(&upload{}).Error
}

// putMoved puts the placed devices into the act's moved upload of their reseller, and has them gathered there.
func (a *act) putMoved() error {
	moved := map[int64]int64{}     // upload, by the reseller's
	devices := map[int64][]int64{} // by moved upload
	err := a.raw(func(c *reader) error {
		err := c.each(`SELECT u.id, m.id FROM uploads m CROSS JOIN uploads u ON u.id IN (SELECT upload_id FROM gathered)
			AND u.reseller_id = m.reseller_id WHERE m.activity_id = ?`, []any{a.id}, func(s *statement) error {
			moved[s.int(0)] = s.int(1)
			return nil
		})
		if err != nil {
			return err
		}
		const placed = "SELECT device_id, upload_id FROM placements WHERE activity_id = ? ORDER BY device_id"
		return c.each(placed, []any{a.id}, func(s *statement) error {
			to := moved[s.int(1)]
			devices[to] = append(devices[to], s.int(0))
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, to := range slices.Sorted(maps.Keys(devices)) {
		if err := a.eachOf(devices[to], fmt.Sprintf("UPDATE OR FAIL devices SET moved_id = %d WHERE id IN", to)); err != nil {
			return err
		}
	}
	return a.tx.Exec(`UPDATE gathered SET moved_id = m.id FROM uploads u
		CROSS JOIN uploads m ON m.activity_id = ? AND m.reseller_id = u.reseller_id WHERE u.id = gathered.upload_id`, a.id).Error
}
