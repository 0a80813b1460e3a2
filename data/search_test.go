package data

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestIdentifiersAreReadBeforeAnybodySearches(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(readBehind+1)...)
	require.Eventually(t, func() bool { return d.identifiers.last() == readBehind+1 }, time.Minute, 10*time.Millisecond)
	last := fmt.Sprintf("35%013d", readBehind+1)
	ids, err := d.DeviceIDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, d.north), Search: last[3:]})
	require.NoError(t, err)
	require.Equal(t, []int64{readBehind + 1}, ids)
}
