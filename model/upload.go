package model

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// UploadKind tells how devices came to their target.
type UploadKind string

// The kinds of uploads (domain §4 and §5).
const (
	DirectUpload  UploadKind = "direct"  // by a reseller, to a customer or an MSP
	MovedUpload   UploadKind = "moved"   // by an MSP, to one of its customers
	VirtualUpload UploadKind = "virtual" // a moved one after the MSP delinked the customer (V7)
)

// MovedByMSP is the tag of an upload that an MSP made by moving devices (domain §4).
const MovedByMSP = "Moved by MSP"

// UploadStatus is the STATUS of an upload: it speaks of its lines, and not of its approval (domain §3).
type UploadStatus string

// The statuses of an upload.
const (
	Completed          UploadStatus = "completed"
	CompletedWithError UploadStatus = "completed with error"
	UploadError        UploadStatus = "error"
)

// UploadStatuses lists the statuses in their order on screen.
var UploadStatuses = []UploadStatus{Completed, CompletedWithError, UploadError}

// String is the field's word for the status.
func (s UploadStatus) String() string {
	switch s {
	case Completed:
		return "Completed"
	case CompletedWithError:
		return "Completed with error"
	}
	return "Error"
}

// Upload is one line of an Uploads page, as its viewer sees it.
type Upload struct {
	ID           int64
	UUID         string // UPLOAD ID
	Kind         UploadKind
	ResellerID   int64 // whose devices they are
	ResellerName string
	TargetID     int64 // the customer or the MSP
	TargetName   string
	TargetKind   AccountKind
	TargetKnoxID string
	MSPID        int64 // who moved them; 0 for a direct upload
	MSPName      string
	UploadedBy   string // the person; the company for uploads of before persons were kept
	UploadedAt   time.Time
	OrderNumber  string
	OrderDate    time.Time // a day; zero if none
	SoldToCode   string
	Tags         []string
	Figures      Figures
	Devices      int // TOTAL DEVICES: living ones that the viewer sees under this upload
	Verified     int // VERIFIED DEVICES among them
	Failed       int // MPTS error among them
	Exchanging   int // among them those whose exchange the online portal has not confirmed
	Moved        int // among Devices of an upload to an MSP: those at a customer
	Status       UploadStatus
	ApprovedAt   time.Time // zero while it waits
	Registered   bool      // the target MSP has registered the reseller (true for customers)
	TargetOurs   bool      // the target decides on a page of ours

	KCProfile, EnrollmentProfile string // aliases

	PortalState PortalState
	CarriedAt   time.Time // zero until its portal file is saved
	CarriedBy   string    // the person who saved it
	ConfirmedAt time.Time
}

// Waits reports whether the upload waits for its target's approval.
func (u Upload) Waits() bool { return u.ApprovedAt.IsZero() }

// CanApprove is nil if by may approve the upload (domain §4): its target, once it has registered the reseller,
// or the reseller, recording that the target approved elsewhere. It must wait and still hold devices.
func (u Upload) CanApprove(by View) error {
	switch {
	case by != As(Reseller, u.ResellerID) && by != As(u.TargetKind, u.TargetID), u.Kind == MovedUpload:
		return Fail(NotFound, "This upload is not on your Uploads page.")
	case u.Devices == 0:
		return Fail(Refused, "The upload {{.Upload}} holds no devices any more.", "Upload", u.UUID)
	case !u.Waits():
		return Fail(Refused, "The upload {{.Upload}} is approved already.", "Upload", u.UUID)
	case by.Portal == ResellerPortal && u.TargetOurs:
		return Fail(Refused, "{{.Target}} is ours: it approves the upload on its own page.", "Target", u.TargetName)
	case by.Portal == MSPPortal && !u.Registered:
		return Fail(Refused, "{{.Reseller}} is not registered: register the reseller first, then approve its uploads.", "Reseller",
			u.ResellerName)
	}
	return nil
}

// Figures are the four figures after an upload (domain §3).
type Figures struct {
	Uploaded, Valid, Invalid, Duplicate int
}

// FailedLine is a line of an upload that gave no device.
type FailedLine struct {
	Line   int    // of the file, from 1
	Value  string // as it stood there
	Reason Text
}

