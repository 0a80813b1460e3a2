package portal

import (
	"context"
	"strings"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
)

// Failure is a line of a portal's error report.
type Failure struct {
	Line       int    // of the file
	Identifier string // normalised
	Reason     string // the portal's own words
}

// Advice says what to do about the failure.
func (f Failure) Advice() model.Text {
	reason := strings.ToLower(f.Reason)
	for _, a := range advices {
		for _, word := range a.words {
			if strings.Contains(reason, word) {
				return model.Text{Template: a.text}
			}
		}
	}
	return model.Text{Template: "Compare the identifier with the box and upload the device again; if it fails again, " +
		"ask Samsung with the reason of the portal."}
}

// advices are in the order in which their words are looked for.
var advices = []struct {
	words []string
	text  string
}{
	{[]string{"mpts", "not a samsung", "not samsung", "authorized", "authorised", "eligible", "not supported"},
		"The portal does not know the device as a Samsung device of an authorised reseller: " +
			"check the identifier on the box, and ask your distributor to report the sale."},
	{[]string{"different customer", "another customer", "other customer", "different reseller", "another reseller", "other reseller"},
		"The device is registered elsewhere: the reseller who uploaded it must delete it first, then upload it again."},
	{[]string{"already", "duplicate", "exists"},
		"The device is at the portal already: nothing is to be done if it is at this customer, else delete it there first."},
	{[]string{"customer id", "customer not", "msp id", "tenant"},
		"The portal does not know the customer ID: compare it with the customer and upload again."},
	{[]string{"order"},
		"Order numbers hold letters and digits only, order dates eight digits: correct them and upload again."},
	{[]string{"invalid", "format", "length", "imei", "serial", "meid", "identifier"},
		"The portal refuses the identifier: compare it with the box, correct the device and upload it again."},
}

// Report is a portal's error report.
type Report struct {
	Failures []Failure
	Unread   []int // numbers of lines without an identifier
}

// ReadReport reads the error report of a portal: a table with a column Failure reason and one that holds the
// identifiers. Devices without a reason did not fail and are left out. Errors: Invalid when the file is something else.
func ReadReport(ctx context.Context, file *sheet.File) (Report, error) {
	var report Report
	index, layout, err := intake.FindFor(ctx, file, intake.ErrorReport)
	if err != nil {
		return report, err
	}
	seen := map[string]bool{}
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return Report{}, err
		}
		fields, list := layout.Fields(row)
		failure := Failure{Line: row.Line, Reason: fields.Text(intake.FailureReason), Identifier: fields.Identifiers.First()}
		switch {
		case !list || failure.Reason == "":
		case failure.Identifier == "":
			report.Unread = append(report.Unread, row.Line)
		case !seen[failure.Identifier]:
			seen[failure.Identifier] = true
			report.Failures = append(report.Failures, failure)
		}
	}
	return report, nil
}
