package intake

import (
	"fmt"
	"hash/maphash"
	"strconv"

	"consign/model"
)

// line is what a review keeps of a line: a million of them are 88 MB.
type line struct {
	imei1, imei2, meid uint64
	serial             string
	device             int64 // of the register that has an identifier, 0 if none
	number             int32 // in the file
	first              int32 // index of the earlier line with an identifier, -1 if none
	raw                uint32
	words              [len(keptTexts)]uint32 // places of its texts in the review's words
	column             int16                  // of the cell that the reason is about, -1 for the whole line
	own                model.Verdict
	reason             Reason
	marks              mark
}

type mark uint8

const (
	confirmed mark = 1 << iota // a warning that a person has confirmed
	leftOut                    // by a person
	edited                     // by a person
	asked                      // Set has asked the register while it was being asked for all lines
)

// verdict is what is said of the line in its list and register.
func (l *line) verdict() model.Verdict {
	switch {
	case l.own >= model.Rejected:
		return l.own
	case l.first >= 0:
		return model.DuplicateInFile
	case l.device != 0:
		return model.AlreadyRegistered
	}
	return l.own
}

// taken reports whether the line's device is to be uploaded.
func (l *line) taken() bool {
	if l.marks&leftOut != 0 {
		return false
	}
	v := l.verdict()
	return v < model.Warning || v == model.Warning && l.marks&confirmed != 0
}

// waits reports a warning that ConfirmAll confirms. What may be an IMEI in the place of a serial number wants a look of its own.
func (l *line) waits() bool {
	return l.verdict() == model.Warning && l.marks&(confirmed|leftOut) == 0 && l.reason != maybeIMEI
}

// claims reports whether the line's identifiers make later lines duplicates.
func (l *line) claims() bool { return l.own < model.Rejected && l.marks&leftOut == 0 }

func (l *line) identifiers() model.Identifiers {
	ids := model.Identifiers{IMEI1: imeiText(l.imei1), IMEI2: imeiText(l.imei2), Serial: l.serial}
	if l.meid != 0 {
		ids.MEID = fmt.Sprintf("%014X", l.meid)
	}
	return ids
}

func (l *line) setIdentifiers(ids model.Identifiers) {
	l.imei1, l.imei2 = imeiNumber(ids.IMEI1), imeiNumber(ids.IMEI2)
	l.meid, _ = strconv.ParseUint(ids.MEID, 16, 64)
	l.serial = ids.Serial
}

// imeiNumber is an IMEI as a number. No IMEI is 0.
func imeiNumber(s string) uint64 {
	n := uint64(0)
	for i := range len(s) {
		n = n*10 + uint64(s[i]-'0')
	}
	return n
}

func imeiText(n uint64) string {
	if n == 0 {
		return ""
	}
	var b [15]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:])
}

var serialSeed = maphash.MakeSeed()

// keys are what must be unique in a list: both IMEIs alike, MEID and serial number. Serial numbers
// are hashed; who finds one compares.
func (l *line) keys(buf *[4]uint64) []uint64 {
	keys := buf[:0]
	if l.imei1 != 0 {
		keys = append(keys, l.imei1)
	}
	if l.imei2 != 0 {
		keys = append(keys, l.imei2)
	}
	if l.meid != 0 {
		keys = append(keys, l.meid|1<<62)
	}
	if l.serial != "" {
		keys = append(keys, maphash.String(serialSeed, l.serial)|1<<63)
	}
	return keys
}

// shares reports whether two lines have an identifier in common.
func (l *line) shares(o *line) bool {
	return l.imei1 != 0 && (l.imei1 == o.imei1 || l.imei1 == o.imei2) ||
		l.imei2 != 0 && (l.imei2 == o.imei1 || l.imei2 == o.imei2) ||
		l.meid != 0 && l.meid == o.meid || l.serial != "" && l.serial == o.serial
}
