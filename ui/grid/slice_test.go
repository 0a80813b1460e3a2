package grid

import (
	"cmp"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASliceIsSearchedAndSortedByWhatItsColumnsShow(t *testing.T) {
	columns := append([]Column[box]{}, boxColumns...)
	columns[2].Compare = func(a, b box) int { return cmp.Compare(a.n, b.n) }
	source := &Slice[box]{
		Rows:    func(context.Context) ([]box, error) { return []box{{10}, {2}, {7}, {5}, {1}}, nil },
		ID:      func(b box) int64 { return b.n },
		Columns: columns,
		Match:   func(b box, filters map[string]string) bool { return filters["odd"] == "" || b.n%2 == 1 },
	}
	ask := func(q Question) (ids []int64) {
		answer, err := source.Ask(t.Context(), q)
		require.NoError(t, err)
		for i := range answer.Len() {
			ids = append(ids, answer.ID(i))
		}
		return ids
	}
	require.Equal(t, []int64{10, 2, 7, 5, 1}, ask(Question{}))
	require.Equal(t, []int64{1, 2, 5, 7, 10}, ask(Question{Sort: []SortKey{{Column: "devices"}}}), "by number, not by digits")
	require.Equal(t, []int64{10, 7, 1, 5, 2}, ask(Question{Sort: []SortKey{{Column: "company"}, {Column: "devices", Descending: true}}}))
	require.Equal(t, []int64{10, 7, 1}, ask(Question{Search: "SÖHNE müller"}))
	require.Equal(t, []int64{7, 5, 1}, ask(Question{Filters: map[string]string{"odd": "yes"}}))
	total, err := source.CountAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, 5, total)
}
