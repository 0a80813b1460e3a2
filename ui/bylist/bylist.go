// Package bylist looks up the devices of a pasted, opened or scanned list, gives each line a verdict, and does with those that were found
// what the page can do (domain §7, By list). Everything in it belongs to Fyne's goroutine.
package bylist

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/review"
)

// Options say for whom a list is looked up, and what can be done with what is found.
type Options struct {
	// View is who looks; the zero view looks through what all our accounts see.
	View model.View
	// Here is the customer that the list is for, 0 if none is meant: devices that it has are there already.
	Here int64
	// Actions are what can be done with devices that were found; Main, which may be nil, is a button and what Enter does.
	Actions []page.Action[model.Device]
	Main    *page.Action[model.Device]
	// Open shows one device.
	Open func(id int64)
	// Select selects the devices on the page; nil where there is none.
	Select func(ids []int64)
}

// lookUp is a list that is being looked up.
type lookUp struct {
	Options
	desk    page.Desk
	preview *page.Preview
	review  *review.Reviewer
	box     *review.PasteBox
	view    *grid.View[line] // of the lines that were looked up; nil before
	lines   []line
	named   map[string]bool // identifiers of the list
	going   bool            // the list is looked up as soon as it is read
	left    bool            // the dialog is gone: what is still being read or looked up is not shown any more

	export, pick, actions *control.Button
	cancel                func() // no change of the register is heard any more
}

// Show asks for a list, beginning with what the clipboard holds if that has several lines.
func Show(d page.Desk, o Options) {
	newLookUp(d, o).ask(review.Clipped())
}

// ShowText looks up the devices of a text.
func ShowText(d page.Desk, o Options, text string) {
	x := newLookUp(d, o)
	x.ask("")
	x.take(text)
}

func newLookUp(d page.Desk, o Options) *lookUp {
	x := &lookUp{Options: o, desk: d}
	x.export = control.NewButton(lang.L("Export…"), x.exportLines)
	x.pick = control.NewButton("", x.selectOnPage)
	x.actions = control.NewButtonWithIcon(lang.L("ACTIONS"), theme.MenuDropDownIcon(), x.showActions)
	x.actions.IconPlacement = widget.ButtonIconTrailingText
	x.preview = page.NewPreview(d, lang.L("By list"), lang.L("Look up"), widget.HighImportance, x.next, x.export, x.pick, x.actions)
	x.preview.OnHide = x.leave
	x.review = review.New(d, "bylist.lines", func(context.Context, bool) (intake.Options, error) { return intake.Options{}, nil }, x.arrived)
	x.review.Failed = x.failed
	x.review.Clear()
	x.cancel = d.Register().OnChange(func(c data.Change) { // what was found has been acted on: its message stands behind the dialog
		if c.Touches(data.DevicesChanged | data.UploadsChanged) {
			fyne.Do(x.preview.Hide)
		}
	})
	return x
}

func (x *lookUp) leave() {
	x.left = true
	x.cancel()
	x.review.Clear()
}

// offer shows the buttons that what was found needs.
func (x *lookUp) offer(found bool) {
	show := func(b *control.Button, shown bool) {
		if b.Hide(); shown {
			b.Show()
		}
	}
	show(x.preview.Submit, !found || x.Main != nil)
	show(x.export, found)
	show(x.pick, found && x.Select != nil)
	show(x.actions, found && len(x.Actions) > 0)
}

// ask shows the box for the list.
func (x *lookUp) ask(text string) {
	x.view, x.going = nil, false
	x.review.Clear()
	x.offer(false)
	hint := lang.L("Paste a column of identifiers, the cells of a spreadsheet or a whole mail here, or scan one device after the other.")
	x.box = review.AskIn(x.preview, x.desk.Window(), hint, text, func(paths []string) {
		x.begin()
		x.review.Add(paths)
	})
}

// begin has the list looked up as soon as it is read, and says so if that takes long.
func (x *lookUp) begin() {
	x.going = true
	x.preview.Await(lang.L("Reading…"))
}

// failed hears that the list could not be opened: another may be.
func (x *lookUp) failed() {
	x.going = false
	x.preview.Waited()
	x.box.Again()
}

// take reads a text as a list.
func (x *lookUp) take(text string) {
	x.begin()
	x.review.AddText(lang.L("Pasted text"), text)
}

// next reads what stands in the box, looks up the list that was corrected, or does the main thing with what was found.
func (x *lookUp) next() {
	switch {
	case x.preview.Submit.Disabled() || x.preview.Submit.Hidden || x.going: // a list that is being read is looked up when it is
	case x.view != nil:
		x.do(*x.Main)
	case x.review.Len() == 0:
		x.take(x.box.List())
	default:
		x.seek()
	}
}

// arrived hears that the list or its lines are others: one that was read to its end is looked up, and one that is not understood is shown.
func (x *lookUp) arrived() {
	if x.left || x.review == nil || x.review.Len() == 0 || x.view != nil || x.review.Reading() {
		return
	}
	if x.going && len(x.review.WholeReviews()) == x.review.Len() {
		x.going = false
		x.seek()
		return
	}
	x.showList()
}

// showList shows the list as it was read, to be corrected.
func (x *lookUp) showList() {
	x.view = nil
	x.offer(false)
	n := 0
	for l := range x.sought() {
		if l.Verdict != model.DuplicateInFile {
			n++
		}
	}
	x.preview.Can(lang.N("Look up {{.Count}} devices", n, map[string]any{"Count": page.Number(n)}), n > 0 && !x.review.Reading())
	back := control.NewButtonWithIcon(lang.L("Another list"), theme.NavigateBackIcon(), func() { x.ask("") })
	head := control.InOrder(nil, container.NewVBox(back), x.review.Head, nil, nil)
	x.preview.Show(control.Below(head, x.review.Content), "", back)
}
