package data

import (
	"context"
	"encoding/json"

	"consign/model"
)

// activitiesFrom is where the activity log is read from: y the act, b who performed it, p the party, c the customer.
const activitiesFrom = `activity y LEFT JOIN accounts b ON b.id = y.performed_by LEFT JOIN accounts p ON p.id = y.party_id
	LEFT JOIN accounts c ON c.id = y.customer_id`

// activityColumns says how each column of the activity log is ordered.
var activityColumns = map[string]sortKey{
	model.ByDate:       {expr: "y.at", kind: byNumber},
	model.ByEvent:      {expr: "y.event", kind: byText},
	model.ByPerformer:  {expr: "b.company_name", kind: byName},
	model.ByParty:      {expr: "p.company_name", kind: byName},
	model.ByCustomer:   {expr: "c.company_name", kind: byName},
	model.ByCustomerID: {expr: "c.knox_id", kind: byText},
	model.ByDevices:    {expr: "y.devices", kind: byNumber},
	model.ByStatus:     {expr: "y.undone_by IS NOT NULL", kind: byNumber},
}

// actsOfDevice finds the acts that a device has been through: those that uploaded, moved, deleted it or reported its
// failure, the approvals of its uploads while it was there, and the undoing of these. Its argument is the device.
const actsOfDevice = `WITH been (upload_id, until) AS (
		SELECT upload_id, deleted_by FROM devices WHERE id = ?1
		UNION ALL SELECT moved_id, deleted_by FROM devices WHERE id = ?1
		UNION ALL SELECT upload_id, activity_id FROM placements WHERE device_id = ?1
		UNION ALL SELECT moved_id, activity_id FROM placements WHERE device_id = ?1),
	acts (id) AS (
		SELECT u.activity_id FROM been JOIN uploads u ON u.id = been.upload_id
		UNION SELECT u.approved_by FROM been JOIN uploads u ON u.id = been.upload_id WHERE u.approved_by <= coalesce(until, u.approved_by)
		UNION SELECT v.approved_by FROM been JOIN approvals v ON v.upload_id = been.upload_id WHERE v.approved_by <= coalesce(until, v.approved_by)
		UNION SELECT deleted_by FROM devices WHERE id = ?1
		UNION SELECT activity_id FROM placements WHERE device_id = ?1)
	SELECT id FROM acts WHERE id IS NOT NULL
	UNION SELECT undone_by FROM activity WHERE id IN (SELECT id FROM acts) AND undone_by IS NOT NULL`

// ActivityIDs are the ids of the acts that the query finds, in its order, then by id.
func (r *Register) ActivityIDs(ctx context.Context, q model.ActivityQuery) ([]int64, error) {
	l := &list{id: "y.id", from: activitiesFrom, columns: activityColumns,
		search: []string{"y.event", "b.company_name", "p.company_name", "c.company_name", "c.knox_id", "y.detail"}}
	if q.Device != 0 {
		l.and("y.id IN ("+actsOfDevice+")", q.Device) // its ?1 is the first argument
	}
	if q.Party != 0 {
		l.and("(y.performed_by = ? OR y.party_id = ? OR y.customer_id = ?)", q.Party, q.Party, q.Party)
	}
	if q.Event != "" {
		l.and("y.event = ?", q.Event)
	}
	if q.Upload != 0 {
		l.and(`(y.upload_id = ? OR y.id IN (SELECT activity_id FROM activity_subjects WHERE subject = '`+ofUpload+`' AND subject_id = ?))`, q.Upload, q.Upload)
	}
	if !q.From.IsZero() {
		l.and("y.at >= ?", millis(q.From))
	}
	if !q.To.IsZero() {
		l.and("y.at < ?", millis(q.To))
	}
	return r.listIDs(ctx, l, q.Search, q.Sort)
}

// Activities reads the acts with the ids, in the order of ids.
func (r *Register) Activities(ctx context.Context, ids []int64) ([]model.Activity, error) {
	const find = `SELECT y.id, y.at, y.event, y.portal, b.company_name, y.party_id, p.company_name, y.customer_id, c.company_name,
		c.knox_id, y.devices, y.undone_by, y.detail, y.upload_id FROM ` + activitiesFrom + ` WHERE y.id IN (SELECT value FROM json_each(?))`
	return rowsByID(r, ctx, ids, query{find, []any{idList(ids)}}, func(a *model.Activity) int64 { return a.ID }, scanActivity)
}

func scanActivity(s *statement, a *model.Activity) error {
	a.ID, a.At, a.Event, a.Portal, a.PerformedBy = s.int(0), s.timeOf(1), model.Event(s.text(2)), model.Portal(s.text(3)), s.text(4)
	a.PartyID, a.Party, a.CustomerID, a.Customer, a.CustomerKnoxID = s.int(5), s.text(6), s.int(7), s.text(8), s.text(9)
	a.Devices, a.Status, a.UploadID = int(s.int(10)), model.ActDone, s.int(13)
	if !s.isNull(11) {
		a.Status = model.ActUndone
	}
	return json.Unmarshal(s.bytes(12), &a.Detail)
}

// DeviceHistory are the acts that a device has been through, living or deleted, the oldest first (domain §6).
func (r *Register) DeviceHistory(ctx context.Context, id int64) ([]model.Activity, error) {
	ids, err := r.ActivityIDs(ctx, model.ActivityQuery{Device: id})
	if err != nil {
		return nil, err
	}
	return r.Activities(ctx, ids)
}
