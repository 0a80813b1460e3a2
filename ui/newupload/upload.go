package newupload

import (
	"context"

	"consign/data"
	"consign/data/intake"
	"consign/model"
)

// batches makes of the lists what the register uploads in one act: one upload to the chosen target and, for lists that name the
// customer on every line, one to each of these. A device that two lists have is taken once. The batches stand on the lists, which must
// not change before they are uploaded. Off Fyne's goroutine.
func batches(ctx context.Context, common model.NewUpload, lists []*intake.Review) ([]data.Batch, error) {
	m := merger{common: common, lists: lists, at: map[int64]int{}}
	if len(lists) > 1 {
		m.seen = map[string]bool{}
	}
	for n, r := range lists {
		failed, err := r.Failed(ctx)
		if err != nil {
			return nil, err
		}
		if !r.Layout().Has(intake.CustomerID) {
			b := m.batch(common.TargetID)
			b.Failed = append(b.Failed, failed...)
			m.count(b, r.Counts().Figures())
			for i := range r.Taken() {
				m.add(b, n, i)
			}
			continue
		}
		m.addGroups(n, failed)
	}
	var filled []data.Batch
	for _, b := range m.batches {
		if b.lines.Len() > 0 {
			b.Devices = &b.lines
			filled = append(filled, b.Batch)
		}
	}
	return filled, ctx.Err()
}

// batch is a batch that is being put together.
type batch struct {
	data.Batch
	lines taken
}

// place is where a device stands: in which list, and there on which line.
type place struct{ list, index int32 }

// taken is the lines of lists whose devices go into one upload: 8 bytes for each, where a device takes 150.
type taken struct {
	lists []*intake.Review
	lines []place
}

// Len implements data.DeviceList.
func (t *taken) Len() int { return len(t.lines) }

// Device implements data.DeviceList.
func (t *taken) Device(i int) model.NewDevice {
	line := t.lines[i]
	return t.lists[line.list].Device(int(line.index))
}

// merger puts devices of several lists together by their target.
type merger struct {
	common  model.NewUpload
	lists   []*intake.Review
	batches []*batch
	at      map[int64]int   // place in batches, by target
	seen    map[string]bool // identifiers, when there are several lists
}

func (m *merger) batch(target int64) *batch {
	i, ok := m.at[target]
	if !ok {
		i = len(m.batches)
		m.at[target] = i
		b := &batch{Batch: data.Batch{NewUpload: m.common}, lines: taken{lists: m.lists}}
		b.TargetID = target
		m.batches = append(m.batches, b)
	}
	return m.batches[i]
}

func (m *merger) count(b *batch, f model.Figures) {
	b.Figures.Uploaded += f.Uploaded
	b.Figures.Valid += f.Valid
	b.Figures.Invalid += f.Invalid
	b.Figures.Duplicate += f.Duplicate
}

// add adds the device of a line, unless a list before has it.
func (m *merger) add(b *batch, list, index int) {
	if m.seen != nil {
		d := m.lists[list].Device(index)
		ids := [...]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial}
		for _, id := range ids {
			if id != "" && m.seen[id] {
				b.Figures.Valid--
				b.Figures.Duplicate++
				return
			}
		}
		for _, id := range ids {
			m.seen[id] = true
		}
	}
	b.lines.lines = append(b.lines.lines, place{int32(list), int32(index)})
}

// addGroups adds a list that names the customer on every line. An order number of the list holds where the form has none.
func (m *merger) addGroups(list int, failed []model.FailedLine) {
	r := m.lists[list]
	customer := map[int]string{} // by line number
	for _, i := range r.Indexes(model.Warning, model.DuplicateInFile, model.AlreadyRegistered, model.Rejected) {
		l := r.Line(int(i))
		customer[l.Number] = l.CustomerID
	}
	for _, g := range r.Groups() {
		b := m.batch(g.Account)
		m.count(b, g.Figures)
		if b.OrderNumber == "" && model.CheckOrderNumber(g.OrderNumber) == nil {
			b.OrderNumber = g.OrderNumber
		}
		if b.OrderDate.IsZero() {
			b.OrderDate = g.OrderDate
		}
		for _, f := range failed {
			if customer[f.Line] == g.CustomerID {
				b.Failed = append(b.Failed, f)
			}
		}
		for i := range r.TakenFor(g.CustomerID) {
			m.add(b, list, i)
		}
	}
}
