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
		result := a.tx.Exec(`INSERT INTO registrations (msp_id, reseller_id, auto_approve, registered_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (msp_id, reseller_id) DO NOTHING`, mspID, resellerID, autoApprove, millis(a.at))
		if result.Error != nil {
			return result.Error
		}
		if result.RowsAffected == 0 {
			return model.Fail(model.Exists, "{{.Company}} is registered already.", "Company", reseller.CompanyName)
		}
		a.added("registrations", registrationKey(mspID, resellerID))
		a.makes(ofRegistration, pair(mspID, resellerID))
		a.makes(ofPreference, pair(mspID, resellerID))
		a.text = model.Say("{{.Company}} registered.", "Company", reseller.CompanyName)
		if approveWaiting {
			return a.approveWaiting(reseller, mspID)
		}
		return a.refreshStatus(resellerID, mspID)
	})
}

func registrationKey(mspID, resellerID int64) map[string]any {
	return map[string]any{"msp_id": mspID, "reseller_id": resellerID}
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
	var rows int64
	if err := a.tx.Table("registrations").Where(registrationKey(mspID, resellerID)).Count(&rows).Error; err != nil {
		return reseller, err
	}
	if rows == 0 {
		return reseller, model.Fail(model.NotFound, "{{.Company}} is not registered.", "Company", reseller.CompanyName)
	}
	a.buildsOn(ofRegistration, pair(mspID, resellerID))
	return reseller, nil
}

// approveWaiting approves what the reseller has waiting at the MSP. It builds on whatever decided that an upload does not wait: a
// later undoing would leave it waiting after all.
func (a *act) approveWaiting(reseller account, mspID int64) error {
	var all []int64
	if err := a.tx.Raw("SELECT id FROM uploads WHERE reseller_id = ? AND target_id = ? AND kind = 'direct'", reseller.ID, mspID).Scan(&all).Error; err != nil {
		return err
	}
	a.buildsOn(ofApproval, all...)
	a.buildsOn(ofDeletion, all...)
	var waiting []uploadRow
	err := a.tx.Raw(uploadRows+" WHERE u.reseller_id = ? AND u.target_id = ? AND u.kind = 'direct' AND u.devices > 0 AND u.approved_at IS NULL",
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
		if err := a.changing("registrations", registrationKey(mspID, resellerID), "auto_approve"); err != nil {
			return err
		}
		a.makes(ofPreference, pair(mspID, resellerID))
		if err := a.tx.Exec("UPDATE registrations SET auto_approve = ? WHERE msp_id = ? AND reseller_id = ?", on, mspID, resellerID).Error; err != nil {
			return err
		}
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
	var rows int64
	err := a.tx.Table("registrations").Where(registrationKey(mspID, resellerID)).Count(&rows).Error
	if err != nil || rows == 0 {
		return err
	}
	if err := a.removing("registrations", registrationKey(mspID, resellerID)); err != nil {
		return err
	}
	a.makes(ofRegistration, pair(mspID, resellerID))
	a.makes(ofPreference, pair(mspID, resellerID))
	a.change |= RegistrationsChanged
	return a.tx.Exec("DELETE FROM registrations WHERE msp_id = ? AND reseller_id = ?", mspID, resellerID).Error
}
