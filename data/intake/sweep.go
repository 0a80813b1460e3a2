package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"consign/model"
)

// finding is what looks like a device's identifier in a text.
type finding struct {
	kind     model.IdentifierKind
	text     string // as it stands in the text
	value    string // normalised
	from, to int    // where it stands in the plain text, in bytes
	doubtful bool   // a wrong check digit or an unknown beginning
	weak     bool   // 15 digits that begin as no IMEI does: one number in ten has a right check digit
}

// mayIdentify is the quick look before a sweep: most cells have too few digits, and no word that may be a serial number or a MEID.
func mayIdentify(text string) bool {
	if len(text) < 11 {
		return false
	}
	digits, run, named, wide := 0, 0, false, false
	for i := 0; ; i++ {
		c := byte(' ')
		if i < len(text) {
			c = text[i]
		}
		if isLetterOrDigit(c) {
			run++
			if c <= '9' {
				digits++
			}
			continue
		}
		if run >= 11 && mayBeWord(text[i-run:i]) {
			return true
		}
		run = 0
		named = named || c == ':' || c == '=' || c == '#'
		wide = wide || c == 0xef // digits and letters of double width
		if i >= len(text) {
			break
		}
	}
	return digits >= 14 || wide || named && strings.ContainsAny(text, "sSmM")
}

// mayBeWord reports a word whose length and beginning are those of a serial number or a MEID.
func mayBeWord(w string) bool {
	c := w[0] | 0x20
	return len(w) == 11 && c == 'r' || (len(w) == 14 || len(w) == 15) && c >= 'a' && c <= 'f' || len(w) == 18
}

// plainLine makes digits, letters, blanks and dashes of a text the usual ones, so that identifiers can be looked for.
func plainLine(text string) string {
	for i := 0; ; i++ {
		if i == len(text) {
			return text
		}
		if text[i] >= 0x80 {
			break
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f', r == '\ufeff', r == '\u00ad':
			return -1
		case r >= '\u2010' && r <= '\u2015' || r == '\u2212':
			return '-'
		case r == '\u2018' || r == '\u2019':
			return '\''
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, width.Narrow.String(text))
}

// What looks like an identifier but is none: it is taken out of a text before identifiers are looked for.
var masked = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`), // GUID
	regexp.MustCompile(`\b89\d{2}(?:[ -]?\d{4}){7}\b`),                        // EID
	regexp.MustCompile(`(?i)\b89\d{2}(?:[ -]?\d{4}){3}[ -]?\d{3,4}F?\b`),      // ICCID
	regexp.MustCompile(`(?i)\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b`),           // MAC
	regexp.MustCompile(`\b[A-Za-z_][\w.+-]*@[\w.-]+`),                         // e-mail
}

// iban looks like the number of a bank account, which checks tells from other letters before digits (ISO 13616).
var iban = regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?\b`)

func isIBAN(text string) bool {
	rest := 0
	add := func(digits string) {
		for i := range len(digits) {
			if digits[i] != ' ' {
				rest = (rest*10 + int(digits[i]-'0')) % 97
			}
		}
	}
	add(text[4:])
	add(strconv.Itoa(int(text[0]-'A')+10) + strconv.Itoa(int(text[1]-'A')+10) + text[2:4])
	return rest == 1
}

// run is a stretch of digits between characters that are neither letters nor digits.
type run struct {
	from, to int
	glued    bool // to letters
}

// sweep finds everything in a text that looks like a device's identifier, wherever it stands.
func sweep(text string) []finding {
	if !mayIdentify(text) {
		return nil
	}
	plain := plainLine(text)
	var found []finding
	if digitsIn(plain) < 13 {
		return wordsAt(plain, nil)
	}
	line := []byte(plain)
	for _, m := range masked {
		for _, at := range m.FindAllIndex(line, -1) {
			for i := at[0]; i < at[1]; i++ {
				line[i] = hiddenSign
			}
		}
	}
	for _, at := range iban.FindAllIndex(line, -1) {
		if isIBAN(plain[at[0]:at[1]]) {
			for i := at[0]; i < at[1]; i++ {
				line[i] = hiddenSign
			}
		}
	}
	hidden := string(line)
	runs := runsOf(hidden)
	for i := 0; i < len(runs); {
		if t, n := imeiAt(hidden, runs, i); n > 0 {
			found = append(found, t)
			i += n
			continue
		}
		i++
	}
	found = wordsAt(hidden, found)
	slices.SortFunc(found, func(a, b finding) int { return a.from - b.from })
	return found
}

// sweepCell is sweep for a cell of a table: weak ones are no identifiers there, as order and contract numbers are none.
func sweepCell(cell string) []finding {
	return slices.DeleteFunc(sweep(cell), func(t finding) bool { return t.weak })
}

