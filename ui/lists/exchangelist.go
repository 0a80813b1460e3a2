package lists

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/review"
)

// swap is a line of a list of exchanges: which device goes and which comes.
type swap struct {
	id    int64 // place in the preview, from 1
	old   model.Identifiers
	new   model.NewDevice
	at    model.Device // the old one, if it was found
	found bool
}

// exchange is an exchange by list in the making.
type exchange struct {
	desk    page.Desk
	view    model.View
	review  *review.Reviewer
	preview *page.Preview
	box     *review.PasteBox
	going   bool   // the list is looked up as soon as it is read
	swaps   []swap // once they are looked up
	looked  bool
	left    bool // the dialog is gone: what is still being read or looked up is not shown any more
}

// ShowExchangeByList exchanges the devices of a list with two columns, the old and the new, at their customers (domain §3): it asks for the
// list, beginning with what the clipboard holds if that has several lines, or begins with lists of another review; what was found is shown,
// then it is done as one act.
func ShowExchangeByList(d page.Desk, reseller model.View, begin ...review.Kept) {
	x := &exchange{desk: d, view: reseller, going: true}
	x.preview = page.NewPreview(d, lang.L("Exchange by list"), "", widget.HighImportance, x.next)
	x.preview.OnHide = func() { x.left = true }
	x.review = review.New(d, "exchange.lines", func(context.Context, bool) (intake.Options, error) { return intake.Options{}, nil }, x.arrived)
	x.review.Failed = func() {
		x.preview.Waited()
		x.box.Again()
	}
	x.review.Clear()
	if len(begin) == 0 {
		x.ask(review.Clipped())
	}
	x.review.Reopen(begin, func() {})
}

// ask shows the box for the list.
func (x *exchange) ask(text string) {
	x.going, x.looked = true, false
	x.review.Clear()
	hint := lang.L("Open or paste a list with two columns, old IMEI and new IMEI.") + "\n" +
		lang.L("Nothing is exchanged before you have seen what was found.")
	x.box = review.AskIn(x.preview, x.desk.Window(), hint, text, func(paths []string) {
		x.preview.Await(lang.L("Reading…"))
		x.review.Add(paths)
	})
}

// arrived hears that the list or its lines are others: one that was read to its end is looked up, and one that is not understood is shown.
func (x *exchange) arrived() {
	if x.left || x.review == nil || x.review.Len() == 0 || x.review.Reading() {
		return
	}
	if x.going && len(x.review.WholeReviews()) == x.review.Len() {
		x.seek()
		return
	}
	x.showList()
}

// showList shows the list as it was read, to be corrected, and how many devices it has.
func (x *exchange) showList() {
	c := x.review.Counts()
	x.going, x.looked = false, false
	taken := c.Taken + c.Waiting
	x.preview.Can(lang.N("Look up {{.Count}} devices", taken, map[string]any{"Count": page.Number(taken)}), taken > 0 && !x.review.Reading())
	back := control.NewButtonWithIcon(lang.L("Another list"), theme.NavigateBackIcon(), func() { x.ask("") })
	head := control.InOrder(nil, container.NewVBox(back), x.review.Head, nil, nil)
	x.preview.Show(control.Below(head, x.review.Content), "", back)
}

// next reads what stands in the box, looks the old devices up, or exchanges what was found.
func (x *exchange) next() {
	switch {
	case x.preview.Submit.Disabled() || x.review.Reading():
	case x.looked:
		x.confirm()
	case x.review.Len() == 0:
		x.preview.Await(lang.L("Reading…"))
		x.review.AddText(lang.L("Pasted text"), x.box.List())
	default:
		x.seek()
	}
}

// seek looks the old devices up.
func (x *exchange) seek() {
	x.going = false
	reviews := x.review.Reviews()
	var swaps []swap
	x.desk.RunAsync(lang.L("Looking up devices"), func(ctx context.Context, _ func(int, int)) (err error) {
		var list []model.Identifiers
		for _, r := range reviews {
			for i := range r.Len() {
				if old := r.Old(i); !old.Empty() && takes(r.Line(i).Verdict) {
					swaps = append(swaps, swap{id: int64(len(swaps) + 1), old: old, new: r.Device(i)})
					list = append(list, old)
				}
			}
		}
		swaps, err = x.lookUp(ctx, swaps, list)
		return err
	}, func() {
		if x.left {
			return
		}
		if len(swaps) == 0 {
			x.desk.Say(lang.L("No line of the list has an old and a new device."))
			x.showList()
			return
		}
		x.swaps, x.looked = swaps, true
		x.showFound()
	})
}

