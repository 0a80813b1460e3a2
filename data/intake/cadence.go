package intake

import (
	"regexp"
	"slices"
	"strings"

	"consign/model"
)

// regular reports that IMEIs and serial numbers follow each other as those of devices do.
func (r cadence) regular() bool { return r.serials }

// cadenceOf finds how devices follow each other in the lines of a text.
func cadenceOf(lines []textLine) cadence {
	var all []finding
	var blocks [][]finding
	gap := true
	for _, l := range lines {
		if strings.Trim(l.text, " -_=*") == "" {
			gap = true
			continue
		}
		if len(l.findings) == 0 {
			continue
		}
		if gap {
			blocks = append(blocks, nil)
			gap = false
		}
		blocks[len(blocks)-1] = append(blocks[len(blocks)-1], l.findings...)
		all = append(all, l.findings...)
	}
	r := cadence{imeis: 1, even: true}
	pattern := patternOf(all)
	switch {
	case strings.Contains(pattern, "S") && strings.Contains(pattern, "I"):
		r.serialFirst = pattern[0] == 'S' && pattern[len(pattern)-1] != 'S'
		r.follow(all)
	case len(all) > 0 && strings.Trim(pattern, "I") == "":
		r.pair(lines)
	}
	r.pairs = r.pairs || itemsWithPairs(lines)
	if !r.serials && !r.boxed {
		r.print(lines)
	}
	if !r.serials && !r.boxed && len(blocks) > 1 {
		r.blocks = true
		more := false
		for _, b := range blocks {
			p := patternOf(b)
			more = more || len(p) > 1
			r.blocks = r.blocks && strings.Count(p, "I") <= 2 && strings.Count(p, "S") <= 1 && strings.Count(p, "M") <= 1
		}
		r.blocks = r.blocks && more
		r.partedIn(blocks)
	}
	return r
}

// follow takes a list with serial numbers apart at them, and decides whether each has its IMEIs.
func (r *cadence) follow(all []finding) {
	count := [4]int{} // devices with so many IMEIs
	strays, imeis, twins, pairs := 0, 0, 0, 0
	var last finding
	end := func() {
		if count[min(imeis, 3)]++; imeis == 0 || imeis > 2 {
			strays++
		}
		imeis = 0
	}
	for i, t := range all {
		if t.kind == model.SerialNumber {
			if !r.serialFirst || i > 0 {
				end()
			}
			continue
		}
		if imeis++; imeis == 2 {
			pairs++
			if areTwins(last.value, t.value) {
				twins++
			}
		}
		last = t
	}
	if r.serialFirst {
		end()
	} else if imeis > 0 {
		strays++
	}
	devices := count[0] + count[1] + count[2] + count[3]
	r.serials = 5*strays <= devices
	if count[2] > count[1] {
		r.imeis, r.lone = 2, devices == 1
	}
	r.even = 5*count[r.imeis] >= 4*devices
	r.twins = pairs > 2 && 10*twins >= 9*pairs
}

// areTwins reports two IMEIs as the two of one phone: the same serial part under another type, or the same type and the next number.
func areTwins(a, b string) bool {
	if len(a) != 15 || len(b) != 15 {
		return false
	}
	if a[:8] != b[:8] {
		return a[:4] == b[:4] && a[8:14] == b[8:14]
	}
	x, y := imeiNumber(a[8:14]), imeiNumber(b[8:14])
	return x != y && x+10 >= y && y+10 >= x
}

// thirdIMEI is a name that counts devices: none has three IMEIs.
var thirdIMEI = regexp.MustCompile(`(?i)^[\s>*]*(?:imei *(?:no\.?|nr\.?|#)? *(?:[3-9]|\d\d)\s*[:=]` +
	`|[(\[]?(?:[3-9]|\d\d)[.)\]:]{1,2}\s*imei\b)`)

