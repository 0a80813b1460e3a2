// Package review shows device lists that were brought in line by line, with a verdict for each, and lets people correct, confirm
// and leave out lines. A new upload and a deletion by list are made with it. Everything in it belongs to Fyne's goroutine unless it
// says otherwise.
package review

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

const (
	searchWidth = 150
	nameWidth   = 190 // of a list or a sheet that can be chosen
	busyWidth   = 110 // of how much is read
)

// Reviewer is the lists that were brought in and the table in which their lines are looked through: verdicts as chips, editing,
// leaving out, confirming, and how the columns were recognised. A new upload and a deletion by list are made with it.
type Reviewer struct {
	desk page.Desk
	// options say how lists are judged; Layout and Hidden are the list's own.
	options func(ctx context.Context, bulk bool) (intake.Options, error)
	// AddCustomer adds a customer that a bulk list names but nobody knows; nil where lists name no customers.
	AddCustomer func(knoxID string, then func())
	// Exchange exchanges the devices of a list that has old and new ones; nil where there are no exchanges.
	Exchange func(Kept)
	// Tags hears of the tags of a template that is used; it may be nil.
	Tags func(tags string)
	// changed hears that lists, lines or verdicts are others.
	changed func()
	// Arrived hears of a list that was opened, and Failed of one that could not be; both may be nil.
	Arrived, Failed func()

	// Known gives what may be meant in a column, as the page knows it: models, order numbers, customers. It may be nil.
	Known  func(intake.Meaning) []control.Proposal
	lists  []*list
	shown  *list
	names  *names // of customers, by their Knox IDs
	absent []Kept // lists that could not be opened again
	said   *reasons
	lines  *lines // of the shown list

	table   *grid.Table[intake.Line]
	chips   *fyne.Container
	which   *control.Select // list
	sheets  *control.Select
	choices [2]*fyne.Container // in which they have room for a name
	show    *control.Button    // rows that the spreadsheet hides
	shape   *control.Button    // how the list is read
	away    *control.Button
	busy    *widget.ProgressBar
	reads   *fyne.Container // in which that stands
	halt    *control.Button
	strip   *strip
	// questions are what a person should decide about how the list is read.
	questions *fyne.Container
	unknown   *control.Button // customers of a bulk list
	confirm   *control.Button
	save      *control.Button
	fill      *control.Button
	search    *searchField
	status    *control.Name
	nothing   *widget.Label

	// Head says which list and sheet the lines are of, and Content shows them.
	Head, Content *fyne.Container
}

// New makes a reviewer without lists; name is that of its table in the preferences. options say how a list is judged, off Fyne's
// goroutine, and changed hears that lists, lines or verdicts are others.
func New(d page.Desk, name string, options func(context.Context, bool) (intake.Options, error), changed func()) *Reviewer {
	r := &Reviewer{desk: d, options: options, changed: changed, chips: container.NewHBox(),
		busy:   widget.NewProgressBar(),
		status: control.NewName("", 0), nothing: widget.NewLabel("")}
	r.said = newReasons(d, func() { r.table.Reworded() })
	r.names = &names{}
	r.lines = &lines{said: r.said}
	r.table = grid.NewTable(name, r.lines, r.lineColumns())
	r.table.SetFrozen(2)
	r.table.Edit = r.editing()
	r.table.OnDelete = r.leaveOut
	r.table.Actions = r.actions
	r.table.OnAnswer, r.table.OnSelectionChanged = r.say, r.say
	r.table.OnCopy = func(int, int, bool) { r.say() }
	r.which = control.NewSelect(nil, r.choose)
	r.sheets = control.NewSelect(nil, r.chooseSheet)
	r.show = control.NewButton(lang.L("Take hidden rows"), r.takeHidden)
	r.shape = control.NewButtonWithIcon("", theme.MenuDropDownIcon(), r.chooseShape)
	r.shape.IconPlacement = widget.ButtonIconTrailingText
	r.questions = container.New(layout.NewCustomPaddedVBoxLayout(2))
	r.away = control.NewButtonWithIcon("", theme.DeleteIcon(), func() { r.throwAway(r.shown) })
	r.away.Importance = widget.LowImportance
	r.halt = control.NewButton(lang.L("Stop"), func() { r.shown.halt() })
	r.strip = newStrip(r.correctColumn)
	r.unknown = control.NewButtonWithIcon("", theme.ContentAddIcon(), func() { r.addCustomers(r.Strangers()) })
	r.unknown.Hide()
	r.confirm = control.NewButton("", r.confirmAll)
	r.save = control.NewButton("", r.saveOthers)
	r.fill = control.NewButton(lang.L("Fill…"), func() { r.askFill(r.table.Selection()) })
	r.search = newSearchField(r.ask)
	r.status.SizeName, r.status.Importance = theme.SizeNameCaptionText, widget.LowImportance
	r.nothing.Alignment, r.nothing.Importance = fyne.TextAlignCenter, widget.LowImportance
	r.choices = [2]*fyne.Container{container.New(control.Wide(nameWidth), r.which), container.New(control.Wide(nameWidth), r.sheets)}
	r.reads = container.New(control.Wide(busyWidth), r.busy)
	r.Head = container.New(headLines{}, control.LeadingLines(r.choices[0], r.choices[1]), container.NewHScroll(r.chips),
		control.LeadingLines(r.reads, r.halt, r.show, r.shape, r.away, container.New(control.Wide(searchWidth), r.search)))
	r.Content = control.Between(container.New(layout.NewCustomPaddedVBoxLayout(3), r.questions, r.strip),
		container.NewStack(r.table, container.NewCenter(r.nothing)),
		control.TextLine(control.Flush(r.status), control.ButtonLines(r.fill, r.unknown, r.confirm, r.save)))
	return r
}

