package model

import (
	"regexp"
	"strings"
)

// reportingBodies are the first two digits of IMEIs: the bodies that GSMA has let allocate them (domain §2).
var reportingBodies = func() (known [100]bool) {
	for _, body := range []int{1, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99} {
		known[body] = true
	}
	return known
}()

// HasReportingBody reports whether digits begin as an IMEI does (domain §2). They are two decimal digits or more.
func HasReportingBody(digits string) bool {
	return reportingBodies[int(digits[0]-'0')*10+int(digits[1]-'0')]
}

// What else is printed on a box, as it is written there.
var (
	modelCode  = regexp.MustCompile(`(?i)^\s*SM-[A-Z][0-9]{2,4}[A-Z0-9]{0,8}(/[A-Z0-9]{1,4})?\s*$`)
	macAddress = regexp.MustCompile(`(?i)^\s*[0-9A-F]{2}([:-][0-9A-F]{2}){5}\s*$`)
	guid       = regexp.MustCompile(`(?i)^\s*[{(]?[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}[)}]?\s*$`)
	iccidWithF = regexp.MustCompile(`(?i)^\s*89[0-9]{17}F\s*$`)
)

// otherLabel names what is no identifier of a device although it is letters and digits.
func otherLabel(raw string) Reason {
	text := strings.TrimSpace(raw)
	switch {
	case len(text) < 6:
	case text[0]|0x20 == 's' && modelCode.MatchString(text):
		return IsModel
	case len(text) == 17 && macAddress.MatchString(text):
		return IsMAC
	case len(text) >= 36 && guid.MatchString(text):
		return IsGUID
	case len(text) == 20 && iccidWithF.MatchString(text):
		return IsICCID
	}
	return NoReason
}

// hasVersion reports an IMEI with a slash and the two digits of a software version behind it.
func hasVersion(raw string) bool {
	i := strings.LastIndexByte(raw, '/')
	return i > 0 && len(strings.Trim(strings.TrimSpace(raw[i+1:]), `"'`)) == 2
}

// GTINChecks reports whether the last digit of an EAN-13, UPC-A or GTIN-14, given as digits alone, checks (GS1 General
// Specifications, section 7.9).
func GTINChecks(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0
}
