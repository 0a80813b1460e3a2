package model

import "time"

// Identifiers are what names one device: up to two IMEIs, a MEID and a serial number, normalised; at least one is set.
type Identifiers struct {
	IMEI1, IMEI2 string
	MEID         string // 14 hexadecimal capitals
	Serial       string
}

// Empty reports that no identifier is set.
func (i Identifiers) Empty() bool { return i == Identifiers{} }

// First is the identifier that stands for the device in lists and portal files: IMEI, else MEID, else serial number.
func (i Identifiers) First() string {
	for _, s := range [...]string{i.IMEI1, i.IMEI2, i.MEID} {
		if s != "" {
			return s
		}
	}
	return i.Serial
}

// NewDevice is a device as a list brings it. OrderNumber is empty where the upload's own holds.
type NewDevice struct {
	Identifiers
	Model       string
	OrderNumber string
}

// DeviceStatus is the STATUS of a device (domain §3).
type DeviceStatus string

// The statuses of a device.
const (
	PendingDevice  DeviceStatus = "pending"
	VerifiedDevice DeviceStatus = "verified"
	MPTSError      DeviceStatus = "mpts error"
	Exchanging     DeviceStatus = "exchanging" // it came in another's place, which the online portal has not confirmed
)

// DeviceStatuses lists the statuses in their order on screen.
var DeviceStatuses = []DeviceStatus{PendingDevice, VerifiedDevice, MPTSError, Exchanging}

// String is the field's word for the status.
func (s DeviceStatus) String() string {
	switch s {
	case VerifiedDevice:
		return "Verified"
	case MPTSError:
		return "MPTS error"
	case Exchanging:
		return "Exchanging"
	}
	return "Pending"
}

// Device is one line of a Devices page, as its viewer sees it.
type Device struct {
	ID int64
	Identifiers
	Model       string
	OrderNumber string
	Status      DeviceStatus
	Failure     string    // the portal's reason when MPTS error
	UploadID    int64     // the upload that the viewer sees it under
	UploadUUID  string    // and its UPLOAD ID
	UploadedAt  time.Time // of that upload
	Tags        []string  // of that upload
	ResellerID  int64
	Reseller    string // company name
	CustomerID  int64  // who has it for the viewer: target of the upload; for an MSP the customer it was moved to, 0 if none
	Customer    string // and its company name

	CustomerApproved bool // for an MSP: the customer approved it in a portal of its own
}

// Registered says where a living device with an identifier stands: what "already registered" tells (domain §3).
type Registered struct {
	Identifier string // the one that is taken
	Device     Identifiers
	DeviceID   int64
	UploadID   int64
	UploadUUID string
	UploadedAt time.Time
	ResellerID int64
	Reseller   string
	CustomerID int64 // target of the reseller's upload
	Customer   string
}

// Naming is r with the one of the identifiers of a line that the device has, IMEIs over both columns together.
func (r Registered) Naming(line Identifiers) Registered {
	for _, pair := range [...][2]string{{line.IMEI1, r.Device.IMEI1}, {line.IMEI1, r.Device.IMEI2}, {line.IMEI2, r.Device.IMEI1},
		{line.IMEI2, r.Device.IMEI2}, {line.MEID, r.Device.MEID}, {line.Serial, r.Device.Serial}} {
		if pair[0] != "" && pair[0] == pair[1] {
			r.Identifier = pair[0]
			break
		}
	}
	return r
}

// Text tells the clerk of reseller viewer who has the device, without showing another reseller's customer (V12).
func (r Registered) Text(viewer, target int64) Text {
	date := Moment{At: r.UploadedAt, Day: true}
	switch {
	case r.ResellerID != viewer:
		return Say("{{.Identifier}} is registered by another reseller.", "Identifier", r.Identifier)
	case r.CustomerID == target:
		return Say("{{.Identifier}}: uploaded by the same reseller to the same customer, {{.Customer}}, on {{.Date}} (upload {{.Upload}}).",
			"Identifier", r.Identifier, "Customer", r.Customer, "Date", date, "Upload", r.UploadUUID)
	}
	return Say("{{.Identifier}}: uploaded by the same reseller to a different customer, {{.Customer}}, on {{.Date}} (upload {{.Upload}}).",
		"Identifier", r.Identifier, "Customer", r.Customer, "Date", date, "Upload", r.UploadUUID)
}
