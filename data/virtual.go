package data

import (
	"slices"

	"consign/model"
)

// makeVirtual turns the uploads that the MSP moved to the customer into virtual uploads by their resellers, who see the
// devices under the customer from now on (V7).
func (a *act) makeVirtual(m model.Management) error {
	const moved = "SELECT id FROM uploads WHERE msp_id = ? AND target_id = ? AND kind = 'moved'"
	result := a.tx.Exec(`INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure)
		SELECT ?, id, upload_id, moved_id, failure FROM devices WHERE deleted IS NULL AND moved_id IN (`+moved+`)`, a.id, m.MSPID, m.CustomerID)
	if result.Error != nil {
		return result.Error
	}
	a.devices = int(result.RowsAffected)
	var uploads []upload
	moves := &upload{MSPID: optional(m.MSPID), TargetID: m.CustomerID, Kind: model.MovedUpload}
	if err := a.tx.Where(moves).Find(&uploads).Error; err != nil {
		return err
	}
	if err := a.tally(-1, placedDevices, a.id); err != nil {
		return err
	}
	if err := a.subjectsOf(""); err != nil {
		return err
	}
	for _, statement := range []query{
		{"UPDATE OR FAIL devices SET upload_id = devices.moved_id, moved_id = NULL FROM placements p WHERE p.activity_id = ? AND devices.id " +
			"= p.device_id", []any{a.id}},
		{"UPDATE gathered SET upload_id = moved_id, moved_id = NULL", nil},
		{"UPDATE uploads SET kind = 'virtual' WHERE msp_id = ? AND target_id = ? AND kind = 'moved'", []any{m.MSPID, m.CustomerID}},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return err
		}
	}
	if err := a.count(1); err != nil {
		return err
	}
	var resellers []int64
	for _, u := range uploads {
		a.makes(ofUpload, u.ID)
		a.makes(ofVirtual, u.ID)
		a.buildsOn(ofDeletion, u.ID)
		resellers = append(resellers, u.ResellerID)
	}
	slices.Sort(resellers)
	for _, reseller := range slices.Compact(resellers) {
		if err := a.showVirtual(reseller, m.CustomerID); err != nil {
			return err
		}
	}
	return nil
}

// showVirtual puts a delinked customer on the Customers page of a reseller with living devices there (V7).
func (a *act) showVirtual(resellerID, customerID int64) error {
	var uploads int64
	virtual := &upload{ResellerID: resellerID, TargetID: customerID, Kind: model.VirtualUpload}
	err := a.tx.Model(&upload{}).Where(virtual).Scopes(living).Count(&uploads).Error
	if err != nil {
		return err
	}
	if uploads == 0 { // what was moved has gone since; that it was approved counts
		return a.refreshStatus(resellerID, customerID)
	}
	added, err := a.ensureCustomer(resellerID, customerID, "")
	if err != nil || added {
		return err
	}
	if status, err := a.statusOf(resellerID, customerID); err != nil || status == model.InactiveCustomer {
		return err
	}
	return a.refreshStatus(resellerID, customerID)
}
