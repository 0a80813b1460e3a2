package data

import (
	"testing"

	"github.com/stretchr/testify/require"

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
	require.Equal(t, "Devices moved to Tailspin Toys: 6. The moved ones were at:", done.Text.String())
	require.Contains(t, d.entry(done), "Contoso: 3, Fabrikam: 1, at no customer: 2.")

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
