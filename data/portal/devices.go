package portal

import (
	"context"
	"iter"
	"strings"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/model/search"
)

// Devices is a portal's own export of its devices, ready to be read.
type Devices struct {
	// Columns are what it says of devices.
	Columns model.PortalColumns

	file   *sheet.File
	index  int
	layout intake.Layout
}

// FindDevices finds the table of devices in a portal's export, by the names of its columns as in any list (domain §7). Errors: Invalid
// when the file is something else.
func FindDevices(ctx context.Context, file *sheet.File) (*Devices, error) {
	index, layout, err := intake.FindFor(ctx, file, intake.PortalDevices)
	if err != nil {
		return nil, err
	}
	return &Devices{file: file, index: index, layout: layout, Columns: model.PortalColumns{
		Customer: layout.Has(intake.CompanyName) || layout.Has(intake.CustomerID), Status: layout.Has(intake.Status),
		OrderNumber: layout.Has(intake.OrderNumber)}}, nil
}

// Lines reads the devices. A line without an identifier that can be read comes without one.
func (d *Devices) Lines(ctx context.Context) iter.Seq2[model.PortalLine, error] {
	return func(yield func(model.PortalLine, error) bool) {
		for row, err := range d.file.Rows(ctx, d.index) {
			if err != nil {
				yield(model.PortalLine{}, err)
				return
			}
			f, list := d.layout.Fields(row)
			if !list {
				continue
			}
			line := model.PortalLine{Line: f.Line, Identifiers: f.Identifiers, Model: f.Text(intake.Model), OrderNumber: f.Text(intake.OrderNumber),
				Customer: f.Text(intake.CustomerID), Status: statusOf(f.Text(intake.Status))}
			if line.Customer == "" {
				line.Customer = f.Text(intake.CompanyName)
			}
			day := f.Text(intake.Uploaded)
			if day == "" {
				day = f.Text(intake.OrderDate)
			}
			line.Uploaded, _ = intake.ReadDate(day)
			if !yield(line, nil) {
				return
			}
		}
	}
}

// statusWords are how the words of portals for the STATUS of a device begin, folded.
var statusWords = []struct {
	status model.DeviceStatus
	words  []string
}{
	{model.MPTSError, []string{"mpts", "error", "fail", "fehler"}},
	{model.Exchanging, []string{"exchang", "austausch"}},
	{model.PendingDevice, []string{"pend", "wait", "unverif", "not verif", "ausstehend", "en attente", "pendiente", "nicht ver"}},
	{model.VerifiedDevice, []string{"verif", "approv", "complet", "bestatigt", "genehmigt"}},
}

// statusOf is the status that a portal's word means, "" for none that is known.
func statusOf(word string) model.DeviceStatus {
	if word == "" {
		return ""
	}
	word = search.Fold(word)
	for _, s := range statusWords {
		for _, begin := range s.words {
			if strings.HasPrefix(word, begin) {
				return s.status
			}
		}
	}
	return ""
}
