package model

import "time"

// Difference is how a device of the register stands to what a portal's own export says of it (domain §7, Compare).
type Difference uint8

// The differences. A device that differs in several is told by the first of them.
const (
	Same Difference = iota
	OnlyHere
	OnlyThere
	OtherCustomer
	OtherStatus
	OtherOrderNumber
	OtherDevices // of uploads and customers: another number of them
	OtherName    // of customers: another company name or internal reference
)

// Differences lists those of devices but Same in their order on screen.
var Differences = []Difference{OnlyHere, OnlyThere, OtherCustomer, OtherStatus, OtherOrderNumber}

// String is the word for the difference.
func (d Difference) String() string {
	return [...]string{"same", "only here", "only there", "other customer", "other status", "other order number",
		"other number of devices", "other name"}[d]
}

// PortalLine is a line of a portal's own export of its devices.
type PortalLine struct {
	Line int // of the file
	Identifiers
	Model       string
	OrderNumber string
	Customer    string       // as it stands there: company name, internal reference or Knox ID
	Status      DeviceStatus // "" where the export says none that is known
	Uploaded    time.Time    // a day, zero if unknown
}

// PortalColumns are what an export says of devices at all: what it does not say is not compared.
type PortalColumns struct {
	Customer, Status, OrderNumber bool
}

// Compared is a device that the register and the portal's export do not have alike.
type Compared struct {
	At   int64 // among the differences, from 1
	Kind Difference
	Here Device     // as the viewer sees it, without an ID where it does not
	Line PortalLine // of the export, Line 0 where it has none
	// Taken tells that another party has the device in the register.
	Taken bool
}
