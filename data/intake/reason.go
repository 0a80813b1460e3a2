package intake

import "consign/model"

// Reason says why a line has its verdict. The values of model.Reason say what the rules of identifiers
// give, the others are of lists. One byte, so that a million lines can carry it.
type Reason uint8

// The reasons that only lists have.
const (
	BlankLine Reason = 128 + iota
	TitleLine
	CommentLine
	HeaderAgain
	HiddenRow
	LabelRemoved
	SeveralInCell
	OtherColumn
	SameIMEITwice
	TooManyIMEIs
	SeveralMEIDs
	SeveralSerials
	NumberTooLong
	NoCustomerID
	WrongCustomerID
	UnusualCustomerID
	UnknownCustomer
	NoSerialScanned
	FromText
	FromCode
	TwoIMEIs
	OutOfRhythm
	QuantityAbove
	IsExchange
	SeveralSerialColumns
	OrderTooLong
	Consecutive
)

var reasonTexts = map[Reason]string{
	BlankLine:            "A blank line.",
	TitleLine:            "A title, not a device.",
	CommentLine:          "A comment, not a device.",
	HeaderAgain:          "The header once more.",
	HiddenRow:            "The spreadsheet hides this row.",
	LabelRemoved:         "The name before the identifier was removed.",
	SeveralInCell:        "Several identifiers in one cell were told apart.",
	OtherColumn:          "Another kind of identifier than the column says: it was taken as what it is.",
	SameIMEITwice:        "Both IMEIs are the same: one is kept.",
	TooManyIMEIs:         "More than two IMEIs for one device.",
	SeveralMEIDs:         "Two different MEIDs for one device.",
	SeveralSerials:       "Two different serial numbers for one device.",
	NumberTooLong:        "A spreadsheet keeps 15 digits of a number, the others are lost: get the list again with this column as text.",
	NoCustomerID:         "No customer ID.",
	WrongCustomerID:      "The customer ID may hold digits only.",
	UnusualCustomerID:    "The customer ID has an unusual length: compare it.",
	UnknownCustomer:      "No such customer or MSP on the Customers page: add it first.",
	FromText:             "It was taken out of the text of the line.",
	FromCode:             "It was taken out of a GS1 code.",
	TwoIMEIs:             "Two IMEIs, of one device or of two? Compare them with the box.",
	OutOfRhythm:          "Not like the other devices of this list: compare it with the box.",
	QuantityAbove:        "The quantity is more than one, but the line names one device.",
	IsExchange:           "An exchange: the new device is taken, the old one is not.",
	SeveralSerialColumns: "Several columns hold serial numbers: say which one is the device's.",
	OrderTooLong:         "The order number has more than 100 characters.",
	Consecutive:          "Consecutive IMEIs, of one device each or two of each? Compare them with the box.",
	NoSerialScanned:      "No serial number was scanned on this box: compare it.",
}

// Text is the sentence of the reason.
func (r Reason) Text() model.Text {
	if r >= BlankLine {
		return model.Text{Template: reasonTexts[r]}
	}
	return model.Reason(r).Text()
}
