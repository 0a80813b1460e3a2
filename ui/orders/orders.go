// Package orders shows what customers and MSPs ordered: what is expected, what has come over several uploads, and what is open. Everything
// in it belongs to Fyne's goroutine.
package orders

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

const filterState = "state"

// Page is the reseller's orders.
func Page(d page.Desk, view model.View, at page.Place) *page.Page {
	add := func() { edit(d, view, model.Order{}) }
	source := &grid.Slice[model.Order]{
		Rows: func(ctx context.Context) ([]model.Order, error) { return d.Register().Orders().All(ctx, view.Account) },
		ID:   func(o model.Order) int64 { return o.ID },
		Match: func(o model.Order, f map[string]string) bool {
			return f[filterState] == "" || f[filterState] == string(o.State())
		},
	}
	all := columns()
	for _, c := range all {
		source.Columns = append(source.Columns, c.Column)
	}
	l := page.List[model.Order]{
		Name: "reseller.orders", Title: lang.L("Orders"),
		Shows:   data.OrdersChanged | data.UploadsChanged | data.DevicesChanged | data.AccountsChanged,
		Columns: all, Frozen: 1, SearchHint: lang.L("Search order number, customer or model"), Source: source,
		Filters: []grid.Filter{page.ChoiceFilter(filterState, lang.L("State"), model.OrderStates,
			func(s model.OrderState) string { return page.Word(s) })},
		Row: func(ctx context.Context, id int64) (model.Order, error) {
			rows, err := d.Register().Orders().All(ctx, view.Account)
			for _, o := range rows {
				if o.ID == id {
					return o, nil
				}
			}
			if err == nil {
				err = model.Fail(model.NotFound, "This order is not in the register any more.")
			}
			return model.Order{}, err
		},
		Nothing: page.BeginFor(d, model.OrdersAdded, grid.State{Title: lang.L("No orders yet"),
			Text:   lang.L("Note what a customer ordered: New upload offers the order, and what is open counts down with every upload."),
			Button: lang.L("Add order…"), OnButton: add}),
		Open:    func(o model.Order) { edit(d, view, o) },
		For:     func(o model.Order) page.Purpose { return page.Purpose{Customer: o.TargetID, Order: o.ID} },
		Actions: actions(d, view),
		Buttons: []fyne.CanvasObject{
			page.For(d, model.OrdersAdded, control.NewButton(lang.L("Orders from a list…"), func() { askList(d, view) })),
			page.For(d, model.OrdersAdded, control.NewMainButton(lang.L("Add order…"), add))},
	}
	return page.NewListPage(d, l, at)
}

func columns() []page.Column[model.Order] {
	text := func(id, title string, width, most float32, of func(model.Order) string) page.Column[model.Order] {
		return page.Column[model.Order]{Column: grid.Column[model.Order]{ID: id, Title: title, Width: width, Most: most, Sortable: true,
			Text: of}}
	}
	number := text("number", lang.L("ORDER NUMBER"), 130, 260, func(o model.Order) string { return o.Number })
	number.Opens = true
	return []page.Column[model.Order]{
		number,
		text("customer", lang.L("CUSTOMER"), 150, 340, func(o model.Order) string { return o.Target }),
		page.DateColumn("day", lang.L("ORDER DATE"), func(o model.Order) time.Time { return o.Day }),
		page.NumberColumn("expected", lang.L("EXPECTED"), model.Order.Expected),
		page.NumberColumn("delivered", lang.L("DELIVERED"), model.Order.Delivered),
		page.NumberColumn("open", lang.L("OPEN"), model.Order.Open),
		page.NumberColumn("uploads", lang.L("UPLOADS"), func(o model.Order) int { return o.Uploads }),
		page.WordsColumn("state", lang.L("STATE"), model.OrderStates, func(o model.Order) (string, grid.Look) {
			switch s := o.State(); s {
			case model.DeliveredOrder:
				return page.Word(s), grid.Good
			case model.ClosedOrder:
				return page.Word(s), grid.Plain
			default:
				return page.Word(s), grid.Waiting
			}
		}),
		text("models", lang.L("MODELS"), 220, 600, func(o model.Order) string {
			parts := make([]string, len(o.Lines))
			for i, l := range o.Lines {
				name := l.Model
				if name == "" {
					name = lang.L("any model")
				}
				parts[i] = name + " " + page.Number(l.Delivered) + "/" + page.Number(l.Expected)
			}
			return strings.Join(parts, ", ")
		}),
		text("note", lang.L("NOTE"), 120, 400, func(o model.Order) string { return o.Note }),
	}
}

