package model

import (
	"strings"
	"time"
)

// AccountKind tells what an organisation is (domain §1).
type AccountKind string

// The kinds of accounts.
const (
	Reseller AccountKind = "reseller"
	MSP      AccountKind = "msp"
	Customer AccountKind = "customer"
)

// AccountKinds lists the kinds in their order on screen.
var AccountKinds = []AccountKind{Reseller, MSP, Customer}

// String is the field's word for the kind.
func (k AccountKind) String() string {
	switch k {
	case Reseller:
		return "Reseller"
	case MSP:
		return "MSP"
	}
	return "Customer"
}

// IDName is what the Knox ID of such an account is called.
func (k AccountKind) IDName() string {
	switch k {
	case Reseller:
		return "Reseller ID"
	case MSP:
		return "MSP ID"
	}
	return "Knox Customer ID"
}

// Account is an organisation with a Knox ID in the directory.
type Account struct {
	ID          int64
	Kind        AccountKind
	KnoxID      string // digits, unique within the kind
	CompanyName string
	Country     string // ISO 3166-1 alpha-2, or empty
	Ours        bool   // this office acts for it
	CreatedAt   time.Time
}

// Check normalises the account's fields and returns an Invalid error for the first that breaks a rule.
func (a *Account) Check() error {
	id, _, err := ReadKnoxID(a.KnoxID)
	if err != nil {
		return err
	}
	a.KnoxID = id
	a.CompanyName = PlainText(a.CompanyName)
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	switch {
	case a.Kind != Reseller && a.Kind != MSP && a.Kind != Customer:
		return Fail(Invalid, "Choose whether this is a reseller, an MSP or a customer.")
	}
	if err := CheckCompanyName(a.CompanyName); err != nil {
		return err
	}
	return CheckCountry(a.Country)
}

// CheckCompanyName is nil for a name that is not empty.
func CheckCompanyName(name string) error {
	if PlainText(name) == "" {
		return Fail(Invalid, "Enter the company name.")
	}
	return nil
}

// CheckCountry is nil for no country and for a code of two letters (domain §1).
func CheckCountry(code string) error {
	if code = strings.TrimSpace(code); code != "" && len(code) != 2 {
		return Fail(Invalid, "Choose the country from the list.")
	}
	return nil
}

// Portal is one of the three places where a party looks at devices.
type Portal string

// The portals.
const (
	ResellerPortal Portal = "reseller"
	MSPPortal      Portal = "msp"
	CustomerPortal Portal = "customer"
)

// View says who looks: one account in its portal. Everything that is read is read through a View (domain §5).
type View struct {
	Portal  Portal
	Account int64 // id of the account
}

// As is the View of an account of the given kind.
func As(kind AccountKind, account int64) View {
	return View{Portal: Portal(kind), Account: account}
}

// CustomerStatus is the STATUS on a reseller's Customers page (domain §3).
type CustomerStatus string

// The statuses of a reseller's customer.
const (
	PendingVerification CustomerStatus = "pending"
	ActiveCustomer      CustomerStatus = "active"
	InactiveCustomer    CustomerStatus = "inactive"
)

// CustomerStatuses lists the statuses in their order on screen.
var CustomerStatuses = []CustomerStatus{PendingVerification, ActiveCustomer, InactiveCustomer}

// String is the field's word for the status.
func (s CustomerStatus) String() string {
	switch s {
	case ActiveCustomer:
		return "Active"
	case InactiveCustomer:
		return "Inactive"
	}
	return "Pending customer verification"
}

// ResellerCustomer is one line of a reseller's Customers page: a customer or an MSP.
type ResellerCustomer struct {
	ID                int64 // of the pair reseller and customer
	ResellerID        int64
	AccountID         int64
	Kind              AccountKind // MSP shows the MSP tag
	CompanyName       string
	InternalReference string
	KnoxID            string // the account's own
	ShownID           string // CUSTOMER ID/MSP ID: the MSP's if the customer is reached through it (domain §3)
	Country           string
	LastUploaded      time.Time // zero if never
	Uploads, Devices  int       // that the reseller sees there
	Status            CustomerStatus
	AddedAt           time.Time
	Ours              bool // this office acts for it, too
}

// CanRemoveUs is nil if it can be noted that the customer removed the reseller: once (domain §3).
func (c ResellerCustomer) CanRemoveUs() error {
	if c.Status == InactiveCustomer {
		return Fail(Refused, "{{.Company}} is inactive already.", "Company", c.CompanyName)
	}
	return nil
}

// CanComeBack is nil if it can be noted that the customer registered the reseller again; an MSP of ours does so on its own page.
func (c ResellerCustomer) CanComeBack() error {
	switch {
	case c.Status != InactiveCustomer:
		return Fail(Refused, "{{.Company}} did not remove us.", "Company", c.CompanyName)
	case c.Ours && c.Kind == MSP:
		return Fail(Refused, "{{.Company}} is ours: it registers the reseller on its own page.", "Company", c.CompanyName)
	}
	return nil
}

// Registration is one line of an MSP's Resellers page.
type Registration struct {
	ID               int64
	MSPID            int64
	ResellerID       int64
	CompanyName      string
	KnoxID           string
	Country          string
	AutoApprove      bool
	RegisteredAt     time.Time
	LastUploaded     time.Time // zero if never
	Uploads, Devices int       // that the MSP sees of it
	Waiting          int       // uploads that wait for approval
}
