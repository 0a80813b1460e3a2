package device

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// newTimeline shows what was done with a device, the latest act first: what, when, by whom, in which upload, for which link names, or
// nil, and below what more says of it, or nil.
func newTimeline(history []model.Activity, link, more func(model.Activity) fyne.CanvasObject) fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for i, a := range history {
		rows.Add(timelineRow(a, link(a), more(a), i == 0, i == len(history)-1))
	}
	return rows
}

// headMost is the widest that an act asks to be where more stands beside it.
const headMost = 200

func timelineRow(a model.Activity, link, more fyne.CanvasObject, first, last bool) fyne.CanvasObject {
	what := control.NewHeading(page.Word(a.Event), theme.SizeNameText, 0)
	var undone fyne.CanvasObject
	shade := theme.ColorNamePrimary
	switch {
	case a.Status == model.ActUndone:
		what.Most = headMost
		undone = control.NewBadge(page.Word(a.Status), control.Plain)
		shade = theme.ColorNameDisabled
	case a.Event == model.DevicesDeleted || a.Event == model.DevicesReturned || a.Event == model.FailuresReported:
		shade = theme.ColorNameError
	}
	when := page.DateTime(a.At)
	if a.PerformedBy != "" {
		when = lang.L("{{.When}} by {{.Company}}", map[string]any{"When": when, "Company": a.PerformedBy})
	}
	head := control.InOrder(nil, nil, what, link, nil)
	if undone != nil {
		head = control.InOrder(nil, what, container.NewHBox(undone), link, nil)
	}
	texts := container.New(layout.NewCustomPaddedVBoxLayout(-2*theme.InnerPadding()+1), head,
		small(when, theme.ColorNamePlaceHolder), small(page.Words(a.Detail), theme.ColorNameForeground))
	if more != nil {
		texts.Add(more)
	}
	return container.NewBorder(nil, nil, newMark(shade, first, last), nil, texts)
}

// small is a text in the small size that breaks where its line ends.
func small(text string, shade fyne.ThemeColorName) *widget.RichText {
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: shade,
		SizeName: theme.SizeNameCaptionText}})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// mark is a point on the line of time.
type mark struct {
	widget.BaseWidget
	shade       fyne.ThemeColorName
	first, last bool
}

func newMark(shade fyne.ThemeColorName, first, last bool) *mark {
	m := &mark{shade: shade, first: first, last: last}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{mark: m, line: canvas.NewRectangle(color.Transparent), point: canvas.NewCircle(color.Transparent)}
	r.Refresh()
	return r
}

type markRenderer struct {
	mark  *mark
	line  *canvas.Rectangle
	point *canvas.Circle
}

const (
	markWidth = 20
	pointSize = 9
)

// Layout implements fyne.WidgetRenderer: the point stands beside the first line of text, the line runs through to the neighbours.
func (r *markRenderer) Layout(size fyne.Size) {
	middle := fyne.MeasureText("A", r.mark.Theme().Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Height/2 +
		r.mark.Theme().Size(theme.SizeNameInnerPadding)
	top, bottom := float32(0), size.Height
	if r.mark.first {
		top = middle
	}
	if r.mark.last {
		bottom = middle
	}
	r.line.Move(fyne.NewPos(markWidth/2-1, top))
	r.line.Resize(fyne.NewSize(2, bottom-top))
	r.point.Move(fyne.NewPos((markWidth-pointSize)/2, middle-pointSize/2))
	r.point.Resize(fyne.NewSquareSize(pointSize))
}

// MinSize implements fyne.WidgetRenderer.
func (r *markRenderer) MinSize() fyne.Size { return fyne.NewSize(markWidth, markWidth) }

// Refresh implements fyne.WidgetRenderer.
func (r *markRenderer) Refresh() {
	th, v := r.mark.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.line.FillColor = th.Color(theme.ColorNameSeparator, v)
	r.point.FillColor = th.Color(r.mark.shade, v)
	r.line.Refresh()
	r.point.Refresh()
}

// Objects implements fyne.WidgetRenderer.
func (r *markRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line, r.point} }

// Destroy implements fyne.WidgetRenderer.
func (r *markRenderer) Destroy() {}
