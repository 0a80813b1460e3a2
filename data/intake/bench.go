package intake

import (
	"strings"

	"consign/model"
)

// BenchMode is how the scans on a bench make devices.
type BenchMode uint8

const (
	// OnePerScan makes every scan a device of its own.
	OnePerScan BenchMode = iota
	// OnePerBox joins the scans of a box: IMEI, IMEI 2, MEID and serial number. A serial number closes the box,
	// and so does what cannot be of the same device.
	OnePerBox
)

// Answer is what a scan did.
type Answer uint8

// The answers to a scan.
const (
	NewDevice     Answer = iota // began a device
	SameBox                     // belongs to the device that is being scanned
	BoxClosed                   // completes it: the next scan begins a device
	ScannedBefore               // on the bench already, see Scanned.Box
	NoDevice                    // an EAN, an ICCID or something else that names no device
	Doubtful                    // taken, but the review will warn of its device or of the one before
	Unlike                      // completes a device that has more or fewer IMEIs than the one before
)

// Scanned is what is said of one scan.
type Scanned struct {
	Answer Answer
	Box    int        // index of the device that the scan belongs to, -1 for none
	Reason model.Text // empty when there is nothing to say
}

// Bench is a scan session: a pure state machine of the scans so far. It is not safe for concurrent use.
type Bench struct {
	mode   BenchMode
	scans  []string
	boxes  []reading
	open   bool           // the last box takes more scans
	owners map[string]int // box of an identifier
	imeis  int            // of the box that ended last, -1 before the first
}

// NewBench is an empty scan session.
func NewBench(mode BenchMode) *Bench {
	return &Bench{mode: mode, owners: map[string]int{}, imeis: -1}
}

// Mode is how the scans make devices.
func (b *Bench) Mode() BenchMode { return b.mode }

// Len is how many devices are on the bench.
func (b *Bench) Len() int { return len(b.boxes) }

// Scans are the scans so far, as they came.
func (b *Bench) Scans() []string { return b.scans }

// Device is a device on the bench.
func (b *Bench) Device(index int) model.Identifiers { return b.boxes[index].ids }

// Open reports whether the last device takes more scans.
func (b *Bench) Open() bool { return b.open }

// Scan takes what the scanner typed. An empty scan closes the box.
func (b *Bench) Scan(text string) Scanned {
	text = strings.TrimSpace(text)
	b.scans = append(b.scans, text)
	if text == "" {
		return b.close()
	}
	r := readCell(text, model.AnyIdentifier, false)
	if r.verdict == model.Rejected {
		return Scanned{NoDevice, -1, r.reason.Text()}
	}
	for _, id := range identifiersOf(r.ids) {
		if at, again := b.owners[id]; again {
			if b.open && at == len(b.boxes)-1 {
				return Scanned{ScannedBefore, at, model.Say("Scanned already on this box.")}
			}
			// A label of a neighbour between two of this box leaves it open. A serial number ends a box that was scanned again.
			b.open = b.open && r.ids.Serial == ""
			return Scanned{ScannedBefore, at, model.Say("Scanned already: device {{.Number}}.", "Number", at+1)}
		}
	}
	said := b.put(r)
	if r.verdict == model.Warning {
		said.Answer, said.Reason = Doubtful, r.reason.Text()
	}
	return said
}

// close ends the last box by hand.
func (b *Bench) close() Scanned {
	said := Scanned{Answer: BoxClosed, Box: len(b.boxes) - 1}
	if b.open {
		said.Answer, said.Reason = Doubtful, b.unnumbered()
	}
	b.open = false
	return said
}

// unnumbered ends the last box and says that it has no serial number.
func (b *Bench) unnumbered() model.Text {
	b.imeis = len(identifiersOf(b.boxes[len(b.boxes)-1].ids))
	return model.Say("Device {{.Number}} has no serial number.", "Number", len(b.boxes))
}

// put adds a reading to the open box or to a new one.
func (b *Bench) put(r reading) Scanned {
	said := Scanned{Answer: NewDevice, Box: len(b.boxes)}
	joined := false
	if b.open {
		last := &b.boxes[len(b.boxes)-1]
		if trial := *last; trial.add(r.ids) == 0 {
			*last = worst(trial, r)
			said, joined = Scanned{Answer: SameBox, Box: len(b.boxes) - 1}, true
		} else {
			said.Answer, said.Reason = Doubtful, b.unnumbered()
		}
	}
	if !joined {
		b.boxes = append(b.boxes, r)
	}
	for _, id := range identifiersOf(r.ids) {
		b.owners[id] = said.Box
	}
	b.open = b.mode == OnePerBox && r.ids.Serial == ""
	if joined && !b.open {
		said.Answer = BoxClosed
	}
	if b.mode == OnePerBox && !b.open {
		b.compare(&said)
	}
	return said
}

// compare tells of a box that is not like the one before: a label that was missed joins the labels of two boxes.
func (b *Bench) compare(said *Scanned) {
	ids := b.boxes[said.Box].ids
	n := len(identifiersOf(ids)) - 1
	before := b.imeis
	b.imeis = n
	switch {
	case said.Answer == Doubtful:
	case before < 0 && n == 0:
		said.Answer, said.Reason = Unlike, model.Say("Only a serial number: it closes the box, so it is scanned last.")
	case before >= 0 && n != before:
		said.Answer, said.Reason = Unlike, model.Say("IMEIs on this box: {{.Here}}; on the box before: {{.Before}}. Compare them.", "Here", n, "Before", before)
	}
}

// worst keeps the doubt of any scan of a box.
func worst(have, more reading) reading {
	if more.verdict > have.verdict {
		have.verdict, have.reason = more.verdict, more.reason
	}
	return have
}

// Undo takes back the last scan, whatever it was. It reports whether there was one.
func (b *Bench) Undo() bool {
	if len(b.scans) == 0 {
		return false
	}
	scans := b.scans[:len(b.scans)-1]
	*b = *NewBench(b.mode)
	for _, scan := range scans {
		b.Scan(scan)
	}
	return true
}

// BenchLayout is the layout of a session's Text.
func BenchLayout() Layout { return Layout{Columns: []Meaning{IMEI, IMEI2, MEID, Serial}} }

// Text is the session as a list, to be reviewed like every other: a device on each line, so that their numbers are the same.
func (b *Bench) Text() string {
	var t strings.Builder
	for _, box := range b.boxes {
		t.WriteString(box.ids.IMEI1 + "\t" + box.ids.IMEI2 + "\t" + box.ids.MEID + "\t" + box.ids.Serial + "\n")
	}
	return t.String()
}

func identifiersOf(ids model.Identifiers) []string {
	var all []string
	for _, id := range [...]string{ids.IMEI1, ids.IMEI2, ids.MEID, ids.Serial} {
		if id != "" {
			all = append(all, id)
		}
	}
	return all
}
