package data

import (
	"context"

	"consign/model"
)

// Plan is what taking differences over does to so many devices, and how many it leaves out, each for one reason.
type Plan struct {
	Comes, Customer, Status, OrderNumber int
	// Taken are devices that another party has, Unknown those at customers that the directory does not know or that do not let the MSP
	// move devices to them now, Moved those that an MSP of ours moved to a customer: they stay as they are.
	Taken, Unknown, Moved int
	// Customers are those of Unknown, each once, as the export names them.
	Customers []string
}

// Devices is how many devices the portal's word is taken for.
func (p Plan) Devices() int { return p.Comes + p.Customer + p.Status + p.OrderNumber }

// Plan says what taking these differences over would do, before it is done; Refused when the register has changed since the comparison.
// Safe on any goroutine.
func (c *Comparison) Plan(ctx context.Context, at []int64) (Plan, error) {
	p := planning{Comparison: c, told: map[uint32]bool{0: true}}
	if err := c.Current(ctx); err != nil {
		return Plan{}, err
	}
	err := c.desk.reading(ctx, func(r *reader) (err error) {
		if p.moved, err = r.movedAmong(c.Devices(c.Of(at, model.OtherStatus, model.OtherOrderNumber)).IDs); err != nil {
			return err
		}
		p.active, err = r.activeCustomers(c.View)
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	for _, n := range at {
		p.add(&c.differences[n-1])
	}
	return p.Plan, nil
}

// movedAmong are those of the devices that an MSP moved to a customer.
func (c *reader) movedAmong(ids []int64) (idSet, error) {
	const moved = "SELECT id FROM devices WHERE moved_id IS NOT NULL AND deleted IS NULL AND id IN (SELECT value FROM json_each(?))"
	return c.foundBy([]query{{moved, []any{idList(ids)}}}, everyRow)
}

// activeCustomers are the customers to whom an MSP may move devices; none of another viewer.
func (c *reader) activeCustomers(msp model.View) (idSet, error) {
	return c.foundBy([]query{{"SELECT customer_id FROM managements WHERE msp_id = ? AND status = ?",
		[]any{msp.Account, model.ActiveManagement}}}, everyRow)
}

// movesTo is the customer to whom an MSP moves what the portal has at the one that a text names: of those that it may mean the first that
// is active; 0 for none.
func (c *Comparison) movesTo(text string, active idSet) int64 {
	for _, account := range c.named(text) {
		if active.has(account) {
			return account
		}
	}
	return 0
}

// planning is a plan in the making.
type planning struct {
	Plan
	*Comparison
	moved  idSet
	active idSet           // customers to whom the MSP may move devices
	told   map[uint32]bool // texts of unknown customers
}

func (p *planning) add(x *difference) {
	msp := p.View.Portal == model.MSPPortal
	switch {
	case x.kind == model.OnlyHere:
	case x.taken:
		p.Taken++
	case x.kind == model.OtherCustomer && msp && p.movesTo(p.texts[x.customer], p.active) == 0:
		p.unknown(x)
	case !msp && p.Columns.Customer && x.customer != 0 && len(p.named(p.texts[x.customer])) == 0:
		p.unknown(x)
	case x.kind == model.OnlyThere:
		p.Comes++
	case x.kind == model.OtherCustomer:
		p.Customer++
	case p.moved.has(x.device) && !(x.kind == model.OtherStatus && lineStatuses[x.status] == model.MPTSError):
		p.Moved++
	case x.kind == model.OtherStatus:
		p.Status++
	default:
		p.OrderNumber++
	}
}

func (p *planning) unknown(x *difference) {
	p.Unknown++
	if !p.told[x.customer] {
		p.told[x.customer] = true
		p.Customers = append(p.Customers, p.texts[x.customer])
	}
}