// Add brings files in, one list each.
func (r *Reviewer) Add(paths []string) {
	for _, path := range paths {
		r.open(func(ctx context.Context) (*list, error) { return openList(ctx, r.desk, path, "") }, r.take)
	}
}

// open opens a list. Why it cannot be is shown.
func (r *Reviewer) open(open func(context.Context) (*list, error), then func(*list)) {
	var opened *list
	var failed error
	r.desk.ReadAsync(func(ctx context.Context) error {
		opened, failed = open(ctx)
		return nil
	}, func() {
		if failed == nil {
			then(opened)
			return
		}
		if r.Failed != nil {
			r.Failed()
		}
		r.desk.Fail(failed)
	})
}

// AddScans brings the devices of a scan session in; then is called once they are a list.
func (r *Reviewer) AddScans(text string, mode intake.BenchMode, then func()) {
	page.Read(r.desk, func(ctx context.Context) (*list, error) { return openScans(ctx, text, mode) }, func(l *list) {
		r.take(l)
		then()
	})
}

// AddText brings a pasted text in.
func (r *Reviewer) AddText(name, text string) {
	r.open(func(ctx context.Context) (*list, error) { return openList(ctx, r.desk, "", text) }, func(l *list) {
		l.name = name
		r.take(l)
	})
}

// take shows a list that was opened, and reads it. A list that is there already is read anew.
func (r *Reviewer) take(l *list) {
	r.lists = slices.DeleteFunc(r.lists, func(old *list) bool {
		again := l.path != "" && old.path == l.path
		if again {
			old.drop()
		}
		return again
	})
	r.put(l)
}

// put shows a list beside the others, and reads it.
func (r *Reviewer) put(l *list) {
	r.lists = append(r.lists, l)
	r.turnTo(l)
	r.read(l)
	if r.Arrived != nil {
		r.Arrived()
	}
}

func (r *Reviewer) turnTo(l *list) {
	r.shown = l
	r.strip.show(l)
	r.search.SetText("")
	r.table.SizeByContent()
	r.see()
	r.table.SetQuestion(grid.Question{Sort: r.table.Question().Sort})
	r.refresh()
}

// see has the table ask for the lines of the list that is shown, which it does off Fyne's goroutine.
func (r *Reviewer) see() {
	var review *intake.Review
	if r.shown != nil {
		review = r.shown.review
	}
	r.lines.review.Store(review)
}

// read gives every line of a list its verdict.
func (r *Reviewer) read(l *list) {
	if !l.layout.Identifies() {
		r.strip.open(true)
		r.refresh()
		return
	}
	r.judge(l, l.readAsync)
}

// judge reads or rechecks a list by the options of this moment.
func (r *Reviewer) judge(l *list, how func(page.Desk, intake.Options, func())) {
	bulk := l.layout.Has(intake.CustomerID)
	page.Read(r.desk, func(ctx context.Context) (intake.Options, error) { return r.options(ctx, bulk) }, func(o intake.Options) {
		how(r.desk, o, func() {
			if !l.reading {
				r.said.forget()
			}
			r.refresh()
		})
		r.refresh()
	})
}

// Recheck gives the lines of all lists their verdicts anew, because the register, the target or its customers are others. A list
// that is not read to its end is read again.
func (r *Reviewer) Recheck() {
	for _, l := range r.lists {
		if l.review == nil || l.reading || l.err != nil {
			r.read(l)
			continue
		}
		r.judge(l, l.recheckAsync)
	}
}

// remove takes a list away.
func (r *Reviewer) remove(l *list) {
	for i, other := range r.lists {
		if other == l {
			l.drop()
			r.lists = append(r.lists[:i:i], r.lists[i+1:]...)
		}
	}
	r.shown = nil
	if n := len(r.lists); n > 0 {
		r.turnTo(r.lists[n-1])
		return
	}
	r.see()
	r.table.SetQuestion(grid.Question{})
	r.refresh()
}

// Clear takes all lists away.
func (r *Reviewer) Clear() {
	for _, l := range r.lists {
		l.drop()
	}
	r.lists, r.shown, r.absent = nil, nil, nil
	r.refresh()
}

