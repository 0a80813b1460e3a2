package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// TestActsOfAnEarlierConsignAreUndone takes acts back by the steps that the program wrote when they were maps of columns: flags as 0 and 1.
func TestActsOfAnEarlierConsignAreUndone(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(3)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.done(d.Customers().Add(ctx, d.north, d.contoso, "CONT-1"))
	msp := model.As(model.MSP, d.msp)
	var acts []int64
	var before []string
	for _, c := range []struct {
		act   func() (model.Done, error)
		steps string
	}{
		{func() (model.Done, error) {
			return d.Accounts().Edit(ctx, d.contoso, AccountUpdate{CompanyName: new("Contoso GmbH"), Country: new("AT"), Ours: new(true)})
		}, `[{"do":"update","table":"accounts","key":{"id":4},"row":{"company_name":"Contoso","country":"DE","ours":0}}]`},
		{func() (model.Done, error) { return d.Accounts().Edit(ctx, d.north, AccountUpdate{Ours: new(false)}) },
			`[{"do":"update","table":"accounts","key":{"id":1},"row":{"company_name":"Northwind Mobile","country":"DE","ours":1}}]`},
		{func() (model.Done, error) { return d.Customers().EditReference(ctx, d.north, d.contoso, "CONT-2") },
			`[{"do":"update","table":"customers","key":{"account_id":4,"reseller_id":1},"row":{"internal_reference":"CONT-1"}}]`},
		{func() (model.Done, error) { return d.Customers().RemovedUs(ctx, d.north, d.msp) },
			`[{"do":"update","table":"customers","key":{"account_id":3,"reseller_id":1},"row":{"status":"active"}},
			{"do":"insert","table":"registrations","key":{"msp_id":3,"reseller_id":1},
				"row":{"auto_approve":1,"id":1,"msp_id":3,"registered_at":1772356020000,"reseller_id":1}}]`},
		{func() (model.Done, error) { return d.Resellers().Register(ctx, d.msp, d.south, false, false) },
			`[{"do":"delete","table":"registrations","key":{"msp_id":3,"reseller_id":2}}]`},
		{func() (model.Done, error) { return d.Resellers().SetAutoApprove(ctx, d.msp, d.south, true, false) },
			`[{"do":"update","table":"registrations","key":{"msp_id":3,"reseller_id":2},"row":{"auto_approve":0}}]`},
		{func() (model.Done, error) { return d.Resellers().Remove(ctx, d.msp, d.south) },
			`[{"do":"insert","table":"registrations","key":{"msp_id":3,"reseller_id":2},
				"row":{"auto_approve":1,"id":1,"msp_id":3,"registered_at":1772356500000,"reseller_id":2}}]`},
		{func() (model.Done, error) {
			return d.Portal().SetServices(ctx, msp, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxGuard},
				WaitIn: model.KnoxGuard})
		}, `[{"do":"delete","table":"customer_services","key":{"customer_id":4,"service":"KG"}},
			{"do":"insert","table":"customer_services","key":{"customer_id":4,"service":"KME"},
				"row":{"auto_approve":0,"customer_id":4,"service":"KME"}}]`},
		{func() (model.Done, error) {
			return d.Managements().Request(ctx, d.msp, d.fabrikam, model.FullyManaged, nil)
		}, `[{"do":"delete","table":"managements","key":{"customer_id":5,"msp_id":3}}]`},
		{func() (model.Done, error) { return d.Managements().Answer(ctx, d.msp, d.fabrikam, false) },
			`[{"do":"update","table":"managements","key":{"customer_id":5,"msp_id":3},"row":{"status":"pending"}}]`},
		{func() (model.Done, error) { return d.Managements().RequestDelink(ctx, d.msp, d.contoso) },
			`[{"do":"update","table":"managements","key":{"customer_id":4,"msp_id":3},"row":{"status":"active"}}]`},
		{func() (model.Done, error) { return d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true) },
			`[{"do":"insert","table":"managements","key":{"customer_id":4,"msp_id":3},
				"row":{"customer_id":4,"id":1,"msp_id":3,"requested_at":1772356080000,"status":"delink","type":"joint"}}]`},
	} {
		before = append(before, d.dumpBut("activity", "activity_subjects"))
		id := d.done(c.act()).ActivityID
		acts = append(acts, id)
		require.NoError(t, d.write.Exec("UPDATE activity SET undo = ? WHERE id = ?", c.steps, id).Error)
	}
	for i := len(acts) - 1; i >= 0; i-- {
		d.done(d.Activity().Undo(ctx, acts[i], nil))
		require.Equal(t, before[i], d.dumpBut("activity", "activity_subjects"), "act %d", i)
	}
}
