package compare

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// readCustomers lays the CSV of customers beside the Customers page. Off Fyne's goroutine.
func readCustomers(ctx context.Context, customers data.Customers, view model.View, file *sheet.File) (*data.CustomerComparison,
	error) {
	lines, err := portal.ReadCustomers(ctx, file)
	if err != nil {
		return nil, err
	}
	return customers.CompareCustomers(ctx, view.Account, lines)
}

// showCustomers shows the customers that differ.
func (x *comparing) showCustomers(c *data.CustomerComparison) {
	columns := customerColumns()
	lay(x, page.List[model.ComparedCustomer]{
		Name: "compare.customers", Title: lang.L("Compare with the portal"), Columns: columns, Frozen: 2,
		SearchHint: lang.L("Search customer or ID"),
		Source:     sliceOf(columns, c.Differences(), func(r model.ComparedCustomer) (int64, model.Difference) { return r.At, r.Kind }),
		Row:        rowIn(c.Differences()),
		Open: func(r model.ComparedCustomer) {
			if r.Here.AccountID != 0 {
				x.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: r.Here.AccountID})
			}
		},
		Nothing: grid.State{Title: lang.L("No difference"),
			Text: lang.L("Every customer of the file is on the Customers page as it is there, and no other.")},
		Actions: []page.Action[model.ComparedCustomer]{{Title: func(int) string { return lang.L("Take over…") }, Button: true,
			Needs: model.PortalTakenOver,
			Do:    settling[model.ComparedCustomer](x, func(at []int64) { x.takeCustomersOver(c, at) })}},
	}, table{kinds: model.CustomerDifferences, count: c.Count})
}

// takeCustomersOver says what taking these over does and what stays, and does it in one act.
func (x *comparing) takeCustomersOver(c *data.CustomerComparison, at []int64) {
	var some []model.ComparedCustomer
	var reasons []string
	stay := map[string]int{}
	for _, n := range at {
		r := c.Differences()[n-1]
		err := r.CanTakeOver()
		if err == nil {
			some = append(some, r)
			continue
		}
		why := page.ErrorText(err)
		if stay[why]++; stay[why] == 1 {
			reasons = append(reasons, why)
		}
	}
	var lines []string
	for _, why := range reasons {
		n := stay[why]
		words := map[string]any{"Count": page.Number(n), "Reason": why}
		lines = append(lines, lang.N("{{.Count}} customers stay as they are: {{.Reason}}", n, words))
	}
	n := len(some)
	if n == 0 {
		x.desk.Say(strings.Join(lines, " "))
		return
	}
	count := map[string]any{"Count": page.Number(n)}
	text := lang.N("{{.Count}} customers come to the Customers page, or get the name or the status that they have at the portal.", n, count)
	text = strings.TrimSpace(text + "\n\n" + strings.Join(lines, "\n"))
	page.Ask(x.desk, lang.N("Take {{.Count}} customers over from the portal?", n, count), text,
		lang.N("Take over {{.Count}} customers", n, count), func() {
			page.Act(x.desk, lang.L("Taking over from the portal"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return x.desk.Register().Customers().TakeOver(ctx, x.view.Account, some)
			}, func(model.Done) { x.again() })
		})
}

// customerColumns show a customer as it is here beside what the portal says.
func customerColumns() []page.Column[model.ComparedCustomer] {
	type row = model.ComparedCustomer
	name := func(name, reference string) string {
		if reference == "" {
			return name
		}
		return name + " / " + reference
	}
	status := func(s model.CustomerStatus) string {
		if s == "" {
			return ""
		}
		return page.Word(s)
	}
	return []page.Column[row]{
		differenceColumn(model.CustomerDifferences, func(x row) model.Difference { return x.Kind }),
		opener("id", lang.L("CUSTOMER ID/MSP ID"), 110, 160, func(x row) (here, there string) { return x.Here.KnoxID, x.There.KnoxID }),
		text("name", lang.L("NAME HERE"), 130, 340, func(x row) string { return name(x.Here.CompanyName, x.Here.InternalReference) }),
		text("name there", lang.L("NAME THERE"), 130, 340, func(x row) string { return name(x.There.Name, x.There.Reference) }),
		number("uploads", lang.L("UPLOADS HERE"), func(x row) (int, bool) { return x.Here.Uploads, x.Here.AccountID != 0 }),
		number("uploads there", lang.L("UPLOADS THERE"), func(x row) (int, bool) { return x.There.Uploads, x.There.Line != 0 }),
		number("devices", lang.L("DEVICES HERE"), func(x row) (int, bool) { return x.Here.Devices, x.Here.AccountID != 0 }),
		number("devices there", lang.L("DEVICES THERE"), func(x row) (int, bool) { return x.There.Devices, x.There.Line != 0 }),
		words("status", lang.L("STATUS HERE"), model.CustomerStatuses, func(x row) string { return status(x.Here.Status) }),
		words("status there", lang.L("STATUS THERE"), model.CustomerStatuses, func(x row) string { return status(x.There.Status) }),
		line(func(x row) int { return x.There.Line }),
	}
}
