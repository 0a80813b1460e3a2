package data

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"consign/model"
)

// SetPreference says in which of its Knox services a customer approves a reseller's uploads by itself, as they come (domain §4). It is a
// preference of the two: other resellers have their own. Errors: Invalid for an unknown service, NotFound, Refused when by may not decide.
func (d Portal) SetPreference(ctx context.Context, by model.View, customerID, resellerID int64, services []model.Service,
) (model.Done, error) {
	return d.setPreference(ctx, by, customerID, resellerID, services, false)
}

// SetPreferenceAndApprove is SetPreference that also approves what waits in these services already: of the reseller's uploads those that by
// may approve there.
func (d Portal) SetPreferenceAndApprove(ctx context.Context, by model.View, customerID, resellerID int64, services []model.Service,
) (model.Done, error) {
	return d.setPreference(ctx, by, customerID, resellerID, services, true)
}

func (d Portal) setPreference(ctx context.Context, by model.View, customerID, resellerID int64, services []model.Service, approve bool,
) (model.Done, error) {
	return d.desk.act(ctx, model.PreferencesChanged, by, func(a *act) error {
		customer, err := a.portalOf(by, customerID)
		if err != nil {
			return err
		}
		reseller, err := accountOfKind(a.tx, resellerID, model.Reseller)
		if err != nil {
			return err
		}
		if by.Portal == model.ResellerPortal && by.Account != resellerID {
			return model.Fail(model.NotFound, "This is the preference of another reseller.")
		}
		a.party = resellerID
		a.buildsOn(ofAccount, resellerID)
		if err := a.prefer(customerID, resellerID, services); err != nil {
			return err
		}
		a.change |= ManagementsChanged | UploadsChanged
		a.text = model.Say("{{.Customer}}: uploads of {{.Reseller}} wait for approval.", "Customer", customer.CompanyName, "Reseller",
			reseller.CompanyName)
		if len(services) > 0 {
			a.text = model.Say("{{.Customer}}: uploads of {{.Reseller}} are approved on arrival.", "Customer", customer.CompanyName, "Reseller",
				reseller.CompanyName)
		}
		if !approve || len(services) == 0 {
			return nil
		}
		n, err := a.approvePreferred(by, customerID, resellerID, services)
		if n > 0 {
			a.change |= DevicesChanged
			a.text = model.Say("{{.Customer}}: uploads of {{.Reseller}} are approved on arrival, and those that waited: {{.Uploads}}.", "Customer",
				customer.CompanyName, "Reseller", reseller.CompanyName, "Uploads", n)
		}
		return err
	})
}

// prefer writes the preference of a customer for a reseller.
func (a *act) prefer(customerID, resellerID int64, services []model.Service) error {
	var old []model.Service
	key := &preference{CustomerID: customerID, ResellerID: resellerID}
	err := a.tx.Model(&preference{}).Where(key).Pluck("service", &old).Error
	for _, s := range model.Services {
		key := &preference{CustomerID: customerID, ResellerID: resellerID, Service: s}
		is, wanted := slices.Contains(old, s), slices.Contains(services, s)
		switch {
		case err != nil:
			return err
		case wanted && !is:
			err = a.insert(key, key)
		case is && !wanted:
			err = a.remove(key)
		}
	}
	a.makes(ofPreference, pair(customerID, resellerID))
	a.buildsOn(ofServices, customerID)
	return err
}

// approvePreferred approves what waits of a reseller's uploads in services of a customer, as far as by may approve it, and tells how many
// uploads that were.
func (a *act) approvePreferred(by model.View, customerID, resellerID int64, services []model.Service) (n int, err error) {
	approved := map[int64]bool{}
	for _, s := range services {
		var all, waiting []int64
		of := a.tx.Table("approvals p").Joins("JOIN uploads u ON u.id = p.upload_id").
			Where("u.target_id = ? AND u.reseller_id = ? AND p.service = ?", customerID, resellerID, s)
		if err := of.Session(&gorm.Session{}).Pluck("p.upload_id", &all).Error; err != nil {
			return 0, err
		}
		a.buildsOn(ofApproval, all...) // and on whatever decided that an upload does not wait
		a.buildsOn(ofDeletion, all...)
		err := of.Session(&gorm.Session{}).Where("p.approved_at IS NULL AND u.devices > 0").Order("1").Pluck("p.upload_id", &waiting).Error
		if err != nil {
			return 0, err
		}
		rows, err := uploadsIn(a.tx, waiting)
		if err != nil {
			return 0, err
		}
		for _, u := range rows {
			if a.mayApproveFor(by, customerID, u) != nil {
				continue
			}
			if err := a.approveService(u, s); err != nil {
				return 0, err
			}
			if !approved[u.ID] {
				approved[u.ID] = true
				a.devices += u.Devices
			}
		}
	}
	return len(approved), nil
}
