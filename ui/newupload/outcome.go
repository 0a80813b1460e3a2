package newupload

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/portal"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/review"
)

// outcome is an upload that was made.
type outcome struct {
	target  party
	uploads []model.Upload
	done    model.Done
	again   *control.Button         // begins the next upload
	parts   *grid.Table[model.Part] // of an upload to several customers; else nil
}

// figures are those of all uploads together.
func (o *outcome) figures() model.Figures {
	var f model.Figures
	for _, u := range o.uploads {
		f.Uploaded += u.Figures.Uploaded
		f.Valid += u.Figures.Valid
		f.Invalid += u.Figures.Invalid
		f.Duplicate += u.Figures.Duplicate
	}
	return f
}

// showOutcome shows the four figures of the upload and what can be done now.
func (w *draft) showOutcome(o *outcome) {
	w.done = o
	w.forget()
	f := o.figures()
	title := widget.NewLabelWithStyle(page.Words(o.done.Text), fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameHeadingText
	figures := container.NewGridWithColumns(4,
		figure(lang.L("uploaded"), f.Uploaded, theme.ColorNameForeground), figure(lang.L("valid"), f.Valid, theme.ColorNameSuccess),
		figure(lang.L("invalid"), f.Invalid, inkOf(f.Invalid, theme.ColorNameError)), figure(lang.L("duplicate"), f.Duplicate,
			inkOf(f.Duplicate, theme.ColorNameWarning)))
	next := lang.L("New upload")
	if w.onBehalf {
		next = lang.L("Receive upload")
	}
	again := control.NewButtonWithIcon(next, theme.ContentAddIcon(), func() {
		w.reset()
		w.desk.Window().Canvas().Focus(w.target.choose)
	})
	again.Importance = widget.HighImportance
	o.again = again
	buttons := control.Row(
		control.NewButtonWithIcon(lang.L("Save portal file…"), theme.DocumentSaveIcon(), func() { w.savePortalFile(o) }),
		control.NewButton(lang.L("Show upload"), func() { w.showUpload(o) }),
		control.NewButtonWithIcon(lang.L("Undo"), theme.ContentUndoIcon(), func() { w.undo(o) }),
		again)
	if n := review.Refused(w.review.Counts()); n > 0 {
		text := lang.N("Save the {{.Count}} others with reasons…", n, map[string]any{"Count": page.Number(n)})
		buttons.Objects = append([]fyne.CanvasObject{control.NewButton(text, w.review.SaveAllOthers)}, buttons.Objects...)
	}
	head := container.New(layout.NewCustomPaddedVBoxLayout(24),
		layout.NewSpacer(), title, container.NewCenter(figures), container.NewCenter(buttons), layout.NewSpacer())
	w.content.Objects = []fyne.CanvasObject{head}
	if len(o.done.Parts) > 1 {
		w.content.Objects = []fyne.CanvasObject{container.NewBorder(head, nil, nil, nil, o.customers())}
	}
	w.content.Refresh()
	w.desk.Window().Canvas().Focus(again)
}

// inkOf is the colour of a figure that is no reason for one while it is 0.
func inkOf(n int, ink fyne.ThemeColorName) fyne.ThemeColorName {
	if n == 0 {
		return theme.ColorNameForeground
	}
	return ink
}

// figure is one of the four figures.
func figure(name string, n int, ink fyne.ThemeColorName) fyne.CanvasObject {
	number := canvas.NewText(page.Number(n), theme.Color(ink))
	number.TextSize, number.TextStyle.Bold, number.Alignment = 34, true, fyne.TextAlignCenter
	label := widget.NewLabelWithStyle(name, fyne.TextAlignCenter, fyne.TextStyle{})
	label.Importance = widget.LowImportance
	return container.New(control.Wide(max(130, number.MinSize().Width+18)), container.NewVBox(number, label))
}

// showUpload shows the upload's page or, of several, the list of uploads.
func (w *draft) showUpload(o *outcome) {
	list := page.Place{Tab: page.ResellerTab, Page: page.Uploads}
	if w.onBehalf {
		list = page.Place{Tab: page.MSPTab, Page: page.Devices}
	}
	w.desk.Go(list) // the way back leads there
	if len(o.uploads) == 1 {
		w.desk.Go(page.Place{Tab: list.Tab, Page: page.Upload, ID: o.uploads[0].ID})
	}
}

// undo takes the upload back; reload hears of it.
func (w *draft) undo(o *outcome) {
	page.Act(w.desk, lang.L("Undoing…"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
		return w.desk.Register().Activity().Undo(ctx, o.done.ActivityID, progress)
	}, nil)
}

// reopen shows the review of an upload that was taken back: it is still here.
func (w *draft) reopen() {
	w.done = nil
	w.begin(w.path)
	w.content.Objects = []fyne.CanvasObject{w.work}
	w.content.Refresh()
	w.review.Recheck()
	w.changed()
	w.lead()
}

// savePortalFile writes the devices of an upload that was just made for the portal.
func (w *draft) savePortalFile(o *outcome) {
	view := model.As(w.acting.Kind, w.acting.ID)
	var all []model.DeviceSelection
	var carried model.CarrySelection
	for _, u := range o.uploads {
		carried.Uploads = append(carried.Uploads, u.ID)
		all = append(all, model.DeviceSelection{Query: model.DeviceQuery{View: view, Upload: u.ID}, All: true})
	}
	if w.onBehalf { // its reseller carries it
		carried.Uploads = nil
	}
	portalfile.SaveAnd(w.desk, portal.Upload, carried, o.saved, all...)
}
