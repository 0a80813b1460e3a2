package intake

import "strings"

// pairing counts what tells the two IMEIs of devices from the numbers of a pallet. IMEIs stand in stretches: those of a line, or all of a
// list with one on each line.
type pairing struct {
	imeis   int
	even    bool // in every stretch
	twins   int  // pairs, counted from the beginning of each stretch, of which both are of one kind
	between int  // the same across the pairs: the last of one and the first of the next
}

func pairingOf(stretches [][]string) (p pairing) {
	p.even = true
	last := ""
	for _, s := range stretches {
		p.even = p.even && len(s)%2 == 0
		for i, imei := range s {
			switch {
			case i%2 == 1 && areTwins(last, imei):
				p.twins++
			case i%2 == 0 && last != "" && areTwins(last, imei):
				p.between++
			}
			last = imei
		}
		p.imeis += len(s)
	}
	return p
}

// certain reports that the pairs are devices: several are twins, and none goes on in the next one as the numbers of a pallet do.
func (p pairing) certain() bool {
	pairs := p.imeis / 2
	return p.even && p.between == 0 && p.twins > 1 && (p.twins == pairs || p.twins > 3 && 3*p.twins >= pairs)
}

// likely reports that they may be.
func (p pairing) likely() bool {
	return p.even && p.between == 0 && p.imeis > 2 && p.twins > 0 && 16*p.twins >= p.imeis
}

// open reports that consecutive numbers may be of one device each, or two of each.
func (p pairing) open() bool {
	return p.even && p.twins+p.between > 0 && 8*(p.twins+p.between) >= p.imeis
}

// pair finds out whether the IMEIs of a list without serial numbers are two of each device.
func (r *cadence) pair(lines []textLine) {
	var one []string // of lines that have one
	var beside [][]string
	plain := true // the lines with one have nothing else
	most := 0
	for _, l := range lines {
		if len(l.findings) == 0 {
			continue
		}
		var s []string
		for _, t := range l.findings {
			s = append(s, t.value)
		}
		most = max(most, len(s))
		plain = plain && l.pure && !l.item
		one, beside = append(one, s...), append(beside, s)
	}
	if most == 1 {
		if r.box(lines) || !plain {
			return // an item of a list is a device
		}
		r.alone = len(one) == 2 && onTwoLines(lines)
		p := pairingOf([][]string{one})
		switch {
		case p.certain(), p.likely():
			r.imeis, r.paired, r.unsure = 2, true, !p.certain()
			r.twins = 10*p.twins >= 9*(p.imeis/2) && !r.unsure
		case p.open():
			r.open = true
		case inTurn(one):
			r.imeis, r.paired, r.unsure = 2, true, true
		}
		return
	}
	p := pairingOf(beside)
	switch {
	case most == 2:
		r.pairs = p.certain() || p.even && p.between == 0 && p.twins > 1 && 10*p.twins >= p.imeis
		r.chained = p.between > 0 || p.twins > 0 && !r.pairs
	case p.certain():
		r.pairs = true
	default:
		r.open = p.open()
	}
}

// inTurn reports IMEIs of two types that take turns: those of the two radios of one kind of phone.
func inTurn(imeis []string) bool {
	if len(imeis) < 6 || len(imeis)%2 > 0 || imeis[0][:8] == imeis[1][:8] {
		return false
	}
	for i, imei := range imeis {
		if imei[:8] != imeis[i%2][:8] {
			return false
		}
	}
	return true
}

// onTwoLines reports a list that is two lines, one below the other.
func onTwoLines(lines []textLine) bool {
	first, last, filled := -1, -1, 0
	for i, l := range lines {
		if l.text != "" {
			if filled++; first < 0 {
				first = i
			}
			last = i
		}
	}
	return filled == 2 && last == first+1
}

// box finds the EANs of boxes between IMEIs: one behind the one or two of each box, or before them.
func (r *cadence) box(lines []textLine) bool {
	behind, before := true, true
	boxes, now, marks, most := 0, 0, 0, 0
	for _, l := range lines {
		switch {
		case len(l.findings) > 0:
			if now++; now == 1 {
				boxes++
				before = before && marks == boxes
			}
			most = max(most, now)
		case isBoxCode(l.text):
			behind = behind && now > 0
			marks++
			now = 0
		}
	}
	behind = behind && now == 0
	if marks == 0 || most > 2 || marks != boxes || !behind && !before {
		return false
	}
	r.boxed, r.imeis = true, most
	return true
}

// isBoxCode reports a line that is an EAN and nothing else.
func isBoxCode(text string) bool {
	_, value := cardParts(text)
	if value == "" {
		value = strings.TrimSpace(text)
	}
	return natureOf(value) == anEAN
}

// itemsWithPairs reports that the lines with two IMEIs are items of a list, as devices are.
func itemsWithPairs(lines []textLine) bool {
	with, pairs, items := 0, 0, 0
	for _, l := range lines {
		p := l.pattern()
		if p == "" {
			continue
		}
		with++
		if l.item {
			items++
		}
		if strings.Count(p, "I") == 2 {
			pairs++
		}
	}
	return pairs > 0 && 10*pairs >= 8*with && items == with
}
