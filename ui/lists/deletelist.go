package lists

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/data/portal"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/review"
)

// goner is a device of a list of deletions: one that will go, or one that the viewer does not have.
type goner struct {
	id     int64 // place in the preview, from 1
	device model.Device
	found  bool
}

// deletion is a deletion by list in the making.
type deletion struct {
	desk    page.Desk
	view    model.View
	review  *review.Reviewer
	preview *page.Preview
	ids     []int64 // that will go, once they are looked up
	looked  bool
	file    *control.Button
}

// ShowDeleteByList deletes the devices of a pasted or imported list from the viewer's portal (domain §3): the list goes through
// the same review as an upload, then what will go and what was not found is shown, then it goes as one act.
func ShowDeleteByList(d page.Desk, view model.View) {
	x := &deletion{desk: d, view: view}
	x.file = control.NewButtonWithIcon(lang.L("Save portal file…"), theme.DocumentSaveIcon(), x.savePortalFile)
	x.preview = page.NewPreview(d, lang.L("Delete by list"), "", widget.HighImportance, x.next, x.file)
	x.review = review.New(d, "delete.lines", func(context.Context, bool) (intake.Options, error) { return intake.Options{}, nil }, x.show)
	x.review.Clear()
}

// show shows the review, and how many devices it has.
func (x *deletion) show() {
	if x.review == nil {
		return
	}
	c := x.review.Counts()
	x.looked = false
	x.file.Hide()
	x.preview.Submit.Importance = widget.HighImportance
	x.preview.Can(lang.N("Look up {{.Count}} devices", c.Taken, map[string]any{"Count": page.Number(c.Taken)}),
		c.Taken > 0 && !x.review.Reading())
	open := control.NewButtonWithIcon(lang.L("Open file…"), theme.FolderOpenIcon(), func() {
		page.AskListsAsync(x.desk.Window(), x.review.Add)
	})
	paste := control.NewButtonWithIcon(lang.L("Paste…"), theme.ContentPasteIcon(), func() {
		review.AskText(x.desk, func(text string) { x.review.AddText(lang.L("Pasted text"), text) })
	})
	sources := control.InOrder(nil, container.NewHBox(open, paste), x.review.Head, nil, nil)
	middle := fyne.CanvasObject(x.review.Content)
	if x.review.Len() == 0 {
		text := widget.NewLabelWithStyle(lang.L("Open or paste the list of the devices that shall go.\nNothing is deleted before you have seen what was found."), fyne.TextAlignCenter, fyne.TextStyle{})
		text.Importance = widget.LowImportance
		middle = container.NewCenter(text)
	}
	x.preview.Show(control.InOrder(sources, nil, middle, nil, nil), "", open)
}

// next looks the devices up, or deletes what was found.
func (x *deletion) next() {
	if x.looked {
		x.confirm()
		return
	}
	type answer struct {
		ids   []int64
		goers []goner
	}
	reviews := x.review.Reviews()
	page.Read(x.desk, func(ctx context.Context) (a answer, err error) {
		var list []model.Identifiers
		for _, r := range reviews {
			for i := range r.Taken() {
				list = append(list, r.Device(i).Identifiers)
			}
		}
		var notFound []int
		if a.ids, notFound, err = x.desk.Register().Devices().Match(ctx, x.view, list); err != nil {
			return a, err
		}
		for _, i := range notFound {
			a.goers = append(a.goers, goner{device: model.Device{Identifiers: list[i]}})
		}
		devices, err := x.desk.Register().Devices().Rows(ctx, x.view, a.ids)
		for _, d := range devices {
			a.goers = append(a.goers, goner{device: d, found: true})
		}
		for i := range a.goers {
			a.goers[i].id = int64(i + 1)
		}
		return a, err
	}, func(a answer) {
		x.ids, x.looked = a.ids, true
		x.showFound(a.goers)
	})
}

