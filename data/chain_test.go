package data

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// logHolds fails the test if the check of the log finds anything.
func (d *desk) logHolds() {
	d.t.Helper()
	found, err := d.Safe().CheckLog(ctx, nil)
	require.NoError(d.t, err)
	require.True(d.t, found.Sound(), "%+v", found.Breaks)
}

// sealAnew makes a base, as a migration does.
func (d *desk) sealAnew() {
	d.t.Helper()
	require.NoError(d.t, d.engine.Act(ctx, func(in engine.Act) error { return sealAll(ctx, in, d.now) }))
}

// tamper changes the register as the sqlite3 shell does, or an administrator of the server.
func (d *desk) tamper(statements string) {
	d.t.Helper()
	if postgrestest.Wanted() {
		postgrestest.Tamper(d.t, d.Path(), statements)
		return
	}
	db, err := connect(d.Path())
	require.NoError(d.t, err)
	defer engine.ClosePool(db)
	require.NoError(d.t, db.Exec(statements).Error)
}

// officeOfOld is a busy desk with an act of every kind that touches devices, some of them undone. Of its devices 20 came by
// an upload of its own, which is the latest but one act.
func officeOfOld(t *testing.T) *busy {
	d := busyDesk(t)
	north := model.As(model.Reseller, d.north)
	d.done(d.Devices().Delete(ctx, only(north, d.sees(north)[2]), nil))
	last, err := d.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	d.done(d.Activity().Undo(ctx, last.ID, nil))
	d.upload(d.north, d.fabrikam, d.devices(20)...)
	d.done(d.Customers().EditReference(ctx, d.north, d.fabrikam, "F-1"))
	return d
}

