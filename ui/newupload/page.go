// Package newupload is the New upload page with its four steps, target, devices, review and order. Everything in it belongs to
// Fyne's goroutine unless it says otherwise.
package newupload

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/review"
	"consign/ui/unfinished"
)

// Options say how a new upload begins.
type Options struct {
	// Target is the account to upload to; 0 lets the user choose. On behalf it is the acting MSP.
	Target int64
	// Files are device lists to begin with.
	Files []string
	// Order is the order that it is for, 0 for none: its number and its day are filled in.
	Order int64
	// Unfinished is where the upload is kept that the page goes on with; empty for a new one.
	Unfinished string
	// OnBehalf makes it the MSP's Receive upload: the acting MSP is the target and the user chooses the reseller (domain §4).
	OnBehalf bool
	// Exchange exchanges the devices of a list that has old and new ones; nil where there are no exchanges.
	Exchange func(review.Kept)
}

// draft is an upload in the making.
type draft struct {
	desk     page.Desk
	onBehalf bool
	acting   model.Account // the reseller, or on behalf the MSP

	target      *target
	review      *review.Reviewer
	order       *order
	steps       [4]*step
	refusedSeen bool // the lines that stay behind were shown
	summary     *control.Name
	open        *control.Button
	upload      *control.Button

	work, room, empty *fyne.Container
	last              fyne.CanvasObject // the fourth step
	offered           *unfinished.Block
	scan              *scanPanel
	known             *known
	content           *fyne.Container

	path      string // where it is kept
	keeper    *keeper
	keeping   *time.Timer
	hasBegun  bool // there was something to keep
	resuming  bool // what was kept is being read
	sought    orderSought
	uploading bool     // the changes that are heard of are the page's own
	done      *outcome // of the upload that was made, nil before
}

// Page is the page on which devices are uploaded (screens: New upload) or, on behalf, received.
func Page(d page.Desk, o Options) *page.Page {
	w := newDraft(d, o)
	title := lang.L("New upload")
	if o.OnBehalf {
		title = lang.L("Receive upload")
	}
	return &page.Page{
		Title: title, Content: w.content, First: w.first,
		Actions: []fyne.CanvasObject{control.NewButtonWithIcon(lang.L("Save a blank list…"), theme.DocumentIcon(),
			func() { portalfile.SaveBlank(d) })},
		Shows:  data.DevicesChanged | data.CustomersChanged,
		Reload: w.reload, Seen: w.offered.Seen, Search: w.review.Search, Drop: w.addFiles, Paste: w.addText, Submit: w.next, Leave: w.leave,
	}
}

func newDraft(d page.Desk, o Options) *draft {
	kind := model.Reseller
	if o.OnBehalf {
		kind = model.MSP
	}
	w := &draft{desk: d, onBehalf: o.OnBehalf, acting: d.Acting(kind), summary: control.NewName("", 0)}
	w.target = newTarget(d, w.acting, o.OnBehalf, w.addParty, w.targetChanged)
	w.review = review.New(d, "newupload.lines", w.options, w.changed)
	if !o.OnBehalf {
		w.review.AddCustomer = func(knoxID string, then func()) {
			addCustomer(d, w.acting.ID, knoxID, func(int64) { then() })
		}
	}
	w.review.Arrived, w.review.Exchange = w.lead, o.Exchange
	w.known = newKnown(d, w.acting)
	w.review.Known = w.known.of
	w.review.Tags = w.takeTags
	w.order = newOrder(newOpenOrders(d, w.acting.ID, w.review.WholeReviews), w.changed, w.next, func() { w.work.Refresh() })
	w.order.number.Propose, w.order.tags.Propose = w.orderNumbers, w.known.propose(intake.Tags)
	w.order.number.Taken = func(p control.Proposal) { w.order.takeNumbered(p.Text) }
	w.order.tags.Several = true
	w.scan = newScanPanel(d, w.target, w.scanned, w.show)
	w.scan.parties = w.parties
	w.begin(unfinished.NewPath(d.Register().Path(), w.acting))
	page.Read(d, d.Register().Settings().Aliases, w.order.offer)
	w.upload = control.NewButtonWithIcon("", theme.UploadIcon(), w.uploadNow)
	w.upload.Importance = widget.HighImportance
	for i, title := range []string{lang.L("Target"), lang.L("Devices"), lang.L("Review"), lang.L("Order")} {
		w.steps[i] = newStep(i+1, title)
	}
	if o.OnBehalf {
		w.steps[0].title = lang.L("Reseller")
	}
	for _, s := range w.steps {
		s.beside = w.steps[:]
	}
	register := d.Register().Path()
	w.offered = unfinished.NewBlock(d, func() []unfinished.Upload {
		unfinished.Clear(register)
		return unfinished.Of(register, w.acting)
	}, func() string { return w.path }, w.resume, nil)
	w.offered.Begins = func() bool { return w.isEmpty() && w.done == nil && !w.resuming }
	w.empty = w.emptyState()
	w.room = container.NewStack()
	w.work = container.NewStack() // until it is laid out
	sources := w.sources()
	first := newSideBySide(row(w.steps[0], w.target.content), row(w.steps[1], sources), sources, func() { w.work.Refresh() })
	top := container.New(control.Column(3), first, widget.NewSeparator(), row(w.steps[2], w.review.Head))
	w.last = row(w.steps[3], w.order.content)
	bottom := container.New(control.Column(0), widget.NewSeparator(), w.last,
		container.NewBorder(nil, nil, nil, w.upload, control.Flush(w.summary)))
	w.work = control.Between(top, w.room, bottom)
	w.content = container.NewStack(w.work)
	switch {
	case o.Unfinished != "":
	case o.Target != 0 && !o.OnBehalf:
		w.takeFor(o.Target, o.Order)
	default:
		w.target.takeLast(w.changed)
	}
	w.changed()
	if o.Unfinished != "" {
		w.resumeAt(o.Unfinished)
	}
	if len(o.Files) > 0 {
		w.addFiles(o.Files)
	}
	return w
}

