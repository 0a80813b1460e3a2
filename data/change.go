package data

// Change is the set of what an act touched, so that a page knows whether to read again.
type Change uint16

// What an act may touch, and what else pages hear of.
const (
	AccountsChanged Change = 1 << iota
	CustomersChanged
	RegistrationsChanged
	ManagementsChanged
	UploadsChanged
	DevicesChanged
	ActivityChanged
	SettingsChanged
	DamageFound // by whatever looked at the register: Damage says what
	OrdersChanged
	LogBroken    // what is in the register is not what its acts left: Safe.LastLogCheck says where
	ReachChanged // a shared register was lost or is back: Away says which
)

// Touches reports whether c and other have something in common.
func (c Change) Touches(other Change) bool { return c&other != 0 }

// OnChange has f called after every act, on the goroutine that acted and after the commit, and when damage is found, on the goroutine
// that found it.
// cancel ends it. Safe on any goroutine.
func (r *Register) OnChange(f func(Change)) (cancel func()) { return r.listeners.Add(f) }
