package data

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"consign/model"
)

// Request asks a customer to be managed by the MSP (domain §4): Pending until it answers. The services are added to
// those that the customer uses. After a rejection it may be asked again. Errors: NotFound, Invalid, Exists.
func (d Managements) Request(ctx context.Context, mspID, customerID int64, how model.ManagementType, services []model.Service) (model.Done,
	error) {
	return d.desk.act(ctx, model.CustomerRequested, model.As(model.MSP, mspID), func(a *act) error {
		if how != model.FullyManaged && how != model.JointlyManaged {
			return model.Fail(model.Invalid, "Choose fully or jointly managed.")
		}
		if _, err := accountOfKind(a.tx, mspID, model.MSP); err != nil {
			return err
		}
		customer, err := accountOfKind(a.tx, customerID, model.Customer)
		if err != nil {
			return err
		}
		if err := a.request(mspID, customer, how); err != nil {
			return err
		}
		a.party, a.customer = customerID, customerID
		a.buildsOn(ofAccount, mspID, customerID)
		a.makes(ofManagement, pair(mspID, customerID))
		a.change |= ManagementsChanged
		a.text = model.Say("{{.Customer}} asked: {{.Type}}.", "Customer", customer.CompanyName, "Type", model.Say(how.String()))
		return a.addServices(customerID, services)
	})
}

func managementKey(mspID, customerID int64) *management {
	return &management{MSPID: mspID, CustomerID: customerID}
}

// request writes the management row, in the place of a rejected one if there is one.
func (a *act) request(mspID int64, customer account, how model.ManagementType) error {
	old, err := a.managementOf(mspID, customer.ID)
	if model.CodeOf(err) == model.NotFound {
		return a.insert(managementKey(mspID, customer.ID), &management{MSPID: mspID, CustomerID: customer.ID, Type: how,
			Status: model.PendingManagement, RequestedAt: millis(a.at)})
	}
	if err != nil {
		return err
	}
	if old.Status != model.RejectedManagement {
		return model.Fail(model.Exists, "{{.Customer}} is on the Customers page already.", "Customer", customer.CompanyName)
	}
	status, at := model.PendingManagement, millis(a.at)
	return a.update(managementKey(mspID, customer.ID), &managementFields{&how, &status, &at})
}

// managementOf reads what the rules need of a management; NotFound.
func (a *act) managementOf(mspID, customerID int64) (model.Management, error) {
	return managementIn(a.tx, mspID, customerID)
}

// managementIn is managementOf beside acts.
func managementIn(db *gorm.DB, mspID, customerID int64) (model.Management, error) {
	row, err := rowOf[management](db.Where(managementKey(mspID, customerID)), "This customer is not on the MSP's Customers page.")
	if err != nil {
		return model.Management{}, err
	}
	customer, err := accountOf(db, customerID)
	return model.Management{MSPID: mspID, CustomerID: customerID, CompanyName: customer.CompanyName, Type: row.Type, Status: row.Status}, err
}

// change runs an act that gives a management, if may allows it, another type or status.
func (d Managements) change(ctx context.Context, event model.Event, mspID, customerID int64,
	may func(model.Management) error, fields managementFields, text string) (model.Done, error) {
	return d.desk.act(ctx, event, model.As(model.MSP, mspID), func(a *act) error {
		m, err := a.managementOf(mspID, customerID)
		if err != nil {
			return err
		}
		if err := may(m); err != nil {
			return err
		}
		a.noteManagement(m)
		a.text = model.Say(text, "Customer", m.CompanyName)
		return a.update(managementKey(mspID, customerID), &fields)
	})
}

func (a *act) noteManagement(m model.Management) {
	a.party, a.customer = m.CustomerID, m.CustomerID
	a.makes(ofManagement, pair(m.MSPID, m.CustomerID))
	a.change |= ManagementsChanged
}

// Answer records the customer's answer to the request to add: Active or Rejected. Errors: NotFound, Refused.
func (d Managements) Answer(ctx context.Context, mspID, customerID int64, accept bool) (model.Done, error) {
	status, text := model.RejectedManagement, "{{.Customer}} rejected the request."
	if accept {
		status, text = model.ActiveManagement, "{{.Customer}} accepted the request."
	}
	return d.change(ctx, model.CustomerAnswered, mspID, customerID, model.Management.CanAnswer, managementFields{Status: &status}, text)
}

// SwitchToJoint makes a fully managed customer jointly managed, which is for good (domain §4, V6). Errors: NotFound, Refused.
func (d Managements) SwitchToJoint(ctx context.Context, mspID, customerID int64) (model.Done, error) {
	may := func(m model.Management) error { return m.CanSwitchTo(model.JointlyManaged) }
	joint := model.JointlyManaged
	return d.change(ctx, model.ManagementChanged, mspID, customerID, may, managementFields{Type: &joint},
		"{{.Customer}} is jointly managed now.")
}

// RequestDelink asks a jointly managed customer to be delinked (domain §4, V8). Errors: NotFound, Refused.
func (d Managements) RequestDelink(ctx context.Context, mspID, customerID int64) (model.Done, error) {
	asked := model.DelinkRequested
	return d.change(ctx, model.DelinkAsked, mspID, customerID, model.Management.CanDelink, managementFields{Status: &asked},
		"Asked to delink {{.Customer}}.")
}

// AnswerDelink records the customer's answer: delinked (V7), or back to Active. Errors: NotFound, Refused.
func (d Managements) AnswerDelink(ctx context.Context, mspID, customerID int64, accept bool) (model.Done, error) {
	if !accept {
		active := model.ActiveManagement
		return d.change(ctx, model.DelinkRejected, mspID, customerID, model.Management.CanAnswerDelink, managementFields{Status: &active},
			"{{.Customer}} rejected the delink request and stays.")
	}
	return d.desk.act(ctx, model.CustomerDelinked, model.As(model.MSP, mspID), func(a *act) error {
		m, err := a.managementOf(mspID, customerID)
		if err != nil {
			return err
		}
		if err := m.CanAnswerDelink(); err != nil {
			return err
		}
		a.noteManagement(m)
		if err := a.remove(managementKey(mspID, customerID)); err != nil {
			return err
		}
		if err := a.makeVirtual(m); err != nil {
			return err
		}
		a.text = model.Say("{{.Customer}} delinked, with devices: {{.Devices}}.", "Customer", m.CompanyName, "Devices", a.devices)
		return nil
	})
}

// addServices adds to the services that the customer uses.
func (a *act) addServices(customerID int64, services []model.Service) error {
	for _, service := range services {
		if !slices.Contains(model.Services, service) {
			return model.Fail(model.Invalid, "“{{.Service}}” is not a Knox service.", "Service", string(service))
		}
		there, err := a.has(serviceKey(customerID, service))
		if there {
			a.buildsOn(ofServices, customerID)
		}
		if err == nil && !there {
			err = a.addService(customerID, service)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func serviceKey(customerID int64, service model.Service) *customerService {
	return &customerService{CustomerID: customerID, Service: service}
}

func (a *act) addService(customerID int64, service model.Service) error {
	a.makes(ofServices, customerID)
	return a.insert(serviceKey(customerID, service), serviceKey(customerID, service))
}
