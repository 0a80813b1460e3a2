package data

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

func TestIdentifiersAreReadOnceASearchIsExpected(t *testing.T) {
	postgrestest.OfFiles(t) // a server looks itself
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(readAtOnce+1)...)
	d.Devices().ExpectSearch()
	require.Eventually(t, func() bool { return d.identifiers.last() == readAtOnce+1 }, time.Minute, 10*time.Millisecond)
	last := fmt.Sprintf("35%013d", readAtOnce+1)
	ids, err := d.Devices().IDs(ctx, model.DeviceQuery{View: model.As(model.Reseller, d.north), Search: last[3:]})
	require.NoError(t, err)
	require.Equal(t, []int64{readAtOnce + 1}, ids)
}
