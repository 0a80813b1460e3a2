// Package overview shows how an account of ours stands: its figures, plots of its devices and what waits for approval. Every figure,
// column, bar and line leads to the list behind it. Everything belongs to Fyne's goroutine.
package overview

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/chart"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/task"
	"consign/ui/unfinished"
)

// Reseller is the Overview of the reseller that the desk acts as. addCustomer is what ADD CUSTOMER does while it has no customers; carry
// saves what
// is to carry to the portal.
func Reseller(d page.Desk, addCustomer func(), carry *control.Button) *page.Page {
	o := &overview{desk: d, carry: carry, kind: model.Reseller, account: d.Acting(model.Reseller),
		read: d.Register().Uploads().ResellerOverview}
	o.figures = []*figure{
		o.figure(lang.L("Devices"), page.Devices, nil, func(v data.Overview) int { return v.Devices }, ""),
		o.figure(lang.L("Verified"), page.Devices, status(model.VerifiedDevice), func(v data.Overview) int { return v.Verified }, ""),
		o.figure(lang.L("Pending"), page.Devices, status(model.PendingDevice), func(v data.Overview) int { return v.Pending },
			theme.ColorNameWarning),
		o.figure(lang.L("MPTS errors"), page.Devices, status(model.MPTSError), func(v data.Overview) int { return v.Failed },
			theme.ColorNameError),
		o.figure(lang.L("Uploads"), page.Uploads, nil, func(v data.Overview) int { return v.Uploads }, ""),
		o.figure(lang.L("Waiting"), page.Uploads, waits, func(v data.Overview) int { return v.Waiting }, theme.ColorNameWarning),
		o.figure(lang.L("To carry"), page.ToCarry, nil, func(v data.Overview) int { return v.ToCarry }, theme.ColorNameWarning),
		o.figure(lang.L("Customers"), page.Customers, nil, func(v data.Overview) int { return v.Customers }, ""),
		o.figure(lang.L("Open orders"), page.Orders, map[string]string{"state": string(model.OpenOrder)},
			func(v data.Overview) int { return v.OpenOrders }, theme.ColorNameWarning),
	}
	o.begin = func(v data.Overview) *state {
		switch {
		case v.Uploads > 0 || v.ToCarry > 0:
			return nil
		case v.Customers == 0:
			return newState(d, model.CustomerAdded, lang.L("No customers yet"),
				lang.L("Add the customers and MSPs that you sell devices to."),
				lang.L("ADD CUSTOMER"), addCustomer, control.NewButton(lang.L("Take an existing portal over…"), func() { o.list(page.Compare, nil) }))
		}
		return newState(d, model.DevicesUploaded, lang.L("No devices yet"),
			lang.L("Upload the first devices from a file, by paste or with a scanner."),
			lang.L("New upload"), func() { o.list(page.NewUpload, nil) })
	}
	return o.page()
}

// MSP is the Overview of the MSP that the desk acts as. registerReseller is what REGISTER RESELLER does while it has no resellers.
func MSP(d page.Desk, registerReseller func(), carry *control.Button) *page.Page {
	o := &overview{desk: d, carry: carry, kind: model.MSP, account: d.Acting(model.MSP), read: d.Register().Uploads().MSPOverview}
	o.figures = []*figure{
		o.figure(lang.L("Devices"), page.Devices, nil, func(v data.Overview) int { return v.Devices }, ""),
		o.figure(lang.L("Verified"), page.Devices, status(model.VerifiedDevice), func(v data.Overview) int { return v.Verified }, ""),
		o.figure(lang.L("MPTS errors"), page.Devices, status(model.MPTSError), func(v data.Overview) int { return v.Failed },
			theme.ColorNameError),
		o.figure(lang.L("Uploads"), page.Uploads, nil, func(v data.Overview) int { return v.Uploads }, ""),
		o.figure(lang.L("Waiting"), page.Uploads, waits, func(v data.Overview) int { return v.Waiting }, theme.ColorNameWarning),
		o.figure(lang.L("To carry"), page.ToCarry, nil, func(v data.Overview) int { return v.ToCarry }, theme.ColorNameWarning),
		o.figure(lang.L("Resellers"), page.Resellers, nil, func(v data.Overview) int { return v.Resellers }, ""),
		o.figure(lang.L("Customers"), page.Customers, nil, func(v data.Overview) int { return v.Customers }, ""),
	}
	o.begin = func(v data.Overview) *state {
		switch {
		case v.Uploads > 0 || v.ToCarry > 0:
			return nil
		case v.Resellers == 0:
			return newState(d, model.ResellerRegistered, lang.L("No resellers yet"),
				lang.L("Register the resellers that upload devices to you, and give them your MSP ID {{.ID}}.",
					map[string]any{"ID": o.account.KnoxID}), lang.L("REGISTER RESELLER"), registerReseller)
		}
		return newState(d, model.DevicesUploaded, lang.L("No devices yet"),
			lang.L("Resellers upload to your MSP ID {{.ID}}. If a reseller works elsewhere, receive its list yourself.",
				map[string]any{"ID": o.account.KnoxID}), lang.L("Receive upload…"), func() { o.list(page.NewUpload, nil) })
	}
	return o.page()
}

