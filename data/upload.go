package data

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"consign/model"
)

// Batch is one upload among several that are made in one act.
type Batch struct {
	model.NewUpload
	Devices DeviceList
}

// DeviceList is devices to upload. It does not change during an act, and is asked on the act's goroutine, for each device more than
// once: a long list is smaller than its devices.
type DeviceList interface {
	Len() int
	// Device makes the device at place i, from 0.
	Device(i int) model.NewDevice
}

// DeviceSlice is a DeviceList of devices that are at hand.
type DeviceSlice []model.NewDevice

// Len implements DeviceList.
func (s DeviceSlice) Len() int { return len(s) }

// Device implements DeviceList.
func (s DeviceSlice) Device(i int) model.NewDevice { return s[i] }

// Add registers devices at one target in one act (domain §3). The devices are normalised as model.ReadIdentifier
// leaves them. A target that is missing on the reseller's Customers page is added to it. Errors: Invalid, NotFound,
// Conflict when a living device has one of the identifiers: it names the identifier and who has it.
func (d Uploads) Add(ctx context.Context, new model.NewUpload, devices []model.NewDevice, progress Progress) (model.Upload, model.Done, error) {
	uploads, done, err := d.AddAll(ctx, []Batch{{new, DeviceSlice(devices)}}, progress)
	if err != nil {
		return model.Upload{}, done, err
	}
	return uploads[0], done, nil
}

