package data

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"consign/model"
)

// SetServices replaces the list of the Knox services that a customer uses (domain §4). Uploads that wait in a service which it does not use
// any more are approved or wait in another one, as the change says. Errors: Invalid for an empty list or an unknown service, NotFound,
// Refused when an MSP may not decide, and when uploads wait and the change does not say what becomes of them.
func (d Portal) SetServices(ctx context.Context, by model.View, customerID int64, change model.ServicesChange) (model.Done, error) {
	return d.desk.act(ctx, model.ServicesChanged, by, func(a *act) error {
		customer, err := a.portalOf(by, customerID)
		if err != nil {
			return err
		}
		old, err := servicesOf(a.tx, customerID)
		if err != nil {
			return err
		}
		if len(change.Services) == 0 {
			return noService(old)
		}
		if err := a.addServices(customerID, change.Services); err != nil {
			return err
		}
		for _, s := range old {
			if slices.Contains(change.Services, s.Service) {
				continue
			}
			if err := a.leaveService(by, customer, s, change); err != nil {
				return err
			}
			if err := a.remove(serviceKey(customerID, s.Service)); err != nil {
				return err
			}
		}
		a.makes(ofServices, customerID)
		a.change |= ManagementsChanged | UploadsChanged | DevicesChanged
		a.text = model.Say("Knox services of {{.Customer}} changed.", "Customer", customer.CompanyName)
		return nil
	})
}

// noService is why a customer cannot be without a service.
func noService(services []model.PortalService) error {
	for _, s := range services {
		if s.Waiting > 0 {
			return model.Fail(model.Refused, "Uploads wait in {{.Service}}: {{.Waiting}}. A customer uses at least one Knox service.",
				"Service", s.Service.String(), "Waiting", s.Waiting)
		}
	}
	return model.Fail(model.Invalid, "A customer uses at least one Knox service.")
}

// leaveService lets no upload wait in a service that the customer does not use any more: nobody could approve it there.
func (a *act) leaveService(by model.View, customer account, s model.PortalService, change model.ServicesChange) error {
	if s.Waiting > 0 && !change.Approve && change.WaitIn == "" {
		return model.Fail(model.Refused,
			"Uploads to {{.Customer}} wait in {{.Service}}: {{.Waiting}}. Approve them, or let them wait in another service.",
			"Customer", customer.CompanyName, "Service", s.Service.String(), "Waiting", s.Waiting)
	}
	if change.WaitIn != "" && !slices.Contains(change.Services, change.WaitIn) {
		return model.Fail(model.Invalid, "The uploads can wait only in a service that the customer uses.")
	}
	var all, waiting []int64
	of := a.tx.Table("approvals p").Joins("JOIN uploads u ON u.id = p.upload_id").Where("u.target_id = ? AND p.service = ?", customer.ID,
		s.Service)
	if err := of.Session(&gorm.Session{}).Pluck("p.upload_id", &all).Error; err != nil {
		return err
	}
	a.buildsOn(ofApproval, all...) // and on whatever decided that an upload does not wait
	a.buildsOn(ofDeletion, all...)
	err := of.Session(&gorm.Session{}).Where("p.approved_at IS NULL AND u.devices > 0").Order("1").Pluck("p.upload_id", &waiting).Error
	if err != nil {
		return err
	}
	rows, err := uploadsIn(a.tx, waiting)
	if err == nil && change.Approve {
		err = mayApproveAll(a.tx, by, customer.ID, rows)
	}
	for _, u := range rows {
		if err == nil && change.Approve {
			err = a.approveService(u, s.Service)
		} else if err == nil {
			err = a.waitElsewhere(u.ID, s.Service, change)
		}
	}
	return err
}

// Leaving tells how many uploads wait in the services of a customer that are not among the chosen ones, what SetServices must be told
// about; refused is why by may not approve all of them, nil if it may. Safe on any goroutine.
func (d Portal) Leaving(ctx context.Context, by model.View, customerID int64, chosen []model.Service) (waiting int, refused, err error) {
	db := d.desk.read.WithContext(ctx)
	var ids []int64
	err = db.Table("approvals p").Joins("JOIN uploads u ON u.id = p.upload_id").
		Where("u.target_id = ? AND u.devices > 0 AND p.approved_at IS NULL AND p.service NOT IN ?", customerID, chosen).
		Distinct().Pluck("p.upload_id", &ids).Error
	if err != nil || len(ids) == 0 {
		return 0, nil, d.desk.told(err)
	}
	rows, err := uploadsIn(db, ids)
	if err != nil {
		return 0, nil, d.desk.told(err)
	}
	refused = mayApproveAll(db, by, customerID, rows)
	if model.CodeOf(refused) == model.Internal {
		return 0, nil, d.desk.told(refused)
	}
	return len(rows), refused, nil
}

