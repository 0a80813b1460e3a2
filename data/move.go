package data

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"consign/model"
)

// Move moves devices that the MSP sees to one of its active customers (domain §4): one upload per reseller, tagged
// Moved by MSP, in one act. Devices at another customer leave it, and the log says which; those at this one already stay as they are.
// Errors: NotFound, Refused when the customer is not active, a device is not the MSP's any more, or there is nothing to move.
func (d Devices) Move(ctx context.Context, sel model.DeviceSelection, customerID int64, progress Progress) (model.Done, error) {
	by := sel.Query.View
	return d.desk.act(ctx, model.DevicesMoved, by, func(a *act) error {
		to, err := a.destination(by.Account, customerID)
		if err != nil {
			return err
		}
		if by.Portal != model.MSPPortal {
			return model.Fail(model.Refused, "Only an MSP moves devices.")
		}
		steps := counter{progress: progress, total: 3}
		if err := a.placeSelection(sel); err != nil {
			return err
		}
		if err := a.cameByExchange(); err != nil { // those that stay, too
			return err
		}
		stay, err := a.stayAt(customerID)
		if err != nil {
			return err
		}
		steps.add(1)
		if err := a.takeOut(); err != nil {
			return err
		}
		if err := a.noteParts(); err != nil {
			return err
		}
		steps.add(1)
		moved, err := a.putIn(func(int64) *model.Management { return &to })
		if err != nil {
			return err
		}
		a.customer = customerID
		if len(moved) == 1 {
			a.party, a.upload = moved[0].ResellerID, moved[0].ID
		}
		a.text = a.moveText(to.CompanyName, stay)
		steps.add(1)
		return nil
	})
}

// moveText says what was moved, what stays, and which customer the moved devices left: several are named by their parts.
func (a *act) moveText(customer string, stay int64) model.Text {
	text := model.Say("Devices moved to {{.Customer}}: {{.Devices}}.", "Customer", customer, "Devices", a.devices)
	left := slices.DeleteFunc(slices.Clone(a.parts), func(p model.Part) bool { return p.AccountID == model.NoCustomer })
	if len(a.parts) == 1 && len(left) == 1 {
		text = model.Say("Devices moved from {{.From}} to {{.Customer}}: {{.Devices}}.", "From", left[0].CompanyName, "Customer", customer,
			"Devices", a.devices)
	}
	if stay > 0 {
		text = model.Say("{{.Text}} There already, and left as they are: {{.Devices}}.", "Text", text, "Devices", stay)
	}
	return text
}

// destination is the management of a customer to whom devices may be moved.
func (a *act) destination(mspID, customerID int64) (model.Management, error) {
	to, err := a.managementOf(mspID, customerID)
	if err != nil {
		return to, err
	}
	a.buildsOn(ofManagement, pair(mspID, customerID))
	return to, to.CanMove()
}

// takeOut gathers the placed devices as they leave where they were, and takes them off its counters.
func (a *act) takeOut() error {
	if err := a.tally(-1, placedDevices, a.id); err != nil {
		return err
	}
	if err := a.subjectsOf(""); err != nil {
		return err
	}
	return a.leaves()
}

// leaves notes that the gathered devices leave the uploads by which they were moved before.
func (a *act) leaves() error {
	var left []int64
	err := a.tx.Raw("SELECT DISTINCT moved_id FROM gathered WHERE moved_id IS NOT NULL").Scan(&left).Error
	a.makes(ofDeletion, left...)
	return err
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
	rows, err := a.selected(sel, "d.id", "d.upload_id", "d.moved_id", "d.failure")
	if err != nil {
		return 0, err
	}
	result := a.tx.Exec("INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure) SELECT ?, x.* FROM ("+rows.sql+") x",
		append([]any{a.id}, rows.args...)...)
	return result.RowsAffected, result.Error
}

// complete is nil if all of the selected devices were found: an act on a part of them would not be what was asked for.
func complete(sel model.DeviceSelection, found int64) error {
	missing := int64(len(distinct(sel.IDs))) - found
	switch {
	case sel.All && sel.Count != 0 && found != int64(sel.Count):
		return model.Fail(model.Refused, "The list has changed: {{.Selected}} devices were selected, and {{.Found}} would be now. "+
			"Nothing was done. Please look at the list again.",
			"Selected", sel.Count, "Found", int(found))
	case found == 0:
		return model.Fail(model.Refused, "None of these devices is in your portal: they are deleted, or not approved yet.")
	case !sel.All && missing > 0:
		return model.Fail(model.Refused, "Some of these devices are not in your portal any more: {{.Missing}}. Select again.", "Missing", missing)
	}
	return nil
}

