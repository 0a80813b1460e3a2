package data

import (
	"context"

	"consign/model"
)

// DeleteDevices deletes devices that the viewer, a reseller or an MSP, sees: they are gone for every party and their
// identifiers are free (domain §3, §4, V9). Errors: Refused when one of them is not in the viewer's portal any more.
func (r *Register) DeleteDevices(ctx context.Context, sel model.DeviceSelection, progress Progress) (model.Done, error) {
	by := sel.Query.View
	return r.act(ctx, model.DevicesDeleted, by, func(a *act) error {
		if by.Portal == model.CustomerPortal {
			return model.Fail(model.Refused, "Devices are deleted by their reseller or their MSP.")
		}
		steps := counter{progress: progress, total: 3}
		ids, err := a.selected(sel)
		if err != nil {
			return err
		}
		result := a.tx.Exec("UPDATE OR FAIL devices SET deleted_by = ? WHERE id IN ("+ids.sql+")", append([]any{a.id}, ids.args...)...)
		if result.Error != nil {
			return result.Error
		}
		if err := complete(sel, result.RowsAffected); err != nil {
			return err
		}
		steps.add(1)
		if err := a.tally(-1, deletedDevices, a.id); err != nil {
			return err
		}
		steps.add(1)
		if err := a.subjectsOf(ofDeletion); err != nil {
			return err
		}
		steps.add(1)
		a.devices = int(result.RowsAffected)
		a.text = model.Say("Devices deleted: {{.Devices}}.", "Devices", a.devices)
		return a.noteParties()
	})
}
