package model

import "strings"

// IdentifierKind tells which of a device's identifiers a value is.
type IdentifierKind uint8

// The kinds of device identifiers (domain §2). AnyIdentifier is only asked for, never found.
const (
	AnyIdentifier IdentifierKind = iota
	IMEI
	MEID
	SerialNumber
)

// String is the field's word for the kind.
func (k IdentifierKind) String() string {
	return [...]string{"Identifier", "IMEI", "MEID", "Serial number"}[k]
}

// Reading is what ReadIdentifier made of a cell: the normalised value and its verdict
// (OK, Fixed, Warning or Rejected) with the reason. Value is empty when rejected.
type Reading struct {
	Kind    IdentifierKind
	Value   string
	Verdict Verdict
	Reason  Reason
}

func rejected(r Reason) Reading { return Reading{Verdict: Rejected, Reason: r} }

// ReadIdentifier parses, normalises and checks one identifier as people write it (domain §2).
// want narrows what the cell may be: IMEI takes an IMEI or a MEID (one column holds both),
// MEID and SerialNumber only themselves, AnyIdentifier decides by the shape.
func ReadIdentifier(raw string, want IdentifierKind) Reading {
	if want <= IMEI && len(raw) == 15 && allDigits(raw) {
		return readIMEI(raw, false) // the common case, without an allocation
	}
	if (want == SerialNumber || want == AnyIdentifier) && isSamsungSerial(raw) {
		return Reading{Kind: SerialNumber, Value: raw} // the other common case
	}
	if r := spoiled(raw); r != NoReason {
		return rejected(r)
	}
	if r := otherLabel(raw); r != NoReason {
		return rejected(r)
	}
	clean, changed := stripSeparators(raw)
	if clean == "" {
		return rejected(Empty)
	}
	if len(clean) == 17 && allDigits(clean) && hasVersion(raw) {
		clean = clean[:15] // 351921580053066 / 01: what phones show
		if r := readIMEI(clean, false); want <= IMEI && r.Verdict != OK {
			return r
		} else if want <= IMEI {
			return Reading{Kind: IMEI, Value: clean, Verdict: Fixed, Reason: SoftwareVersionDropped}
		}
	}
	var reading Reading
	switch {
	case want == SerialNumber:
		reading = readSerial(clean)
	case want == MEID:
		reading = readMEIDColumn(clean)
	case allDigits(clean):
		reading = readDigits(clean)
	case isMEIDShape(clean):
		reading = readMEIDHex(clean)
	case want == AnyIdentifier && !looksLikeIMEI(clean):
		reading = readSerial(clean)
	case isAlphanumeric(clean):
		reading = rejected(HasLetters)
	default:
		reading = rejected(NotAnIdentifier)
	}
	if changed && reading.Verdict == OK {
		reading.Verdict, reading.Reason = Fixed, SeparatorsRemoved
	}
	return reading
}

// readDigits reads 14 to 20 decimal digits, and names what else is printed on the box.
func readDigits(s string) Reading {
	switch len(s) {
	case 14:
		return readFourteen(s)
	case 15:
		return readIMEI(s, false)
	case 16:
		if !HasReportingBody(s) {
			return rejected(NoReportingBody)
		}
		return fixedIMEI(s[:14], SoftwareVersionReplaced)
	case 18:
		return readMEIDDecimal(s)
	case 19, 20:
		if strings.HasPrefix(s, "89") {
			return rejected(IsICCID)
		}
		if len(s) == 19 {
			return readMEIDWithLuhn(s)
		}
	case 32:
		if strings.HasPrefix(s, "89") {
			return rejected(IsEID)
		}
	case 12, 13:
		// 880 is Korea's: what stands on Samsung's boxes is an EAN even where a list has spoiled a digit.
		if GTINChecks(s) || strings.HasPrefix(s, "880") {
			return rejected(IsEAN)
		}
	}
	return rejected(WrongLength)
}

// readFourteen reads 14 digits: an IMEI without its check digit, one whose zero in front a spreadsheet has dropped, or
// the code of a carton. 880 behind the first digit is Korea's: with an IMEI's beginning it takes a right check digit, too.
func readFourteen(s string) Reading {
	carton := GTINChecks(s)
	switch {
	case repeatedDigit(s):
		return rejected(RepeatedDigit)
	case HasReportingBody(s) && !(carton && s[1:4] == "880"):
		return fixedIMEI(s, CheckDigitAdded)
	case carton, s[1:4] == "880":
		return rejected(IsGTIN)
	case HasReportingBody("0"+s) && LuhnDigit("0"+s[:13]) == s[13]:
		return Reading{Kind: IMEI, Value: "0" + s, Verdict: Warning, Reason: LeadingZeroAdded}
	}
	return rejected(NoReportingBody)
}

// readIMEI reads exactly 15 digits: TAC, serial number and Luhn check digit.
func readIMEI(s string, computed bool) Reading {
	if repeatedDigit(s) {
		return rejected(RepeatedDigit)
	}
	r := Reading{Kind: IMEI, Value: s}
	switch {
	case !computed && LuhnDigit(s[:14]) != s[14]:
		r.Verdict, r.Reason = Warning, WrongCheckDigit
	case !HasReportingBody(s):
		r.Verdict, r.Reason = Warning, UnknownReportingBody
	}
	return r
}

func fixedIMEI(first14 string, why Reason) Reading {
	if repeatedDigit(first14) {
		return rejected(RepeatedDigit)
	}
	return Reading{Kind: IMEI, Value: first14 + string(LuhnDigit(first14)), Verdict: Fixed, Reason: why}
}

// LuhnDigit is the check digit of the decimal digits in s (for an IMEI: its first 14).
func LuhnDigit(s string) byte {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// readSerial reads a serial number: 11 characters starting with R on Samsung phones and tablets;
// another shape of 8 to 20 letters and digits is a warning, 15 digits with a reason of their own: an IMEI that
// is kept as a serial number would be found by neither.
func readSerial(s string) Reading {
	upper := strings.ToUpper(s)
	if !isAlphanumeric(upper) {
		return rejected(NotAnIdentifier)
	}
	if len(upper) < 8 || len(upper) > 20 {
		return rejected(NotAnIdentifier)
	}
	if allDigits(upper) {
		if reading := readDigits(upper); reading.Reason == IsICCID || reading.Reason == IsEAN || reading.Reason == IsGTIN {
			return reading
		}
	}
	r := Reading{Kind: SerialNumber, Value: upper}
	switch {
	case len(upper) == 15 && allDigits(upper):
		r.Verdict, r.Reason = Warning, MaybeIMEI
	case len(upper) != 11 || upper[0] != 'R':
		r.Verdict, r.Reason = Warning, UnusualSerial
	case upper != s:
		r.Verdict, r.Reason = Fixed, UpperCased
	}
	return r
}

// isSamsungSerial reports the serial number of a Samsung phone or tablet, written as it is printed.
func isSamsungSerial(s string) bool {
	if len(s) != 11 || s[0] != 'R' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// looksLikeIMEI tells a mistyped IMEI (a letter among its digits) from a serial number.
func looksLikeIMEI(s string) bool {
	digits := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			digits++
		}
	}
	return len(s) >= 14 && len(s) <= 16 && isDigit(s[0]) && digits >= 10
}

func repeatedDigit(s string) bool { return strings.Count(s, s[:1]) == len(s) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isAlphanumeric(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; !isDigit(s[i]) && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != ""
}
