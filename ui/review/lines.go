package review

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/model/search"
	"consign/ui/grid"
	"consign/ui/page"
)

// filterVerdict is the table's filter by verdict: its value is the verdict's number.
const filterVerdict = "verdict"

// verdictOf is the verdict that a question is narrowed to.
func verdictOf(q grid.Question) (model.Verdict, bool) {
	v, err := strconv.Atoi(q.Filters[filterVerdict])
	return model.Verdict(v), err == nil
}

// lines is the source of the review's table: the lines of a list.
type lines struct {
	review atomic.Pointer[intake.Review] // of the list that is shown; nil without one, or while nothing is read of it
	said   *reasons
}

// Ask implements grid.Source. It looks for the search in the identifiers and cells of every line.
func (s *lines) Ask(ctx context.Context, q grid.Question) (grid.Answer[intake.Line], error) {
	review := s.review.Load()
	if review == nil {
		return &lineAnswer{}, nil
	}
	a := &lineAnswer{review: review, said: s.said}
	a.indexes, a.sorted = ordered(review, q)
	if sought := search.For(q.Search); !sought.Empty() {
		a.indexes = slices.DeleteFunc(a.indexes, func(i int32) bool {
			return ctx.Err() == nil && !lineHas(review.Line(int(i)), sought)
		})
	}
	return a, ctx.Err()
}

// CountAll implements grid.Source.
func (s *lines) CountAll(context.Context) (int, error) {
	if review := s.review.Load(); review != nil {
		return review.Len(), nil
	}
	return 0, nil
}

func lineHas(l intake.Line, sought *search.Search) bool {
	d := l.Device
	texts := []string{d.IMEI1, d.IMEI2, d.MEID, d.Serial, d.Model, d.OrderNumber, l.CustomerID}
	return search.In(sought, append(texts, l.Cells...)...)
}

// lineAnswer is some lines of a review. The lines themselves stay in the review.
type lineAnswer struct {
	review  *intake.Review
	indexes []int32
	sorted  bool // ascending
	said    *reasons
}

func (a *lineAnswer) Len() int       { return len(a.indexes) }
func (a *lineAnswer) ID(i int) int64 { return int64(a.indexes[i]) }

// Row implements grid.InMemory.
func (a *lineAnswer) Row(i int) intake.Line {
	l := a.review.Line(int(a.indexes[i]))
	switch {
	case l.Registered != 0:
		l.Reason = a.said.of(a.review, l)
	case l.Reason.Template == intake.IsExchange.Text().Template:
		l.Reason = model.Say("Replaces {{.Identifier}}: only the new device is taken.", "Identifier", a.review.Old(l.Index).First())
	}
	return l
}

func (a *lineAnswer) Positions(ids map[int64]struct{}) map[int64]int {
	found := make(map[int64]int, len(ids))
	if !a.sorted {
		for i, index := range a.indexes {
			if _, wanted := ids[int64(index)]; wanted {
				found[int64(index)] = i
			}
		}
		return found
	}
	for id := range ids {
		if i, in := slices.BinarySearch(a.indexes, int32(id)); in {
			found[id] = i
		}
	}
	return found
}

func (a *lineAnswer) Fetch(ctx context.Context, positions []int, take func(int, intake.Line)) error {
	for _, i := range positions {
		take(i, a.Row(i))
	}
	return ctx.Err()
}

// reasons knows the whole reasons of lines that are registered already: at which customer, in which upload, since when, as far as
// the one who looks may know it (V12). It asks the register for the lines that somebody looks at. Safe on any goroutine.
type reasons struct {
	desk page.Desk
	told func() // on Fyne's goroutine, when more is known

	mu     sync.Mutex
	review *intake.Review // whose lines they are
	known  map[int]model.Text
	asked  map[int]intake.Line
	busy   bool
}

func newReasons(d page.Desk, told func()) *reasons { return &reasons{desk: d, told: told} }

// of is the reason of a line whose device is registered, which is short until the register has answered.
func (e *reasons) of(review *intake.Review, l intake.Line) model.Text {
	e.mu.Lock()
	if e.review != review {
		e.review, e.known, e.asked = review, map[int]model.Text{}, map[int]intake.Line{}
	}
	if known, ok := e.known[l.Index]; ok {
		e.mu.Unlock()
		return known
	}
	e.asked[l.Index] = l
	ask := !e.busy
	e.busy = true
	e.mu.Unlock()
	if ask {
		fyne.Do(e.askAsync)
	}
	return l.Reason
}

// askAsync asks the register for all that is not known yet.
func (e *reasons) askAsync() {
	e.mu.Lock()
	review, lines := e.review, slices.Collect(maps.Values(e.asked))
	clear(e.asked)
	e.mu.Unlock()
	e.desk.ReadAsync(func(ctx context.Context) error { return review.Explain(ctx, lines) }, func() {
		e.mu.Lock()
		e.busy = false
		if e.review == review {
			for _, l := range lines {
				e.known[l.Index] = l.Reason
			}
		}
		e.mu.Unlock()
		e.told()
	})
}

// forget forgets what is known, because a line was changed.
func (e *reasons) forget() {
	e.mu.Lock()
	e.review = nil
	e.mu.Unlock()
}

// VerdictLook is the colour of a verdict.
func VerdictLook(l intake.Line) (string, grid.Look) {
	switch {
	case l.LeftOut:
		return lang.L("left out"), grid.Plain
	case l.Verdict == model.Warning && l.Confirmed:
		return lang.L("confirmed"), grid.Good
	}
	word := page.Word(l.Verdict)
	switch l.Verdict {
	case model.OK, model.Fixed:
		return word, grid.Good
	case model.Warning:
		return word, grid.Waiting
	case model.Skipped:
		return word, grid.Plain
	}
	return word, grid.Bad
}

// shownIdentifier is the IMEI or MEID of a line, or what stands in the list instead of one.
func shownIdentifier(l intake.Line) string {
	d := l.Device
	switch {
	case d.IMEI1 != "":
		return d.IMEI1
	case d.MEID != "":
		return d.MEID
	case l.Column >= 0 && l.Column < len(l.Cells) && l.Column < len(l.Columns) && columnOf(l.Columns[l.Column]) != "imei":
		return "" // what is wrong stands in another column
	case d.Serial != "" || l.Verdict == model.Skipped && len(l.Cells) == 0:
		return ""
	case l.Column >= 0 && l.Column < len(l.Cells):
		return l.Cells[l.Column]
	}
	for _, cell := range l.Cells {
		if strings.TrimSpace(cell) != "" {
			return cell
		}
	}
	return ""
}
