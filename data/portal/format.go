// Package portal writes the files that portals take and reads the one that the Knox portals give back (domain §7). A portal's formats
// stand in a file of their own: knox.go.
package portal

import (
	"slices"
	"strings"
	"time"

	"consign/model"
)

// Format is a kind of file that a portal takes: lines of text, a device each.
type Format struct {
	Name    model.Text // for people to choose by
	Title   string     // instead of Name: what the portal itself calls it, the same in every language
	Begin   string     // of the names of files, before the purpose
	Several bool       // a file may hold devices of several customers; else each has files of its own
	Header  string     // the first line, "" for none
	Most    int        // devices of one customer in a file
	// Line appends a device's line to line.
	Line func(line []byte, b *Batch, d *Device, s Settings) []byte
	// Check is nil for a batch that the portal takes, beside what holds for every format.
	Check func(*Batch) error
}

var formats []Format

// register adds a format to those that people choose from.
func register(f Format) Format {
	formats = append(formats, f)
	return f
}

// Formats are all formats that there are, those of a portal together.
func Formats() []Format { return slices.Clone(formats) }

// Settings are what an office sets about the files.
type Settings struct{ Dates DateOrder }

// DateOrder is how an order date stands in a file (domain §7).
type DateOrder string

// The date orders: as the portals document it, and as a setting can make it.
const (
	YearDayMonth DateOrder = "YYYYDDMM"
	YearMonthDay DateOrder = "YYYYMMDD"
)

// layout is the date order for package time.
func (o DateOrder) layout() string {
	if o == YearMonthDay {
		return "20060102"
	}
	return "20060201"
}

// Device is a line of a file.
type Device struct {
	Identifier  string // normalised: model.Identifiers.First
	OrderNumber string // as the office writes it, or empty; see CleanOrder
	OrderDate   time.Time
}

// Batch are the devices of one customer or MSP.
type Batch struct {
	CustomerID  string // Knox Customer ID or MSP ID
	CompanyName string // for the names of files
	OrderNumber string // for the names of files
	Devices     []Device
	Files       []string // their names, once Save has written them
}

// check is nil for what every portal takes.
func (b *Batch) check() error {
	for i := range b.Devices {
		d := &b.Devices[i]
		if d.Identifier == "" || strings.ContainsFunc(d.Identifier, notPlain) {
			return model.Fail(model.Invalid, "“{{.Identifier}}” is not a device identifier.", "Identifier", d.Identifier)
		}
		if i > 0 && d.OrderNumber == b.Devices[i-1].OrderNumber {
			continue
		}
		if err := model.CheckOrderNumber(d.OrderNumber); err != nil {
			return err
		}
	}
	return nil
}

func notPlain(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }
