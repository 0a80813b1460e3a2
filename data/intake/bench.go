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
	SeveralBoxes                // a code with several devices, see Scanned.Boxes
	ModelScanned                // the model of a device, see Scanned.Box
	ScannedBefore               // on the bench already, see Scanned.Box
	NoDevice                    // an EAN, an ICCID or something else that stands on the box but names no device: it changes nothing
	Unread                      // nothing that a label says
	Garbled                     // came through a keyboard layout or Caps Lock that nobody has checked: not taken
	Doubtful                    // taken, but the review will warn of its device or of the one before
	Unlike                      // completes a device that has more or fewer IMEIs than the one before
)

// Scanned is what is said of one scan.
type Scanned struct {
	Answer Answer
	Box    int        // index of the device that the scan belongs to, the first of several, -1 for none
	Boxes  int        // how many devices a code with several brought
	Fixed  bool       // something was changed, as Reason says
	Reason model.Text // empty when there is nothing to say
}

// Bench is a scan session: a pure state machine of the scans so far. It is not safe for concurrent use.
type Bench struct {
	mode    BenchMode
	scans   []string
	boxes   []LabelDevice
	open    bool           // the last box takes more scans
	owners  map[string]int // box of an identifier
	imeis   int            // of the box that ended last, -1 before the first
	model   string         // for the next box
	checked bool           // the scanner was: what arrives is what it read
	mixed   bool           // some scans may have been put right, others not: none tells of the layout
	layouts []int          // of boards: those that the scans so far may have come through
}

// NewBench is an empty scan session.
func NewBench(mode BenchMode) *Bench {
	b := &Bench{mode: mode, owners: map[string]int{}, imeis: -1}
	b.allLayouts()
	return b
}

func (b *Bench) allLayouts() {
	b.layouts = nil
	for i := range boards() {
		b.layouts = append(b.layouts, i)
	}
}

// mix forgets which layouts the scans so far have ruled out: they may have been put right.
func (b *Bench) mix() {
	b.mixed = true
	b.allLayouts()
}

// Trust says whether the scanner was checked, so that what arrives is what it read.
func (b *Bench) Trust(checked bool) {
	if b.checked && !checked {
		b.mix()
	}
	b.checked = checked
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
	l := ReadLabel(text)
	if garbled := b.garbled(text, l); garbled.Template != "" {
		return Scanned{Answer: Garbled, Box: -1, Reason: garbled}
	}
	switch {
	case l.NoDevice.Template != "":
		return Scanned{Answer: NoDevice, Box: -1, Reason: l.NoDevice}
	case l.Model != "":
		return b.takeModel(l.Model)
	case len(l.Devices) == 0:
		return Scanned{Answer: Unread, Box: -1, Reason: l.Reason}
	case len(l.Devices) > 1:
		said := b.takeSeveral(l)
		if said.Boxes > 0 {
			b.unsure(&said, text, l)
		}
		return said
	}
	d := l.Devices[0]
	if said, again := b.scannedBefore(d); again {
		return said
	}
	said := b.put(d)
	switch {
	case d.verdict == model.Warning:
		said.Answer, said.Reason = Doubtful, d.reason.Text()
	case said.Reason.Template != "":
	case l.Reason.Template != "":
		said.Fixed, said.Reason = true, l.Reason
	case d.verdict == model.Fixed:
		said.Fixed, said.Reason = true, d.reason.Text()
	}
	b.unsure(&said, text, l)
	return said
}

// scannedBefore tells of a device that is on the bench already.
func (b *Bench) scannedBefore(d LabelDevice) (said Scanned, again bool) {
	for _, id := range identifiersOf(d.ids) {
		at, again := b.owners[id]
		switch {
		case !again:
		case b.open && at == len(b.boxes)-1:
			return Scanned{Answer: ScannedBefore, Box: at, Reason: model.Say("Scanned already on this box.")}, true
		default:
			// A label of a neighbour between two of this box leaves it open. A serial number ends a box that was scanned again.
			b.open = b.open && d.ids.Serial == ""
			return Scanned{Answer: ScannedBefore, Box: at, Reason: model.Say("Scanned already: device {{.Number}}.", "Number", at+1)}, true
		}
	}
	return Scanned{}, false
}