// Reading tells whether a list is still being read, or will be as soon as it is known how lists are judged.
func (r *Reviewer) Reading() bool {
	for _, l := range r.lists {
		if l.reading || l.review == nil && l.err == nil && l.layout.Identifies() {
			return true
		}
	}
	return false
}

// Counts are the figures of all lists together.
func (r *Reviewer) Counts() intake.Counts {
	var all intake.Counts
	for _, l := range r.lists {
		if l.review == nil {
			continue
		}
		c := l.review.Counts()
		all.Lines, all.Taken, all.LeftOut, all.Confirmed = all.Lines+c.Lines, all.Taken+c.Taken, all.LeftOut+c.LeftOut, all.Confirmed+c.Confirmed
		all.Waiting += c.Waiting
		for v := range all.Verdicts {
			all.Verdicts[v] += c.Verdicts[v]
		}
	}
	return all
}

// Refused is how many lines give no device and say why.
func Refused(c intake.Counts) int {
	return c.Of(model.Warning) - c.Confirmed + c.Of(model.DuplicateInFile) + c.Of(model.AlreadyRegistered) + c.Of(model.Rejected)
}

// ShowRefused shows the lines that give no device, of the first list that has some, to be confirmed or corrected.
func (r *Reviewer) ShowRefused() {
	for _, l := range r.lists {
		if l.review == nil {
			continue
		}
		for _, v := range [...]model.Verdict{model.Warning, model.Rejected, model.AlreadyRegistered, model.DuplicateInFile} {
			if slices.ContainsFunc(l.review.Indexes(v), func(i int32) bool {
				line := l.review.Line(int(i))
				return !line.LeftOut && !line.Confirmed
			}) {
				if r.shown != l {
					r.turnTo(l)
				}
				r.only(strconv.Itoa(int(v)))
				r.Focus()
				return
			}
		}
	}
}

// mostStrangers bounds how many refused lines are looked through for customers that nobody knows.
const mostStrangers = 20_000

// Strangers are the customer IDs of the shown list that are not on the Customers page, in the order of the list.
func (r *Reviewer) Strangers() []string {
	l := r.shown
	if l == nil || l.review == nil || !l.layout.Has(intake.CustomerID) {
		return nil
	}
	var ids []string
	seen := map[string]bool{}
	rejected := l.review.Indexes(model.Rejected)
	for _, i := range rejected[:min(len(rejected), mostStrangers)] {
		line := l.review.Line(int(i))
		if line.Reason.Template == intake.UnknownCustomer.Text().Template && !seen[line.CustomerID] {
			seen[line.CustomerID] = true
			ids = append(ids, line.CustomerID)
		}
	}
	return ids
}

// addCustomers adds one customer after the other.
func (r *Reviewer) addCustomers(ids []string) {
	if len(ids) > 0 {
		r.AddCustomer(ids[0], func() { r.addCustomers(ids[1:]) })
	}
}

// Bulk tells whether a list names the customer on every line.
func (r *Reviewer) Bulk() bool {
	for _, l := range r.lists {
		if l.layout.Has(intake.CustomerID) {
			return true
		}
	}
	return false
}

// NeedsTarget tells whether a list does not name the customer itself.
func (r *Reviewer) NeedsTarget() bool {
	return slices.ContainsFunc(r.lists, func(l *list) bool { return !l.layout.Has(intake.CustomerID) })
}

// Len is how many lists there are.
func (r *Reviewer) Len() int { return len(r.lists) }

// Reviews are the reviews of the lists, as far as they were read.
func (r *Reviewer) Reviews() []*intake.Review {
	var all []*intake.Review
	for _, l := range r.lists {
		if l.review != nil {
			all = append(all, l.review)
		}
	}
	return all
}

// WholeReviews are the reviews of the lists that were read to their end.
func (r *Reviewer) WholeReviews() []*intake.Review {
	var all []*intake.Review
	for _, l := range r.lists {
		if l.review != nil && l.err == nil {
			all = append(all, l.review)
		}
	}
	return all
}

// Search gives the keyboard to the search through the lines, if there are any.
func (r *Reviewer) Search() {
	if r.shown != nil {
		r.desk.Window().Canvas().Focus(r.search)
	}
}

// Table is what has the lines.
func (r *Reviewer) Table() fyne.Focusable { return r.table }

// refresh shows the lists and their figures as they are now.
func (r *Reviewer) refresh() {
	r.account()
	r.followWork()
	r.showColumns()
	r.see()
	r.table.Reload()
	r.showHead()
	r.showQuestions(r.shown)
	r.showChips()
	r.say()
	r.changed()
}

// correctColumn gives a column another meaning, remembers it for lists of this make and judges the list by it.
func (r *Reviewer) correctColumn(column int, m intake.Meaning) {
	l := r.shown
	l.correct(column, m)
	r.strip.show(l)
	r.remember(l)
	r.read(l)
}

// confirmAll takes every line with a warning.
func (r *Reviewer) confirmAll() {
	r.do(lineEdit{Did: confirmAll})
	r.Focus() // the button goes, and would take the keyboard with it
}
