package model

import (
	"strings"
	"unicode"
)

// LongestText is how much of a text is kept, in units of UTF-16: what a cell of a spreadsheet holds.
const LongestText = 32_767

// PlainText is a text as the register keeps it, so that it goes through every kind of file unchanged: without what cannot be seen
// (control characters, zero-width spaces), breaks of lines and tabs as blanks, none at the ends, valid UTF-8, at most LongestText.
func PlainText(text string) string {
	if isPlain(text) {
		return strings.TrimSpace(text)
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u0085' || r == '\u00a0' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r // what is not UTF-8 comes as U+FFFD
	}, text))
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units > LongestText {
			return strings.TrimSpace(text[:i])
		}
	}
	return text
}

// isPlain reports the common case, in which only the blanks at the ends are to go.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c >= 0x7f {
			return false
		}
	}
	return len(text) <= LongestText
}
