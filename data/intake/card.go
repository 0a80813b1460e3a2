package intake

import (
	"slices"

	"consign/data/sheet"
	"consign/model"
)

// takeCards reads a row with cards beside each other. It is false for any other row; an empty one parts the cards beside as it parts the
// first.
func (r *recorder) takeCards(row sheet.Row) bool {
	cards := cardsOf(row.Cells)
	for len(r.beside)+1 < len(cards) {
		r.beside = append(r.beside, &recorder{f: r.f, layout: r.layout})
	}
	if countFilled(row.Cells) == 0 {
		for _, b := range r.beside {
			b.card(row.Line, "", nil)
		}
	}
	if codes := modelCodes.FindAllString(lineText(row.Cells, r.f.separator), 2); len(cards) == 1 && len(codes) == 1 {
		r.note(Model, "beside", codes[0])
	}
	for i, text := range cards {
		to := r
		if i > 0 {
			to = r.beside[i-1]
		}
		to.card(row.Line, text, sweepLine(text))
	}
	return len(cards) > 0
}

// endBeside hands over the devices of the cards beside.
func (r *recorder) endBeside() {
	for _, b := range r.beside {
		b.end()
	}
}

// card reads a line of a card.
func (r *recorder) card(line int, text string, findings []finding) {
	if dividing.MatchString(text) {
		if r.layout.cadence.blocks {
			r.end()
		}
		return
	}
	m, value, known := readCardLine(text)
	name, _ := cardParts(text)
	if m == IMEI && r.layout.cadence.second != "" && fold(name) == r.layout.cadence.second {
		m = IMEI2
	}
	if !known && len(findings) == 1 && isName(name) && len(sweepCell(value)) == 1 {
		if t := readTitle(name); t.foreign || t.paper {
			r.f.unused(line, -1, findings[0], whyBeside)
			return
		}
		m, known = meaningFor[findings[0].kind], true // a name in a language that nobody here knows
	}
	switch {
	case !known && isName(name) && !slices.ContainsFunc(findings, func(t finding) bool { return !t.weak }):
		for _, t := range findings {
			r.f.unused(line, -1, t, whyBeside) // a contract
		}
		if len(findings) == 0 {
			r.loose(line, text, nil)
		}
		return
	case !known:
		r.loose(line, text, findings)
		return
	case m.identifies() || len(findings) == 0:
	case m == Ignored && len(findings) == 1 && findings[0].kind == model.SerialNumber && readTitle(name).maySeries():
		m = Serial
	default:
		for _, t := range findings {
			r.f.unused(line, -1, t, whyBeside)
		}
		return
	}
	if fold(name) == r.layout.cadence.first && !r.now.empty() && (r.now.lines > 0 && !m.identifies()) {
		r.end()
	}
	switch {
	case m == Model || m == OrderNumber:
		r.note(m, fold(name), value)
	case !m.identifies():
	case len(findings) > 0:
		for _, t := range findings {
			first := m == IMEI && !r.now.second || r.layout.cadence.counted // not the second of the same device
			if !r.now.empty() && (r.now.has(t.kind) || t.kind == model.IMEI && r.now.imeis == 1 && len(findings) == 1 && first) {
				r.end()
			}
			r.now.put(line, value, t)
			if r.now.second && m == IMEI {
				r.now.cells[0], r.now.cells[1] = r.now.cells[1], r.now.cells[0]
			}
			if t.kind == model.IMEI {
				r.now.second = m == IMEI2 && r.now.imeis == 1
			}
			if r.now.imeis == 2 && r.layout.cadence.unsure {
				r.now.doubt = TwoIMEIs
			}
		}
	case !isPlaceholder(value) && !says(value) && !isWeak(text):
		if !r.now.empty() && r.now.cells[m-IMEI] != "" {
			r.end()
		}
		r.now.put(line, value, finding{kind: m.wants(), text: value, value: value})
	}
}

// isWeak reports a card's line whose name may be that of a series.
func isWeak(text string) bool {
	name, _ := cardParts(text)
	return readTitle(name).weak
}

// says reports a value that is said of an identifier: "IMEI count: 1", "IMEI status: ok".
func says(value string) bool {
	return slices.Contains([]nature{aWord, aCount, aDate, anAmount}, natureOf(value)) && digitsIn(value) < 9
}

// meaningFor is the meaning of a column of identifiers of a kind.
var meaningFor = map[model.IdentifierKind]Meaning{model.IMEI: IMEI, model.MEID: MEID, model.SerialNumber: Serial}

// recordTexts are what cards say besides identifiers.
var recordTexts = [...]Meaning{Model, OrderNumber}

// note gives the card its model or order number, which may stand before its identifiers. The same name again begins another card; of two
// names the first counts.
func (r *recorder) note(m Meaning, name, value string) {
	which := slices.Index(recordTexts[:], m)
	if r.now.noted[which] == name && !r.now.empty() {
		r.end()
	}
	if r.now.cells == nil {
		r.now.cells = make([]string, len(recordColumns))
	}
	at := slices.Index(recordColumns, m)
	if r.now.noted[which] == "" || r.now.noted[which] == name {
		r.now.cells[at], r.now.noted[which] = value, name
	}
}

// loose reads a line between cards that is none of a card.
func (r *recorder) loose(line int, text string, findings []finding) {
	for _, t := range findings {
		if !r.now.empty() && (r.now.has(t.kind) || t.kind == model.IMEI && r.now.imeis > 0) {
			r.end()
		}
		r.now.put(line, text, t)
	}
	if len(findings) == 0 && cardLine.FindString(text) == "" {
		r.words(line, text)
	}
}
