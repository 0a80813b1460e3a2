package orders

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/model/search"
	"consign/ui/page"
)

// askList brings orders in from a list: order number, customer, model and quantity on each line.
func askList(d page.Desk, view model.View) {
	page.AskFilesAsync(d.Window(), page.Files{Title: lang.L("Open a list of orders"), Name: lang.L("Tables"), Endings: sheet.Endings},
		func(paths []string) { TakeList(d, view, paths[0]) })
}

// TakeList reads a list and asks before its orders are added.
func TakeList(d page.Desk, view model.View, path string) {
	type read struct {
		orders []model.Order
		left   []string // what was left out, and why
	}
	page.Read(d, func(ctx context.Context) (r read, err error) {
		r.orders, r.left, err = readList(ctx, d.Register().Accounts(), path)
		return r, err
	}, func(r read) {
		expected := 0
		for _, o := range r.orders {
			expected += o.Expected()
		}
		n := len(r.orders)
		counts := map[string]any{"Count": page.Number(n), "Devices": page.Number(expected)}
		text := lang.N("{{.Count}} orders of {{.Devices}} devices are in the list.", n, counts)
		const most = 8
		if len(r.left) > most {
			r.left = append(r.left[:most:most], "…")
		}
		if len(r.left) > 0 {
			text += "\n" + lang.L("Left out:") + "\n" + strings.Join(r.left, "\n")
		}
		if n == 0 {
			d.Fail(model.Fail(model.Invalid, "The list names no order that can be added."))
			return
		}
		page.Ask(d, lang.N("Add {{.Count}} orders?", n, counts), text, lang.N("Add {{.Count}} orders", n, counts), func() {
			page.Act(d, lang.L("Adding orders"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return d.Register().Orders().Add(ctx, view.Account, r.orders)
			}, nil)
		})
	})
}

// readList makes orders of the lines of a file: those with the same number and customer are one. Off Fyne's goroutine.
func readList(ctx context.Context, accounts data.Accounts, path string) (orders []model.Order, left []string, err error) {
	file, err := sheet.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	index, layout, err := intake.FindFor(ctx, file, intake.OrderList)
	if err != nil {
		return nil, nil, err
	}
	named, err := namedAccounts(ctx, accounts)
	if err != nil {
		return nil, nil, err
	}
	at := map[[2]string]int{}
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return nil, nil, err
		}
		f, list := layout.Fields(row)
		if !list {
			continue
		}
		number, who := f.Text(intake.OrderNumber), f.Text(intake.CustomerID)
		if who == "" {
			who = f.Text(intake.CompanyName)
		}
		target := named[search.Fold(who)]
		count, bad := strconv.Atoi(strings.TrimSuffix(f.Text(intake.Quantity), ".0"))
		if !layout.Has(intake.Quantity) {
			count, bad = 1, nil // a line for each device
		}
		if number == "" || target == 0 || bad != nil || count < 1 {
			left = append(left, strconv.Itoa(f.Line)+": "+strings.TrimSpace(number+" "+who+" "+f.Text(intake.Quantity))+" · "+
				leftOut(number, who, target))
			continue
		}
		key := [2]string{number, strconv.FormatInt(target, 10)}
		i, known := at[key]
		if !known {
			i = len(orders)
			at[key] = i
			o := model.Order{TargetID: target, Number: number}
			o.Day, _ = intake.ReadDate(f.Text(intake.OrderDate))
			orders = append(orders, o)
		}
		addLine(&orders[i], f.Text(intake.Model), count)
	}
	return orders, left, nil
}

// leftOut says why a line is.
func leftOut(number, who string, target int64) string {
	switch {
	case number == "":
		return lang.L("No order number.")
	case who == "":
		return lang.L("No customer.")
	case target == 0:
		return page.ErrorText(model.Fail(model.NotFound, "The directory does not know {{.Customer}}.", "Customer", who))
	}
	return lang.L("No quantity.")
}

func addLine(o *model.Order, name string, count int) {
	for i := range o.Lines {
		if strings.EqualFold(o.Lines[i].Model, name) {
			o.Lines[i].Expected += count
			return
		}
	}
	o.Lines = append(o.Lines, model.OrderLine{Model: name, Expected: count})
}

// namedAccounts are the customers and MSPs of the directory by their Knox ID and company name, folded.
func namedAccounts(ctx context.Context, accounts data.Accounts) (map[string]int64, error) {
	ids, err := accounts.IDs(ctx, model.AccountQuery{})
	if err != nil {
		return nil, err
	}
	rows, err := accounts.Rows(ctx, ids)
	named := map[string]int64{}
	for _, a := range rows {
		if a.Kind != model.Reseller {
			named[search.Fold(a.KnoxID)], named[search.Fold(a.CompanyName)] = a.ID, a.ID
		}
	}
	return named, err
}
