package activity

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

func eventFilter() grid.Filter {
	return page.ChoiceFilter(filterEvent, lang.L("Event"), model.Events, func(e model.Event) string { return page.Word(e) })
}

// portalFilter narrows the log to deletions and exchanges, by how far they have been carried to the online portal.
func portalFilter() grid.Filter {
	return page.ChoiceFilter(page.FilterPortal, lang.L("Portal"), model.PortalStates, func(s model.PortalState) string { return page.Word(s) })
}

// partyFilter narrows the log to what an account took part in: one of ours by name, any other by a search in the directory.
func partyFilter(d page.Desk) grid.Filter {
	r := d.Register()
	return grid.Filter{
		ID: filterParty, Title: lang.L("Party"),
		Text: func(value string) string {
			a, err := r.Accounts().ByID(context.Background(), page.ReadID(value))
			if err != nil {
				return ""
			}
			return a.CompanyName
		},
		Options: func(ctx context.Context) ([]grid.Option, error) {
			ids, err := r.Accounts().IDs(ctx, model.AccountQuery{Ours: true})
			if err != nil {
				return nil, err
			}
			ours, err := r.Accounts().Rows(ctx, ids)
			var options []grid.Option
			for _, a := range ours {
				options = append(options, grid.Option{Value: page.IDValue(a.ID), Text: a.CompanyName})
			}
			return append(options, grid.Option{Text: lang.L("Search…"), Ask: func(then func(string)) { askParty(d, then) }}), err
		},
	}
}

func askParty(d page.Desk, then func(value string)) {
	r := d.Register()
	page.Choose(d, page.Choice[model.Account]{
		Title: lang.L("Activity of a party"), Name: "activity.party", Button: lang.L("Show"),
		Columns: []grid.Column[model.Account]{
			{ID: "name", Title: lang.L("COMPANY NAME"), Width: 200, Most: 600, Sortable: true,
				Text: func(a model.Account) string { return a.CompanyName }},
			{ID: "kind", Title: lang.L("KIND"), Width: 90, Sortable: true, Text: func(a model.Account) string { return page.Word(a.Kind) }},
			{ID: "id", Title: lang.L("KNOX ID"), Width: 120, Mono: true, Sortable: true, Text: func(a model.Account) string { return a.KnoxID }},
		},
		Rows: func(ctx context.Context) ([]model.Account, error) {
			ids, err := r.Accounts().IDs(ctx, model.AccountQuery{})
			if err != nil {
				return nil, err
			}
			return r.Accounts().Rows(ctx, ids)
		},
		ID:   func(a model.Account) int64 { return a.ID },
		Then: func(a model.Account) { then(page.IDValue(a.ID)) },
	})
}

// uploadFilter narrows the log to one upload, found by its UPLOAD ID or order number.
func uploadFilter(d page.Desk) grid.Filter {
	return grid.Filter{
		ID: page.FilterUpload, Title: lang.L("Upload"),
		Text: func(value string) string {
			_, u, err := page.OurUpload(context.Background(), d.Register().Accounts(), d.Register().Uploads(), page.ReadID(value))
			if err != nil {
				return value
			}
			return u.UUID
		},
		Options: func(context.Context) ([]grid.Option, error) {
			return []grid.Option{{Text: lang.L("Search…"), Ask: func(then func(string)) { askUpload(d, then) }}}, nil
		},
	}
}

func askUpload(d page.Desk, then func(value string)) {
	f := page.NewForm(d, lang.L("Activity of an upload"), lang.L("Show"))
	entry := f.Input(lang.L("UPLOAD ID or order number"), "")
	f.Submit = func() {
		var found int64
		f.DoAsync(entry, func(ctx context.Context) (err error) {
			found, err = findUpload(ctx, d, entry.Text)
			return err
		}, func() {
			f.Hide()
			then(page.IDValue(found))
		})
	}
	f.Show()
}

// findUpload is the one upload that accounts of ours see under a text.
func findUpload(ctx context.Context, d page.Desk, text string) (int64, error) {
	views, err := page.OurViews(ctx, d.Register().Accounts())
	if err != nil {
		return 0, err
	}
	var found []int64
	for _, view := range views {
		ids, err := d.Register().Uploads().IDs(ctx, model.UploadQuery{View: view, Search: text})
		if err != nil {
			return 0, err
		}
		found = append(found, ids...)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	switch {
	case text == "" || len(found) == 0:
		return 0, model.Fail(model.NotFound, "No upload has this UPLOAD ID or order number.")
	case len(found) > 1:
		return 0, model.Fail(model.Invalid, "{{.Count}} uploads match. Enter the whole UPLOAD ID.", "Count", len(found))
	}
	return found[0], nil
}
