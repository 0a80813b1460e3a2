package data

// The register is a desk with drawers, one for each noun: a page asks for those that it needs. What they share stands in the desk: the
// acts (act), the reading (reading), the signals of changes. A drawer is small and is passed by value.

// Accounts is the drawer of the directory: every organisation with a Knox ID (domain §1).
type Accounts struct{ desk *Register }

// Customers is the drawer of the resellers' Customers pages (domain §3).
type Customers struct{ desk *Register }

// Resellers is the drawer of the MSPs' Resellers pages: whom an MSP has registered, and with which preferences (domain §4).
type Resellers struct{ desk *Register }

// Managements is the drawer of the MSPs' Customers pages: whom an MSP manages, and how (domain §4).
type Managements struct{ desk *Register }

// Uploads is the drawer of uploads: by resellers, and by MSPs that move devices.
type Uploads struct{ desk *Register }

// Devices is the drawer of devices, living and deleted.
type Devices struct{ desk *Register }

// Portal is the drawer of the customers' portals, one for each Knox service (domain §4).
type Portal struct{ desk *Register }

// Activity is the drawer of the activity log and of undoing (domain §6).
type Activity struct{ desk *Register }

// Settings is the drawer of what is set for the register and not for a desk.
type Settings struct{ desk *Register }

// Safe is the drawer of backups and of the checks whether the register is whole.
type Safe struct{ desk *Register }

// Accounts is the drawer of the directory.
func (r *Register) Accounts() Accounts { return Accounts{r} }

// Customers is the drawer of the resellers' Customers pages.
func (r *Register) Customers() Customers { return Customers{r} }

// Resellers is the drawer of the MSPs' Resellers pages.
func (r *Register) Resellers() Resellers { return Resellers{r} }

// Managements is the drawer of the MSPs' Customers pages.
func (r *Register) Managements() Managements { return Managements{r} }

// Uploads is the drawer of uploads.
func (r *Register) Uploads() Uploads { return Uploads{r} }

// Devices is the drawer of devices.
func (r *Register) Devices() Devices { return Devices{r} }

// Portal is the drawer of the customers' portals.
func (r *Register) Portal() Portal { return Portal{r} }

// Activity is the drawer of the activity log.
func (r *Register) Activity() Activity { return Activity{r} }

// Settings is the drawer of settings.
func (r *Register) Settings() Settings { return Settings{r} }

// Safe is the drawer of backups and checks.
func (r *Register) Safe() Safe { return Safe{r} }
