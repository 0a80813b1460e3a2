package model

// Sought is what the register knows of a device on a list that somebody looks up (domain §7, By list).
type Sought uint8

// What may be known.
const (
	SoughtNowhere   Sought = iota // no living device has the identifiers
	SoughtFound                   // among the devices of who looks
	SoughtThere                   // likewise, and at the customer that the list is for
	SoughtElsewhere               // registered, but not among the devices of who looks
	SoughtTwice                   // named by an earlier line of the list
	SoughtUnread                  // the line names no device
)

// SoughtKinds lists them in their order on screen.
var SoughtKinds = []Sought{SoughtFound, SoughtThere, SoughtElsewhere, SoughtNowhere, SoughtTwice, SoughtUnread}

// String is the word for it.
func (s Sought) String() string {
	switch s {
	case SoughtFound:
		return "found"
	case SoughtThere:
		return "already there"
	case SoughtElsewhere:
		return "at another party"
	case SoughtTwice:
		return "twice in the list"
	case SoughtUnread:
		return "not read"
	}
	return "not found"
}
