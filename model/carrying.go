package model

// PortalState is the PORTAL column: how far an upload, a deletion or an exchange has been carried to the online portal (domain §3).
type PortalState string

// The portal states. What there is nothing to carry of, or what was done before this was kept, has none of them: "".
const (
	ToCarry   PortalState = "to carry"
	Carried   PortalState = "carried"   // its portal file was saved
	Confirmed PortalState = "confirmed" // an export of the portal showed it
)

// PortalStates lists the states in their order on screen.
var PortalStates = []PortalState{ToCarry, Carried, Confirmed}

// String is the field's word for the state.
func (s PortalState) String() string {
	switch s {
	case ToCarry:
		return "To carry"
	case Carried:
		return "Carried"
	case Confirmed:
		return "Confirmed"
	}
	return ""
}

// CarrySelection names what was carried to the portal or confirmed there: uploads, and the acts that deleted or exchanged devices.
type CarrySelection struct {
	Uploads []int64
	Acts    []int64
	Files   map[string][]string // the names of the portal files that carried it, by the Knox ID of the customer, for the log
}