// stayAt takes the devices that are at the customer already out of the move, which builds on what brought them there, and counts them.
func (a *act) stayAt(customerID int64) (stay int64, err error) {
	var there []int64
	const these = "activity_id = ? AND moved_id IN (SELECT id FROM uploads WHERE target_id = ?)"
	if err := a.tx.Raw("SELECT DISTINCT moved_id FROM placements WHERE "+these, a.id, customerID).Scan(&there).Error; err != nil {
		return 0, err
	}
	a.buildsOn(ofUpload, there...)
	gone := a.tx.Exec("DELETE FROM placements WHERE "+these, a.id, customerID)
	if gone.Error != nil {
		return 0, gone.Error
	}
	if err := a.tx.Raw("SELECT count(*) FROM placements WHERE activity_id = ?", a.id).Scan(&a.devices).Error; err != nil {
		return 0, err
	}
	if a.devices == 0 {
		return 0, model.Fail(model.Refused, "All of these devices are at this customer already.")
	}
	return gone.RowsAffected, nil
}

// lane is what devices are moved together by: a customer and a reseller.
type lane struct{ customer, reseller int64 }

// putIn puts the placed devices, which were taken out, into uploads to the customers that to names for them: one for each reseller and
// customer, tagged Moved by MSP. It returns these. The act must not have made other uploads yet.
func (a *act) putIn(to func(device int64) *model.Management) ([]uploadRow, error) {
	approves, err := a.approvesMoved()
	if err != nil {
		return nil, err
	}
	names, devices := map[int64]string{}, map[lane][]int64{}
	err = a.raw(func(c *reader) error {
		const placed = `SELECT p.device_id, u.reseller_id FROM placements p CROSS JOIN uploads u ON u.id = p.upload_id
			WHERE p.activity_id = ? ORDER BY p.device_id`
		return c.each(placed, []any{a.id}, func(s *statement) error {
			m := to(s.int(0))
			names[m.CustomerID] = m.CompanyName
			l := lane{m.CustomerID, s.int(1)}
			devices[l] = append(devices[l], s.int(0))
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	lanes := slices.SortedFunc(maps.Keys(devices), func(x, y lane) int {
		return cmp.Or(cmp.Compare(x.customer, y.customer), cmp.Compare(x.reseller, y.reseller))
	})
	moved := make([]uploadRow, len(lanes))
	for i, l := range lanes {
		moved[i] = uploadRow{Kind: model.MovedUpload, UUID: uuid.NewString(), ResellerID: l.reseller, TargetID: l.customer,
			TargetKind: model.Customer, TargetName: names[l.customer], MSPID: a.by, Devices: len(devices[l])}
	}
	if err := a.insertUploads(moved, model.NewUpload{Tags: []string{model.MovedByMSP}}); err != nil {
		return nil, err
	}
	if err := a.arriveAtCustomers(moved, approves); err != nil {
		return nil, err
	}
	for i, l := range lanes {
		if err := a.eachOf(devices[l], fmt.Sprintf("UPDATE OR FAIL devices SET moved_id = %d WHERE id IN", moved[i].ID)); err != nil {
			return nil, err
		}
	}
	// they are counted in again
	if err := a.tx.Where(&upload{ActivityID: a.id}).Select("devices").Updates(&upload{}).Error; err != nil {
		return nil, err
	}
	if len(names) > 1 {
		return moved, a.tally(1, placedDevices, a.id)
	}
	// to one customer, the reseller of what is gathered says which upload it is in now
	err = a.tx.Exec(`UPDATE gathered SET moved_id = m.id FROM uploads u
		CROSS JOIN uploads m ON m.activity_id = ? AND m.reseller_id = u.reseller_id WHERE u.id = gathered.upload_id`, a.id).Error
	if err != nil {
		return nil, err
	}
	return moved, a.count(1)
}

// approvesMoved are the services that approve what an MSP moves at once, unless the setting says that they wait.
func (a *act) approvesMoved() ([]model.Service, error) {
	atOnce, err := settingOf(a.tx, MovedApproveAtOnce)
	if err != nil || atOnce != "true" {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(model.Services), func(s model.Service) bool { return !s.ApprovesMovedAtOnce() }), nil
}
