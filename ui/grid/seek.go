package grid

import (
	"context"
	"sort"
	"strings"
	"time"

	"consign/model/search"
)

const seekFor = time.Second // after which a row that is sought by letters is given up

// seekAsync goes to the first row whose text in the sorted column, or the first one, begins with a prefix. Rows sorted by letters are found
// by halving. Where the source sorts by other rules, or not at all, the rows from the current one on are read for at most seekFor.
func (t *Table[R]) seekAsync(prefix string) {
	if t.stopSeek != nil {
		t.stopSeek()
	}
	if t.Len() == 0 || t.postpone(t.Len()-1, func() { t.seekAsync(prefix) }) {
		return
	}
	s := seeker[R]{answer: t.answer, column: t.shown[0].Column, prefix: search.Fold(prefix)}
	descending := false
	if len(t.asked.Sort) > 0 {
		if n := t.columns.find(t.asked.Sort[0].Column); n >= 0 {
			s.column, s.sorted, descending = t.columns.declared[n], true, t.asked.Sort[0].Descending
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), seekFor)
	s.ctx, t.stopSeek = ctx, cancel
	answer, from := t.answer, max(0, t.cursor)
	t.work(func() {
		i := -1
		if s.sorted {
			i = s.halve(descending)
		}
		if i < 0 {
			i = s.onward(from)
		}
		t.post(func() {
			if i >= 0 && ctx.Err() == nil && t.answer == answer {
				t.GoTo(i)
			}
			cancel()
		})
	})
}

// seeker looks for a row of an answer that begins with a prefix in a column.
type seeker[R any] struct {
	ctx    context.Context
	answer Answer[R]
	column Column[R]
	prefix string // folded
	sorted bool   // rows with equal texts stand together
}

// texts reads what rows say in the column, folded and by their positions.
func (s *seeker[R]) texts(positions ...int) (map[int]string, error) {
	texts := make(map[int]string, len(positions))
	err := s.answer.Fetch(s.ctx, positions, func(i int, row R) { texts[i] = search.Fold(s.column.String(row)) })
	if err == nil {
		err = s.ctx.Err()
	}
	return texts, err
}

func (s *seeker[R]) text(i int) string {
	texts, _ := s.texts(i)
	return texts[i]
}

// halve finds the first row by halving. It is -1 when the row found does not begin with the prefix. Rows without a text stand at either
// end of an order.
func (s *seeker[R]) halve(descending bool) int {
	blankFirst := s.text(0) == ""
	i := sort.Search(s.answer.Len(), func(i int) bool {
		text := s.text(i)
		switch {
		case text == "":
			return !blankFirst
		case descending:
			return text < s.prefix || strings.HasPrefix(text, s.prefix)
		}
		return text >= s.prefix
	})
	if i < s.answer.Len() && strings.HasPrefix(s.text(i), s.prefix) {
		return i
	}
	return -1
}

// onward reads on from a row, around the end, to the next that begins with the prefix, or -1.
func (s *seeker[R]) onward(from int) int {
	n := s.answer.Len()
	for read := 0; read < n; {
		positions := make([]int, min(copyRows, n-read))
		for k := range positions {
			positions[k] = (from + read + k) % n
		}
		texts, err := s.texts(positions...)
		if err != nil {
			return -1
		}
		for _, i := range positions {
			if strings.HasPrefix(texts[i], s.prefix) {
				return i
			}
		}
		read += len(positions)
		if last := texts[positions[len(positions)-1]]; s.sorted && last == texts[positions[0]] {
			read = s.endOfRun(from, read, last)
		}
	}
	return -1
}

// endOfRun is how many rows after from the rows with the same text end, when those before read do: by strides that double, and then by
// halving.
func (s *seeker[R]) endOfRun(from, read int, text string) int {
	n := s.answer.Len()
	same := func(read int) bool { return s.text((from+read)%n) == text }
	stride := 1
	for read+stride < n && same(read+stride-1) {
		read += stride
		stride *= 2
	}
	return read + sort.Search(min(stride, n-read), func(k int) bool { return !same(read + k) })
}
