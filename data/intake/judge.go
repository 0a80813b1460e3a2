package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"consign/model"
)

// Customers answers which account a customer ID or MSP ID of a bulk list is, among those on the
// reseller's Customers page.
type Customers map[string]int64

// judge gives rows their verdicts by a layout. It knows nothing of other lines.
type judge struct {
	layout    Layout
	bulk      bool      // every line names its customer
	customers Customers // for bulk
	hidden    bool      // take hidden rows
	boxes     bool      // scanned one device per box
	constants Constants // of the list
	seen      bool      // a device has been seen
	noTitles  bool      // a row without an identifier is no title: below the titles no row has one
}

// judgement is what a row is by itself.
type judgement struct {
	reading
	column int  // of the cell that the reason is about, -1 for the whole line
	aside  bool // a total: no line of the list
	tail   bool // a title if no device follows: a page, a greeting
	texts  [len(keptTexts)]string
}

// worse keeps the worst verdict and the first reason for it, but for the one that must not be overlooked.
func (j *judgement) worse(v model.Verdict, why Reason, column int) {
	if v > j.verdict || v == j.verdict && why == maybeIMEI {
		j.verdict, j.reason, j.column = v, why, column
	}
}

// row judges one row.
func (j *judge) row(cells []string, marks marked, hidden bool) judgement {
	var line judgement
	line.column = -1
	if hidden && !j.hidden {
		line.worse(model.Skipped, HiddenRow, -1)
		return line
	}
	named := false // some identifier cell has content
	several, exchange := false, false
	swapped := false // the IMEI 2 stands before the IMEI
	for i, cell := range cells {
		if i >= len(j.layout.Columns) {
			break
		}
		switch m := j.layout.Columns[i]; m {
		case Ignored:
		case IMEI, IMEI2, MEID, Serial, Identifier:
			if isPlaceholder(cell) {
				continue
			}
			named = true
			r := readCell(cell, m.wants(), slices.Contains(marks.rounded, i))
			if m.wants() == model.IMEI && slices.Contains(marks.numbers, i) {
				r = withZero(cell, r)
			}
			line.worse(r.verdict, r.reason, i)
			swapped = swapped || m == IMEI2 && line.ids.IMEI1 == ""
			switch why := line.add(r.ids); why {
			case 0:
			case SameIMEITwice:
				line.worse(model.Fixed, why, i)
			default:
				line.worse(model.Rejected, why, i)
			}
		case OrderNumber:
			order := orderNumber(cell)
			if line.texts[orderText] = order; len(order) > model.LongestOrderNum && model.CheckOrderNumber(order) != nil {
				line.worse(model.Rejected, OrderTooLong, i)
			}
		case Quantity:
			several = several || isSeveral(cell)
		case OldIMEI, OldSerial:
			exchange = exchange || !isPlaceholder(cell)
		default:
			if text, kept := textOf(m); kept {
				line.texts[text] = model.PlainText(cell)
			}
		}
	}
	if swapped && line.ids.IMEI2 != "" {
		line.ids.IMEI1, line.ids.IMEI2 = line.ids.IMEI2, line.ids.IMEI1
	}
	if !named {
		line.worse(model.Rejected, Reason(model.Empty), -1)
	}
	if line.verdict == model.Rejected {
		j.explain(&line, cells, named)
		return line
	}
	j.seen = true
	c := &j.constants
	texts := &line.texts
	texts[modelText], texts[orderText] = cmp.Or(texts[modelText], c.Model), cmp.Or(texts[orderText], c.OrderNumber)
	texts[tagsText] = cmp.Or(texts[tagsText], c.Tags)
	if j.layout.doubt != 0 {
		line.worse(model.Warning, j.layout.doubt, -1)
	}
	if several {
		line.worse(model.Warning, QuantityAbove, -1)
	}
	if exchange {
		line.worse(model.Warning, IsExchange, -1)
	}
	if j.boxes && line.ids.Serial == "" {
		line.worse(model.Warning, NoSerialScanned, -1)
	}
	if j.bulk {
		j.judgeCustomer(&line)
	}
	return line
}

// judgeCustomer checks the customer ID of a line of a bulk list.
func (j *judge) judgeCustomer(line *judgement) {
	column := -1
	for i, m := range j.layout.Columns {
		if m == CustomerID {
			column = i
		}
	}
	if line.texts[customerText] == "" {
		line.worse(model.Rejected, NoCustomerID, column)
		return
	}
	id, unusual, err := model.ReadKnoxID(line.texts[customerText])
	if err != nil {
		line.worse(model.Rejected, WrongCustomerID, column)
		return
	}
	line.texts[customerText] = id
	if _, known := j.customers[id]; !known {
		line.worse(model.Rejected, UnknownCustomer, column)
	} else if unusual {
		line.worse(model.Warning, UnusualCustomerID, column)
	}
}

