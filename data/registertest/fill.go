package registertest

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"consign/model"
)

// fill writes the rows of the big register into an empty one.
func fill(path string) error {
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=cache_size(-400000)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	in := &inserter{tx: tx}
	fillAccounts(in)
	fillUploads(in)
	fillDevices(in)
	in.exec(countersSQL)
	if in.err != nil {
		return in.err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec("PRAGMA journal_mode = DELETE") // one file, without -wal
	return err
}

// inserter puts rows into tables, some thousand per statement, until something fails.
type inserter struct {
	tx      *sql.Tx
	table   string // and its columns: "accounts (id, kind)"
	pending [][]any
	err     error
}

func (in *inserter) into(table string) {
	in.flush()
	in.table = table
}

func (in *inserter) add(values ...any) {
	in.pending = append(in.pending, values)
	if len(in.pending) == 5_000 {
		in.flush()
	}
}

func (in *inserter) flush() {
	if in.err != nil || len(in.pending) == 0 {
		return
	}
	rows, err := json.Marshal(in.pending)
	if err != nil {
		in.err = err
		return
	}
	values := make([]string, len(in.pending[0]))
	for i := range values {
		values[i] = fmt.Sprintf("value ->> %d", i)
	}
	in.pending = in.pending[:0]
	in.exec("INSERT INTO "+in.table+" SELECT "+strings.Join(values, ", ")+" FROM json_each(?)", string(rows))
}

func (in *inserter) exec(statement string, args ...any) {
	if len(in.pending) > 0 {
		in.flush()
	}
	if in.err != nil {
		return
	}
	if _, err := in.tx.Exec(statement, args...); err != nil {
		in.err = fmt.Errorf("%.60s: %w", statement, err)
	}
}

var countries = []string{"DE", "US", "FR", "ES", "IT", "AT", "PL", "KR", "JP", "GB"}

func fillAccounts(in *inserter) {
	in.into("accounts (id, kind, knox_id, company_name, country, ours, created_at)")
	in.add(Reseller, "reseller", "4680000925", "Northwind Mobile", "US", 1, 0)
	in.add(MSP, "msp", "1979621309", "Contoso Managed", "US", 1, 0)
	for i := range int64(resellers) {
		in.add(FirstReseller+i, "reseller", fmt.Sprint(4_690_000_000+i), fmt.Sprintf("Reseller %03d", i), countries[i%10], 0, 0)
	}
	for i := range int64(Customers) {
		name := fmt.Sprintf("Customer %04d", i*7919%Customers)
		in.add(FirstCustomer+i, "customer", fmt.Sprint(4_600_000_000+i*7), name, countries[i%10], 0, 0)
	}
	in.into("customers (reseller_id, account_id, internal_reference, status, added_at)")
	in.add(Reseller, MSP, "", "active", 0)
	for i := range int64(Customers) {
		in.add(Reseller, FirstCustomer+i, fmt.Sprintf("REF-%d", i), [...]string{"active", "active", "pending", "inactive"}[i%4], 0)
	}
	for i := range int64(resellers) {
		in.add(FirstReseller+i, MSP, "", "active", 0)
	}
	in.into("registrations (msp_id, reseller_id, auto_approve, registered_at)")
	in.add(MSP, Reseller, 0, 0)
	for i := range int64(resellers) {
		in.add(MSP, FirstReseller+i, i%2, 0)
	}
	in.into("managements (msp_id, customer_id, type, status, requested_at)")
	for i := range int64(managed) {
		in.add(MSP, FirstCustomer+i, [...]string{"full", "joint"}[i%2], "active", 0)
	}
	in.into("customer_services (customer_id, service)")
	for i := range int64(Customers) {
		in.add(FirstCustomer+i, "KME")
	}
}

// upload n of 0 to 14,999 a million: every fifth goes to MSP, the rest to customers. Every tenth of each waits for approval.
type upload struct {
	id, reseller, target int64
	at                   int64 // Unix milliseconds
	approved             any
	tags                 string
	devices              int
	moved                [2]int64 // the moved uploads that took the first three quarters of its devices
}

func uploadOf(n int) upload {
	first := time.Date(2023, 11, 1, 8, 0, 0, 0, time.UTC)
	u := upload{
		id: int64(n + 1), reseller: Reseller, target: FirstCustomer + int64(n*31%Customers), devices: 50,
		at:   first.Add(time.Duration(n) * 105 * time.Minute / time.Duration(times)).UnixMilli(),
		tags: fmt.Sprintf(`["tag %02d","lot %d"]`, n%50, n%7),
	}
	m := n / 5 // of the uploads to MSP
	waits := n%10 == 3
	if n%5 == 4 {
		u.target, u.devices, waits = MSP, 133, m >= 2_700*times
		if m%3 == 0 {
			u.devices = 134
		}
		if m%10 == 5 {
			u.reseller = FirstReseller + int64(m/10%resellers)
		}
		if m < movedUploads/2 {
			u.moved = [2]int64{int64(madeUploads + 2*m + 1), int64(madeUploads + 2*m + 2)}
		}
	}
	if !waits {
		u.approved = u.at + 3_600_000
	}
	return u
}

func fillUploads(in *inserter) {
	in.into("activity (id, at, event, portal, performed_by, party_id, customer_id, upload_id, devices, detail)")
	for n := range madeUploads {
		u := uploadOf(n)
		in.add(u.id, u.at, model.DevicesUploaded, model.ResellerPortal, u.reseller, u.target, u.target, u.id, u.devices,
			`{"template":"Uploaded."}`)
		for i, id := range u.moved {
			if id != 0 {
				in.add(id, u.at+7_200_000, model.DevicesMoved, model.MSPPortal, MSP, u.reseller, movedTo(id), id, 50-i, `{"template":"Moved."}`)
			}
		}
	}
	in.into("uploads (id, uuid, kind, reseller_id, target_id, msp_id, activity_id, uploaded_at, order_number, order_date, tags, " +
		"uploaded, valid, approved_at)")
	for n := range madeUploads {
		u := uploadOf(n)
		in.add(u.id, uuid(u.id), model.DirectUpload, u.reseller, u.target, nil, u.id, u.at, fmt.Sprintf("PO%05d", n/3), "2025-01-15", u.tags,
			u.devices, u.devices, u.approved)
		for _, id := range u.moved {
			if id != 0 {
				in.add(id, uuid(id), model.MovedUpload, u.reseller, movedTo(id), MSP, id, u.at+7_200_000, "", "", `["`+model.MovedByMSP+`"]`, 50, 50,
					u.at+7_200_000)
			}
		}
	}
	in.exec(`INSERT INTO approvals (upload_id, service, approved_at)
		SELECT u.id, 'KME', u.approved_at FROM uploads u JOIN accounts a ON a.id = u.target_id WHERE a.kind = 'customer'`)
}

func movedTo(uploadID int64) int64 { return FirstCustomer + uploadID*17%managed }

func uuid(id int64) string {
	mixed := uint64(id) * 0x9E3779B97F4A7C15
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(mixed), uint16(mixed>>32), mixed>>48&0xfff, mixed>>52&0xfff, id)
}

