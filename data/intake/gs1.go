package intake

import (
	"regexp"
	"strings"

	"consign/model"
)

// groupSeparator ends a part of varying length in a GS1 code, and stands for FNC1 where a scanner sends it.
const groupSeparator = "\x1d"

// aimPrefix is the name of the symbology that a scanner may be set to send before what it read (ISO/IEC 15424).
var aimPrefix = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`)

// GS1Part is a part of a GS1 code: its application identifier and what it says.
type GS1Part struct{ AI, Value string }

// The application identifiers that matter here (domain §2; GS1 General Specifications, section 3).
const (
	aiGTIN   = "01"
	aiSerial = "21"
	aiCMTI   = "8002" // cellular mobile telephone identifier: an IMEI
)

// fixedAIs are the application identifiers with values of one length, in characters.
var fixedAIs = map[string]int{
	"00": 18, aiGTIN: 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2,
	"410": 13, "411": 13, "412": 13, "413": 13, "414": 13, "415": 13, "416": 13, "417": 13, "422": 3, "424": 3, "426": 3,
}

// longestAIs are those with values of any length up to this.
var longestAIs = map[string]int{
	"10": 20, aiSerial: 20, "22": 20, "30": 8, "37": 8, "90": 30, "91": 90, "92": 90, "93": 90, "94": 90, "95": 90, "96": 90, "97": 90,
	"98": 90,
	"99": 90, "235": 28, "240": 30, "241": 30, "242": 6, "243": 20, "250": 30, "251": 30, "254": 20, "400": 30, "401": 30, "403": 30,
	"420":  20,
	aiCMTI: 20, "8004": 30, "8008": 12, "8012": 20,
}

var gs1Bracketed = regexp.MustCompile(`\((\d{2,4})\)([^()]+)`)

// ReadGS1 takes a GS1 code apart: with brackets as it is printed, or as a scanner sends it, with FNC1 as a group separator or lost.
// It reports false for what is no such code. An AIM prefix may stand before it.
func ReadGS1(text string) ([]GS1Part, bool) {
	sent := strings.HasPrefix(text, "]C1") || strings.HasPrefix(text, "]d2") || strings.HasPrefix(text, "]Q3") || strings.HasPrefix(text,
		"]e0")
	text = aimPrefix.ReplaceAllString(text, "")
	if strings.HasPrefix(text, "(") {
		return bracketedParts(text)
	}
	marked := sent || strings.Contains(text, groupSeparator)
	text = strings.TrimPrefix(text, groupSeparator)
	if !marked && !beginsWithGTIN(text) {
		return nil, false
	}
	return plainParts(text, strings.Contains(text, groupSeparator))
}

func bracketedParts(text string) (parts []GS1Part, ok bool) {
	rest := text
	for _, m := range gs1Bracketed.FindAllStringSubmatch(text, -1) {
		_, fixed := fixedAIs[m[1]]
		_, varies := longestAIs[m[1]]
		if !strings.HasPrefix(rest, m[0]) || !fixed && !varies {
			return nil, false
		}
		rest = rest[len(m[0]):]
		parts = append(parts, GS1Part{m[1], strings.Trim(m[2], " "+groupSeparator)})
	}
	return parts, rest == "" && parts != nil
}

// beginsWithGTIN tells a GS1 code whose FNC1 is lost from an IMEISV, which has 16 digits as well.
func beginsWithGTIN(text string) bool {
	const length = len(aiGTIN) + 14
	if len(text) < length || !strings.HasPrefix(text, aiGTIN) || !isNumber(text[len(aiGTIN):length]) {
		return false
	}
	return text[3:6] == koreanGTIN || len(text) > length && gtinChecks(text[len(aiGTIN):length])
}

// plainParts parts a code without brackets. Where separators are lost, a part of varying length ends where the rest reads on.
func plainParts(text string, separated bool) ([]GS1Part, bool) {
	if text == "" {
		return nil, true
	}
	for digits := 2; digits <= 4 && digits < len(text); digits++ {
		ai, rest := text[:digits], text[digits:]
		if n, fixed := fixedAIs[ai]; fixed && len(rest) >= n && isNumber(rest[:n]) {
			if parts, ok := plainParts(strings.TrimPrefix(rest[n:], groupSeparator), separated); ok {
				return append([]GS1Part{{ai, rest[:n]}}, parts...), true
			}
		}
		if longest, varies := longestAIs[ai]; varies {
			for _, n := range lengthsOf(ai, rest, separated) {
				if n > longest {
					continue
				}
				if parts, ok := plainParts(strings.TrimPrefix(rest[n:], groupSeparator), separated); ok {
					return append([]GS1Part{{ai, rest[:n]}}, parts...), true
				}
			}
		}
	}
	return nil, false
}

// lengthsOf are the lengths that a part of varying length may have, the likeliest first.
func lengthsOf(ai, rest string, separated bool) (lengths []int) {
	if end := strings.Index(rest, groupSeparator); end >= 0 {
		return []int{end}
	}
	whole := len(rest)
	if separated {
		return []int{whole}
	}
	switch ai {
	case aiSerial:
		const samsung = 11
		if whole > samsung && model.ReadIdentifier(rest[:samsung], model.SerialNumber).Verdict == model.OK {
			lengths = append(lengths, samsung)
		}
	case aiCMTI:
		for n := 15; n >= 14; n-- {
			if whole > n && isNumber(rest[:n]) {
				lengths = append(lengths, n)
			}
		}
	}
	return append(lengths, whole)
}

// koreanGTIN follows the first digit of the GTIN of a carton of Samsung's: Korea's 880.
const koreanGTIN = "880"

// gtinChecks reports the 14 digits of a GTIN.
func gtinChecks(text string) bool { return len(text) == 14 && isNumber(text) && model.GTINChecks(text) }

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
