package sheet

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// serialOf is a time as spreadsheets count it: days since the end of 1899.
func serialOf(t time.Time) string {
	seconds := t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	days := float64(seconds) / 86400
	if days < 61 {
		days-- // a 29 February 1900 is counted after them
	}
	return strconv.FormatFloat(days, 'f', -1, 64)
}

// appendEscaped appends a text as XML, up to what a cell holds. What XML cannot hold becomes U+FFFD, and what looks like an escape of
// spreadsheets, _x0041_, is escaped (ECMA-376 part 1, 22.9.2.19).
func appendEscaped(b []byte, text string) []byte {
	units := 0
	for i, r := range text {
		size := 1
		if r > 0xffff {
			size = 2
		}
		if units += size; units > excelize.TotalCellChars {
			break
		}
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '\r':
			b = append(b, "&#xD;"...)
		case r == '_' && len(text) >= i+7 && escaped.MatchString(text[i:i+7]):
			b = append(b, "_x005F_"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			b = utf8.AppendRune(b, utf8.RuneError)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