// sources is the second step: the ways in which devices come in.
func (w *draft) sources() *fyne.Container {
	w.open = control.NewButtonWithIcon(lang.L("Open file…"), theme.FolderOpenIcon(), w.openFiles)
	return control.LeadingLines(w.open,
		control.NewButtonWithIcon(lang.L("Paste…"), theme.ContentPasteIcon(), w.paste),
		control.NewButtonWithIcon(lang.L("Scan…"), theme.SearchIcon(), w.startScan))
}

// emptyState is what shows in the middle while there is no device.
func (w *draft) emptyState() *fyne.Container {
	title := widget.NewLabelWithStyle(lang.L("Bring the devices in"), fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	text := widget.NewLabelWithStyle(lang.L("A spreadsheet, a CSV or text file, a pasted table or mail, or the scans of a barcode scanner.\n"+
		"Drop files here, or press Ctrl+V. Every line is checked before anything is written."),
		fyne.TextAlignCenter, fyne.TextStyle{})
	text.Importance, text.Wrapping = widget.LowImportance, fyne.TextWrapWord
	icon := widget.NewIcon(theme.NewDisabledResource(theme.UploadIcon()))
	return control.InTheMiddle(offeredWidth, func() { w.content.Refresh() },
		container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(44), icon)), title, text, w.offered.Content)
}

// offeredWidth is the most that what stands there has, the list of what is not finished too.
const offeredWidth = 570

// reseller is whose devices they are, and where they go.
func (w *draft) parties() (reseller, target int64) {
	if w.onBehalf {
		return w.target.chosen.account, w.acting.ID
	}
	return w.acting.ID, w.target.chosen.account
}

// options say how a list is judged. Off Fyne's goroutine, but for what it reads of the page first.
func (w *draft) options(ctx context.Context, bulk bool) (intake.Options, error) {
	o := intake.Options{Register: review.RegisteredIn(w.desk.Register().Devices()), Bulk: bulk}
	o.Reseller, o.Target = w.parties()
	if !bulk {
		return o, nil
	}
	var err error
	var names map[string]string
	o.Customers, names, err = customersOf(ctx, w.desk.Register().Customers(), w.acting.ID)
	w.review.SetCustomers(names)
	return o, err
}

// customersOf are the customers and MSPs of a reseller by their Knox IDs, and what they are called.
func customersOf(ctx context.Context, page data.Customers, reseller int64) (intake.Customers, map[string]string, error) {
	ids, err := page.IDs(ctx, model.CustomerQuery{Reseller: reseller})
	if err != nil {
		return nil, nil, err
	}
	rows, err := page.Rows(ctx, reseller, ids)
	customers, names := make(intake.Customers, len(rows)), make(map[string]string, len(rows))
	for _, c := range rows {
		customers[c.KnoxID], names[c.KnoxID] = c.AccountID, c.CompanyName
	}
	return customers, names, err
}

