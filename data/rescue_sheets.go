package data

import (
	"context"
	"slices"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

// tables are the sheets of a rescue, in an order in which each knows what it needs of those before it.
func (r *rescuer) tables() []rescuedTable {
	return []rescuedTable{r.accountSheet(), r.customerSheet(), r.registrationSheet(), r.managementSheet(), r.uploadSheet(), r.failureSheet(),
		r.deviceSheet(), r.activitySheet()}
}

func (r *rescuer) accountSheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Accounts")), "accounts", "kind, knox_id, company_name, country, ours, created_at", []sheet.Column{
		r.column(model.Say("Kind"), sheet.Text), r.column(model.Say("Knox ID"), sheet.Text), r.column(model.Say("Company name"), sheet.Text),
		r.column(model.Say("Country"), sheet.Text), r.column(model.Say("Ours"), sheet.Text), r.column(model.Say("Added"), sheet.DateTime),
	}, func(id int64, v []any) []string {
		r.accounts[id] = party{textOf(v[2]), textOf(v[1])}
		return []string{r.word(model.AccountKind(textOf(v[0])).String()), textOf(v[1]), textOf(v[2]), textOf(v[3]), r.yes(v[4]), momentOf(v[5])}
	})
}

func (r *rescuer) customerSheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Customers")), "customers", "reseller_id, account_id, internal_reference, status, added_at",
		[]sheet.Column{
			r.column(model.Say("Reseller"), sheet.Text), r.column(model.Say("Company name"), sheet.Text), r.column(model.Say("Knox ID"), sheet.Text),
			r.column(model.Say("Internal reference"), sheet.Text), r.column(model.Say("Status"), sheet.Text), r.column(model.Say("Added"),
				sheet.DateTime),
		}, func(_ int64, v []any) []string {
			return []string{r.name(v[0]), r.name(v[1]), r.accounts[numberOf(v[1])].id, textOf(v[2]),
				r.word(model.CustomerStatus(textOf(v[3])).String()), momentOf(v[4])}
		})
}

func (r *rescuer) registrationSheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Resellers")), "registrations", "msp_id, reseller_id, auto_approve, registered_at", []sheet.Column{
		r.column(model.Say("MSP"), sheet.Text), r.column(model.Say("Reseller"), sheet.Text), r.column(model.Say("Knox ID"), sheet.Text),
		r.column(model.Say("Auto-approve"), sheet.Text), r.column(model.Say("Registered"), sheet.DateTime),
	}, func(_ int64, v []any) []string {
		return []string{r.name(v[0]), r.name(v[1]), r.accounts[numberOf(v[1])].id, r.yes(v[2]), momentOf(v[3])}
	})
}

func (r *rescuer) managementSheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Managed customers")), "managements", "msp_id, customer_id, type, status, requested_at", []sheet.Column{
		r.column(model.Say("MSP"), sheet.Text), r.column(model.Say("Customer"), sheet.Text), r.column(model.Say("Knox ID"), sheet.Text),
		r.column(model.Say("Management type"), sheet.Text), r.column(model.Say("Status"), sheet.Text), r.column(model.Say("Requested"),
			sheet.DateTime),
	}, func(_ int64, v []any) []string {
		return []string{r.name(v[0]), r.name(v[1]), r.accounts[numberOf(v[1])].id, r.word(model.ManagementType(textOf(v[2])).String()),
			r.word(model.ManagementStatus(textOf(v[3])).String()), momentOf(v[4])}
	})
}

func (r *rescuer) uploadSheet() rescuedTable {
	const columns = "uuid, kind, reseller_id, target_id, msp_id, uploaded_at, order_number, order_date, sold_to_code, tags, devices, " +
		"approved_at"
	return r.sheetOf(r.say(model.Say("Uploads")), "uploads", columns, []sheet.Column{
		r.column(model.Say("UPLOAD ID"), sheet.Text), r.column(model.Say("Reseller"), sheet.Text), r.column(model.Say("Customer or MSP"),
			sheet.Text),
		r.column(model.Say("Moved by MSP"), sheet.Text), r.column(model.Say("Uploaded"), sheet.DateTime), r.column(model.Say("Order number"),
			sheet.Text),
		r.column(model.Say("Order date"), sheet.Text), r.column(model.Say("Sold-to-code"), sheet.Text), r.column(model.Say("Tags"), sheet.Text),
		r.column(model.Say("Devices"), sheet.Number), r.column(model.Say("Approved"), sheet.DateTime),
	}, func(id int64, v []any) []string {
		r.uploads[id] = rescuedUpload{uuid: textOf(v[0]), reseller: numberOf(v[2]), target: numberOf(v[3]), approved: v[11] != nil}
		return []string{textOf(v[0]), r.name(v[2]), r.name(v[3]), r.name(v[4]), momentOf(v[5]), textOf(v[6]), textOf(v[7]), textOf(v[8]),
			tagsOf(v[9]), textOf(v[10]), momentOf(v[11])}
	})
}

func (r *rescuer) failureSheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Lines without a device")), "upload_failures", "upload_id, line, value, reason", []sheet.Column{
		r.column(model.Say("UPLOAD ID"), sheet.Text), r.column(model.Say("Line"), sheet.Number), r.column(model.Say("Value"), sheet.Text),
		r.column(model.Say("Reason"), sheet.Text),
	}, func(_ int64, v []any) []string {
		return []string{r.uploadOf(v[0]), textOf(v[1]), textOf(v[2]), r.detail(v[3])}
	})
}

// uploadOf is the UPLOAD ID of an upload, or its number in the register where the upload is lost.
func (r *rescuer) uploadOf(id any) string {
	known, ok := r.uploads[numberOf(id)]
	switch {
	case ok:
		return known.uuid
	case id == nil:
		return ""
	}
	return "? " + textOf(id)
}

