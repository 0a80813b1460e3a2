package data

import (
	"context"
	"slices"

	"consign/model"
)

// uploadsFrom is where uploads are read from: u the upload, r its reseller, t its target, k the MSP that moved it,
// b who performed it.
const uploadsFrom = `uploads u CROSS JOIN accounts r ON r.id = u.reseller_id CROSS JOIN accounts t ON t.id = u.target_id
	LEFT JOIN accounts k ON k.id = u.msp_id LEFT JOIN activity y ON y.id = u.activity_id LEFT JOIN accounts b ON b.id = y.performed_by
	LEFT JOIN activity carried ON carried.id = u.carried_by LEFT JOIN activity confirmed ON confirmed.id = u.confirmed_by`

// uploadReader reads uploads as a party sees them. With a Knox service it is the portal of that service: only uploads that are in it, and
// all that hangs on approval (STATUS, VERIFIED DEVICES, what waits) asks that service's. Without one an upload to a customer is
// approved when its first service approved it. A page's list, its order, its filters and its rows come from one reader.
type uploadReader struct {
	from     string
	approved string // when the upload was approved, NULL while it waits
	conditions
}

func readUploads(view model.View, service model.Service) uploadReader {
	if service == "" {
		return uploadReader{uploadsFrom, "u.approved_at", viewedUploads(view)}
	}
	r := uploadReader{from: uploadsFrom + " CROSS JOIN approvals v ON v.upload_id = u.id AND v.service = ?", approved: "v.approved_at"}
	seen := viewedUploads(view)
	r.parts, r.args = seen.parts, append([]any{service}, seen.args...)
	return r
}

// uploadStatus is the STATUS of an upload (domain §3), as settle: it speaks of the lines.
const uploadStatus = `CASE WHEN u.failed > 0 AND u.failed = u.devices THEN 'error'
	WHEN u.failed > 0 OR u.invalid > 0 OR u.valid < u.uploaded THEN 'completed with error' ELSE 'completed' END`

// uploadCarried is carryRank of an upload.
var uploadCarried = carryRank("u", "")

// columns says how each column of an Uploads page is ordered.
func (r uploadReader) columns() map[string]sortKey {
	return map[string]sortKey{
		model.ByUpload:      {expr: "u.uuid", kind: byText},
		model.ByPerformer:   {expr: performer, kind: byName},
		model.ByReseller:    {expr: "r.company_name", kind: byName},
		model.ByCustomer:    {expr: "t.company_name", kind: byName},
		model.ByOrderNumber: {expr: "u.order_number", kind: byText},
		model.ByDevices:     {expr: "u.devices", kind: byNumber},
		model.ByVerified:    {expr: "CASE WHEN " + r.approved + " IS NULL THEN 0 ELSE u.devices - u.failed END", kind: byNumber},
		model.ByUploaded:    {expr: "u.uploaded_at", kind: byNumber},
		model.ByStatus:      {expr: "instr('completed, completed with error, error', " + uploadStatus + ")", kind: byNumber},
		model.ByApproval:    {expr: r.approved, kind: byNumber},
		model.ByPortal:      {expr: uploadCarried, kind: byNumber},
		model.ByTags:        {expr: "nullif(u.tags, '[]')", kind: byName},
	}
}

// uploadList narrows the uploads to those of q. An MSP's list has the uploads to it, unless q asks for a customer as
// target: then those by which it moved devices there.
func uploadList(q model.UploadQuery) *list {
	r := readUploads(q.View, q.Service)
	l := &list{id: "u.id", from: r.from, columns: r.columns(), conditions: r.conditions,
		search: []string{"u.uuid", "u.order_number", "r.company_name", "t.company_name", "u.tags"}}
	if q.View.Portal == model.MSPPortal && q.Target == 0 {
		q.Target = q.View.Account
	}
	if q.Target != 0 {
		l.and("u.target_id = ?", q.Target)
	}
	if q.Reseller != 0 {
		l.and("u.reseller_id = ?", q.Reseller)
	}
	if q.Waiting {
		l.and(r.approved + " IS NULL")
	}
	if q.Status != "" {
		l.and(uploadStatus+" = ?", q.Status)
	}
	if q.Person != "" {
		l.and("y.person = ?", q.Person)
	}
	if q.PortalState != "" {
		l.and(uploadCarried+" = ?", slices.Index(model.PortalStates, q.PortalState))
	}
	if q.Tag != "" {
		l.and(tagged("u"), quoted(q.Tag), q.Tag)
	}
	if !q.From.IsZero() {
		l.and("u.uploaded_at >= ?", millis(q.From))
	}
	if !q.To.IsZero() {
		l.and("u.uploaded_at < ?", millis(q.To))
	}
	return l
}

// IDs are the ids of the uploads that the query finds, in its order, then by id.
func (d Uploads) IDs(ctx context.Context, q model.UploadQuery) ([]int64, error) {
	return d.desk.listIDs(ctx, uploadList(q), q.Search, q.Sort)
}

// Count is how many uploads the query finds.
func (d Uploads) Count(ctx context.Context, q model.UploadQuery) (int, error) {
	q.Sort = nil
	ids, err := d.IDs(ctx, q)
	return len(ids), err
}

const uploadFields = `u.id, u.uuid, u.kind, u.reseller_id, r.company_name AS reseller_name, u.target_id, t.company_name AS target_name,
	t.kind AS target_kind, t.knox_id AS target_knox_id, u.msp_id, k.company_name AS msp_name, ` + performer + ` AS uploaded_by, u.uploaded_at,
	u.order_number, u.order_date, u.sold_to_code, u.tags, u.uploaded, u.valid, u.invalid, u.duplicate, u.devices, u.failed, u.moved,
		u.kc_profile,
	u.enrollment_profile, u.to_carry, u.carried_by, u.confirmed_by, t.ours AS target_ours, carried.at AS carried_at, carried.person AS carrier,
	confirmed.at AS confirmed_at,
	t.kind <> 'msp' OR EXISTS (SELECT 1 FROM registrations g WHERE g.msp_id = u.target_id AND g.reseller_id = u.reseller_id) AS registered`