// sweepLine is sweep for a line of a text, in which a weak one counts if nothing else does.
func sweepLine(text string) []finding {
	all := sweep(text)
	if strong := slices.DeleteFunc(slices.Clone(all), func(t finding) bool { return t.weak }); len(strong) > 0 {
		return strong
	}
	return all
}

// hiddenSign stands where something is masked: what touches it is glued to a word.
const hiddenSign = 'x'

func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// nameAt begins what follows an identifier without a gap: IMEI1:3519…IMEI2:3519…SN:R5….
var nameAt = regexp.MustCompile(`^(?i)(?:imei|meid|sn\s*[:=]|s/n|serial)`)

// runsOf lists the stretches of digits of a text. IMEI351921580053066 is one: the name is glued to it.
func runsOf(text string) []run {
	var runs []run
	for i := 0; i < len(text); {
		if text[i] < '0' || text[i] > '9' {
			i++
			continue
		}
		r := run{from: i}
		for i < len(text) && text[i] >= '0' && text[i] <= '9' {
			i++
		}
		r.to = i
		before := r.from > 0 && isLetterOrDigit(text[r.from-1]) && !(r.from >= 4 && strings.EqualFold(text[r.from-4:r.from], "imei"))
		r.glued = before || r.to < len(text) && isLetterOrDigit(text[r.to]) && !nameAt.MatchString(text[r.to:])
		runs = append(runs, r)
	}
	return runs
}

// groupings are how people write IMEIs: the lengths of the groups of 14, 15 or 16 digits.
var groupings = map[string]bool{
	"f": true, "e": true, "g": true, "266a": true, "2661": true, "86": true, "861": true, "87": true, "6261": true, "69": true, "e1": true,
	"555": true, "33333": true, "4443": true, "266": true, "626": true, "2662": true, "862": true, "6262": true, "e2": true, "77": true,
	"771": true,
}

// imeiAt reads an IMEI that begins with run i. n is how many runs it takes, 0 for none. One whose check digit is right wins over one that
// begins earlier, and so does one in the usual groups: a number in front of it is none of its digits.
func imeiAt(text string, runs []run, i int) (best finding, n int) {
	best, n, sure, usual := imeiFrom(text, runs, i)
	if n == 0 || sure && usual {
		return best, n
	}
	for k := i + 1; k < i+n; k++ {
		if _, _, better, grouped := imeiFrom(text, runs, k); better && (!sure || grouped) {
			return finding{}, 0
		}
	}
	return best, n
}

func imeiFrom(text string, runs []run, i int) (best finding, n int, sure, usual bool) {
	digits, shape := "", ""
	gap := byte(0)
	for k := i; k < len(runs) && k < i+5; k++ {
		r := runs[k]
		if r.glued {
			break
		}
		if k > i {
			between := text[runs[k-1].to:r.from]
			if len(between) != 1 || !strings.Contains(" -/.,", between) || gap != 0 && between[0] != gap {
				break
			}
			gap = between[0]
		}
		length := r.to - r.from
		if len(digits)+length > 16 {
			break
		}
		digits += text[r.from:r.to]
		shape += string("0123456789abcdefg"[length])
		t, certain, ok := imeiOf15(digits, shape, gap)
		if !ok || certain && isCalled(text[:runs[i].from]) {
			continue
		}
		if n == 0 || certain && !sure {
			t.from, t.to = runs[i].from, r.to
			t.text = text[t.from:t.to]
			best, n, sure, usual = t, k-i+1, certain, groupings[shape]
		}
	}
	if n == 1 && shapeOfVersion(text, runs, i+1) {
		best.to = runs[i+1].to
		best.text = text[best.from:best.to]
		n++
	}
	return best, n, sure, usual
}

// isCalled reports the sign of a telephone number at the end of a text; between the words of a message it is none: GIN+BN+3519….
func isCalled(text string) bool {
	return strings.HasSuffix(text, "+") && (len(text) < 2 || !isLetterOrDigit(text[len(text)-2]))
}

// shapeOfVersion reports two digits behind a slash: the software version that phones show with their IMEI.
func shapeOfVersion(text string, runs []run, i int) bool {
	if i >= len(runs) || runs[i].to-runs[i].from != 2 || runs[i].glued || runs[i-1].to-runs[i-1].from != 15 {
		return false
	}
	return strings.TrimSpace(text[runs[i-1].to:runs[i].from]) == "/"
}

