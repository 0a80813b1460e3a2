package page

import (
	"consign/data"
	"consign/model"
)

// Drawers are the open register as pages see it. A page takes the drawers that it needs and hands on only these: it cannot close the
// register, and what stands behind the drawers is none of its business.
type Drawers interface {
	Accounts() data.Accounts
	Customers() data.Customers
	Resellers() data.Resellers
	Managements() data.Managements
	Uploads() data.Uploads
	Devices() data.Devices
	Portal() data.Portal
	Activity() data.Activity
	Carrying() data.Carrying
	Orders() data.Orders
	Settings() data.Settings
	Safe() data.Safe
	// May is nil if the person at the desk may do acts with the event, else why not.
	May(model.Event) error
	// Role is what the server of a shared register lets the person do; "" for a register in a file.
	Role() model.Role
	// IsNamed reports whether the server says who sits at the desk.
	IsNamed() bool
	// Away is nil while the register is reached, else why acts are refused.
	Away() error
	// Person is who sits at the desk.
	Person() string
	// SetPerson says who sits at the desk from now on.
	SetPerson(name string)
	// OnChange has f called after every act, on the goroutine that acted; cancel ends it.
	OnChange(f func(data.Change)) (cancel func())
	// Path tells the register from others: what a page keeps of it on this computer is kept under it.
	Path() string
	// Damage is what was found damaged since the register is open, or nil.
	Damage() error
}
