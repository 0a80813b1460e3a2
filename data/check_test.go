package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestSoundRegisterPassesItsCheck(t *testing.T) {
	d := newDesk(t)
	d.upload(d.north, d.contoso, d.devices(50)...)
	require.NoError(t, d.Safe().Check(ctx))
}

func TestCheckFindsWhatChangedOutsideOfActs(t *testing.T) {
	for name, sql := range map[string]string{
		"counter of an upload":          "UPDATE uploads SET devices = devices + 1",
		"counter of a model":            "UPDATE upload_models SET devices = 7",
		"device that no counter counts": "DELETE FROM devices WHERE id = 1",
		"reference without a row":       "UPDATE customers SET account_id = 99",
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.upload(d.north, d.contoso, d.devices(5)...)
			d.tamper(sql)
			requireCode(t, model.Damaged, "damaged", d.Safe().Check(ctx))
		})
	}
}