// mayApproveAll is nil if by may approve all of the uploads in their customer's portal: it does not know all of them (V12).
func mayApproveAll(db *gorm.DB, by model.View, customerID int64, uploads []uploadRow) error {
	for _, u := range uploads {
		switch {
		case by.Portal == model.ResellerPortal && (u.ResellerID != by.Account || u.Kind == model.MovedUpload):
			return model.Fail(model.Refused, "Not all of the uploads that wait are yours to approve: let them wait in another service.")
		case by.Portal == model.MSPPortal && (u.Kind != model.MovedUpload || u.MSPID != by.Account):
			m, err := managementIn(db, by.Account, customerID)
			if err != nil {
				return err
			}
			if err := m.CanApproveDirect(); err != nil {
				return err
			}
		}
	}
	return nil
}

// waitElsewhere takes an upload out of a service, into another one unless it is in one already that the customer goes on using.
func (a *act) waitElsewhere(uploadID int64, from model.Service, change model.ServicesChange) error {
	a.buildsOn(ofUpload, uploadID)
	a.makes(ofApproval, uploadID)
	if err := a.remove(&approval{UploadID: uploadID, Service: from}); err != nil {
		return err
	}
	var others int64
	err := a.tx.Model(&approval{}).Where("upload_id = ? AND service IN ?", uploadID, change.Services).Count(&others).Error
	if err != nil || others > 0 {
		return err
	}
	return a.insert(&approval{UploadID: uploadID, Service: change.WaitIn}, &approval{UploadID: uploadID, Service: change.WaitIn})
}

// portalOf finds the customer in whose portal by decides: itself, an MSP that manages it actively, or a reseller that has it on its page.
func (a *act) portalOf(by model.View, customerID int64) (account, error) {
	customer, err := accountOfKind(a.tx, customerID, model.Customer)
	if err != nil {
		return customer, err
	}
	a.customer = customerID
	a.buildsOn(ofAccount, customerID)
	switch by.Portal {
	case model.MSPPortal:
		var m model.Management
		if m, err = a.managementOf(by.Account, customerID); err == nil {
			err = m.CanDecide()
		}
		a.buildsOn(ofManagement, pair(by.Account, customerID))
	case model.ResellerPortal:
		_, err = a.onPage(by.Account, customerID)
	default:
		if by != model.As(model.Customer, customerID) {
			err = model.Fail(model.NotFound, "This is the portal of another customer.")
		}
	}
	return customer, err
}

// Services lists the Knox services of a customer, in their order on screen, each with the uploads that wait there. Safe on any goroutine.
func (d Portal) Services(ctx context.Context, customerID int64) ([]model.PortalService, error) {
	services, err := servicesOf(d.desk.read.WithContext(ctx), customerID)
	return services, d.desk.told(err)
}

func servicesOf(db *gorm.DB, customerID int64) ([]model.PortalService, error) {
	var rows []struct {
		Service model.Service
		Waiting int
	}
	err := db.Raw(`SELECT s.service,
		(SELECT count(*) FROM uploads u JOIN approvals p ON p.upload_id = u.id AND p.service = s.service
			WHERE u.target_id = s.customer_id AND u.devices > 0 AND p.approved_at IS NULL) AS waiting
		FROM customer_services s WHERE s.customer_id = ?`, customerID).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var trusts []preference
	if err := db.Where(&preference{CustomerID: customerID}).Order("reseller_id").Find(&trusts).Error; err != nil {
		return nil, err
	}
	services := make([]model.PortalService, len(rows))
	for i, row := range rows {
		services[i] = model.PortalService{Service: row.Service, Waiting: row.Waiting}
		for _, p := range trusts {
			if p.Service == row.Service {
				services[i].Trusted = append(services[i].Trusted, p.ResellerID)
			}
		}
	}
	slices.SortFunc(services, func(x, y model.PortalService) int {
		return slices.Index(model.Services, x.Service) - slices.Index(model.Services, y.Service)
	})
	return services, nil
}