// explain tells what a row without a device is, if it is not a device gone wrong.
func (j *judge) explain(line *judgement, cells []string, named bool) {
	filled, first := 0, ""
	for _, cell := range cells {
		if text := model.PlainText(cell); text != "" && strings.Trim(text, `"'`) != "" {
			if filled++; filled == 1 {
				first = text
			}
		}
	}
	skip := func(why Reason) {
		line.verdict, line.reason, line.column = model.Skipped, why, -1
	}
	switch {
	case filled == 0:
		skip(BlankLine)
	case isErrorCell(first):
		line.reason = Reason(model.IsErrorCell)
	case strings.HasPrefix(first, "#") || strings.HasPrefix(first, "//"):
		skip(CommentLine)
	case isTotal(cells) && !j.nearIdentifier(cells):
		skip(TitleLine)
		line.aside = true
	case j.headerAgain(cells):
		skip(HeaderAgain)
	case !named && filled == 1 && len(j.layout.Columns) > 1 && !j.noTitles:
		skip(TitleLine)
	case filled == 1 && len(j.layout.Columns) > 1 && dividing.MatchString(first):
		skip(TitleLine)
	case named && filled == 1 && len(j.layout.Columns) > 1 && strings.Contains(first, " ") && digitsIn(first) < 14 &&
		len(sweepCell(first)) == 0:
		line.tail = true
	case j.layout.Header > 0 || line.reason == Reason(model.IsFormula) || line.reason == Reason(model.DigitsDestroyed):
	case !slices.ContainsFunc(cells, hasDigit):
		skip(CommentLine) // the words of a mail around the list
	case !j.seen && !looksLikeIdentifier(first) && strings.Contains(first, " "):
		skip(TitleLine)
	}
}

// isErrorCell reports what a spreadsheet shows instead of a value.
func isErrorCell(text string) bool {
	return strings.HasPrefix(text, "#") && model.ReadIdentifier(text, model.AnyIdentifier).Reason == model.IsErrorCell
}

// nearIdentifier reports a cell in a column of identifiers that may be one gone wrong.
func (j *judge) nearIdentifier(cells []string) bool {
	for i, cell := range cells[:min(len(cells), len(j.layout.Columns))] {
		if j.layout.Columns[i].identifies() && (looksLikeIdentifier(cell) || len(sweepCell(cell)) > 0) {
			return true
		}
	}
	return false
}

// headerAgain reports the header on a later page of a list.
func (j *judge) headerAgain(cells []string) bool {
	if j.layout.Header == 0 {
		return false
	}
	same := 0
	if len(trimRow(cells)) > len(trimRow(j.layout.Titles)) {
		return false // another table's
	}
	for i, title := range j.layout.Titles {
		text := ""
		if i < len(cells) {
			text = cells[i]
		}
		if fold(text) != fold(title) {
			return false
		}
		same++
	}
	return same > 0
}

// total begins a line of sums.
var total = regexp.MustCompile(`(?i)^\W*(?:grand total|sub-?total|totals?|sum|gesamt\w*|zwischensumme|summe|endsumme|somme` +
	`|total g[eé]n[eé]ral|suma|importe total|sammanlagt|totalt|antal\s*[:=]|delsumma|összesen|részösszeg|mindösszesen|итого|подытог|всего` +
	`|разом|yhteensä|välisumma|toplam|celkem|spolu|razem|σύνολο|totale|subtotale|totaal|합계|총계|총\s*수량|소계|合計|総計|小計|計)` +
	`\s*(?:[:=(/-].*|[\d.,]+.*|devices.*|qty.*|quantity.*|menge.*|anzahl.*|pcs.*|st(?:ück|k).*)?$`)

func isTotal(cells []string) bool {
	for _, cell := range cells {
		if len(cell) <= longestTitle && total.MatchString(model.PlainText(cell)) {
			return true
		}
	}
	return false
}

func hasDigit(cell string) bool { return strings.ContainsFunc(cell, unicode.IsDigit) }

// orderNumber is an order number as it is written (domain §3). A spreadsheet's ".0" behind its digits is none of it.
func orderNumber(cell string) string {
	text := model.PlainText(cell)
	if whole, float := strings.CutSuffix(text, ".0"); float && whole != "" && strings.IndexFunc(whole, notDigit) < 0 {
		return whole
	}
	return text
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

// isSeveral reports a quantity above one: "5", "5.0", "5 pcs".
func isSeveral(cell string) bool {
	fields := strings.FieldsFunc(cell, notDigit)
	if len(fields) == 0 || len(fields[0]) > 6 {
		return false
	}
	n, _ := strconv.Atoi(fields[0])
	return n > 1
}
