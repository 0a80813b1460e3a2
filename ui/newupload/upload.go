package newupload

import (
	"context"

	"consign/data"
	"consign/data/intake"
	"consign/model"
)

// batches makes of the lists what the register uploads in one act: one upload to the chosen target and, for lists that name the
// customer on every line, one to each of these. A device that two lists have is taken once. Off Fyne's goroutine.
func batches(ctx context.Context, common model.NewUpload, lists []*intake.Review) ([]data.Batch, error) {
	m := merger{common: common, at: map[int64]int{}}
	if len(lists) > 1 {
		m.seen = map[string]bool{}
	}
	for _, r := range lists {
		failed, err := r.Failed(ctx)
		if err != nil {
			return nil, err
		}
		if !r.Layout().Has(intake.CustomerID) {
			b := m.batch(common.TargetID)
			b.Failed = append(b.Failed, failed...)
			m.count(b, r.Counts().Figures())
			for d := range r.Take() {
				m.add(b, d)
			}
			continue
		}
		m.addGroups(r, failed)
	}
	var filled []data.Batch
	for _, b := range m.batches {
		if len(b.Devices) > 0 {
			filled = append(filled, *b)
		}
	}
	return filled, ctx.Err()
}

// merger puts devices of several lists together by their target.
type merger struct {
	common  model.NewUpload
	batches []*data.Batch
	at      map[int64]int   // place in batches, by target
	seen    map[string]bool // identifiers, when there are several lists
}

func (m *merger) batch(target int64) *data.Batch {
	i, ok := m.at[target]
	if !ok {
		i = len(m.batches)
		m.at[target] = i
		b := &data.Batch{NewUpload: m.common}
		b.TargetID = target
		m.batches = append(m.batches, b)
	}
	return m.batches[i]
}

func (m *merger) count(b *data.Batch, f model.Figures) {
	b.Figures.Uploaded += f.Uploaded
	b.Figures.Valid += f.Valid
	b.Figures.Invalid += f.Invalid
	b.Figures.Duplicate += f.Duplicate
}

func (m *merger) add(b *data.Batch, d model.NewDevice) {
	if m.seen != nil {
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
	b.Devices = append(b.Devices, d)
}

// addGroups adds a list that names the customer on every line. An order number of the list holds where the form has none.
func (m *merger) addGroups(r *intake.Review, failed []model.FailedLine) {
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
		for d := range r.TakeFor(g.CustomerID) {
			m.add(b, d)
		}
	}
}
