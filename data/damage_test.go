package data

import (
	"context"
	"database/sql"
	"encoding/binary"
	commandline "flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

var (
	damagedCopies = commandline.Int("damaged", 1000, "how many damaged copies of a register are opened")
	damageSeed    = commandline.Uint64("damage-seed", 1, "the first of them")
)

// TestNoDamageOfTheFileEndsTheProgram makes copies of a register with bytes, pages and values that nobody has written, and visits every
// page and does every act on each: no panic, no hang, no answer without a sentence, and each copy that SQLite's own check refuses is told.
func TestNoDamageOfTheFileEndsTheProgram(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDamager(t)
	kinds := map[string]int{}
	for n := range *damagedCopies {
		seed := *damageSeed + uint64(n)
		what := d.damagedCopy(seed)
		kinds[what]++
		if failures := d.visit(t, seed); len(failures) > 0 {
			t.Errorf("copy %d, %s:\n%q", seed, what, failures)
		}
	}
	t.Log(kinds)
}

// damager makes damaged copies of one register, each in the place of the last.
type damager struct {
	path           string
	whole, another []byte // registers
	open, log      []byte // the first as it stood while it was open, and its write-ahead log
	pageSize       int
}

func newDamager(t *testing.T) *damager {
	d := &damager{path: filepath.Join(t.TempDir(), "consign.db")}
	desk := newDesk(t)
	desk.damageable()
	var err error
	d.open, err = os.ReadFile(desk.Path())
	require.NoError(t, err)
	d.log, err = os.ReadFile(desk.Path() + "-wal")
	require.NoError(t, err)
	backup := filepath.Join(t.TempDir(), "whole.db")
	require.NoError(t, desk.Safe().Backup(ctx, backup))
	d.whole, err = os.ReadFile(backup)
	require.NoError(t, err)
	other := newDesk(t)
	other.upload(other.south, other.contoso, other.devices(200)...)
	require.NoError(t, other.Safe().Backup(ctx, backup))
	d.another, err = os.ReadFile(backup)
	require.NoError(t, err)
	d.pageSize = int(binary.BigEndian.Uint16(d.whole[16:]))
	return d
}

// damageable gives the desk some of everything.
func (d *desk) damageable() {
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.manage(d.fabrikam, model.FullyManaged)
	services := model.ServicesChange{Services: []model.Service{model.KnoxMobileEnrollment, model.KnoxManage}}
	d.done(d.Portal().SetServices(ctx, model.As(model.MSP, d.msp), d.contoso, services))
	d.upload(d.north, d.msp, d.devices(120)...)
	u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north),
		OrderNumber: "PO1",
		OrderDate:   d.now, SoldToCode: "1234567", Tags: []string{"spring"}, Figures: model.Figures{Uploaded: 41, Invalid: 1},
		Failed: []model.FailedLine{{Line: 7, Value: "3.5E+14", Reason: model.Say("A spreadsheet destroyed the digits.")}}}, d.devices(40), nil)
	require.NoError(d.t, err)
	d.done(d.Uploads().Approve(ctx, model.As(model.Reseller, d.north), []int64{u.ID}))
	d.upload(d.south, d.msp, d.devices(60)...)
	seen := d.sees(model.As(model.MSP, d.msp))
	d.done(d.Devices().Move(ctx, only(model.As(model.MSP, d.msp), seen[:50]...), d.contoso, nil))
	d.done(d.Devices().Move(ctx, only(model.As(model.MSP, d.msp), seen[50:70]...), d.fabrikam, nil))
	d.done(d.Devices().Delete(ctx, only(model.As(model.MSP, d.msp), seen[40:60]...), nil))
	_, _, err = d.Devices().ReportFailures(ctx, d.north, []DeviceFailure{{"R0000000101", "not Samsung"}, {"R0000000102", "not Samsung"}}, nil)
	require.NoError(d.t, err)
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(d.t, err)
	_, err = d.Activity().Undo(ctx, last.ID, nil)
	require.NoError(d.t, err)
}

