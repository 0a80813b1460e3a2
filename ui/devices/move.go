package devices

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// move moves the selected devices of an MSP to one of its customers (domain §4).
func (o Options) move(d page.Desk, msp model.View) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: func(count int) string {
			if count == 0 {
				return lang.L("Move devices to customer")
			}
			return lang.N("Move {{.Count}} devices to customer", count, map[string]any{"Count": page.Number(count)})
		},
		Needs: model.DevicesMoved,
		Do:    func(s page.Selected[model.Device]) { Move(d, msp, o.selection(msp, s.Selection)) },
	}
}

// Move asks for the customer to which an MSP's devices go, and says where they are now; it asks once more when some of them are at another
// customer.
func Move(d page.Desk, msp model.View, s model.DeviceSelection) {
	whereabouts(d, s, func(counts []data.NamedCount, now string) { askMove(d, msp, s, counts, now) })
}

func moveButton(n int) string {
	return lang.N("Move {{.Count}} devices", n, map[string]any{"Count": page.Number(n)})
}

func askMove(d page.Desk, msp model.View, s model.DeviceSelection, counts []data.NamedCount, now string) {
	r, count := d.Register(), s.Count
	page.Choose(d, page.Choice[model.Management]{
		Title: lang.N("Move {{.Count}} devices to customer", count, map[string]any{"Count": page.Number(count)}),
		Text: now + " " + lang.N("They reach the customer's portal as an upload with the tag Moved by MSP. The reseller sees no change.",
			count) + " " +
			lang.L("Only active customers are listed."),
		Name: "msp.move.customer", Button: moveButton(count),
		Nothing: lang.L("No active customer yet"),
		Columns: []grid.Column[model.Management]{
			{ID: "name", Title: lang.L("CUSTOMER"), Width: 300, Most: 400, Text: func(m model.Management) string { return m.CompanyName }},
			{ID: "id", Title: lang.L("CUSTOMER ID"), Width: 130, Mono: true, Text: func(m model.Management) string { return m.KnoxID }},
		},
		Rows: func(ctx context.Context) ([]model.Management, error) {
			ids, err := r.Managements().IDs(ctx, model.ManagementQuery{MSP: msp.Account, Sort: []model.Sort{{Column: model.ByCompany}}})
			if err != nil {
				return nil, err
			}
			all, err := r.Managements().Rows(ctx, msp.Account, ids)
			return slices.DeleteFunc(all, func(m model.Management) bool { return m.CanMove() != nil }), err
		},
		ID: func(m model.Management) int64 { return m.CustomerID },
		Then: func(m model.Management) {
			if countAt(counts, m.CustomerID) > 0 || count > countAt(counts, model.NoCustomer) { // fewer go, or some leave another customer
				askMoveTo(d, s, m, counts, now)
				return
			}
			moveTo(d, s, m.CustomerID)
		},
	})
}

// confirmMove asks before devices leave another customer.
func confirmMove(d page.Desk, s model.DeviceSelection, to model.Management, counts []data.NamedCount, now string) {
	there := countAt(counts, to.CustomerID)
	others := s.Count - there - countAt(counts, model.NoCustomer)
	names := map[string]any{"Count": page.Number(others), "Customer": to.CompanyName}
	page.Confirm(d, lang.N("{{.Count}} devices are at another customer", others, names),
		now+" "+lang.L("What is at another customer leaves its portal. All of them reach the portal of {{.Customer}}.", names)+
			stay(there, to.CompanyName),
		moveButton(s.Count-there), func() { moveTo(d, s, to.CustomerID) })
}

// moveHere moves devices of an MSP straight to one of its customers, after saying what will happen.
func moveHere(d page.Desk, msp model.View, customer int64) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: moveButton, Needs: model.DevicesMoved,
		Do: func(chosen page.Selected[model.Device]) {
			s := Options{}.selection(msp, chosen.Selection)
			page.Read(d, func(ctx context.Context) (model.Management, error) {
				return d.Register().Managements().Of(ctx, msp.Account, customer)
			}, func(to model.Management) {
				if err := to.CanMove(); err != nil {
					d.Fail(err)
					return
				}
				whereabouts(d, s, func(counts []data.NamedCount, now string) { askMoveTo(d, s, to, counts, now) })
			})
		},
	}
}

// askMoveTo says how many devices go to the customer, how many are there already, and whether some leave another one, before it is done.
func askMoveTo(d page.Desk, s model.DeviceSelection, to model.Management, counts []data.NamedCount, now string) {
	there := countAt(counts, to.CustomerID)
	n := s.Count - there
	switch words := map[string]any{"Count": page.Number(n), "Customer": to.CompanyName}; {
	case n == 0:
		d.Say(lang.N("{{.Count}} are at {{.Customer}} already and stay as they are.", there,
			map[string]any{"Count": page.Number(there), "Customer": to.CompanyName}))
	case n > countAt(counts, model.NoCustomer):
		confirmMove(d, s, to, counts, now)
	default:
		page.Ask(d, lang.N("Move {{.Count}} devices to {{.Customer}}?", n, words),
			lang.N("They reach the customer's portal as an upload with the tag Moved by MSP. The reseller sees no change.", n)+
				stay(there, to.CompanyName), moveButton(n), func() { moveTo(d, s, to.CustomerID) })
	}
}

func moveTo(d page.Desk, s model.DeviceSelection, customer int64) {
	page.Act(d, lang.L("Moving devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
		return d.Register().Devices().Move(ctx, s, customer, progress)
	}, nil)
}
