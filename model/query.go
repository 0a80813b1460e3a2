package model

import "time"

// Sort is one key of an order: a column of the page and its direction.
type Sort struct {
	Column     string
	Descending bool
}

// DeviceQuery asks for the devices that a View sees; empty fields do not narrow.
type DeviceQuery struct {
	View        View
	Search      string // any part of an identifier; the whole one is found at once
	Upload      int64  // upload id, as the viewer sees it
	Reseller    int64  // account id
	Customer    int64  // account id of Device.CustomerID; NoCustomer for those without
	Status      DeviceStatus
	OrderNumber string
	Model       string // NoModel for those without
	Tag         string
	From, To    time.Time // of UploadedAt, From inclusive, To exclusive
	Sort        []Sort    // then by id; empty values come last. Without any the newest come first
	OldestFirst bool      // without any they come as they were listed
}

// NoCustomer asks for the devices that an MSP has not moved to a customer.
const NoCustomer int64 = -1

// NoModel asks for the devices whose model is not known. No model has this name.
const NoModel = "\x00"

// The columns by which one can sort; each page has some of them.
const (
	ByIMEI        = "imei"
	ByIMEI2       = "imei2"
	ByMEID        = "meid"
	BySerial      = "serial"
	ByModel       = "model"
	ByOrderNumber = "order"
	ByUploaded    = "uploaded"
	ByCustomer    = "customer"
	ByReseller    = "reseller"
	ByStatus      = "status"
	ByTags        = "tags"
	ByUpload      = "upload"
	ByFailure     = "failure"

	ByPerformer    = "by" // UPLOADED BY, PERFORMED BY
	ByActing       = "acting"
	ByPortal       = "portal"
	ByApproval     = "approval"
	ByDevices      = "devices"
	ByVerified     = "verified"
	ByCompany      = "company"
	ByReference    = "reference"
	ByID           = "id" // Knox ID
	ByCountry      = "country"
	ByKind         = "kind"
	ByOurs         = "ours"
	ByLastUploaded = "last"
	ByUploads      = "uploads"
	ByAdded        = "added"
	ByAutoApprove  = "auto"
	ByRegistered   = "registered"
	ByWaiting      = "waiting"
	ByType         = "type"
	ByServices     = "services"
	ByRequested    = "requested"

	ByDate       = "date"
	ByEvent      = "event"
	ByParty      = "party"
	ByCustomerID = "customerid"
)

// DeviceSelection names the devices of an act without listing them all: those of IDs or, with All,
// everything that Query finds but IDs.
type DeviceSelection struct {
	Query DeviceQuery
	All   bool
	IDs   []int64
	// Count is how many devices they were when the user decided: with All, an act is refused when they are not so many any more.
	// 0 is for whatever they are.
	Count int
}

// UploadQuery asks for the uploads that a View sees; empty fields do not narrow.
// A View of the customer portal sees uploads per Service.
type UploadQuery struct {
	View     View
	Search   string // part of the UPLOAD ID, order number, company name or a tag
	Reseller int64
	Target   int64 // account id of customer or MSP
	Service  Service
	Status   UploadStatus
	Waiting  bool   // only those that wait for approval
	Person   string // who uploaded
	// PortalState narrows to how far they have been carried to the online portal.
	PortalState PortalState
	Tag         string
	From, To    time.Time
	Sort        []Sort
}

// CustomerQuery asks for a reseller's Customers page.
type CustomerQuery struct {
	Reseller int64
	Search   string // part of company name, internal reference or ID
	Status   CustomerStatus
	Country  string
	Kind     AccountKind
	Sort     []Sort
}

// RegistrationQuery asks for an MSP's Resellers page.
type RegistrationQuery struct {
	MSP    int64
	Search string
	Sort   []Sort
}

// ManagementQuery asks for an MSP's Customers page.
type ManagementQuery struct {
	MSP    int64
	Search string
	Status ManagementStatus
	Type   ManagementType
	Sort   []Sort
}

// AccountQuery asks for the directory.
type AccountQuery struct {
	Search string
	Kind   AccountKind
	Ours   bool // only ours
	Sort   []Sort
}

// ActivityQuery asks for the activity log; empty fields do not narrow.
type ActivityQuery struct {
	Search string
	Party  int64 // account id of whoever took part
	Event  Event
	Person string // who performed it
	// PortalState narrows to deletions and exchanges, by how far they have been carried to the online portal.
	PortalState PortalState
	Upload      int64
	From, To    time.Time
	Sort        []Sort
}
