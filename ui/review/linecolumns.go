package review

import (
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// names are customers by their Knox IDs. Safe on any goroutine.
type names struct {
	mu    sync.RWMutex
	known map[string]string
}

func (n *names) of(knoxID string) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.known[knoxID]
}

// SetCustomers says what customers are called, by their Knox IDs, for lists that name the customer on every line. Safe on any goroutine.
func (r *Reviewer) SetCustomers(known map[string]string) {
	r.names.mu.Lock()
	defer r.names.mu.Unlock()
	r.names.known = known
}

// lineColumns are the columns of a review's table. They are as wide as what the lines hold, and those that hold nothing are not there.
func (r *Reviewer) lineColumns() []grid.Column[intake.Line] {
	text := func(id, title string, says func(intake.Line) string) grid.Column[intake.Line] {
		return grid.Column[intake.Line]{ID: id, Title: title, Width: 60, Text: says}
	}
	mono := func(id, title string, says func(intake.Line) string) grid.Column[intake.Line] {
		c := text(id, title, says)
		c.Mono, c.Letters = true, page.IdentifierLetters
		return c
	}
	number := text("line", lang.L("LINE"), func(l intake.Line) string { return page.Number(l.Number) })
	number.Align, number.Sortable = grid.Trailing, true
	customer := text("customer", lang.L("CUSTOMER"), r.namedCustomer)
	customer.Badge, customer.Width, customer.Most = r.customerOf, 150, 320
	imei := mono("imei", lang.L("IMEI/MEID"), shownIdentifier)
	imei.Width = 150
	reason := text("reason", lang.L("REASON"), func(l intake.Line) string { return page.Words(l.Reason) })
	reason.Width, reason.Most = 240, 900
	cells := text("cells", lang.L("AS IN THE LIST"), func(l intake.Line) string { return strings.Join(l.Cells, "  |  ") })
	cells.Width, cells.Most, cells.Hidden = 300, 900, true
	return []grid.Column[intake.Line]{
		number,
		{ID: "verdict", Title: lang.L("VERDICT"), Width: 60, Sortable: true, Badge: VerdictLook},
		customer,
		imei,
		reason,
		mono("imei2", lang.L("IMEI 2"), func(l intake.Line) string { return or(l.Device.IMEI2, l, "imei2") }),
		mono("serial", lang.L("SERIAL NUMBER"), func(l intake.Line) string { return or(l.Device.Serial, l, "serial") }),
		text("model", lang.L("MODEL"), func(l intake.Line) string { return or(l.Device.Model, l, "model") }),
		text("order", lang.L("ORDER NUMBER"), func(l intake.Line) string { return or(l.Device.OrderNumber, l, "order") }),
		text("date", lang.L("ORDER DATE"), shownDate),
		text("tags", lang.L("TAGS"), func(l intake.Line) string { return l.Tags }),
		mono("oldimei", lang.L("OLD IMEI"), func(l intake.Line) string { return or("", l, "oldimei") }),
		mono("oldserial", lang.L("OLD SERIAL NUMBER"), func(l intake.Line) string { return or("", l, "oldserial") }),
		cells,
	}
}

// problemsFirst is the order of the lines when they are sorted by their verdict.
var problemsFirst = []model.Verdict{model.Rejected, model.Warning, model.AlreadyRegistered, model.DuplicateInFile}

// ordered are the lines that a question asks for, and whether they stand in the order of the list. Sorted by verdict come first those about
// which somebody has still to decide.
func ordered(review *intake.Review, q grid.Question) (indexes []int32, ascending bool) {
	var only []model.Verdict
	if v, ok := verdictOf(q); ok {
		only = []model.Verdict{v}
	}
	if len(q.Sort) == 0 {
		return review.Indexes(only...), true
	}
	if q.Sort[0].Column == "verdict" {
		var settled []int32
		for _, v := range problemsFirst {
			if len(only) > 0 && only[0] != v {
				continue
			}
			for _, i := range review.Indexes(v) {
				if review.Open(int(i)) {
					indexes = append(indexes, i)
				} else {
					settled = append(settled, i)
				}
			}
		}
		indexes = append(indexes, settled...)
		for _, v := range []model.Verdict{model.Fixed, model.OK, model.Skipped} {
			if len(only) == 0 || only[0] == v {
				indexes = append(indexes, review.Indexes(v)...)
			}
		}
	} else {
		indexes = review.Indexes(only...)
	}
	if q.Sort[0].Descending {
		slices.Reverse(indexes)
	}
	return indexes, false
}
