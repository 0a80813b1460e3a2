// Package activity is the Activity tab: the log of every act in both portals (domain §6). Everything in it belongs to Fyne's goroutine.
package activity

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// The filters of the log besides page.FilterTime and page.FilterUpload: the keys of Place.Filters.
const (
	filterEvent = "event" // a model.Event
	filterParty = "party" // account id of whoever took part
)

// Entries are the pages of the tab.
func Entries() []page.Entry {
	return []page.Entry{{Page: page.Log, Title: lang.L("Activity log"), Icon: theme.HistoryIcon()}}
}

// Open is the log, narrowed as place says.
func Open(d page.Desk, at page.Place) (*page.Page, error) {
	return page.NewListPage(d, list(d), at), nil
}

func list(d page.Desk) page.List[model.Activity] {
	log := d.Register().Activity()
	return page.List[model.Activity]{
		Name: "activity", Title: lang.L("Activity log"), Shows: data.ActivityChanged,
		Columns: columns(),
		Filters: []grid.Filter{eventFilter(), page.PersonFilter(d), partyFilter(d), portalFilter(), page.TimeFilter(d, lang.L("Date")),
			uploadFilter(d)},
		SearchHint: lang.L("Search company, ID or detail"),
		Source: &grid.Paged[model.Activity]{
			IDs:   func(ctx context.Context, q grid.Question) ([]int64, error) { return log.IDs(ctx, query(q)) },
			Rows:  log.Rows,
			ID:    func(a model.Activity) int64 { return a.ID },
			Total: total(log),
		},
		Row: page.RowByID(log.Rows),
		Nothing: grid.State{Title: lang.L("Nothing has been done yet"),
			Text: lang.L("Every upload, approval, move, deletion and other act is logged here, and can be taken back from here.")},
		Open: func(a model.Activity) { openUpload(d, a) },
		Actions: []page.Action[model.Activity]{
			{Title: func(int) string { return lang.L("Go to the upload") }, One: true, Can: hasUpload,
				Do: func(s page.Selected[model.Activity]) { openUpload(d, s.Row) }},
			{Title: func(int) string { return lang.L("Undo…") }, One: true, Button: true,
				Can: func(a model.Activity) error { return log.CanUndo(context.Background(), a.ID) },
				Do:  func(s page.Selected[model.Activity]) { undo(d, s.Row) }},
		},
		Download: lang.L("DOWNLOAD ACTIVITY LOG"),
	}
}

// total counts the whole log.
func total(log data.Activity) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		ids, err := log.IDs(ctx, model.ActivityQuery{})
		return len(ids), err
	}
}

func query(q grid.Question) model.ActivityQuery {
	f, sorts := q.Filters, page.Sorts(q)
	if len(sorts) == 0 {
		sorts = []model.Sort{{Column: model.ByDate, Descending: true}}
	}
	from, to := page.ReadSpan(f[page.FilterTime], time.Now())
	return model.ActivityQuery{
		Search: q.Search, Sort: sorts, Event: model.Event(f[filterEvent]), From: from, To: to,
		Person: f[page.FilterPerson], PortalState: model.PortalState(f[page.FilterPortal]),
		Party: page.ReadID(f[filterParty]), Upload: page.ReadID(f[page.FilterUpload]),
	}
}

func columns() []page.Column[model.Activity] {
	text := func(id, title string, width, most float32, says func(model.Activity) string) page.Column[model.Activity] {
		return page.Column[model.Activity]{Column: grid.Column[model.Activity]{ID: id, Title: title, Width: width, Most: most, Sortable: true,
			Text: says}}
	}
	customerID := text(model.ByCustomerID, lang.L("CUSTOMER ID"), 0, 0, func(a model.Activity) string { return a.CustomerKnoxID })
	customerID.Mono, customerID.Words = true, []string{"4600000000"}
	devices := page.NumberColumn(model.ByDevices, lang.L("DEVICES"), func(a model.Activity) int { return a.Devices })
	devices.Text = func(a model.Activity) string {
		if a.Devices == 0 {
			return ""
		}
		return page.Number(a.Devices)
	}
	date := page.TimeColumn(model.ByDate, lang.L("DATE"), func(a model.Activity) time.Time { return a.At })
	// a log without the time is none
	date.Short, date.Most = nil, 0
	for month := time.January; month <= time.December; month++ {
		date.Words = append(date.Words, page.DateTime(time.Date(2000, month, 28, 20, 58, 0, 0, time.Local)))
	}
	detail := text("detail", lang.L("DETAIL"), 120, 800, func(a model.Activity) string { return page.Words(a.Detail) })
	detail.Sortable, detail.Spare = false, true
	return []page.Column[model.Activity]{
		date,
		text(model.ByEvent, lang.L("EVENT"), 138, 0, func(a model.Activity) string { return page.Word(a.Event) }),
		text(model.ByPerformer, lang.L("PERFORMED BY"), 110, 220, func(a model.Activity) string { return a.PerformedBy }),
		text(model.ByActing, lang.L("ACTING AS"), 110, 220, func(a model.Activity) string { return a.ActingAs }),
		text(model.ByParty, lang.L("PARTY"), 110, 220, func(a model.Activity) string { return a.Party }),
		text(model.ByCustomer, lang.L("CUSTOMER"), 110, 220, func(a model.Activity) string { return a.Customer }),
		customerID,
		devices,
		page.WordsColumn(model.ByStatus, lang.L("STATUS"), []model.ActStatus{model.ActDone}, status),
		page.WordsColumn(model.ByPortal, lang.L("PORTAL"), model.PortalStates, carried),
		detail,
	}
}

// carried says how far a deletion or an exchange has been carried to the online portal.
func carried(a model.Activity) (string, grid.Look) {
	if a.PortalState == "" {
		return "", grid.Plain
	}
	return page.Word(a.PortalState), page.PortalLook(a.PortalState)
}

func status(a model.Activity) (string, grid.Look) {
	if a.Status == model.ActUndone {
		return page.Word(a.Status), grid.Waiting
	}
	return page.Word(a.Status), grid.Good
}

// undo takes an act back after asking. The register says why if it cannot be.
func undo(d page.Desk, a model.Activity) {
	title := lang.L("Undo “{{.Event}}”?", map[string]any{"Event": page.Word(a.Event)})
	text := page.DateTime(a.At) + "\n" + page.Words(a.Detail) + "\n\n" + lang.L("Everything else stays as it is; the log keeps both entries.")
	page.Confirm(d, title, text, lang.L("Undo"), func() {
		page.Act(d, lang.L("Undoing…"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
			return d.Register().Activity().Undo(ctx, a.ID, progress)
		}, nil)
	})
}

// hasUpload is nil if the act was about one upload.
func hasUpload(a model.Activity) error {
	if a.UploadID == 0 {
		return model.Fail(model.Refused, "This act was not about one upload.")
	}
	return nil
}

// openUpload shows the upload of an entry, or says in full what the entry is.
func openUpload(d page.Desk, a model.Activity) {
	if a.UploadID == 0 {
		d.Say(page.Words(a.Detail))
		return
	}
	page.Read(d, func(ctx context.Context) (page.Place, error) {
		view, u, err := page.OurUpload(ctx, d.Register().Accounts(), d.Register().Uploads(), a.UploadID)
		return page.UploadPlace(view, u.ID), err
	}, d.Go)
}
