package data

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// TestLargeDeletionGivesRoomBack counts pages: what the index of uploads took is given back to the disk, but for some to spare, and the
// write-ahead log is cut off.
func TestLargeDeletionGivesRoomBack(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	d.upload(d.north, d.msp, d.devices(120_000)...)
	settled := func() bool { // the housekeeping needs a moment, on a busy machine a long one
		const pagesSpare, logKept = 64, 16 << 20
		log, err := os.Stat(d.path + "-wal")
		require.NoError(t, err)
		return d.value("PRAGMA freelist_count") <= pagesSpare && log.Size() <= logKept
	}
	require.Eventually(t, settled, time.Minute, 20*time.Millisecond)
	before := d.value("PRAGMA page_count")
	d.done(d.Devices().Delete(ctx, all(north), nil))
	require.Eventually(t, func() bool {
		d.engine.SettleAsync() // as the next act would
		return settled() && d.value("PRAGMA page_count") < before
	}, time.Minute, 20*time.Millisecond)
	d.logHolds()
	require.Equal(t, "ok", d.integrity())
}

// integrity is what SQLite says of every page.
func (d *desk) integrity() (answer string) {
	d.t.Helper()
	require.NoError(d.t, d.read.Raw("PRAGMA integrity_check").Scan(&answer).Error)
	return answer
}

func TestRegisterOfAnEarlierProgramCanShrinkToo(t *testing.T) {
	r, err := Open(firstRegister(t), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	d := &desk{Register: r, t: t}
	const incrementalVacuum = 2
	require.Equal(t, incrementalVacuum, d.value("PRAGMA auto_vacuum"))
	require.Equal(t, "ok", d.integrity())
	d.logHolds()
}
