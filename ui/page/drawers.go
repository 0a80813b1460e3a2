package page

import "consign/data"

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
	Settings() data.Settings
	Safe() data.Safe
	// Path tells the register from others: what a page keeps of it on this computer is kept under it.
	Path() string
	// Damage is what was found damaged since the register is open, or nil.
	Damage() error
	// OnChange has f called on any goroutine after every act, until cancel is called.
	OnChange(f func(data.Change)) (cancel func())
}
