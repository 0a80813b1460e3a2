package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/page"
)

// stop is a step of the tour: what it shows, and what is said of it.
type stop struct {
	title, text string
	show        func()
}

// tourList is the list that the tour brings in: a line for most of the verdicts.
const tourList = "IMEI\tModel\n351921580053066\tSM-A556B\n35-693803-564380-9\tSM-A556B\n356938035643810\tSM-A556B\n" +
	"351921580053066\tSM-A556B\n8949020000001234567\tSM-A556B\n"

// stops are the steps of the first day.
func (d *Desk) stops() []stop {
	goTo := func(tab page.Tab, name string) func() {
		return func() { d.Go(page.Place{Tab: tab, Page: name}) }
	}
	return []stop{
		{lang.L("The day begins here"),
			lang.L("Overview says what is to be done: uploads that were not finished, what is to be carried to the online portal, " +
				"and what waits for approval. A click on a figure leads to what it counts."),
			goTo(page.ResellerTab, page.Overview)},
		{lang.L("The main job: an upload"),
			lang.L("Choose the customer, then bring the devices in: open a list, drop it on the window, paste it with Ctrl+V, or scan the boxes. " +
				"Lists of any make are read."),
			goTo(page.ResellerTab, page.NewUpload)},
		{lang.L("Every line gets a verdict"),
			lang.L("Here is a small list. Nothing is written before you press Upload. " +
				"A wrong cell is corrected in its place, a click on VERDICT puts problems first, and a right click says what a verdict means."),
			d.bringTourList},
		{lang.L("Nothing is lost"),
			lang.L("The upload that you have just left is kept, and stands above as not finished: go on with it, or give it up. " +
				"Every act can be undone, the last one with Ctrl+Z."),
			goTo(page.ResellerTab, page.Overview)},
		{lang.L("Who did what, and where is it?"),
			lang.L("The log names every act with its person. Ctrl+K finds a device by any part of its numbers, wherever it is, " +
				"and F1 explains keys and verdicts. That was the tour: try anything, the sample is yours."),
			goTo(page.ActivityTab, page.Log)},
	}
}

// bringTourList gives New upload the list of the tour, unless something stands there.
func (d *Desk) bringTourList() {
	d.Leave(func() {
		d.goTo(page.Place{Tab: page.ResellerTab, Page: page.NewUpload})
		if s := d.trails[d.tab].top(); s != nil && s.page.Paste != nil {
			s.page.Paste(tourList)
		}
	})
}

// takeTour shows the first day on the sample, which it opens first if need be.
func (d *Desk) takeTour() {
	if !d.sample {
		d.Leave(func() { d.program.TourTheSample() })
		return
	}
	newTour(d).show(0)
}

// tour is the card of the step that is shown. It leaves the page in view, and takes clicks on it for none.
type tour struct {
	desk  *Desk
	stops []stop
	at    int
	over  fyne.CanvasObject // on the window
	next  *control.Button
}

const (
	tourWidth  = 420
	tourMargin = 20
)

func newTour(d *Desk) *tour { return &tour{desk: d, stops: d.stops()} }

// show goes to a step.
func (t *tour) show(at int) {
	t.end() // the page that is shown takes the keyboard, as it does otherwise
	if at >= len(t.stops) {
		return
	}
	t.at = at
	s := t.stops[at]
	s.show()
	c := t.desk.window.Canvas()
	t.over = container.New(atTheCorner{}, t.content(s))
	c.Overlays().Add(t.over)
	t.over.Resize(c.Size())
	control.Answer(c, control.Keys{Enter: func() { t.show(t.at + 1) }, Escape: t.end})
	c.Focus(t.next)
}

// end takes the card away.
func (t *tour) end() {
	if t.over != nil {
		t.desk.window.Canvas().Overlays().Remove(t.over)
		t.over = nil
	}
}

func (t *tour) content(s stop) fyne.CanvasObject {
	step := widget.NewLabel(lang.L("Step {{.Step}} of {{.Steps}}", map[string]any{"Step": t.at + 1, "Steps": len(t.stops)}))
	step.SizeName, step.Importance = theme.SizeNameCaptionText, widget.LowImportance
	title := widget.NewLabelWithStyle(s.title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName, title.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapWord
	text := widget.NewLabel(s.text)
	text.Wrapping = fyne.TextWrapWord
	skip := control.NewButton(lang.L("Skip the tour"), t.end)
	skip.Importance = widget.LowImportance
	back := control.NewButton(lang.L("Back"), func() { t.show(t.at - 1) })
	t.next = control.NewMainButton(lang.L("Next"), func() { t.show(t.at + 1) })
	if t.at == 0 {
		back.Hide()
	}
	if t.at == len(t.stops)-1 {
		skip.Hide()
		t.next.SetText(lang.L("Finish"))
	}
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameOverlayBackground))
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = theme.Color(theme.ColorNamePrimary), 1.5, 8
	ground.Shadow = canvas.Shadow{Color: theme.Color(theme.ColorNameShadow), BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
	inside := container.NewVBox(control.Flush(step), control.Flush(title), control.Flush(text),
		container.NewBorder(nil, nil, skip, control.Row(back, t.next)))
	return container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(10, 14, 18, 18), inside))
}

// atTheCorner lays its only object at the lower right of the window.
type atTheCorner struct{}

// MinSize implements fyne.Layout.
func (atTheCorner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (atTheCorner) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	card := objects[0]
	width := min(tourWidth, size.Width-2*tourMargin)
	card.Resize(fyne.NewSize(width, card.MinSize().Height)) // the text wraps to the width and then knows its height
	card.Resize(fyne.NewSize(width, card.MinSize().Height))
	card.Move(fyne.NewPos(size.Width-width-tourMargin, size.Height-card.Size().Height-tourMargin))
}
