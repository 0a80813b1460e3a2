package model

import "time"

// PortalUpload is a line of a portal's own export of its uploads.
type PortalUpload struct {
	Line            int // of the file
	UUID            string
	OrderNumber     string
	Customer        string       // as it stands there: company name, internal reference or Knox ID
	Total, Verified int          // TOTAL DEVICES and VERIFIED DEVICES, -1 where the export says none
	Uploaded        time.Time    // a day, zero if unknown
	Status          UploadStatus // "" where the export says none that is known
}

// ComparedUpload is an upload that the register and the portal's export do not have alike.
type ComparedUpload struct {
	At    int64 // among the differences, from 1
	Kind  Difference
	Here  Upload // without an ID where the register has none
	There PortalUpload
}

// PortalCustomer is a line of the CSV of customers that a portal saves.
type PortalCustomer struct {
	Line             int // of the file
	KnoxID           string
	Name             string // Company Name / Internal Reference: the one, the other, or both
	Reference        string // where it has a column of its own
	Uploads, Devices int    // -1 where the file says none
	Status           CustomerStatus
}

// ComparedCustomer is a customer that the Customers page and the portal's CSV do not have alike.
type ComparedCustomer struct {
	At    int64 // among the differences, from 1
	Kind  Difference
	Here  ResellerCustomer // without an ID where the page has none
	There PortalCustomer
}

// UploadDifferences and CustomerDifferences list what may differ of uploads and of customers, in the order on screen.
var (
	UploadDifferences   = []Difference{OnlyHere, OnlyThere, OtherCustomer, OtherOrderNumber, OtherDevices, OtherStatus}
	CustomerDifferences = []Difference{OnlyHere, OnlyThere, OtherName, OtherDevices, OtherStatus}
)

// CanTakeOver is nil if the register can be made to say what the portal says of the customer, else why not.
func (c ComparedCustomer) CanTakeOver() error {
	switch {
	case c.Kind == OnlyHere:
		return Fail(Refused, "It is only here: add it at the portal.")
	case c.Kind == OnlyThere && c.There.KnoxID == "":
		return Fail(Refused, "The file says no ID for it.")
	case c.Kind == OtherName && c.Here.Ours:
		return Fail(Refused, "It is ours: change its name in the directory.")
	case c.Kind == OtherDevices:
		return Fail(Refused, "What differs in devices and uploads is settled with the portal's exports of these.")
	case c.Kind == OtherStatus && c.There.Status == InactiveCustomer:
		return c.Here.CanRemoveUs()
	case c.Kind == OtherStatus && c.Here.Status == InactiveCustomer:
		return c.Here.CanComeBack()
	case c.Kind == OtherStatus:
		return Fail(Refused, "Pending and Active follow from approvals: approve its uploads.")
	}
	return nil
}
