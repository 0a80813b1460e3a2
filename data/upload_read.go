package data

import (
	"context"
	"encoding/json"
	"time"

	"consign/model"
)

// uploadsFrom is where uploads are read from: u the upload, r its reseller, t its target, k the MSP that moved it,
// b who performed it.
const uploadsFrom = `uploads u CROSS JOIN accounts r ON r.id = u.reseller_id CROSS JOIN accounts t ON t.id = u.target_id
	LEFT JOIN accounts k ON k.id = u.msp_id LEFT JOIN activity y ON y.id = u.activity_id LEFT JOIN accounts b ON b.id = y.performed_by`

// viewedUploads are the conditions that the viewer sees the upload u (domain §5). An upload is seen where its
// living devices are, so one without is not listed; its history stays in the activity log.
//   - A reseller sees its uploads; those by which an MSP had moved devices only after a delink, as virtual ones (V4, V7).
//   - An MSP sees the uploads to it and those by which it moved devices to its customers (V2, V3).
//   - A customer's portal sees all uploads to the customer (V1, V3).
func viewedUploads(view model.View) conditions {
	var c conditions
	c.and("u.devices > 0")
	switch view.Portal {
	case model.ResellerPortal:
		c.and("u.reseller_id = ? AND u.kind <> 'moved'", view.Account)
	case model.MSPPortal:
		c.and("(u.target_id = ? OR u.msp_id = ? AND u.kind = 'moved')", view.Account, view.Account)
	case model.CustomerPortal:
		c.and("u.target_id = ?", view.Account)
	}
	return c
}

// uploadStatus is the STATUS of an upload (domain §3), as settle.
const uploadStatus = `CASE WHEN u.failed > 0 AND u.failed = u.devices THEN 'error' WHEN u.approved_at IS NULL THEN 'in progress'
	WHEN u.failed > 0 OR u.invalid > 0 THEN 'completed with error' ELSE 'completed' END`

// uploadColumns says how each column of an Uploads page is ordered.
var uploadColumns = map[string]sortKey{
	model.ByUpload:      {expr: "u.uuid", kind: byText},
	model.ByPerformer:   {expr: "b.company_name", kind: byName},
	model.ByReseller:    {expr: "r.company_name", kind: byName},
	model.ByCustomer:    {expr: "t.company_name", kind: byName},
	model.ByOrderNumber: {expr: "u.order_number", kind: byText},
	model.ByDevices:     {expr: "u.devices", kind: byNumber},
	model.ByVerified:    {expr: "CASE WHEN u.approved_at IS NULL THEN 0 ELSE u.devices - u.failed END", kind: byNumber},
	model.ByUploaded:    {expr: "u.uploaded_at", kind: byNumber},
	model.ByStatus:      {expr: "instr('in progress, completed, completed with error, error', " + uploadStatus + ")", kind: byNumber},
	model.ByTags:        {expr: "nullif(u.tags, '[]')", kind: byName},
}

