package uitest

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
)

// Office is a register in a folder of the test with the accounts of a small office: two resellers and an MSP that are ours, and
// two customers.
type Office struct {
	*data.Register
	North, South      model.Account // resellers
	MSP               model.Account
	Contoso, Fabrikam model.Account // customers

	t    testing.TB
	made int
}

// NewOffice makes an office that closes with the test.
func NewOffice(t testing.TB) *Office {
	t.Helper()
	r, err := data.Open(filepath.Join(t.TempDir(), "consign.db"), data.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	o := &Office{Register: r, t: t}
	o.North = o.Account(model.Reseller, "4680000925", "Northwind Mobile", true)
	o.South = o.Account(model.Reseller, "4680000926", "Südwind Telekom", true)
	o.MSP = o.Account(model.MSP, "1979621309", "Adatum Services", true)
	o.Contoso = o.Account(model.Customer, "4600001586", "Contoso", false)
	o.Fabrikam = o.Account(model.Customer, "4600001587", "Fabrikam", false)
	return o
}

// Account adds an account to the directory.
func (o *Office) Account(kind model.AccountKind, id, name string, ours bool) model.Account {
	o.t.Helper()
	a, err := o.Accounts().Add(o.t.Context(), model.Account{Kind: kind, KnoxID: id, CompanyName: name, Country: "DE", Ours: ours})
	require.NoError(o.t, err)
	return a
}

// Uploaded is an upload of n devices that are new.
func (o *Office) Uploaded(reseller, target model.Account, n int) model.Upload {
	o.t.Helper()
	devices := make([]model.NewDevice, n)
	for i := range devices {
		o.made++
		devices[i] = model.NewDevice{Identifiers: model.Identifiers{IMEI1: fmt.Sprintf("35%013d", o.made), Serial: fmt.Sprintf("R%010d", o.made)},
			Model: "SM-A556B"}
	}
	u, _, err := o.Uploads().Add(o.t.Context(), model.NewUpload{ResellerID: reseller.ID, TargetID: target.ID,
		UploadedBy: model.As(model.Reseller, reseller.ID)}, devices, nil)
	require.NoError(o.t, err)
	return u
}

// Registered registers the reseller with the MSP.
func (o *Office) Registered(reseller model.Account) {
	o.t.Helper()
	_, err := o.Resellers().Register(o.t.Context(), o.MSP.ID, reseller.ID, false, false)
	require.NoError(o.t, err)
}

// Approved approves an upload for the MSP.
func (o *Office) Approved(u model.Upload) {
	o.t.Helper()
	_, err := o.Uploads().Approve(o.t.Context(), model.As(model.MSP, o.MSP.ID), []int64{u.ID})
	require.NoError(o.t, err)
}

// Managed makes a customer an active one of the MSP.
func (o *Office) Managed(customer model.Account, how model.ManagementType) {
	o.t.Helper()
	_, err := o.Managements().Request(o.t.Context(), o.MSP.ID, customer.ID, how, []model.Service{model.KnoxMobileEnrollment, model.KnoxManage})
	require.NoError(o.t, err)
	_, err = o.Managements().Answer(o.t.Context(), o.MSP.ID, customer.ID, true)
	require.NoError(o.t, err)
}

// DevicesOf counts the devices that an account sees in its portal.
func (o *Office) DevicesOf(a model.Account) int {
	o.t.Helper()
	n, err := o.Devices().Count(o.t.Context(), model.DeviceQuery{View: model.As(a.Kind, a.ID)})
	require.NoError(o.t, err)
	return n
}
