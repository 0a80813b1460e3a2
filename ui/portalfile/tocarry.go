package portalfile

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// waits is an upload or an act that the online portal has not shown yet.
type waits struct {
	upload model.Upload // its ID is 0 for an act
	act    model.Activity
}

func (w waits) id() int64 {
	if w.upload.ID != 0 {
		return 2 * w.upload.ID
	}
	return 2*w.act.ID + 1
}

func (w waits) state() model.PortalState {
	if w.upload.ID != 0 {
		return w.upload.PortalState
	}
	return w.act.PortalState
}

// selectionOf is the uploads and acts behind ids of rows.
func selectionOf(ids []int64) (sel model.CarrySelection) {
	for _, id := range ids {
		if id%2 == 0 {
			sel.Uploads = append(sel.Uploads, id/2)
		} else {
			sel.Acts = append(sel.Acts, id/2)
		}
	}
	return sel
}

// ToCarryPage lists what the viewer has to carry to the online portal, deletions and exchanges as well as uploads, and what was carried
// but not confirmed (domain §3, PORTAL).
func ToCarryPage(d page.Desk, view model.View, at page.Place) *page.Page {
	if len(at.Filters) == 0 {
		state := model.ToCarry
		if sel, err := d.Register().Carrying().ToCarry(context.Background(), view); err == nil && len(sel.Uploads)+len(sel.Acts) == 0 {
			state = "" // what was carried and is not confirmed
		}
		at.Filters = map[string]string{page.FilterPortal: string(state)}
	}
	all := toCarryColumns()
	source := &grid.Slice[waits]{
		Rows: func(ctx context.Context) ([]waits, error) { return readWaits(ctx, d.Register(), view) }, ID: waits.id,
		Match: func(w waits, f map[string]string) bool {
			return f[page.FilterPortal] == "" || f[page.FilterPortal] == string(w.state())
		},
	}
	for _, c := range all {
		source.Columns = append(source.Columns, c.Column)
	}
	return page.NewListPage(d, page.List[waits]{
		Name: "tocarry." + string(view.Portal), Title: lang.L("To carry to the portal"),
		Shows:   data.UploadsChanged | data.DevicesChanged | data.ActivityChanged,
		Columns: all, Frozen: 1, Source: source, SearchHint: lang.L("Search customer, order number or detail"),
		Sort: []grid.SortKey{{Column: "date", Descending: true}},
		Filters: []grid.Filter{page.ChoiceFilter(page.FilterPortal, lang.L("Portal"), []model.PortalState{model.ToCarry, model.Carried},
			func(s model.PortalState) string { return page.Word(s) })},
		Row: page.RowByID(func(ctx context.Context, ids []int64) ([]waits, error) {
			return readSelected(ctx, d.Register(), view, selectionOf(ids))
		}),
		Open: func(w waits) { openWaits(d, view, w) },
		Nothing: grid.State{Title: lang.L("Nothing to carry"),
			Text: lang.L("Uploads, deletions and exchanges stand here until their portal file is saved and the portal has shown them.")},
		Actions: toCarryActions(d, view),
		Buttons: []fyne.CanvasObject{NewCarryButton(d, view)},
	}, at)
}

// readWaits reads the rows. Off Fyne's goroutine.
func readWaits(ctx context.Context, r page.Drawers, view model.View) ([]waits, error) {
	sel, err := r.Carrying().Unconfirmed(ctx, view)
	if err != nil {
		return nil, err
	}
	return readSelected(ctx, r, view, sel)
}

func readSelected(ctx context.Context, r page.Drawers, view model.View, sel model.CarrySelection) ([]waits, error) {
	uploads, err := r.Uploads().Rows(ctx, view, "", sel.Uploads)
	if err != nil {
		return nil, err
	}
	acts, err := r.Activity().Rows(ctx, sel.Acts)
	all := make([]waits, 0, len(uploads)+len(acts))
	for _, u := range uploads {
		all = append(all, waits{upload: u})
	}
	for _, a := range acts {
		all = append(all, waits{act: a})
	}
	return all, err
}

func toCarryColumns() []page.Column[waits] {
	text := func(id, title string, width, most float32, ofUpload func(model.Upload) string, ofAct func(model.Activity) string,
	) page.Column[waits] {
		return page.Column[waits]{Column: grid.Column[waits]{ID: id, Title: title, Width: width, Most: most, Sortable: true,
			Text: func(w waits) string {
				if w.upload.ID != 0 {
					return ofUpload(w.upload)
				}
				return ofAct(w.act)
			}}}
	}
	none := func(model.Activity) string { return "" }
	what := text("what", lang.L("EVENT"), 150, 220, func(model.Upload) string { return page.Word(model.DevicesUploaded) },
		func(a model.Activity) string { return page.Word(a.Event) })
	what.Opens = true
	return []page.Column[waits]{
		what,
		text("customer", lang.L("CUSTOMER"), 170, 360, func(u model.Upload) string { return u.TargetName },
			func(a model.Activity) string {
				if a.Customer != "" {
					return a.Customer
				}
				return a.Party
			}),
		text("order", lang.L("ORDER NUMBER"), 72, 130, func(u model.Upload) string { return u.OrderNumber }, none),
		page.NumberColumn("devices", lang.L("DEVICES"), func(w waits) int {
			if w.upload.ID != 0 {
				return w.upload.Devices
			}
			return w.act.Devices
		}),
		page.TimeColumn("date", lang.L("DATE"), func(w waits) time.Time {
			if w.upload.ID != 0 {
				return w.upload.UploadedAt
			}
			return w.act.At
		}),
		text("person", lang.L("PERFORMED BY"), 90, 200, func(u model.Upload) string { return u.UploadedBy },
			func(a model.Activity) string { return a.PerformedBy }),
		page.WordsColumn("portal", lang.L("PORTAL"), []model.PortalState{model.ToCarry, model.Carried}, func(w waits) (string, grid.Look) {
			return page.Word(w.state()), page.PortalLook(w.state())
		}),
		text("detail", lang.L("DETAIL"), 160, 700, func(model.Upload) string { return "" },
			func(a model.Activity) string { return page.Words(a.Detail) }),
	}
}

// openWaits shows the upload, or says in full what the act is.
func openWaits(d page.Desk, view model.View, w waits) {
	if w.upload.ID != 0 {
		d.Go(page.UploadPlace(view, w.upload.ID))
		return
	}
	d.Say(page.Words(w.act.Detail))
}

func toCarryActions(d page.Desk, view model.View) []page.Action[waits] {
	return []page.Action[waits]{
		{Title: func(int) string { return lang.L("Save the portal files of these…") }, Do: func(s page.Selected[waits]) {
			saveCarriage(d, view, func(ctx context.Context) (model.CarrySelection, error) {
				ids, err := s.List(ctx)
				return selectionOf(ids), err
			})
		}},
		{Title: confirmTitle, Do: func(s page.Selected[waits]) {
			page.Ask(d, confirmTitle(s.Count())+"?",
				lang.L("Confirm what you see in the online portal. Compare confirms what an export of the portal shows."),
				confirmTitle(s.Count()), func() {
					page.Act(d, lang.L("Confirming"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
						ids, err := s.List(ctx)
						if err != nil {
							return model.Done{}, err
						}
						return d.Register().Carrying().Confirm(ctx, view, selectionOf(ids))
					}, nil)
				})
		}},
	}
}

func confirmTitle(n int) string {
	return lang.N("Confirm {{.Count}} entries", n, map[string]any{"Count": page.Number(n)})
}