// uploadList narrows the uploads to those of q. An MSP's list has the uploads to it, unless q asks for a customer as
// target: then those by which it moved devices there.
func uploadList(q model.UploadQuery) *list {
	l := &list{id: "u.id", from: uploadsFrom, columns: uploadColumns, conditions: viewedUploads(q.View),
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
	if q.Service != "" {
		l.and("EXISTS (SELECT 1 FROM approvals v WHERE v.upload_id = u.id AND v.service = ?)", q.Service)
	}
	switch {
	case q.Waiting && q.Service != "":
		l.and("EXISTS (SELECT 1 FROM approvals v WHERE v.upload_id = u.id AND v.service = ? AND v.approved_at IS NULL)", q.Service)
	case q.Waiting:
		l.and("u.approved_at IS NULL")
	}
	if q.Status != "" {
		l.and(uploadStatus+" = ?", q.Status)
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

const uploadSQL = `SELECT u.id, u.uuid, u.kind, u.reseller_id, r.company_name, u.target_id, t.company_name, t.kind, t.knox_id, u.msp_id,
	k.company_name, b.company_name, u.uploaded_at, u.order_number, u.order_date, u.sold_to_code, u.tags, u.uploaded, u.valid, u.invalid,
	u.duplicate, u.devices, u.failed, u.moved, u.approved_at,
	t.kind <> 'msp' OR EXISTS (SELECT 1 FROM registrations g WHERE g.msp_id = u.target_id AND g.reseller_id = u.reseller_id)
	FROM ` + uploadsFrom

// Rows reads the uploads with the ids as the viewer sees them, in the order of ids; those that the viewer does not
// see (any more) are left out. To a customer an upload is approved when its first service approved it: for one service's
// approval ask PortalUploads.
func (d Uploads) Rows(ctx context.Context, view model.View, ids []int64) ([]model.Upload, error) {
	c := viewedUploads(view)
	c.and("u.id IN (SELECT value FROM json_each(?))", idList(ids))
	return rowsByID(d.desk, ctx, ids, query{uploadSQL + c.where(), c.args}, uploadID, scanUpload)
}

// PortalRows is Uploads for the portal that the customer has for one Knox service: approved when that service did.
func (d Uploads) PortalRows(ctx context.Context, customerID int64, service model.Service, ids []int64) ([]model.Upload, error) {
	uploads, err := d.Rows(ctx, model.As(model.Customer, customerID), ids)
	if err != nil {
		return nil, err
	}
	at := map[int64]time.Time{}
	err = d.desk.reading(ctx, func(c *reader) error {
		const find = "SELECT upload_id, approved_at FROM approvals WHERE service = ? AND upload_id IN (SELECT value FROM json_each(?))"
		return c.each(find, []any{service, idList(ids)}, func(s *statement) error {
			at[s.int(0)] = s.timeOf(1)
			return nil
		})
	})
	for i := range uploads {
		uploads[i].ApprovedAt = at[uploads[i].ID]
		settle(&uploads[i])
	}
	return uploads, err
}

// settle tells what follows from the other fields: VERIFIED DEVICES and STATUS (as uploadStatus).
func settle(u *model.Upload) {
	u.Verified = u.Devices - u.Failed
	if u.Waits() {
		u.Verified = 0
	}
	switch {
	case u.Failed > 0 && u.Failed == u.Devices:
		u.Status = model.UploadError
	case u.Waits():
		u.Status = model.InProgress
	case u.Failed > 0 || u.Figures.Invalid > 0:
		u.Status = model.CompletedWithError
	default:
		u.Status = model.Completed
	}
}

// ByID is the upload as the viewer sees it; NotFound if the viewer does not see it or its devices are all gone.
func (d Uploads) ByID(ctx context.Context, view model.View, id int64) (model.Upload, error) {
	uploads, err := d.Rows(ctx, view, []int64{id})
	if err != nil {
		return model.Upload{}, err
	}
	if len(uploads) == 0 {
		return model.Upload{}, model.Fail(model.NotFound, "This upload is not here any more: all of its devices are gone.")
	}
	return uploads[0], nil
}

func uploadID(u *model.Upload) int64 { return u.ID }

func scanUpload(s *statement, u *model.Upload) error {
	u.ID, u.UUID, u.Kind = s.int(0), s.text(1), model.UploadKind(s.text(2))
	u.ResellerID, u.ResellerName = s.int(3), s.text(4)
	u.TargetID, u.TargetName, u.TargetKind, u.TargetKnoxID = s.int(5), s.text(6), model.AccountKind(s.text(7)), s.text(8)
	u.MSPID, u.MSPName, u.UploadedBy, u.UploadedAt = s.int(9), s.text(10), s.text(11), s.timeOf(12)
	u.OrderNumber, u.SoldToCode = s.text(13), s.text(15)
	if day := s.text(14); day != "" {
		var err error
		if u.OrderDate, err = time.Parse(time.DateOnly, day); err != nil {
			return err
		}
	}
	if err := json.Unmarshal(s.bytes(16), &u.Tags); err != nil {
		return err
	}
	number := func(column int32) int { return int(s.int(column)) }
	u.Figures = model.Figures{Uploaded: number(17), Valid: number(18), Invalid: number(19), Duplicate: number(20)}
	u.Devices, u.Failed, u.Moved = number(21), number(22), number(23)
	u.ApprovedAt, u.Registered = s.timeOf(24), s.int(25) != 0
	settle(u)
	return nil
}

// FailedLines are the lines of an upload that gave no device, in the order of the file.
func (d Uploads) FailedLines(ctx context.Context, uploadID int64) (lines []model.FailedLine, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		return c.each("SELECT line, value, reason FROM upload_failures WHERE upload_id = ? ORDER BY line, id", []any{uploadID}, func(s *statement) error {
			line := model.FailedLine{Line: int(s.int(0)), Value: s.text(1)}
			lines = append(lines, line)
			return json.Unmarshal(s.bytes(2), &lines[len(lines)-1].Reason)
		})
	})
	return lines, err
}
