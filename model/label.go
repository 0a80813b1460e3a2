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

// IsModelCode reports a model code of Samsung's: SM-A546B, SM-S921B/DS.
func IsModelCode(text string) bool { return modelCode.MatchString(text) }

// otherLabel names what is no identifier of a device although it is letters and digits.
func otherLabel(raw string) Reason {
	switch {
	case len(raw) < 6:
	case modelCode.MatchString(raw):
		return IsModel
	case macAddress.MatchString(raw):
		return IsMAC
	case guid.MatchString(raw):
		return IsGUID
	case iccidWithF.MatchString(raw):
		return IsICCID
	}
	return NoReason
}

// hasVersion reports an IMEI with a slash and the two digits of a software version behind it.
func hasVersion(raw string) bool {
	i := strings.LastIndexByte(raw, '/')
	return i > 0 && len(strings.Trim(strings.TrimSpace(raw[i+1:]), `"'`)) == 2
}

// gtinValid reports whether the last digit of an EAN-13, UPC-A or GTIN-14 checks.
func gtinValid(s string) bool {
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

// GS1 is what a code of the GS1 system says of a device (domain §2): application identifiers 21 and 8002.
type GS1 struct {
	Serial, IMEI string
	Article      string // GTIN, AI 01
}

// gs1Fields are in brackets, as people read them: (01)08801234567890(21)R58N12ABCDE.
var gs1Fields = regexp.MustCompile(`\((01|21|8002|10|11|17|240|241)\)([^()\x1d]*)`)

// ReadGS1 reads a code of the GS1 system: with brackets, or as a scanner sends it, with group separators. ok is false
// for any other text.
func ReadGS1(text string) (code GS1, ok bool) {
	text = strings.TrimSpace(text)
	scanned := len(text) > 3 && text[0] == ']' // an AIM prefix
	if scanned {
		text = text[3:]
	}
	text = strings.TrimLeft(text, "\x1d")
	put := func(ai, value string) {
		value = strings.TrimSpace(value)
		switch ai {
		case "01":
			code.Article, ok = value, true
		case "21":
			code.Serial, ok = value, true
		case "8002":
			code.IMEI, ok = value, true
		}
	}
	if strings.HasPrefix(text, "(") {
		for _, m := range gs1Fields.FindAllStringSubmatch(text, -1) {
			put(m[1], m[2])
		}
		return code, ok
	}
	article := len(text) > 18 && strings.HasPrefix(text, "01") && allDigits(text[2:16]) && gtinValid(text[2:16])
	if !article && !strings.Contains(text, "\x1d") {
		return GS1{}, false
	}
	if article {
		put("01", text[2:16])
		text = text[16:]
	}
	for field := range strings.SplitSeq(text, "\x1d") {
		for _, ai := range []string{"8002", "21"} {
			if value, is := strings.CutPrefix(field, ai); is {
				put(ai, value)
				break
			}
		}
	}
	return code, code.Serial != "" || code.IMEI != "" || code.Article != ""
}