// takeModel gives the model to the box that is being scanned, to the one that was just completed without one, or to the next.
func (b *Bench) takeModel(name string) Scanned {
	last := len(b.boxes) - 1
	if last >= 0 && (b.open || b.boxes[last].Model == "") {
		b.boxes[last].setModel(name)
		return Scanned{Answer: ModelScanned, Box: last, Reason: model.Say("The model of device {{.Number}}.", "Number", last+1)}
	}
	b.model = name
	return Scanned{Answer: ModelScanned, Box: -1, Reason: model.Say("The model of the next device.")}
}

// takeSeveral makes a box of every device of a code that is not on the bench yet.
func (b *Bench) takeSeveral(l Label) Scanned {
	said := Scanned{Answer: SeveralBoxes, Box: len(b.boxes), Reason: l.Doubt}
	if b.open {
		said.Answer, said.Reason = Doubtful, b.unnumbered()
	}
	b.open = false
	again := 0
	for _, d := range l.Devices {
		if _, known := b.scannedBefore(d); known {
			again++
			continue
		}
		b.add(d)
		b.open = false
		said.Boxes++
		if d.verdict == model.Warning && said.Reason.Template == "" {
			said.Answer, said.Reason = Doubtful, d.reason.Text()
		}
	}
	b.imeis = -1 // the next box is another kind of thing
	switch {
	case said.Boxes == 0:
		return Scanned{Answer: ScannedBefore, Box: b.owners[identifiersOf(l.Devices[0].ids)[0]],
			Reason: model.Say("All devices of this code were scanned already.")}
	case said.Reason.Template != "":
		said.Answer = Doubtful
	case again > 0:
		said.Answer, said.Reason = Doubtful, model.Say("{{.Count}} devices of this code were scanned already.", "Count", again)
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

// put adds a device to the open box or to a new one.
func (b *Bench) put(d LabelDevice) Scanned {
	said := Scanned{Answer: NewDevice, Box: len(b.boxes)}
	joined := false
	if b.open {
		last := &b.boxes[len(b.boxes)-1]
		if last.join(d) == 0 {
			said, joined = Scanned{Answer: SameBox, Box: len(b.boxes) - 1}, true
		} else {
			said.Answer, said.Reason = Doubtful, b.unnumbered()
		}
	}
	if joined {
		b.own(said.Box)
	} else {
		b.add(d)
	}
	b.open = b.mode == OnePerBox && d.ids.Serial == ""
	if joined && !b.open {
		said.Answer = BoxClosed
	}
	if b.mode == OnePerBox && !b.open {
		b.compare(&said)
	}
	return said
}

// add makes a new box.
func (b *Bench) add(d LabelDevice) {
	if d.Model == "" && b.model != "" {
		d.setModel(b.model)
		b.model = ""
	}
	b.boxes = append(b.boxes, d)
	b.own(len(b.boxes) - 1)
}

func (b *Bench) own(box int) {
	for _, id := range identifiersOf(b.boxes[box].ids) {
		b.owners[id] = box
	}
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
		said.Answer, said.Reason = Unlike, model.Say("IMEIs on this box: {{.Here}}; on the box before: {{.Before}}. Compare them.", "Here", n,
			"Before", before)
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
	checked, mixed := b.checked, b.mixed
	*b = *NewBench(b.mode)
	b.checked, b.mixed = checked, mixed
	for _, scan := range scans {
		b.Scan(scan)
	}
	return true
}

// BenchLayout is the layout of a session's Text.
func BenchLayout() Layout { return Layout{Columns: []Meaning{IMEI, IMEI2, MEID, Serial, Model}} }

// Text is the session as a list, to be reviewed like every other: a device on each line, so that their numbers are the same, and as it
// was scanned where something is to be fixed.
func (b *Bench) Text() string {
	var t strings.Builder
	for _, box := range b.boxes {
		t.WriteString(strings.Join(box.cells[:], "\t") + "\n")
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
