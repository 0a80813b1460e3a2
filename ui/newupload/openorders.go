package newupload

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// openOrders offers the orders of the target of which something is to come, and says what will be open after the upload.
type openOrders struct {
	choose *control.Button
	says   *control.Name
	line   *fyne.Container

	target int64 // whose orders are known
	orders []model.Order
}

// newOpenOrders makes the line, which shows nothing while there is no open order. take takes the chosen one over.
func newOpenOrders(take func(model.Order)) *openOrders {
	o := &openOrders{says: control.NewName("", 0)}
	o.says.Importance = widget.LowImportance
	o.choose = control.NewButtonWithIcon(lang.L("Open orders"), theme.MenuDropDownIcon(), nil)
	o.choose.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, order := range o.orders {
			items = append(items, fyne.NewMenuItem(order.Number+" · "+lang.L("{{.Open}} of {{.Expected}} open", openWords(order)),
				func() { take(order) }))
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
func (o *openOrders) show(d page.Desk, reseller, target int64, number string, taken int) {
	if target != o.target {
		o.target, o.orders = target, nil
		if target != 0 {
			page.Read(d, func(ctx context.Context) ([]model.Order, error) {
				return d.Register().Orders().Open(ctx, reseller, target)
			},
				func(orders []model.Order) {
					if o.target == target {
						o.orders = orders
						o.say(number, taken)
					}
				})
		}
	}
	o.say(number, taken)
}

func (o *openOrders) say(number string, taken int) {
	o.line.Hidden = len(o.orders) == 0
	text := lang.N("{{.Count}} orders of this customer are open.", len(o.orders), map[string]any{"Count": page.Number(len(o.orders))})
	for _, order := range o.orders {
		if order.Number == number {
			words := openWords(order)
			words["Left"] = page.Number(max(0, order.Open()-taken))
			text = lang.L("{{.Open}} of {{.Expected}} open; after this upload {{.Left}}.", words)
		}
	}
	o.says.SetText(text)
	o.line.Refresh()
}

// forget has the orders read again.
func (o *openOrders) forget() { o.target = 0 }
