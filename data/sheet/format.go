package sheet

import (
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// numberFormat is what a cell style does to a number, as far as it matters for its meaning.
type numberFormat struct {
	date  bool
	zeros int // so many digits are shown at least: 15 by 000000000000000 and 00-000000-000000-0
}

// readFormats reads the number format of every cell style.
func (b *workbook) readFormats(part string) error {
	custom := map[string]numberFormat{}
	inCells := false
	return b.elements(part, maxSmallPart, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = formatOf(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if !inCells {
				break
			}
			id := attr(e, "numFmtId")
			format, ok := custom[id]
			if n, _ := strconv.Atoi(id); !ok && isBuiltInDate(n) {
				format.date = true
			}
			b.formats = append(b.formats, format)
		}
		return nil
	})
}

func (b *workbook) format(style int) numberFormat {
	if style < 0 || style >= len(b.formats) {
		return numberFormat{}
	}
	return b.formats[style]
}

// isBuiltInDate knows the formats without a code: dates and times, and those of East Asian versions
// (ECMA-376 part 1, 18.8.30).
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// literal matches what a format code shows as it is: quoted text, escaped characters, [Red], [$-407].
var literal = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// formatOf reads a format code.
func formatOf(code string) numberFormat {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(literal.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "general"):
		return numberFormat{}
	case strings.ContainsAny(code, "ydmhs"):
		return numberFormat{date: true}
	case strings.Trim(code, "0# ()/-") != "": // a decimal point, a percent sign, an exponent
		return numberFormat{}
	}
	if n := strings.Count(code, "0"); n > 1 {
		return numberFormat{zeros: n}
	}
	return numberFormat{}
}

const (
	// exactDigits is how many digits a spreadsheet keeps of a number.
	exactDigits = 1e15
	// lastDate is the serial number of 9999-12-31, beyond which a number in a date format is no date.
	lastDate = 2958465
)

// number shows a stored number as a person needs it. rounded tells that it has more digits than a
// spreadsheet keeps.
func (f numberFormat) number(raw string, date1904 bool) (text string, rounded bool) {
	if !f.date && f.zeros == 0 && len(raw) < 16 && isDigits(raw) {
		return raw, false // the common case
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return raw, false
	}
	switch {
	case f.date && x >= 0 && x <= lastDate:
		return dateText(x, date1904), false
	case x == math.Trunc(x):
		text = strconv.FormatFloat(x, 'f', -1, 64)
		if len(text) < f.zeros {
			text = strings.Repeat("0", f.zeros-len(text)) + text
		}
		return text, math.Abs(x) >= exactDigits
	}
	// 0.1+0.2 is stored as 0.30000000000000004 and shown as 0.3.
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return strconv.FormatFloat(x, 'f', -1, 64), false
}

// dateText shows a serial date as 2026-11-15, with a time only if it has one.
func dateText(serial float64, date1904 bool) string {
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * 86400)
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		base = base.AddDate(0, 0, 1) // spreadsheets count a 29 February 1900
	}
	at := base.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	switch {
	case serial < 1:
		return at.Format(time.TimeOnly)
	case seconds == 0:
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
