package data

import (
	"context"
	"slices"

	"consign/model"
)

// activitiesFrom is where the activity log is read from: y the act, b who performed it, p the party, c the customer.
const activitiesFrom = `activity y LEFT JOIN accounts b ON b.id = y.performed_by LEFT JOIN accounts p ON p.id = y.party_id
	LEFT JOIN accounts c ON c.id = y.customer_id`

// activityColumns says how each column of the activity log is ordered.
var activityColumns = map[string]sortKey{
	model.ByDate:       {expr: "y.at", kind: byNumber},
	model.ByEvent:      {expr: "y.event", kind: byText},
	model.ByPerformer:  {expr: performer, kind: byName},
	model.ByActing:     {expr: "b.company_name", kind: byName},
	model.ByParty:      {expr: otherParty, kind: byName},
	model.ByCustomer:   {expr: "c.company_name", kind: byName},
	model.ByCustomerID: {expr: "c.knox_id", kind: byText},
	model.ByDevices:    {expr: "y.devices", kind: byNumber},
	model.ByStatus:     {expr: "y.undone_by IS NOT NULL", kind: byNumber},
	model.ByPortal:     {expr: actCarried, kind: byNumber},
}

// actCarried is carryRank of an act that stands.
var actCarried = carryRank("y", " AND y.undone_by IS NULL")

// performer is who performed an act: the person, and before persons were kept the company; otherParty is never the customer again.
const (
	performer  = "coalesce(nullif(y.person, ''), b.company_name)"
	otherParty = "CASE WHEN y.party_id IS DISTINCT FROM y.customer_id THEN p.company_name END"
)

// actsOfDevice finds the acts that a device has been through, each with the upload that the device was in: those that uploaded, moved,
// deleted it or reported its failure, the approvals of its uploads while it was there, and the undoing of these. Its argument is the
// device.
const actsOfDevice = `WITH now (upload_id, moved_id, deleted_by) AS (
		SELECT upload_id, moved_id, CASE WHEN deleted IS NOT NULL THEN (` + latestDeletion + `) END FROM devices WHERE id = ?1),
	been (upload_id, until) AS (
		SELECT upload_id, deleted_by FROM now
		UNION ALL SELECT moved_id, deleted_by FROM now
		UNION ALL SELECT upload_id, activity_id FROM placements WHERE device_id = ?1
		UNION ALL SELECT moved_id, activity_id FROM placements WHERE device_id = ?1),
	acts (id, upload_id) AS (
		SELECT u.activity_id, u.id FROM been JOIN uploads u ON u.id = been.upload_id
		UNION SELECT u.approved_by, u.id FROM been JOIN uploads u ON u.id = been.upload_id WHERE u.approved_by <= coalesce(until, u.approved_by)
		UNION SELECT v.approved_by, v.upload_id FROM been JOIN approvals v ON v.upload_id = been.upload_id
			WHERE v.approved_by <= coalesce(until, v.approved_by)
		UNION SELECT deleted_by, upload_id FROM now
		UNION SELECT activity_id, NULL FROM (` + deletionsOf + `)
		UNION SELECT activity_id, NULL FROM placements WHERE device_id = ?1
		UNION SELECT activity_id, NULL FROM exchanges WHERE old_id = ?1
		UNION SELECT activity_id, NULL FROM exchanges WHERE new_id = ?1),
	all_acts (id, upload_id) AS (
		SELECT id, upload_id FROM acts
		UNION SELECT y.undone_by, a.upload_id FROM acts a JOIN activity y ON y.id = a.id)
	SELECT y.id, coalesce(max(a.upload_id), y.upload_id) FROM all_acts a JOIN activity y ON y.id = a.id
	WHERE y.id >= coalesce((SELECT activity_id FROM exchanges WHERE new_id = ?1), 0) GROUP BY y.id ORDER BY y.id`

