package intake

import (
	"regexp"
	"strconv"
	"strings"

	"consign/model"
)

// nature is what a cell is by itself.
type nature uint8

const (
	nothing     nature = iota
	anIMEI             // with its check digit
	halfIMEI           // an IMEI without its check digit, or with a software version
	oddIMEI            // 15 digits with a wrong check digit
	strangeIMEI        // 15 digits that begin as no known IMEI does
	aMEID              //
	aSerial            // of a Samsung phone or tablet
	aCode              // 8 to 20 letters and digits, or many digits
	several            // identifiers, or one within a text
	spoiledIMEI        // a spreadsheet has destroyed the digits, or a digit is missing
	anICCID
	anEID
	anEAN
	aCarton // a GTIN-14
	aMAC
	aGUID
	aModel
	aDate
	anAmount // a price or another number with a point
	aCount
	aWord
	natures
)

// doubts ask about a column that is titled as one of identifiers, by what most of its cells are.
var doubts = [natures]string{
	anIMEI:      "Titled “{{.Title}}”, but it holds IMEIs.",
	halfIMEI:    "Titled “{{.Title}}”, but it holds IMEIs.",
	aMEID:       "Titled “{{.Title}}”, but it holds MEIDs.",
	oddIMEI:     "Titled “{{.Title}}”, but it holds numbers of 15 digits that are no IMEIs.",
	strangeIMEI: "Titled “{{.Title}}”, but it holds numbers of 15 digits that are no IMEIs.",
	aSerial:     "Titled “{{.Title}}”, but it holds serial numbers.",
	aCode:       "Titled “{{.Title}}”, but it holds other numbers.",
	several:     "Titled “{{.Title}}”, but it holds texts with identifiers.",
	spoiledIMEI: "Titled “{{.Title}}”, but it holds damaged numbers.",
	anICCID:     "Titled “{{.Title}}”, but it holds ICCIDs.",
	anEID:       "Titled “{{.Title}}”, but it holds EIDs.",
	anEAN:       "Titled “{{.Title}}”, but it holds EANs.",
	aCarton:     "Titled “{{.Title}}”, but it holds EANs.",
	aMAC:        "Titled “{{.Title}}”, but it holds MAC addresses.",
	aGUID:       "Titled “{{.Title}}”, but it holds GUIDs.",
	aModel:      "Titled “{{.Title}}”, but it holds model codes.",
	aDate:       "Titled “{{.Title}}”, but it holds dates.",
	anAmount:    "Titled “{{.Title}}”, but it holds amounts.",
	aCount:      "Titled “{{.Title}}”, but it holds small numbers.",
	aWord:       "Titled “{{.Title}}”, but it holds words.",
}

var amount = regexp.MustCompile(`^[-+]?[€$£¥]?\s?\d{1,3}(?:[., ' ]?\d{3})*[.,]\d{1,}\s?(?:€|EUR|USD|\$|£|zł|Kč|TL)?$`)

// natureOf tells what a cell is by itself, whatever its column is called.
func natureOf(cell string) nature {
	if isPlaceholder(cell) {
		return nothing
	}
	r := model.ReadIdentifier(cell, model.AnyIdentifier)
	switch {
	case r.Reason == model.LeadingZeroAdded:
		return halfIMEI
	case r.Kind == model.IMEI && r.Verdict == model.Warning:
		if !model.HasReportingBody(r.Value) {
			return strangeIMEI
		}
		return oddIMEI
	case r.Kind == model.IMEI && (r.Reason == model.CheckDigitAdded || r.Reason == model.SoftwareVersionReplaced):
		return halfIMEI
	case r.Kind == model.IMEI:
		return anIMEI
	case r.Kind == model.MEID:
		return aMEID
	case r.Kind == model.SerialNumber && r.Verdict < model.Warning:
		if looksLikeSerial(strings.TrimSpace(cell)) || r.Reason == model.SeparatorsRemoved {
			return aSerial
		}
		if !hasDigit(cell) {
			return aWord
		}
		return aCode
	}
	if n, known := labels[r.Reason]; known {
		return n
	}
	if _, date := ReadDate(strings.TrimSpace(cell)); date || looksLikeDate(cell) {
		return aDate
	}
	if found := sweepCell(cell); len(found) > 0 {
		if at := label.FindStringIndex(cell); at != nil {
			return natureOf(cell[at[1]:])
		}
		if len(found) == 1 && bareLabel.MatchString(cell) {
			return natureOf(found[0].text)
		}
		return several
	}
	text := model.PlainText(cell)
	switch {
	case amount.MatchString(text):
		return anAmount
	case len(text) < 7 && isInteger(text):
		return aCount
	case r.Kind == model.SerialNumber && hasDigit(text):
		return aCode
	case r.Reason == model.HasLetters || looksLikeIdentifier(text) && digitsIn(text) < 18:
		return spoiledIMEI
	case looksLikeIdentifier(text):
		return aCode
	}
	return aWord
}