// AddAll is Add for several targets in one act (bulk upload, domain §7).
func (d Uploads) AddAll(ctx context.Context, batches []Batch, progress Progress) ([]model.Upload, model.Done, error) {
	if len(batches) == 0 {
		return nil, model.Done{}, model.Fail(model.Invalid, "There is nothing to upload.")
	}
	by := batches[0].UploadedBy
	counter := counter{progress: progress}
	for _, b := range batches {
		counter.total += b.Devices.Len()
	}
	var rows []uploadRow
	done, err := d.desk.act(ctx, model.DevicesUploaded, by, func(a *act) error {
		for i := range batches {
			row, err := a.uploadBatch(&batches[i], &counter)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		a.noteUploads(rows, by)
		a.text = model.Say("Devices uploaded: {{.Devices}}, in uploads: {{.Uploads}}.", "Devices", a.devices, "Uploads", len(rows))
		if len(rows) == 1 {
			a.text = model.Say("Devices uploaded to {{.Target}}: {{.Devices}}.", "Devices", a.devices, "Target", rows[0].TargetName)
		}
		return nil
	})
	if err != nil {
		return nil, done, err
	}
	uploads := make([]model.Upload, len(rows))
	for i, row := range rows {
		if uploads[i], err = d.ByID(ctx, batches[i].UploadedBy, row.ID); err != nil {
			return nil, done, err
		}
	}
	return uploads, done, nil
}

// uploadBatch makes one upload with its devices, failed lines and approvals.
func (a *act) uploadBatch(b *Batch, counter *counter) (uploadRow, error) {
	if err := b.Check(); err != nil {
		return uploadRow{}, err
	}
	target, err := a.resellerAndTarget(b.ResellerID, b.TargetID)
	if err != nil {
		return uploadRow{}, err
	}
	if err := mayUpload(b.NewUpload); err != nil {
		return uploadRow{}, err
	}
	if b.Devices.Len() == 0 {
		return uploadRow{}, model.Fail(model.Invalid, "There is no device to upload.")
	}
	row := uploadRow{Kind: model.DirectUpload, UUID: uuid.NewString(), ResellerID: b.ResellerID, TargetID: target.ID,
		TargetKind: target.Kind, TargetName: target.CompanyName, Devices: b.Devices.Len()}
	if row.ID, err = a.insertUpload(row, b.NewUpload); err != nil {
		return row, err
	}
	if err := a.insertDevices(row, b, counter); err != nil {
		return row, err
	}
	if err := a.insertFailures(row.ID, b.Failed); err != nil {
		return row, err
	}
	if _, err := a.ensureCustomer(row.ResellerID, row.TargetID, ""); err != nil {
		return row, err
	}
	a.devices += row.Devices
	return row, a.receive(row)
}

// mayUpload is nil if the upload is performed by its reseller, or by the MSP that receives on its behalf (domain §4).
func mayUpload(u model.NewUpload) error {
	if u.UploadedBy == model.As(model.Reseller, u.ResellerID) || u.UploadedBy == model.As(model.MSP, u.TargetID) {
		return nil
	}
	return model.Fail(model.Refused, "Only the reseller uploads, or the MSP that receives the upload on its behalf.")
}

// insertUpload writes the row of an upload whose devices are all living and nowhere else, and returns its id.
func (a *act) insertUpload(row uploadRow, u model.NewUpload) (int64, error) {
	tags, err := json.Marshal(append([]string{}, u.Tags...))
	if err != nil {
		return 0, err
	}
	day := ""
	if !u.OrderDate.IsZero() {
		day = u.OrderDate.Format(time.DateOnly)
	}
	var id int64
	err = a.tx.Raw(`INSERT INTO uploads (uuid, kind, reseller_id, target_id, msp_id, activity_id, uploaded_at, order_number, order_date,
		sold_to_code, tags, uploaded, valid, invalid, duplicate, devices) VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		row.UUID, row.Kind, row.ResellerID, row.TargetID, row.MSPID, a.id, millis(a.at), u.OrderNumber, day,
		u.SoldToCode, string(tags), max(u.Figures.Uploaded, row.Devices), row.Devices, u.Figures.Invalid, u.Figures.Duplicate, row.Devices).Scan(&id).Error
	a.makes(ofUpload, id)
	a.change |= UploadsChanged | DevicesChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged
	return id, err
}

// insertFailures writes the lines that gave no device.
func (a *act) insertFailures(uploadID int64, lines []model.FailedLine) error {
	for len(lines) > 0 {
		n := min(len(lines), rowsPerStatement)
		rows := make([][]any, n)
		for i, line := range lines[:n] {
			reason, err := json.Marshal(line.Reason)
			if err != nil {
				return err
			}
			rows[i] = []any{line.Line, line.Value, string(reason)}
		}
		list, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		err = a.tx.Exec(`INSERT INTO upload_failures (upload_id, line, value, reason)
			SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`, uploadID, string(list)).Error
		if err != nil {
			return err
		}
		lines = lines[n:]
	}
	return nil
}

// receive lets an upload arrive at its target: approved at once where the MSP's or the customer's preference says so.
func (a *act) receive(row uploadRow) error {
	if row.TargetKind == model.Customer {
		return a.arriveAtCustomer(row, "auto_approve")
	}
	a.buildsOn(ofRegistration, pair(row.TargetID, row.ResellerID)) // whether there is one or not: it decided
	a.buildsOn(ofPreference, pair(row.TargetID, row.ResellerID))
	var auto []bool
	err := a.tx.Raw("SELECT auto_approve FROM registrations WHERE msp_id = ? AND reseller_id = ?", row.TargetID, row.ResellerID).Scan(&auto).Error
	if err != nil || len(auto) == 0 || !auto[0] {
		return err
	}
	err = a.tx.Exec("UPDATE uploads SET approved_at = ?, approved_by = ? WHERE id = ?", millis(a.at), a.id, row.ID).Error
	if err != nil {
		return err
	}
	a.makes(ofApproval, row.ID)
	return a.refreshStatus(row.ResellerID, row.TargetID)
}

// arriveAtCustomer puts an upload into the portal of each service of its customer; it is approved at once in those
// where atOnce, a condition on customer_services, holds.
func (a *act) arriveAtCustomer(row uploadRow, atOnce string) error {
	err := a.tx.Exec(`INSERT INTO approvals (upload_id, service, approved_at, approved_by)
		SELECT ?, service, CASE WHEN `+atOnce+` THEN ? END, CASE WHEN `+atOnce+` THEN ? END FROM customer_services WHERE customer_id = ?`,
		row.ID, millis(a.at), a.id, row.TargetID).Error
	if err != nil {
		return err
	}
	a.buildsOn(ofServices, row.TargetID)
	result := a.tx.Exec(`UPDATE uploads SET approved_at = ?, approved_by = ? WHERE id = ?
		AND EXISTS (SELECT 1 FROM approvals WHERE upload_id = ? AND approved_at IS NOT NULL)`, millis(a.at), a.id, row.ID, row.ID)
	if result.Error != nil || result.RowsAffected == 0 {
		return result.Error
	}
	a.makes(ofApproval, row.ID)
	if row.Kind == model.MovedUpload {
		return nil // no business of the reseller
	}
	return a.refreshStatus(row.ResellerID, row.TargetID)
}
