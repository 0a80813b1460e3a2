package data

import (
	"context"

	"consign/model"
)

// Orders is the drawer of what customers and MSPs ordered of our resellers.
type Orders struct{ desk *Register }

// Orders is the drawer of orders.
func (r *Register) Orders() Orders { return Orders{r} }

// purchase is a row of orders.
type purchase struct {
	ID         int64             `json:"id,omitempty"`
	ResellerID int64             `json:"reseller_id,omitempty"`
	TargetID   int64             `json:"target_id,omitempty"`
	Number     string            `json:"number,omitempty"`
	Day        string            `json:"day,omitempty"`
	Note       string            `json:"note,omitempty"`
	Lines      []model.OrderLine `json:"lines,omitempty" gorm:"serializer:json"`
	Closed     flag              `json:"closed,omitempty"`
	CreatedAt  int64             `json:"created_at,omitempty" gorm:"autoCreateTime:false"`
}

// purchaseFields are the fields of an order that an act changes; nil leaves one as it is.
type purchaseFields struct {
	TargetID *int64             `json:"target_id,omitempty"`
	Number   *string            `json:"number,omitempty"`
	Day      *string            `json:"day,omitempty"`
	Note     *string            `json:"note,omitempty"`
	Lines    *[]model.OrderLine `json:"lines,omitempty" gorm:"serializer:json"`
	Closed   *flag              `json:"closed,omitempty"`
}

// TableName is the table of orders.
func (purchase) TableName() string { return "orders" }

// Add notes orders of a reseller in one act. Errors: Invalid, NotFound, Exists when the customer has an order of that number.
func (d Orders) Add(ctx context.Context, resellerID int64, orders []model.Order) (model.Done, error) {
	return d.desk.act(ctx, model.OrdersAdded, model.As(model.Reseller, resellerID), func(a *act) error {
		if len(orders) == 0 {
			return model.Fail(model.Invalid, "There is no order to add.")
		}
		for _, o := range orders {
			o.ResellerID = resellerID
			if err := a.addOrder(&o); err != nil {
				return err
			}
		}
		a.change |= OrdersChanged
		a.text = model.Say("Orders added: {{.Orders}}.", "Orders", len(orders))
		if len(orders) == 1 {
			a.text = model.Say("Order {{.Number}} added.", "Number", orders[0].Number)
		} else {
			a.party, a.customer = 0, 0
		}
		return nil
	})
}

func (a *act) addOrder(o *model.Order) error {
	if err := a.checkOrder(o); err != nil {
		return err
	}
	row := purchaseOf(o)
	row.CreatedAt = millis(a.at)
	if err := a.tx.Create(&row).Error; err != nil {
		return err
	}
	a.inserted(&purchase{ID: row.ID})
	a.makes(ofOrder, row.ID)
	return nil
}

// checkOrder is nil for an order that may be kept, beside all others.
func (a *act) checkOrder(o *model.Order) error {
	if err := o.Check(); err != nil {
		return err
	}
	target, err := a.resellerAndTarget(o.ResellerID, o.TargetID)
	if err != nil {
		return err
	}
	var same int64
	err = a.tx.Model(&purchase{}).Where("reseller_id = ? AND target_id = ? AND number = ? AND id <> ?", o.ResellerID, o.TargetID,
		o.Number, o.ID).Count(&same).Error
	if err == nil && same > 0 {
		err = model.Fail(model.Exists, "{{.Company}} has an order {{.Number}} already.", "Company", target.CompanyName, "Number", o.Number)
	}
	return err
}

func purchaseOf(o *model.Order) purchase {
	row := purchase{ID: o.ID, ResellerID: o.ResellerID, TargetID: o.TargetID, Number: o.Number, Note: o.Note, Closed: flag(o.Closed)}
	if !o.Day.IsZero() {
		row.Day = o.Day.Format("2006-01-02")
	}
	for _, l := range o.Lines {
		row.Lines = append(row.Lines, model.OrderLine{Model: l.Model, Expected: l.Expected})
	}
	return row
}

// Edit gives an order other fields. Errors: those of Add, and NotFound.
func (d Orders) Edit(ctx context.Context, o model.Order) (model.Done, error) {
	return d.desk.act(ctx, model.OrderEdited, model.As(model.Reseller, o.ResellerID), func(a *act) error {
		if err := a.ownOrder(o.ResellerID, o.ID); err != nil {
			return err
		}
		if err := a.checkOrder(&o); err != nil {
			return err
		}
		row := purchaseOf(&o)
		a.text = model.Say("Order {{.Number}} changed.", "Number", o.Number)
		return a.update(&purchase{ID: o.ID}, &purchaseFields{TargetID: &row.TargetID, Number: &row.Number, Day: &row.Day, Note: &row.Note,
			Lines: &row.Lines, Closed: &row.Closed})
	})
}

