package intake

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"consign/model"
)

// settleIMEIs decides between the columns of IMEIs: a device's two, the old and the new of an exchange, several devices side by side.
func (t *table) settleIMEIs() {
	t.dropRepeated()
	fresh := slices.ContainsFunc(t.of(IMEI, IMEI2), func(i int) bool { return t.columns[i].title.fresh })
	imeis := t.of(IMEI, IMEI2)
	imeis = t.dropRemarks(imeis)
	if len(imeis) > 1 { // beside IMEIs, numbers of which few have a right check digit or that begin as IMSIs do are others
		usual := slices.ContainsFunc(imeis, func(i int) bool { return t.columns[i].usual > 0 })
		titled := slices.ContainsFunc(imeis, func(i int) bool { return t.columns[i].title.imei })
		whole := slices.ContainsFunc(imeis, func(i int) bool { return t.columns[i].share(anIMEI) >= 0.5 })
		counted := t.countedBeside(imeis) == len(imeis)
		for _, i := range imeis {
			c := &t.columns[i]
			merged := t.Header > 0 && c.text == "" && i > 0 && t.columns[i-1].title.imei                  // below a title over two columns
			good := float64(c.count[anIMEI]+c.count[halfIMEI]) / float64(max(1, c.filled-c.count[aWord])) // but for the word of a total
			if !c.title.imei && !merged && titled && (c.distinct == 1 && c.filled > 1 || good < 0.9) {
				t.Columns[i] = Ignored // a contract, one digit in ten is right
				continue
			}
			if !c.title.imei && whole && c.share(halfIMEI) > 0.5 { // a list writes all IMEIs alike: numbers of parcels
				t.Columns[i] = Ignored
				t.ask(i)
				continue
			}
			if !c.title.imei && c.filled > 0 && !counted && (good < 0.5 || usual && c.usual == 0 && !merged && (c.filled < 3 || good < 0.9)) {
				t.Columns[i] = Ignored
				if c.usual == 0 && c.share(oddIMEI, strangeIMEI) > 0 {
					t.noise = append(t.noise, i)
				}
			}
		}
		imeis = t.of(IMEI, IMEI2)
	}
	switch old := t.of(OldIMEI); {
	case len(old) > 0 && len(imeis) == 0: // only the word: nothing comes for it
		for _, i := range old {
			t.Columns[i] = IMEI
		}
	case fresh && len(old) == 0:
		for _, i := range imeis {
			if !t.columns[i].title.fresh && len(imeis) > 1 {
				t.Columns[i] = OldIMEI
			}
		}
	}
	imeis = t.of(IMEI, IMEI2)
	if len(imeis) > 1 && t.sideBySide(imeis) {
		return
	}
	first, second := -1, -1
	for _, i := range imeis {
		switch {
		case t.columns[i].title.second && second < 0:
			second = i
		case first < 0:
			first = i
		case second < 0:
			second = i
		default:
			t.Columns[i] = Ignored
			t.ask(i)
			continue
		}
	}
	switch {
	case first < 0:
		first, second = second, -1
	case second >= 0 && second < first && t.columns[first].title.known && !t.columns[first].title.imei:
		first, second = second, first // titles that do not stand above what they name
	}
	if first >= 0 {
		t.Columns[first] = IMEI
	}
	if second >= 0 {
		t.Columns[second] = IMEI2
		t.doubtPairs(first, second)
	}
}

// dropRemarks leaves out columns that name other devices here and there: they are titled as something else, and most of their cells are
// empty.
func (t *table) dropRemarks(imeis []int) []int {
	most := 0
	for _, i := range imeis {
		most = max(most, t.columns[i].filled)
	}
	for _, i := range imeis {
		c := &t.columns[i]
		if len(imeis) > 1 && !c.title.imei && (c.title.known || c.text != "") && 2*c.filled <= most {
			t.Columns[i] = Ignored
		}
	}
	return t.of(IMEI, IMEI2)
}

// doubtPairs asks about two columns of IMEIs under the same title and without a serial number, unless they hold twins: two devices may
// stand side by side.
func (t *table) doubtPairs(first, second int) {
	if name := fold(t.columns[first].text); name == "" || name != fold(t.columns[second].text) || len(t.of(Serial)) > 0 {
		return
	}
	if !t.paired(first, second) {
		t.Layout.doubt = TwoIMEIs
	}
}

