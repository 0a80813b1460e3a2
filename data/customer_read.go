package data

import (
	"context"

	"consign/model"
)

// customersFrom is where a reseller's Customers page is read from: c the line, a its account, s what the reseller sees
// there (domain §5: direct and virtual uploads with living devices), g the MSP through which it reaches a customer: that of the newest
// move.
// Its argument is the reseller, twice.
var customersFrom = `customers c CROSS JOIN accounts a ON a.id = c.account_id
	LEFT JOIN (SELECT target_id, count(*) AS uploads, sum(devices) AS devices, max(uploaded_at) AS last
		FROM uploads INDEXED BY uploads_reseller
		WHERE ` + sights[model.ResellerPortal][0].uploads("uploads") + ` AND devices > 0 GROUP BY target_id) s ON s.target_id = c.account_id
	LEFT JOIN (SELECT u.target_id, max(u.id) AS newest FROM uploads u INDEXED BY uploads_reseller
		CROSS JOIN managements m ON m.msp_id = u.msp_id AND m.customer_id = u.target_id
		WHERE u.reseller_id = ? AND u.kind = 'moved' AND u.devices > 0 AND m.status IN ('active', 'delink')
		GROUP BY u.target_id) t ON t.target_id = c.account_id
	LEFT JOIN uploads x ON x.id = t.newest LEFT JOIN accounts g ON g.id = x.msp_id`

const shownID = "coalesce(g.knox_id, a.knox_id)"

// customerColumns says how each column of the Customers page is ordered.
var customerColumns = map[string]sortKey{
	model.ByCompany:      {expr: "a.company_name", kind: byName},
	model.ByReference:    {expr: "c.internal_reference", kind: byName},
	model.ByID:           {expr: shownID, kind: byText},
	model.ByCountry:      {expr: "a.country", kind: byCountry},
	model.ByLastUploaded: {expr: "s.last", kind: byNumber},
	model.ByUploads:      {expr: "coalesce(s.uploads, 0)", kind: byNumber},
	model.ByDevices:      {expr: "coalesce(s.devices, 0)", kind: byNumber},
	model.ByStatus:       {expr: "instr('pending, active, inactive', c.status)", kind: byNumber},
	model.ByKind:         {expr: "a.kind", kind: byText},
	model.ByAdded:        {expr: "c.added_at", kind: byNumber},
}

// IDs are the ids of the lines of a reseller's Customers page that the query finds, in its order, then by id.
func (d Customers) IDs(ctx context.Context, q model.CustomerQuery) ([]int64, error) {
	l := &list{id: "c.id", from: customersFrom, columns: customerColumns,
		search: []string{"a.company_name", "c.internal_reference", "a.knox_id", shownID}}
	l.args = []any{q.Reseller, q.Reseller} // of customersFrom
	l.and("c.reseller_id = ?", q.Reseller)
	if q.Status != "" {
		l.and("c.status = ?", q.Status)
	}
	if q.Country != "" {
		l.and("a.country = ?", q.Country)
	}
	if q.Kind != "" {
		l.and("a.kind = ?", q.Kind)
	}
	return d.desk.listIDs(ctx, l, q.Search, q.Sort)
}

var customerSQL = `SELECT c.id, c.reseller_id, c.account_id, a.kind, a.company_name, c.internal_reference, a.knox_id,
	` + shownID + ` AS shown_id, a.country, s.last AS last_uploaded, s.uploads, s.devices, c.status, c.added_at,
		a.ours AS ours_too FROM ` + customersFrom + " WHERE c.reseller_id = ?"

// Rows reads the lines with the ids of a reseller's Customers page, in the order of ids; those that are gone are left out.
func (d Customers) Rows(ctx context.Context, resellerID int64, ids []int64) ([]model.ResellerCustomer, error) {
	q := query{customerSQL + " AND c.id IN (SELECT value FROM json_each(?))", []any{resellerID, resellerID, resellerID, idList(ids)}}
	return rowsByID[customerLine](d.desk, ctx, ids, q, func(c *model.ResellerCustomer) int64 { return c.ID })
}

// Of is the line of an account on a reseller's Customers page; NotFound if it is not on it (V4).
func (d Customers) Of(ctx context.Context, resellerID, accountID int64) (model.ResellerCustomer, error) {
	q := query{customerSQL + " AND c.account_id = ?", []any{resellerID, resellerID, resellerID, accountID}}
	return oneRow[customerLine](d.desk, ctx, q, "This customer is not on the Customers page.")
}

// customerLine is a line of a reseller's Customers page as Rows reads it.
type customerLine struct {
	Kept         customer `gorm:"embedded"`
	Kind         model.AccountKind
	CompanyName  string
	KnoxID       string
	ShownID      string
	Country      string
	LastUploaded int64
	Uploads      int
	Devices      int
	OursToo      bool
}

func (l customerLine) row() model.ResellerCustomer {
	return model.ResellerCustomer{ID: l.Kept.ID, ResellerID: l.Kept.ResellerID, AccountID: l.Kept.AccountID, Kind: l.Kind,
		CompanyName: l.CompanyName, InternalReference: l.Kept.InternalReference, KnoxID: l.KnoxID, ShownID: l.ShownID, Country: l.Country,
		LastUploaded: timeOf(l.LastUploaded), Uploads: l.Uploads, Devices: l.Devices, Status: l.Kept.Status, AddedAt: timeOf(l.Kept.AddedAt),
		Ours: l.OursToo}
}
