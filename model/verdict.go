package model

// Verdict is what is said of one line of a list before anything is written (domain §7).
type Verdict uint8

// The verdicts, from good to bad.
const (
	OK                Verdict = iota
	Fixed                     // taken after a change that is shown
	Warning                   // taken only when a person confirms it
	DuplicateInFile           // an earlier line of the same list has the device
	AlreadyRegistered         // a living device of the register has the identifier
	Rejected                  // not a device
	Skipped                   // a blank line, a title, a comment or a total
)

// Verdicts lists all verdicts in their order on screen.
var Verdicts = []Verdict{OK, Fixed, Warning, DuplicateInFile, AlreadyRegistered, Rejected, Skipped}

// String is the field's word for the verdict.
func (v Verdict) String() string {
	return [...]string{"ok", "fixed", "warning", "duplicate in file", "already registered", "rejected", "skipped"}[v]
}

// Reason says why an identifier got its verdict. One byte, so that a million lines can carry it.
type Reason uint8

// The reasons that the identifier rules give (domain §2).
const (
	NoReason Reason = iota
	SeparatorsRemoved
	CheckDigitAdded
	SoftwareVersionReplaced
	SoftwareVersionDropped
	MEIDCheckDigitDropped
	UpperCased
	WrongCheckDigit
	WrongMEIDCheckDigit
	UnknownReportingBody
	LeadingZeroAdded
	UnusualSerial
	MaybeIMEI
	WrongLength
	HasLetters
	RepeatedDigit
	MEIDOutOfRange
	IsICCID
	IsEAN
	IsGTIN
	IsEID
	IsMAC
	IsGUID
	IsModel
	NoReportingBody
	DigitsDestroyed
	IsFormula
	IsErrorCell
	NotAnIdentifier
	Empty
)

var reasonTexts = [...]string{
	NoReason:                "",
	SeparatorsRemoved:       "Separators, blanks or quotes were removed.",
	CheckDigitAdded:         "14 digits: the check digit was added.",
	SoftwareVersionReplaced: "16 digits are an IMEISV: the software version was replaced by the check digit.",
	SoftwareVersionDropped:  "The software version behind the IMEI was dropped.",
	MEIDCheckDigitDropped:   "The check digit of the MEID was dropped.",
	UpperCased:              "Small letters were made capitals.",
	WrongCheckDigit:         "The check digit of the IMEI is wrong: compare it with the box.",
	WrongMEIDCheckDigit:     "The check digit of the MEID is wrong: compare it with the box.",
	UnknownReportingBody:    "It begins like no IMEI that is known: compare it with the box.",
	LeadingZeroAdded:        "14 digits: a spreadsheet has dropped a zero in front, it was added. Compare it with the box.",
	UnusualSerial:           "Not the usual serial number of a Samsung phone or tablet (11 characters, R first).",
	MaybeIMEI:               "15 digits where a serial number should be: an IMEI with a wrong digit? Compare it with the box.",
	WrongLength:             "Not an identifier: an IMEI has 15 digits.",
	HasLetters:              "Not an IMEI: there is a letter among the digits.",
	RepeatedDigit:           "Not an IMEI: one digit over and over.",
	MEIDOutOfRange:          "Not a MEID: out of the range A0 to FF.",
	IsICCID:                 "This is an ICCID, the number of a SIM card, not of a device.",
	IsEAN:                   "This is an EAN, the number of the article, not of a device.",
	IsGTIN:                  "This is a GTIN-14, the code of a carton, not of a device.",
	IsEID:                   "This is an EID, the number of an eSIM, not of a device.",
	IsMAC:                   "This is a MAC address, not an identifier of a device.",
	IsGUID:                  "This is a GUID, not an identifier of a device.",
	IsModel:                 "This is a model code, not an identifier of a device.",
	NoReportingBody:         "Not an IMEI: none begins like this. Is it a delivery or parcel number?",
	DigitsDestroyed:         "A spreadsheet has destroyed the digits: get the list again with this column as text.",
	IsFormula:               "This is a formula, not an identifier.",
	IsErrorCell:             "The spreadsheet shows an error here, not an identifier.",
	NotAnIdentifier:         "Not a device identifier.",
	Empty:                   "No identifier.",
}

// Text is the sentence of the reason.
func (r Reason) Text() Text { return Text{Template: reasonTexts[r]} }
