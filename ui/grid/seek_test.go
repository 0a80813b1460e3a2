package grid

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sought is a source of n boxes, sorted as it stands by their word; it counts what is fetched.
func sought(n int, word func(int64) string) (source *Paged[box], columns []Column[box], fetched *int) {
	source, fetched = pagedBoxes(n), new(int)
	rows := source.Rows
	source.Rows = func(ctx context.Context, ids []int64) ([]box, error) {
		*fetched += len(ids)
		return rows(ctx, ids)
	}
	return source, []Column[box]{{ID: "word", Title: "WORD", Sortable: true, Text: func(b box) string { return word(b.n) }}}, fetched
}

func typeLetters(table *Table[box], letters string) {
	for _, r := range letters {
		table.TypedRune(r)
	}
}

func TestLettersSeekByHalvingWhereRowsAreSortedByThem(t *testing.T) {
	for _, blankFirst := range []bool{false, true} {
		source, columns, fetched := sought(1_000_000, func(n int64) string {
			if n < 400_000 == blankFirst {
				return ""
			}
			return fmt.Sprintf("K%07d", n)
		})
		table := NewTable(t.Name(), source, columns)
		open(t, table, 400, 400)
		table.SetQuestion(Question{Sort: []SortKey{{Column: "word"}}})
		*fetched = 0
		want := 123_456
		if blankFirst {
			want = 623_456
		}
		typeLetters(table, fmt.Sprintf("k%07d", want))
		require.Equal(t, want, table.cursor)
		require.Less(t, *fetched, 9*1000, "eight letters")
	}
}

func TestLettersSeekOverRunsOfEqualTextsWhereRowsAreSortedByOtherRules(t *testing.T) {
	words := []string{"Pending", "Verified", "MPTS error", "Active"} // as a status is ranked
	source, columns, fetched := sought(1_000_000, func(n int64) string { return words[n/250_000] })
	table := NewTable(t.Name(), source, columns)
	open(t, table, 400, 400)
	table.SetQuestion(Question{Sort: []SortKey{{Column: "word"}}})
	for _, seek := range []struct {
		letters string
		row     int
	}{{"m", 500_000}, {"a", 750_000}, {"p", 0}, {"v", 250_000}} {
		table.typed = typed{}
		*fetched = 0
		typeLetters(table, seek.letters)
		require.Equal(t, seek.row, table.cursor, seek.letters)
		require.Less(t, *fetched, 5*copyRows, seek.letters)
	}
	table.typed = typed{}
	typeLetters(table, "x")
	require.Equal(t, 250_000, table.cursor, "nothing begins with it")
}

func TestLettersThatARowFarAwayBeginsWithAreGivenUpAfterASecond(t *testing.T) {
	inTime(t, func(t *testing.T) {
		source, columns, _ := sought(1_000_000, func(n int64) string {
			return strings.Repeat("z", int(n/999_000)) + fmt.Sprint(n)
		})
		rows, reads := source.Rows, atomic.Int32{}
		source.Rows = func(ctx context.Context, ids []int64) ([]box, error) {
			if len(ids) == copyRows {
				time.Sleep(10 * time.Millisecond)
				reads.Add(1)
			}
			return rows(ctx, ids)
		}
		table := NewTable(t.Name(), source, columns)
		l := newLoop(table)
		open(t, table, 400, 400)
		l.pass(time.Second)
		typeLetters(table, "z")
		l.pass(seekFor - 20*time.Millisecond)
		require.Greater(t, reads.Load(), int32(50))
		l.pass(40 * time.Millisecond)
		before := reads.Load()
		l.pass(time.Second)
		require.Equal(t, before, reads.Load())
		require.LessOrEqual(t, table.cursor, 0, "and the rows stay where they are")
	})
}
