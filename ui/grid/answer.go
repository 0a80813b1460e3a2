package grid

import (
	"context"
	"errors"
	"slices"
)

// Question is what the table shows, or is about to show.
func (t *Table[R]) Question() Question { return t.question.clone() }

// SetQuestion asks for other rows or another order. A question that is still being answered is cancelled; its answer never shows.
// Selected rows stay selected as far as the answer has them; "all of the old question" does not survive another search or filter.
func (t *Table[R]) SetQuestion(q Question) {
	t.question, t.later = q.clone(), nil
	t.askAsync()
}

// Reload asks the same again, after a change of the register, and reads the total again. Selection and place on screen are kept.
func (t *Table[R]) Reload() {
	t.countAsync()
	t.askAsync()
}

func (t *Table[R]) countAsync() {
	t.counts++
	count := t.counts
	t.work(func() {
		total, err := t.source.CountAll(context.Background())
		t.post(func() {
			if count != t.counts {
				return
			}
			if err != nil {
				t.fail(err)
				return
			}
			t.total = total
			t.answered()
		})
	})
}

func (t *Table[R]) askAsync() {
	if t.cancel != nil {
		t.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.version++
	if t.counts == 0 {
		t.countAsync()
	}
	t.cancel, t.busy = cancel, true
	version, question, before := t.version, t.question.clone(), t.answer
	all := t.picks.all && question.sameRows(t.asked)
	t.refreshHeader()
	t.answered()
	if source, quick := t.source.(Ahead[R]); quick && t.mayBegin(question) {
		t.work(func() {
			if first, of, err := source.First(ctx, question); err == nil && first != nil {
				t.post(func() {
					if version == t.version {
						t.begin(question, first, of)
					}
				})
			}
		})
	}
	t.work(func() {
		answer, err := t.source.Ask(ctx, question)
		var late []int64
		if all && err == nil {
			late = latecomers(before, answer)
		}
		t.post(func() {
			cancel()
			if version != t.version {
				return
			}
			t.busy = false
			if err != nil {
				t.fail(err)
				return
			}
			if t.goesOn(question, answer) {
				t.goOn(answer)
				return
			}
			if t.picks.all && !all && question.sameRows(t.asked) { // everything was selected meanwhile
				late = latecomers(before, answer)
			}
			t.take(question, answer, answer.Len(), late)
		})
	})
}

// fail shows an error instead of rows, or keeps those that are there (Keeps). Cancelled work is none.
func (t *Table[R]) fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	if t.answer == nil || t.Keeps == nil || !t.Keeps(err) {
		t.err = err
	}
	t.answered()
}

func (t *Table[R]) answered() {
	if t.around != nil {
		t.around.answered()
	}
	if t.OnAnswer != nil {
		t.OnAnswer()
	}
}

// latecomers are the ids that an answer has and the one before had not.
func latecomers[R any](before, answer Answer[R]) (late []int64) {
	from, end, was := 0, answer.Len(), before.Len()
	for from < min(end, was) && answer.ID(from) == before.ID(from) {
		from++
	}
	for min(end, was) > from && answer.ID(end-1) == before.ID(was-1) {
		end, was = end-1, was-1
	}
	known := make(map[int64]struct{}, was-from)
	for i := from; i < was; i++ {
		known[before.ID(i)] = struct{}{}
	}
	for i := from; i < end; i++ {
		if _, in := known[answer.ID(i)]; !in {
			late = append(late, answer.ID(i))
		}
	}
	return late
}

// sameAsAsked tells whether a question asks for what is shown, in that order.
func (t *Table[R]) sameAsAsked(q Question) bool {
	return t.answer != nil && q.sameRows(t.asked) && slices.Equal(q.Sort, t.asked.Sort)
}

// take shows an answer that has so many rows. What was selected, current and on top is found again by identity; rows that came late
// are not among all that were selected.
func (t *Table[R]) take(q Question, answer Answer[R], rows int, late []int64) {
	t.err = nil
	before := t.picks.count(t.Len())
	same := t.sameAsAsked(q)
	if t.answer != nil {
		t.carry(q, answer, same)
		if t.picks.all {
			t.picks.except(late)
		}
	}
	t.asked, t.cache, t.hover = q, cache[R]{}, -1
	t.replace(answer)
	t.view.rows = rows
	if !same {
		t.view.setTop(0)
	}
	t.view.setTop(t.view.top())
	if t.focused && t.cursor < 0 && t.view.rows > 0 {
		t.cursor = t.view.first
	}
	t.fitColumns()
	t.rebind(0, t.view.rows)
	t.arrange()
	t.answered()
	if t.picks.count(t.Len()) != before || t.picks.all {
		t.selectionChanged()
	}
	t.catchUp()
}

// replace puts an answer in the place of another and stops fetching from that.
func (t *Table[R]) replace(answer Answer[R]) {
	t.answer = answer
	t.memory, _ = answer.(InMemory[R])
	if t.fetching >= 0 {
		t.stopFetch()
		t.fetching = -1
	}
}

// carry takes selection, cursor and, for the same question, the place on screen over to a new answer.
func (t *Table[R]) carry(q Question, answer Answer[R], same bool) {
	t.picks.settle(t.answer.ID)
	if t.picks.all && !q.sameRows(t.asked) {
		t.picks.clear()
	}
	wanted := t.picks.ids
	places, marks := []*int{&t.cursor, &t.anchor, &t.view.first}, map[*int]int64{}
	for _, at := range places {
		if at == &t.view.first && t.view.top() == 0 {
			continue // who looks at the beginning goes on doing so: what is new may stand there
		}
		if *at >= 0 && *at < t.known() {
			marks[at] = t.answer.ID(*at)
		}
	}
	if len(wanted) == 0 {
		wanted = map[int64]struct{}{}
	}
	lent := []int64{} // ids looked up with the selected ones, though not selected
	for _, id := range marks {
		if _, in := wanted[id]; !in {
			wanted[id] = struct{}{}
			lent = append(lent, id)
		}
	}
	here := answer.Positions(wanted)
	for _, id := range lent {
		delete(wanted, id)
	}
	t.picks.keep(here)
	for _, at := range places {
		id, known := marks[at]
		i, in := here[id]
		switch {
		case known && in:
			*at = i
		case same:
			*at = min(*at, answer.Len()-1)
		case at != &t.view.first:
			*at = -1
		}
	}
	t.view.first = max(0, t.view.first)
}
