package data

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"consign/data/engine"
	"consign/model"
)

// rowsPerStatement is how many rows one statement takes: more gain nothing, and progress and cancelling come between.
const rowsPerStatement = 5000

// deviceRows writes devices as JSON, one array per device: the form in which one statement takes thousands.
type deviceRows struct {
	buf    []byte
	brings [4]bool // whether a device has an IMEI, a second one, a MEID, a serial number
	checks []byte  // of each device, for the seal (chain_devices.go)
	quoted quotedTexts
	plain  [len(deviceTexts)]map[string][]byte // texts as lists bring them, as the register keeps them
	order  string                              // of the upload, for devices without their own
}

// text is what a device brings as the register keeps it. The order number is checked when it comes for the first time.
func (d *deviceRows) text(text int, device *model.NewDevice) ([]byte, error) {
	s := *deviceTexts[text].brings(device)
	isOrder := deviceTexts[text].by == model.ByOrderNumber
	if isOrder && s == "" {
		s = d.order
	}
	plain, known := d.plain[text][s]
	if known {
		return plain, nil
	}
	if isOrder {
		if err := model.CheckOrderNumber(s); err != nil {
			return nil, err
		}
	}
	plain = []byte(model.PlainText(s))
	if d.plain[text] == nil || len(d.plain[text]) >= rowsPerStatement {
		d.plain[text] = map[string][]byte{}
	}
	d.plain[text][s] = plain
	return plain, nil
}

func (d *deviceRows) reset() {
	d.buf, d.brings, d.checks = append(d.buf[:0], '['), [4]bool{}, d.checks[:0]
}

// identifiers are the identifiers of the rows in a statement. Those that no device has are not looked for: that takes a tenth of the time.
func (d *deviceRows) identifiers() string {
	values := [...]string{"NULL", "NULL", "NULL", "NULL"}
	for i := range values {
		if d.brings[i] {
			values[i] = fmt.Sprintf("value ->> %d", i)
		}
	}
	return strings.Join(values[:], ", ")
}

func (d *deviceRows) add(device *model.NewDevice) error {
	if err := checkIdentifiers(&device.Identifiers); err != nil {
		return err
	}
	if len(d.buf) > 1 {
		d.buf = append(d.buf, ',')
	}
	start := len(d.buf)
	d.buf = append(d.buf, '[')
	for i, identifier := range [...]string{device.IMEI1, device.IMEI2, device.MEID, device.Serial} {
		if identifier == "" {
			d.buf = append(d.buf, "null,"...)
			continue
		}
		d.brings[i] = true
		d.buf = append(d.buf, '"') // letters and digits: checkIdentifiers
		d.buf = append(d.buf, identifier...)
		d.buf = append(d.buf, '"', ',')
	}
	var texts [len(deviceTexts)][]byte
	for i := range texts {
		var err error
		if texts[i], err = d.text(i, device); err != nil {
			return err
		}
	}
	d.buf = d.quoted.appendTo(d.buf, &texts)
	d.checks = appendCheck(d.checks, d.buf[start:])
	return nil
}

// checkIdentifiers is nil for identifiers as model.ReadIdentifier leaves them: the register keeps no others.
func checkIdentifiers(i *model.Identifiers) error {
	switch {
	case i.Empty():
		return model.Fail(model.Invalid, "A device needs an IMEI, a MEID or a serial number.")
	case i.IMEI1 != "" && i.IMEI1 == i.IMEI2:
		return model.Fail(model.Invalid, "The device has the IMEI {{.IMEI}} twice.", "IMEI", i.IMEI1)
	case !is(i.IMEI1, 15, 15, '9'), !is(i.IMEI2, 15, 15, '9'), !is(i.MEID, 14, 14, 'F'), !is(i.Serial, 8, 20, 'Z'):
		return model.Fail(model.Invalid, "“{{.Identifier}}” is not a device identifier.", "Identifier", i.First())
	}
	return nil
}

// is reports whether s is empty or has least to most characters from 0 to 9 and A to last.
func is(s string, least, most int, last byte) bool {
	if s == "" {
		return true
	}
	if len(s) < least || len(s) > most {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > last) {
			return false
		}
	}
	return true
}

// lastDevice is the highest id of a device.
func (a *act) lastDevice() (id int64, err error) {
	return id, a.tx.Table("devices").Select("coalesce(max(id), 0)").Scan(&id).Error
}