// IDs are the ids of the acts that the query finds, in its order, then by id.
func (d Activity) IDs(ctx context.Context, q model.ActivityQuery) ([]int64, error) {
	l := &list{id: "y.id", from: activitiesFrom, columns: activityColumns,
		search: []string{"y.event", "y.person", "b.company_name", "p.company_name", "c.company_name", "c.knox_id", "y.detail"}}
	if q.Party != 0 {
		l.and("(y.performed_by = ? OR y.party_id = ? OR y.customer_id = ?)", q.Party, q.Party, q.Party)
	}
	if q.Person != "" {
		l.and("y.person = ?", q.Person)
	}
	if q.PortalState != "" {
		l.and(actCarried+" = ?", slices.Index(model.PortalStates, q.PortalState))
	}
	if q.Event != "" {
		l.and("y.event = ?", q.Event)
	}
	if q.Upload != 0 {
		l.and(`(y.upload_id = ? OR y.id IN (SELECT activity_id FROM activity_subjects WHERE subject = '`+ofUpload+`' AND subject_id = ?))`,
			q.Upload, q.Upload)
	}
	if !q.From.IsZero() {
		l.and("y.at >= ?", millis(q.From))
	}
	if !q.To.IsZero() {
		l.and("y.at < ?", millis(q.To))
	}
	return d.desk.listIDs(ctx, l, q.Search, q.Sort)
}

// Rows reads the acts with the ids, in the order of ids.
func (d Activity) Rows(ctx context.Context, ids []int64) ([]model.Activity, error) {
	find := `SELECT y.id, y.at, y.event, y.portal, ` + performer + ` AS performer, b.company_name AS acting,
		nullif(y.party_id, y.customer_id) AS party_id, ` + otherParty + ` AS party, y.customer_id,
		c.company_name AS customer, c.knox_id AS customer_knox_id, y.devices, y.undone_by, y.detail, y.upload_id, u.uuid AS upload_uuid,
		y.to_carry, y.carried_by, y.confirmed_by
		FROM ` + activitiesFrom + ` LEFT JOIN uploads u ON u.id = y.upload_id WHERE y.id IN (SELECT value FROM json_each(?))`
	return rowsByID[activityLine](d.desk, ctx, ids, query{find, []any{idList(ids)}}, func(a *model.Activity) int64 { return a.ID })
}

// activityLine is an entry of the activity log as Rows reads it.
type activityLine struct {
	Kept           activity `gorm:"embedded"`
	Performer      string
	Acting         string
	Party          string
	Customer       string
	CustomerKnoxID string
	UploadUUID     string
}

func (l activityLine) row() model.Activity {
	y := l.Kept
	a := model.Activity{ID: y.ID, At: timeOf(y.At), Event: y.Event, Portal: y.Portal, PerformedBy: l.Performer, ActingAs: l.Acting,
		PartyID: int64(y.PartyID), Party: l.Party, CustomerID: int64(y.CustomerID), Customer: l.Customer, CustomerKnoxID: l.CustomerKnoxID,
		Devices: y.Devices, Status: model.ActDone, UploadID: int64(y.UploadID), UploadUUID: l.UploadUUID, Detail: y.Detail,
		PortalState: portalState(bool(y.ToCarry) && y.UndoneBy == 0, y.CarriedBy, y.ConfirmedBy)}
	if y.UndoneBy != 0 {
		a.Status = model.ActUndone
	}
	return a
}

// OfDevice are the acts that a device has been through, living or deleted, the oldest first (domain §6). Each names the upload
// that the device was in, also where the act was about several and where the upload holds no devices any more.
func (d Activity) OfDevice(ctx context.Context, id int64) ([]model.Activity, error) {
	var ids, uploads []int64
	err := d.desk.reading(ctx, func(c *reader) error {
		return c.each(actsOfDevice, []any{id}, func(s *statement) error {
			ids, uploads = append(ids, s.int(0)), append(uploads, s.int(1))
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	history, err := d.Rows(ctx, ids)
	if err != nil {
		return nil, err
	}
	uuids, err := d.uploadUUIDs(ctx, uploads)
	for i := range history {
		history[i].UploadID, history[i].UploadUUID = uploads[i], uuids[uploads[i]]
	}
	return history, err
}

// uploadUUIDs are the UPLOAD IDs of uploads by their ids.
func (d Activity) uploadUUIDs(ctx context.Context, ids []int64) (map[int64]string, error) {
	var uploads []upload
	err := d.desk.read.WithContext(ctx).Select("id", "uuid").Scopes(withIDs(ids)).Find(&uploads).Error
	uuids := make(map[int64]string, len(uploads))
	for _, u := range uploads {
		uuids[u.ID] = u.UUID
	}
	return uuids, d.desk.told(err)
}