var waits = map[string]string{page.FilterWaiting: page.Yes}

func status(s model.DeviceStatus) map[string]string {
	return map[string]string{page.FilterStatus: string(s)}
}

// overview is the page of one account.
type overview struct {
	desk    page.Desk
	kind    model.AccountKind
	account model.Account
	read    func(context.Context, int64) (data.Overview, error)
	begin   func(data.Overview) *state // what to show instead of nothing, or nil
	state   *state                     // what is shown instead now
	version int                        // of the last reading; older answers are dropped

	content    *fyne.Container
	unfinished *unfinished.Block
	board      fyne.CanvasObject
	figures    []*figure
	shown      data.Overview

	months            *chart.Columns
	statuses          *chart.Shares
	customers, models *chart.Bars
	waiting           *waiting
	carry             *control.Button // saves all portal files of what is to carry
}

func (o *overview) page() *page.Page {
	nothing := lang.L("No devices yet")
	o.months = chart.NewColumns(page.Number)
	o.months.Nothing = lang.L("No devices in the last twelve months")
	o.months.OnOpen = func(i int) { o.list(page.Devices, month(o.shown.ByMonth[i].Month)) }
	o.statuses = chart.NewShares(page.Number)
	o.statuses.Nothing = nothing
	o.statuses.OnOpen = func(i int) { o.list(page.Devices, status(o.states()[i])) }
	o.customers = chart.NewBars(barRows, page.Number)
	o.customers.Nothing = nothing
	o.customers.OnOpen = func(i int) {
		o.list(page.Devices, map[string]string{page.FilterCustomer: page.IDValue(o.shown.TopCustomers[i].ID)})
	}
	o.models = chart.NewBars(barRows, page.Number)
	o.models.Nothing = nothing
	o.models.OnOpen = func(i int) {
		o.list(page.Devices, map[string]string{page.FilterModel: cmp.Or(o.shown.TopModels[i].Name, model.NoModel)})
	}
	o.waiting = newWaiting(o)
	o.board = newBoard(o.figures,
		panel{newPanel(lang.L("Devices by month"), o.months), 2},
		panel{newPanel(lang.L("Devices by status"), o.statuses), 1},
		panel{newPanel(lang.L("Top customers"), o.customers), 1},
		panel{newPanel(lang.L("Top models"), o.models), 1},
		panel{newPanel(lang.L("Longest waiting for approval"), o.waiting.content), 1},
	)
	o.content = container.NewStack()
	o.unfinished = unfinished.NewBlock(o.desk, func() []unfinished.Upload { return unfinished.All(o.desk.Register().Path()) }, nil,
		o.goOn, func() { o.content.Refresh() })
	o.reload()
	return &page.Page{
		Title: lang.L("Overview"), Actions: []fyne.CanvasObject{o.carry},
		Content: control.InOrder(o.unfinished.Content, nil, o.content, nil, nil), First: o.first, Reload: o.reload,
		Seen: o.unfinished.Seen,
		Shows: data.OrdersChanged | data.AccountsChanged | data.CustomersChanged | data.RegistrationsChanged |
			data.ManagementsChanged | data.UploadsChanged | data.DevicesChanged,
	}
}

// list goes to a page of the same tab, narrowed by filters.
func (o *overview) list(name string, filters map[string]string) {
	o.desk.Go(page.Place{Tab: page.Tab(o.kind), Page: name, Filters: filters})
}

func (o *overview) reload() {
	o.version++
	version := o.version
	if !task.Inline && len(o.content.Objects) == 0 {
		time.AfterFunc(task.BusyAfter, func() { fyne.Do(func() { o.sayReading(version) }) })
	}
	page.Read(o.desk, func(ctx context.Context) (data.Overview, error) { return o.read(ctx, o.account.ID) }, func(v data.Overview) {
		if version == o.version {
			o.show(v)
		}
	})
}

