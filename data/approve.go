package data

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"consign/model"
)

// uploadRow is what acts need to know of an upload.
type uploadRow struct {
	ID, ResellerID, TargetID int64
	UUID                     string
	Kind                     model.UploadKind
	TargetKind               model.AccountKind
	ResellerName, TargetName string
	MSPID                    int64 `gorm:"column:msp_id"`
	Devices                  int
	ApprovedAt               int64 // 0 while it waits
	Registered               bool
	TargetOurs               bool
}

const uploadRows = `SELECT u.id, u.uuid, u.kind, u.reseller_id, u.target_id, t.kind AS target_kind, t.company_name AS target_name,
	s.company_name AS reseller_name, coalesce(u.msp_id, 0) AS msp_id, u.devices, coalesce(u.approved_at, 0) AS approved_at, t.ours AS
		target_ours,
	t.kind <> 'msp' OR EXISTS (SELECT 1 FROM registrations g WHERE g.msp_id = u.target_id AND g.reseller_id = u.reseller_id) AS registered
	FROM uploads u JOIN accounts t ON t.id = u.target_id JOIN accounts s ON s.id = u.reseller_id`

func (u uploadRow) model() model.Upload {
	m := model.Upload{ID: u.ID, UUID: u.UUID, Kind: u.Kind, ResellerID: u.ResellerID, ResellerName: u.ResellerName, TargetID: u.TargetID,
		TargetName: u.TargetName, TargetKind: u.TargetKind, TargetOurs: u.TargetOurs, MSPID: u.MSPID, Devices: u.Devices,
		Registered: u.Registered}
	if u.ApprovedAt != 0 {
		m.ApprovedAt = time.UnixMilli(u.ApprovedAt)
	}
	return m
}

// uploadsOf reads the uploads with the ids; NotFound if one is missing.
func uploadsOf(db *gorm.DB, ids []int64) ([]uploadRow, error) {
	if len(ids) == 0 {
		return nil, model.Fail(model.Invalid, "Choose at least one upload.")
	}
	rows, err := uploadsIn(db, ids)
	if err != nil {
		return nil, err
	}
	if len(rows) < len(distinct(ids)) {
		return nil, model.Fail(model.NotFound, "This upload is not in the register.")
	}
	return rows, nil
}

// uploadsIn reads those of the uploads with the ids that are there.
func uploadsIn(db *gorm.DB, ids []int64) (rows []uploadRow, err error) {
	err = db.Raw(uploadRows+" WHERE u.id IN (SELECT value FROM json_each(?)) ORDER BY u.id", idList(ids)).Scan(&rows).Error
	return rows, err
}

// idList is ids as JSON, the form in which statements take many of them.
func idList(ids []int64) string {
	list, _ := json.Marshal(append([]int64{}, ids...)) // numbers always have a JSON form
	return string(list)
}

func distinct(ids []int64) map[int64]bool {
	set := make(map[int64]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// Approve approves uploads: by the MSP that is their target (APPROVE ALL DEVICES, domain §4), or by the reseller, which
// records that the target approved elsewhere. Errors: Invalid, NotFound for those of others, Refused (model.Upload.CanApprove).
func (d Uploads) Approve(ctx context.Context, by model.View, uploadIDs []int64) (model.Done, error) {
	return d.desk.act(ctx, model.UploadApproved, by, func(a *act) error { return a.approveFor(by, uploadIDs) })
}

// approveFor is Approve within an act.
func (a *act) approveFor(by model.View, uploadIDs []int64) error {
	uploads, err := uploadsOf(a.tx, uploadIDs)
	if err != nil {
		return err
	}
	for _, u := range uploads {
		if err := u.model().CanApprove(by); err != nil {
			return err
		}
	}
	if err := a.approve(uploads); err != nil {
		return err
	}
	a.text = model.Say("Uploads approved: {{.Uploads}}, with devices: {{.Devices}}.", "Uploads", len(uploads), "Devices", a.devices)
	a.noteUploads(uploads, by)
	return nil
}

// approve gives waiting direct or virtual uploads their target's approval, for a customer in all of its services.
func (a *act) approve(uploads []uploadRow) error {
	ids := make([]int64, len(uploads))
	pairs := map[[2]int64]bool{}
	for i, u := range uploads {
		ids[i] = u.ID
		pairs[[2]int64{u.ResellerID, u.TargetID}] = true
		a.devices += u.Devices
		if u.TargetKind == model.MSP && u.Registered {
			a.buildsOn(ofRegistration, pair(u.TargetID, u.ResellerID))
		}
	}
	a.makes(ofApproval, ids...)
	a.buildsOn(ofUpload, ids...)
	a.change |= UploadsChanged | DevicesChanged
	list := idList(ids)
	for _, table := range [...]string{"uploads SET approved_at = ?, approved_by = ? WHERE id",
		"approvals SET approved_at = ?, approved_by = ? WHERE upload_id"} {
		err := a.tx.Exec("UPDATE "+table+" IN (SELECT value FROM json_each(?)) AND approved_at IS NULL", millis(a.at), a.id, list).Error
		if err != nil {
			return err
		}
	}
	for p := range pairs {
		if err := a.refreshStatus(p[0], p[1]); err != nil {
			return err
		}
	}
	return nil
}

// noteUploads writes into the activity what the uploads have in common: the upload if it is one, the party opposite
// to by, the customer.
func (a *act) noteUploads(uploads []uploadRow, by model.View) {
	if len(uploads) == 1 {
		a.upload = uploads[0].ID
	}
	party := func(u uploadRow) int64 {
		if by == model.As(model.Reseller, u.ResellerID) {
			return u.TargetID
		}
		return u.ResellerID
	}
	a.party, a.customer = party(uploads[0]), customerIn(uploads[0])
	for _, u := range uploads[1:] {
		if party(u) != a.party {
			a.party = 0
		}
		if customerIn(u) != a.customer {
			a.customer = 0
		}
	}
}

func customerIn(u uploadRow) int64 {
	if u.TargetKind == model.Customer {
		return u.TargetID
	}
	return 0
}
