package data

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"consign/model"
)

// SetServices replaces the list of the Knox services that a customer uses, with their preferences (domain §4). It is for
// uploads that come: what waits keeps waiting. Errors: Invalid for an empty list or an unknown service, NotFound, Refused.
func (d Portal) SetServices(ctx context.Context, by model.View, customerID int64, services []model.PortalService) (model.Done, error) {
	return d.desk.act(ctx, model.ServicesChanged, by, func(a *act) error {
		customer, err := a.portalOf(by, customerID)
		if err != nil {
			return err
		}
		if len(services) == 0 {
			return model.Fail(model.Invalid, "A customer uses at least one Knox service.")
		}
		old, err := servicesOf(a.tx, customerID)
		if err != nil {
			return err
		}
		wanted := map[model.Service]bool{}
		for _, s := range services {
			wanted[s.Service] = true
			if err := a.addServices(customerID, []model.Service{s.Service}); err != nil {
				return err
			}
			if err := a.setAutoApprove(customerID, s); err != nil {
				return err
			}
		}
		for _, s := range old {
			if wanted[s.Service] {
				continue
			}
			if err := a.remove(serviceKey(customerID, s.Service)); err != nil {
				return err
			}
		}
		a.makes(ofServices, customerID)
		a.change |= ManagementsChanged | UploadsChanged
		a.text = model.Say("Knox services of {{.Customer}} changed.", "Customer", customer.CompanyName)
		return nil
	})
}

func (a *act) setAutoApprove(customerID int64, s model.PortalService) error {
	auto := flag(s.AutoApprove)
	return a.update(serviceKey(customerID, s.Service), &customerServiceFields{AutoApprove: &auto})
}

// portalOf finds the customer whose portal by opens: itself, the MSP that manages it, or a reseller that has it on its page.
func (a *act) portalOf(by model.View, customerID int64) (account, error) {
	customer, err := accountOfKind(a.tx, customerID, model.Customer)
	if err != nil {
		return customer, err
	}
	a.party, a.customer = customerID, customerID
	a.buildsOn(ofAccount, customerID)
	switch by.Portal {
	case model.MSPPortal:
		_, err = a.managementOf(by.Account, customerID)
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
	var services []model.PortalService
	err := db.Raw(`SELECT s.service, s.auto_approve,
		(SELECT count(*) FROM uploads u JOIN approvals p ON p.upload_id = u.id AND p.service = s.service
			WHERE u.target_id = s.customer_id AND u.devices > 0 AND p.approved_at IS NULL) AS waiting
		FROM customer_services s WHERE s.customer_id = ?`, customerID).Scan(&services).Error
	slices.SortFunc(services, func(x, y model.PortalService) int {
		return slices.Index(model.Services, x.Service) - slices.Index(model.Services, y.Service)
	})
	return services, err
}

// Approve approves uploads in the portal of one Knox service of the customer (domain §4). A reseller can do so for its own
// uploads only (V12). Errors: Invalid, NotFound when one is not in that portal, Refused when one is approved there already.
func (d Portal) Approve(ctx context.Context, by model.View, customerID int64, service model.Service, uploadIDs []int64) (model.Done,
	error) {
	return d.desk.act(ctx, model.PortalApproved, by, func(a *act) error {
		if _, err := a.portalOf(by, customerID); err != nil {
			return err
		}
		uploads, err := uploadsOf(a.tx, uploadIDs)
		if err != nil {
			return err
		}
		for _, u := range uploads {
			if u.TargetID != customerID || by.Portal == model.ResellerPortal && (u.ResellerID != by.Account || u.Kind == model.MovedUpload) {
				return model.Fail(model.NotFound, "The upload {{.Upload}} is not in this portal.", "Upload", u.UUID)
			}
			if err := a.approveService(u, service); err != nil {
				return err
			}
			a.devices += u.Devices
		}
		a.noteUploads(uploads, by)
		a.change |= UploadsChanged | DevicesChanged | ManagementsChanged
		a.text = model.Say("Uploads approved in {{.Service}}: {{.Uploads}}.", "Service", service.String(), "Uploads", len(uploads))
		return nil
	})
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
