package data

import (
	"context"

	"consign/model"
)

// Register puts a reseller on the MSP's Resellers page with its preferences (domain §4); approveWaiting approves
// what it has uploaded already. Errors: NotFound, Invalid, Exists.
func (d Resellers) Register(ctx context.Context, mspID, resellerID int64, autoApprove, approveWaiting bool) (model.Done, error) {
	return d.desk.act(ctx, model.ResellerRegistered, model.As(model.MSP, mspID), func(a *act) error {
		reseller, err := a.mspAndReseller(mspID, resellerID)
		if err != nil {
			return err
		}
		key := registrationKey(mspID, resellerID)
		switch there, err := a.has(key); {
		case err != nil:
			return err
		case there:
			return model.Fail(model.Exists, "{{.Company}} is registered already.", "Company", reseller.CompanyName)
		}
		row := registration{MSPID: mspID, ResellerID: resellerID, AutoApprove: flag(autoApprove), RegisteredAt: millis(a.at)}
		if err := a.insert(key, &row); err != nil {
			return err
		}
		a.makes(ofRegistration, pair(mspID, resellerID))
		if autoApprove { // else it decides nothing about uploads that come
			a.makes(ofPreference, pair(mspID, resellerID))
		}
		if err := a.comesBack(resellerID, mspID); err != nil {
			return err
		}
		a.text = model.Say("{{.Company}} registered.", "Company", reseller.CompanyName)
		if approveWaiting {
			return a.approveWaiting(reseller, mspID)
		}
		return nil
	})
}

func registrationKey(mspID, resellerID int64) *registration {
	return &registration{MSPID: mspID, ResellerID: resellerID}
}

// mspAndReseller checks the kinds of both and notes them.
func (a *act) mspAndReseller(mspID, resellerID int64) (account, error) {
	if _, err := accountOfKind(a.tx, mspID, model.MSP); err != nil {
		return account{}, err
	}
	reseller, err := accountOfKind(a.tx, resellerID, model.Reseller)
	if err != nil {
		return account{}, err
	}
	a.party = reseller.ID
	a.buildsOn(ofAccount, mspID, resellerID)
	a.change |= RegistrationsChanged
	return reseller, nil
}

// registered finds a reseller on the MSP's Resellers page; NotFound.
func (a *act) registered(mspID, resellerID int64) (account, error) {
	reseller, err := a.mspAndReseller(mspID, resellerID)
	if err != nil {
		return reseller, err
	}
	there, err := a.has(registrationKey(mspID, resellerID))
	if err != nil {
		return reseller, err
	}
	if !there {
		return reseller, model.Fail(model.NotFound, "{{.Company}} is not registered.", "Company", reseller.CompanyName)
	}
	a.buildsOn(ofRegistration, pair(mspID, resellerID))
	return reseller, nil
}

// approveWaiting approves what the reseller has waiting at the MSP. It builds on whatever decided that an upload does not wait: a
// later undoing would leave it waiting after all.
func (a *act) approveWaiting(reseller account, mspID int64) error {
	var all []int64
	direct := &upload{ResellerID: reseller.ID, TargetID: mspID, Kind: model.DirectUpload}
	if err := a.tx.Model(&upload{}).Where(direct).Pluck("id", &all).Error; err != nil {
		return err
	}
	a.buildsOn(ofApproval, all...)
	a.buildsOn(ofDeletion, all...)
	var waiting []uploadRow
	err := a.tx.Raw(uploadRows+" WHERE u.reseller_id = ? AND u.target_id = ? AND u.kind = 'direct' AND u.devices > 0 AND u.approved_at "+
		"IS NULL",
		reseller.ID, mspID).Scan(&waiting).Error
	if err != nil {
		return err
	}
	if len(waiting) == 0 {
		return a.refreshStatus(reseller.ID, mspID)
	}
	a.text = model.Say("{{.Company}}: uploads approved that waited: {{.Uploads}}.", "Company", reseller.CompanyName, "Uploads", len(waiting))
	return a.approve(waiting)
}

// SetAutoApprove changes the preferences of a registered reseller; approveWaiting approves what waits (domain §4).
// Errors: NotFound, Invalid.
func (d Resellers) SetAutoApprove(ctx context.Context, mspID, resellerID int64, on, approveWaiting bool) (model.Done, error) {
	return d.desk.act(ctx, model.PreferencesChanged, model.As(model.MSP, mspID), func(a *act) error {
		reseller, err := a.registered(mspID, resellerID)
		if err != nil {
			return err
		}
		auto := flag(on)
		if err := a.update(registrationKey(mspID, resellerID), &registrationFields{AutoApprove: &auto}); err != nil {
			return err
		}
		a.makes(ofPreference, pair(mspID, resellerID))
		a.text = model.Say("{{.Company}}: uploads wait for approval.", "Company", reseller.CompanyName)
		if on {
			a.text = model.Say("{{.Company}}: uploads are approved on arrival.", "Company", reseller.CompanyName)
		}
		if approveWaiting {
			return a.approveWaiting(reseller, mspID)
		}
		return nil
	})
}

// Remove takes a reseller off the MSP's Resellers page; its uploads stay. Errors: NotFound.
func (d Resellers) Remove(ctx context.Context, mspID, resellerID int64) (model.Done, error) {
	return d.desk.act(ctx, model.ResellerRemoved, model.As(model.MSP, mspID), func(a *act) error {
		reseller, err := a.registered(mspID, resellerID)
		if err != nil {
			return err
		}
		a.text = model.Say("{{.Company}} removed from the Resellers page.", "Company", reseller.CompanyName)
		if err := a.deactivate(resellerID, mspID); err != nil {
			return err
		}
		return a.unregister(mspID, resellerID)
	})
}

// unregister removes the registration, if there is one. Where there is none the act builds on that: an earlier removal cannot be
// undone behind its back.
func (a *act) unregister(mspID, resellerID int64) error {
	a.buildsOn(ofRegistration, pair(mspID, resellerID))
	row, err := rowOf[registration](a.tx.Where(registrationKey(mspID, resellerID)), "")
	if model.CodeOf(err) == model.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	a.makes(ofRegistration, pair(mspID, resellerID))
	if row.AutoApprove {
		a.makes(ofPreference, pair(mspID, resellerID))
	}
	a.change |= RegistrationsChanged
	return a.remove(registrationKey(mspID, resellerID))
}
