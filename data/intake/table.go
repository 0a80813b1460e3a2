package intake

import (
	"slices"
	"strings"

	"consign/model"
)

// table is a list as columns, in the making.
type table struct {
	Layout
	rows    [][]string // below the titles
	columns []column
	head    heading
	groups  bool // several devices stand side by side
}

// tableOf reads a sample as a table: what a column holds decides, its title and its neighbours are evidence.
func tableOf(s Sample) *table {
	t := &table{Layout: Layout{Hidden: s.Hidden}, rows: s.Rows, head: headerOf(s.Rows)}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	t.Columns = make([]Meaning, width)
	if t.head.row >= 0 {
		t.Header, t.Titles = s.Lines[t.head.row], t.head.titles
		t.rows = s.Rows[t.head.row+1:]
	}
	t.columns = columnsOf(t.body(), width)
	for i := range t.columns {
		if i < len(t.Titles) {
			t.columns[i].text = t.Titles[i]
			t.columns[i].title = readTitle(t.Titles[i])
		}
	}
	t.assign()
	t.settleIMEIs()
	t.settle(Serial)
	t.settle(MEID)
	t.settleOthers()
	for i := range t.columns {
		c := &t.columns[i]
		odd := c.share(oddIMEI, strangeIMEI) >= 0.5 && c.filled > 2 || c.title.other && c.share(anIMEI) < 0.5
		other := c.title.foreign && c.title.known && c.share(anIMEI) < 0.5 // a word like another's is no evidence against serial numbers
		if t.Columns[i] == Ignored && (odd || other) {
			t.noise = append(t.noise, i)
		}
	}
	t.blank = t.Header > 0 && !slices.ContainsFunc(t.rows, holdsIdentifier)
	return t
}

// body are the rows below the titles that are no titles again, which pages and further tables bring.
func (t *table) body() [][]string {
	var body [][]string
	for _, row := range t.rows {
		if isTitles(row) {
			if !slices.EqualFunc(trimRow(row), trimRow(t.Titles), func(a, b string) bool { return fold(a) == fold(b) }) {
				break // another table
			}
			continue
		}
		body = append(body, row)
	}
	return body
}

// trimRow cuts the empty cells at the end of a row.
func trimRow(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}

// assign gives every column the meaning that its cells and its title say.
func (t *table) assign() {
	var promised []int // by a title that its cells do not keep
	for i := range t.columns {
		c := &t.columns[i]
		if slices.Contains(t.Hidden, i) {
			continue
		}
		m, kept := c.meaning()
		if !kept {
			promised = append(promised, i)
			continue
		}
		t.Columns[i] = m
	}
	found := slices.ContainsFunc(t.Columns, Meaning.identifies)
	for _, i := range promised {
		c := &t.columns[i]
		if !found || c.title.imei && c.share(spoiledIMEI, several, oddIMEI, strangeIMEI) > 0.2 {
			t.Columns[i] = c.title.meaning
			continue
		}
		t.ask(i)
	}
	if !t.Identifies() {
		t.lastResort()
	}
}

// meaning is what a column holds. kept is false where its title promises identifiers and its cells are something else.
func (c *column) meaning() (m Meaning, kept bool) {
	n := &c.title
	serials, meids := c.share(aSerial), c.share(aMEID)
	imeis := c.imeis()
	switch {
	case c.filled == 0:
		return n.meaning, true
	case c.filled < 3 && n.known && (n.meaning == Serial && imeis > 0.5 || n.meaning == IMEI && serials > 0.5):
		return n.meaning, true // too few to say that the title is wrong: the lines say it
	case c.filled < 3 && n.known && n.meaning >= Model && n.meaning <= FailureReason && imeis+serials > 0.5:
		return n.meaning, true // likewise
	case imeis >= 0.5 && serials >= 0.1 && !n.other, imeis+serials+meids >= 0.5 && imeis < 0.9 && serials > 0 && imeis > 0 && !n.foreign:
		return Identifier, true
	case imeis >= 0.5 && !n.other && n.old:
		return OldIMEI, true
	case imeis >= 0.5 && !n.other && n.second:
		return IMEI2, true
	case imeis >= 0.5 && !n.other:
		if n.known && n.meaning == Identifier {
			return Identifier, true
		}
		return IMEI, true
	case n.other:
		return Ignored, true
	case meids >= 0.5 && n.imei:
		return IMEI, true
	case meids >= 0.5:
		return MEID, true
	case serials >= 0.5 && !n.foreign && (!n.known || n.identifies() || n.meaning == Ignored || n.meaning == OldSerial):
		if n.old {
			return OldSerial, true
		}
		if n.known && n.meaning == Identifier {
			return Identifier, true
		}
		return Serial, true
	case !n.known:
		if c.share(aModel) >= 0.5 {
			return Model, true
		}
		return Ignored, true
	case n.identifies():
		return n.meaning, c.keeps()
	case n.meaning == CustomerID && c.filled > 1 && c.share(aCode, aCount, anEAN, spoiledIMEI) == 0:
		return Ignored, true
	}
	return n.meaning, true
}

