package intake

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"consign/data/sheet"
	"consign/model"
)

// Taken gives the indexes of the lines whose devices are to be uploaded, in the order of the list. The review must not change
// meanwhile.
func (r *Review) Taken() iter.Seq[int] {
	return r.taken(func(*line) bool { return true })
}

// TakenFor is Taken for the lines of a bulk list that go to one customer, by its Knox ID.
func (r *Review) TakenFor(customerID string) iter.Seq[int] {
	r.mu.RLock()
	place, known := r.places[customerID]
	r.mu.RUnlock()
	return r.taken(func(l *line) bool { return known && l.words[customerText] == place })
}

func (r *Review) taken(wanted func(*line) bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range r.Len() {
			r.mu.RLock()
			l := r.at(i)
			take := l.taken() && wanted(l)
			r.mu.RUnlock()
			if take && !yield(i) {
				return
			}
		}
	}
}

// TagsOf is what the line at index says in its column of tags.
func (r *Review) TagsOf(index int) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.words[r.at(index).words[tagsText]]
}

// TakenTags lists what the lines that are taken say in their column of tags, each text once; empty among them stands for
// lines that say nothing. A list that has no tags at all gives none.
func (r *Review) TakenTags() []string {
	if !r.Holds(Tags) {
		return nil
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	var texts []string
	seen := map[uint32]bool{}
	for i := range r.n {
		if l := r.at(i); l.taken() && !seen[l.words[tagsText]] {
			seen[l.words[tagsText]] = true
			texts = append(texts, r.words[l.words[tagsText]])
		}
	}
	return texts
}

// WithoutModel lists the indexes of the lines that are taken and say no model.
func (r *Review) WithoutModel() (indexes []int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for i := range r.n {
		if l := r.at(i); l.taken() && r.words[l.place(Model)] == "" {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// Device makes the device of the line at index.
func (r *Review) Device(index int) model.NewDevice {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.device(r.at(index))
}

// device is the line's device. The caller holds the lock.
func (r *Review) device(l *line) model.NewDevice {
	d := model.NewDevice{Identifiers: l.identifiers()}
	for i, text := range keptTexts {
		if text.of != nil {
			*text.of(&d) = r.words[l.words[i]]
		}
	}
	return d
}

// Group is the part of a bulk list that goes to one customer: one upload.
type Group struct {
	CustomerID  string
	Account     int64
	Devices     int // to be uploaded
	Figures     model.Figures
	OrderNumber string    // that all its devices have; empty if they differ
	OrderDate   time.Time // likewise
}

// Groups parts a bulk list by customer, in the order in which they come. Lines without a known customer
// are in none.
func (r *Review) Groups() []Group {
	r.mu.RLock()
	defer r.mu.RUnlock()
	at := map[uint32]int{}
	var groups []Group
	var orders, dates []uint32
	for i := range r.n {
		l := r.at(i)
		account, known := r.judge.customers[r.words[l.words[customerText]]]
		if !known || l.own == model.Skipped {
			continue
		}
		g, ok := at[l.words[customerText]]
		if !ok {
			g = len(groups)
			at[l.words[customerText]] = g
			groups = append(groups, Group{CustomerID: r.words[l.words[customerText]], Account: account})
			orders, dates = append(orders, l.words[orderText]), append(dates, l.words[dateText])
		}
		figures := &groups[g].Figures
		figures.Uploaded++
		switch v := l.verdict(); {
		case l.taken():
			groups[g].Devices++
			figures.Valid++
		case v == model.DuplicateInFile || v == model.AlreadyRegistered:
			figures.Duplicate++
		default:
			figures.Invalid++
		}
		if orders[g] != l.words[orderText] {
			orders[g] = 0
		}
		if dates[g] != l.words[dateText] {
			dates[g] = 0
		}
	}
	for g := range groups {
		groups[g].OrderNumber = r.words[orders[g]]
		groups[g].OrderDate, _ = ReadDate(r.words[dates[g]])
	}
	return groups
}

// refused gives the lines that are not taken, but for those skipped, with their full reasons.
func (r *Review) refused(ctx context.Context) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		indexes := r.Indexes(model.Warning, model.DuplicateInFile, model.AlreadyRegistered, model.Rejected)
		for part := range slices.Chunk(indexes, batch) {
			var lines []Line
			for _, index := range part {
				if l := r.Line(int(index)); l.Verdict != model.Warning || !l.Confirmed {
					lines = append(lines, l)
				}
			}
			if err := cmp.Or(ctx.Err(), r.Explain(ctx, lines)); err != nil {
				yield(Line{}, err)
				return
			}
			for _, l := range lines {
				if !yield(l, nil) {
					return
				}
			}
		}
	}
}

// Failed lists the lines that give no device, with their reasons; without those that are skipped or left out.
func (r *Review) Failed(ctx context.Context) (failed []model.FailedLine, err error) {
	for l, err := range r.refused(ctx) {
		if err != nil {
			return nil, err
		}
		if !l.LeftOut {
			failed = append(failed, model.FailedLine{Line: l.Number, Value: l.value(r.judge.layout), Reason: l.Reason})
		}
	}
	return failed, nil
}

// value is what stood in the line as its identifier.
func (l Line) value(layout Layout) string {
	if l.Column >= 0 && l.Column < len(l.Cells) {
		return l.Cells[l.Column]
	}
	for i, m := range layout.Columns {
		if m.identifies() && i < len(l.Cells) && l.Cells[i] != "" {
			return l.Cells[i]
		}
	}
	return l.Device.First()
}

// SaveRejected writes the lines that are not taken, but for those skipped, to path: in the layout of the original with one more column,
// Reason, so that the corrected file comes back in. It returns how many lines it wrote.
func (r *Review) SaveRejected(ctx context.Context, path string, say func(model.Text) string) (int, error) {
	layout := r.judge.layout
	table := sheet.Table{Name: FailureReason.String(), Format: sheet.FormatOf(path), Separator: r.separator}
	titled := layout.Header > 0
	for i := range layout.Columns {
		title := ""
		switch {
		case titled && i < len(layout.Titles):
			title = layout.Titles[i]
		case !titled && layout.Columns[i] != Ignored:
			title = layout.Columns[i].String()
		}
		table.Columns = append(table.Columns, sheet.Column{Title: title})
	}
	reason := slices.IndexFunc(table.Columns, func(c sheet.Column) bool {
		m, _ := meaningOf(c.Title)
		return m == FailureReason
	})
	if reason < 0 {
		reason = len(table.Columns)
		table.Columns = append(table.Columns, sheet.Column{Title: FailureReason.String()})
	}
	w, err := sheet.Create(path, table)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	for l, err := range r.refused(ctx) {
		if err != nil {
			return 0, err
		}
		cells := make([]string, max(reason+1, len(l.Cells)))
		copy(cells, l.Cells)
		cells[reason] = say(l.Reason)
		if err := w.Write(cells); err != nil {
			return 0, err
		}
	}
	return w.Rows(), w.Commit(ctx)
}
