package intake

import (
	"context"
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
	f := filler{review: r, judge: r.judge, pending: make([]pending, 0, batch)}
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return err
		}
		if row.Line > r.judge.layout.Header {
			f.add(row)
		}
	}
	f.flush()
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
	review  *Review
	judge   judge // of its own: it remembers what it has seen
	pending []pending
	blank   []pending
}

func (f *filler) add(row sheet.Row) {
	p := pending{judgement: f.judge.row(row.Cells, row.Rounded, row.Hidden), number: row.Line}
	switch {
	case p.aside:
		return
	case p.reason == BlankLine:
		f.blank = append(f.blank, p)
		return
	case p.verdict != model.OK:
		p.raw = joinCells(row.Cells)
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
	f.pending = f.pending[:0]
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