// Approve approves uploads in the portal of one Knox service of the customer (domain §4). A reseller can do so for its own
// uploads only (V12), an MSP for direct ones only where it manages the customer fully. Errors: Invalid, NotFound when one is not in that
// portal, Refused when one is approved there already or by may not decide.
func (d Portal) Approve(ctx context.Context, by model.View, customerID int64, service model.Service, uploadIDs []int64) (model.Done,
	error) {
	return d.approve(ctx, by, customerID, uploadIDs, func(a *act, u uploadRow) error { return a.approveService(u, service) },
		func(n int) model.Text {
			return model.Say("Uploads approved in {{.Service}}: {{.Uploads}}.", "Service", service.String(), "Uploads", n)
		})
}

// ApproveInAll is Approve in every Knox service where an upload waits, in one step, as the customer's common portal does it. Refused when
// one waits nowhere.
func (d Portal) ApproveInAll(ctx context.Context, by model.View, customerID int64, uploadIDs []int64) (model.Done, error) {
	return d.approve(ctx, by, customerID, uploadIDs, func(a *act, u uploadRow) error {
		var services []model.Service
		err := a.tx.Model(&approval{}).Where(&approval{UploadID: u.ID}).Scopes(waits).Order("service").Pluck("service", &services).Error
		if err == nil && len(services) == 0 {
			err = model.Fail(model.Refused, "The upload {{.Upload}} is approved already.", "Upload", u.UUID)
		}
		for _, s := range services {
			if err == nil {
				err = a.approveService(u, s)
			}
		}
		return err
	}, func(n int) model.Text {
		return model.Say("Uploads approved for all services: {{.Uploads}}.", "Uploads", n)
	})
}

func (d Portal) approve(ctx context.Context, by model.View, customerID int64, uploadIDs []int64, approve func(*act, uploadRow) error,
	text func(uploads int) model.Text) (model.Done, error) {
	return d.desk.act(ctx, model.PortalApproved, by, func(a *act) error {
		if _, err := a.portalOf(by, customerID); err != nil {
			return err
		}
		uploads, err := uploadsOf(a.tx, uploadIDs)
		if err != nil {
			return err
		}
		for _, u := range uploads {
			if err := a.mayApproveFor(by, customerID, u); err != nil {
				return err
			}
			if err := approve(a, u); err != nil {
				return err
			}
			a.devices += u.Devices
		}
		a.noteUploads(uploads, by)
		a.change |= UploadsChanged | DevicesChanged | ManagementsChanged
		a.text = text(len(uploads))
		return nil
	})
}

// mayApproveFor is nil if by may approve the upload in the customer's portal.
func (a *act) mayApproveFor(by model.View, customerID int64, u uploadRow) error {
	if u.TargetID != customerID || by.Portal == model.ResellerPortal && (u.ResellerID != by.Account || u.Kind == model.MovedUpload) {
		return model.Fail(model.NotFound, "The upload {{.Upload}} is not in this portal.", "Upload", u.UUID)
	}
	return mayApproveAll(a.tx, by, customerID, []uploadRow{u})
}

// approveService approves an upload in one service; its first approval is that of the upload.
func (a *act) approveService(u uploadRow, service model.Service) error {
	key := &approval{UploadID: u.ID, Service: service}
	old, err := rowOf[approval](a.tx.Where(key), "")
	switch {
	case model.CodeOf(err) == model.NotFound:
		return model.Fail(model.NotFound, "The upload {{.Upload}} is not in the portal of {{.Service}}.",
			"Upload", u.UUID, "Service", service.String())
	case err != nil:
		return err
	case u.Devices == 0:
		return model.Fail(model.Refused, "The upload {{.Upload}} holds no devices any more.", "Upload", u.UUID)
	case old.ApprovedAt != 0:
		return model.Fail(model.Refused, "The upload {{.Upload}} is approved already.", "Upload", u.UUID)
	}
	a.makes(ofApproval, u.ID)
	a.buildsOn(ofUpload, u.ID)
	if err := a.tx.Where(key).Updates(&approval{ApprovedAt: optional(millis(a.at)), ApprovedBy: optional(a.id)}).Error; err != nil {
		return err
	}
	if err := a.tx.Where(&upload{ID: u.ID}).Scopes(waits).Updates(a.approvedNow()).Error; err != nil {
		return err
	}
	if u.Kind == model.MovedUpload {
		return nil
	}
	return a.refreshStatus(u.ResellerID, u.TargetID)
}