// NewUpload is what a reseller (or an MSP on its behalf) uploads to one target.
type NewUpload struct {
	ResellerID  int64
	TargetID    int64  // account id of the customer or MSP
	UploadedBy  View   // who performs it: the reseller, or the MSP that receives on its behalf
	OrderNumber string // as the office writes it, or empty
	OrderDate   time.Time
	SoldToCode  string
	Tags        []string

	KCProfile, EnrollmentProfile string // aliases, or empty
	OnPortal                     bool   // the online portal has it already: it is Confirmed at once

	Figures Figures // as the review counted them; Valid is counted again by the register
	Failed  []FailedLine
}

var soldToRule = regexp.MustCompile(`^[A-Za-z0-9-]{7,10}$`)

// The limits of an upload's fields (domain §3; the length of a tag is ours).
const (
	MostTags        = 20
	LongestTag      = 50
	LongestOrderNum = 100
)

// CheckOrderNumber is nil for an order number as an office writes it: up to 100 characters, none of them a control character (domain §3).
func CheckOrderNumber(s string) error {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return Fail(Invalid, "The order number holds a character that cannot be seen.")
	}
	if utf8.RuneCountInString(s) > LongestOrderNum {
		return Fail(Invalid, "The order number may have {{.Most}} characters at most.", "Most", LongestOrderNum)
	}
	return nil
}

// CheckSoldToCode is nil for an empty code or 7 to 10 letters, digits and dashes (domain §3).
func CheckSoldToCode(s string) error {
	if s != "" && !soldToRule.MatchString(s) {
		return Fail(Invalid, "The sold-to-code has 7 to 10 characters: letters, digits and dashes.")
	}
	return nil
}

// ReadTags splits what people type (commas, semicolons or lines between tags), trims, and drops repetitions.
func ReadTags(s string) []string {
	var tags []string
	seen := map[string]bool{}
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if t = strings.TrimSpace(t); t != "" && !seen[t] {
			seen[t] = true
			tags = append(tags, t)
		}
	}
	return tags
}

// CheckTags is nil for at most 20 tags of at most 50 characters (domain §3).
func CheckTags(tags []string) error {
	if len(tags) > MostTags {
		return Fail(Invalid, "An upload takes {{.Most}} tags at most; these are {{.Count}}.", "Most", MostTags, "Count", len(tags))
	}
	for _, t := range tags {
		if utf8.RuneCountInString(t) > LongestTag {
			return Fail(Invalid, "The tag “{{.Tag}}” is too long: {{.Most}} characters at most.", "Tag", t, "Most", LongestTag)
		}
	}
	return nil
}

// Check normalises the fields and returns an Invalid error for the first that breaks a rule.
func (u *NewUpload) Check() error {
	u.OrderNumber, u.SoldToCode = strings.TrimSpace(u.OrderNumber), strings.TrimSpace(u.SoldToCode)
	tags := make([]string, 0, len(u.Tags))
	for _, t := range u.Tags {
		if t = PlainText(t); t != "" {
			tags = append(tags, t)
		}
	}
	u.Tags = tags
	if u.TargetID == 0 {
		return Fail(Invalid, "Choose the customer or MSP to upload to.")
	}
	if err := CheckOrderNumber(u.OrderNumber); err != nil {
		return err
	}
	if err := CheckSoldToCode(u.SoldToCode); err != nil {
		return err
	}
	u.KCProfile, u.EnrollmentProfile = PlainText(u.KCProfile), PlainText(u.EnrollmentProfile)
	for _, alias := range [...]string{u.KCProfile, u.EnrollmentProfile} {
		if err := CheckAlias(alias); err != nil {
			return err
		}
	}
	return CheckTags(u.Tags)
}

// ApprovalState is the APPROVAL column: whether the target of an upload approved it.
type ApprovalState string

// The states of approval.
const (
	WaitsForApproval ApprovalState = "waits"
	Approved         ApprovalState = "approved"
)

// ApprovalStates lists the states in their order on screen.
var ApprovalStates = []ApprovalState{WaitsForApproval, Approved}

// String is the word for the state.
func (s ApprovalState) String() string {
	if s == Approved {
		return "Approved"
	}
	return "Waits"
}

// Approval is whether the upload's target approved it.
func (u Upload) Approval() ApprovalState {
	if u.Waits() {
		return WaitsForApproval
	}
	return Approved
}