// DeviceIdentifiers are the identifiers of the n-th device (from 0; its id is n+1).
func DeviceIdentifiers(n int) model.Identifiers {
	mixed := uint64(n)*0x9E3779B97F4A7C15 + 0x1234567
	tacs := [...]int{35192158, 35693803, 35201212, 86412305}
	imei := func(serial int) string {
		first := fmt.Sprintf("%d%06d", tacs[serial%4]+serial/4_000_000, serial/4%1_000_000)
		return first + string(model.LuhnDigit(first))
	}
	scattered := n * 514_229 % Devices // each once
	ids := model.Identifiers{IMEI1: imei(scattered)}
	if n%5 < 3 {
		ids.IMEI2 = imei(scattered + 2*Devices)
	}
	if n%10 != 9 {
		ids.Serial = fmt.Sprintf("R%02dX%c%06d", n%60, 'A'+byte(n%26), scattered)
	}
	if n%50 == 0 {
		ids.MEID = fmt.Sprintf("A1%012X", mixed>>20&0xffffff000000|uint64(n))
	}
	return ids
}

func fillDevices(in *inserter) {
	in.into("devices (id, upload_id, moved_id, imei1, imei2, meid, serial, model, order_number, failure)")
	orNull := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	device := 0
	for n := range madeUploads {
		u := uploadOf(n)
		for i := range u.devices {
			ids := DeviceIdentifiers(device)
			var moved, failure any
			if i < 100 && u.moved[0] != 0 {
				moved = u.moved[i/50]
			}
			if device%100 == 7 {
				failure = "Not a Samsung device"
			}
			device++
			in.add(device, u.id, moved, orNull(ids.IMEI1), orNull(ids.IMEI2), orNull(ids.MEID), orNull(ids.Serial),
				fmt.Sprintf("SM-%c%03dB", 'A'+byte(n%4)*3, (n*7+i/25)%60), fmt.Sprintf("PO%05d", n/3), failure)
		}
	}
	in.flush()
	if device != Devices && in.err == nil {
		in.err = fmt.Errorf("%d devices instead of %d", device, Devices)
	}
}

// countersSQL counts what every act keeps: devices, failed and moved of uploads, and devices per upload and model.
const countersSQL = `
CREATE TEMP TABLE counted (upload_id INTEGER PRIMARY KEY, devices, failed, moved);
INSERT INTO counted SELECT upload_id, count(*), count(failure), count(moved_id) FROM devices GROUP BY upload_id;
INSERT INTO counted SELECT moved_id, count(*), count(failure), 0 FROM devices WHERE moved_id IS NOT NULL GROUP BY moved_id;
UPDATE uploads SET devices = counted.devices, failed = counted.failed, moved = counted.moved,
	valid = counted.devices, uploaded = counted.devices
	FROM counted WHERE counted.upload_id = uploads.id;
DROP TABLE counted;
INSERT INTO upload_models (upload_id, model, order_number, devices)
	SELECT upload_id, model, order_number, count(*) FROM devices GROUP BY 1, 2, 3;
INSERT INTO upload_models (upload_id, model, order_number, devices)
	SELECT moved_id, model, order_number, count(*) FROM devices WHERE moved_id IS NOT NULL GROUP BY 1, 2, 3;`
