package data

import (
	"context"

	"consign/model"
)

// managementsFrom is where an MSP's Customers page is read from: m the line, a the customer, s what the MSP moved
// there, v the customer's Knox services. Its argument is the MSP.
const managementsFrom = `managements m CROSS JOIN accounts a ON a.id = m.customer_id
	LEFT JOIN (SELECT target_id, count(*) AS uploads, sum(devices) AS devices,
		sum(CASE WHEN approved_at IS NULL THEN devices - failed ELSE 0 END) AS unapproved FROM uploads INDEXED BY uploads_msp
		WHERE msp_id = ? AND kind = 'moved' AND devices > 0 GROUP BY target_id) s ON s.target_id = m.customer_id
	LEFT JOIN (SELECT customer_id, json_group_array(service) AS services FROM customer_services GROUP BY customer_id) v
		ON v.customer_id = m.customer_id`

// managementColumns says how each column of an MSP's Customers page is ordered.
var managementColumns = map[string]sortKey{
	model.ByCompany:   {expr: "a.company_name", kind: byName},
	model.ByID:        {expr: "a.knox_id", kind: byText},
	model.ByCountry:   {expr: "a.country", kind: byCountry},
	model.ByType:      {expr: "instr('full, joint', m.type)", kind: byNumber},
	model.ByStatus:    {expr: "instr('pending, active, rejected, delink', m.status)", kind: byNumber},
	model.ByServices:  {expr: "v.services", kind: byText},
	model.ByRequested: {expr: "m.requested_at", kind: byNumber},
	model.ByUploads:   {expr: "coalesce(s.uploads, 0)", kind: byNumber},
	model.ByDevices:   {expr: "coalesce(s.devices, 0)", kind: byNumber},
}

// IDs are the ids of the lines of an MSP's Customers page that the query finds, in its order, then by id.
func (d Managements) IDs(ctx context.Context, q model.ManagementQuery) ([]int64, error) {
	l := &list{id: "m.id", from: managementsFrom, columns: managementColumns, search: []string{"a.company_name", "a.knox_id"}}
	l.args = []any{q.MSP} // of managementsFrom
	l.and("m.msp_id = ?", q.MSP)
	if q.Status != "" {
		l.and("m.status = ?", q.Status)
	}
	if q.Type != "" {
		l.and("m.type = ?", q.Type)
	}
	return d.desk.listIDs(ctx, l, q.Search, q.Sort)
}

const managementSQL = `SELECT m.id, m.msp_id, m.customer_id, a.company_name, a.knox_id, a.country, m.type, m.status, v.services,
	m.requested_at, s.uploads, s.devices, s.unapproved FROM ` + managementsFrom + " WHERE m.msp_id = ?"

// Rows reads the lines with the ids of an MSP's Customers page, in the order of ids; those that are gone are left out.
func (d Managements) Rows(ctx context.Context, mspID int64, ids []int64) ([]model.Management, error) {
	q := query{managementSQL + " AND m.id IN (SELECT value FROM json_each(?))", []any{mspID, mspID, idList(ids)}}
	return rowsByID[managementLine](d.desk, ctx, ids, q, func(m *model.Management) int64 { return m.ID })
}

// Of is the line of a customer on an MSP's Customers page; NotFound if the MSP does not manage it.
func (d Managements) Of(ctx context.Context, mspID, customerID int64) (model.Management, error) {
	q := query{managementSQL + " AND m.customer_id = ?", []any{mspID, mspID, customerID}}
	return oneRow[managementLine](d.desk, ctx, q, "This customer is not on the Customers page.")
}

// managementLine is a line of an MSP's Customers page as Rows reads it.
type managementLine struct {
	Kept        management `gorm:"embedded"`
	CompanyName string
	KnoxID      string
	Country     string
	Services    []model.Service `gorm:"serializer:json"`
	Uploads     int
	Devices     int
	Unapproved  int
}

func (l managementLine) row() model.Management {
	return model.Management{ID: l.Kept.ID, MSPID: l.Kept.MSPID, CustomerID: l.Kept.CustomerID, CompanyName: l.CompanyName,
		KnoxID: l.KnoxID, Country: l.Country, Type: l.Kept.Type, Status: l.Kept.Status, Services: inOrder(l.Services),
		RequestedAt: timeOf(l.Kept.RequestedAt), Uploads: l.Uploads, Devices: l.Devices, Unapproved: l.Unapproved}
}

// inOrder are the services in their order on screen.
func inOrder(services []model.Service) []model.Service {
	var ordered []model.Service
	for _, service := range model.Services {
		for _, kept := range services {
			if kept == service {
				ordered = append(ordered, service)
			}
		}
	}
	return ordered
}
