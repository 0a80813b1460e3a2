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
	with := func(do func([]int64)) func(page.Selected[model.Compared]) { return settling[model.Compared](x, do) }
	actions := []page.Action[model.Compared]{
		{Title: func(int) string { return lang.L("Take over…") }, Button: true, Needs: model.PortalTakenOver,
			Do: with(x.takeOver)},
		{Title: func(int) string { return lang.L("Delete here what is only here…") }, Needs: model.DevicesDeleted,
			Do: with(x.deleteHere), OnDelete: true},
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

// confirm marks what both have alike as Confirmed.
func (x *comparing) confirm() {
	page.Act(x.desk, lang.L("Confirming"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return x.found.Confirm(ctx)
	}, nil)
}

// takeOver says what taking these over will do and what it leaves out, asks for what the export does not say, and does it.
func (x *comparing) takeOver(at []int64) {
	c := x.found
	page.Read(x.desk, func(ctx context.Context) (data.Plan, error) { return c.Plan(ctx, at) }, func(plan data.Plan) {
		n := plan.Devices()
		if n == 0 {
			x.desk.Say(strings.Join(append([]string{lang.L("Nothing of this can be taken over.")}, x.stays(at, plan)...), " "))
			return
		}
		how := data.TakeOver{LeaveUnknown: true, Devices: n}
		then := func() {
			count := map[string]any{"Count": page.Number(n)}
			says := strings.TrimSpace(strings.Join(x.willDo(plan), "\n") + "\n\n" + strings.Join(x.stays(at, plan), "\n"))
			ask := page.Ask
			if plan.Customer > 0 { // these devices leave a customer
				ask = page.Confirm
			}
			ask(x.desk, lang.N("Take {{.Count}} differences over from the portal?", n, count), says,
				lang.N("Take over {{.Count}} differences", n, count), func() { x.doTakeOver(at, how) })
		}
		switch {
		case !c.Homeless(at):
			then()
		case x.view.Portal == model.MSPPortal:
			x.askParty(lang.L("Whose devices are these?"), lang.L("The MSP Portal's export does not name the reseller. "+
				"Devices that are only there come in uploads of this one."),
				model.Reseller, func(id int64) { how.Reseller = id; then() })
		default:
			x.askParty(lang.L("Whose devices are these?"), lang.L("Some lines name no customer. Their devices come in uploads to this one."),
				model.Customer, func(id int64) { how.Target = id; then() })
		}
	})
}

// willDo says what will happen, by kind.
func (x *comparing) willDo(p data.Plan) (lines []string) {
	say := says(&lines)
	say(p.Comes, func(n map[string]any) string {
		return lang.N("{{.Count}} devices come in uploads with the portal's days and statuses.", p.Comes, n)
	})
	say(p.Customer, func(n map[string]any) string {
		if x.view.Portal == model.MSPPortal {
			return lang.N("{{.Count}} devices are moved to the customer that the portal names.", p.Customer, n)
		}
		return lang.N("{{.Count}} devices leave their customer here and come to the one that the portal names.", p.Customer, n)
	})
	say(p.Status, func(n map[string]any) string {
		return lang.N("{{.Count}} devices get the portal's status.", p.Status, n)
	})
	say(p.OrderNumber, func(n map[string]any) string {
		return lang.N("{{.Count}} devices get the portal's order number.", p.OrderNumber, n)
	})
	return lines
}

// stays says what is left out, each with the reason.
func (x *comparing) stays(at []int64, p data.Plan) (lines []string) {
	say := says(&lines)
	here := len(x.found.Of(at, model.OnlyHere))
	say(here, func(n map[string]any) string {
		if x.view.Portal == model.MSPPortal { // which takes no files
			return lang.N("{{.Count}} devices are only here and stay: delete them here.", here, n)
		}
		return lang.N("{{.Count}} devices are only here and stay: delete them here, or save the portal file that uploads them.", here, n)
	})
	say(p.Taken, func(n map[string]any) string {
		return lang.N("{{.Count}} devices that another party has stay as they are.", p.Taken, n)
	})
	say(p.Moved, func(n map[string]any) string {
		return lang.N("{{.Count}} devices that an MSP of ours moved to its customers stay as they are.", p.Moved, n)
	})
	say(p.Unknown, func(n map[string]any) string {
		const most = 5
		n["Names"] = strings.Join(p.Customers[:min(most, len(p.Customers))], ", ")
		if len(p.Customers) > most {
			n["Names"] = n["Names"].(string) + ", …"
		}
		if x.view.Portal == model.MSPPortal {
			return lang.N("{{.Count}} devices are left out: their customers are not active on the Customers page: {{.Names}}.", p.Unknown, n)
		}
		return lang.N("{{.Count}} devices are left out: the directory does not know their customers: {{.Names}}.", p.Unknown, n)
	})
	return lines
}

// says adds a line about so many devices, if there are any.
func says(lines *[]string) func(n int, text func(count map[string]any) string) {
	return func(n int, text func(map[string]any) string) {
		if n > 0 {
			*lines = append(*lines, text(map[string]any{"Count": page.Number(n)}))
		}
	}
}

// doTakeOver takes over in one act, and compares again.
func (x *comparing) doTakeOver(at []int64, how data.TakeOver) {
	c := x.found
	page.Act(x.desk, lang.L("Taking over from the portal"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
		return c.TakeOver(ctx, at, how, progress)
	}, func(model.Done) { x.again() })
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
