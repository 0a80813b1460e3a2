package data

import (
	"context"
	"encoding/json"
	"slices"

	"consign/model"
)

// DeviceFailure is a line of the portal's error report: a device that failed and why (domain §7).
type DeviceFailure struct {
	Identifier string // normalised, any of the device's
	Reason     string
}

// ReportFailures marks the reseller's living devices that the portal refused as MPTS error (domain §3). notFound are the
// identifiers that none of its devices has. Errors: NotFound when it has none of them.
func (d Devices) ReportFailures(ctx context.Context, resellerID int64, failures []DeviceFailure, progress Progress) (done model.Done,
	notFound []string, err error) {
	steps := counter{progress: progress, total: len(failures)}
	done, err = d.desk.act(ctx, model.FailuresReported, model.As(model.Reseller, resellerID), func(a *act) error {
		if _, err := accountOfKind(a.tx, resellerID, model.Reseller); err != nil {
			return err
		}
		for rest := failures; len(rest) > 0; {
			n := min(len(rest), rowsPerStatement)
			missing, err := a.reportFailures(resellerID, rest[:n])
			if err != nil {
				return err
			}
			notFound = append(notFound, missing...)
			steps.add(n)
			rest = rest[n:]
		}
		if err := a.tx.Raw("SELECT count(*) FROM placements WHERE activity_id = ?", a.id).Scan(&a.devices).Error; err != nil {
			return err
		}
		if a.devices == 0 {
			return model.Fail(model.NotFound, "None of the devices in the report is registered by this reseller.")
		}
		a.text = model.Say("Devices with MPTS error: {{.Devices}}; not found: {{.Missing}}.", "Devices", a.devices, "Missing", len(notFound))
		if _, err := a.gather(placedDevices, a.id); err != nil {
			return err
		}
		if err := a.noteParties(); err != nil {
			return err
		}
		if err := a.cameByExchange(); err != nil {
			return err
		}
		return a.subjectsOf(ofFailures)
	})
	return done, notFound, err
}

// reportFailures marks the devices of one part of the report, and returns the identifiers without a device.
func (a *act) reportFailures(resellerID int64, failures []DeviceFailure) (missing []string, err error) {
	failures = slices.Clone(failures)
	for i := range failures {
		failures[i].Reason = model.PlainText(failures[i].Reason)
	}
	list, err := json.Marshal(failures)
	if err != nil {
		return nil, err
	}
	for _, statement := range []query{
		{"CREATE TEMP TABLE IF NOT EXISTS reported (identifier TEXT, reason TEXT, device_id BIGINT)", nil},
		{"DELETE FROM reported", nil},
		{`INSERT INTO reported SELECT f.identifier, f.reason, d.id FROM
			(SELECT value ->> 'Identifier' AS identifier, value ->> 'Reason' AS reason FROM json_each(?)) f
			LEFT JOIN devices d ON (SELECT reseller_id FROM uploads u WHERE u.id = d.upload_id) = ? AND d.id IN (
				SELECT id FROM devices WHERE imei1 = f.identifier AND imei1 IS NOT NULL AND ` + livingHolder + `
				UNION ALL SELECT id FROM devices WHERE imei2 = f.identifier AND imei2 IS NOT NULL AND ` + livingHolder + `
				UNION ALL SELECT id FROM devices WHERE meid = f.identifier AND meid IS NOT NULL AND ` + livingHolder + `
				UNION ALL SELECT id FROM devices WHERE serial = f.identifier AND serial IS NOT NULL AND ` + livingHolder + `)`,
			[]any{string(list), resellerID}},
		{`INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure)
			SELECT DISTINCT ?, d.id, d.upload_id, d.moved_id, d.failure FROM reported JOIN devices d ON d.id = device_id
			WHERE true ON CONFLICT DO NOTHING`, []any{a.id}},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return nil, err
		}
	}
	const these = "SELECT * FROM devices WHERE id IN (SELECT device_id FROM reported)"
	if err := a.tally(-1, these); err != nil {
		return nil, err
	}
	err = a.tx.Exec("UPDATE devices SET failure = reason FROM reported WHERE id = device_id").Error
	if err != nil {
		return nil, err
	}
	if err := a.tally(1, these); err != nil {
		return nil, err
	}
	err = a.tx.Raw("SELECT identifier FROM reported WHERE device_id IS NULL").Scan(&missing).Error
	return missing, err
}
