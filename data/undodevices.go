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
		if err := a.notUploadedAgain(old); err != nil {
			return err
		}
		if err := a.holdAgain(old, deleted); err != nil {
			return err
		}
	}
	return a.eachOf(deleted, "UPDATE OR FAIL devices SET deleted = NULL WHERE id IN")
}

// identifiersOfDeletion are the identifiers that the devices of a deletion had, each with the id of its device.
const identifiersOfDeletion = `SELECT CAST(i.value AS TEXT) AS value, d.id FROM (` + devicesOfDeletion + `) d,
	json_each(json_array(d.imei1, d.imei2, d.meid, d.serial)) i WHERE i.value IS NOT NULL`

// notUploadedAgain refuses to give devices back of which an identifier came again later and was deleted since: what brought it stands on
// this deletion. What came by an act that is undone is as if it had never come. No index holds such devices: all deleted ones are looked
// through.
func (a *act) notUploadedAgain(old activity) error {
	var identifiers []string
	err := a.tx.Raw(`WITH wanted (identifier, id) AS MATERIALIZED (`+identifiersOfDeletion+`), gone (identifier, id) AS (
			SELECT imei1, id FROM devices WHERE deleted IS NOT NULL AND imei1 IS NOT NULL
			UNION ALL SELECT imei2, id FROM devices WHERE deleted IS NOT NULL AND imei2 IS NOT NULL
			UNION ALL SELECT meid, id FROM devices WHERE deleted IS NOT NULL AND meid IS NOT NULL
			UNION ALL SELECT serial, id FROM devices WHERE deleted IS NOT NULL AND serial IS NOT NULL)
		SELECT n.identifier FROM gone n JOIN wanted w ON w.identifier = n.identifier AND w.id < n.id
		WHERE NOT EXISTS (SELECT 1 FROM deletions g CROSS JOIN json_each(g.devices) j JOIN activity u ON u.id = g.activity_id
			WHERE g.block = n.id / 1000 AND j.value = n.id AND u.event = ?) LIMIT 1`, old.ID, model.Undone).Scan(&identifiers).Error
	if err != nil || len(identifiers) == 0 {
		return err
	}
	return uploadedAgain(identifiers[0])
}

func uploadedAgain(identifier string) error {
	return model.Fail(model.Refused, "This cannot be undone: {{.Identifier}} has been uploaded again.", "Identifier", identifier)
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
	const identifiers = "SELECT value FROM (" + identifiersOfDeletion + ") i"
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
	return uploadedAgain(taken.Identifier)
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
