package data

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"consign/model"
)

// Add puts a customer or an MSP on the reseller's Customers page (domain §3). Errors: NotFound, Invalid, Exists.
func (d Customers) Add(ctx context.Context, resellerID, accountID int64, reference string) (model.Done, error) {
	return d.desk.act(ctx, model.CustomerAdded, model.As(model.Reseller, resellerID), func(a *act) error {
		customer, err := a.resellerAndTarget(resellerID, accountID)
		if err != nil {
			return err
		}
		added, err := a.ensureCustomer(resellerID, accountID, model.PlainText(reference))
		if err != nil {
			return err
		}
		if !added {
			return model.Fail(model.Exists, "{{.Company}} is on the Customers page already.", "Company", customer.CompanyName)
		}
		a.text = model.Say("{{.Company}} added to the Customers page.", "Company", customer.CompanyName)
		return nil
	})
}

// NewCustomer is an account of a list and the reseller's own name for it, which may be empty.
type NewCustomer struct {
	model.Account
	InternalReference string
}

// Import is Accounts.Import, and in the same act puts the customers and MSPs among the accounts on the reseller's Customers
// page. Those that are there already keep their internal reference.
func (d Customers) Import(ctx context.Context, resellerID int64, list []NewCustomer) (model.Done, error) {
	return d.desk.act(ctx, model.AccountsImported, model.As(model.Reseller, resellerID), func(a *act) error {
		if _, err := accountOfKind(a.tx, resellerID, model.Reseller); err != nil {
			return err
		}
		a.buildsOn(ofAccount, resellerID)
		var added, updated, customers int
		for _, new := range list {
			id, err := a.importAccount(new.Account, &added, &updated)
			if err != nil {
				return err
			}
			if new.Kind == model.Reseller {
				continue
			}
			a.buildsOn(ofAccount, id)
			fresh, err := a.ensureCustomer(resellerID, id, strings.TrimSpace(new.InternalReference))
			if err != nil {
				return err
			}
			if fresh {
				customers++
			}
		}
		if added+updated+customers == 0 {
			return model.Fail(model.Refused, "The directory and the Customers page have all of these accounts already.")
		}
		a.text = model.Say("Accounts imported: {{.Added}} new, {{.Updated}} changed, {{.Customers}} added to the Customers page.",
			"Added", added, "Updated", updated, "Customers", customers)
		return nil
	})
}

// resellerAndTarget checks that the one is a reseller and the other a customer or an MSP, and notes both.
func (a *act) resellerAndTarget(resellerID, accountID int64) (account, error) {
	if _, err := accountOfKind(a.tx, resellerID, model.Reseller); err != nil {
		return account{}, err
	}
	target, err := accountOfKind(a.tx, accountID, model.Customer, model.MSP)
	if err != nil {
		return account{}, err
	}
	a.about(target)
	a.buildsOn(ofAccount, resellerID, accountID)
	return target, nil
}

// about notes the other side of a reseller's act: the party, and the customer if it is one.
func (a *act) about(target account) {
	a.party = target.ID
	if target.Kind == model.Customer {
		a.customer = target.ID
	}
}

// ensureCustomer adds the account to the reseller's Customers page if it is missing.
func (a *act) ensureCustomer(resellerID, accountID int64, reference string) (added bool, err error) {
	key := customerKey(resellerID, accountID)
	if there, err := a.has(key); err != nil || there {
		a.buildsOn(ofCustomer, pair(resellerID, accountID))
		return false, err
	}
	row := customer{ResellerID: resellerID, AccountID: accountID, InternalReference: reference,
		Status: model.PendingVerification, AddedAt: millis(a.at)}
	if err := a.insert(key, &row); err != nil {
		return false, err
	}
	a.makes(ofCustomer, pair(resellerID, accountID))
	a.change |= CustomersChanged
	return true, a.refreshStatus(resellerID, accountID)
}

func customerKey(resellerID, accountID int64) *customer {
	return &customer{ResellerID: resellerID, AccountID: accountID}
}

// onPage finds the account on the reseller's Customers page; NotFound.
func (a *act) onPage(resellerID, accountID int64) (account, error) {
	target, err := a.resellerAndTarget(resellerID, accountID)
	if err != nil {
		return target, err
	}
	there, err := a.has(customerKey(resellerID, accountID))
	if err != nil {
		return target, err
	}
	if !there {
		return target, model.Fail(model.NotFound, "{{.Company}} is not on the Customers page.", "Company", target.CompanyName)
	}
	a.buildsOn(ofCustomer, pair(resellerID, accountID))
	a.change |= CustomersChanged
	return target, nil
}

// EditReference changes the reseller's own name for its customer or MSP (domain §1). Errors: NotFound, Invalid.
func (d Customers) EditReference(ctx context.Context, resellerID, accountID int64, reference string) (model.Done, error) {
	return d.desk.act(ctx, model.CustomerEdited, model.As(model.Reseller, resellerID), func(a *act) error {
		target, err := a.onPage(resellerID, accountID)
		if err != nil {
			return err
		}
		a.makes(ofReference, pair(resellerID, accountID))
		reference = model.PlainText(reference)
		a.text = model.Say("Internal reference of {{.Company}}: {{.Reference}}.", "Company", target.CompanyName, "Reference", reference)
		return a.update(customerKey(resellerID, accountID), &customerFields{InternalReference: &reference})
	})
}