// ownOrder is nil if the order is the reseller's; the act changes it.
func (a *act) ownOrder(resellerID, id int64) error {
	is, err := a.has(&purchase{ID: id, ResellerID: resellerID})
	if err == nil && !is {
		err = model.Fail(model.NotFound, "This order is not in the register any more.")
	}
	a.buildsOn(ofOrder, id)
	a.makes(ofOrder, id)
	a.change |= OrdersChanged
	return err
}

// Close says that what is open of orders will not come, or that it will.
func (d Orders) Close(ctx context.Context, resellerID int64, ids []int64, closed bool) (model.Done, error) {
	return d.desk.act(ctx, model.OrderEdited, model.As(model.Reseller, resellerID), func(a *act) error {
		for _, id := range ids {
			if err := a.ownOrder(resellerID, id); err != nil {
				return err
			}
			shut := flag(closed)
			if err := a.update(&purchase{ID: id}, &purchaseFields{Closed: &shut}); err != nil {
				return err
			}
		}
		a.text = model.Say("Orders opened again: {{.Orders}}.", "Orders", len(ids))
		if closed {
			a.text = model.Say("Orders closed: {{.Orders}}.", "Orders", len(ids))
		}
		return nil
	})
}

// Remove takes orders out of the register. Uploads and devices stay as they are.
func (d Orders) Remove(ctx context.Context, resellerID int64, ids []int64) (model.Done, error) {
	return d.desk.act(ctx, model.OrdersRemoved, model.As(model.Reseller, resellerID), func(a *act) error {
		for _, id := range ids {
			if err := a.ownOrder(resellerID, id); err != nil {
				return err
			}
			if err := a.remove(&purchase{ID: id}); err != nil {
				return err
			}
		}
		a.text = model.Say("Orders removed: {{.Orders}}.", "Orders", len(ids))
		return nil
	})
}

// All are the reseller's orders with what has come of them, the newest first. Safe on any goroutine.
func (d Orders) All(ctx context.Context, resellerID int64) (orders []model.Order, err error) {
	var rows []purchase
	if err := d.desk.read.WithContext(ctx).Where(&purchase{ResellerID: resellerID}).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, d.desk.told(err)
	}
	type came struct {
		models  map[string]int
		uploads map[int64]bool
	}
	delivered := map[int64]*came{} // by order
	named := map[int64][2]string{} // company and Knox ID by account
	err = d.desk.reading(ctx, func(c *reader) error {
		err := c.each(`SELECT o.id, u.id, n.model, n.devices FROM orders o CROSS JOIN uploads u ON u.reseller_id = o.reseller_id
			AND u.target_id = o.target_id AND u.kind = 'direct' CROSS JOIN upload_models n ON n.upload_id = u.id AND n.order_number = o.number
			WHERE o.reseller_id = ?`, []any{resellerID}, func(s *statement) error {
			x := delivered[s.int(0)]
			if x == nil {
				x = &came{map[string]int{}, map[int64]bool{}}
				delivered[s.int(0)] = x
			}
			x.models[s.text(2)] += int(s.int(3))
			x.uploads[s.int(1)] = true
			return nil
		})
		if err != nil {
			return err
		}
		return c.each(`SELECT DISTINCT a.id, a.company_name, a.knox_id FROM orders o JOIN accounts a ON a.id = o.target_id
			WHERE o.reseller_id = ?`,
			[]any{resellerID}, func(s *statement) error {
				named[s.int(0)] = [2]string{s.text(1), s.text(2)}
				return nil
			})
	})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		o := model.Order{ID: row.ID, ResellerID: row.ResellerID, TargetID: row.TargetID, Target: named[row.TargetID][0],
			TargetKnox: named[row.TargetID][1], Number: row.Number, Note: row.Note, Lines: row.Lines, Closed: bool(row.Closed),
			CreatedAt: timeOf(row.CreatedAt)}
		var of day
		if err := of.Scan(row.Day); err != nil {
			return nil, d.desk.note(damagedf("day %q of order %d", row.Day, row.ID))
		}
		o.Day = of.Time
		if x := delivered[row.ID]; x != nil {
			o.Deliver(x.models)
			o.Uploads = len(x.uploads)
		}
		orders = append(orders, o)
	}
	return orders, nil
}

// Open are the reseller's orders of which something is to come, to one customer or MSP if target is not 0. Safe on any goroutine.
func (d Orders) Open(ctx context.Context, resellerID, target int64) (open []model.Order, err error) {
	all, err := d.All(ctx, resellerID)
	for _, o := range all {
		if o.State() == model.OpenOrder && (target == 0 || o.TargetID == target) {
			open = append(open, o)
		}
	}
	return open, err
}
