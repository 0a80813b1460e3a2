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
	Doubtful                    // taken with a warning that must be confirmed in the review
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
}

// NewBench is an empty scan session.
func NewBench(mode BenchMode) *Bench {
	return &Bench{mode: mode, owners: map[string]int{}}
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
		b.open = false
		return Scanned{BoxClosed, len(b.boxes) - 1, model.Text{}}
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
			b.open = false
			return Scanned{ScannedBefore, at, model.Say("Scanned already: device {{.Number}}.", "Number", at+1)}
		}
	}
	said := b.put(r)
	if r.verdict == model.Warning {
		said.Answer, said.Reason = Doubtful, r.reason.Text()
	}
	return said
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
	return said
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

// Text is the session as a list with a header, to be reviewed like every other.
func (b *Bench) Text() string {
	var t strings.Builder
	t.WriteString("IMEI\tIMEI2\tMEID\tSerial number\n")
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