// TestTamperingIsFoundWithItsPlace changes a register behind the program's back, with the chain from the beginning and with one that
// began later, as in a register of an earlier program.
func TestTamperingIsFoundWithItsPlace(t *testing.T) {
	const lastEntry = "(SELECT max(id) FROM activity)"
	forget := func(entry string) string { // an entry with all that it left in the log
		return `CREATE TEMP TABLE gone AS SELECT ` + entry + ` AS id;
			DELETE FROM seals WHERE link_id IN (SELECT id FROM links WHERE activity_id IN (SELECT id FROM gone) AND base = 0);
			DELETE FROM links WHERE activity_id IN (SELECT id FROM gone) AND base = 0;
			DELETE FROM activity_subjects WHERE activity_id IN (SELECT id FROM gone);
			DELETE FROM activity WHERE id IN (SELECT id FROM gone);`
	}
	for name, c := range map[string]struct {
		sql  string
		want func(d *busy, last int64) LogBreak // what one of the breaks says; the text is part of it
	}{
		"the detail of an entry": {"UPDATE activity SET detail = replace(detail, '20', '21') WHERE id = " + lastEntry + " - 1",
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Activity: last - 1, Before: last - 2, After: last}
			}},
		"the time of an entry": {"UPDATE activity SET at = at - 1 WHERE id = 3",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Activity: 3, Before: 2, After: 4} }},
		"what an entry keeps for undo": {"UPDATE activity SET undo = '[]' WHERE id = " + lastEntry,
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Activity: last, Before: last - 1}
			}},
		"whether an entry is undone": {"UPDATE activity SET undone_by = NULL WHERE undone_by IS NOT NULL",
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Activity: last - 3, Before: last - 4, After: last - 2}
			}},
		"what an entry made": {"UPDATE activity_subjects SET made = 0 WHERE activity_id = " + lastEntry,
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Table: "activity_subjects", Activity: last, Before: last - 1}
			}},
		"an entry in the middle is removed": {"DELETE FROM activity WHERE id = 7",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Activity: 7, Before: 6, After: 8} }},
		"an entry in the middle is removed with its seals": {forget(lastEntry + " - 1"),
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenChain, Activity: last, Before: last - 2}
			}},
		"the last entry is removed": {"DELETE FROM activity WHERE id = " + lastEntry,
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Activity: last, Before: last - 1}
			}},
		"the last entry is removed with all that it did": {
			"UPDATE customers SET internal_reference = '' WHERE internal_reference = 'F-1';" + forget(lastEntry),
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenChain, Activity: last - 1, Before: last - 2}
			}},
		"the last entry is removed and the head set to the one before": {
			forget(lastEntry) + "UPDATE chain_head SET (link_id, hash) = (SELECT id, hash FROM links ORDER BY id DESC LIMIT 1)",
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenChain, Activity: last - 1, Before: last - 2}
			}},
		"an entry is inserted at the end": {"INSERT INTO activity (at, event, portal, performed_by) SELECT at + 1, event, portal, " +
			"performed_by FROM activity WHERE id = " + lastEntry,
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenEntry, Activity: last + 1, Before: last}
			}},
		"an entry is inserted between": {"UPDATE activity SET id = id + 1000 WHERE id > 9; INSERT INTO activity (id, at, event) " +
			"SELECT 10, at, event FROM activity WHERE id = 9; " +
			"UPDATE activity SET id = id - 999 WHERE id > 1000",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Activity: 10, Before: 9, After: 11} }},
		"seals of an entry": {"UPDATE seals SET hash = zeroblob(32) WHERE link_id = (SELECT max(id) FROM links) AND kind = 'customers'",
			func(_ *busy, last int64) LogBreak {
				return LogBreak{Kind: BrokenChain, Activity: last, Before: last - 1}
			}},
		"all seals are removed": {"DELETE FROM chain_head; DELETE FROM seals; DELETE FROM links; DELETE FROM device_seals",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenChain, After: 1} }},
		"where a device is": {"UPDATE devices SET upload_id = 4 WHERE id = 20",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 20} }},
		"where a device was moved": {"UPDATE devices SET moved_id = NULL WHERE id = (SELECT min(id) FROM devices WHERE moved_id IS NOT NULL)",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 1} }},
		"a device is deleted": {"UPDATE devices SET deleted = 1 WHERE id = 25",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 25} }},
		"a deleted device lives": {"UPDATE devices SET deleted = NULL WHERE id = 2",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 2} }},
		"two devices change places": {"UPDATE devices SET upload_id = CASE upload_id WHEN 1 THEN 4 ELSE 1 END WHERE id IN (8, 15)",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 8} }},
		"a device fails": {"UPDATE devices SET failure = 'x' WHERE id = 30",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 30} }},
		"why devices failed": {"UPDATE devices SET failure = 'x' WHERE failure = 'stolen'",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice} }},
		"the IMEI of a device": {"UPDATE devices SET imei1 = '350000000000999' WHERE id = 12",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 12} }},
		"the model of a device": {"UPDATE devices SET model = 'SM-S921B' WHERE id = 33",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 33} }},
		"a device is removed": {"DELETE FROM devices WHERE id = 13",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 13} }},
		"the last device is removed": {"DELETE FROM devices WHERE id = 37",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 37} }},
		"a device is added": {"INSERT INTO devices (upload_id, imei1) VALUES (1, '350000000000998')",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenDevice, DeviceID: 38} }},
		"the order number of an upload": {"UPDATE uploads SET order_number = 'PO1' WHERE id = 2",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenRow, Table: "uploads", UploadID: 2} }},
		"an upload is approved": {"UPDATE uploads SET approved_at = 0 WHERE id = (SELECT min(id) FROM uploads WHERE approved_at IS NULL)",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenRow, Table: "uploads", UploadID: 2} }},
		"an upload is added": {"INSERT INTO uploads (uuid, kind, reseller_id, target_id, activity_id, uploaded_at) SELECT 'x', kind, " +
			"reseller_id, target_id, activity_id, 1 FROM uploads WHERE id = 1",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenRow, Table: "uploads", UploadID: 7} }},
		"an approval is removed": {"DELETE FROM approvals WHERE upload_id = 4",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenRow, Table: "approvals", UploadID: 4} }},
		"the list of deleted devices": {"UPDATE deletions SET devices = '[2,3]' WHERE devices = '[2]'",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Table: "deletions"} }},
		"the list of deleted devices is no list": {"UPDATE deletions SET devices = '[2' WHERE devices = '[2]'",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Table: "deletions"} }},
		"where a device was before it moved": {"UPDATE placements SET failure = 'x' WHERE device_id = 1",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenEntry, Table: "placements"} }},
		"the name of a customer": {"UPDATE accounts SET company_name = 'Contoso Ltd' WHERE id = 4",
			func(*busy, int64) LogBreak {
				return LogBreak{Kind: BrokenRow, Table: "accounts", Activity: 4, Before: 3, After: 5}
			}},
		"the checks of devices": {"UPDATE device_seals SET devices = 1000000000, checks = zeroblob(8) WHERE first_id = (SELECT " +
			"max(first_id) FROM device_seals)",
			func(*busy, int64) LogBreak { return LogBreak{Kind: BrokenChain} }},
	} {
		for _, chain := range []string{"from the beginning", "begun later"} {
			t.Run(name+", chain "+chain, func(t *testing.T) {
				if chain == "begun later" {
					postgrestest.OfFiles(t) // where a chain begins later: in registers of earlier programs
				}
				d := officeOfOld(t)
				if chain == "begun later" {
					d.sealAnew()
					if strings.Contains(c.sql, "TEMP TABLE gone") {
						t.Skip("entries have no seals of their own")
					}
				}
				d.logHolds()
				last := int64(d.value("SELECT max(id) FROM activity"))
				d.tamper(c.sql)
				found, err := d.Safe().CheckLog(ctx, nil)
				require.NoError(t, err)
				want := c.want(d, last)
				for _, b := range found.Breaks {
					if b.Text.Template != "" && fits(b, want, chain == "begun later") {
						return
					}
				}
				t.Errorf("not found: %+v in %+v", want, found.Breaks)
			})
		}
	}
}