// targetChanged judges the lists anew if the target matters to a verdict: whom a registered device belongs to.
func (w *draft) targetChanged() {
	if w.review.Counts().Of(model.AlreadyRegistered) > 0 {
		w.review.Recheck()
	}
	w.changed()
	switch {
	case w.scan.running():
		w.scan.keepParty()
		w.scan.focus()
	case w.review.Len() == 0:
		w.desk.Window().Canvas().Focus(w.open) // the next step
	default:
		w.lead()
	}
}

// changed shows the page as it is now, and keeps it.
func (w *draft) changed() {
	if w.upload == nil || w.content == nil || w.done != nil {
		return
	}
	w.show()
	w.keep()
	w.byOrder()
}

// show shows the steps, the middle and what can be done next.
func (w *draft) show() {
	if w.done != nil {
		return
	}
	c := w.review.Counts()
	bulk := w.review.Bulk()
	w.target.show(w.bulkText(bulk && !w.review.NeedsTarget()))
	ready, says := w.ready(c)
	w.steps[0].setDone(w.target.chosen.account != 0 || bulk && !w.review.NeedsTarget())
	w.steps[1].setDone(w.review.Len() > 0)
	w.steps[2].setDone(w.review.Len() > 0 && !w.review.Reading() && c.Taken > 0 && (w.refusedSeen || staysBehind(c) == 0))
	w.steps[3].setDone(ready)
	if !w.onBehalf {
		w.order.open.show(w.target.chosen.account, w.order.number.Text, c)
	}
	w.summary.Importance = widget.MediumImportance
	if w.order.err() != nil {
		w.summary.Importance = widget.DangerImportance
		says = page.ErrorText(w.order.err())
	}
	if err := w.desk.Register().May(model.DevicesUploaded); err != nil {
		ready, says = false, page.ErrorText(err)
	}
	w.summary.SetText(says)
	w.upload.SetText(uploadText(c))
	if ready {
		w.upload.Enable()
	} else {
		w.upload.Disable()
	}
	middle := w.empty
	switch {
	case w.scan.running():
		middle = w.scan.content
	case w.review.Len() > 0:
		middle = w.review.Content
	}
	setHidden(w.last, w.scan.running()) // nothing but the bench takes what a scanner types
	w.review.Head.Hidden = middle != w.review.Content
	if len(w.room.Objects) != 1 || w.room.Objects[0] != middle {
		w.room.Objects = []fyne.CanvasObject{middle}
		w.room.Refresh()
	}
	w.work.Refresh()
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

// uploadText says how many devices go and how many lines stay.
func uploadText(c intake.Counts) string {
	text := lang.N("Upload {{.Count}} devices", c.Taken, map[string]any{"Count": page.Number(c.Taken)})
	if n := staysBehind(c); n > 0 && c.Taken > 0 {
		text += " · " + lang.N("{{.Count}} stay", n, map[string]any{"Count": page.Number(n)})
	}
	return text
}

// staysBehind is how many lines stay behind, without those that are no devices at all.
func staysBehind(c intake.Counts) int { return c.Lines - c.Taken - c.Of(model.Skipped) }

// bulkText says which customers a bulk list names, or nothing.
func (w *draft) bulkText(bulk bool) string {
	if !bulk {
		return ""
	}
	n := len(w.review.Strangers())
	for _, r := range w.review.WholeReviews() {
		if r.Layout().Has(intake.CustomerID) {
			n += len(r.Groups())
		}
	}
	return lang.N("the list names {{.Count}} customers", n, map[string]any{"Count": page.Number(n)})
}

// ready tells whether the upload can be made, and what is missing or what will happen.
func (w *draft) ready(c intake.Counts) (bool, string) {
	switch {
	case w.scan.running():
		return false, lang.L("Scan the boxes, then review them.")
	case w.review.Len() == 0:
		return false, lang.L("Bring the devices in first.")
	case w.review.Reading():
		return false, lang.L("Reading: {{.Lines}} lines so far…", map[string]any{"Lines": page.Number(c.Lines)})
	case w.target.chosen.account == 0 && w.onBehalf:
		return false, lang.L("Choose the reseller.")
	case w.target.chosen.account == 0 && w.review.NeedsTarget():
		return false, lang.L("Choose the customer or MSP.")
	case c.Taken == 0:
		return false, lang.L("No line can be uploaded yet.")
	case w.order.err() != nil:
		return false, ""
	}
	sets, err := lineTags(model.ReadTags(w.order.tags.Text), w.review.WholeReviews())
	if err != nil {
		return false, page.ErrorText(err)
	}
	says := lang.N("{{.Count}} devices are ready.", c.Taken, map[string]any{"Count": page.Number(c.Taken)})
	if sets > 1 {
		says += " " + lang.N("Their tags make {{.Count}} uploads of them.", sets, map[string]any{"Count": page.Number(sets)})
	}
	if n := staysBehind(c); n > 0 {
		says += " " + lang.N("{{.Count}} lines stay behind.", n, map[string]any{"Count": page.Number(n)})
	}
	if n := w.review.NotUsed(); n > 0 {
		says += " " + lang.N("{{.Count}} identifiers are not used.", n, map[string]any{"Count": page.Number(n)})
	}
	return true, says
}

// lacksTarget tells whether somebody has still to be chosen.
func (w *draft) lacksTarget() bool {
	return w.target.chosen.account == 0 && (w.onBehalf || w.review.NeedsTarget())
}

// lead gives the keyboard to what comes next once a list is there: the target if it is missing, else the lines.
func (w *draft) lead() {
	if w.desk.Window().Canvas().Overlays().Top() != nil {
		return
	}
	if w.lacksTarget() {
		w.desk.Window().Canvas().Focus(w.target.choose)
		return
	}
	w.review.Focus()
}

func (w *draft) addFiles(paths []string) {
	w.startNew()
	w.review.Add(paths)
}

// addText takes what was pasted on the page.
func (w *draft) addText(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	w.startNew()
	w.review.AddText(lang.L("Pasted text"), text)
}

// startNew starts a new upload on the page of one that was made.
func (w *draft) startNew() {
	w.refusedSeen = false
	if w.done != nil {
		w.reset()
	}
}

// reset gives the page an empty upload.
func (w *draft) reset() {
	w.done, w.refusedSeen, w.sought = nil, false, orderSought{}
	w.begin(unfinished.NewPath(w.desk.Register().Path(), w.acting))
	w.content.Objects = []fyne.CanvasObject{w.work}
	w.review.Clear()
	w.order.clear()
	w.target.chosen = party{}
	w.target.takeLast(w.changed)
	w.changed()
	w.content.Refresh()
}

func (w *draft) openFiles() {
	page.AskListsAsync(w.desk.Window(), w.addFiles)
}

// reload judges the lists anew, because devices or customers of the register are others. An upload that was taken back meanwhile,
// by whatever button, shows its review again.
func (w *draft) reload() {
	if w.uploading {
		return
	}
	o := w.done
	if o == nil {
		w.review.Recheck()
		return
	}
	page.Read(w.desk, func(ctx context.Context) ([]model.Activity, error) {
		return w.desk.Register().Activity().Rows(ctx, []int64{o.done.ActivityID})
	}, func(acts []model.Activity) {
		if w.done == o && len(acts) == 1 && acts[0].Status == model.ActUndone {
			w.reopen()
		}
	})
}

// addParty adds a customer or MSP to the reseller's Customers page, or on behalf a reseller to the directory, and chooses it.
func (w *draft) addParty() {
	if w.onBehalf {
		addReseller(w.desk, func(a model.Account) { w.target.take(partyOf(a)) })
		return
	}
	addCustomer(w.desk, w.acting.ID, "", w.target.takeAccount)
}

// next makes the upload or, if something is still missing, asks for that: Ctrl+Enter leads through the page. Lines that would stay
// behind show once before: nobody is to miss a device only after the upload.
func (w *draft) next() {
	ready, _ := w.ready(w.review.Counts())
	switch {
	case w.done != nil || w.review.Reading():
	case w.scan.running():
		w.scan.done()
	case ready && !w.refusedSeen && staysBehind(w.review.Counts()) > w.review.Counts().LeftOut:
		w.refusedSeen = true
		w.show()
		w.review.ShowRefused() // before they stay behind
	case ready:
		w.uploadNow()
	case w.review.Len() == 0:
		w.paste()
	case w.lacksTarget():
		w.target.ask()
	case w.order.err() != nil:
		w.desk.Window().Canvas().Focus(w.order.number)
	}
}

func (w *draft) paste() { review.AskText(w.desk, w.addText) }

func (w *draft) startScan() {
	w.startNew()
	w.scan.start()
}

// scanned takes the devices of a scan session as a list. kept is called once the list survives a crash.
func (w *draft) scanned(text string, mode intake.BenchMode, kept func()) {
	w.review.AddScans(text, mode, func() { w.saveKept(kept) })
}