// cards finds what cards begin with, and whether the blank lines stand between them or within.
func (r *cadence) cards(lines []textLine, separator byte) {
	imeis, serials, blocks := 0, 0, 0
	pattern := ""
	var names []string // of IMEIs
	for i, l := range lines {
		text := l.card(separator)
		m, _, known := readCardLine(text)
		name, _ := cardParts(text)
		if known && r.first == "" {
			r.first = fold(name)
		}
		if known && m == IMEI && len(l.findings) == 1 {
			names = append(names, fold(name))
		}
		if known && m == IMEI && (thirdIMEI.MatchString(l.text) || thirdIMEI.MatchString(bullet.ReplaceAllString(l.text, ""))) {
			r.counted = true
		}
		pattern += l.pattern()
		if i+1 < len(lines) && !dividing.MatchString(l.text) {
			continue
		}
		switch {
		case pattern == "":
			continue
		case strings.Trim(pattern, "S") == "":
			serials++
		case !strings.Contains(pattern, "S"):
			imeis++
		}
		blocks++
		pattern = ""
	}
	if !r.counted {
		r.second = secondName(names)
		r.unsure = len(names) == 1 && len(lines) > 0 && loneItems(lines)
	}
	r.blocks = !(blocks > 1 && 5*serials >= 2*blocks && 5*imeis >= 2*blocks)
}

// secondName is the second of two names that take turns, as those of a device's two IMEIs do; empty for any others.
func secondName(names []string) string {
	if len(names) < 2 || len(names)%2 > 0 || names[0] == names[1] {
		return ""
	}
	for i, name := range names {
		if name != names[i%2] {
			return ""
		}
	}
	return names[1]
}

// partedIn finds out whether blank lines part the two IMEIs of each device from those of the next. It is likely only, unless they are
// twins.
func (r *cadence) partedIn(blocks [][]finding) {
	if twins, pairs := twinsIn(blocks); pairs {
		r.parted, r.imeis, r.unsure = true, 2, 2*twins < len(blocks)
	}
}

// twinsIn counts the twins in blocks of identifiers. pairs tells that each has two IMEIs and nothing else.
func twinsIn(blocks [][]finding) (twins int, pairs bool) {
	for _, b := range blocks {
		if patternOf(b) != "II" {
			return 0, false
		}
		if areTwins(b[0].value, b[1].value) {
			twins++
		}
	}
	return twins, len(blocks) > 0
}

// pairsBelow reports that two IMEIs, one below the other, are of one device.
func (r cadence) pairsBelow() bool { return r.printed || r.paired && !r.unsure }

// print finds devices of two IMEIs, one below the other, that lines of other words part: the cells of a printed table, one on each line.
func (r *cadence) print(lines []textLine) {
	var parts [][]finding
	gap := true
	words, most := 0, 0 // lines between
	for _, l := range lines {
		if len(l.findings) > 0 && len(parts) > 0 {
			most = max(most, words)
			words = 0
		}
		switch {
		case len(l.findings) == 0 && l.text == "":
		case len(l.findings) == 0:
			gap = true
			words++
		case gap:
			parts, gap = append(parts, l.findings), false
		default:
			parts[len(parts)-1] = append(slices.Clone(parts[len(parts)-1]), l.findings...)
		}
		if len(l.findings) > 1 {
			return
		}
	}
	if twins, pairs := twinsIn(parts); pairs && len(parts) > 1 && (len(parts) > 2 || most > 1 || twins == len(parts)) {
		r.paired, r.printed, r.open = true, true, false
		r.partedIn(parts)
	}
}

// loneItems reports "1. IMEI" and "2. IMEI" once each, without a serial number and not as twins: two devices, or the two of one.
func loneItems(lines []textLine) bool {
	var imeis []string
	first, second := false, false
	for _, l := range lines {
		first = first || firstItem.MatchString(l.text)
		second = second || secondItem.MatchString(l.text)
		for _, t := range l.findings {
			if t.kind != model.IMEI {
				return false
			}
			imeis = append(imeis, t.value)
		}
	}
	return first && second && len(imeis) == 2 && !areTwins(imeis[0], imeis[1])
}
