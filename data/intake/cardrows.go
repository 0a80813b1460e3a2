package intake

import (
	"slices"

	"consign/data/sheet"
	"consign/model"
)

// isCardLine reports a line that is the name of an identifier, a sign, and that identifier alone: cards stand among the rows of
// tables and the lines of mails, too.
func isCardLine(text string, findings []finding) bool {
	if len(findings) != 1 || findings[0].weak || !cardLine.MatchString(bullet.ReplaceAllString(text, "")) {
		return false
	}
	name, value := cardParts(text)
	t := readTitle(name)
	return t.identifies() && t.meaning != Identifier && model.ReadIdentifier(value, findings[0].kind).Value == findings[0].value
}

// isOld reports a line whose name says that its IMEI is that of the device which goes in an exchange: "Defekt: 3519…".
func isOld(text string, findings []finding) bool {
	if len(findings) != 1 {
		return false
	}
	name, _ := cardParts(text)
	t := readTitle(name)
	return t.old && !t.fresh && len(sweepCell(name)) == 0
}

// cardRow reads a row of a table that is a line of a card. It is false for any other, before which a card ends.
func (f *filler) cardRow(row sheet.Row) bool {
	if f.devices > 1 || len(f.judge.layout.Columns) < 2 || !oneCell(row.Cells) || row.Hidden {
		f.endCard()
		return false
	}
	text := lineText(row.Cells, 0)
	findings := sweepCell(text)
	if !isCardLine(text, findings) {
		f.endCard()
		return false
	}
	if f.card == nil {
		f.card = &recorder{f: f, layout: Layout{Shape: Cards}, rows: true}
	}
	f.card.card(row.Line, text, findings)
	return true
}

// endCard hands over the card that is being read among the rows of a table.
func (f *filler) endCard() {
	if f.card != nil {
		f.card.end()
	}
}

// cells are those of the device in the columns of the list: a table gets one for an identifier that it has none for.
func (r *recorder) cells() []string {
	if !r.rows {
		return r.now.cells
	}
	main := &r.f.judge.layout
	cells := make([]string, len(main.Columns), len(main.Columns)+len(recordColumns))
	for i, m := range recordColumns[:textColumn] {
		at := slices.Index(main.Columns, m)
		switch {
		case r.now.cells[i] == "":
		case at >= 0:
			cells[at] = r.now.cells[i]
		case m.identifies():
			main.Columns, cells = append(slices.Clone(main.Columns), m), append(cells, r.now.cells[i])
			r.f.review.mu.Lock()
			r.f.review.judge.layout = *main
			r.f.review.mu.Unlock()
		}
	}
	return cells
}
