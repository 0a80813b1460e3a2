package portal

import (
	"consign/model"
)

// mostOfKnox is how many devices of one customer a file may have (domain §7).
const mostOfKnox = 10_000

// KnoxList is the file for one customer: one identifier per line, without a header.
var KnoxList = register(Format{
	Name: model.Say("For one customer: one identifier per line"), Most: mostOfKnox,
	Line:  func(line []byte, _ *Batch, d *Device, _ Settings) []byte { return append(line, d.Identifier...) },
	Check: checkForKnox,
})

// KnoxBulk is the file for several customers. Its header is the one that the portals document.
var KnoxBulk = register(Format{
	Name:  model.Say("Bulk: customer ID, identifier, order number, order date"),
	Begin: "bulk", Several: true, Most: mostOfKnox,
	Header: "Customer ID,Device IMEI/serial number,Order number,Order date",
	Line: func(line []byte, b *Batch, d *Device, s Settings) []byte {
		line = append(append(line, b.CustomerID...), ',')
		line = append(append(line, d.Identifier...), ',')
		line = append(append(line, CleanOrder(d.OrderNumber)...), ',')
		if !d.OrderDate.IsZero() {
			line = d.OrderDate.AppendFormat(line, s.Dates.layout())
		}
		return line
	},
	Check: checkForKnox,
})

// checkForKnox is nil for what can stand in a file without quotation marks.
func checkForKnox(b *Batch) error {
	if id, _, err := model.ReadKnoxID(b.CustomerID); err != nil {
		return err
	} else if id != b.CustomerID {
		return model.Fail(model.Invalid, "“{{.ID}}” is not a Knox ID: it may hold digits only.", "ID", b.CustomerID)
	}
	return nil
}
