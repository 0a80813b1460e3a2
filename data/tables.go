package data

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"

	"consign/model"
)

// The rows of the small tables, one struct for each (migrations/ says what they are for). GORM reads and writes single rows with them;
// thousands of rows go through set-based SQL. In the steps of undoing (undosteps.go) a row is JSON with the names of its columns.

// account is a row of the directory.
type account struct {
	ID          int64             `json:"id,omitempty"`
	Kind        model.AccountKind `json:"kind,omitempty"`
	KnoxID      string            `json:"knox_id,omitempty"`
	CompanyName string            `json:"company_name,omitempty"`
	Country     string            `json:"country,omitempty"`
	Ours        flag              `json:"ours,omitempty"`
	CreatedAt   int64             `json:"created_at,omitempty" gorm:"autoCreateTime:false"`
}

// accountFields are the fields of an account that an act changes; nil leaves one as it is.
type accountFields struct {
	CompanyName *string `json:"company_name,omitempty"`
	Country     *string `json:"country,omitempty"`
	Ours        *flag   `json:"ours,omitempty"`
}

// customer is a line of a reseller's Customers page.
type customer struct {
	ID                int64                `json:"id,omitempty"`
	ResellerID        int64                `json:"reseller_id,omitempty"`
	AccountID         int64                `json:"account_id,omitempty"`
	InternalReference string               `json:"internal_reference,omitempty"`
	Status            model.CustomerStatus `json:"status,omitempty"`
	AddedAt           int64                `json:"added_at,omitempty"`
}

// customerFields are the fields of a customer that an act changes; nil leaves one as it is.
type customerFields struct {
	InternalReference *string               `json:"internal_reference,omitempty"`
	Status            *model.CustomerStatus `json:"status,omitempty"`
}

// registration is a line of an MSP's Resellers page.
type registration struct {
	ID           int64 `json:"id,omitempty"`
	MSPID        int64 `json:"msp_id,omitempty" gorm:"column:msp_id"`
	ResellerID   int64 `json:"reseller_id,omitempty"`
	AutoApprove  flag  `json:"auto_approve,omitempty"`
	RegisteredAt int64 `json:"registered_at,omitempty"`
}

// registrationFields are the fields of a registration that an act changes; nil leaves one as it is.
type registrationFields struct {
	AutoApprove *flag `json:"auto_approve,omitempty"`
}

// management is a line of an MSP's Customers page.
type management struct {
	ID          int64                  `json:"id,omitempty"`
	MSPID       int64                  `json:"msp_id,omitempty" gorm:"column:msp_id"`
	CustomerID  int64                  `json:"customer_id,omitempty"`
	Type        model.ManagementType   `json:"type,omitempty"`
	Status      model.ManagementStatus `json:"status,omitempty"`
	RequestedAt int64                  `json:"requested_at,omitempty"`
}

// managementFields are the fields of a management that an act changes; nil leaves one as it is.
type managementFields struct {
	Type        *model.ManagementType   `json:"type,omitempty"`
	Status      *model.ManagementStatus `json:"status,omitempty"`
	RequestedAt *int64                  `json:"requested_at,omitempty"`
}

// customerService is a Knox service that a customer uses.
type customerService struct {
	CustomerID  int64         `json:"customer_id,omitempty" gorm:"primaryKey;autoIncrement:false"`
	Service     model.Service `json:"service,omitempty" gorm:"primaryKey"`
	AutoApprove flag          `json:"auto_approve,omitempty"` // of registers before 0005: see preference
}

// customerServiceFields are the fields of a customer's service that an act changes; nil leaves one as it is.
type customerServiceFields struct {
	AutoApprove *flag `json:"auto_approve,omitempty"`
}

// preference says that a customer approves a reseller's uploads by itself in one of its Knox services (domain §4).
type preference struct {
	CustomerID int64         `json:"customer_id,omitempty" gorm:"primaryKey;autoIncrement:false"`
	ResellerID int64         `json:"reseller_id,omitempty" gorm:"primaryKey;autoIncrement:false"`
	Service    model.Service `json:"service,omitempty" gorm:"primaryKey"`
}

// TableName is the table of accounts.
func (account) TableName() string { return "accounts" }

// TableName is the table of customers.
func (customer) TableName() string { return "customers" }

// TableName is the table of registrations.
func (registration) TableName() string { return "registrations" }

// TableName is the table of managements.
func (management) TableName() string { return "managements" }

