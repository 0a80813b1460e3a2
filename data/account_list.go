package data

import (
	"context"

	"consign/model"
)

// accountColumns says how each column of the directory is ordered.
var accountColumns = map[string]sortKey{
	model.ByCompany: {expr: "company_name", kind: byName},
	model.ByID:      {expr: "knox_id", kind: byText},
	model.ByCountry: {expr: "country", kind: byCountry},
	model.ByKind:    {expr: "instr('reseller, msp, customer', kind)", kind: byNumber},
	model.ByOurs:    {expr: "ours", kind: byNumber},
	model.ByAdded:   {expr: "created_at", kind: byNumber},
}

// IDs are the ids of the accounts of the directory that the query finds, in its order, then by id.
func (d Accounts) IDs(ctx context.Context, q model.AccountQuery) ([]int64, error) {
	l := &list{id: "id", from: "accounts", columns: accountColumns, search: []string{"company_name", "knox_id"}}
	if q.Kind != "" {
		l.and("kind = ?", q.Kind)
	}
	if q.Ours {
		l.and("ours")
	}
	return d.desk.listIDs(ctx, l, q.Search, q.Sort)
}