// damagedCopy writes a copy with the damage of the seed and says what it is.
func (d *damager) damagedCopy(seed uint64) string {
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		os.Remove(d.path + suffix)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	content := append([]byte(nil), d.whole...)
	pages := len(content) / d.pageSize
	page := func(n int) []byte { return content[n*d.pageSize : (n+1)*d.pageSize] }
	what := [...]string{"flipped bytes", "zeroed pages", "swapped pages", "truncated", "garbage after it", "pages of another register",
		"header",
		"values", "values", "values", "log", "filled"}[random.IntN(12)]
	switch what {
	case "flipped bytes":
		for range 1 + random.IntN(30) {
			content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		}
	case "zeroed pages":
		for range 1 + random.IntN(4) {
			clear(page(random.IntN(pages)))
		}
	case "filled":
		p := page(random.IntN(pages))
		for i := random.IntN(len(p)); i < len(p); i++ {
			p[i] = 0xff
		}
	case "swapped pages":
		for range 1 + random.IntN(3) {
			a, b := page(1+random.IntN(pages-1)), page(1+random.IntN(pages-1))
			kept := append([]byte(nil), a...)
			copy(a, b)
			copy(b, kept)
		}
	case "truncated":
		content = content[:random.IntN(len(content))]
	case "garbage after it":
		for range random.IntN(3 * d.pageSize) {
			content = append(content, byte(random.Uint32()))
		}
	case "pages of another register":
		for range 1 + random.IntN(3) {
			copy(page(random.IntN(pages)), d.another[random.IntN(len(d.another)/d.pageSize)*d.pageSize:])
		}
	case "header":
		for range 1 + random.IntN(3) {
			content[random.IntN(100)] = byte(random.Uint32())
		}
	case "log":
		content = d.open
		log := append([]byte(nil), d.log...)
		for range 1 + random.IntN(5) {
			log[random.IntN(len(log))] ^= byte(1 + random.IntN(255))
		}
		must(os.WriteFile(d.path+"-wal", log[:len(log)-random.IntN(2)*random.IntN(len(log))], 0o600))
	}
	must(os.WriteFile(d.path, content, 0o600))
	if what == "values" {
		return d.spoil(random)
	}
	return what
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// spoil writes a value into a row that no act writes, past every rule of the database.
func (d *damager) spoil(random *rand.Rand) string {
	db, err := sql.Open("sqlite", d.path)
	must(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	tables := []string{"accounts", "customers", "registrations", "managements", "customer_services", "activity", "activity_subjects",
		"uploads", "approvals",
		"upload_failures", "devices", "devices", "devices", "placements", "settings", "deletions", "upload_models", "migrations"}
	table := tables[random.IntN(len(tables))]
	var columns []string
	rows, err := db.Query("SELECT name FROM pragma_table_info(?)", table)
	must(err)
	for rows.Next() {
		var name string
		must(rows.Scan(&name))
		columns = append(columns, name)
	}
	must(rows.Close())
	values := []string{"-1", "-9223372036854775808", "9223372036854775807", "4611686018427387904", "1099511627776", "NULL", "'nonsense'", "''",
		"'{'", "'[1,2'",
		"'[]'", "'null'", "'[{\"do\":\"insert\",\"table\":\"x\",\"key\":{},\"row\":{}}]'", "x'ff00fe'", "CAST(x'fffe80' AS TEXT)",
		"1e300", "char(10) || '35'",
		"zeroblob(3000)", "hex(zeroblob(400))", "'2026-99-99'", "0", "17", "'[-5, 4611686018427387904, \"x\"]'"}
	column, value := columns[random.IntN(len(columns))], values[random.IntN(len(values))]
	few := [...]string{"", " WHERE rowid % 3 = 0", " WHERE rowid = (SELECT max(rowid) FROM " + table + ")"}[random.IntN(3)]
	for _, statement := range []string{"PRAGMA ignore_check_constraints = ON", "PRAGMA foreign_keys = OFF", "DROP TRIGGER devices_imei_update",
		"PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table' AND sql NOT " +
			"LIKE '%WITHOUT ROWID%'"} {
		_, err := db.Exec(statement)
		must(err)
	}
	must(db.Close())
	db, err = sql.Open("sqlite", d.path+"?_pragma=ignore_check_constraints(1)")
	must(err)
	if _, err := db.Exec("UPDATE OR IGNORE " + table + " SET " + column + " = " + value + few); err != nil { // a table without rowid
		db.Exec("UPDATE OR IGNORE " + table + " SET " + column + " = " + value)
	}
	must(db.Close())
	return "values"
}

// refused is what SQLite's own check says of the copy, "" if it is sound.
func (d *damager) refused() string {
	db, err := sql.Open("sqlite", d.path)
	must(err)
	defer db.Close()
	var answer string
	if err := db.QueryRow("PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return err.Error()
	}
	if answer == "ok" {
		return ""
	}
	return answer
}

// visit opens the copy and returns what went wrong with it.
func (d *damager) visit(t *testing.T, seed uint64) []string {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var wrong string
	if _, err := os.Stat(d.path + "-wal"); err != nil { // else looking would put the log into the file
		wrong = d.refused()
	}
	if seed%10 == 0 {
		workbook := filepath.Join(t.TempDir(), "rescue.xlsx")
		if _, err := Rescue(ctx, d.path, workbook, model.Text.String, nil); err != nil && model.CodeOf(err) != model.Damaged &&
			model.CodeOf(err) != model.NotRegister {
			return []string{fmt.Sprintf("rescue: %v", err)}
		}
	}
	r, err := OpenContext(ctx, d.path, Options{MustExist: true})
	if err != nil {
		if code := model.CodeOf(err); code != model.Damaged && code != model.NotRegister && code != model.Newer {
			return []string{fmt.Sprintf("opening: %s: %v", code, err)}
		}
		return nil
	}
	defer r.Close()
	if r.write != nil {
		must(r.write.Exec("PRAGMA synchronous = OFF").Error) // a thousand copies need not be on the disk
	}
	var failures []string
	if wrong != "" && model.CodeOf(r.Safe().Check(ctx)) != model.Damaged {
		failures = append(failures, "not told: "+wrong)
	}
	v := newVisit(ctx, r, rand.New(rand.NewPCG(seed, 1)))
	if seed%2 == 0 {
		v.acts()
		v.reads()
	} else {
		v.reads()
		v.acts()
	}
	return append(failures, v.failures...)
}
