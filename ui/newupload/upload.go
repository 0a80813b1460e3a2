package newupload

import (
	"context"
	"iter"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/intake"
	"consign/model"
	"consign/ui/page"
)

// uploadNow makes the upload, after it has asked about IMEIs that would be left behind.
func (w *draft) uploadNow() { w.review.AskLeftBehind(lang.L("Upload anyway"), w.uploadAsync) }

// takeTags takes the tags of a template, unless there are some.
func (w *draft) takeTags(tags string) {
	if w.order.tags.Text == "" {
		w.order.tags.SetText(tags)
	}
}

// uploadAsync makes the upload: one act, whatever the number of lists and customers.
func (w *draft) uploadAsync() {
	reseller, targetID := w.parties()
	common := model.NewUpload{ResellerID: reseller, TargetID: targetID, UploadedBy: model.As(w.acting.Kind, w.acting.ID)}
	w.order.fill(&common)
	reviews, count := w.review.WholeReviews(), w.review.Counts().Taken
	result := &outcome{target: w.target.chosen}
	w.uploading = true
	page.Act(w.desk, lang.N("Uploading {{.Count}} devices", count, map[string]any{"Count": page.Number(count)}),
		func(ctx context.Context, progress data.Progress) (done model.Done, err error) {
			all, err := batches(ctx, common, reviews)
			if err == nil {
				result.uploads, done, err = w.desk.Register().Uploads().AddAll(ctx, all, progress)
			}
			if err != nil {
				fyne.Do(func() { w.uploading = false })
			}
			return done, err
		}, func(done model.Done) {
			w.uploading, result.done = false, done
			w.showOutcome(result)
		})
}

// batches makes of the lists what the register uploads in one act: one upload to the chosen target and, for lists that name the
// customer on every line, one to each of these. Lines that say other tags go into an upload of their own, as tags are an upload's (domain
// §3). A device that two lists have is taken once. The batches stand on the lists, which must not change before they are uploaded. Off
// Fyne's goroutine.
func batches(ctx context.Context, common model.NewUpload, lists []*intake.Review) ([]data.Batch, error) {
	m := merger{common: common, lists: lists, at: map[batchKey]int{}}
	if len(lists) > 1 {
		m.seen = map[string]bool{}
	}
	for n, r := range lists {
		failed, err := r.Failed(ctx)
		if err != nil {
			return nil, err
		}
		if r.Layout().Has(intake.CustomerID) {
			m.addGroups(n, failed)
			continue
		}
		m.addList(n, common.TargetID, r.Taken(), r.Counts().Figures(), failed)
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

// batchKey is what all devices of an upload have in common.
type batchKey struct {
	target int64
	tags   string // those of the lines, see tagsKey
}

// merger puts devices of several lists together by their target and tags.
type merger struct {
	common  model.NewUpload
	lists   []*intake.Review
	batches []*batch
	at      map[batchKey]int // place in batches
	seen    map[string]bool  // identifiers, when there are several lists
}

func (m *merger) batch(target int64, tags string) *batch {
	key := batchKey{target, tagsKey(tags)}
	i, ok := m.at[key]
	if !ok {
		i = len(m.batches)
		m.at[key] = i
		b := &batch{Batch: data.Batch{NewUpload: m.common}, lines: taken{lists: m.lists}}
		b.TargetID, b.Tags = target, withTags(m.common.Tags, tags)
		m.batches = append(m.batches, b)
	}
	return m.batches[i]
}

// tagsKey is the same for texts that say the same tags, in whatever order.
func tagsKey(text string) string {
	tags := model.ReadTags(text)
	slices.Sort(tags)
	return strings.Join(tags, ",")
}

// withTags are the tags of the whole upload and those that lines say.
func withTags(whole []string, text string) []string {
	if text == "" {
		return whole
	}
	return model.ReadTags(strings.Join(whole, ",") + "," + text)
}

// addList adds the lines of a list that go to one target. What is refused of it counts with the upload of its first line; the one that is
// returned.
func (m *merger) addList(list int, target int64, lines iter.Seq[int], f model.Figures, failed []model.FailedLine) []*batch {
	r := m.lists[list]
	hasTags := r.Holds(intake.Tags)
	var first *batch
	var all []*batch
	for i := range lines {
		tags := ""
		if hasTags {
			tags = r.TagsOf(i)
		}
		b := m.batch(target, tags)
		if first == nil {
			first = b
			m.count(first, f)
			first.Failed = append(first.Failed, failed...)
		}
		if b != first {
			first.Figures.Uploaded--
			first.Figures.Valid--
			b.Figures.Uploaded++
			b.Figures.Valid++
		}
		if !slices.Contains(all, b) {
			all = append(all, b)
		}
		m.add(b, list, i)
	}
	if first == nil { // nothing of the list is taken
		b := m.batch(target, "")
		m.count(b, f)
		b.Failed = append(b.Failed, failed...)
	}
	return all
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
		var own []model.FailedLine
		for _, f := range failed {
			if customer[f.Line] == g.CustomerID {
				own = append(own, f)
			}
		}
		for _, b := range m.addList(list, g.Account, r.TakenFor(g.CustomerID), g.Figures, own) {
			if b.OrderNumber == "" && model.CheckOrderNumber(g.OrderNumber) == nil {
				b.OrderNumber = g.OrderNumber
			}
			if b.OrderDate.IsZero() {
				b.OrderDate = g.OrderDate
			}
		}
	}
}

// mostTagSets is how many different tags the lines of one upload may say: each becomes an upload of its own.
const mostTagSets = 50

// lineTags are the different tags that the lines say which are taken. Their error is the rule that some of them break, or that they are
// too many.
func lineTags(whole []string, lists []*intake.Review) (sets int, err error) {
	seen := map[string]bool{}
	some := false
	for _, r := range lists {
		texts := r.TakenTags()
		some = some || len(texts) > 0
		if len(texts) == 0 && r.Counts().Taken > 0 {
			texts = []string{""}
		}
		for _, text := range texts {
			if key := tagsKey(text); !seen[key] {
				seen[key] = true
				if err == nil {
					err = model.CheckTags(withTags(whole, text))
				}
			}
		}
	}
	switch {
	case !some:
		return 0, nil
	case err == nil && len(seen) > mostTagSets:
		err = model.Fail(model.Invalid,
			"The lines say {{.Count}} different tags; one upload takes {{.Most}}. Fill the column of the tags, or leave it out.",
			"Count", len(seen), "Most", mostTagSets)
	}
	return len(seen), err
}
