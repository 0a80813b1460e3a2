package grid

import "context"

// Paged is a Source over a database: all ordered ids of a question at once, and the rows on screen by id.
type Paged[R any] struct {
	// IDs gives the ids of a question in its order.
	IDs func(context.Context, Question) ([]int64, error)
	// FirstIDs gives the first ids of a question and the number of all, or no ids where that is not much quicker than IDs. It may be nil.
	FirstIDs func(context.Context, Question) (ids []int64, of int, err error)
	// Rows gives the rows with these ids, in any order; ids without a row are left out.
	Rows func(context.Context, []int64) ([]R, error)
	// ID is the identity of a row.
	ID func(R) int64
	// Total is the number of rows without search or filters.
	Total func(context.Context) (int, error)
}

// Ask implements Source.
func (p *Paged[R]) Ask(ctx context.Context, q Question) (Answer[R], error) {
	ids, err := p.IDs(ctx, q)
	if err != nil {
		return nil, err
	}
	return &pagedAnswer[R]{source: p, ids: ids}, nil
}

// First implements Ahead.
func (p *Paged[R]) First(ctx context.Context, q Question) (Answer[R], int, error) {
	if p.FirstIDs == nil {
		return nil, 0, nil
	}
	ids, of, err := p.FirstIDs(ctx, q)
	if err != nil || len(ids) == 0 {
		return nil, 0, err
	}
	return &pagedAnswer[R]{source: p, ids: ids}, of, nil
}

// CountAll implements Source.
func (p *Paged[R]) CountAll(ctx context.Context) (int, error) { return p.Total(ctx) }

type pagedAnswer[R any] struct {
	source *Paged[R]
	ids    []int64
}

func (a *pagedAnswer[R]) Len() int { return len(a.ids) }

func (a *pagedAnswer[R]) ID(i int) int64 { return a.ids[i] }

func (a *pagedAnswer[R]) Positions(ids map[int64]struct{}) map[int64]int {
	found := make(map[int64]int, len(ids))
	if len(ids) == 0 {
		return found
	}
	for i, id := range a.ids {
		if _, wanted := ids[id]; wanted {
			found[id] = i
			if len(found) == len(ids) {
				break
			}
		}
	}
	return found
}

func (a *pagedAnswer[R]) Fetch(ctx context.Context, positions []int, take func(int, R)) error {
	ids := make([]int64, len(positions))
	at := make(map[int64]int, len(positions))
	for n, i := range positions {
		ids[n] = a.ids[i]
		at[a.ids[i]] = i
	}
	rows, err := a.source.Rows(ctx, ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if i, asked := at[a.source.ID(row)]; asked {
			take(i, row)
		}
	}
	return nil
}
