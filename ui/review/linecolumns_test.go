package review

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/grid"
)

func TestSortedByVerdictProblemsThatAreOpenComeFirst(t *testing.T) {
	f, err := sheet.FromText("IMEI\n351921580053066\n356938035643810\n3569380356\n490154203237518\n356938035643811\n")
	require.NoError(t, err)
	sample, err := intake.ReadSample(t.Context(), f, 0)
	require.NoError(t, err)
	r := intake.NewReview(intake.Options{Layout: intake.Recognise(sample)})
	require.NoError(t, r.Read(t.Context(), f, 0))
	r.Confirm(1, true)
	byVerdict := grid.Question{Sort: []grid.SortKey{{Column: "verdict"}}}
	indexes, _ := ordered(r, byVerdict)
	require.Equal(t, []int32{2, 4, 1, 0, 3}, indexes)
	byVerdict.Sort[0].Descending = true
	indexes, _ = ordered(r, byVerdict)
	require.Equal(t, []int32{3, 0, 1, 4, 2}, indexes)
	byVerdict.Filters = map[string]string{filterVerdict: "2"}
	indexes, _ = ordered(r, byVerdict)
	require.Equal(t, []int32{1, 4}, indexes, model.Warning.String())
}
