package data

import "strconv"

// tally adds what the devices count for to the counters of their uploads, or takes it off: times is 1 or -1. Acts call
// it around a change, so that they cost what they touch and not what is there. Each device counts for the reseller's
// upload and, once moved, for the moved upload too. devices is a query of rows of devices.
func (a *act) tally(times int, devices string, args ...any) error {
	by := strconv.Itoa(times)
	counted := `(SELECT upload_id AS upload, model, moved_id IS NOT NULL AS moved, failure IS NOT NULL AS failed FROM (` + devices + `)
		UNION ALL SELECT moved_id, model, 0, failure IS NOT NULL FROM (` + devices + `) WHERE moved_id IS NOT NULL)`
	twice := append(append([]any{}, args...), args...)
	err := a.tx.Exec("CREATE TEMP TABLE IF NOT EXISTS tallied (upload INTEGER, model TEXT, devices INTEGER, moved INTEGER, failed INTEGER)").Error
	if err != nil {
		return err
	}
	for _, statement := range []query{
		{"DELETE FROM tallied", nil},
		{"INSERT INTO tallied SELECT upload, model, count(*), sum(moved), sum(failed) FROM " + counted + " GROUP BY upload, model", twice},
		{`UPDATE uploads SET devices = uploads.devices + ` + by + ` * t.devices, moved = uploads.moved + ` + by + ` * t.moved, failed = uploads.failed + ` + by + ` * t.failed
			FROM (SELECT upload, sum(devices) AS devices, sum(moved) AS moved, sum(failed) AS failed FROM tallied GROUP BY upload) t WHERE uploads.id = t.upload`, nil},
		{`INSERT INTO upload_models (upload_id, model, devices) SELECT upload, model, ` + by + ` * devices FROM tallied WHERE true
			ON CONFLICT (upload_id, model) DO UPDATE SET devices = upload_models.devices + excluded.devices`, nil},
		{"DELETE FROM upload_models WHERE devices = 0 AND upload_id IN (SELECT upload FROM tallied)", nil},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return err
		}
	}
	a.change |= UploadsChanged | DevicesChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged
	return nil
}

// The devices of an act, for tally: those that it placed elsewhere and that live, and those that it deleted.
const (
	placedDevices  = "SELECT d.* FROM placements p JOIN devices d ON d.id = p.device_id WHERE p.activity_id = ? AND d.deleted_by IS NULL"
	deletedDevices = "SELECT * FROM devices WHERE deleted_by = ?"
)
