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
	// Moves are the devices of Customer that an MSP moves, by the account of the customer: Devices.Move does it.
	Moves map[int64][]int64
}

// Devices is how many devices the portal's word is taken for.
func (p Plan) Devices() int { return p.Comes + p.Customer + p.Status + p.OrderNumber }

// TakenOver is how many of them TakeOver does; the others are moved.
func (p Plan) TakenOver() int {
	n := p.Devices()
	for _, ids := range p.Moves {
		n -= len(ids)
	}
	return n
}

// Plan says what taking these differences over would do, before it is done. Safe on any goroutine.
func (c *Comparison) Plan(ctx context.Context, at []int64) (Plan, error) {
	p := planning{Plan: Plan{Moves: map[int64][]int64{}}, Comparison: c, active: map[int64]bool{}, told: map[uint32]bool{0: true}}
	err := c.desk.reading(ctx, func(r *reader) (err error) {
		if p.moved, err = r.movedAmong(c.Devices(c.Of(at, model.OtherStatus, model.OtherOrderNumber)).IDs); err != nil {
			return err
		}
		return r.each("SELECT customer_id FROM managements WHERE msp_id = ? AND status = ?", []any{c.View.Account, model.ActiveManagement},
			func(s *statement) error { p.active[s.int(0)] = true; return nil })
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

// planning is a plan in the making.
type planning struct {
	Plan
	*Comparison
	moved  idSet
	active map[int64]bool
	told   map[uint32]bool // texts of unknown customers
}

func (p *planning) add(x *difference) {
	msp := p.View.Portal == model.MSPPortal
	switch {
	case x.kind == model.OnlyHere:
	case x.taken:
		p.Taken++
	case x.kind == model.OtherCustomer && msp:
		p.move(x)
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

// move puts a device of an MSP among those that it moves, if the customer lets it.
func (p *planning) move(x *difference) {
	for _, account := range p.named(p.texts[x.customer]) {
		if p.active[account] {
			p.Customer++
			p.Moves[account] = append(p.Moves[account], x.device)
			return
		}
	}
	p.unknown(x)
}

func (p *planning) unknown(x *difference) {
	p.Unknown++
	if !p.told[x.customer] {
		p.told[x.customer] = true
		p.Customers = append(p.Customers, p.texts[x.customer])
	}
}