// insertRows writes the devices, which are rows as JSON, after the id last. Where deleted devices hold their identifiers it frees these
// and goes on behind the devices that are written already.
func (a *act) insertRows(row uploadRow, devices []model.NewDevice, rows *deviceRows, last int64) error {
	list := string(rows.buf)
	for written := int64(0); ; {
		err := a.in.Attempt(func() error {
			return a.tx.Exec(`INSERT OR FAIL INTO devices (id, upload_id, imei1, imei2, meid, serial, `+textColumns+`)
				SELECT NULL AS next, ?, `+rows.identifiers()+`, `+textElements+`
				FROM json_each(?) WHERE key >= ?`, row.ID, list, written).Error
		})
		if engine.TroubleOf(err) != engine.Taken {
			return err
		}
		identifiers, err := identifierList(devices)
		if err != nil {
			return err
		}
		freed, err := a.free(engine.Texts, identifiers)
		if err != nil {
			return err
		}
		if freed == 0 {
			return a.conflict(row, identifiers, last)
		}
		end, err := a.lastDevice()
		if err != nil {
			return err
		}
		written = end - last
	}
}

// identifierList are the identifiers of the devices as JSON; Conflict when one of them is there twice.
func identifierList(devices []model.NewDevice) (string, error) {
	var list []string
	seen := map[string]bool{}
	for _, d := range devices {
		for _, identifier := range [...]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial} {
			if seen[identifier] {
				return "", twice(identifier)
			}
			if identifier != "" {
				seen[identifier] = true
				list = append(list, identifier)
			}
		}
	}
	identifiers, err := json.Marshal(list)
	return string(identifiers), err
}

// conflict says which of the identifiers a living device has, and who has it. last is the highest id before the devices that the act
// writes: some of them may be in the register by now.
func (a *act) conflict(row uploadRow, identifiers string, last int64) error {
	taken, err := a.taken(last, engine.Texts, identifiers)
	if err != nil {
		return err
	}
	if taken.ActivityID == a.id {
		return twice(taken.Identifier) // an earlier statement of this act has brought the same device
	}
	return &model.Error{Code: model.Conflict, Text: taken.registered().Text(row.ResellerID, row.TargetID)}
}

func twice(identifier string) error {
	return model.Fail(model.Conflict, "{{.Identifier}} is in the list twice.", "Identifier", identifier)
}

// takenRow is a living device that has one of the identifiers asked for.
type takenRow struct {
	Identifier, UploadUUID, Reseller, Customer                         string
	DeviceID, UploadID, UploadedAt, ResellerID, CustomerID, ActivityID int64
}

func (t takenRow) registered() model.Registered {
	return model.Registered{Identifier: t.Identifier, DeviceID: t.DeviceID, UploadID: t.UploadID, UploadUUID: t.UploadUUID,
		UploadedAt: time.UnixMilli(t.UploadedAt), ResellerID: t.ResellerID, Reseller: t.Reseller, CustomerID: t.CustomerID, Customer: t.Customer}
}

// holders finds the devices, living and deleted, that hold one of the wanted identifiers: no others are written while they do.
const holders = `hit AS (
		SELECT identifier, id FROM wanted JOIN devices ON imei1 = identifier AND imei1 IS NOT NULL AND freed IS NULL
		UNION ALL SELECT identifier, id FROM wanted JOIN devices ON imei2 = identifier AND imei2 IS NOT NULL AND freed IS NULL
		UNION ALL SELECT identifier, id FROM wanted JOIN devices ON meid = identifier AND meid IS NOT NULL AND freed IS NULL
		UNION ALL SELECT identifier, id FROM wanted JOIN devices ON serial = identifier AND serial IS NOT NULL AND freed IS NULL)`

// free takes the identifiers, a query of one column, from the deleted devices that hold them, and returns how many these were.
func (a *act) free(identifiers string, args ...any) (int64, error) {
	result := a.tx.Exec(`UPDATE devices SET freed = 1 WHERE deleted IS NOT NULL AND freed IS NULL AND id IN (
		WITH wanted (identifier) AS (`+identifiers+`), `+holders+` SELECT id FROM hit)`, args...)
	return result.RowsAffected, result.Error
}

// taken finds one of the identifiers, a query of one column, that a living device with an id up to last has.
func (a *act) taken(last int64, identifiers string, args ...any) (takenRow, error) {
	var found takenRow
	err := a.tx.Raw(`WITH wanted (identifier) AS (`+identifiers+`), `+holders+`
		SELECT hit.identifier, d.id AS device_id, u.id AS upload_id, u.uuid AS upload_uuid, u.uploaded_at, u.activity_id,
			u.reseller_id, s.company_name AS reseller, u.target_id AS customer_id, t.company_name AS customer
		FROM hit JOIN devices d ON d.id = hit.id AND d.deleted IS NULL AND d.id <= ? JOIN uploads u ON u.id = d.upload_id
		JOIN accounts s ON s.id = u.reseller_id JOIN accounts t ON t.id = u.target_id LIMIT 1`, append(args, last)...).Take(&found).Error
	return found, err
}
