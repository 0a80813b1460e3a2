package newupload

import (
	"context"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// known is what the register has of the account, to be proposed while a person types: models, order numbers, tags and customers. It is read
// once, when the page is made.
type known struct {
	all map[intake.Meaning][]control.Proposal
}

func newKnown(d page.Desk, acting model.Account) *known {
	k := &known{all: map[intake.Meaning][]control.Proposal{}}
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
