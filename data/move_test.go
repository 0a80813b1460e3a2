package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/portal"
	"consign/model"
)

// moveDesk has three devices of the MSP at Contoso, one at Fabrikam and two at no customer.
func moveDesk(t *testing.T) (d *desk, msp model.View, tailspin int64) {
	d = newDesk(t)
	tailspin = d.account(model.Customer, "4600001588", "Tailspin Toys", false)
	msp = model.As(model.MSP, d.msp)
	d.upload(d.north, d.msp, d.devices(6)...)
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.manage(d.fabrikam, model.FullyManaged)
	d.manage(tailspin, model.FullyManaged)
	ids := d.sees(msp)
	d.done(d.Devices().Move(ctx, only(msp, ids[:3]...), d.contoso, nil))
	d.done(d.Devices().Move(ctx, only(msp, ids[3]), d.fabrikam, nil))
	return d, msp, tailspin
}

func (d *desk) entry(done model.Done) string {
	rows, err := d.Activity().Rows(ctx, []int64{done.ActivityID})
	require.NoError(d.t, err)
	return rows[0].Detail.String()
}

func TestMoveNamesTheCustomersThatItsDevicesLeaveAndHowManyStay(t *testing.T) {
	d, msp, tailspin := moveDesk(t)
	ids := d.sees(msp)
	done := d.done(d.Devices().Move(ctx, all(msp), tailspin, nil))
	contoso := model.Part{AccountID: d.contoso, CompanyName: "Contoso", KnoxID: "4600001586", Devices: 3}
	fabrikam := model.Part{AccountID: d.fabrikam, CompanyName: "Fabrikam", KnoxID: "4600001587", Devices: 1}
	require.Equal(t, []model.Part{contoso, fabrikam, {AccountID: model.NoCustomer, Devices: 2}}, done.Parts)
	require.Equal(t, "Devices moved to Tailspin Toys: 6.", done.Text.String())
	require.Contains(t, d.entry(done), "The moved ones were at:] Contoso: 3, Fabrikam: 1, at no customer: 2.")

	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	done = d.done(d.Devices().Move(ctx, only(msp, ids[0], ids[3]), d.contoso, nil))
	require.Equal(t, []model.Part{fabrikam}, done.Parts)
	require.Equal(t, "Devices moved from Fabrikam to Contoso: 1. There already, and left as they are: 1.", done.Text.String())

	done = d.done(d.Devices().Move(ctx, only(msp, ids[4:]...), d.fabrikam, nil))
	require.Equal(t, "Devices moved to Fabrikam: 2.", d.entry(done))
	done = d.done(d.Devices().Delete(ctx, all(msp), nil))
	require.Len(t, done.Parts, 2)
	d.logHolds()
}

func TestDeletionByAnMSPNamesTheDevicesAtNoCustomer(t *testing.T) {
	d, msp, _ := moveDesk(t)
	done := d.done(d.Devices().Delete(ctx, all(msp), nil))
	require.Contains(t, d.entry(done), "Contoso: 3, Fabrikam: 1, at no customer: 2.")
}

// shownAt lays an MSP portal's export, as change makes it of the MSP's devices, beside the register.
func (d *desk) shownAt(msp model.View, change func(at int, line *model.PortalLine)) (*Comparison, []int64) {
	d.t.Helper()
	rows, err := d.Devices().Rows(ctx, msp, d.sees(msp))
	require.NoError(d.t, err)
	says := model.PortalColumns{Customer: true, Status: true}
	c, err := d.Devices().Compare(ctx, msp, says, func(yield func(model.PortalLine, error) bool) {
		for i, row := range rows {
			line := model.PortalLine{Line: i + 2, Identifiers: row.Identifiers, Customer: row.Customer, Status: row.Status}
			if change(i, &line); !yield(line, nil) {
				return
			}
		}
		yield(model.PortalLine{Line: 99, Identifiers: d.devices(1)[0].Identifiers, Status: model.VerifiedDevice}, nil)
	}, portal.CleanOrder, nil, nil)
	require.NoError(d.t, err)
	at, err := c.IDs(ctx, "")
	require.NoError(d.t, err)
	return c, at
}

func TestMSPTakesItsPortalOverForSeveralCustomersInOneActThatIsUndoneInOne(t *testing.T) {
	d, msp, tailspin := moveDesk(t)
	rows := func() []model.Device {
		all, err := d.Devices().Rows(ctx, msp, d.sees(msp))
		require.NoError(t, err)
		return all
	}
	before := rows()
	c, at := d.shownAt(msp, func(i int, line *model.PortalLine) {
		switch i {
		case 0:
			line.Customer = "Fabrikam"
		case 1, 4:
			line.Customer = "Tailspin Toys"
		case 2:
			line.Status = model.MPTSError
		case 5:
			line.Customer = "Nobody"
		}
	})
	plan, err := c.Plan(ctx, at)
	require.NoError(t, err)
	require.Equal(t, Plan{Comes: 1, Customer: 3, Status: 1, Unknown: 1, Customers: []string{"Nobody"}}, plan)
	_, err = c.TakeOver(ctx, at, TakeOver{Reseller: d.north}, nil)
	requireCode(t, model.Invalid, "Nobody", err)
	done := d.done(c.TakeOver(ctx, at, TakeOver{Reseller: d.north, LeaveUnknown: true, Devices: plan.Devices()}, nil))
	require.Equal(t, 5, done.Devices)
	counts, err := d.Devices().Whereabouts(ctx, all(msp))
	require.NoError(t, err)
	require.ElementsMatch(t, []NamedCount{{d.contoso, "Contoso", 1}, {d.fabrikam, "Fabrikam", 2}, {tailspin, "Tailspin Toys", 2},
		{model.NoCustomer, "", 2}}, counts)
	require.Contains(t, d.entry(done), "Tailspin Toys: 2")
	d.logHolds()

	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Equal(t, before, rows())
	d.logHolds()
}

// What a take-over moved and what it marked as failed are taken back each as what it is, whatever else befell the device meanwhile.
func TestMoveAndReportStandApartFromATakeOverOfOtherDevices(t *testing.T) {
	d, msp, _ := moveDesk(t)
	ids := d.sees(msp)
	c, at := d.shownAt(msp, func(i int, line *model.PortalLine) {
		switch i {
		case 0:
			line.Customer = "Fabrikam"
		case 4:
			line.Status = model.MPTSError
		}
	})
	taken := d.done(c.TakeOver(ctx, at, TakeOver{Reseller: d.north}, nil))
	moved := d.done(d.Devices().Move(ctx, only(msp, ids[4]), d.contoso, nil)) // the failed one
	d.sealAnew()
	d.done(d.Activity().Undo(ctx, taken.ActivityID, nil))
	d.logHolds()
	require.Equal(t, d.contoso, d.deviceRow(msp, ids[0]).CustomerID)
	require.Equal(t, d.contoso, d.deviceRow(msp, ids[4]).CustomerID, "the move stands")
	require.Equal(t, model.VerifiedDevice, d.deviceRow(msp, ids[4]).Status)
	d.done(d.Activity().Undo(ctx, moved.ActivityID, nil))
	d.logHolds()
}