// deviceIndexes are the indexes that tell something of a device, and of which column. Only those of uploads tell that it lives.
var deviceIndexes = []struct{ name, column, where string }{
	{"devices_imei1", "imei1", "imei1 IS NOT NULL AND freed IS NULL"},
	{"devices_imei2", "imei2", "imei2 IS NOT NULL AND freed IS NULL"},
	{"devices_meid", "meid", "meid IS NOT NULL AND freed IS NULL"},
	{"devices_serial", "serial", "serial IS NOT NULL AND freed IS NULL"},
	{"devices_upload", "upload_id", "deleted IS NULL"},
	{"devices_moved", "moved_id", "moved_id IS NOT NULL AND deleted IS NULL"},
}

// deviceSheet reads the devices, and those that their table does not give from the indexes: identifiers and uploads.
func (r *rescuer) deviceSheet() rescuedTable {
	name := r.say(model.Say("Devices"))
	table := sheet.Table{Name: name, Format: sheet.XLSX, Columns: []sheet.Column{
		r.column(model.Say("IMEI"), sheet.Text), r.column(model.Say("IMEI 2"), sheet.Text), r.column(model.Say("MEID"), sheet.Text),
		r.column(model.Say("Serial number"), sheet.Text), r.column(model.Say("Model"), sheet.Text), r.column(model.Say("Order number"),
			sheet.Text),
		r.column(model.Say("Status"), sheet.Text), r.column(model.Say("Reseller"), sheet.Text), r.column(model.Say("Customer or MSP"),
			sheet.Text),
		r.column(model.Say("UPLOAD ID"), sheet.Text), r.column(model.Say("Moved to customer"), sheet.Text), r.column(model.Say("Failure reason"),
			sheet.Text),
	}}
	return rescuedTable{table, func(ctx context.Context, write func([]string) error) (RescuedTable, error) {
		const columns = "imei1, imei2, meid, serial, upload_id, moved_id, model, order_number, failure, deleted"
		rows, err := r.EachRow(ctx, "devices", columns, func(_ int64, v []any) error { return write(r.device(v)) })
		if err != nil || len(rows.Gaps) == 0 {
			return RescuedTable{Name: name, Rows: rows.N}, err
		}
		partly, err := r.skippedDevices(ctx, rows)
		if err != nil {
			return RescuedTable{}, err
		}
		ids := make([]int64, 0, len(partly))
		for id := range partly {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			if err := write(r.device(partly[id])); err != nil {
				return RescuedTable{}, err
			}
		}
		return RescuedTable{Name: name, Rows: rows.N + len(ids), InPart: len(ids), Skipped: r.skipped(rows)}, nil
	}}
}

// skippedDevices are the devices in the gaps of their table, as far as the indexes tell, in the columns of deviceSheet.
func (r *rescuer) skippedDevices(ctx context.Context, rows wreckRows) (map[int64][]any, error) {
	partly := map[int64][]any{}
	held := "freed"
	if !r.Has(ctx, "SELECT freed FROM devices LIMIT 0") { // a register of before the migration 0004
		held = "deleted"
	}
	for column, index := range deviceIndexes {
		where := strings.Replace(index.where, "freed", held, 1)
		whole, err := r.EachEntry(ctx, index.name, index.column, where, func(value any, id int64) error {
			if !rows.Lacks(id) {
				return nil
			}
			if partly[id] == nil {
				partly[id] = make([]any, 10)
			}
			partly[id][column] = value
			return nil
		})
		if err != nil {
			return nil, err
		}
		if index.column == "upload_id" && whole && held == "freed" {
			for _, device := range partly {
				if device[column] == nil {
					device[9] = int64(1) // deleted: it still held its identifiers
				}
			}
		}
	}
	return partly, nil
}

// device is the row of a device from imei1, imei2, meid, serial, upload_id, moved_id, model, order_number, failure and deleted.
func (r *rescuer) device(v []any) []string {
	upload, moved := r.uploads[numberOf(v[4])], r.uploads[numberOf(v[5])]
	cells := make([]string, 0, 12)
	for _, value := range v[:4] {
		cells = append(cells, textOf(value))
	}
	cells = append(cells, textOf(v[6]), textOf(v[7]), r.deviceStatus(v[9], v[8], upload))
	var reseller, target, customer any
	if upload.uuid != "" {
		reseller, target = upload.reseller, upload.target
	}
	if moved.uuid != "" {
		customer = moved.target
	}
	return append(cells, r.name(reseller), r.name(target), r.uploadOf(v[4]), r.name(customer), textOf(v[8]))
}

func (r *rescuer) activitySheet() rescuedTable {
	return r.sheetOf(r.say(model.Say("Activity")), "activity", "at, event, performed_by, party_id, customer_id, devices, detail, undone_by",
		[]sheet.Column{
			r.column(model.Say("Date"), sheet.DateTime), r.column(model.Say("Event"), sheet.Text), r.column(model.Say("Performed by"), sheet.Text),
			r.column(model.Say("Party"), sheet.Text), r.column(model.Say("Customer"), sheet.Text), r.column(model.Say("Devices"), sheet.Number),
			r.column(model.Say("Detail"), sheet.Text), r.column(model.Say("Undone"), sheet.Text),
		}, func(_ int64, v []any) []string {
			undone := ""
			if v[7] != nil {
				undone = r.say(model.Say("Yes"))
			}
			event := textOf(v[1])
			if strings.Trim(event, "abcdefghijklmnopqrstuvwxyz -") == "" {
				event = r.word(model.Event(event).String())
			}
			return []string{momentOf(v[0]), event, r.name(v[2]), r.name(v[3]), r.name(v[4]), textOf(v[5]), r.detail(v[6]), undone}
		})
}
