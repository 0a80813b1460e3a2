package newupload

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/ui/page"
)

// orderSought is for which number an open order was looked for: that of the form, else the one on all lines of the lists.
type orderSought struct {
	number string
	lines  int // that were looked through for one
}

// found is an open order with the customer or MSP whose it is.
type found struct {
	order model.Order
	party party
}

// byOrder looks for the open order of the number that the form says or, if it says none, all lines of the lists. It proposes the customer
// whose order it is, unless a person chose one, and gives the form the day of the order.
func (w *draft) byOrder() {
	if w.onBehalf || w.resuming || w.review.Reading() || w.review.Bulk() {
		return
	}
	now := orderSought{number: w.order.number.Text}
	if now.number == "" {
		now.lines = w.review.Counts().Lines
	}
	if now == w.sought {
		return
	}
	w.sought = now
	if now == (orderSought{}) {
		return
	}
	lists := w.review.WholeReviews()
	page.Read(w.desk, func(ctx context.Context) (found, error) { return w.openOrder(ctx, now.number, lists) }, func(f found) {
		if f.order.ID == 0 || now != w.sought || w.done != nil {
			return
		}
		if w.target.chosen.account == 0 || w.target.why != "" {
			w.target.propose(f.party, lang.L("as order {{.Number}} says", map[string]any{"Number": f.order.Number}))
			if w.review.Counts().Of(model.AlreadyRegistered) > 0 {
				w.review.Recheck()
			}
		}
		if w.target.chosen.account == f.party.account && w.order.date.Text == "" && !f.order.Day.IsZero() {
			w.order.date.SetDate(&f.order.Day)
		}
		w.changed()
	})
}

// openOrder is the only open order of the number, or of the one that all lines of the lists say; none if there are several customers with
// one. Off Fyne's goroutine.
func (w *draft) openOrder(ctx context.Context, number string, lists []*intake.Review) (f found, err error) {
	if number == "" {
		number = onlyOrder(lists)
	}
	if number == "" {
		return f, nil
	}
	open, err := w.desk.Register().Orders().Open(ctx, w.acting.ID, 0)
	if err != nil {
		return f, err
	}
	for _, o := range open {
		if o.Number != number {
			continue
		}
		if f.order.ID != 0 && f.order.TargetID != o.TargetID {
			return found{}, nil
		}
		f.order = o
	}
	if f.order.ID == 0 {
		return f, nil
	}
	c, err := w.desk.Register().Customers().Of(ctx, w.acting.ID, f.order.TargetID)
	if model.CodeOf(err) == model.NotFound { // it is not on the Customers page any more
		return found{}, nil
	}
	f.party = partyOfCustomer(c)
	return f, err
}

// onlyOrder is the order number that the lists say, "" if they say none or several.
func onlyOrder(lists []*intake.Review) (number string) {
	for _, r := range lists {
		for _, n := range r.Values(intake.OrderNumber) {
			if number != "" && n != number {
				return ""
			}
			number = n
		}
	}
	return number
}
