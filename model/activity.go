package model

import "time"

// Event is what an act did: the EVENT column of the activity log (domain §6).
type Event string

// The events.
const (
	AccountAdded       Event = "account added"
	AccountEdited      Event = "account edited"
	AccountsImported   Event = "accounts imported"
	CustomerAdded      Event = "customer added"
	CustomerEdited     Event = "customer edited"
	CustomerRemovedUs  Event = "customer removed reseller"
	DevicesUploaded    Event = "devices uploaded"
	DevicesDeleted     Event = "devices deleted"
	DevicesMoved       Event = "devices moved"
	UploadApproved     Event = "upload approved"
	ResellerRegistered Event = "reseller registered"
	PreferencesChanged Event = "preferences changed"
	ResellerRemoved    Event = "reseller removed"
	CustomerRequested  Event = "customer requested"
	CustomerAnswered   Event = "customer answered"
	ManagementChanged  Event = "management changed"
	DelinkAsked        Event = "delink requested"
	CustomerDelinked   Event = "customer delinked"
	DelinkRejected     Event = "delink rejected"
	ServicesChanged    Event = "services changed"
	PortalApproved     Event = "approved in customer portal"
	FailuresReported   Event = "portal errors reported"
	DevicesExchanged   Event = "devices exchanged"
	DevicesReturned    Event = "devices returned"
	DevicesReassigned  Event = "customer of devices changed"
	CarriedToPortal    Event = "portal files saved"
	ConfirmedAtPortal  Event = "confirmed at the portal"
	PortalTakenOver    Event = "taken over from the portal"
	CustomerCameBack   Event = "customer registered reseller again"
	OrdersAdded        Event = "orders added"
	OrderEdited        Event = "order changed"
	OrdersRemoved      Event = "orders removed"
	Undone             Event = "undone"
)

// Events lists all events in their order on screen.
var Events = []Event{DevicesUploaded, UploadApproved, DevicesMoved, DevicesDeleted, PortalApproved, FailuresReported,
	DevicesReassigned, DevicesExchanged, DevicesReturned, CarriedToPortal, ConfirmedAtPortal, PortalTakenOver,
	CustomerAdded, CustomerEdited, CustomerRemovedUs, CustomerCameBack, ResellerRegistered, PreferencesChanged, ResellerRemoved,
	CustomerRequested, CustomerAnswered, ManagementChanged, DelinkAsked, CustomerDelinked, DelinkRejected, ServicesChanged,
	AccountAdded, AccountEdited, AccountsImported, OrdersAdded, OrderEdited, OrdersRemoved, Undone}

// String is the event with a capital, as the log shows it.
func (e Event) String() string {
	if e == "" {
		return ""
	}
	return string(e[0]-'a'+'A') + string(e[1:])
}

// ActStatus is the STATUS of an activity.
type ActStatus string

// The statuses of an activity.
const (
	ActDone   ActStatus = "done"
	ActUndone ActStatus = "undone"
)

// String is the word for the status.
func (s ActStatus) String() string {
	if s == ActUndone {
		return "Undone"
	}
	return "Completed"
}

// Activity is one line of the activity log: one act (domain §6).
type Activity struct {
	ID             int64
	At             time.Time
	Event          Event
	Portal         Portal // where it was performed; empty for the directory
	PerformedBy    string // the person; the company in entries of before persons were kept
	ActingAs       string // company name of the account that the person acted for
	PartyID        int64
	Party          string // the other side: the reseller for an MSP's act, the MSP or customer for a reseller's
	CustomerID     int64
	Customer       string
	CustomerKnoxID string
	Devices        int
	Status         ActStatus
	Detail         Text
	UploadID       int64       // the upload it was about; 0 if none or several
	UploadUUID     string      // its UPLOAD ID
	PortalState    PortalState // of a deletion or an exchange
}

// Done is what an act reports to whoever asked for it.
type Done struct {
	ActivityID int64
	Event      Event
	Devices    int
	Text       Text // one sentence for the message after the act
	Parts      []Part
}

// Part is one of the customers or MSPs that an act was on, with its devices.
type Part struct {
	AccountID           int64
	CompanyName, KnoxID string
	Devices             int
	Files               []string `gorm:"-"` // the names of the portal files that were saved of them
}
