package intake

import (
	"strings"
	"sync"

	"consign/data/sheet"
	"consign/model"
)

// chunk is how many lines stand together in memory. Chunks never move, so that a growing review
// costs no copies.
const chunk = 1 << 10

// Review is the dry run of a list: every line with its verdict, before anything is written.
// It may be read and corrected from any goroutine, also while Read is still filling it.
type Review struct {
	mu        sync.RWMutex
	judge     judge
	register  Register
	reseller  int64
	target    int64
	separator byte // of the source
	chunks    [][]line
	n         int
	sheet     int              // that is read
	sheets    []sheet.Sheet    // of the file
	account   account          // of the identifiers that no line has
	aside     []int            // line numbers of titles above the table and totals below
	owners    map[uint64]int32 // the line that claims an identifier
	words     []string         // models, order numbers and the like, once each
	places    map[string]uint32
	before    [len(keptTexts)]uint32 // the words of the line filled last
	raws      []string               // cells of lines that are not ok, joined
	counts    Counts
	err       error
	done      bool
}

// Counts are the figures of a review.
type Counts struct {
	Lines     int
	Verdicts  [model.Skipped + 1]int // by verdict, left out lines included
	Taken     int                    // lines whose devices are to be uploaded
	LeftOut   int
	Confirmed int // warnings
	Waiting   int // warnings that ConfirmAll confirms
}

// Of is the number of lines with a verdict.
func (c Counts) Of(v model.Verdict) int { return c.Verdicts[v] }

// Figures are the four figures of an upload of what is taken (domain §3).
func (c Counts) Figures() model.Figures {
	duplicate := c.Verdicts[model.DuplicateInFile] + c.Verdicts[model.AlreadyRegistered]
	uploaded := c.Lines - c.Verdicts[model.Skipped]
	return model.Figures{Uploaded: uploaded, Valid: c.Taken, Duplicate: duplicate, Invalid: uploaded - c.Taken - duplicate}
}

// Options say how a list is judged.
type Options struct {
	Layout   Layout
	Register Register // nil: nothing is registered yet
	// Reseller uploads to the account Target; a bulk list has its own targets.
	Reseller, Target int64
	// Bulk makes the customer ID of every line count; Customers are those on the Customers page.
	Bulk      bool
	Customers Customers
	// Hidden takes the rows that the spreadsheet hides.
	Hidden bool
	// Constants fill what the list does not say of its devices.
	Constants Constants
	// Boxes warns of devices without a serial number: the list was scanned one device per box.
	Boxes bool
}

// NewReview is an empty review, to be filled by Read.
func NewReview(o Options) *Review {
	return &Review{
		judge:    judge{layout: o.Layout, bulk: o.Bulk, customers: o.Customers, hidden: o.Hidden, boxes: o.Boxes, constants: o.Constants},
		register: o.Register, reseller: o.Reseller, target: o.Target,
		owners: map[uint64]int32{},
		places: map[string]uint32{"": 0},
		words:  []string{""},
		raws:   []string{""},
	}
}

// Line is a line of a review as a person sees it.
type Line struct {
	Index      int // in the review
	Number     int // in the file
	Verdict    model.Verdict
	Reason     model.Text // empty for ok
	Column     int        // of the cell that the reason is about, -1 for the whole line
	Device     model.NewDevice
	Tags       string
	OrderDate  string
	CustomerID string
	Cells      []string // as they stood in the file; of a line that is ok, only the columns that are used
	First      int      // number of the line that a duplicate repeats, 0 if none
	Registered int64    // id of the device that has an identifier already, 0 if none
	Confirmed  bool
	LeftOut    bool
	Edited     bool
}

// Counts returns the figures at this moment.
func (r *Review) Counts() Counts {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.counts
}

// Done reports whether Read has ended, and its error.
func (r *Review) Done() (bool, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.done, r.err
}

// Aside lists the numbers of the lines that are no part of the list: titles and header above it, totals.
func (r *Review) Aside() []int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return append([]int(nil), r.aside...)
}

// Layout is the layout by which the list is judged.
func (r *Review) Layout() Layout { return r.judge.layout }

// Len is the number of lines so far.
func (r *Review) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.n
}

// Indexes lists the lines that have one of the verdicts, in their order; all lines for none.
func (r *Review) Indexes(verdicts ...model.Verdict) []int32 {
	var wanted [model.Skipped + 1]bool
	size := 0
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, v := range verdicts {
		wanted[v] = true
		size += r.counts.Verdicts[v]
	}
	if len(verdicts) == 0 {
		size = r.n
	}
	indexes := make([]int32, 0, size)
	for i := range r.n {
		if len(verdicts) == 0 || wanted[r.at(i).verdict()] {
			indexes = append(indexes, int32(i))
		}
	}
	return indexes
}

