package compare

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/portal"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
)

// actions settle differences that are selected.
func (x *comparing) actions() []page.Action[model.Compared] {
	with := func(do func([]int64)) func(page.Selected[model.Compared]) {
		return func(s page.Selected[model.Compared]) { page.Read(x.desk, s.List, do) }
	}
	actions := []page.Action[model.Compared]{
		{Title: takeOverTitle, Button: true, Do: with(x.takeOver)},
		{Title: func(int) string { return lang.L("Delete here what is only here…") }, Do: with(x.deleteHere), OnDelete: true},
	}
	if x.view.Portal == model.ResellerPortal {
		actions = append(actions,
			page.Action[model.Compared]{Title: func(int) string { return lang.L("Save the portal file that deletes there…") },
				Do: with(func(at []int64) { x.mend(portal.Delete, at) })},
			page.Action[model.Compared]{Title: func(int) string { return lang.L("Save the portal file that uploads there…") },
				Do: with(func(at []int64) { x.mend(portal.Upload, at) })})
	}
	return actions
}

func takeOverTitle(n int) string {
	if n == 0 {
		return lang.L("Take over…")
	}
	return lang.N("Take over {{.Count}} differences…", n, map[string]any{"Count": page.Number(n)})
}

// confirm marks what both have alike as Confirmed.
func (x *comparing) confirm() {
	page.Act(x.desk, lang.L("Confirming"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return x.desk.Register().Carrying().ConfirmDevices(ctx, x.found.Same())
	}, nil)
}

// takeOver says what taking these over will do, asks for what the export does not say, and does it.
func (x *comparing) takeOver(at []int64) {
	c := x.found
	at = c.Of(at, model.OnlyThere, model.OtherCustomer, model.OtherStatus, model.OtherOrderNumber)
	if len(at) == 0 {
		x.desk.Say(lang.L("What is only here cannot be taken over: delete it here, or save the portal file that uploads it."))
		return
	}
	unknown, taken := c.Hindered(at)
	how := data.TakeOver{LeaveUnknown: len(unknown) > 0 || taken > 0}
	then := func() {
		page.Ask(x.desk, lang.N("Take {{.Count}} differences over from the portal?", len(at), map[string]any{"Count": page.Number(len(at))}),
			x.willDo(at, unknown, taken), lang.N("Take over {{.Count}} differences", len(at), map[string]any{"Count": page.Number(len(at))}),
			func() { x.doTakeOver(at, how) })
	}
	switch {
	case !c.Homeless(at):
		then()
	case x.view.Portal == model.MSPPortal:
		x.askParty(lang.L("Whose devices are these?"), lang.L("The MSP Portal's export does not name the reseller. Devices that are only "+
			"there come in uploads of this one."),
			model.Reseller, func(id int64) { how.Reseller = id; then() })
	default:
		x.askParty(lang.L("Whose devices are these?"), lang.L("Some lines name no customer. Their devices come in uploads to this one."),
			model.Customer, func(id int64) { how.Target = id; then() })
	}
}

// willDo says what will happen, by kind.
func (x *comparing) willDo(at []int64, unknown []string, taken int) string {
	var lines []string
	say := func(n int, text func(count map[string]any) string) {
		if n > 0 {
			lines = append(lines, text(map[string]any{"Count": page.Number(n)}))
		}
	}
	c := x.found
	there, moved := len(c.Of(at, model.OnlyThere)), len(c.Of(at, model.OtherCustomer))
	status, order := len(c.Of(at, model.OtherStatus)), len(c.Of(at, model.OtherOrderNumber))
	say(there, func(n map[string]any) string {
		return lang.N("{{.Count}} devices come in uploads with the portal's days and statuses.", there, n)
	})
	say(moved, func(n map[string]any) string {
		if x.view.Portal == model.MSPPortal {
			return lang.N("{{.Count}} devices are moved to the customer that the portal names.", moved, n)
		}
		return lang.N("{{.Count}} devices leave their customer here and come to the one that the portal names.", moved, n)
	})
	say(status, func(n map[string]any) string { return lang.N("{{.Count}} devices get the portal's status.", status, n) })
	say(order, func(n map[string]any) string {
		return lang.N("{{.Count}} devices get the portal's order number.", order, n)
	})
	say(taken, func(n map[string]any) string {
		return lang.N("{{.Count}} devices that another party has stay as they are.", taken, n)
	})
	if len(unknown) > 0 {
		const most = 5
		names := strings.Join(unknown[:min(most, len(unknown))], ", ")
		if len(unknown) > most {
			names += ", …"
		}
		lines = append(lines, lang.N("The directory does not know {{.Count}} customers, whose devices are left out: {{.Names}}.", len(unknown),
			map[string]any{"Count": page.Number(len(unknown)), "Names": names}))
	}
	return strings.Join(lines, "\n")
}