// sayReading says that nothing is shown because it is being read.
func (o *overview) sayReading(version int) {
	if version == o.version && len(o.content.Objects) == 0 {
		text := widget.NewLabelWithStyle(lang.L("Reading…"), fyne.TextAlignCenter, fyne.TextStyle{})
		text.Importance = widget.LowImportance
		o.content.Objects = []fyne.CanvasObject{container.NewCenter(text)}
		o.content.Refresh()
	}
}

func (o *overview) show(v data.Overview) {
	o.shown = v
	for _, f := range o.figures {
		f.set(v)
	}
	var nothing error
	if v.ToCarry == 0 {
		nothing = model.Fail(model.Refused, "Nothing is to carry to the portal.")
	}
	o.carry.Refuse(page.Refused(o.desk, model.CarriedToPortal, nothing))
	o.months.Set(monthItems(v.ByMonth))
	o.statuses.Set(o.stateItems(v))
	o.customers.Set(namedItems(v.TopCustomers, lang.L("No customer yet")))
	o.models.Set(namedItems(v.TopModels, lang.L("No model")))
	o.waiting.set(v.LongestWaiting, v.Waiting)
	shown := o.board
	if o.state = o.begin(v); o.state != nil {
		shown = o.state.content
	}
	o.content.Objects = []fyne.CanvasObject{shown}
	o.content.Refresh()
	if c := o.desk.Window().Canvas(); o.state != nil && c.Focused() == nil && c.Overlays().Top() == nil {
		c.Focus(o.state.begin) // of a desk that has just been laid out
	}
}

// goOn goes on with an upload in the making, as the account whose it is.
func (o *overview) goOn(u unfinished.Upload) {
	o.desk.Go(page.Place{Tab: page.Tab(u.Kind), Page: page.NewUpload, Acting: u.Acting, Unfinished: u.Path})
}

// first is where the keyboard begins: at what is not finished, while there are no figures at what brings some, else at what is to carry.
func (o *overview) first() fyne.Focusable {
	if o.unfinished.First != nil {
		return o.unfinished.First
	}
	switch {
	case o.state != nil:
		return o.state.begin
	case !o.carry.Disabled():
		return o.carry
	}
	return nil
}

// states are the statuses in which the account sees devices: an MSP sees approved ones only (domain §4).
func (o *overview) states() []model.DeviceStatus {
	if o.kind == model.MSP {
		return []model.DeviceStatus{model.VerifiedDevice, model.MPTSError, model.Exchanging}
	}
	return model.DeviceStatuses
}

func (o *overview) stateItems(v data.Overview) []chart.Item {
	var items []chart.Item
	for _, s := range o.states() {
		item := chart.Item{Label: page.Word(s), Value: v.Pending, Color: theme.ColorNameWarning}
		switch s {
		case model.VerifiedDevice:
			item.Value, item.Color = v.Verified, theme.ColorNameSuccess
		case model.MPTSError:
			item.Value, item.Color = v.Failed, theme.ColorNameError
		case model.Exchanging:
			item.Value, item.Color = v.Exchanging, theme.ColorNamePrimary
		}
		items = append(items, item)
	}
	return items
}

// barRows is the number of customers and models that even a small window shows.
const barRows = 6

func monthItems(months []data.MonthCount) []chart.Item {
	items := make([]chart.Item, len(months))
	for i, m := range months {
		items[i] = chart.Item{
			Label: control.MonthName(m.Month.Month()), Value: m.Count,
			Tip: lang.N("{{.Count}} devices in {{.Month}} {{.Year}}", m.Count, map[string]any{
				"Count": page.Number(m.Count), "Month": control.MonthName(m.Month.Month()), "Year": m.Month.Year()}),
		}
	}
	return items
}

// month narrows a list to a calendar month.
func month(first time.Time) map[string]string {
	return map[string]string{page.FilterTime: page.Span(first, first.AddDate(0, 1, -1))}
}

func namedItems(counts []data.NamedCount, unnamed string) []chart.Item {
	items := make([]chart.Item, len(counts))
	for i, c := range counts {
		if c.Name == "" {
			c.Name = unnamed
		}
		items[i] = chart.Item{Label: c.Name, Value: c.Count}
	}
	return items
}
