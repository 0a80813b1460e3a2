// Package devices describes the Devices page, which both portals share, and what can be done with devices there.
// Everything in it belongs to Fyne's goroutine.
package devices

import (
	"cmp"
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/portal"
	"consign/model"
	"consign/ui/device"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
)

// Options is in what a Devices page differs from others.
type Options struct {
	// Name keeps the table's layout.
	Name  string
	Title string
	// Within narrows the page for good: to one customer or one upload.
	Within  model.DeviceQuery
	Buttons []fyne.CanvasObject
	Nothing grid.State
}

// firstRows is how many rows show before all are known: some screens.
const firstRows = 256

// List describes the devices that a party sees (domain §3 and §4).
func List(d page.Desk, view model.View, o Options) page.List[model.Device] {
	r := d.Register()
	within := o.Within
	within.View = view
	within.OldestFirst = within.Upload != 0 // one upload stands as its list had it
	rows := func(ctx context.Context, ids []int64) ([]model.Device, error) {
		return r.Devices().Rows(ctx, view, ids)
	}
	return page.List[model.Device]{
		Name: o.Name, Title: o.Title, Shows: data.DevicesChanged | data.UploadsChanged, Frozen: 1,
		Columns:    columns(within),
		Filters:    filters(d, within),
		SearchHint: lang.L("Search any identifier or a part of it"), OnSearch: r.Devices().ExpectSearch,
		Source: &grid.Paged[model.Device]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return r.Devices().IDs(ctx, query(within, q))
			},
			FirstIDs: func(ctx context.Context, q grid.Question) ([]int64, int, error) {
				return r.Devices().FirstIDs(ctx, query(within, q), firstRows)
			},
			Rows:  rows,
			ID:    func(x model.Device) int64 { return x.ID },
			Total: func(ctx context.Context) (int, error) { return r.Devices().Count(ctx, within) },
		},
		Each: func(ctx context.Context, s grid.Selection, f func(model.Device) error) error {
			return r.Devices().Each(ctx, o.selection(view, s), f)
		},
		Row:     page.RowByID(rows),
		Nothing: o.Nothing,
		Open:    func(x model.Device) { device.ShowCard(d, x.ID) },
		Actions: o.actions(d, view),
		ByList:  o.byList(d, view),
		Buttons: o.Buttons,
	}
}

// actions are what the party may do with devices: a customer's portal only shows them.
func (o Options) actions(d page.Desk, view model.View) []page.Action[model.Device] {
	switch view.Portal {
	case model.ResellerPortal:
		return []page.Action[model.Device]{
			o.portalFile(d, view, lang.L("Save portal file…"), portal.Upload),
			o.portalFile(d, view, lang.L("Save portal file to delete them…"), portal.Delete),
			o.changeCustomer(d, view),
			o.exchange(d, view),
			o.returned(d, view),
			o.delete(d, view),
		}
	case model.MSPPortal:
		return []page.Action[model.Device]{o.move(d, view), o.delete(d, view)}
	}
	return nil
}

// portalFile saves the selected devices as the files that the portal takes (domain §7).
func (o Options) portalFile(d page.Desk, view model.View, title string, purpose portal.Purpose) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: func(int) string { return title },
		Do: func(s page.Selected[model.Device]) {
			portalfile.Save(d, purpose, model.CarrySelection{}, o.selection(view, s.Selection))
		},
	}
}

// selection is the devices that are selected on a page of the list.
func (o Options) selection(view model.View, s grid.Selection) model.DeviceSelection {
	within := o.Within
	within.View = view
	within.OldestFirst = within.Upload != 0
	selection := model.DeviceSelection{Query: query(within, s.Question), All: s.All, Count: s.Count()}
	for id := range s.IDs {
		selection.IDs = append(selection.IDs, id)
	}
	return selection
}

// query is what the table asks, within what the page is narrowed to.
func query(within model.DeviceQuery, q grid.Question) model.DeviceQuery {
	f := q.Filters
	within.Search, within.Sort = q.Search, page.Sorts(q)
	within.Status = model.DeviceStatus(f[page.FilterStatus])
	within.OrderNumber, within.Model, within.Tag = f[page.FilterOrder], f[page.FilterModel], f[page.FilterTag]
	within.From, within.To = page.ReadSpan(f[page.FilterTime], time.Now())
	if id := page.ReadID(f[page.FilterCustomer]); id != 0 {
		within.Customer = id
	}
	if id := page.ReadID(f[page.FilterReseller]); id != 0 {
		within.Reseller = id
	}
	if id := page.ReadID(f[page.FilterUpload]); id != 0 {
		within.Upload = id
	}
	return within
}