// keeps reports whether the cells may be what the title promises.
func (c *column) keeps() bool {
	switch c.title.meaning {
	case Serial:
		constant := c.filled > 2 && c.distinct == 1
		return c.share(aCode, aSerial, oddIMEI, strangeIMEI) >= 0.5 && !constant && !(c.title.weak && c.share(aSerial) == 0)
	case MEID:
		return c.share(aMEID) > 0
	}
	return c.share(anIMEI, halfIMEI, aMEID, aSerial) > 0 && c.imeis()+c.share(aSerial, aMEID, aCode) >= 0.3
}

// lastResort finds the column of a list without titles in which identifiers are among other things. Of a list of one column, as
// all labels of a box are, one is enough: no other column can have them.
func (t *table) lastResort() {
	best, most := -1, 0
	for i := range t.columns {
		c := &t.columns[i]
		if slices.Contains(t.Hidden, i) || c.title.known && !c.title.identifies() {
			continue
		}
		n := 0
		for _, like := range []nature{aCarton, anIMEI, halfIMEI, oddIMEI, strangeIMEI, aMEID, aSerial, several, spoiledIMEI} {
			n += c.count[like]
		}
		digits := c.filled - c.count[aWord]
		if n > most && (2*n > digits || len(t.Columns)-len(t.Hidden) == 1) {
			best, most = i, n
		}
	}
	if best < 0 || t.columns[best].count[spoiledIMEI] == most && t.columns[best].share(spoiledIMEI) < 0.5 {
		return
	}
	t.Columns[best] = IMEI
	if t.columns[best].count[aSerial]+t.columns[best].count[several] > 0 {
		t.Columns[best] = Identifier
	}
}

func (t *table) of(m ...Meaning) []int {
	var at []int
	for i, c := range t.Columns {
		if slices.Contains(m, c) {
			at = append(at, i)
		}
	}
	return at
}

// settleIMEIs decides between the columns of IMEIs: a device's two, the old and the new of an exchange, several devices side by side.
func (t *table) settleIMEIs() {
	t.dropRepeated()
	fresh := slices.ContainsFunc(t.of(IMEI, IMEI2), func(i int) bool { return t.columns[i].title.fresh })
	imeis := t.of(IMEI, IMEI2)
	if len(imeis) > 1 { // beside IMEIs, numbers of which few have a right check digit or that begin as IMSIs do are others
		usual := slices.ContainsFunc(imeis, func(i int) bool { return t.columns[i].usual > 0 })
		for _, i := range imeis {
			c := &t.columns[i]
			merged := t.Header > 0 && c.text == "" // below a title over two columns
			good := c.share(anIMEI, halfIMEI)
			if !c.title.imei && c.filled > 0 && (good < 0.5 || usual && c.usual == 0 && !merged && (c.filled < 3 || good < 0.9)) {
				t.Columns[i] = Ignored
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
	if first < 0 {
		first, second = second, -1
	}
	if first >= 0 {
		t.Columns[first] = IMEI
	}
	if second >= 0 {
		t.Columns[second] = IMEI2
		t.doubtPairs(first, second)
	}
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
					if a, b := model.ReadIdentifier(row[i], model.AnyIdentifier), model.ReadIdentifier(row[k], model.AnyIdentifier); a.Value == b.Value {
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
			if t.columns[k].title.identifies() && !t.columns[i].title.identifies() {
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
	groups := 0
	switch {
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
	for m := Model; m <= FailureReason; m++ {
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
	for _, i := range t.of(Quantity) { // of the whole delivery, on every line
		if c := &t.columns[i]; c.filled > 1 && c.distinct == 1 && c.most > 1 || slices.ContainsFunc(titleWords(c.text), isPack) {
			t.Columns[i] = Ignored
		}
	}
}

func isPack(word string) bool {
	return slices.Contains([]string{"carton", "box", "pallet", "karton", "palette", "colis", "caja", "scatola"}, word)
}

// ask notes a column that is not what its title says, or that another one was preferred to.
func (t *table) ask(i int) {
	c := &t.columns[i]
	if c.filled > 0 && c.mostly() != nothing {
		t.Doubts = append(t.Doubts, Doubt{Column: i, Title: c.text, holds: c.mostly()})
	}
}
