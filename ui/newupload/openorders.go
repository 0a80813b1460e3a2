package newupload

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// openOrders offers the orders of the target of which something is to come, and says what will be open after the upload.
type openOrders struct {
	desk     page.Desk
	reseller int64
	lists    func() []*intake.Review
	take     func(model.Order) // takes the chosen one over

	choose *control.Button
	says   *control.Name
	line   *fyne.Container

	target  int64 // whose orders are known
	orders  []model.Order
	number  string        // that is written
	counts  intake.Counts // of the lists
	counted intake.Counts // for which the models are known
	models  map[string]int
	turn    int // counts the countings, so that a late answer is dropped
}

// newOpenOrders makes the line, which shows nothing while there is no open order.
func newOpenOrders(d page.Desk, reseller int64, lists func() []*intake.Review) *openOrders {
	o := &openOrders{desk: d, reseller: reseller, lists: lists, says: control.NewName("", 0)}
	o.says.Importance = widget.LowImportance
	o.choose = control.NewButtonWithIcon(lang.L("Open orders"), theme.MenuDropDownIcon(), nil)
	o.choose.IconPlacement = widget.ButtonIconTrailingText
	o.choose.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, order := range o.orders {
			items = append(items, fyne.NewMenuItem(order.Number+" · "+lang.L("{{.Open}} of {{.Expected}} open", openWords(order)),
				func() { o.take(order) }))
		}
		control.ShowMenuBelow(o.choose, items)
	}
	o.line = container.NewBorder(nil, nil, o.choose, nil, o.says)
	o.line.Hide()
	return o
}

func openWords(o model.Order) map[string]any {
	return map[string]any{"Open": page.Number(o.Open()), "Expected": page.Number(o.Expected())}
}

// show reads the orders of a target that is new, and counts down the one with the number by what is taken now.
func (o *openOrders) show(target int64, number string, counts intake.Counts) {
	o.number, o.counts = number, counts
	if target != o.target {
		o.target, o.orders = target, nil
		if target != 0 {
			page.Read(o.desk, func(ctx context.Context) ([]model.Order, error) {
				return o.desk.Register().Orders().Open(ctx, o.reseller, target)
			}, func(orders []model.Order) {
				if o.target == target {
					o.orders = orders
					o.show(target, o.number, o.counts)
				}
			})
		}
	}
	if _, is := o.numbered(number); is && (counts.Lines <= soonCounted || counts != o.counted) {
		o.count()
		return
	}
	o.say()
}

// soonCounted is how many lines are counted whenever something changes, as a model may have; more only when lines come or go.
const soonCounted = 20_000

// numbered is the order with a number, if it is one of these.
func (o *openOrders) numbered(number string) (model.Order, bool) {
	i := slices.IndexFunc(o.orders, func(order model.Order) bool { return order.Number == number })
	if i < 0 {
		return model.Order{}, false
	}
	return o.orders[i], true
}

// proposals are the orders, each with what is open of it.
func (o *openOrders) proposals() []control.Proposal {
	found := make([]control.Proposal, len(o.orders))
	for i, order := range o.orders {
		found[i] = control.Proposal{Text: order.Number, Note: lang.L("{{.Open}} of {{.Expected}} open", openWords(order))}
	}
	return found
}

func (o *openOrders) say() {
	o.line.Hidden = len(o.orders) == 0
	text := lang.N("{{.Count}} orders of this customer are open.", len(o.orders), map[string]any{"Count": page.Number(len(o.orders))})
	if order, is := o.numbered(o.number); is {
		text = countdown(order, o.models)
	}
	o.says.SetText(text)
	o.line.Refresh()
}

// count counts the models of the lists, then says it.
func (o *openOrders) count() {
	o.turn++
	turn, counts, lists := o.turn, o.counts, o.lists()
	page.Read(o.desk, func(ctx context.Context) (map[string]int, error) {
		models := map[string]int{}
		for _, r := range lists {
			for i := range r.Taken() {
				models[r.Device(i).Model]++
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		return models, nil
	}, func(models map[string]int) {
		if turn == o.turn {
			o.models, o.counted = models, counts
			o.say()
		}
	})
}

// countdown says what is open of an order now and after an upload of so many devices of each model.
func countdown(order model.Order, models map[string]int) string {
	after := order
	after.Lines = slices.Clone(order.Lines)
	after.Deliver(models)
	words := openWords(order)
	words["Left"] = page.Number(after.Open())
	text := lang.L("{{.Open}} of {{.Expected}} open; after this upload {{.Left}}.", words)
	if len(order.Lines) == 1 && order.Lines[0].Model == "" {
		return text
	}
	parts := make([]string, len(order.Lines))
	for i, l := range order.Lines {
		name := l.Model
		if name == "" {
			name = lang.L("any model")
		}
		parts[i] = name + " " + page.Number(after.Lines[i].Open())
	}
	return text + " " + strings.Join(parts, " · ")
}

// forget has the orders read again.
func (o *openOrders) forget() { o.target = 0 }

// takeFor fills in whom the upload is for and, unless it is 0, the order.
func (w *draft) takeFor(target, order int64) {
	w.target.takeAccount(target)
	if order == 0 {
		return
	}
	page.Read(w.desk, func(ctx context.Context) ([]model.Order, error) {
		return w.desk.Register().Orders().All(ctx, w.acting.ID)
	}, func(orders []model.Order) {
		if i := slices.IndexFunc(orders, func(o model.Order) bool { return o.ID == order }); i >= 0 {
			w.order.take(orders[i])
		}
	})
}
