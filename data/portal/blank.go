package portal

import (
	"context"

	"consign/data/intake"
	"consign/data/sheet"
)

// SaveBlankList writes an empty list to give to customers and distributors: a spreadsheet, or a CSV by the ending
// of path, with the columns that a device list needs, as text, so that no digit is lost. bulk adds the customer ID and the order date.
func SaveBlankList(ctx context.Context, path string, bulk bool) error {
	meanings := []intake.Meaning{intake.IMEI, intake.IMEI2, intake.Serial, intake.Model, intake.OrderNumber}
	if bulk {
		meanings = append([]intake.Meaning{intake.CustomerID}, append(meanings, intake.OrderDate)...)
	}
	table := sheet.Table{Name: "Devices", Format: sheet.FormatOf(path)}
	for _, m := range meanings {
		table.Columns = append(table.Columns, sheet.Column{Title: m.String()})
	}
	w, err := sheet.Create(path, table)
	if err != nil {
		return err
	}
	defer w.Close()
	return w.Commit(ctx)
}
