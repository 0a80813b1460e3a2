package data

import (
	"context"
	"encoding/json"
	"slices"

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
func (d Uploads) Add(ctx context.Context, new model.NewUpload, devices []model.NewDevice, progress Progress) (model.Upload, model.Done,
	error) {
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
	a.notePart(row, target)
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
	rows := []uploadRow{row}
	err := a.insertUploads(rows, u)
	return rows[0].ID, err
}

// uploadsPerStatement keeps their columns below the number of arguments that databases take.
const uploadsPerStatement = 500

// insertUploads is insertUpload for several at once, which get their ids.
func (a *act) insertUploads(rows []uploadRow, u model.NewUpload) error {
	for part := range slices.Chunk(rows, uploadsPerStatement) {
		uploads := make([]upload, len(part))
		for i, row := range part {
			uploads[i] = a.newUpload(row, u)
		}
		if err := a.tx.Create(&uploads).Error; err != nil {
			return err
		}
		for i := range part {
			part[i].ID = uploads[i].ID
			a.makes(ofUpload, uploads[i].ID)
		}
	}
	a.change |= UploadsChanged | DevicesChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged
	return nil
}

func (a *act) newUpload(row uploadRow, u model.NewUpload) upload {
	new := upload{UUID: row.UUID, Kind: row.Kind, ResellerID: row.ResellerID, TargetID: row.TargetID, MSPID: optional(row.MSPID),
		ActivityID: a.id, UploadedAt: millis(a.at), OrderNumber: u.OrderNumber, OrderDate: day{u.OrderDate}, SoldToCode: u.SoldToCode,
		KCProfile: u.KCProfile, EnrollmentProfile: u.EnrollmentProfile,
		Tags: append([]string{}, u.Tags...), Uploaded: max(u.Figures.Uploaded, row.Devices), Valid: row.Devices,
		Invalid: u.Figures.Invalid, Duplicate: u.Figures.Duplicate, Devices: row.Devices}
	if row.Kind == model.DirectUpload && a.portal == model.ResellerPortal { // what an MSP receives its reseller carries elsewhere
		new.ToCarry = flag(!u.OnPortal)
		if u.OnPortal {
			new.ConfirmedBy = optional(a.id)
		}
	}
	return new
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
			SELECT ?, CAST(value ->> 0 AS INTEGER), value ->> 1, value ->> 2 FROM json_each(?)`, uploadID, string(list)).Error
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
		return a.arriveAtCustomers([]uploadRow{row}, nil)
	}
	a.buildsOn(ofPreference, pair(row.TargetID, row.ResellerID))
	auto, err := a.has(&registration{MSPID: row.TargetID, ResellerID: row.ResellerID, AutoApprove: true})
	if err != nil || !auto {
		return err
	}
	if err := a.tx.Where(&upload{ID: row.ID}).Updates(a.approvedNow()).Error; err != nil {
		return err
	}
	a.makes(ofApproval, row.ID)
	return a.refreshStatus(row.ResellerID, row.TargetID)
}

// approvedNow are the fields of an upload that the act approves.
func (a *act) approvedNow() *upload {
	return &upload{ApprovedAt: optional(millis(a.at)), ApprovedBy: optional(a.id)}
}

// arriveAtCustomers puts uploads into the portals of the services of their customers; they are approved at once in those
// that approve by themselves, and in those of atOnce.
func (a *act) arriveAtCustomers(rows []uploadRow, atOnce []model.Service) error {
	arriving := map[int64][]uploadRow{}
	for _, row := range rows {
		arriving[row.TargetID] = append(arriving[row.TargetID], row)
	}
	for customer, rows := range arriving {
		if err := a.arriveAt(customer, rows, atOnce); err != nil {
			return err
		}
	}
	return nil
}

// arriveAt is arriveAtCustomers for the uploads to one customer.
func (a *act) arriveAt(customer int64, rows []uploadRow, atOnce []model.Service) error {
	var services []customerService
	if err := a.tx.Where(&customerService{CustomerID: customer}).Find(&services).Error; err != nil {
		return err
	}
	a.buildsOn(ofServices, customer)
	var preferences []preference
	if err := a.tx.Where(&preference{CustomerID: customer}).Find(&preferences).Error; err != nil {
		return err
	}
	var approvals []approval
	var approved []int64
	for _, row := range rows {
		a.buildsOn(ofPreference, pair(customer, row.ResellerID))
		for _, s := range services {
			arrived := approval{UploadID: row.ID, Service: s.Service}
			trusted := preference{CustomerID: customer, ResellerID: row.ResellerID, Service: s.Service}
			if slices.Contains(preferences, trusted) || slices.Contains(atOnce, s.Service) {
				arrived.ApprovedAt, arrived.ApprovedBy = optional(millis(a.at)), optional(a.id)
				approved = append(approved, row.ID)
			}
			approvals = append(approvals, arrived)
		}
	}
	for part := range slices.Chunk(approvals, uploadsPerStatement) {
		if err := a.tx.Create(part).Error; err != nil {
			return err
		}
	}
	approved = slices.Compact(approved)
	if len(approved) == 0 {
		return nil
	}
	if err := a.tx.Where("id IN (SELECT value FROM json_each(?))", idList(approved)).Updates(a.approvedNow()).Error; err != nil {
		return err
	}
	a.makes(ofApproval, approved...)
	for _, row := range rows { // what is moved is no business of the reseller
		if row.Kind != model.MovedUpload && slices.Contains(approved, row.ID) {
			if err := a.refreshStatus(row.ResellerID, row.TargetID); err != nil {
				return err
			}
		}
	}
	return nil
}
