package newupload

import (
	"context"
	"slices"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// known is what the register has of the account, to be proposed while a person types: models, order numbers, tags and customers. It is read
// once, when the page is made.
type known struct {
	all    map[intake.Meaning][]control.Proposal
	orders []control.Proposal // the open orders of all customers
}

func newKnown(d page.Desk, acting model.Account) *known {
	k := &known{all: map[intake.Meaning][]control.Proposal{}}
	page.Read(d, func(ctx context.Context) (orders []model.Order, err error) {
		if acting.Kind == model.Reseller {
			orders, err = d.Register().Orders().Open(ctx, acting.ID, 0)
		}
		return orders, err
	}, func(orders []model.Order) {
		for _, o := range orders {
			k.orders = append(k.orders, control.Proposal{Text: o.Number, Note: o.Target})
		}
	})
	page.Read(d, func(ctx context.Context) (map[intake.Meaning][]control.Proposal, error) {
		all := map[intake.Meaning][]control.Proposal{}
		devices, view := d.Register().Devices(), model.As(acting.Kind, acting.ID)
		for m, read := range map[intake.Meaning]func(context.Context, model.View) ([]string, error){
			intake.Model: devices.Models, intake.OrderNumber: devices.Orders, intake.Tags: devices.Tags} {
			texts, err := read(ctx, view)
			if err != nil {
				return nil, err
			}
			for _, text := range texts {
				all[m] = append(all[m], control.Proposal{Text: text})
			}
		}
		if acting.Kind != model.Reseller {
			return all, nil
		}
		_, names, err := customersOf(ctx, d.Register().Customers(), acting.ID)
		for id, name := range names {
			all[intake.CustomerID] = append(all[intake.CustomerID], control.Proposal{Text: id, Note: name})
		}
		return all, err
	}, func(all map[intake.Meaning][]control.Proposal) { k.all = all })
	return k
}

func (k *known) of(m intake.Meaning) []control.Proposal { return k.all[m] }

// propose proposes what is known in a field of the order.
func (k *known) propose(m intake.Meaning) func(string) []control.Proposal {
	return func(typed string) []control.Proposal { return control.Matching(k.of(m), typed) }
}

// orderNumbers proposes the open orders of the target, or of all customers while none is chosen, and then the numbers that uploads have. An
// empty field proposes the open ones.
func (w *draft) orderNumbers(typed string) []control.Proposal {
	open := w.order.open.proposals()
	if w.target.chosen.account == 0 {
		open = w.known.orders
	}
	if typed == "" {
		return open[:min(len(open), control.MostProposals)]
	}
	all := slices.Clone(open)
	for _, p := range w.known.of(intake.OrderNumber) {
		if !slices.ContainsFunc(open, func(o control.Proposal) bool { return o.Text == p.Text }) {
			all = append(all, p)
		}
	}
	return control.Matching(all, typed)
}