// TableName is the table of the services of customers.
func (customerService) TableName() string { return "customer_services" }

// TableName is the table of the customers' preferences.
func (preference) TableName() string { return "preferences" }

// TableName is the table of approvals.
func (approval) TableName() string { return "approvals" }

// activity is an entry of the activity log.
type activity struct {
	ID          int64
	At          int64
	Event       model.Event
	Portal      model.Portal
	PerformedBy optional // 0: the directory
	PartyID     optional
	CustomerID  optional
	UploadID    optional
	Devices     int
	Detail      model.Text `gorm:"serializer:json"`
	Undo        []step     `gorm:"serializer:json"` // nil: the act cannot be undone
	UndoneBy    optional
	Person      string
	ToCarry     flag // it took devices away that the online portal has
	CarriedBy   optional
	ConfirmedBy optional
}

// TableName is the table of the activity log.
func (activity) TableName() string { return "activity" }

// upload is a row of uploads.
type upload struct {
	ID          int64
	UUID        string
	Kind        model.UploadKind
	ResellerID  int64
	TargetID    int64
	MSPID       optional `gorm:"column:msp_id"`
	ActivityID  int64
	UploadedAt  int64
	OrderNumber string
	OrderDate   day
	SoldToCode  string
	Tags        []string `gorm:"serializer:json"`
	Uploaded    int
	Valid       int
	Invalid     int
	Duplicate   int
	Devices     int
	Failed      int
	Moved       int
	ApprovedAt  optional // 0 while it waits
	ApprovedBy  optional
	KCProfile   string `gorm:"column:kc_profile"`

	EnrollmentProfile string
	ToCarry           flag // the reseller's own, which the online portal does not have yet
	CarriedBy         optional
	ConfirmedBy       optional
}

// approval is the approval of an upload to a customer in one of its Knox services.
type approval struct {
	UploadID   int64         `json:"upload_id,omitempty" gorm:"primaryKey;autoIncrement:false"`
	Service    model.Service `json:"service,omitempty" gorm:"primaryKey"`
	ApprovedAt optional      `json:"approved_at,omitempty"` // 0 while it waits
	ApprovedBy optional      `json:"approved_by,omitempty"`
}

// uploadFailure is a line of an upload that gave no device.
type uploadFailure struct {
	ID       int64
	UploadID int64
	Line     int
	Value    string
	Reason   model.Text `gorm:"serializer:json"`
}

// setting is a setting of the register.
type setting struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

// waits narrows uploads or approvals to those that nobody approved yet.
func waits(db *gorm.DB) *gorm.DB { return db.Where("approved_at IS NULL") }

// living narrows uploads to those with living devices.
func living(db *gorm.DB) *gorm.DB { return db.Where("devices > 0") }

// withIDs narrows rows to those with the ids, which may be many.
func withIDs(ids []int64) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB { return db.Where("id IN (SELECT value FROM json_each(?))", idList(ids)) }
}

// optional is a whole number that is NULL in the table when it is 0: the id of what may be missing, the moment of what may not have
// happened yet.
type optional int64

// Value implements driver.Valuer.
func (o optional) Value() (driver.Value, error) {
	if o == 0 {
		return nil, nil
	}
	return int64(o), nil
}

// flag is a column of 0 and 1.
type flag bool

// Scan implements sql.Scanner.
func (f *flag) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*f = false
	case bool:
		*f = flag(v)
	case int64:
		*f = v != 0
	default:
		return fmt.Errorf("a flag is %T", value)
	}
	return nil
}

// UnmarshalJSON reads the steps of earlier programs too, which wrote 0 and 1.
func (f *flag) UnmarshalJSON(text []byte) error {
	on, err := strconv.ParseBool(string(text))
	*f = flag(on)
	return err
}

// day is a date, "" in the table when there is none.
type day struct{ time.Time }

// Value implements driver.Valuer.
func (d day) Value() (driver.Value, error) {
	if d.IsZero() {
		return "", nil
	}
	return d.Format(time.DateOnly), nil
}

// Scan implements sql.Scanner.
func (d *day) Scan(value any) (err error) {
	text, _ := value.(string)
	if text == "" {
		d.Time = time.Time{}
		return nil
	}
	d.Time, err = time.Parse(time.DateOnly, text)
	return err
}

// timeOf is a time as the register keeps it, in milliseconds; the zero time for 0, which stands for NULL.
func timeOf(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis)
}
