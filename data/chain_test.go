package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// logHolds fails the test if the check of the log finds anything.
func (d *desk) logHolds() {
	d.t.Helper()
	found, err := d.CheckLog(ctx, nil)
	require.NoError(d.t, err)
	require.True(d.t, found.Sound(), "%+v", found.Breaks)
}

func TestUntouchedLogHolds(t *testing.T) {
	d := busyDesk(t)
	d.logHolds()
	d.done(d.DeleteDevices(ctx, only(model.As(model.Reseller, d.north), d.sees(model.As(model.Reseller, d.north))[0]), nil))
	d.logHolds()
	last, err := d.LastUndoable(ctx)
	require.NoError(t, err)
	d.done(d.Undo(ctx, last.ID, nil))
	d.logHolds()
}
