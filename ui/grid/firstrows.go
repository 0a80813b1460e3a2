package grid

// This file is about the time between the first rows of an answer and the rest of it (see Ahead). The table is as long as it will
// be, rows whose ids are not known yet show placeholders, and what the user does with them is done as soon as they are.

// known is the number of rows whose ids are known: the first ones of all.
func (t *Table[R]) known() int {
	if t.answer == nil {
		return 0
	}
	return t.answer.Len()
}

// mayBegin tells whether the first rows of a question may show before the rest: where nothing shows yet, or other rows or another order of
// which none is selected or current, so that none is to be found again.
func (t *Table[R]) mayBegin(q Question) bool {
	return t.answer == nil || !t.sameAsAsked(q) && t.cursor < 0 && !t.picks.all && t.picks.count(t.Len()) == 0
}

// begin shows the first rows of an answer, if there are more.
func (t *Table[R]) begin(q Question, first Answer[R], of int) {
	if t.mayBegin(q) && first.Len() < of {
		t.take(q, first, of, nil)
	}
}

// postpone keeps for later what concerns row i, or what follows upon something that was kept, if that row is not known yet.
func (t *Table[R]) postpone(i int, act func()) bool {
	if t.known() == t.Len() || i < t.known() && len(t.later) == 0 {
		return false
	}
	t.later = append(t.later, act)
	return true
}

// goesOn tells whether an answer has the first rows that are shown, and the rest.
func (t *Table[R]) goesOn(q Question, answer Answer[R]) bool {
	if t.known() == t.Len() || answer.Len() != t.Len() || !t.sameAsAsked(q) {
		return false
	}
	for i := range t.known() {
		if answer.ID(i) != t.answer.ID(i) {
			return false
		}
	}
	return true
}

// goOn puts the whole answer in place of its first rows. They keep their places, so that nothing but placeholders changes.
func (t *Table[R]) goOn(answer Answer[R]) {
	from := t.known()
	t.err = nil
	t.replace(answer)
	if from%chunkRows > 0 {
		delete(t.cache.chunks, from/chunkRows)
	}
	t.rebind(from, t.Len())
	t.answered()
	t.catchUp()
}

// catchUp does what was postponed, once all rows are known.
func (t *Table[R]) catchUp() {
	if t.known() < t.Len() {
		return
	}
	later := t.later
	t.later = nil
	for _, act := range later {
		act()
	}
}
