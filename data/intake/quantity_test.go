package intake

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// TestRowOfSeveralDevicesIsADeviceEach has a wrong check digit in one of them: only that one is to be looked at.
func TestRowOfSeveralDevicesIsADeviceEach(t *testing.T) {
	r := reviewText(t, "Article;Qty;IMEI;SN\nSM-A155F;2;\"351921580053066, 351921580053070\";\"R5CW12ABCDE, R5CW12ABCDF\"\n"+
		"SM-A155F;1;351189309127831;R5CW12ABCDG\nSM-A155F;3;\"352907330644915, 352099111039398\";\"R5CW12ABCDH, R5CW12ABCDJ\"\n", Options{})
	var verdicts []model.Verdict
	for i := range r.Len() {
		verdicts = append(verdicts, r.Line(i).Verdict)
	}
	require.Equal(t, []model.Verdict{model.OK, model.Warning, model.OK, model.Rejected}, verdicts)
	require.Equal(t, "R5CW12ABCDF", r.Line(1).Device.Serial)
	require.Equal(t, 2, r.Line(1).Number)
}
