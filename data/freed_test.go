package data

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// TestIdentifiersOfDeletedDevicesAreThereForOthers uploads, deletes, uploads again and undoes, in both orders in which identifiers come
// back: the database alone may say who holds one.
func TestIdentifiersOfDeletedDevicesAreThereForOthers(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	devices := d.devices(rowsPerStatement + 20)
	d.upload(d.north, d.msp, devices...)
	first := d.done(d.Devices().Delete(ctx, all(north), nil)).ActivityID
	holding := "SELECT count(*) FROM devices WHERE freed IS NULL"
	require.Equal(t, len(devices), d.value(holding), "deleting leaves the indexes alone")

	swapped := devices[rowsPerStatement-5 : rowsPerStatement+5]
	for i := range swapped { // as the second IMEI of another device
		swapped[i] = model.NewDevice{Identifiers: model.Identifiers{IMEI2: swapped[i].IMEI1}}
	}
	d.upload(d.north, d.msp, devices...)
	require.Equal(t, len(devices), d.value(holding), "the deleted ones gave up theirs")
	upload := int64(d.value("SELECT max(id) FROM activity"))
	_, err := d.Activity().Undo(ctx, first, nil)
	requireCode(t, model.Refused, "has been uploaded again", err)
	require.Equal(t, len(devices), d.value("SELECT count(*) FROM devices WHERE deleted IS NULL"), "refused whole")

	d.done(d.Activity().Undo(ctx, upload, nil))
	d.done(d.Activity().Undo(ctx, first, nil))
	require.Equal(t, len(devices), d.value("SELECT count(*) FROM devices WHERE deleted IS NULL AND freed IS NULL AND imei2 IS NULL"))
	_, _, err = d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.msp, UploadedBy: north}, swapped, nil)
	requireCode(t, model.Conflict, "", err)
	d.logHolds()
	d.countersHold()
	require.Equal(t, "ok", d.integrity())
}

// TestADeletionOfWhatCameAndWentAgainIsUndoneInOrder has a device uploaded again and deleted again, with room given back and without:
// the second upload stands on the first deletion, whoever holds the identifier now.
func TestADeletionOfWhatCameAndWentAgainIsUndoneInOrder(t *testing.T) {
	for name, freed := range map[string]bool{"soon": false, "after its room was given back": true} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			north, devices := model.As(model.Reseller, d.north), d.devices(3)
			d.upload(d.north, d.msp, devices...)
			var acts []int64
			for range 2 {
				deleted := d.done(d.Devices().Delete(ctx, all(north), nil)).ActivityID
				if freed {
					d.now = d.now.Add(freedAfter)
					require.NoError(t, d.freeOldDeletions(ctx))
				}
				again := d.devices(1)[0]
				again.IMEI2 = devices[1].IMEI1
				d.upload(d.north, d.msp, again)
				acts = append(acts, deleted, int64(d.value("SELECT max(id) FROM activity")))
			}
			last := d.done(d.Devices().Delete(ctx, all(north), nil)).ActivityID
			for _, act := range []int64{acts[0], acts[2]} {
				_, err := d.Activity().Undo(ctx, act, nil)
				requireCode(t, model.Refused, devices[1].IMEI1+" has been uploaded again", err)
			}
			require.Zero(t, d.value("SELECT count(*) FROM devices WHERE deleted IS NULL"), "refused whole")
			for _, act := range slices.Backward(append(acts, last)) {
				d.done(d.Activity().Undo(ctx, act, nil))
			}
			require.Equal(t, len(devices), d.value("SELECT count(*) FROM devices WHERE deleted IS NULL AND freed IS NULL"))
			d.countersHold()
			d.logHolds()
		})
	}
}

func TestNoLivingDeviceIsWithoutItsPlaceAmongIdentifiers(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.msp, d.devices(1)...)
	require.Equal(t, engine.Taken, engine.TroubleOf(d.write.Exec("UPDATE devices SET freed = 1").Error))
}

// TestOldDeletionsGiveTheirRoomBackAndCanStillBeUndone counts the places in the indexes of identifiers and the pages of the file.
func TestOldDeletionsGiveTheirRoomBackAndCanStillBeUndone(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.msp, d.devices(30_000)...)
	first := d.done(d.Devices().Delete(ctx, all(north), nil)).ActivityID
	const holding = "SELECT count(*) FROM devices WHERE freed IS NULL"
	require.NoError(t, d.freeOldDeletions(ctx))
	require.Equal(t, 30_000, d.value(holding), "it may well be undone")
	pages := d.value("PRAGMA page_count")

	d.now = d.now.Add(freedAfter)
	d.upload(d.north, d.msp, d.devices(20)...)
	later := d.done(d.Devices().Delete(ctx, all(north), nil)).ActivityID
	stopped, stop := context.WithCancel(ctx)
	stop()
	require.Error(t, d.freeOldDeletions(stopped), "the register is closed meanwhile")
	require.NoError(t, d.freeOldDeletions(ctx))
	require.Equal(t, 20, d.value(holding), "the first one is old now, the other is not")
	require.Eventually(t, func() bool {
		d.engine.GiveBackAsync()
		return d.value("PRAGMA page_count") < pages*9/10
	}, time.Minute, 20*time.Millisecond)
	d.logHolds()
	require.Equal(t, "ok", d.integrity())

	d.done(d.Activity().Undo(ctx, first, nil))
	require.Equal(t, 30_020, d.value(holding))
	d.now = d.now.Add(freedAfter)
	require.NoError(t, d.freeOldDeletions(ctx))
	require.Equal(t, 30_000, d.value(holding), "what was undone lives")
	d.done(d.Activity().Undo(ctx, later, nil))
	require.Equal(t, 30_020, d.value(holding))
	require.Equal(t, 30_020, d.value("SELECT count(*) FROM devices WHERE deleted IS NULL"))
	d.countersHold()
	d.logHolds()
	require.Equal(t, "ok", d.integrity())
}