// actions are what can be done with orders.
func actions(d page.Desk, view model.View) []page.Action[model.Order] {
	orders := d.Register().Orders()
	act := func(what string, do func(context.Context, []int64) (model.Done, error)) func(page.Selected[model.Order]) {
		return func(s page.Selected[model.Order]) {
			page.Act(d, what, func(ctx context.Context, _ data.Progress) (model.Done, error) {
				ids, err := s.List(ctx)
				if err != nil {
					return model.Done{}, err
				}
				return do(ctx, ids)
			}, nil)
		}
	}
	return []page.Action[model.Order]{
		{Title: func(int) string { return lang.L("New upload for it") }, One: true, Do: func(s page.Selected[model.Order]) {
			d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: s.Row.TargetID, Order: s.Row.ID})
		}},
		{Title: func(int) string { return lang.L("Show its devices") }, One: true, Do: func(s page.Selected[model.Order]) {
			d.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices, Filters: map[string]string{page.FilterOrder: s.Row.Number,
				page.FilterCustomer: page.IDValue(s.Row.TargetID)}})
		}},
		{Title: func(int) string { return lang.L("Edit order…") }, One: true, Needs: model.OrderEdited,
			Do: func(s page.Selected[model.Order]) { edit(d, view, s.Row) }},
		{Title: func(n int) string {
			return lang.N("Close {{.Count}} orders", n, map[string]any{"Count": page.Number(n)})
		},
			Needs: model.OrderEdited, Can: model.Order.CanClose,
			Do: act(lang.L("Closing orders"), func(ctx context.Context, ids []int64) (model.Done, error) {
				return orders.Close(ctx, view.Account, ids, true)
			})},
		{Title: func(n int) string {
			return lang.N("Open {{.Count}} orders again", n, map[string]any{"Count": page.Number(n)})
		},
			Needs: model.OrderEdited, Can: model.Order.CanReopen,
			Do: act(lang.L("Opening orders again"), func(ctx context.Context, ids []int64) (model.Done, error) {
				return orders.Close(ctx, view.Account, ids, false)
			})},
		{Title: removeTitle, OnDelete: true, Needs: model.OrdersRemoved, Do: func(s page.Selected[model.Order]) {
			stay := lang.L("The uploads and devices of the orders stay as they are.")
			page.Confirm(d, removeTitle(s.Count())+"?", stay, removeTitle(s.Count()), func() {
				act(lang.L("Removing orders"), func(ctx context.Context, ids []int64) (model.Done, error) {
					return orders.Remove(ctx, view.Account, ids)
				})(s)
			})
		}},
	}
}

func removeTitle(n int) string {
	return lang.N("Remove {{.Count}} orders", n, map[string]any{"Count": page.Number(n)})
}

// edit adds an order, or changes one.
func edit(d page.Desk, view model.View, o model.Order) {
	title := lang.L("Add order")
	if o.ID != 0 {
		title = lang.L("Edit order")
	}
	f := page.NewForm(d, title, lang.L("Save"))
	finder := page.NewFinder(d, f, lang.L("Knox Customer ID/MSP ID"), lang.L("LOOK UP"), model.Customer, model.MSP)
	number := f.Input(lang.L("Order number"), lang.L("as you write it"))
	date := control.NewDay()
	f.Add(lang.L("Order date"), date)
	lines := f.Lines(lang.L("Expected devices, a model and a count on each line"), lang.L("SM-A556B 20\nSM-X216B 5"), 4)
	note := f.Input(lang.L("Note"), "")
	if o.ID != 0 {
		finder.Fill(o.TargetKnox)
		number.SetText(o.Number)
		lines.SetText(model.OrderLinesText(o.Lines))
		note.SetText(o.Note)
		if !o.Day.IsZero() {
			date.SetDate(&o.Day)
		}
	}
	f.Rule(number, func() error { return model.CheckOrderNumber(number.Text) })
	f.Rule(lines, func() (err error) {
		o.Lines, err = model.ReadOrderLines(lines.Text)
		return err
	})
	f.Submit = func() {
		o.Number, o.Note, o.ResellerID, o.Day = number.Text, note.Text, view.Account, time.Time{}
		if date.Text != "" && date.Date != nil {
			o.Day = *date.Date
		}
		finder.TakeAsync(func(account model.Account) {
			o.TargetID = account.ID
			var done model.Done
			f.DoAsync(nil, func(ctx context.Context) (err error) {
				if o.ID == 0 {
					done, err = d.Register().Orders().Add(ctx, view.Account, []model.Order{o})
				} else {
					done, err = d.Register().Orders().Edit(ctx, o)
				}
				return err
			}, func() {
				f.Hide()
				d.Report(done)
			})
		})
	}
	f.Show()
}