// doTakeOver takes over, moves what an MSP has at another customer, and compares again.
func (x *comparing) doTakeOver(at []int64, how data.TakeOver) {
	c := x.found
	moves := c.Moves(at)
	rest := at
	if len(moves) > 0 {
		rest = c.Of(at, model.OnlyThere, model.OtherStatus, model.OtherOrderNumber)
	}
	var done []model.Done
	x.desk.RunAsync(lang.L("Taking over from the portal"), func(ctx context.Context, progress func(int, int)) error {
		if len(rest) > 0 {
			one, err := c.TakeOver(ctx, rest, how, progress)
			if err != nil {
				return err
			}
			done = append(done, one)
		}
		for customer, ids := range moves {
			sel := model.DeviceSelection{Query: model.DeviceQuery{View: x.view}, IDs: ids, Count: len(ids)}
			one, err := x.desk.Register().Devices().Move(ctx, sel, customer, progress)
			if err != nil {
				return err
			}
			done = append(done, one)
		}
		return nil
	}, func() {
		for _, one := range done {
			x.desk.Report(one)
		}
		x.again()
	})
}

// deleteHere deletes what the portal does not have.
func (x *comparing) deleteHere(at []int64) {
	sel := x.found.Devices(x.found.Of(at, model.OnlyHere))
	if sel.Count == 0 {
		x.desk.Say(lang.L("None of these is only here."))
		return
	}
	count := map[string]any{"Count": page.Number(sel.Count)}
	page.Confirm(x.desk, lang.N("Delete {{.Count}} devices", sel.Count, count)+"?", page.Deletion(x.view, sel.Count),
		lang.N("Delete {{.Count}} devices", sel.Count, count), func() {
			page.Act(x.desk, lang.L("Deleting devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
				return x.desk.Register().Devices().Delete(ctx, sel, progress)
			}, func(model.Done) { x.again() })
		})
}

// askParty asks for a reseller or a customer.
func (x *comparing) askParty(title, text string, kind model.AccountKind, then func(int64)) {
	r := x.desk.Register()
	page.Choose(x.desk, page.Choice[model.Account]{
		Title: title, Text: text, Name: "compare." + string(kind), Button: lang.L("Choose"), Nothing: lang.L("The directory has none yet"),
		Columns: []grid.Column[model.Account]{
			{ID: "name", Title: lang.L("COMPANY NAME"), Width: 300, Most: 400, Text: func(a model.Account) string { return a.CompanyName }},
			{ID: "id", Title: lang.L("KNOX ID"), Width: 130, Mono: true, Text: func(a model.Account) string { return a.KnoxID }},
		},
		Rows: func(ctx context.Context) ([]model.Account, error) {
			ids, err := r.Accounts().IDs(ctx, model.AccountQuery{Kind: kind, Sort: []model.Sort{{Column: model.ByCompany}}})
			if err != nil {
				return nil, err
			}
			return r.Accounts().Rows(ctx, ids)
		},
		ID:   func(a model.Account) int64 { return a.ID },
		Then: func(a model.Account) { then(a.ID) },
	})
}

// mend saves the files that bring the portal in line with the register: what is only there or other goes there, what is only here or
// other comes there. The file that deletes is taken first.
func (x *comparing) mend(purpose portal.Purpose, at []int64) {
	kinds := []model.Difference{model.OtherCustomer, model.OtherOrderNumber, model.OnlyHere}
	if purpose == portal.Delete {
		kinds[2] = model.OnlyThere
	}
	at = x.found.Of(at, kinds...)
	if purpose == portal.Upload {
		if sel := x.found.Devices(at); sel.Count > 0 {
			portalfile.Save(x.desk, portal.Upload, model.CarrySelection{}, sel)
			return
		}
		x.desk.Say(lang.L("None of these is to be uploaded to the portal."))
		return
	}
	page.Read(x.desk, func(ctx context.Context) ([]portal.Batch, error) { return x.deletions(ctx, at) }, func(batches []portal.Batch) {
		if len(batches) == 0 {
			x.desk.Say(lang.L("None of these is to be deleted at the portal."))
			return
		}
		portalfile.SaveBatches(x.desk, portal.Delete, batches)
	})
}

// deletions are the devices by the customer that the portal has them at. Off Fyne's goroutine.
func (x *comparing) deletions(ctx context.Context, at []int64) ([]portal.Batch, error) {
	rows, err := x.found.Rows(ctx, at)
	if err != nil {
		return nil, err
	}
	var batches []portal.Batch
	places := map[string]int{}
	for _, r := range rows {
		i, known := places[r.Line.Customer]
		if !known {
			i = len(batches)
			places[r.Line.Customer] = i
			b := portal.Batch{CompanyName: r.Line.Customer}
			a, err := x.found.Account(ctx, r.Line.Customer)
			switch model.CodeOf(err) {
			case "":
				b.CustomerID, b.CompanyName = a.KnoxID, a.CompanyName
			case model.NotFound:
			default:
				return nil, err
			}
			batches = append(batches, b)
		}
		batches[i].Devices = append(batches[i].Devices, portal.Device{Identifier: r.Line.First(), OrderNumber: r.Line.OrderNumber})
	}
	return batches, nil
}