// Rows reads the uploads with the ids as the viewer sees them, in the portal of a Knox service if one is given, in the order of ids;
// those that the viewer does not see (any more) are left out. To a customer an upload is approved when its first service approved it,
// in the portal of a service when that one did.
func (d Uploads) Rows(ctx context.Context, view model.View, service model.Service, ids []int64) ([]model.Upload, error) {
	r := readUploads(view, service)
	r.and("u.id IN (SELECT value FROM json_each(?))", idList(ids))
	q := query{"SELECT " + uploadFields + ", " + r.approved + " AS approved_at FROM " + r.from + r.where(), r.args}
	rows, err := rowsByID[uploadLine](d.desk, ctx, ids, q, func(u *model.Upload) int64 { return u.ID })
	if err != nil {
		return nil, err
	}
	return rows, d.desk.reading(ctx, func(c *reader) error { // which the counters do not know
		exchanging, err := c.exchangingIn()
		for i := range rows {
			if rows[i].Exchanging = exchanging[rows[i].ID]; !rows[i].Waits() {
				rows[i].Verified -= rows[i].Exchanging
			}
		}
		return err
	})
}

// settle tells what follows from the other fields: VERIFIED DEVICES and STATUS (as uploadReader.status).
func settle(u *model.Upload) {
	u.Verified = u.Devices - u.Failed
	if u.Waits() {
		u.Verified = 0
	}
	switch {
	case u.Failed > 0 && u.Failed == u.Devices:
		u.Status = model.UploadError
	case u.Failed > 0 || u.Figures.Invalid > 0 || u.Figures.Valid < u.Figures.Uploaded:
		u.Status = model.CompletedWithError
	default:
		u.Status = model.Completed
	}
}

// ByID is the upload as the viewer sees it; NotFound if the viewer does not see it or its devices are all gone.
func (d Uploads) ByID(ctx context.Context, view model.View, id int64) (model.Upload, error) {
	uploads, err := d.Rows(ctx, view, "", []int64{id})
	if err != nil {
		return model.Upload{}, err
	}
	if len(uploads) == 0 {
		return model.Upload{}, model.Fail(model.NotFound, "This upload is not here any more: all of its devices are gone.")
	}
	return uploads[0], nil
}

// uploadLine is an upload as Rows reads it.
type uploadLine struct {
	ID           int64
	UUID         string
	Kind         model.UploadKind
	ResellerID   int64
	ResellerName string
	TargetID     int64
	TargetName   string
	TargetKind   model.AccountKind
	TargetKnoxID string
	MSPID        int64  `gorm:"column:msp_id"`
	MSPName      string `gorm:"column:msp_name"`
	UploadedBy   string
	UploadedAt   int64
	OrderNumber  string
	OrderDate    day
	SoldToCode   string
	Tags         []string `gorm:"serializer:json"`
	Uploaded     int
	Valid        int
	Invalid      int
	Duplicate    int
	Devices      int
	Failed       int
	Moved        int
	ApprovedAt   int64
	Registered   bool
	TargetOurs   bool
	KCProfile    string `gorm:"column:kc_profile"`

	EnrollmentProfile      string
	ToCarry                bool
	CarriedBy, ConfirmedBy optional
	CarriedAt, ConfirmedAt int64
	Carrier                string
}

func (l uploadLine) row() model.Upload {
	u := model.Upload{ID: l.ID, UUID: l.UUID, Kind: l.Kind, ResellerID: l.ResellerID, ResellerName: l.ResellerName,
		TargetID: l.TargetID, TargetName: l.TargetName, TargetKind: l.TargetKind, TargetKnoxID: l.TargetKnoxID,
		MSPID: l.MSPID, MSPName: l.MSPName, UploadedBy: l.UploadedBy, UploadedAt: timeOf(l.UploadedAt), OrderNumber: l.OrderNumber,
		OrderDate: l.OrderDate.Time, SoldToCode: l.SoldToCode, Tags: l.Tags,
		Figures: model.Figures{Uploaded: l.Uploaded, Valid: l.Valid, Invalid: l.Invalid, Duplicate: l.Duplicate},
		Devices: l.Devices, Failed: l.Failed, Moved: l.Moved, ApprovedAt: timeOf(l.ApprovedAt), Registered: l.Registered,
		TargetOurs: l.TargetOurs, KCProfile: l.KCProfile, EnrollmentProfile: l.EnrollmentProfile, CarriedAt: timeOf(l.CarriedAt),
		CarriedBy: l.Carrier, ConfirmedAt: timeOf(l.ConfirmedAt), PortalState: portalState(l.ToCarry, l.CarriedBy, l.ConfirmedBy)}
	settle(&u)
	return u
}

// FailedLines are the lines of an upload that gave no device, in the order of the file.
func (d Uploads) FailedLines(ctx context.Context, uploadID int64) ([]model.FailedLine, error) {
	var rows []uploadFailure
	if err := d.desk.read.WithContext(ctx).Where(&uploadFailure{UploadID: uploadID}).Order("line, id").Find(&rows).Error; err != nil {
		return nil, d.desk.told(err)
	}
	lines := make([]model.FailedLine, len(rows))
	for i, row := range rows {
		lines[i] = model.FailedLine{Line: row.Line, Value: row.Value, Reason: row.Reason}
	}
	return lines, d.desk.note(soundRow(lines))
}