// Line returns a line by its index.
func (r *Review) Line(index int) Line {
	r.mu.RLock()
	defer r.mu.RUnlock()
	l := r.at(index)
	view := Line{
		Index: index, Number: int(l.number), Verdict: l.verdict(), Column: int(l.column),
		Device:    r.device(l),
		OrderDate: r.words[l.words[dateText]], CustomerID: r.words[l.words[customerText]], Tags: r.words[l.words[tagsText]], Cells: r.cells(l),
		Confirmed: l.marks&confirmed != 0, LeftOut: l.marks&leftOut != 0, Edited: l.marks&edited != 0,
	}
	switch view.Verdict {
	case model.OK:
	case model.DuplicateInFile:
		view.First, view.Column = int(r.at(int(l.first)).number), -1
		view.Reason = model.Say("The same device as in line {{.Line}}.", "Line", view.First)
	case model.AlreadyRegistered:
		view.Registered, view.Column = l.device, -1
		view.Reason = model.Say("Already registered.") // Explain says more
	default:
		view.Reason = l.reason.Text()
	}
	return view
}

// Old is the device that goes in the exchange of a line, empty for any other line. The line's own device takes its place.
func (r *Review) Old(index int) (old model.Identifiers) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var j reading
	for i, cell := range r.cells(r.at(index)) {
		if i >= len(r.judge.layout.Columns) {
			break
		}
		switch r.judge.layout.Columns[i] {
		case OldIMEI:
			j.add(readCell(cell, model.IMEI, false).ids)
		case OldSerial:
			j.add(readCell(cell, model.SerialNumber, false).ids)
		}
	}
	return j.ids
}

// at is a line by its index. The caller holds the lock.
func (r *Review) at(i int) *line { return &r.chunks[i/chunk][i%chunk] }

// cellSeparator parts the kept cells of a line (see joinCells).
const cellSeparator = "\x1f"

// cells are the cells of a line as they stood in the file, or as its fields would fill them.
func (r *Review) cells(l *line) []string {
	if l.raw != 0 {
		return strings.Split(r.raws[l.raw], cellSeparator)
	}
	ids := l.identifiers()
	cells := make([]string, len(r.judge.layout.Columns))
	for i, m := range r.judge.layout.Columns {
		switch m {
		case IMEI:
			cells[i] = ids.IMEI1
			if cells[i] == "" {
				cells[i] = ids.MEID
			}
		case IMEI2:
			cells[i] = ids.IMEI2
		case MEID:
			if ids.IMEI1 != "" || !r.judge.layout.Has(IMEI) {
				cells[i] = ids.MEID
			}
		case Serial:
			cells[i] = ids.Serial
		case Identifier:
			cells[i] = ids.First()
		default:
			if text, kept := textOf(m); kept {
				cells[i] = r.words[l.words[text]]
			}
		}
	}
	return cells
}

// word keeps a text once. likely is where the line before had its own: they repeat. The caller holds the lock.
func (r *Review) word(text string, likely uint32) uint32 {
	if r.words[likely] == text {
		return likely
	}
	if place, ok := r.places[text]; ok {
		return place
	}
	text = strings.Clone(text) // not the whole line that it was cut from
	place := uint32(len(r.words))
	r.words = append(r.words, text)
	r.places[text] = place
	return place
}

// count adds the line to the figures, or takes it away with by = -1. The caller holds the lock.
func (r *Review) count(l *line, by int) {
	r.counts.Lines += by
	r.counts.Verdicts[l.verdict()] += by
	if l.taken() {
		r.counts.Taken += by
	}
	if l.marks&leftOut != 0 {
		r.counts.LeftOut += by
	}
	if l.marks&confirmed != 0 && l.verdict() == model.Warning {
		r.counts.Confirmed += by
	}
	if l.waits() {
		r.counts.Waiting += by
	}
}

// fill gives a line what the judge found. The caller holds the lock.
func (r *Review) fill(l *line, j *judgement) {
	l.setIdentifiers(j.ids)
	l.serial = strings.Clone(l.serial)
	l.own, l.reason, l.column = j.verdict, j.reason, int16(min(j.column, 1<<15-1))
	for i, text := range j.texts {
		r.before[i] = r.word(text, r.before[i])
	}
	l.words = r.before
	l.first, l.device = -1, 0
}

// claim makes line i the owner of its identifiers, or a duplicate of the line that owns one. The caller holds the lock.
func (r *Review) claim(i int) {
	l := r.at(i)
	l.first = -1
	if !l.claims() {
		return
	}
	var buf [4]uint64
	keys := l.keys(&buf)
	free := keys[:0]
	for _, key := range keys {
		owner, ok := r.owners[key]
		switch {
		case !ok:
			free = append(free, key)
		case int(owner) != i && l.shares(r.at(int(owner))):
			l.first = owner
			return
		}
	}
	for _, key := range free {
		r.owners[key] = int32(i)
	}
}

// release takes the identifiers from line i. The caller holds the lock, and calls reclaim when it is done.
func (r *Review) release(i int) {
	var buf [4]uint64
	for _, key := range r.at(i).keys(&buf) {
		if r.owners[key] == int32(i) {
			delete(r.owners, key)
		}
	}
}

// reclaim gives the duplicates of lines that own their identifiers no longer their verdict anew. The caller holds the lock.
func (r *Review) reclaim() {
	for i := range r.n {
		l := r.at(i)
		if l.first < 0 {
			continue
		}
		if first := r.at(int(l.first)); first.first >= 0 || !first.claims() || !l.shares(first) {
			r.count(l, -1)
			r.claim(i)
			r.count(l, 1)
		}
	}
}
