package overview

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// waiting is the list of the uploads that wait longest for approval. An MSP approves them from here.
type waiting struct {
	overview *overview
	content  *fyne.Container
	stops    []fyne.Focusable // of the Tab key
}

func newWaiting(o *overview) *waiting {
	return &waiting{overview: o, content: container.NewStack()}
}

// set shows uploads, the longest waiting first, out of all that wait.
func (w *waiting) set(uploads []model.Upload, all int) {
	c := w.overview.desk.Window().Canvas()
	if slices.Contains(w.stops, c.Focused()) { // the button that was pressed goes with its line
		defer func() { c.Focus(append(w.stops, w.overview.figures[0])[0]) }()
	}
	w.stops = nil
	if len(uploads) == 0 {
		quiet := widget.NewLabelWithStyle(lang.L("Nothing waits for approval."), fyne.TextAlignCenter, fyne.TextStyle{})
		quiet.Importance = widget.LowImportance
		w.content.Objects = []fyne.CanvasObject{container.NewCenter(quiet)}
		w.content.Refresh()
		return
	}
	rows := container.New(layout.NewCustomPaddedVBoxLayout(2))
	for _, u := range uploads {
		rows.Add(w.row(u))
	}
	if more := all - len(uploads); more > 0 {
		link := control.NewButton(lang.N("{{.Count}} more wait", more, map[string]any{"Count": page.Number(more)}),
			func() { w.overview.list(page.Uploads, waits) })
		link.Importance = widget.LowImportance
		w.stops = append(w.stops, link)
		rows.Add(container.NewHBox(link))
	}
	room := layout.NewCustomPaddedLayout(0, 0, 0, theme.Size(theme.SizeNameScrollBar))
	w.content.Objects = []fyne.CanvasObject{container.NewVScroll(container.New(room, rows))}
	w.content.Refresh()
}

// row is one upload: who is the other side, how much and how old it is; a click opens it.
func (w *waiting) row(u model.Upload) fyne.CanvasObject {
	o := w.overview
	company := control.NewName(u.TargetName, 0)
	detail, between := lang.N("{{.Count}} devices", u.Devices, map[string]any{"Count": page.Number(u.Devices)}), " · "
	if o.kind == model.MSP {
		between = "\n" // one line has no room beside the button
	}
	detail += between + age(u.UploadedAt, time.Now())
	var act fyne.CanvasObject
	if o.kind == model.MSP {
		company.SetText(u.ResellerName)
		if u.Registered {
			b := page.For(o.desk, model.UploadApproved, control.NewButton(lang.L("Approve"), func() { w.approve(u) }))
			w.stops = append(w.stops, b)
			act = container.NewCenter(b)
		} else {
			detail += " · " + lang.L("not registered")
		}
	}
	below := control.NewName(detail, 0)
	below.SizeName, below.Importance = theme.SizeNameCaptionText, widget.LowImportance
	open := control.NewButton("", func() { o.desk.Go(page.Place{Tab: page.Tab(o.kind), Page: page.Upload, ID: u.ID}) })
	open.Importance = widget.LowImportance
	w.stops = append(w.stops, open)
	texts := control.Flush(container.New(layout.NewCustomPaddedVBoxLayout(-2*theme.InnerPadding()), company, below))
	return container.NewBorder(nil, nil, nil, act, container.NewStack(open, texts))
}

func (w *waiting) approve(u model.Upload) {
	o := w.overview
	page.Act(o.desk, lang.L("Approving"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return o.desk.Register().Uploads().Approve(ctx, model.As(o.kind, o.account.ID), []int64{u.ID})
	}, nil)
}

// age says for how many days of the calendar an upload has waited.
func age(since, now time.Time) string {
	since, now = since.Local(), now.Local()
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	days := int(midnight(now).Sub(midnight(since)) / (24 * time.Hour))
	if days < 1 {
		return lang.L("since today")
	}
	return lang.N("for {{.Days}} days", days, map[string]any{"Days": page.Number(days)})
}
