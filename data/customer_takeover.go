package data

import (
	"context"
	"strings"

	"consign/model"
)

// TakeOver makes the reseller's Customers page say what the portal's CSV of customers says of the differences, in one act: customers that
// are only there come to the page and, if it does not know them, to the directory; others get the name, the internal reference or the
// status that they have there. Errors: those of model.ComparedCustomer.CanTakeOver, Refused when there is nothing to take over.
func (d Customers) TakeOver(ctx context.Context, resellerID int64, list []model.ComparedCustomer) (model.Done, error) {
	return d.desk.act(ctx, model.PortalTakenOver, model.As(model.Reseller, resellerID), func(a *act) error {
		if len(list) == 0 {
			return model.Fail(model.Refused, "There is nothing here to take over.")
		}
		for _, x := range list {
			if err := x.CanTakeOver(); err != nil {
				return err
			}
			if err := a.takeCustomer(resellerID, x); err != nil {
				return err
			}
		}
		a.party, a.customer = 0, 0 // undone, one that was not known is gone
		a.change |= CustomersChanged | AccountsChanged
		a.text = model.Say("Customers taken over from the portal: {{.Customers}}.", "Customers", len(list))
		return nil
	})
}

func (a *act) takeCustomer(resellerID int64, x model.ComparedCustomer) error {
	if x.Kind == model.OnlyThere {
		return a.bringCustomer(resellerID, x.There)
	}
	target, err := a.onPage(resellerID, x.Here.AccountID)
	if err != nil {
		return err
	}
	if x.Kind == model.OtherName {
		return a.renameCustomer(resellerID, target, x.There)
	}
	status, err := a.statusOf(resellerID, target.ID)
	switch {
	case err != nil:
		return err
	case x.There.Status != model.InactiveCustomer:
		if status != model.InactiveCustomer {
			return errStale
		}
		return a.setStatusEarned(resellerID, target.ID)
	case status == model.InactiveCustomer:
		return errStale
	}
	if err := a.setStatus(resellerID, target.ID, model.InactiveCustomer); err != nil {
		return err
	}
	return a.unregister(target.ID, resellerID)
}

// bringCustomer puts a customer or MSP of the portal on the page. The portal does not say which it is: what the directory knows as an MSP
// is one.
func (a *act) bringCustomer(resellerID int64, line model.PortalCustomer) error {
	name, reference := nameOf(line)
	known, err := accountByKnoxID(a.tx, model.MSP, line.KnoxID)
	if model.CodeOf(err) == model.NotFound {
		known, err = accountByKnoxID(a.tx, model.Customer, line.KnoxID)
	}
	if model.CodeOf(err) == model.NotFound {
		new := model.Account{Kind: model.Customer, KnoxID: line.KnoxID, CompanyName: name}
		if err = new.Check(); err == nil {
			known, err = a.addAccount(new)
		}
	}
	if err != nil {
		return err
	}
	target, err := a.resellerAndTarget(resellerID, known.ID)
	if err != nil {
		return err
	}
	added, err := a.ensureCustomer(resellerID, known.ID, model.PlainText(reference))
	if err == nil && !added {
		err = model.Fail(model.Exists, "{{.Company}} is on the Customers page already.", "Company", target.CompanyName)
	}
	if err == nil && line.Status == model.InactiveCustomer {
		err = a.setStatus(resellerID, known.ID, model.InactiveCustomer)
	}
	return err
}

// renameCustomer gives a customer the company name and the reseller's own name that it has at the portal.
func (a *act) renameCustomer(resellerID int64, target account, line model.PortalCustomer) error {
	name, reference := nameOf(line)
	if name != "" && name != target.CompanyName {
		new := target.model()
		new.CompanyName = name
		if err := new.Check(); err != nil {
			return err
		}
		if err := a.editAccount(new); err != nil {
			return err
		}
	}
	if reference = model.PlainText(reference); reference == "" {
		return nil
	}
	a.makes(ofReference, pair(resellerID, target.ID))
	return a.update(customerKey(resellerID, target.ID), &customerFields{InternalReference: &reference})
}

// nameOf parts what a portal has in one column: the company name and the reseller's own name for it.
func nameOf(line model.PortalCustomer) (name, reference string) {
	if line.Reference != "" {
		return line.Name, line.Reference
	}
	name, reference, _ = strings.Cut(line.Name, " / ")
	return strings.TrimSpace(name), strings.TrimSpace(reference)
}
