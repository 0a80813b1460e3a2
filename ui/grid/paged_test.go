package grid

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
)

// pagedBoxes is a Paged source of n boxes; it searches their numbers and sorts by them.
func pagedBoxes(n int) *Paged[box] {
	return &Paged[box]{
		IDs: func(ctx context.Context, q Question) ([]int64, error) {
			var ids []int64
			for i := range int64(n) {
				if strings.Contains(strconv.FormatInt(i, 10), q.Search) {
					ids = append(ids, i)
				}
			}
			if len(q.Sort) > 0 && q.Sort[0].Descending {
				slices.SortFunc(ids, func(a, b int64) int { return cmp.Compare(b, a) })
			}
			return ids, ctx.Err()
		},
		Rows: func(ctx context.Context, ids []int64) ([]box, error) {
			rows := make([]box, 0, len(ids))
			for _, id := range slices.Backward(ids) {
				rows = append(rows, box{id})
			}
			return rows, ctx.Err()
		},
		ID:    func(b box) int64 { return b.n },
		Total: func(context.Context) (int, error) { return n, nil },
	}
}