// showFound shows what will go and what was not found, that first.
func (x *deletion) showFound(goers []goner) {
	columns := []grid.Column[goner]{
		{ID: "found", Title: lang.L("FOUND"), Words: []string{lang.L("will go"), lang.L("not found")}, Sortable: true,
			Badge: func(g goner) (string, grid.Look) {
				if g.found {
					return lang.L("will go"), grid.Good
				}
				return lang.L("not found"), grid.Bad
			}},
		{ID: "imei", Title: lang.L("IMEI/MEID"), Width: 150, Mono: true, Sortable: true, Text: func(g goner) string {
			if g.device.IMEI1 == "" {
				return g.device.MEID
			}
			return g.device.IMEI1
		}},
		{ID: "serial", Title: lang.L("SERIAL NUMBER"), Width: 125, Mono: true, Sortable: true,
			Text: func(g goner) string { return g.device.Serial }},
		{ID: "model", Title: lang.L("MODEL"), Width: 120, Sortable: true, Text: func(g goner) string { return g.device.Model }},
		{ID: "customer", Title: lang.L("CUSTOMER"), Width: 150, Most: 340, Sortable: true,
			Text: func(g goner) string { return g.device.Customer }},
		{ID: "uploaded", Title: lang.L("UPLOADED"), Width: 130, Sortable: true,
			Text:    func(g goner) string { return page.DateTime(g.device.UploadedAt) },
			Compare: func(a, b goner) int { return a.device.UploadedAt.Compare(b.device.UploadedAt) }},
		{ID: "status", Title: lang.L("STATUS"), Width: 100, Sortable: true, Text: func(g goner) string {
			if !g.found {
				return ""
			}
			return page.Word(g.device.Status)
		}},
	}
	view := grid.NewView("delete.found", &grid.Slice[goner]{
		Rows: func(context.Context) ([]goner, error) { return goers, nil }, ID: func(g goner) int64 { return g.id }, Columns: columns,
		Match: func(g goner, f map[string]string) bool { return f["found"] == "" || (f["found"] == "yes") == g.found },
	}, columns, grid.Filter{ID: "found", Title: lang.L("Found"), Options: func(context.Context) ([]grid.Option, error) {
		return []grid.Option{{Value: "yes", Text: lang.L("will go")}, {Value: "no", Text: lang.L("not found")}}, nil
	}})
	view.SetPlaceHolder(lang.L("Search in the lines"))
	n, missing := len(x.ids), len(goers)-len(x.ids)
	x.preview.Submit.Importance = widget.DangerImportance
	x.preview.Can(deleteTitle(n), n > 0)
	x.file.Hidden = n == 0 || x.view.Portal != model.ResellerPortal
	back := control.NewButtonWithIcon(lang.L("Back to the list"), theme.NavigateBackIcon(), x.show)
	says := lang.N("{{.Count}} devices will go.", n, map[string]any{"Count": page.Number(n)})
	if missing > 0 {
		says += " " + lang.N("{{.Count}} are not among your devices.", missing, map[string]any{"Count": page.Number(missing)})
	}
	x.preview.Show(control.InOrder(container.NewHBox(back), nil, view, nil, nil), says, back)
}

func deleteTitle(count int) string {
	return lang.N("Delete {{.Count}} devices", count, map[string]any{"Count": page.Number(count)})
}

func (x *deletion) selection() model.DeviceSelection {
	return model.DeviceSelection{Query: model.DeviceQuery{View: x.view}, IDs: x.ids}
}

func (x *deletion) savePortalFile() {
	portalfile.Save(x.desk, portal.Delete, model.CarrySelection{}, x.selection())
}

// confirm asks once more and deletes.
func (x *deletion) confirm() {
	page.Confirm(x.desk, deleteTitle(len(x.ids))+"?", page.Deletion(x.view, len(x.ids)), deleteTitle(len(x.ids)), func() {
		x.preview.Hide()
		page.Act(x.desk, lang.L("Deleting devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
			return x.desk.Register().Devices().Delete(ctx, x.selection(), progress)
		}, nil)
	})
}
