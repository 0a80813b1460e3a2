package data

import (
	"context"

	"consign/model"
)

// registrationsFrom is where an MSP's Resellers page is read from: g the line, a the reseller, s its uploads to the MSP,
// of which the MSP has the devices once it approved (domain §4). Its argument is the MSP.
const registrationsFrom = `registrations g CROSS JOIN accounts a ON a.id = g.reseller_id
	LEFT JOIN (SELECT reseller_id, count(*) AS uploads, sum(CASE WHEN approved_at IS NULL THEN 0 ELSE devices END) AS devices,
		count(*) - count(approved_at) AS waiting, max(uploaded_at) AS last FROM uploads INDEXED BY uploads_target
		WHERE target_id = ? AND devices > 0 GROUP BY reseller_id) s ON s.reseller_id = g.reseller_id`

// registrationColumns says how each column of the Resellers page is ordered.
var registrationColumns = map[string]sortKey{
	model.ByCompany:      {expr: "a.company_name", kind: byName},
	model.ByID:           {expr: "a.knox_id", kind: byText},
	model.ByCountry:      {expr: "a.country", kind: byCountry},
	model.ByAutoApprove:  {expr: "g.auto_approve", kind: byNumber},
	model.ByRegistered:   {expr: "g.registered_at", kind: byNumber},
	model.ByLastUploaded: {expr: "s.last", kind: byNumber},
	model.ByUploads:      {expr: "coalesce(s.uploads, 0)", kind: byNumber},
	model.ByDevices:      {expr: "coalesce(s.devices, 0)", kind: byNumber},
	model.ByWaiting:      {expr: "coalesce(s.waiting, 0)", kind: byNumber},
}

// IDs are the ids of the lines of an MSP's Resellers page that the query finds, in its order, then by id.
func (d Resellers) IDs(ctx context.Context, q model.RegistrationQuery) ([]int64, error) {
	l := &list{id: "g.id", from: registrationsFrom, columns: registrationColumns, search: []string{"a.company_name", "a.knox_id"}}
	l.args = []any{q.MSP} // of registrationsFrom
	l.and("g.msp_id = ?", q.MSP)
	return d.desk.listIDs(ctx, l, q.Search, q.Sort)
}

const registrationSQL = `SELECT g.id, g.msp_id, g.reseller_id, a.company_name, a.knox_id, a.country, g.auto_approve, g.registered_at,
	s.last AS last_uploaded, s.uploads, s.devices, s.waiting FROM ` + registrationsFrom + " WHERE g.msp_id = ?"

// Rows reads the lines with the ids of an MSP's Resellers page, in the order of ids; those that are gone are left out.
func (d Resellers) Rows(ctx context.Context, mspID int64, ids []int64) ([]model.Registration, error) {
	q := query{registrationSQL + " AND g.id IN (SELECT value FROM json_each(?))", []any{mspID, mspID, idList(ids)}}
	return rowsByID[registrationLine](d.desk, ctx, ids, q, func(g *model.Registration) int64 { return g.ID })
}

// Of is the line of a reseller on an MSP's Resellers page; NotFound if it is not registered.
func (d Resellers) Of(ctx context.Context, mspID, resellerID int64) (model.Registration, error) {
	q := query{registrationSQL + " AND g.reseller_id = ?", []any{mspID, mspID, resellerID}}
	return oneRow[registrationLine](d.desk, ctx, q, "This reseller is not registered.")
}

// registrationLine is a line of an MSP's Resellers page as Rows reads it.
type registrationLine struct {
	Kept         registration `gorm:"embedded"`
	CompanyName  string
	KnoxID       string
	Country      string
	LastUploaded int64
	Uploads      int
	Devices      int
	Waiting      int
}

func (l registrationLine) row() model.Registration {
	return model.Registration{ID: l.Kept.ID, MSPID: l.Kept.MSPID, ResellerID: l.Kept.ResellerID, CompanyName: l.CompanyName,
		KnoxID: l.KnoxID, Country: l.Country, AutoApprove: bool(l.Kept.AutoApprove), RegisteredAt: timeOf(l.Kept.RegisteredAt),
		LastUploaded: timeOf(l.LastUploaded), Uploads: l.Uploads, Devices: l.Devices, Waiting: l.Waiting}
}
