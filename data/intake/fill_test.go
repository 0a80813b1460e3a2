package intake

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// everyLine is the indexes of all lines.
func everyLine(r *Review) []int {
	indexes := make([]int, r.Len())
	for i := range indexes {
		indexes[i] = i
	}
	return indexes
}

func TestColumnThatTheListLacksIsFilledForAllItsLines(t *testing.T) {
	r := reviewText(t, "IMEI\n351921580053066\n3569380356\n356938035643810\n351921580053066\n", Options{})
	before := verdictsOf(r)
	r.Confirm(2, true)
	column := r.ColumnOf(Model, -1)
	require.Equal(t, 1, column)
	require.NoError(t, r.SetAll(t.Context(), everyLine(r), column, "SM-A556B", nil))
	require.Equal(t, before, verdictsOf(r), "a model changes no verdict")
	require.True(t, r.Line(2).Confirmed, "what was confirmed stays so")
	for i := range r.Len() {
		require.Equal(t, "SM-A556B", r.Line(i).Device.Model)
	}
	require.Equal(t, "3569380356", r.Line(1).Cells[0], "what is wrong stays as it was")
	require.Equal(t, []string{"SM-A556B"}, r.Values(Model))
	require.Equal(t, column, r.ColumnOf(Model, 0), "it is there now")
	require.Equal(t, -1, r.ColumnOf(Serial, -1))
}

func TestFillingThatIsStoppedLeavesNothingBehind(t *testing.T) {
	r := reviewText(t, "IMEI,Model\n351921580053066,A\n3569380356,B\n356938035643810,C\n490154203237518,D\n", Options{})
	r.Confirm(2, true)
	var before []Line
	for i := range r.Len() {
		before = append(before, r.Line(i))
	}
	counts := r.Counts()
	ctx, stop := context.WithCancel(t.Context())
	err := r.SetAll(ctx, everyLine(r), 1, "X", func(done, _ int) { stop() })
	require.ErrorIs(t, err, context.Canceled)
	for i := range r.Len() {
		require.Equal(t, before[i], r.Line(i))
	}
	require.Equal(t, counts, r.Counts())

	ctx, stop = context.WithCancel(t.Context())
	stop()
	require.ErrorIs(t, r.SetAll(ctx, everyLine(r), 0, "351921580053066", nil), context.Canceled)
	require.Equal(t, counts, r.Counts(), "no line is a duplicate of one that was taken back")
}

func TestCorrectedIdentifierIsLookedUpAgainAndAsksToBeConfirmedAgain(t *testing.T) {
	r := reviewText(t, "IMEI\n356938035643810\n351921580053066\n", Options{Register: shelf{"IMEI490154203237518": 11}})
	r.Confirm(0, true)
	require.NoError(t, r.Set(t.Context(), 0, 0, "356938035643811"))
	require.Equal(t, model.Warning, r.Line(0).Verdict)
	require.False(t, r.Line(0).Confirmed)
	require.NoError(t, r.Set(t.Context(), 0, 0, "490154203237518"))
	require.Equal(t, model.AlreadyRegistered, r.Line(0).Verdict)
	require.NoError(t, r.Set(t.Context(), 0, 0, "351921580053066"))
	require.Equal(t, []model.Verdict{model.DuplicateInFile, model.OK}, verdictsOf(r))
}
