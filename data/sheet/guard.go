package sheet

import "strings"

// startsFormula reports whether a spreadsheet that opens a CSV would run a cell which begins with c.
const startsFormula = "=+-@\t\r"

// guard makes a text safe from being run as a formula (domain §7): an apostrophe goes before a text
// that begins with = + - @ tab or CR, and before one that a guard could have made, so that unguard
// gives back every text exactly.
func guard(text string) string {
	if guardable(text) {
		return "'" + text
	}
	return text
}

// unguard takes back what guard did, and what Excel users type to keep a formula as text.
func unguard(text string) string {
	if text != "" && text[0] == '\'' && guardable(text) {
		return text[1:]
	}
	return text
}

// guardable reports whether text is any number of apostrophes followed by the start of a formula.
func guardable(text string) bool {
	for i := range len(text) {
		if text[i] != '\'' {
			return strings.IndexByte(startsFormula, text[i]) >= 0
		}
	}
	return false
}