var labels = map[model.Reason]nature{
	model.IsICCID: anICCID, model.IsEID: anEID, model.IsEAN: anEAN, model.IsGTIN: aCarton,
	model.IsMAC: aMAC, model.IsGUID: aGUID, model.IsModel: aModel,
	model.DigitsDestroyed: spoiledIMEI, model.MEIDOutOfRange: aCode,
}

func isInteger(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

var dateForm = regexp.MustCompile(`^\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?\s*$`)

func looksLikeDate(cell string) bool { return dateForm.MatchString(cell) }

// usualBodies are the reporting bodies with which the IMEIs of today begin, and IMSIs do not.
var usualBodies = []string{"35", "86", "01", "99"}

// column is what the cells of a column are, over a sample.
type column struct {
	count    [natures]int
	filled   int
	distinct int
	usual    int // IMEIs that begin as those of today do, and IMSIs do not
	most     int // the greatest count in it
	title    title
	text     string // of the title
}

// columnsOf reads the cells of a sample.
func columnsOf(rows [][]string, width int) []column {
	columns := make([]column, width)
	seen := make([]map[string]nature, width)
	for _, row := range rows {
		for i, cell := range row[:min(len(row), width)] {
			n, again := seen[i][cell]
			if !again {
				n = natureOf(cell)
			}
			if n == nothing {
				continue
			}
			c := &columns[i]
			c.filled++
			c.count[n]++
			if seen[i] == nil {
				seen[i] = map[string]nature{}
			}
			seen[i][cell] = n
			if n == anIMEI || n == halfIMEI || n == oddIMEI {
				if begins(model.ReadIdentifier(cell, model.IMEI).Value) {
					c.usual++
				}
			}
			if n == aCount {
				v, _ := strconv.Atoi(model.PlainText(cell))
				c.most = max(c.most, v)
			}
		}
	}
	for i := range columns {
		columns[i].distinct = len(seen[i])
	}
	return columns
}

// share is the part of the filled cells that are of some natures.
func (c *column) share(of ...nature) float64 {
	if c.filled == 0 {
		return 0
	}
	n := 0
	for _, k := range of {
		n += c.count[k]
	}
	return float64(n) / float64(c.filled)
}

// mostly is what most of the filled cells are.
func (c *column) mostly() nature {
	best := nothing
	for n := nothing + 1; n < natures; n++ {
		if c.count[n] > c.count[best] {
			best = n
		}
	}
	return best
}

// imeis is how much the column looks like one of IMEIs, from 0 to 1. IMSIs and order numbers of 15 digits have a right check digit
// once in ten; without a title that says so they are IMEIs only where too few stand there to tell.
func (c *column) imeis() float64 {
	good := c.share(anIMEI, halfIMEI)
	switch {
	case c.title.imei:
		return c.share(anIMEI, halfIMEI, oddIMEI, strangeIMEI, spoiledIMEI, several)
	case good >= 0.3:
		return c.share(anIMEI, halfIMEI, oddIMEI, spoiledIMEI, several)
	case c.filled < 3 && !c.title.known:
		return c.share(anIMEI, halfIMEI, oddIMEI)
	}
	return good
}
