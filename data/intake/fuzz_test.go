package intake

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"consign/data/sheet"
	"consign/model"
)

// FuzzIntake reads any text as a list and checks what holds for every one: line numbers rise, the figures
// add up, every device that is taken has identifiers that read as themselves.
func FuzzIntake(f *testing.F) {
	for _, s := range []string{
		"IMEI 1,IMEI 2,Serial\n351801427756156,,R5X477CVWFC\n", "351921580053066\nR5X477CVWFC\n", "Titel\n\nIMEI;Menge\n3,51E+14;1\nSumme;1\n",
		"IMEI: 351921580053066 / 490154203237518\n", "顧客ID\tIMEI番号\t注文日\n4600001586\t351921580053066\t2026年11月15日\n", "=cmd|' /C calc'!A0",
		"IMEI\n\u200b３５１\u00a0\n#x\n",
	} {
		f.Add(s, byte(0))
	}
	for seed := range uint64(66) {
		o := office{rand.New(rand.NewPCG(seed, 99))}
		names := slices.Sorted(maps.Keys(kinds))
		text, _ := kinds[names[int(seed)%len(names)]](o)
		f.Add(text, byte(seed))
	}
	f.Fuzz(func(t *testing.T, text string, correction byte) {
		file, err := sheet.FromText(text)
		if err != nil {
			return
		}
		ctx := context.Background()
		index, sample, err := Find(ctx, file)
		if err != nil {
			return
		}
		layout := Recognise(sample)
		layout.Fingerprint()
		if !layout.Identifies() && len(layout.Columns) > 0 {
			columns := make([]Meaning, len(layout.Columns))
			columns[int(correction)%len(columns)] = Identifier
			layout = layout.Corrected(columns)
		}
		r := NewReview(Options{Layout: layout, Bulk: layout.Has(CustomerID), Customers: Customers{"4600001586": 1}})
		if err := r.Read(ctx, file, index); err != nil {
			if model.CodeOf(err) == model.Internal {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		check := func() {
			c, taken := r.Counts(), 0
			for range r.Taken() {
				taken++
			}
			sum := 0
			for _, n := range c.Verdicts {
				sum += n
			}
			if sum != r.Len() || c.Lines != r.Len() || taken != c.Taken {
				t.Fatalf("figures do not add up: %+v, %d lines, %d taken", c, r.Len(), taken)
			}
		}
		check()
		closes(t, file, index, r)
		last := 0
		for i := range r.Len() {
			l := r.Line(i)
			if l.Number < last {
				t.Fatalf("line %d follows line %d", l.Number, last)
			}
			last = l.Number
			for _, id := range identifiersOf(l.Device.Identifiers) {
				if l.Verdict <= model.Fixed && model.ReadIdentifier(id, model.AnyIdentifier).Value != id {
					t.Fatalf("line %d: %q reads as something else", l.Number, id)
				}
			}
		}
		if r.Len() > 0 && len(layout.Columns) > 0 {
			i := int(correction) % r.Len()
			if err := r.Set(ctx, i, int(correction)%len(layout.Columns), text[:min(len(text), 20)]); err != nil {
				t.Fatal(err)
			}
			r.LeaveOutAll([]int{i}, correction%2 == 0)
			r.ConfirmAll()
			check()
		}
		for _, cells := range sample.Rows {
			for _, cell := range cells {
				meaningOf(cell)
				if d, ok := ReadDate(cell); ok && (d.Year() < 0 || d.Year() > 9999) {
					t.Fatalf("%q is the date %v", cell, d)
				}
			}
		}
	})
}

// closes fails when something in the file that looks like a device's identifier is neither in a line with a verdict nor listed
// as not used.
func closes(t *testing.T, file *sheet.File, index int, r *Review) {
	var told strings.Builder
	for i := range r.Len() {
		if l := r.Line(i); l.Verdict != model.Skipped {
			told.WriteString(strings.Join(identifiersOf(l.Device.Identifiers), " ") + " ")
			for _, c := range l.Cells {
				for _, f := range sweep(c) {
					told.WriteString(f.value + " ")
				}
			}
		}
	}
	unused, total := r.Unused()
	if total > len(unused) {
		return
	}
	for _, u := range unused {
		for _, f := range sweep(u.Text) {
			told.WriteString(f.value + " ")
		}
		told.WriteString(strings.ToUpper(u.Text) + " ")
	}
	layout := r.Layout()
	rows := file.Rows(context.Background(), index)
	if r.judge.layout.Shape != Table && layout.Shape != Transposed {
		rows = file.Lines(context.Background(), index)
	}
	for row, err := range rows {
		if err != nil {
			return
		}
		for column, cell := range row.Cells {
			if slices.Contains(layout.noise, column) {
				continue
			}
			found := sweepCell(cell)
			if len(row.Cells) == 1 {
				found = sweepLine(cell)
			}
			for _, f := range found {
				if !f.weak && !strings.Contains(told.String(), f.value) {
					t.Fatalf("line %d, column %d: nothing is said of %s (%q), read as %s", row.Line, column, f.value, cell, layout.Shape)
				}
			}
		}
	}
}

// FuzzBench scans any lines in any mode and takes them back.
func FuzzBench(f *testing.F) {
	f.Add("8806095067890\n356938038361516\nR5WEY23L8EJ\n\n356938038361516", true)
	f.Fuzz(func(t *testing.T, scans string, perBox bool) {
		mode := OnePerScan
		if perBox {
			mode = OnePerBox
		}
		b := NewBench(mode)
		for _, scan := range strings.SplitN(scans, "\n", 50) {
			if said := b.Scan(scan); said.Box >= b.Len() {
				t.Fatalf("device %d of %d", said.Box, b.Len())
			}
		}
		seen := map[string]bool{}
		for i := range b.Len() {
			ids := identifiersOf(b.Device(i))
			if len(ids) == 0 {
				t.Fatalf("device %d has no identifier", i)
			}
			for _, id := range ids {
				if seen[id] {
					t.Fatalf("%s is on the bench twice", id)
				}
				seen[id] = true
			}
		}
		for b.Undo() {
		}
		if b.Len() != 0 {
			t.Fatal("undo left a device")
		}
	})
}
