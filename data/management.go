package data

import (
	"context"
	"slices"

	"consign/model"
)

// Request asks a customer to be managed by the MSP (domain §4): Pending until it answers. The services are added to
// those that the customer uses. After a rejection it may be asked again. Errors: NotFound, Invalid, Exists.
func (d Managements) Request(ctx context.Context, mspID, customerID int64, how model.ManagementType, services []model.Service) (model.Done, error) {
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

func managementKey(mspID, customerID int64) map[string]any {
	return map[string]any{"msp_id": mspID, "customer_id": customerID}
}

// request writes the management row, in the place of a rejected one if there is one.
func (a *act) request(mspID int64, customer account, how model.ManagementType) error {
	old, err := a.managementOf(mspID, customer.ID)
	if model.CodeOf(err) == model.NotFound {
		a.added("managements", managementKey(mspID, customer.ID))
		return a.tx.Exec("INSERT INTO managements (msp_id, customer_id, type, status, requested_at) VALUES (?, ?, ?, 'pending', ?)",
			mspID, customer.ID, how, millis(a.at)).Error
	}
	if err != nil {
		return err
	}
	if old.Status != model.RejectedManagement {
		return model.Fail(model.Exists, "{{.Customer}} is on the Customers page already.", "Customer", customer.CompanyName)
	}
	if err := a.changing("managements", managementKey(mspID, customer.ID), "type", "status", "requested_at"); err != nil {
		return err
	}
	return a.tx.Exec("UPDATE managements SET type = ?, status = 'pending', requested_at = ? WHERE msp_id = ? AND customer_id = ?",
		how, millis(a.at), mspID, customer.ID).Error
}

// managementOf reads what the rules need of a management; NotFound.
func (a *act) managementOf(mspID, customerID int64) (model.Management, error) {
	var found []struct {
		CompanyName string
		Type        model.ManagementType
		Status      model.ManagementStatus
	}
	err := a.tx.Raw(`SELECT c.company_name, m.type, m.status FROM managements m
		JOIN accounts c ON c.id = m.customer_id WHERE m.msp_id = ? AND m.customer_id = ?`, mspID, customerID).Scan(&found).Error
	if err != nil {
		return model.Management{}, err
	}
	if len(found) == 0 {
		return model.Management{}, model.Fail(model.NotFound, "This customer is not on the MSP's Customers page.")
	}
	return model.Management{MSPID: mspID, CustomerID: customerID, CompanyName: found[0].CompanyName, Type: found[0].Type, Status: found[0].Status}, nil
}

// change runs an act that gives a management, if may allows it, another type or status.
func (d Managements) change(ctx context.Context, event model.Event, mspID, customerID int64,
	may func(model.Management) error, column string, value any, text string) (model.Done, error) {
	return d.desk.act(ctx, event, model.As(model.MSP, mspID), func(a *act) error {
		m, err := a.managementOf(mspID, customerID)
		if err != nil {
			return err
		}
		if err := may(m); err != nil {
			return err
		}
		if err := a.changing("managements", managementKey(mspID, customerID), column); err != nil {
			return err
		}
		a.noteManagement(m)
		a.text = model.Say(text, "Customer", m.CompanyName)
		return a.tx.Table("managements").Where(managementKey(mspID, customerID)).Update(column, value).Error
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
	return d.change(ctx, model.CustomerAnswered, mspID, customerID, model.Management.CanAnswer, "status", status, text)
}

// SwitchToJoint makes a fully managed customer jointly managed, which is for good (domain §4, V6). Errors: NotFound, Refused.
func (d Managements) SwitchToJoint(ctx context.Context, mspID, customerID int64) (model.Done, error) {
	may := func(m model.Management) error { return m.CanSwitchTo(model.JointlyManaged) }
	return d.change(ctx, model.ManagementChanged, mspID, customerID, may, "type", model.JointlyManaged, "{{.Customer}} is jointly managed now.")
}

// RequestDelink asks a jointly managed customer to be delinked (domain §4, V8). Errors: NotFound, Refused.
func (d Managements) RequestDelink(ctx context.Context, mspID, customerID int64) (model.Done, error) {
	return d.change(ctx, model.DelinkAsked, mspID, customerID, model.Management.CanDelink, "status", model.DelinkRequested,
		"Asked to delink {{.Customer}}.")
}

// AnswerDelink records the customer's answer: delinked (V7), or back to Active. Errors: NotFound, Refused.
func (d Managements) AnswerDelink(ctx context.Context, mspID, customerID int64, accept bool) (model.Done, error) {
	if !accept {
		return d.change(ctx, model.DelinkRejected, mspID, customerID, model.Management.CanAnswerDelink, "status", model.ActiveManagement,
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
		if err := a.removing("managements", managementKey(mspID, customerID)); err != nil {
			return err
		}
		if err := a.tx.Exec("DELETE FROM managements WHERE msp_id = ? AND customer_id = ?", mspID, customerID).Error; err != nil {
			return err
		}
		if err := a.makeVirtual(m); err != nil {
			return err
		}
		a.text = model.Say("{{.Customer}} delinked, with devices: {{.Devices}}.", "Customer", m.CompanyName, "Devices", a.devices)
		return nil
	})
}

// makeVirtual turns the uploads that the MSP moved to the customer into virtual uploads by their resellers, who see the
// devices under the customer from now on (V7).
func (a *act) makeVirtual(m model.Management) error {
	const moved = "SELECT id FROM uploads WHERE msp_id = ? AND target_id = ? AND kind = 'moved'"
	result := a.tx.Exec(`INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure)
		SELECT ?, id, upload_id, moved_id, failure FROM devices WHERE deleted IS NULL AND moved_id IN (`+moved+`)`, a.id, m.MSPID, m.CustomerID)
	if result.Error != nil {
		return result.Error
	}
	a.devices = int(result.RowsAffected)
	var uploads []struct{ ID, ResellerID int64 }
	if err := a.tx.Raw("SELECT id, reseller_id FROM uploads WHERE id IN ("+moved+")", m.MSPID, m.CustomerID).Scan(&uploads).Error; err != nil {
		return err
	}
	if err := a.tally(-1, placedDevices, a.id); err != nil {
		return err
	}
	if err := a.subjectsOf(""); err != nil {
		return err
	}
	for _, statement := range []query{
		{"UPDATE OR FAIL devices SET upload_id = devices.moved_id, moved_id = NULL FROM placements p WHERE p.activity_id = ? AND devices.id = p.device_id", []any{a.id}},
		{"UPDATE uploads SET kind = 'virtual' WHERE msp_id = ? AND target_id = ? AND kind = 'moved'", []any{m.MSPID, m.CustomerID}},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return err
		}
	}
	if err := a.tally(1, placedDevices, a.id); err != nil {
		return err
	}
	var resellers []int64
	for _, u := range uploads {
		a.makes(ofUpload, u.ID)
		a.makes(ofVirtual, u.ID)
		a.buildsOn(ofDeletion, u.ID)
		resellers = append(resellers, u.ResellerID)
	}
	slices.Sort(resellers)
	for _, reseller := range slices.Compact(resellers) {
		if err := a.showVirtual(reseller, m.CustomerID); err != nil {
			return err
		}
	}
	return nil
}

// showVirtual puts a delinked customer on the Customers page of a reseller with living devices there (V7).
func (a *act) showVirtual(resellerID, customerID int64) error {
	var living int64
	err := a.tx.Raw("SELECT count(*) FROM uploads WHERE reseller_id = ? AND target_id = ? AND kind = 'virtual' AND devices > 0", resellerID, customerID).Scan(&living).Error
	if err != nil || living == 0 {
		return err
	}
	added, err := a.ensureCustomer(resellerID, customerID, "")
	if err != nil || added {
		return err
	}
	if status, err := a.statusOf(resellerID, customerID); err != nil || status == model.InactiveCustomer {
		return err
	}
	return a.refreshStatus(resellerID, customerID)
}

// addServices adds to the services that the customer uses.
func (a *act) addServices(customerID int64, services []model.Service) error {
	for _, service := range services {
		if !slices.Contains(model.Services, service) {
			return model.Fail(model.Invalid, "“{{.Service}}” is not a Knox service.", "Service", string(service))
		}
		var rows int64
		if err := a.tx.Table("customer_services").Where(serviceKey(customerID, service)).Count(&rows).Error; err != nil {
			return err
		}
		if rows > 0 {
			continue
		}
		if err := a.addService(customerID, service, false); err != nil {
			return err
		}
	}
	return nil
}

func serviceKey(customerID int64, service model.Service) map[string]any {
	return map[string]any{"customer_id": customerID, "service": string(service)}
}

func (a *act) addService(customerID int64, service model.Service, autoApprove bool) error {
	a.added("customer_services", serviceKey(customerID, service))
	a.makes(ofServices, customerID)
	return a.tx.Exec("INSERT INTO customer_services (customer_id, service, auto_approve) VALUES (?, ?, ?)",
		customerID, service, autoApprove).Error
}