// imeiOf15 reads 14, 15 or 16 digits as an IMEI. certain: its check digit is right and it begins as one.
func imeiOf15(digits, shape string, gap byte) (t finding, certain, ok bool) {
	if len(digits) < 14 || gap == '.' && len(shape) == 2 || gap == ',' && shape != "33333" {
		return t, false, false
	}
	usual := groupings[shape]
	reading := model.ReadIdentifier(digits, model.IMEI)
	if reading.Kind != model.IMEI || reading.Verdict == model.Rejected {
		return t, false, false
	}
	t = finding{kind: model.IMEI, value: reading.Value, doubtful: reading.Verdict == model.Warning}
	certain = len(digits) == 15 && reading.Verdict == model.OK
	switch {
	case certain:
		return t, true, usual || len(shape) > 2
	case len(digits) == 15 && !model.HasReportingBody(digits):
		t.weak = true
		return t, false, len(shape) == 1 && reading.Reason == model.UnknownReportingBody
	}
	return t, false, usual
}

// serialOf is the name of a serial number in front of one.
var serialOf = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:s\s?/\s?n|sn|serial(?:\s*(?:no|nr|number|num))?\.?|seriennummer` +
	`|serien-?nr\.?|n[°ºo]?\s*de\s*s[eé]rie|matricola)\s*[:=#]\s*$`)

// wordsAt adds the MEIDs and serial numbers of a text to the IMEIs found in it.
func wordsAt(text string, found []finding) []finding {
	for to := 0; to < len(text); to++ {
		if !isLetterOrDigit(text[to]) {
			continue
		}
		from := to
		for to < len(text) && isLetterOrDigit(text[to]) {
			to++
		}
		if to-from < 8 || to-from > 20 || slices.ContainsFunc(found, func(t finding) bool { return from < t.to && t.from < to }) {
			continue
		}
		if t, ok := wordAt(text, from, to); ok {
			found = append(found, t)
		}
	}
	return found
}

func wordAt(text string, from, to int) (t finding, ok bool) {
	w := text[from:to]
	t = finding{text: w, from: from, to: to}
	switch {
	case looksLikeSerial(w) && foreignName(text[:from]):
		return t, false
	case looksLikeSerial(w):
		t.kind, t.value = model.SerialNumber, strings.ToUpper(w)
		return t, true
	case looksLikeMEID(w):
		r := model.ReadIdentifier(w, model.MEID)
		t.kind, t.value, t.doubtful = model.MEID, r.Value, r.Verdict == model.Warning
		return t, r.Verdict != model.Rejected
	case from > 2 && strings.ContainsAny(text[max(0, from-3):from], ":=#") && hasDigit(w) &&
		serialOf.MatchString(text[max(0, from-30):from]) && !foreignName(text[:from]):
		r := model.ReadIdentifier(w, model.SerialNumber)
		t.kind, t.value, t.doubtful = model.SerialNumber, r.Value, r.Verdict == model.Warning
		return t, r.Verdict != model.Rejected && r.Reason != model.MaybeIMEI
	}
	return t, false
}

// foreignName reports that the name at the end of a text is that of a battery's, SIM's or dock's serial number.
func foreignName(text string) bool {
	name := strings.TrimRight(text[max(0, len(text)-longestTitle):], " :=#")
	if at := strings.LastIndexAny(name, ",;|\t:"); at >= 0 {
		name = name[at+1:]
	}
	t := readTitle(name)
	return t.foreign && t.known // a battery's serial number, and no Galaxy Watch
}

// looksLikeMEID reports 14 or 15 hexadecimal digits with a letter first and enough decimal ones, or the decimal form.
func looksLikeMEID(w string) bool {
	digits := digitsIn(w)
	switch len(w) {
	case 14, 15:
		return digits >= 4 && digits < len(w) && (w[0]|0x20 >= 'a' && w[0]|0x20 <= 'f')
	case 18:
		return digits == 18
	}
	return false
}

// numbered are letters before digits, as offices number what they write: RMA20260118. In a serial number letters stand among the digits.
var numbered = regexp.MustCompile(`(?i)^R(?:(?:MA|EF|EQ|ET|EV|EG|ES|EP|PT|EC|NR|O)[A-Z]{0,3}[0-9]+|FQ[0-9]+|FP[0-9]+|[A-Z][0-9]{9})$`)

// looksLikeSerial reports the serial number of a Samsung phone or tablet: 11 letters and digits, R first. Those without a digit
// among them are one in twenty, and begin with RF or RZ, as no word does.
func looksLikeSerial(w string) bool {
	if len(w) != 11 || w[0]|0x20 != 'r' {
		return false
	}
	digits, capitals := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z':
			capitals++
		case c < 'a' || c > 'z':
			return false
		}
	}
	if digits == 0 {
		return capitals == 11 && (w[1] == 'F' || w[1] == 'Z')
	}
	return !numbered.MatchString(w) && (digits > 1 || capitals+digits == 11)
}