func columns(within model.DeviceQuery) []page.Column[model.Device] {
	text := func(id, title string, width, most float32, says func(model.Device) string) page.Column[model.Device] {
		return page.Column[model.Device]{Column: grid.Column[model.Device]{ID: id, Title: title, Width: width, Most: most, Sortable: true,
			Text: says}}
	}
	mono := func(id, title, like string, says func(model.Device) string) page.Column[model.Device] {
		c := text(id, title, 0, 0, says)
		c.Mono, c.Words = true, []string{like}
		return c
	}
	uploaded := page.TimeColumn(model.ByUploaded, lang.L("UPLOADED"), func(x model.Device) time.Time { return x.UploadedAt })
	all := []page.Column[model.Device]{
		mono(model.ByIMEI, lang.L("IMEI/MEID"), "351921580053066", func(x model.Device) string {
			if x.IMEI1 == "" {
				return x.MEID
			}
			return x.IMEI1
		}),
		mono(model.ByIMEI2, lang.L("IMEI 2"), "351921580053066", func(x model.Device) string { return x.IMEI2 }),
		mono(model.ByMEID, lang.L("MEID"), "AF0123450ABCDE", func(x model.Device) string {
			if x.IMEI1 == "" {
				return "" // it stands in the first column
			}
			return x.MEID
		}),
		mono(model.BySerial, lang.L("SERIAL NUMBER"), "R5CX0000000", func(x model.Device) string { return x.Serial }),
		text(model.ByModel, lang.L("MODEL"), 84, 120, func(x model.Device) string { return x.Model }),
		text(model.ByOrderNumber, lang.L("ORDER NUMBER"), 72, 110, func(x model.Device) string { return x.OrderNumber }),
		uploaded,
		text(model.ByCustomer, lang.L("CUSTOMER"), 120, 340, func(x model.Device) string { return x.Customer }),
		page.WordsColumn(model.ByStatus, lang.L("STATUS"), model.DeviceStatuses, statusBadge()),
		text(model.ByTags, lang.L("TAGS"), 90, 300, func(x model.Device) string { return strings.Join(x.Tags, ", ") }),
		{Column: grid.Column[model.Device]{ID: model.ByFailure, Title: lang.L("FAILURE REASON"), Width: 220, Most: 500, Sortable: true,
			Hidden: within.Upload == 0,
			Text:   func(x model.Device) string { return x.Failure }}},
		mono(model.ByUpload, lang.L("UPLOAD ID"), "00000000-0000-0000-0000-000000000000", func(x model.Device) string { return x.UploadUUID }),
	}
	all[0].Opens = true
	all[2].Hidden = true
	all[len(all)-1].Hidden = true
	if within.View.Portal == model.MSPPortal {
		all = append(all, page.WordsColumn("customer approval", lang.L("CUSTOMER'S APPROVAL"), model.ApprovalStates, customersApproval()))
		all[len(all)-1].Sortable = false
		all = append(all, text(model.ByReseller, lang.L("RESELLER"), 120, 300, func(x model.Device) string { return x.Reseller }))
	}
	return all
}

// statusBadge looks its words up once: an export of a million rows asks for as many.
func statusBadge() func(model.Device) (string, grid.Look) {
	words := map[model.DeviceStatus]string{} // a million rows are asked, also off Fyne's goroutine
	for _, s := range model.DeviceStatuses {
		words[s] = page.Word(s)
	}
	return func(x model.Device) (string, grid.Look) {
		return cmp.Or(words[x.Status], words[model.PendingDevice]), page.DeviceLook(x.Status)
	}
}

// customersApproval says whether the customer to whom an MSP moved a device approved it.
func customersApproval() func(model.Device) (string, grid.Look) {
	waits, approved := page.Word(model.WaitsForApproval), page.Word(model.Approved)
	return func(x model.Device) (string, grid.Look) {
		switch {
		case x.CustomerID == 0:
			return "", grid.Plain
		case x.CustomerApproved:
			return approved, grid.Good
		}
		return waits, grid.Waiting
	}
}

func filters(d page.Desk, within model.DeviceQuery) []grid.Filter {
	r := d.Register()
	of := func(read func(context.Context, model.View) ([]string, error)) func(context.Context) ([]string, error) {
		return func(ctx context.Context) ([]string, error) { return read(ctx, within.View) }
	}
	all := []grid.Filter{
		page.ChoiceFilter(page.FilterStatus, lang.L("Status"), model.DeviceStatuses, func(s model.DeviceStatus) string { return page.Word(s) }),
		page.ModelFilter(d, within.View),
		page.TextFilter(d, page.FilterOrder, lang.L("Order number"), of(r.Devices().Orders)),
		page.TextFilter(d, page.FilterTag, lang.L("Tag"), of(r.Devices().Tags)),
	}
	if within.Customer == 0 && within.Upload == 0 {
		all = append(all, page.CustomerFilter(d, within.View))
	}
	if within.View.Portal == model.MSPPortal && within.Upload == 0 {
		all = append(all, page.ResellerFilter(d, within.View))
	}
	if within.Upload == 0 {
		all = append(all, page.TimeFilter(d, lang.L("Uploaded")), page.UploadFilter(d, within.View))
	}
	return all
}
