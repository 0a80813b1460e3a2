package model

import "slices"

// Role is what a person may do in a shared register: the server holds everybody to it, and pages say so beforehand. "" is the desk of a
// register that nobody shares: it may do everything.
type Role string

// The roles of a shared register, each of which may do what the one before it may.
const (
	RegisterReader Role = "reader"
	Clerk          Role = "clerk"
	Approver       Role = "approver"
	Administrator  Role = "administrator"
)

// Roles lists them from the one that may least.
var Roles = []Role{RegisterReader, Clerk, Approver, Administrator}

// String is the word for the role.
func (r Role) String() string {
	switch r {
	case RegisterReader:
		return "Reader"
	case Clerk:
		return "Clerk"
	case Approver:
		return "Approver"
	case Administrator:
		return "Administrator"
	}
	return ""
}

// forApprovers are the acts that clerks do not do: they approve or decide what approves itself, and take devices away for good.
var forApprovers = []Event{UploadApproved, PortalApproved, DevicesDeleted, DevicesReturned, ResellerRegistered, ResellerRemoved,
	PreferencesChanged, ServicesChanged, CustomerDelinked, PortalTakenOver}

// May is nil if the role allows acts with the event, else why not: Refused. Undoing an act takes the right to do it. The server's function
// takes_approver says the same.
func (r Role) May(e Event) error {
	switch {
	case r == RegisterReader:
		return ReadsOnly()
	case r == Clerk && slices.Contains(forApprovers, e):
		return Fail(Refused, "As a clerk you may not do this: it is for approvers and administrators.")
	}
	return nil
}

// MaySet is nil if the role may change how the register approves and writes, else why not: Refused.
func (r Role) MaySet() error {
	switch r {
	case RegisterReader:
		return ReadsOnly()
	case Clerk, Approver:
		return Fail(Refused, "This is set by an administrator of the register.")
	}
	return nil
}

// ReadsOnly is why a reader does nothing.
func ReadsOnly() *Error {
	return Fail(Refused, "As a reader you may look at everything in this register, and change nothing.")
}
