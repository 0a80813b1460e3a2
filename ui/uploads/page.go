package uploads

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/portal"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
)

// Page is the page of one upload as a party sees it: its fields and figures, its devices, and the lines that gave none.
func Page(d page.Desk, view model.View, id int64, actions []page.Action[model.Upload]) (*page.Page, error) {
	read := func(ctx context.Context) (model.Upload, error) { return d.Register().Uploads().ByID(ctx, view, id) }
	u, err := read(context.Background())
	if err != nil {
		return nil, err
	}
	summary := page.NewSummary(facts(u)...)
	buttons := page.NewRowButtons(d, id, u, read, actions)
	tabs := page.Tabs("", 0,
		page.NewListPage(d, devices.List(d, view, devices.Options{
			Name: "upload.devices", Title: lang.L("DEVICES"), Within: model.DeviceQuery{Upload: id},
			Nothing: grid.State{Title: lang.L("No devices to see"), Text: lang.L("They are listed here once the upload is approved, " +
				"until they are deleted.")},
		}), page.Place{}),
		page.NewListPage(d, failedLines(d, u), page.Place{}),
	)
	return &page.Page{
		Title:   lang.L("Upload {{.Upload}}", map[string]any{"Upload": u.UUID}),
		Content: summary.Above(tabs.Content),
		Actions: buttons.Objects,
		Shows:   tabs.Shows | data.UploadsChanged,
		Reload: func() {
			page.Reread(d, read, func(u model.Upload) {
				summary.Set(facts(u)...)
				buttons.Arm(u)
				tabs.Reload()
			})
		},
		For:   func() page.Purpose { return page.Purpose{Customer: u.TargetID} },
		First: tabs.First, Settled: tabs.Settled, Search: tabs.Search, Export: tabs.Export, ByList: tabs.ByList,
	}, nil
}

// facts are the fields of an upload and its four figures (domain §3).
func facts(u model.Upload) []page.Fact {
	target := u.TargetName
	if u.TargetKind == model.MSP {
		target += " (" + page.Word(u.TargetKind) + ")"
	}
	approved := page.Fact{Name: lang.L("APPROVED"), Value: page.DateTime(u.ApprovedAt)}
	if u.Waits() {
		approved = page.BadgeFact(lang.L("APPROVED"), lang.L("Waits for approval"), grid.Waiting)
	}
	number := func(n int) string { return page.Number(n) }
	failed := ""
	if u.Failed > 0 {
		failed = number(u.Failed)
	}
	return []page.Fact{
		{Name: lang.L("CUSTOMER"), Value: target},
		{Name: lang.L("RESELLER"), Value: u.ResellerName},
		{Name: lang.L("UPLOADED BY"), Value: u.UploadedBy},
		{Name: lang.L("UPLOADED"), Value: page.DateTime(u.UploadedAt)},
		page.StatusFact(status(u)),
		approved,
		{Name: lang.L("TOTAL DEVICES"), Value: number(u.Devices)},
		{Name: lang.L("VERIFIED DEVICES"), Value: number(u.Verified)},
		{Name: lang.L("MPTS ERRORS"), Value: failed},
		{Name: lang.L("ORDER NUMBER"), Value: u.OrderNumber},
		{Name: lang.L("ORDER DATE"), Value: page.Date(u.OrderDate)},
		{Name: lang.L("SOLD-TO-CODE"), Value: u.SoldToCode},
		{Name: lang.L("TAGS"), Value: strings.Join(u.Tags, ", ")},
		{Name: lang.L("KC PROFILE"), Value: u.KCProfile},
		{Name: lang.L("ENROLLMENT PROFILE"), Value: u.EnrollmentProfile},
		carriedFact(u),
		{Name: lang.L("UPLOADED / VALID / INVALID / DUPLICATE"), Value: strings.Join([]string{
			number(u.Figures.Uploaded), number(u.Figures.Valid), number(u.Figures.Invalid), number(u.Figures.Duplicate)}, " / ")},
	}
}

