package data

import (
	"fmt"
	"strconv"

	"gorm.io/gorm"

	"consign/model"
)

// tally adds what the devices count for to the counters of their uploads, or takes it off: times is 1 or -1. Acts call
// it around a change, so that they cost what they touch and not what is there. Each device counts for the reseller's
// upload and, once moved, for the moved upload too. devices is a query of rows of devices; they stay gathered (gather.go).
func (a *act) tally(times int, devices string, args ...any) error {
	if _, err := a.gather(devices, args...); err != nil {
		return err
	}
	return a.count(times)
}

// count adds what the gathered devices count for to the counters of their uploads, or takes it off.
func (a *act) count(times int) error {
	by := strconv.Itoa(times)
	const counted = `(SELECT upload_id AS upload, model, order_number, devices, failed,
			CASE WHEN moved_id IS NULL THEN 0 ELSE devices END AS moved FROM gathered
		UNION ALL SELECT moved_id, model, order_number, devices, failed, 0 FROM gathered WHERE moved_id IS NOT NULL) x`
	for _, statement := range []string{
		`UPDATE uploads SET devices = uploads.devices + ` + by + ` * t.devices, moved = uploads.moved + ` + by +
			` * t.moved, failed = uploads.failed + ` + by + ` * t.failed
			FROM (SELECT upload, sum(devices) AS devices, sum(moved) AS moved, sum(failed) AS failed
				FROM ` + counted + ` GROUP BY upload) t WHERE uploads.id = t.upload`,
		`INSERT INTO upload_models (upload_id, model, order_number, devices) SELECT upload, model, order_number, ` + by +
			` * sum(devices) FROM ` + counted + `
			GROUP BY upload, model, order_number
			ON CONFLICT (upload_id, model, order_number) DO UPDATE SET devices = upload_models.devices + excluded.devices`,
		// + 0: planners take it from their statistics that hardly any row has none, and would look through the gathered ones for each
		"DELETE FROM upload_models WHERE devices + 0 = 0 AND upload_id IN (SELECT upload FROM " + counted + ")",
	} {
		if err := a.tx.Exec(statement).Error; err != nil {
			return err
		}
	}
	a.change |= UploadsChanged | DevicesChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged
	return nil
}

// placedDevices are those that an act placed elsewhere and that live, for tally and gather.
const placedDevices = "SELECT d.* FROM placements p JOIN devices d ON d.id = p.device_id WHERE p.activity_id = ? AND d.deleted IS NULL"

// subjectsOf notes the uploads that the gathered devices stand on, for an MSP with their approvals, and that the act makes
// something of each: the subject named, if any.
func (a *act) subjectsOf(made string) error {
	subjects := "('" + ofUpload + "', 0)"
	if a.portal == model.MSPPortal {
		subjects += ", ('" + ofApproval + "', 0)"
	}
	if made == ofDeletion { // whether the online portal has the devices
		subjects += ", ('" + ofCarrying + "', 0)"
	}
	if made != "" {
		subjects += ", ('" + made + "', 1)"
	}
	moved := " UNION SELECT moved_id FROM gathered WHERE moved_id IS NOT NULL"
	if made == ofFailures { // a report and a move have nothing to do with each other
		moved = ""
	}
	return a.tx.Exec(`INSERT INTO activity_subjects (activity_id, subject, subject_id, made)
		WITH uploads_of (id) AS (SELECT DISTINCT upload_id FROM gathered`+moved+`)
		SELECT ?, s.column1, u.id, s.column2 FROM (VALUES `+subjects+`) s CROSS JOIN uploads_of u ORDER BY 2, 3`, a.id).Error
}

// noteParties writes the upload, the other party and the customer of the gathered devices into the activity, each if there is but one.
func (a *act) noteParties() error {
	party := "u.target_id"
	if a.portal == model.MSPPortal {
		party = "u.reseller_id"
	}
	err := a.tx.Raw(`SELECT CASE WHEN count(DISTINCT d.upload_id) = 1 THEN min(d.upload_id) ELSE 0 END,
		CASE WHEN count(DISTINCT `+party+`) = 1 THEN min(`+party+`) ELSE 0 END,
		CASE WHEN count(DISTINCT coalesce(v.target_id, u.target_id)) = 1 THEN coalesce(min(c.id), 0) ELSE 0 END
		FROM gathered d JOIN uploads u ON u.id = d.upload_id LEFT JOIN uploads v ON v.id = d.moved_id
		LEFT JOIN accounts c ON c.id = coalesce(v.target_id, u.target_id) AND c.kind = 'customer'`).Row().Scan(&a.upload, &a.party, &a.customer)
	if err != nil {
		return err
	}
	return a.noteParts()
}

// checkCounters counts again what the counters of uploads say.
func checkCounters(db *gorm.DB) error {
	var wrong int64
	if err := db.Raw(wrongCounters).Scan(&wrong).Error; err != nil {
		return err
	}
	if wrong > 0 {
		return damaged(fmt.Errorf("counters that are not what counting gives: %d", wrong))
	}
	return nil
}

// wrongCounters is how many counters of uploads are not what counting the living devices gives.
const wrongCounters = `WITH counted AS (
		SELECT upload_id AS upload, model, order_number, CASE WHEN moved_id IS NULL THEN 0 ELSE 1 END AS moved,
			CASE WHEN failure IS NULL THEN 0 ELSE 1 END AS failed FROM devices WHERE deleted IS NULL
		UNION ALL SELECT moved_id, model, order_number, 0, CASE WHEN failure IS NULL THEN 0 ELSE 1 END FROM devices
			WHERE deleted IS NULL AND moved_id IS NOT NULL),
	models AS (SELECT upload, model, order_number, count(*) AS n, sum(moved) AS moved, sum(failed) AS failed FROM counted GROUP BY 1, 2, 3)
	SELECT (SELECT count(*) FROM uploads u
			LEFT JOIN (SELECT upload, sum(n) AS n, sum(moved) AS moved, sum(failed) AS failed FROM models GROUP BY 1) c ON c.upload = u.id
			WHERE (u.devices, u.moved, u.failed) <> (coalesce(c.n, 0), coalesce(c.moved, 0), coalesce(c.failed, 0)))
		+ (SELECT count(*) FROM (SELECT upload, model, order_number, n FROM models
			EXCEPT SELECT upload_id, model, order_number, devices FROM upload_models))
		+ (SELECT count(*) FROM (SELECT upload_id, model, order_number, devices FROM upload_models
			EXCEPT SELECT upload, model, order_number, n FROM models))`