// counts reports columns that number the devices: together they have each number once, from the first on.
func (t *table) counts(columns ...int) bool {
	seen := map[int]bool{}
	least, most := math.MaxInt, 0
	for _, row := range t.body() {
		for _, i := range columns {
			text := strings.TrimRight(cellOf(row, i), ".)")
			if text == "" {
				continue
			}
			n, err := strconv.Atoi(text)
			if err != nil || seen[n] {
				return false
			}
			seen[n] = true
			least, most = min(least, n), max(most, n)
		}
	}
	return len(seen) > 1 && most-least == len(seen)-1
}

// countedBeside is how many columns number devices that stand side by side, each with as many identifiers; 0 for none.
func (t *table) countedBeside(identifiers []int) int {
	var numbers []int
	for i := range t.columns {
		if c := &t.columns[i]; t.Columns[i] == Ignored && c.filled > 0 && c.share(aCount) == 1 {
			numbers = append(numbers, i)
		}
	}
	n := len(numbers)
	if n < 2 || len(identifiers)%n != 0 || !t.counts(numbers...) {
		return 0
	}
	size := len(identifiers) / n
	for k, i := range numbers {
		if i > identifiers[k*size] || k > 0 && i < identifiers[k*size-1] {
			return 0
		}
	}
	return n
}

// paired reports that the IMEIs of these columns are those of devices, two of each.
func (t *table) paired(at ...int) bool {
	p := t.pairing(at)
	return p.certain() || len(at) == 2 && p.between == 0 && p.twins > 1 && 10*p.twins >= p.imeis
}

// pairing counts the twins in columns of IMEIs.
func (t *table) pairing(at []int) pairing {
	var lines [][]string
	for _, row := range t.body() {
		var imeis []string
		for _, i := range at {
			if i < len(row) {
				if r := model.ReadIdentifier(row[i], model.IMEI); r.Kind == model.IMEI {
					imeis = append(imeis, r.Value)
				}
			}
		}
		if len(imeis) > 0 && (len(at) > 2 || len(imeis) == 2) {
			lines = append(lines, imeis)
		}
	}
	return pairingOf(lines)
}

// dropRepeated leaves out a column that repeats another one: the IMEI as a barcode.
func (t *table) dropRepeated() {
	at := t.of(IMEI, IMEI2, Identifier, Serial, MEID)
	for n, i := range at {
		for _, k := range at[n+1:] {
			if t.Columns[i] == Ignored || t.Columns[k] == Ignored {
				continue
			}
			same, both := 0, 0
			for _, row := range t.rows {
				if i < len(row) && k < len(row) && row[i] != "" && row[k] != "" {
					both++
					a, b := model.ReadIdentifier(row[i], model.AnyIdentifier), model.ReadIdentifier(row[k], model.AnyIdentifier)
					if row[i] == row[k] || a.Value != "" && a.Value == b.Value {
						same++
					}
				}
			}
			if both < 2 || same < both {
				continue
			}
			if t.columns[i].title.identifies() && t.columns[k].title.identifies() && t.columns[k].title.second {
				continue // both IMEIs are the same: that is said of the lines
			}
			meid := t.columns[i].title.meid && t.columns[k].title.imei // the first 14 digits of the IMEI, as CDMA's phones have them
			if meid || t.columns[k].title.identifies() && !t.columns[i].title.identifies() {
				t.Columns[i] = Ignored
			} else {
				t.Columns[k] = Ignored
			}
		}
	}
}