// RemovedUs notes that the customer or MSP took the reseller off its list: Inactive (domain §3).
// Errors: NotFound, Refused when it is inactive already.
func (d Customers) RemovedUs(ctx context.Context, resellerID, accountID int64) (model.Done, error) {
	return d.desk.act(ctx, model.CustomerRemovedUs, model.As(model.Reseller, resellerID), func(a *act) error {
		target, err := a.onPage(resellerID, accountID)
		if err != nil {
			return err
		}
		status, err := a.statusOf(resellerID, accountID)
		if err != nil {
			return err
		}
		if err := (model.ResellerCustomer{CompanyName: target.CompanyName, Status: status}).CanRemoveUs(); err != nil {
			return err
		}
		a.text = model.Say("{{.Company}} removed us: Inactive.", "Company", target.CompanyName)
		if err := a.setStatus(resellerID, accountID, model.InactiveCustomer); err != nil {
			return err
		}
		return a.unregister(accountID, resellerID)
	})
}

// CameBack notes that the customer or MSP registered the reseller again after it had removed it (domain §3). An MSP of ours does it on its
// own page. Errors: NotFound, Refused when it is not inactive.
func (d Customers) CameBack(ctx context.Context, resellerID, accountID int64) (model.Done, error) {
	return d.desk.act(ctx, model.CustomerCameBack, model.As(model.Reseller, resellerID), func(a *act) error {
		target, err := a.onPage(resellerID, accountID)
		if err != nil {
			return err
		}
		status, err := a.statusOf(resellerID, accountID)
		if err != nil {
			return err
		}
		c := model.ResellerCustomer{CompanyName: target.CompanyName, Kind: target.Kind, Status: status, Ours: bool(target.Ours)}
		if err := c.CanComeBack(); err != nil {
			return err
		}
		a.text = model.Say("{{.Company}} registered us again.", "Company", target.CompanyName)
		return a.setStatusEarned(resellerID, accountID)
	})
}

// deactivate makes the customer Inactive, if it is on the page and is not yet.
func (a *act) deactivate(resellerID, accountID int64) error {
	status, err := a.statusOf(resellerID, accountID)
	if err != nil || status == "" || status == model.InactiveCustomer {
		return err
	}
	return a.setStatus(resellerID, accountID, model.InactiveCustomer)
}

// statusOf is the STATUS on the reseller's Customers page, "" if it is not there.
func (a *act) statusOf(resellerID, accountID int64) (model.CustomerStatus, error) {
	row, err := rowOf[customer](a.tx.Where(customerKey(resellerID, accountID)), "")
	if model.CodeOf(err) == model.NotFound {
		err = nil
	}
	return row.Status, err
}

// setStatus changes the status where the step between removed and not removed is taken: that is what undoing needs
// to know, since pending and active follow from approvals and registrations (earnedStatus).
func (a *act) setStatus(resellerID, accountID int64, status model.CustomerStatus) error {
	a.makes(ofStatus, pair(resellerID, accountID))
	a.change |= CustomersChanged
	return a.update(customerKey(resellerID, accountID), &customerFields{Status: &status})
}

// earnedStatus is the status of a row of customers that did not remove the reseller (domain §3): active once the target
// approved an upload and, if it is an MSP of ours, has registered the reseller. What other MSPs registered is not known
// here; their approval says it.
const earnedStatus = `CASE WHEN EXISTS (SELECT 1 FROM uploads u WHERE u.reseller_id = customers.reseller_id
		AND u.target_id = customers.account_id AND u.kind <> 'moved' AND u.approved_at IS NOT NULL)
	AND (EXISTS (SELECT 1 FROM registrations g WHERE g.msp_id = customers.account_id AND g.reseller_id = customers.reseller_id)
		OR NOT EXISTS (SELECT 1 FROM accounts t WHERE t.id = customers.account_id AND t.kind = 'msp' AND t.ours = 1))
	THEN 'active' ELSE 'pending' END`

// comesBack is refreshStatus after a registration, by which an inactive customer comes back (domain §4).
func (a *act) comesBack(resellerID, accountID int64) error {
	status, err := a.statusOf(resellerID, accountID)
	if err == nil && status == model.InactiveCustomer {
		return a.setStatusEarned(resellerID, accountID)
	}
	if err != nil {
		return err
	}
	return a.refreshStatus(resellerID, accountID)
}

// refreshStatus gives the customer the status it has earned, after an approval or a registration. An inactive one stays so.
func (a *act) refreshStatus(resellerID, accountID int64) error {
	status, err := a.statusOf(resellerID, accountID)
	if err != nil || status == "" || status == model.InactiveCustomer {
		return err
	}
	a.buildsOn(ofStatus, pair(resellerID, accountID))
	a.change |= CustomersChanged
	return a.tx.Model(&customer{}).Where(customerKey(resellerID, accountID)).Update("status", gorm.Expr(earnedStatus)).Error
}

func (a *act) setStatusEarned(resellerID, accountID int64) error {
	earned, err := rowOf[customer](a.tx.Select(earnedStatus+" AS status").Where(customerKey(resellerID, accountID)), "")
	if err != nil {
		return err
	}
	return a.setStatus(resellerID, accountID, earned.Status)
}

// refreshAllStatuses gives every customer that did not remove its reseller the status it has earned: after an undoing.
func (a *act) refreshAllStatuses() error {
	a.change |= CustomersChanged
	return a.tx.Exec("UPDATE customers SET status = " + earnedStatus + " WHERE status <> 'inactive' AND status <> " + earnedStatus).Error
}
