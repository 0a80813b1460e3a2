// Package uploads describes the Uploads page, which both portals share, the page of one upload, and the customer portal where
// uploads wait per Knox service. Everything in it belongs to Fyne's goroutine.
package uploads

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// Options is in what an Uploads page differs from others.
type Options struct {
	// Name keeps the table's layout.
	Name  string
	Title string
	// Within narrows the page for good, to one target or one Knox service.
	Within  model.UploadQuery
	Open    func(model.Upload)
	Actions []page.Action[model.Upload]
	Buttons []fyne.CanvasObject
	Nothing grid.State
}

// List describes the uploads that a party sees (domain §3, §4).
func List(d page.Desk, view model.View, o Options) page.List[model.Upload] {
	r := d.Register()
	within := o.Within
	within.View = view
	rows := func(ctx context.Context, ids []int64) ([]model.Upload, error) {
		return r.Uploads().Rows(ctx, view, within.Service, ids)
	}
	return page.List[model.Upload]{
		Name: o.Name, Title: o.Title, Shows: data.UploadsChanged | data.DevicesChanged | data.RegistrationsChanged, Frozen: 1,
		Columns:    columns(view),
		Filters:    filters(d, within),
		SearchHint: lang.L("Search upload ID, order number, company or tag"),
		Sort:       []grid.SortKey{{Column: model.ByUploaded, Descending: true}},
		Source: &grid.Paged[model.Upload]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return r.Uploads().IDs(ctx, query(within, q))
			},
			Rows:  rows,
			ID:    func(u model.Upload) int64 { return u.ID },
			Total: func(ctx context.Context) (int, error) { return r.Uploads().Count(ctx, within) },
		},
		Row:     page.RowByID(rows),
		Nothing: o.Nothing,
		Open:    o.Open,
		For:     func(u model.Upload) page.Purpose { return page.Purpose{Customer: u.TargetID} },
		Actions: o.Actions,
		Buttons: o.Buttons,
	}
}

// query is what the table asks, within what the page is narrowed to.
func query(within model.UploadQuery, q grid.Question) model.UploadQuery {
	f := q.Filters
	within.Search, within.Sort = q.Search, page.Sorts(q)
	within.Status = model.UploadStatus(f[page.FilterStatus])
	within.PortalState, within.Person = model.PortalState(f[page.FilterPortal]), f[page.FilterPerson]
	within.Waiting = within.Waiting || f[page.FilterWaiting] == page.Yes
	within.From, within.To = page.ReadSpan(f[page.FilterTime], time.Now())
	if id := page.ReadID(f[page.FilterCustomer]); id != 0 {
		within.Target = id
	}
	if id := page.ReadID(f[page.FilterReseller]); id != 0 {
		within.Reseller = id
	}
	return within
}

func columns(view model.View) []page.Column[model.Upload] {
	text := func(id, title string, width, most float32, says func(model.Upload) string) page.Column[model.Upload] {
		return page.Column[model.Upload]{Column: grid.Column[model.Upload]{ID: id, Title: title, Width: width, Most: most, Sortable: true,
			Text: says}}
	}
	uuid := text(model.ByUpload, lang.L("UPLOAD ID"), 106, 130, func(u model.Upload) string { return u.UUID })
	uuid.Mono, uuid.Opens = true, true
	uuid.Short = func(u model.Upload) string { return page.ShortID(u.UUID) }
	by := text(model.ByPerformer, lang.L("UPLOADED BY"), 76, 190, func(u model.Upload) string { return u.UploadedBy })
	party := text(model.ByCustomer, lang.L("CUSTOMER"), 212, 360, func(u model.Upload) string { return u.TargetName })
	party.Badge = func(u model.Upload) (string, grid.Look) {
		if u.TargetKind == model.MSP {
			return page.Word(u.TargetKind), grid.Marked
		}
		return "", grid.Plain
	}
	if view.Portal != model.ResellerPortal {
		party = text(model.ByReseller, lang.L("RESELLER"), 186, 360, func(u model.Upload) string { return u.ResellerName })
		party.Badge = func(u model.Upload) (string, grid.Look) {
			if !u.Registered {
				return lang.L("Not registered"), grid.Bad
			}
			return "", grid.Plain
		}
	}
	list := []page.Column[model.Upload]{
		uuid, by, party,
		text(model.ByOrderNumber, lang.L("ORDER NUMBER"), 72, 110, func(u model.Upload) string { return u.OrderNumber }),
		page.NumberColumn(model.ByDevices, lang.L("TOTAL DEVICES"), func(u model.Upload) int { return u.Devices }),
		page.NumberColumn(model.ByVerified, lang.L("VERIFIED DEVICES"), func(u model.Upload) int { return u.Verified }),
		page.TimeColumn(model.ByUploaded, lang.L("UPLOADED"), func(u model.Upload) time.Time { return u.UploadedAt }),
		page.WordsColumn(model.ByStatus, lang.L("STATUS"), model.UploadStatuses, status),
		page.WordsColumn(model.ByApproval, lang.L("APPROVAL"), model.ApprovalStates, approval),
	}
	if view.Portal != model.CustomerPortal { // an MSP sees whether an upload of ours is at the online portal: it arrives there by then
		list = append(list, page.WordsColumn(model.ByPortal, lang.L("PORTAL"), model.PortalStates, carried))
	}
	list = append(list, text(model.ByTags, lang.L("TAGS"), 90, 300, func(u model.Upload) string { return strings.Join(u.Tags, ", ") }))
	if view.Portal == model.MSPPortal { // who uploaded is nearly always the reseller
		list = append(slices.Delete(list, 1, 2), by)
	}
	return list
}

func status(u model.Upload) (string, grid.Look) {
	switch u.Status {
	case model.Completed:
		return page.Word(u.Status), grid.Good
	}
	return page.Word(u.Status), grid.Bad
}

func approval(u model.Upload) (string, grid.Look) {
	if u.Waits() {
		return page.Word(u.Approval()), grid.Waiting
	}
	return page.Word(u.Approval()), grid.Good
}

// carried says how far an upload has been carried to the online portal.
func carried(u model.Upload) (string, grid.Look) {
	if u.PortalState == "" {
		return "", grid.Plain
	}
	return page.Word(u.PortalState), page.PortalLook(u.PortalState)
}

func filters(d page.Desk, within model.UploadQuery) []grid.Filter {
	all := []grid.Filter{
		page.ChoiceFilter(page.FilterStatus, lang.L("Status"), model.UploadStatuses, func(s model.UploadStatus) string { return page.Word(s) }),
	}
	if !within.Waiting {
		all = append(all, page.YesFilter(page.FilterWaiting, lang.L("Approval"), lang.L("Waits for approval")))
	}
	if within.View.Portal != model.CustomerPortal && within.Service == "" {
		all = append(all, page.ChoiceFilter(page.FilterPortal, lang.L("Portal"), model.PortalStates,
			func(s model.PortalState) string { return page.Word(s) }))
	}
	all = append(all, page.PersonFilter(d))
	switch {
	case within.View.Portal == model.ResellerPortal && within.Target == 0:
		all = append(all, page.CustomerFilter(d, within.View))
	case within.View.Portal == model.MSPPortal && within.Reseller == 0:
		all = append(all, page.ResellerFilter(d, within.View))
	}
	return append(all, page.TimeFilter(d, lang.L("Uploaded")))
}
