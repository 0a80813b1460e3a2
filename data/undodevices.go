package data

import (
	"math"

	"consign/data/engine"
	"consign/model"
)

// unupload takes the devices of an undone upload away as if they were deleted: they stay for their history.
func (a *act) unupload(old activity) error {
	_, err := a.delete(query{"SELECT id FROM devices WHERE deleted IS NULL AND upload_id IN (SELECT id FROM uploads WHERE activity_id = ?)",
		[]any{old.ID}})
	if err != nil {
		return err
	}
	return a.tally(-1, devicesOfDeletion, a.id)
}

// undelete gives deleted devices back, unless an identifier was taken in the meantime.
func (a *act) undelete(old activity) error {
	if err := a.takeRoom(); err != nil {
		return err
	}
	deleted, err := a.deletedBy(old.ID)
	if err != nil {
		return err
	}
	freed, err := a.gather(devicesOfDeletion, old.ID)
	if err != nil {
		return err
	}
	if err := a.count(1); err != nil {
		return err
	}
	if freed > 0 {
		if err := a.holdAgain(old, deleted); err != nil {
			return err
		}
	}
	return a.eachOf(deleted, "UPDATE OR FAIL devices SET deleted = NULL WHERE id IN")
}

// holdAgain has deleted devices hold those of their identifiers again that were freed for others; Refused where a living one has them.
func (a *act) holdAgain(old activity, deleted []int64) error {
	hold := func() error {
		return a.in.Attempt(func() error {
			return a.eachOf(deleted, "UPDATE OR FAIL devices SET freed = NULL WHERE freed IS NOT NULL AND id IN")
		})
	}
	err := hold()
	if engine.TroubleOf(err) != engine.Taken {
		return err
	}
	const identifiers = `SELECT i.value FROM (` + devicesOfDeletion + `) d, json_each(json_array(d.imei1, d.imei2, d.meid, d.serial)) i
		WHERE i.value IS NOT NULL`
	if _, err := a.free(identifiers, old.ID); err != nil {
		return err
	}
	if err := hold(); engine.TroubleOf(err) != engine.Taken {
		return err
	}
	taken, err := a.taken(math.MaxInt64, identifiers, old.ID)
	if err != nil {
		return err
	}
	return model.Fail(model.Refused, "This cannot be undone: {{.Identifier}} has been uploaded again.", "Identifier", taken.Identifier)
}

// placeBack gives the act's devices what they had before.
func (a *act) placeBack(old activity, set string) error {
	if err := a.tally(-1, placedDevices, old.ID); err != nil {
		return err
	}
	err := a.tx.Exec("UPDATE OR FAIL devices SET "+set+" FROM placements p WHERE p.activity_id = ? AND devices.id = p.device_id", old.ID).Error
	if err != nil {
		return err
	}
	return a.tally(1, placedDevices, old.ID)
}

// approvalsBack takes the act's approvals back. An upload that another service approved keeps that approval.
func (a *act) approvalsBack(old activity) error {
	for _, statement := range []query{
		{"UPDATE approvals SET approved_at = NULL, approved_by = NULL WHERE approved_by = ?", []any{old.ID}},
		{`UPDATE uploads SET (approved_at, approved_by) = (SELECT approved_at, approved_by FROM approvals
			WHERE upload_id = uploads.id AND approved_at IS NOT NULL ORDER BY approved_at, approved_by LIMIT 1)
			WHERE approved_by = ?`, []any{old.ID}},
		{`UPDATE uploads SET kind = 'moved' WHERE id IN (SELECT subject_id FROM activity_subjects WHERE activity_id = ? AND subject = ?)`,
			[]any{old.ID, ofVirtual}},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return err
		}
	}
	return nil
}
