package sheet

import (
	"strings"
	"unicode/utf8"
)

// startsFormula are the characters with which a cell begins that a spreadsheet would run, when it opens a CSV; the wide
// ones are taken for the others by East Asian versions. Excel drops a tab or a line end before them.
const (
	startsFormula  = "=+-@＝＋－＠"
	startsAnything = startsFormula + "\t\r\n"
	// beginsCell are the characters behind which a spreadsheet of another separator begins a cell, although the text is quoted.
	beginsCell = separators + "\r\n"
)

// guard makes a text safe from being run as a formula (domain §7). An apostrophe goes before everything that would begin a
// formula, at the start of the text and behind every separator in it: Excel with a semicolon as its separator cuts "a;=b" although it
// stands in quotation marks. It goes also before what a guard could have made, so that unguard gives back every text exactly.
func guard(text string) string {
	if !strings.ContainsAny(text, startsAnything) {
		return text
	}
	var b strings.Builder
	for rest, first := text, true; rest != ""; first = false {
		if guardable(rest, first) {
			b.WriteByte('\'')
		}
		end := cellEnd(rest)
		b.WriteString(rest[:end])
		rest = rest[end:]
	}
	return b.String()
}

// unguard takes back what guard did, and what Excel users type to keep a formula as text.
func unguard(text string) string {
	if strings.IndexByte(text, '\'') < 0 {
		return text
	}
	var b strings.Builder
	for rest, first := text, true; rest != ""; first = false {
		if rest[0] == '\'' && guardable(rest, first) {
			rest = rest[1:]
		}
		end := cellEnd(rest)
		b.WriteString(rest[:end])
		rest = rest[end:]
	}
	return b.String()
}

// cellEnd is the place behind the first character after which a spreadsheet may begin a cell.
func cellEnd(text string) int {
	if i := strings.IndexAny(text, beginsCell); i >= 0 {
		return i + 1
	}
	return len(text)
}

// guardable reports whether text is any number of apostrophes and quotation marks followed by the start of a formula. first tells that
// it is the start of the whole text.
func guardable(text string, first bool) bool {
	start, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, `'"`))
	if start == utf8.RuneError {
		return false
	}
	if first {
		return strings.ContainsRune(startsAnything, start)
	}
	return strings.ContainsRune(startsFormula, start)
}