// takes tells whether a line with the verdict is exchanged: what is unusual about an exchange is that it is one.
func takes(v model.Verdict) bool { return v == model.OK || v == model.Fixed || v == model.Warning }

// lookUp finds the old devices among the reseller's. Off Fyne's goroutine.
func (x *exchange) lookUp(ctx context.Context, swaps []swap, list []model.Identifiers) ([]swap, error) {
	r := x.desk.Register().Devices()
	ids, _, err := r.Match(ctx, x.view, list)
	if err != nil {
		return nil, err
	}
	rows, err := r.Rows(ctx, x.view, ids)
	by := map[string]model.Device{}
	for _, d := range rows {
		for _, name := range [...]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial} {
			if name != "" {
				by[name] = d
			}
		}
	}
	for i := range swaps {
		for _, name := range [...]string{swaps[i].old.IMEI1, swaps[i].old.IMEI2, swaps[i].old.MEID, swaps[i].old.Serial} {
			if d, known := by[name]; known && name != "" {
				swaps[i].at, swaps[i].found = d, true
				break
			}
		}
	}
	return swaps, err
}

// ready are the swaps whose old device was found.
func (x *exchange) ready() (swaps []swap) {
	for _, s := range x.swaps {
		if s.found {
			swaps = append(swaps, s)
		}
	}
	return swaps
}

// showFound shows which device comes for which.
func (x *exchange) showFound() {
	columns := []grid.Column[swap]{
		{ID: "found", Title: lang.L("FOUND"), Words: []string{lang.L("will be exchanged"), lang.L("not found")}, Sortable: true,
			Badge: func(s swap) (string, grid.Look) {
				if s.found {
					return lang.L("will be exchanged"), grid.Good
				}
				return lang.L("not found"), grid.Bad
			}},
		{ID: "old", Title: lang.L("OLD DEVICE"), Width: 150, Mono: true, Sortable: true, Text: func(s swap) string { return s.old.First() }},
		{ID: "new", Title: lang.L("NEW DEVICE"), Width: 150, Mono: true, Sortable: true, Text: func(s swap) string { return s.new.First() }},
		{ID: "model", Title: lang.L("MODEL"), Width: 120, Sortable: true, Text: func(s swap) string { return s.at.Model }},
		{ID: "customer", Title: lang.L("CUSTOMER"), Width: 150, Most: 340, Sortable: true, Text: func(s swap) string { return s.at.Customer }},
	}
	view := grid.NewView("exchange.found", &grid.Slice[swap]{
		Rows: func(context.Context) ([]swap, error) { return x.swaps, nil }, ID: func(s swap) int64 { return s.id }, Columns: columns,
	}, columns)
	view.SetPlaceHolder(lang.L("Search in the lines"))
	n := len(x.ready())
	x.preview.Can(exchangeTitle(n), n > 0)
	back := control.NewButtonWithIcon(lang.L("Back to the list"), theme.NavigateBackIcon(), x.showList)
	says := lang.N("{{.Count}} devices will be exchanged.", n, map[string]any{"Count": page.Number(n)})
	if missing := len(x.swaps) - n; missing > 0 {
		says += " " + lang.N("{{.Count}} are not among your devices.", missing, map[string]any{"Count": page.Number(missing)})
	}
	x.preview.Show(control.BelowButton(back, view), says, back)
}

func exchangeTitle(count int) string {
	return lang.N("Exchange {{.Count}} devices", count, map[string]any{"Count": page.Number(count)})
}

// confirm asks for reference, day and note, and exchanges.
func (x *exchange) confirm() {
	ready := x.ready()
	f := page.NewForm(x.desk, exchangeTitle(len(ready)), exchangeTitle(len(ready)))
	f.Text(lang.L("The new devices take the places of the old ones.") + " " +
		lang.L("What came back is gone from all portals. The exchange is then to carry to the portal."))
	reference := page.NewReference(f)
	f.Careful()
	f.Submit = func() {
		list := make([]data.Exchange, len(ready))
		for i, s := range ready {
			list[i] = reference.Of(s.at.ID, s.new)
		}
		f.Hide()
		page.Act(x.desk, lang.L("Exchanging devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
			return x.desk.Register().Devices().Exchange(ctx, x.view, list, progress)
		}, func(model.Done) { x.preview.Hide() })
	}
	f.Show()
}
