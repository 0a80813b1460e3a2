package model

import (
	"fmt"
	"strconv"
	"strings"
)

// meidLowest is the lowest first 32 bits of a MEID: the range is A0000000 to FFFFFFFF (domain §2).
const meidLowest = 0xA0000000

// isMEIDShape reports 14 or 15 hexadecimal digits of which the first is a letter.
func isMEIDShape(s string) bool {
	return (len(s) == 14 || len(s) == 15) && isHex(s) && !isDigit(s[0])
}

// readMEIDColumn reads a cell that can only be a MEID.
func readMEIDColumn(s string) Reading {
	switch {
	case len(s) == 18 && allDigits(s):
		return readMEIDDecimal(s)
	case len(s) == 19 && allDigits(s):
		return readMEIDWithLuhn(s)
	case isMEIDShape(s):
		return readMEIDHex(s)
	case isHex(s) && (len(s) == 14 || len(s) == 15):
		return rejected(MEIDOutOfRange)
	}
	return rejected(NotAnIdentifier)
}

// readMEIDHex reads 14 hexadecimal digits and drops a 15th, its check digit.
func readMEIDHex(s string) Reading {
	upper := strings.ToUpper(s)
	r := Reading{Kind: MEID, Value: upper[:14]}
	switch {
	case len(upper) == 15 && MEIDCheckDigit(r.Value) != upper[14]:
		r.Verdict, r.Reason = Warning, WrongMEIDCheckDigit
	case len(upper) == 15:
		r.Verdict, r.Reason = Fixed, MEIDCheckDigitDropped
	case upper != s:
		r.Verdict, r.Reason = Fixed, UpperCased
	}
	return r
}

// readMEIDDecimal reads the 18-digit form: 32 bits as 10 digits, then 24 bits as 8 digits.
func readMEIDDecimal(s string) Reading {
	high, _ := strconv.ParseUint(s[:10], 10, 64)
	low, _ := strconv.ParseUint(s[10:], 10, 64)
	if high < meidLowest || high > 0xFFFFFFFF || low > 0xFFFFFF {
		return rejected(MEIDOutOfRange)
	}
	return Reading{Kind: MEID, Value: fmt.Sprintf("%08X%06X", high, low)}
}

// readMEIDWithLuhn reads the decimal form with its check digit, a decimal one, which is dropped.
func readMEIDWithLuhn(s string) Reading {
	r := readMEIDDecimal(s[:18])
	switch {
	case r.Verdict == Rejected:
		return rejected(WrongLength)
	case LuhnDigit(s[:18]) != s[18]:
		r.Verdict, r.Reason = Warning, WrongMEIDCheckDigit
	default:
		r.Verdict, r.Reason = Fixed, MEIDCheckDigitDropped
	}
	return r
}

// MEIDCheckDigit is the base-16 Luhn digit of 14 hexadecimal capitals.
func MEIDCheckDigit(meid string) byte {
	const digits = "0123456789ABCDEF"
	sum := 0
	for i := range len(meid) {
		d := strings.IndexByte(digits, meid[len(meid)-1-i])
		if i%2 == 0 {
			d *= 2
			d = d/16 + d%16
		}
		sum += d
	}
	return digits[(16-sum%16)%16]
}

func isHex(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; !isDigit(s[i]) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return s != ""
}
