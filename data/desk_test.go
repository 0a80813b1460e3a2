package data

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// desk is a register with the accounts of a small office, and short words for what a clerk does.
type desk struct {
	*Register
	t                 testing.TB
	north, south      int64 // resellers
	msp               int64
	contoso, fabrikam int64 // customers
	now               time.Time
	made              int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	return newDeskAt(t, postgrestest.Invite(t, filepath.Join(t.TempDir(), "consign.db")))
}

func newDeskAt(t testing.TB, path string) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	r, err := Open(path, Options{Clock: func() time.Time { d.now = d.now.Add(time.Minute); return d.now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	d.Register = r
	t.Cleanup(r.OnChange(d.changesWhatItSays))
	d.north = d.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	d.south = d.account(model.Reseller, "4680000926", "Südwind Telekom", true)
	d.msp = d.account(model.MSP, "1979621309", "Adatum Services", true)
	d.contoso = d.account(model.Customer, "4600001586", "Contoso", false)
	d.fabrikam = d.account(model.Customer, "4600001587", "Fabrikam", false)
	return d
}

// changesWhatItSays fails the test if an act has changed more than other desks are told that acts with its event change.
func (d *desk) changesWhatItSays(c Change) {
	c &^= SettingsChanged | DamageFound | LogBroken | ReachChanged
	var last activity
	if c == 0 || d.Damage() != nil || d.read.Order("id DESC").Limit(1).Find(&last).Error != nil {
		return
	}
	if more := c &^ changeOf(last.Event); more != 0 {
		d.t.Errorf("%s changes %b, too", last.Event, more)
	}
}

func (d *desk) account(kind model.AccountKind, id, name string, ours bool) int64 {
	d.t.Helper()
	a, err := d.Accounts().Add(ctx, model.Account{Kind: kind, KnoxID: id, CompanyName: name, Country: "de", Ours: ours})
	require.NoError(d.t, err)
	return a.ID
}

// devices makes n devices that no test has seen yet.
func (d *desk) devices(n int) []model.NewDevice {
	list := make([]model.NewDevice, n)
	for i := range list {
		d.made++
		list[i] = model.NewDevice{Identifiers: model.Identifiers{IMEI1: fmt.Sprintf("35%013d", d.made), Serial: fmt.Sprintf("R%010d", d.made)},
			Model: "SM-A556B"}
	}
	return list
}

func (d *desk) upload(reseller, target int64, devices ...model.NewDevice) model.Upload {
	d.t.Helper()
	u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: reseller, TargetID: target, UploadedBy: model.As(model.Reseller, reseller)},
		devices, nil)
	require.NoError(d.t, err)
	return u
}

// done fails the test if an act was refused, and returns what it did.
func (d *desk) done(done model.Done, err error) model.Done {
	d.t.Helper()
	require.NoError(d.t, err)
	d.countersHold()
	return done
}

func (d *desk) register(reseller int64, auto bool) {
	d.t.Helper()
	d.done(d.Resellers().Register(ctx, d.msp, reseller, auto, true))
}

func (d *desk) manage(customer int64, how model.ManagementType) {
	d.t.Helper()
	d.done(d.Managements().Request(ctx, d.msp, customer, how, nil))
	d.done(d.Managements().Answer(ctx, d.msp, customer, true))
}

// all selects all devices that the viewer sees, narrowed by the query.
func all(v model.View, narrow ...func(*model.DeviceQuery)) model.DeviceSelection {
	q := model.DeviceQuery{View: v}
	for _, f := range narrow {
		f(&q)
	}
	return model.DeviceSelection{Query: q, All: true}
}

func only(v model.View, ids ...int64) model.DeviceSelection {
	return model.DeviceSelection{Query: model.DeviceQuery{View: v}, IDs: ids}
}

// sees returns the ids of the devices that the viewer sees, the oldest first.
func (d *desk) sees(v model.View) []int64 {
	d.t.Helper()
	ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: v, OldestFirst: true})
	require.NoError(d.t, err)
	return ids
}

func (d *desk) value(sql string, args ...any) int {
	d.t.Helper()
	var n int
	require.NoError(d.t, d.read.Raw(sql, args...).Scan(&n).Error)
	return n
}

func (d *desk) status(reseller, account int64) string {
	d.t.Helper()
	var status string
	require.NoError(d.t, d.read.Raw("SELECT status FROM customers WHERE reseller_id = ? AND account_id = ?", reseller,
		account).Scan(&status).Error)
	return status
}

// countersHold fails the test if a counter is not what counting the devices gives.
func (d *desk) countersHold() {
	d.t.Helper()
	require.Zero(d.t, d.value(wrongCounters), "counters of uploads")
}

// unchanged fails the test if f leaves any trace in the register.
func (d *desk) unchanged(f func()) {
	d.t.Helper()
	before := d.dump()
	f()
	require.Equal(d.t, before, d.dump())
}

// dump is everything in the register as text.
func (d *desk) dump() string { d.t.Helper(); return d.dumpBut() }

// dumpBut is dump without the tables, for what an undoing may leave behind.
func (d *desk) dumpBut(tables ...string) string {
	d.t.Helper()
	skip := map[string]bool{"migrations": true}
	for _, table := range tables {
		skip[table] = true
		if table == "activity" { // what closes its entries
			skip["links"], skip["seals"], skip["device_seals"], skip["chain_head"] = true, true, true, true
		}
	}
	rows, err := d.engine.Rows(ctx)
	require.NoError(d.t, err)
	text := ""
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		if !skip[name] {
			text += name + "\n" + strings.Join(d.lines(name), "\n") + "\n"
		}
	}
	return text
}

// lines are the rows of a table as SQL writes their values, in an order of theirs.
func (d *desk) lines(table string) (lines []string) {
	require.NoError(d.t, d.reading(ctx, func(c *reader) error {
		columns, err := c.Columns(table)
		if err != nil {
			return err
		}
		var names []string
		for _, column := range columns {
			names = append(names, column.Name)
		}
		return c.each("SELECT "+strings.Join(names, ", ")+" FROM "+table, nil, func(s *statement) error {
			var line []byte
			for i := range names {
				line = append(s.AppendLiteral(line, int32(i)), ' ')
			}
			lines = append(lines, string(line))
			return nil
		})
	}))
	slices.Sort(lines)
	return lines
}
