package model

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	errorCell    = regexp.MustCompile(`^#[A-ZÄÖÜ]+(/[A0])?[!?]?$`) // #N/A, #REF!, #DIV/0!, #BEZUG!
	scientific   = regexp.MustCompile(`^\s*'?"?[0-9]([.,][0-9]+)?[eE]\+?[0-9]{1,2}"?\s*$`)
	quotedByCell = regexp.MustCompile(`^="([^"]*)"$`)
	trailingZero = regexp.MustCompile(`^([0-9]+)[.,]0+$`)
	thousands    = regexp.MustCompile(`^[0-9]{2,3}(?:,[0-9]{3}){4}$`) // a spreadsheet's 351,921,580,053,066
)

// spoiled names what makes a cell unreadable before its separators go.
func spoiled(raw string) Reason {
	s := strings.TrimSpace(raw)
	switch {
	case scientific.MatchString(s):
		return DigitsDestroyed
	case strings.HasPrefix(s, "=") && !quotedByCell.MatchString(s):
		return IsFormula
	case strings.HasPrefix(s, "#") && errorCell.MatchString(s):
		return IsErrorCell
	}
	return NoReason
}

// stripSeparators removes what people and spreadsheets put around and between the characters
// of an identifier, and makes full-width letters and the digits of all scripts plain (domain §2).
func stripSeparators(raw string) (clean string, changed bool) {
	s := strings.TrimSpace(raw)
	if len(s) > 3 && s[0] == ']' {
		s = s[3:] // a scanner's AIM prefix, such as ]C1
	}
	if m := quotedByCell.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	grouped := thousands.MatchString(s)
	bare := strings.Map(func(r rune) rune {
		switch {
		case r == ',' && grouped:
			return -1
		case r == '\'' || r == '"' || r >= '\u2018' && r <= '\u201f' || r == '\u00ab' || r == '\u00bb' || r == '\u2039' || r == '\u203a':
			return -1 // quotation marks of all languages
		case r == ' ' || r == '\t' || r == '-' || r == '/' || r == '\r' || r == '\n':
			return -1
		case isUnseen(r):
			return -1
		case r >= '\u2010' && r <= '\u2015' || r == '\u2212':
			return -1 // the other dashes
		case r >= '\uff21' && r <= '\uff3a' || r >= '\uff41' && r <= '\uff5a':
			return r - 0xfee0
		}
		return plainDigit(r)
	}, s)
	bare = strings.Trim(bare, "()[]{}<>`*") // the stars of a barcode's font, the brackets of a program's list
	if m := trailingZero.FindStringSubmatch(bare); m != nil {
		bare = m[1]
	}
	bare = strings.TrimRight(bare, ".,;")
	if strings.Count(bare, ".") != 1 { // one point makes a number, as a price is
		bare = strings.ReplaceAll(bare, ".", "")
	}
	return bare, bare != raw
}

// plainDigit is the digit of any script (Arabic, Devanagari, full-width) as 0 to 9, and every other sign as it is.
func plainDigit(r rune) rune {
	if r < unicode.MaxLatin1 || !unicode.IsDigit(r) {
		return r
	}
	for _, script := range unicode.Digit.R16 { // each has its digits in their order, from its 0 on
		if low := rune(script.Lo); r >= low && r <= rune(script.Hi) {
			return '0' + (r-low)%10
		}
	}
	return r
}

// isUnseen reports spaces of every width and what has none: marks of direction, soft hyphens, group separators of a scanner.
func isUnseen(r rune) bool {
	switch {
	case r == '\u00a0' || r == '\u00ad' || r == '\u1680' || r == '\u3000' || r == '\ufeff' || r == '\u001d':
		return true
	}
	return r >= '\u2000' && r <= '\u200f' || r >= '\u2028' && r <= '\u202f' || r >= '\u205f' && r <= '\u206f'
}