// fits reports whether the break says what want says. In a chain that began later the entry that wrote a row is not known.
func fits(b, want LogBreak, later bool) bool {
	if b.Kind != want.Kind || want.DeviceID != 0 && b.DeviceID != want.DeviceID || want.UploadID != 0 && b.UploadID != want.UploadID ||
		b.Table != want.Table && want.Table != "" {
		return false
	}
	if later && want.Kind != BrokenEntry || want.Activity == 0 {
		return true
	}
	return b.Activity == want.Activity && b.Before == want.Before && b.After == want.After
}

func TestCheckOfTheLogCanBeStopped(t *testing.T) {
	d := busyDesk(t)
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err := d.Safe().CheckLog(stopped, nil)
	requireCode(t, model.Cancelled, "Stopped", err)
}

// TestActAfterLatestEntriesWereRemovedDoesNotHideIt acts on where the latest entry was taken off without a trace.
func TestActAfterLatestEntriesWereRemovedDoesNotHideIt(t *testing.T) {
	d := officeOfOld(t)
	d.tamper(`DELETE FROM seals WHERE link_id = (SELECT max(id) FROM links); DELETE FROM links WHERE id = (SELECT max(id) FROM links);
		DELETE FROM activity_subjects WHERE activity_id = (SELECT max(id) FROM activity);
		DELETE FROM activity WHERE id = (SELECT max(id) FROM activity);
		UPDATE customers SET internal_reference = '' WHERE internal_reference = 'F-1'`)
	d.done(d.Customers().EditReference(ctx, d.north, d.fabrikam, "F-2"))
	found, err := d.Safe().CheckLog(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, BrokenChain, found.Breaks[0].Kind)
	require.EqualValues(t, d.value("SELECT max(id) FROM activity"), found.Breaks[0].Activity)
}

func TestSealIsTheSameInABackupAndOtherAfterAnAct(t *testing.T) {
	d := officeOfOld(t)
	before, err := d.Safe().CheckLog(ctx, nil)
	require.NoError(t, err)
	copied, err := Open(d.copyTo(t.TempDir()+"/backup.db"), Options{MustExist: true})
	require.NoError(t, err)
	defer copied.Close()
	of, err := copied.Safe().CheckLog(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, before, of)
	d.done(d.Customers().EditReference(ctx, d.north, d.fabrikam, "F-2"))
	after, err := d.Safe().CheckLog(ctx, nil)
	require.NoError(t, err)
	require.NotEqual(t, before.Seal, after.Seal)
	require.Equal(t, before.Entries+1, after.Entries)
}

// TestEveryTableIsSealedOrSaysWhyNot holds for tables to come: rows that acts write are to be sealed.
func TestEveryTableIsSealedOrSaysWhyNot(t *testing.T) {
	not := map[string]string{
		"devices":       "has seals of its own",
		"upload_models": "follows from the devices",
		"settings":      "is of no act", "migrations": "is of no act",
		"links": "is the chain", "seals": "is the chain", "device_seals": "is the chain", "chain_head": "is the chain",
	}
	for _, s := range sealedTables {
		not[s.name] = "is sealed"
	}
	rows, err := newRegister(t).engine.Rows(ctx)
	require.NoError(t, err)
	for name := range rows {
		require.Contains(t, not, name)
	}
}