// carriedFact says how far the upload has been carried to the online portal, when and by whom.
func carriedFact(u model.Upload) page.Fact {
	said, look := carried(u)
	switch u.PortalState {
	case model.Carried:
		return page.Fact{Name: lang.L("PORTAL"), Value: said + " · " + page.DateTime(u.CarriedAt) + " · " + u.CarriedBy}
	case model.Confirmed:
		return page.Fact{Name: lang.L("PORTAL"), Value: said + " · " + page.DateTime(u.ConfirmedAt)}
	}
	return page.BadgeFact(lang.L("PORTAL"), said, look)
}

// numberedLine is a failed line with an identity: one line of a file may fail twice.
type numberedLine struct {
	model.FailedLine
	n int64
}

func failedLines(d page.Desk, u model.Upload) page.List[numberedLine] {
	columns := []page.Column[numberedLine]{
		page.NumberColumn("line", lang.L("LINE"), func(l numberedLine) int { return l.Line }),
		{Column: grid.Column[numberedLine]{ID: "value", Title: lang.L("VALUE"), Width: 220, Most: 320, Mono: true, Sortable: true,
			Text: func(l numberedLine) string { return l.Value }}},
		{Column: grid.Column[numberedLine]{ID: "reason", Title: lang.L("REASON"), Width: 400, Most: 1200, Sortable: true,
			Text: func(l numberedLine) string { return page.Words(l.Reason) }}},
	}
	columns[0].Text = func(l numberedLine) string { return strconv.Itoa(l.Line) }
	searched := make([]grid.Column[numberedLine], len(columns))
	for i, c := range columns {
		searched[i] = c.Column
	}
	return page.List[numberedLine]{
		Name: "upload.failed", Title: lang.L("FAILED LINES ({{.Count}})", map[string]any{"Count": page.Number(u.Figures.Invalid)}),
		Columns: columns,
		Source: &grid.Slice[numberedLine]{
			Rows: func(ctx context.Context) ([]numberedLine, error) {
				lines, err := d.Register().Uploads().FailedLines(ctx, u.ID)
				numbered := make([]numberedLine, len(lines))
				for i, l := range lines {
					numbered[i] = numberedLine{l, int64(i + 1)}
				}
				return numbered, err
			},
			ID:      func(l numberedLine) int64 { return l.n },
			Columns: searched,
		},
		Nothing: grid.State{Title: lang.L("Every line gave a device")}, SearchHint: lang.L("Search value or reason"),
	}
}

// PortalFileAction saves an upload as the files that the portal takes (domain §7).
func PortalFileAction(d page.Desk, view model.View) page.Action[model.Upload] {
	return page.Action[model.Upload]{
		Title: func(int) string { return lang.L("Save portal file…") }, One: true,
		Do: func(s page.Selected[model.Upload]) {
			portalfile.Save(d, portal.Upload, model.CarrySelection{Uploads: []int64{s.Row.ID}}, whole(view, s.Row))
		},
	}
}

// whole is all devices of an upload.
func whole(view model.View, u model.Upload) model.DeviceSelection {
	return model.DeviceSelection{Query: model.DeviceQuery{View: view, Upload: u.ID}, All: true, Count: u.Devices}
}

// DeleteAction deletes all devices of the selected upload after asking.
func DeleteAction(d page.Desk, view model.View) page.Action[model.Upload] {
	return page.Action[model.Upload]{
		Title: func(int) string { return lang.L("Delete upload…") }, One: true, OnDelete: true, Needs: model.DevicesDeleted,
		Do: func(s page.Selected[model.Upload]) { deleteUpload(d, view, s.Row) },
	}
}

// deleteUpload deletes all devices of an upload after asking. Its history stays in the activity log.
func deleteUpload(d page.Desk, view model.View, u model.Upload) {
	words := map[string]any{"Count": page.Number(u.Devices), "Customer": u.TargetName, "Date": page.Date(u.UploadedAt)}
	devices.Delete(d, whole(view, u), lang.L("Delete this upload?"),
		lang.N("The upload to {{.Customer}} of {{.Date}} has {{.Count}} devices.", u.Devices, words)+" ")
}
