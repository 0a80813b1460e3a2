package compare

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
)

// readUploads lays a portal's export of uploads beside those of the reseller. Off Fyne's goroutine.
func readUploads(ctx context.Context, uploads data.Uploads, view model.View, file *sheet.File) (*data.UploadComparison, error) {
	lines, err := portal.ReadUploads(ctx, file)
	if err != nil {
		return nil, err
	}
	return uploads.Compare(ctx, view, lines, portal.CleanOrder)
}

// showUploads shows the uploads that differ.
func (x *comparing) showUploads(c *data.UploadComparison) {
	t := table{kinds: model.UploadDifferences, count: c.Count}
	if n := c.Count(model.Same); n > 0 {
		confirm := control.NewButton(lang.N("Confirm {{.Count}} same uploads", n, map[string]any{"Count": page.Number(n)}), func() {
			page.Act(x.desk, lang.L("Confirming"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return c.Confirm(ctx)
			}, nil)
		})
		t.heading = append(t.heading, page.For(x.desk, model.ConfirmedAtPortal, confirm))
	}
	columns := uploadColumns()
	lay(x, page.List[model.ComparedUpload]{
		Name: "compare.uploads", Title: lang.L("Compare with the portal"), Columns: columns, Frozen: 2,
		SearchHint: lang.L("Search upload, customer or order number"),
		Source:     sliceOf(columns, c.Differences(), func(r model.ComparedUpload) (int64, model.Difference) { return r.At, r.Kind }),
		Row:        rowIn(c.Differences()),
		Open: func(r model.ComparedUpload) {
			if r.Here.ID != 0 {
				x.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Upload, ID: r.Here.ID})
			}
		},
		Nothing: grid.State{Title: lang.L("No difference"), Text: lang.L("Every upload of the export is in the register as it is there, " +
			"and no other.")},
		Actions: x.uploadActions(c),
	}, t)
}

// sliceOf is a source of differences that are at hand.
func sliceOf[R any](columns []page.Column[R], rows []R, of func(R) (int64, model.Difference)) *grid.Slice[R] {
	source := &grid.Slice[R]{
		Rows: func(context.Context) ([]R, error) { return rows, nil },
		ID:   func(r R) int64 { at, _ := of(r); return at },
		Match: func(r R, f map[string]string) bool {
			_, kind := of(r)
			return f[filterKind] == "" || f[filterKind] == kind.String()
		},
	}
	for _, c := range columns {
		source.Columns = append(source.Columns, c.Column)
	}
	return source
}

// rowIn gives a difference by its place from 1.
func rowIn[R any](rows []R) func(context.Context, int64) (R, error) {
	return func(_ context.Context, at int64) (R, error) { return rows[at-1], nil }
}

// uploadActions settle differences of uploads.
func (x *comparing) uploadActions(c *data.UploadComparison) []page.Action[model.ComparedUpload] {
	return []page.Action[model.ComparedUpload]{
		{Title: func(int) string { return lang.L("Approve what is verified there…") }, Button: true, Needs: model.UploadApproved,
			Do: settling[model.ComparedUpload](x, func(at []int64) { x.approveThere(c, at) })},
		{Title: func(int) string { return lang.L("Save the portal file that uploads there…") },
			Do: settling[model.ComparedUpload](x, func(at []int64) { x.uploadThere(c, at) })},
	}
}

// approveThere approves here what the portal shows verified as a whole.
func (x *comparing) approveThere(c *data.UploadComparison, at []int64) {
	n := len(c.ApprovedThere(at))
	rest := len(at) - n
	if n == 0 {
		x.desk.Say(lang.L("None of these waits here and is verified there as a whole. " +
			"What differs in its devices is settled with the portal's export of devices."))
		return
	}
	count := map[string]any{"Count": page.Number(n)}
	text := lang.N("{{.Count}} uploads wait here and are verified at the portal as a whole: they are approved here, too.", n, count)
	if rest > 0 {
		text += "\n\n" +
			lang.N("{{.Count}} others stay as they are: what differs in their devices is settled with the portal's export of devices.", rest,
				map[string]any{"Count": page.Number(rest)})
	}
	page.Ask(x.desk, lang.N("Approve {{.Count}} uploads", n, count)+"?", text, lang.N("Approve {{.Count}} uploads", n, count), func() {
		page.Act(x.desk, lang.L("Approving"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
			return c.Approve(ctx, at)
		}, func(model.Done) { x.again() })
	})
}

// uploadThere saves the portal files of uploads that are only here; they are Carried then.
func (x *comparing) uploadThere(c *data.UploadComparison, at []int64) {
	var note model.CarrySelection
	var devices []model.DeviceSelection
	for _, n := range at {
		u := c.Differences()[n-1]
		if u.Kind == model.OnlyHere {
			note.Uploads = append(note.Uploads, u.Here.ID)
			devices = append(devices, model.DeviceSelection{Query: model.DeviceQuery{View: x.view, Upload: u.Here.ID}, All: true})
		}
	}
	if len(devices) == 0 {
		x.desk.Say(lang.L("None of these is to be uploaded to the portal."))
		return
	}
	portalfile.Save(x.desk, portal.Upload, note, devices...)
}

// uploadColumns show an upload as it is here beside what the portal says.
func uploadColumns() []page.Column[model.ComparedUpload] {
	type row = model.ComparedUpload
	id := opener("upload", lang.L("UPLOAD ID"), 106, 130, func(x row) (here, there string) { return x.Here.UUID, x.There.UUID })
	id.Short = func(x row) string { return page.ShortID(id.Text(x)) }
	return []page.Column[row]{
		differenceColumn(model.UploadDifferences, func(x row) model.Difference { return x.Kind }), id,
		text("customer", lang.L("CUSTOMER HERE"), 110, 300, func(x row) string { return x.Here.TargetName }),
		text("customer there", lang.L("CUSTOMER THERE"), 110, 300, func(x row) string { return x.There.Customer }),
		text("order", lang.L("ORDER HERE"), 80, 160, func(x row) string { return x.Here.OrderNumber }),
		text("order there", lang.L("ORDER THERE"), 80, 160, func(x row) string { return x.There.OrderNumber }),
		number("devices", lang.L("DEVICES HERE"), func(x row) (int, bool) { return x.Here.Devices, x.Here.ID != 0 }),
		number("devices there", lang.L("DEVICES THERE"), func(x row) (int, bool) { return x.There.Total, x.There.Line != 0 }),
		number("verified", lang.L("VERIFIED HERE"), func(x row) (int, bool) { return x.Here.Verified, x.Here.ID != 0 }),
		number("verified there", lang.L("VERIFIED THERE"), func(x row) (int, bool) { return x.There.Verified, x.There.Line != 0 }),
		words("status", lang.L("STATUS HERE"), model.UploadStatuses, func(x row) string {
			if x.Here.ID == 0 {
				return ""
			}
			return page.Word(x.Here.Status)
		}),
		words("status there", lang.L("STATUS THERE"), model.UploadStatuses, func(x row) string {
			if x.There.Status == "" {
				return ""
			}
			return page.Word(x.There.Status)
		}),
		day("uploaded", lang.L("UPLOADED"), func(x row) (there, here time.Time) { return x.There.Uploaded, x.Here.UploadedAt }),
		line(func(x row) int { return x.There.Line }),
	}
}
