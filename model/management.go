package model

import (
	"slices"
	"time"
)

// Service is a Knox service with a customer portal of its own (domain §4).
type Service string

// The Knox services.
const (
	KnoxMobileEnrollment  Service = "KME"
	KnoxConfigure         Service = "KC"
	KnoxManage            Service = "KM"
	KnoxGuard             Service = "KG"
	KnoxEFOTA             Service = "E-FOTA"
	KnoxAssetIntelligence Service = "KAI"
)

// Services lists the Knox services in their order on screen.
var Services = []Service{KnoxMobileEnrollment, KnoxConfigure, KnoxManage, KnoxGuard, KnoxEFOTA, KnoxAssetIntelligence}

// String is the service's full name.
func (s Service) String() string {
	switch s {
	case KnoxMobileEnrollment:
		return "Knox Mobile Enrollment"
	case KnoxConfigure:
		return "Knox Configure"
	case KnoxManage:
		return "Knox Manage"
	case KnoxGuard:
		return "Knox Guard"
	case KnoxEFOTA:
		return "Knox E-FOTA"
	case KnoxAssetIntelligence:
		return "Knox Asset Intelligence"
	}
	return string(s)
}

// ApprovesMovedAtOnce reports whether moved uploads need no approval there, unless a setting says so (domain §4).
func (s Service) ApprovesMovedAtOnce() bool { return s == KnoxMobileEnrollment || s == KnoxConfigure }

// ManagementType says how an MSP manages a customer (domain §4).
type ManagementType string

// The management types.
const (
	FullyManaged   ManagementType = "full"
	JointlyManaged ManagementType = "joint"
)

// String is the field's word for the type.
func (t ManagementType) String() string {
	if t == FullyManaged {
		return "Fully managed"
	}
	return "Jointly managed"
}

// ManagementStatus is where an MSP's request to a customer stands (domain §4).
type ManagementStatus string

// The management statuses. A delinked customer has no management any more.
const (
	PendingManagement  ManagementStatus = "pending"
	ActiveManagement   ManagementStatus = "active"
	RejectedManagement ManagementStatus = "rejected"
	DelinkRequested    ManagementStatus = "delink"
)

// ManagementStatuses lists the statuses in their order on screen.
var ManagementStatuses = []ManagementStatus{PendingManagement, ActiveManagement, RejectedManagement, DelinkRequested}

// String is the field's word for the status.
func (s ManagementStatus) String() string {
	switch s {
	case PendingManagement:
		return "Pending"
	case ActiveManagement:
		return "Active"
	case RejectedManagement:
		return "Rejected"
	}
	return "Delink request by MSP"
}

// Management is one line of an MSP's Customers page.
type Management struct {
	ID               int64
	MSPID            int64
	CustomerID       int64 // account id
	CompanyName      string
	KnoxID           string
	Country          string
	Type             ManagementType
	Status           ManagementStatus
	Services         []Service // of the customer
	RequestedAt      time.Time
	Uploads, Devices int // that were moved there by the MSP
	Unapproved       int // of these devices those that the customer has not approved: Pending for their resellers after a delink
}

// CanMove is nil if devices may be moved to the customer: its management is Active (domain §4).
func (m Management) CanMove() error {
	if m.Status != ActiveManagement {
		return Fail(Refused, "{{.Customer}} is not active: devices can be moved to active customers only.", "Customer", m.CompanyName)
	}
	return nil
}

// CanAnswer is nil if the customer's answer to the request to add is due.
func (m Management) CanAnswer() error {
	if m.Status != PendingManagement {
		return Fail(Refused, "{{.Customer}} has answered the request already.", "Customer", m.CompanyName)
	}
	return nil
}

// CanSwitchTo is nil if the management may become t: fully to jointly while it is Pending or Active, jointly to fully never (domain §4).
func (m Management) CanSwitchTo(t ManagementType) error {
	switch {
	case t == m.Type:
		return Fail(Refused, "{{.Customer}} has this management type already.", "Customer", m.CompanyName)
	case t == FullyManaged:
		return Fail(Refused, "{{.Customer}} is jointly managed and cannot become fully managed: delink the customer and add it again.",
			"Customer", m.CompanyName)
	case m.Status != ActiveManagement && m.Status != PendingManagement:
		return Fail(Refused, "{{.Customer}} is not active.", "Customer", m.CompanyName)
	}
	return nil
}

// CanDecide is nil if the MSP may decide in the customer's portal: services, preferences, approvals (domain §4).
func (m Management) CanDecide() error {
	if m.Status != ActiveManagement {
		return Fail(Refused, "{{.Customer}} is not active: only an active customer lets its MSP decide in its portal.", "Customer", m.CompanyName)
	}
	return nil
}

// CanApproveDirect is nil if the MSP may approve what resellers upload to the customer itself (domain §4).
func (m Management) CanApproveDirect() error {
	if err := m.CanDecide(); err != nil {
		return err
	}
	if m.Type != FullyManaged {
		return Fail(Refused, "{{.Customer}} is jointly managed: it approves the uploads of resellers itself.", "Customer", m.CompanyName)
	}
	return nil
}

// CanDelink is nil if the MSP may ask to delink: only an active, jointly managed customer (domain §4, V8).
func (m Management) CanDelink() error {
	switch {
	case m.Type == FullyManaged:
		return Fail(Refused, "{{.Customer}} is fully managed: switch to jointly managed first, then delink.", "Customer", m.CompanyName)
	case m.Status != ActiveManagement:
		return Fail(Refused, "{{.Customer}} is not active.", "Customer", m.CompanyName)
	}
	return nil
}

// CanAnswerDelink is nil if the customer's answer to a delink request is due.
func (m Management) CanAnswerDelink() error {
	if m.Status != DelinkRequested {
		return Fail(Refused, "There is no delink request for {{.Customer}}.", "Customer", m.CompanyName)
	}
	return nil
}

// PortalService is a Knox service that a customer uses.
type PortalService struct {
	Service Service
	Trusted []int64 // the resellers whose uploads it approves by itself, by account id
	Waiting int     // uploads that wait for approval there
}

// Trusts tells whether the service approves the reseller's uploads by itself.
func (s PortalService) Trusts(reseller int64) bool { return slices.Contains(s.Trusted, reseller) }

// ServicesChange is the list of Knox services that a customer uses from now on, and what becomes of the uploads that wait in those which
// it does not use any more: without an answer the change is refused where some wait (domain §4).
type ServicesChange struct {
	Services []Service
	Approve  bool    // they are approved there
	WaitIn   Service // or they wait in this one, unless they wait or are approved in another one already
}
