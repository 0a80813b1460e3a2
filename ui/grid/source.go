package grid

import "context"

// Source answers questions about rows of type R. Its methods are called on goroutines of their own, several at once, and give up when
// their context ends.
type Source[R any] interface {
	// Ask finds the rows of a question in its order. It need not fetch them.
	Ask(context.Context, Question) (Answer[R], error)
	// CountAll is the number of rows without search or filters.
	CountAll(context.Context) (int, error)
}

// Ahead is a Source that knows the first rows of some questions long before it knows them all. A table in which no row is
// selected or current shows them at once.
type Ahead[R any] interface {
	Source[R]
	// First finds the first rows of a question, as Ask will have them, and the number of all; nil if that would take as long as Ask.
	// An error says no more than that; Ask tells what is the matter.
	First(context.Context, Question) (first Answer[R], of int, err error)
}

// Answer is the ordered rows of one question: who they are, and how to fetch them. It does not change once it is given.
type Answer[R any] interface {
	// Len is the number of rows.
	Len() int
	// ID is the identity of the row at position i, kept across answers. It must cost next to nothing.
	ID(i int) int64
	// Positions finds ids; those that are not in the answer are left out.
	Positions(ids map[int64]struct{}) map[int64]int
	// Fetch gives the rows at these positions to take, in any order and on the calling goroutine; rows that are gone are left out. It
	// is called on any goroutine but Fyne's.
	Fetch(ctx context.Context, positions []int, take func(position int, row R)) error
}

// InMemory is an Answer whose rows are all at hand: a table shows them without fetching.
type InMemory[R any] interface {
	Answer[R]
	// Row is the row at position i. It must cost next to nothing.
	Row(i int) R
}
