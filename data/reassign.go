package data

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"consign/model"
)

// ChangeCustomer moves a reseller's devices to another customer or MSP: deleted there and uploaded here, in one act (domain §3). to gives
// the target and the fields of the new upload; devices keep their order numbers unless it has one. The devices that are at the target
// already stay as they are. Errors: Invalid, NotFound, Refused when there is nothing to change or a device is not the reseller's any more.
func (d Devices) ChangeCustomer(ctx context.Context, sel model.DeviceSelection, to model.NewUpload, progress Progress) (model.Done, error) {
	by := sel.Query.View
	to.ResellerID, to.UploadedBy = by.Account, by
	if err := to.Check(); err != nil {
		return model.Done{}, err
	}
	if by.Portal != model.ResellerPortal {
		return model.Done{}, model.Fail(model.Refused, "The reseller changes the customer; an MSP moves devices.")
	}
	if err := d.desk.backUpBeforeDeletion(ctx, sel); err != nil {
		return model.Done{}, err
	}
	return d.desk.act(ctx, model.DevicesReassigned, by, func(a *act) error {
		target, err := a.resellerAndTarget(by.Account, to.TargetID)
		if err != nil {
			return err
		}
		devices, stay, err := a.takeFromOthers(sel, target.ID)
		if err != nil {
			return err
		}
		row := uploadRow{Kind: model.DirectUpload, UUID: uuid.NewString(), ResellerID: by.Account, TargetID: target.ID,
			TargetKind: target.Kind, TargetName: target.CompanyName, Devices: devices.Len()}
		steps := counter{progress: progress, total: devices.Len()}
		if row.ID, err = a.insertUpload(row, to); err != nil {
			return err
		}
		if err := a.insertDevices(row, &Batch{to, devices}, &steps); err != nil {
			return err
		}
		if _, err := a.ensureCustomer(row.ResellerID, row.TargetID, ""); err != nil {
			return err
		}
		if err := a.receive(row); err != nil {
			return err
		}
		a.devices, a.upload = devices.Len(), row.ID
		a.text = model.Say("Devices deleted at their customers and uploaded to {{.Target}}: {{.Devices}}.", "Target", target.CompanyName,
			"Devices", a.devices)
		if stay > 0 {
			a.text = model.Say("{{.Text}} There already, and left as they are: {{.Devices}}.", "Text", a.text, "Devices", stay)
		}
		return a.noteToCarry()
	})
}

// takeFromOthers deletes those of the selected devices that are not at the target, and returns them as they are to be uploaded there, and
// how many stay there.
func (a *act) takeFromOthers(sel model.DeviceSelection, targetID int64) (devices DeviceSlice, stay int64, err error) {
	ids, err := a.selected(sel, "d.id")
	if err != nil {
		return nil, 0, err
	}
	var counted struct{ Found, Elsewhere int64 }
	const elsewhere = " FROM devices d JOIN uploads u ON u.id = d.upload_id WHERE d.id IN ("
	err = a.tx.Raw("SELECT count(*) AS found, count(CASE WHEN u.target_id <> ? THEN 1 END) AS elsewhere"+elsewhere+ids.sql+")",
		append([]any{targetID}, ids.args...)...).Scan(&counted).Error
	if err != nil {
		return nil, 0, err
	}
	if err := complete(sel, counted.Found); err != nil {
		return nil, 0, err
	}
	if counted.Elsewhere == 0 {
		return nil, 0, model.Fail(model.Refused, "All of these devices are at this customer already.")
	}
	if counted.Found > counted.Elsewhere { // what brought the others to the target cannot be undone any more
		there := query{"SELECT d.id" + elsewhere + ids.sql + ") AND u.target_id = ?", append(slices.Clone(ids.args), targetID)}
		if err := a.standsOn(there, ofUpload); err != nil {
			return nil, 0, err
		}
	}
	if _, err := a.delete(query{"SELECT d.id AS id" + elsewhere + ids.sql + ") AND u.target_id <> ?",
		append(ids.args[:len(ids.args):len(ids.args)],
			targetID)}); err != nil {
		return nil, 0, err
	}
	if err := a.tally(-1, devicesOfDeletion, a.id); err != nil {
		return nil, 0, err
	}
	if err := a.subjectsOf(ofDeletion); err != nil {
		return nil, 0, err
	}
	if err := a.noteParts(); err != nil {
		return nil, 0, err
	}
	var rows []struct {
		IMEI1, IMEI2 string
		MEID         string `gorm:"column:meid"`
		Serial       string
		Model        string
		OrderNumber  string
	}
	err = a.tx.Raw("SELECT coalesce(imei1, '') AS imei1, coalesce(imei2, '') AS imei2, coalesce(meid, '') AS meid, "+
		"coalesce(serial, '') AS serial, model, order_number FROM ("+
		devicesOfDeletion+") ORDER BY id", a.id).Scan(&rows).Error
	devices = make(DeviceSlice, len(rows))
	for i, r := range rows {
		devices[i] = model.NewDevice{Identifiers: model.Identifiers{IMEI1: r.IMEI1, IMEI2: r.IMEI2, MEID: r.MEID, Serial: r.Serial},
			Model: r.Model, OrderNumber: r.OrderNumber}
	}
	return devices, counted.Found - counted.Elsewhere, err
}