// sideBySide finds several devices on each line: the same columns over and over, each with a serial number or under the
// same titles.
func (t *table) sideBySide(imeis []int) bool {
	var order []int
	shape := ""
	for i, m := range t.Columns {
		switch m {
		case IMEI, IMEI2:
			shape += "I"
		case Serial:
			shape += "S"
		default:
			continue
		}
		order = append(order, i)
	}
	serials := strings.Count(shape, "S")
	second := slices.ContainsFunc(imeis, func(i int) bool { return t.columns[i].title.second })
	groups := t.countedBeside(order)
	switch {
	case groups > 1 && len(shape)/groups <= 3:
	case t.head.groups > 1 && len(shape)%t.head.groups == 0 && len(shape)/t.head.groups <= 3:
		groups = t.head.groups
	case serials > 1 && len(shape)%serials == 0 && strings.Repeat(shape[:len(shape)/serials], serials) == shape && len(shape)/serials <= 3:
		groups = serials
		if second && len(shape)/serials == 2 {
			return false // IMEI, SN, IMEI 2, SN: one device, whose serial number comes twice
		}
	case serials > 0 || len(imeis) < 3:
		return false
	case t.repeatedTitles(imeis, len(imeis)) && !t.paired(imeis...):
		groups = len(imeis)
		if t.pairing(imeis).open() {
			t.Layout.doubt = Consecutive
		}
	case len(imeis)%2 == 0 && t.repeatedTitles(imeis, len(imeis)/2):
		groups = len(imeis) / 2
	}
	if groups < 2 {
		return false
	}
	t.groups = true
	size := len(order) / groups
	for n, i := range order {
		switch {
		case t.Columns[i] == Serial:
		case n%size > 0 && slices.ContainsFunc(order[n-n%size:n], func(k int) bool { return t.Columns[k] == IMEI }):
			t.Columns[i] = IMEI2
		default:
			t.Columns[i] = IMEI
		}
	}
	return true
}

// repeatedTitles reports that the titles of the columns repeat so often.
func (t *table) repeatedTitles(at []int, times int) bool {
	size := len(at) / times
	for n, i := range at {
		name := fold(t.columns[i].text)
		if name == "" || name != fold(t.columns[at[n%size]].text) {
			return false
		}
	}
	return true
}

// settle leaves one column with a meaning that only one can have: the one whose title says so, else the first that holds it.
func (t *table) settle(m Meaning) {
	at := t.of(m)
	if len(at) < 2 || t.groups {
		return
	}
	if m == Serial && t.serialsBeside(at) {
		t.groups = true
		return
	}
	worth := func(i int) float64 {
		c := &t.columns[i]
		if c.filled == 0 {
			return -1 // titles that do not stand above what they name
		}
		w := c.share(aSerial, aMEID)
		if c.title.known && c.title.meaning == m {
			w++
			if !c.title.weak {
				w++
			}
		}
		return w
	}
	best := at[0]
	for _, i := range at {
		if worth(i) > worth(best) {
			best = i
		}
	}
	for _, i := range at {
		if i == best {
			continue
		}
		if worth(i) == worth(best) && t.columns[i].filled == t.columns[best].filled {
			t.Layout.doubt = SeveralSerialColumns
		}
		t.Columns[i] = Ignored
		t.ask(i)
	}
}

// serialsBeside reports columns of serial numbers that are of a device each: under one title, or nothing else stands there.
func (t *table) serialsBeside(at []int) bool {
	for _, i := range at {
		c := &t.columns[i]
		if c.filled > 0 && c.share(aSerial) < 0.9 || fold(c.text) != fold(t.columns[at[0]].text) {
			return false
		}
	}
	return len(t.of(IMEI, IMEI2, MEID, Identifier)) == 0 && (t.columns[at[0]].text != "" || len(at) == len(t.Columns))
}

// settleOthers leaves one column of each meaning that is no identifier's. Of two models the one that is called so counts, then the
// one with model codes, else the first.
func (t *table) settleOthers() {
	for m := Model; m < OldIMEI; m++ {
		at := t.of(m)
		if len(at) < 2 {
			continue
		}
		best := at[0]
		if m == Model {
			worth := func(i int) int {
				switch c := &t.columns[i]; {
				case strings.HasPrefix(fold(c.text), "model"):
					return 2
				case c.share(aModel) >= 0.5:
					return 1
				}
				return 0
			}
			for _, i := range at {
				if worth(i) > worth(best) {
					best = i
				}
			}
		}
		for _, i := range at {
			if i != best {
				t.Columns[i] = Ignored
			}
		}
	}
	if t.wanted == OrderList {
		return
	}
	for _, i := range t.of(Quantity) { // of the whole delivery, on every line
		c := &t.columns[i]
		if c.filled > 1 && c.distinct == 1 && c.most > 1 && !t.inCells() || slices.ContainsFunc(titleWords(c.text), isPack) {
			t.Columns[i] = Ignored
		}
	}
}

// inCells reports rows of several devices each, whose identifiers stand in one cell.
func (t *table) inCells() bool {
	return slices.ContainsFunc(t.body(), func(row []string) bool { return len(t.devicesIn(row)) > 1 })
}

func isPack(word string) bool {
	return slices.Contains([]string{"carton", "box", "pallet", "karton", "palette", "colis", "caja", "scatola"}, word)
}
