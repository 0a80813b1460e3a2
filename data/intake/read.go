package intake

import (
	"context"
	"slices"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

// batch is how many lines are judged before they are shown.
const batch = 1024

// Read fills the review with the lines of a sheet, then marks what is already registered. The review can be
// read while this runs. An error (a model.Error, or that of ctx) is also kept for Done.
func (r *Review) Read(ctx context.Context, file *sheet.File, index int) (err error) {
	defer func() {
		r.mu.Lock()
		r.done, r.err = true, err
		r.mu.Unlock()
	}()
	if !r.judge.layout.Identifies() {
		return model.Fail(model.Invalid, "No column of this list holds identifiers: say which one does.")
	}
	if r.judge.bulk && !r.judge.layout.Has(CustomerID) {
		return model.Fail(model.Invalid, "No column of this list holds the customer IDs: say which one does.")
	}
	r.mu.Lock()
	r.separator = file.Separator()
	r.mu.Unlock()
	f := newFiller(r, file, index)
	rows := file.Rows(ctx, index)
	if f.records != nil && f.records.layout.beside == 0 {
		rows = file.Lines(ctx, index)
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		f.take(row)
	}
	f.end()
	if err := f.sweepSheets(ctx, file, index); err != nil {
		return err
	}
	f.flush()
	r.settleAccount(f.account)
	return r.checkRegister(ctx)
}

// pending is a judged line that is not in the review yet.
type pending struct {
	judgement
	number int
	raw    string // empty for a line that is ok
}

// filler hands lines over to a review in batches. It keeps blank lines back until a line follows: those at
// the end of a file are nothing that a person should read about.
type filler struct {
	review    *Review
	judge     judge // of its own: it remembers what it has seen
	separator byte
	sheet     int
	pending   []pending
	blank     []pending
	aside     []int
	account   account
	records   *recorder  // of a text
	side      Sample     // of a transposed table
	section   *section   // of another table below the first
	held      *sheet.Row // that the next one may go on with
	above     []string   // what the first of merged cells says
	unparted  bool       // no row begins a section
	devices   int        // side by side
	card      *recorder  // of cards among the rows of a table
}

func newFiller(r *Review, file *sheet.File, index int) *filler {
	f := &filler{review: r, judge: r.judge, separator: file.Separator(), sheet: index, pending: make([]pending, 0, batch)}
	f.judge.noTitles = r.judge.layout.blank
	f.devices = r.judge.layout.SideBySide()
	f.above = make([]string, len(r.judge.layout.down))
	r.mu.Lock()
	r.sheet, r.sheets = index, file.Sheets()
	r.mu.Unlock()
	switch r.judge.layout.Shape {
	case Table, Transposed:
	default:
		f.records = &recorder{f: f, layout: r.judge.layout}
	}
	return f
}

// take reads a row by the shape of the list.
func (f *filler) take(row sheet.Row) {
	switch {
	case f.records != nil:
		f.records.take(row)
	case f.judge.layout.Shape == Transposed:
		if len(f.side.Rows) < mostTransposed {
			f.side.Rows = append(f.side.Rows, slices.Clone(row.Cells[:min(len(row.Cells), mostBeside)]))
			f.sweepRow(row, model.Identifiers{}, func(column int) bool { return column < mostBeside }, whyColumn)
		} else {
			f.aside = append(f.aside, row.Line)
			f.sweepRow(row, model.Identifiers{}, none, whyBeside)
		}
	default:
		f.tableRow(row)
	}
}

const (
	// mostTransposed is how many lines a table may have that lies on its side.
	mostTransposed = 100
	// mostBeside is how many devices may stand side by side in it: as many as a spreadsheet has columns.
	mostBeside = 1 << 14
)

// end reads what was kept back.
func (f *filler) end() {
	switch f.judge.layout.Shape {
	case Table, Transposed:
	case Labels:
		f.records.close()
	default:
		f.records.end()
		f.records.endBeside()
	}
	if f.judge.layout.Shape == Transposed {
		side := transposed(f.side)
		for i := range side.Rows {
			f.tableRow(sheet.Row{Line: side.Lines[i], Cells: side.Rows[i]})
		}
	}
	f.endPair()
	f.endSection()
	f.endCard()
	f.endTail()
	f.blank = slices.DeleteFunc(f.blank, func(p pending) bool { return !p.tail })
	f.pending = append(f.pending, f.blank...)
}

// endTail makes titles of the lines that were kept back because no device has followed.
func (f *filler) endTail() {
	for i := range f.blank {
		if p := &f.blank[i]; p.tail {
			p.verdict, p.reason, p.column = model.Skipped, TitleLine, -1
		}
	}
}

// put keeps a judged line; blank ones until another follows.
func (f *filler) put(p pending) {
	if p.reason == BlankLine || p.tail {
		f.blank = append(f.blank, p)
		return
	}
	if p.reason == HeaderAgain {
		f.endTail()
	}
	f.pending = append(append(f.pending, f.blank...), p)
	f.blank = f.blank[:0]
	if len(f.pending) >= batch {
		f.flush()
	}
}

// flush moves the judged lines into the review.
func (f *filler) flush() {
	r := f.review
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range f.pending {
		p := &f.pending[i]
		if r.n%chunk == 0 {
			r.chunks = append(r.chunks, make([]line, chunk))
		}
		l := r.at(r.n)
		l.number = int32(p.number)
		r.fill(l, &p.judgement)
		if p.raw != "" {
			l.raw = uint32(len(r.raws))
			r.raws = append(r.raws, p.raw)
		}
		r.n++
		r.claim(r.n - 1)
		r.count(l, 1)
	}
	r.aside = append(r.aside, f.aside...)
	f.pending, f.aside = f.pending[:0], f.aside[:0]
}

// joinCells makes one text of the cells of a line, to keep it.
func joinCells(cells []string) string {
	joined := strings.Join(cells, cellSeparator)
	if strings.Count(joined, cellSeparator) < len(cells) {
		return joined
	}
	clean := make([]string, len(cells)) // a scanner has sent the separator itself
	for i, cell := range cells {
		clean[i] = strings.ReplaceAll(cell, cellSeparator, " ")
	}
	return strings.Join(clean, cellSeparator)
}
