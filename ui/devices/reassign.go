package devices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// changeCustomer gives the selected devices of a reseller to another customer or MSP (domain §3).
func (o Options) changeCustomer(d page.Desk, reseller model.View) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: func(int) string { return lang.L("Change customer…") }, Needs: model.DevicesReassigned,
		Do: func(s page.Selected[model.Device]) { ChangeCustomer(d, o.selection(reseller, s.Selection)) },
	}
}

// ChangeCustomer asks for the customer or MSP to which a reseller's devices go: deleted where they are and uploaded there, in one act.
func ChangeCustomer(d page.Desk, s model.DeviceSelection) {
	whereabouts(d, s, func(counts []data.NamedCount, now string) { askTarget(d, s, counts, now) })
}

func askTarget(d page.Desk, s model.DeviceSelection, counts []data.NamedCount, now string) {
	reseller, r := s.Query.View.Account, d.Register()
	page.Choose(d, page.Choice[model.ResellerCustomer]{
		Title: lang.N("Change the customer of {{.Count}} devices", s.Count, map[string]any{"Count": page.Number(s.Count)}),
		Text: now + " " + lang.N("They are deleted there and uploaded to the one you choose, in one act. Both portal files are then to carry.",
			s.Count),
		Name: "reseller.change.customer", Button: lang.L("Choose"), Nothing: lang.L("No customers yet"),
		Columns: []grid.Column[model.ResellerCustomer]{
			{ID: "name", Title: lang.L("CUSTOMER"), Width: 300, Most: 400, Text: func(c model.ResellerCustomer) string { return c.CompanyName }},
			{ID: "id", Title: lang.L("CUSTOMER ID/MSP ID"), Width: 130, Mono: true, Text: func(c model.ResellerCustomer) string { return c.KnoxID }},
		},
		Rows: func(ctx context.Context) ([]model.ResellerCustomer, error) {
			ids, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller, Sort: []model.Sort{{Column: model.ByCompany}}})
			if err != nil {
				return nil, err
			}
			return r.Customers().Rows(ctx, reseller, ids)
		},
		ID:   func(c model.ResellerCustomer) int64 { return c.AccountID },
		Then: func(c model.ResellerCustomer) { askOrder(d, s, c, countAt(counts, c.AccountID), now) },
	})
}

// askOrder asks for the order number of the new upload, and says what will happen.
func askOrder(d page.Desk, s model.DeviceSelection, c model.ResellerCustomer, there int, now string) {
	n := s.Count - there
	if n == 0 {
		d.Say(strings.TrimSpace(stay(there, c.CompanyName)))
		return
	}
	words := map[string]any{"Count": page.Number(n), "Customer": c.CompanyName}
	title := lang.N("Change the customer of {{.Count}} devices", n, words)
	f := page.NewForm(d, title, title)
	f.Text(now + stay(there, c.CompanyName))
	f.Text(lang.N("{{.Count}} devices are deleted where they are and uploaded to {{.Customer}}, where they wait for approval. "+
		"Save what is to carry writes both portal files, the deletion first.",
		n, words))
	order := f.Input(lang.L("Order number"), lang.L("As it is with each device"))
	f.Careful()
	f.Rule(order, func() error { return model.CheckOrderNumber(strings.TrimSpace(order.Text)) })
	f.Submit = func() {
		number := strings.TrimSpace(order.Text)
		f.Hide()
		page.Act(d, lang.L("Changing the customer"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
			return d.Register().Devices().ChangeCustomer(ctx, s, model.NewUpload{TargetID: c.AccountID, OrderNumber: number}, progress)
		}, nil)
	}
	f.Show()
}
