package intake

import (
	"regexp"
	"strings"

	"consign/model"
)

var (
	isGTINText = model.Say("This is a GTIN, the number of an article or a carton, not of a device.")
	isSSCCText = model.Say("This is the number of a parcel or a pallet, not of a device.")
)

var (
	macAddress = regexp.MustCompile(`(?i)^(?:[0-9A-F]{2}([:-])(?:[0-9A-F]{2}[:-]){4}[0-9A-F]{2}|[0-9A-F]{12})$`)
	eid        = regexp.MustCompile(`^89\d{30}$`)
	iccidCode  = regexp.MustCompile(`^89\d{17,18}[0-9Ff]?$`)
	guid       = regexp.MustCompile(`(?i)^\{?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}?$`)
	tariff     = regexp.MustCompile(`^(?:8517|8471|8518|8504|8528|8525|9102)\.?\d{2}\.?\d{0,2}\.?\d{0,3}$`)
	webAddress = regexp.MustCompile(`(?i)^(?:https?://|www\.)`)
)

// notADevice tells what a code is that stands on the same box but is no device's (domain §2). Empty for what may be one.
func notADevice(text string) model.Text {
	if at := otherWord.FindStringSubmatchIndex(text); at != nil && at[1] < len(text) && !saysMore(text[at[1]:]) {
		return model.Say("{{.Word}}: not an identifier of a device.", "Word", text[at[2]:at[3]])
	}
	digits := strings.ReplaceAll(text, " ", "")
	switch {
	case eid.MatchString(digits):
		return model.Say("This is an EID, the number of an eSIM, not of a device.")
	case iccidCode.MatchString(digits):
		return model.IsICCID.Text()
	case macAddress.MatchString(text) && !isNumber(text):
		return model.Say("This is a MAC address, not an identifier of a device.")
	case guid.MatchString(text):
		return model.Say("This is a GUID, not an identifier of a device.")
	case webAddress.MatchString(text):
		return model.Say("This is a web address, not an identifier of a device.")
	case tariff.MatchString(text):
		return model.Say("This is a tariff number, not an identifier of a device.")
	case len(digits) == 20 && isNumber(digits) && strings.HasPrefix(digits, "00"):
		return isSSCCText
	case gtinChecks(digits) && (!model.HasReportingBody(digits) || digits[1:4] == koreanGTIN):
		return isGTINText
	case isNumber(digits) && (len(digits) == 8 || len(digits) == 12 || len(digits) == 13):
		if gtinChecks(strings.Repeat("0", 14-len(digits))+digits) || strings.HasPrefix(digits, koreanGTIN) {
			return model.IsEAN.Text()
		}
	case (len(digits) == 14 || len(digits) == 16) && isNumber(digits) && !model.HasReportingBody(digits):
		return model.Say("No IMEI begins like this: it may be the number of a carton, a parcel or a delivery, not of a device.")
	case len(digits) == 15 && isNumber(digits) && !model.HasReportingBody(digits) && imsi.MatchString(digits) &&
		model.LuhnDigit(digits[:14]) != digits[14]:
		return model.Say("This is an IMSI, the number of a subscriber, not of a device.")
	}
	return model.Text{}
}

// imsi begins with the country of the network (ITU-T E.212): of those that offices meet, the ones that no IMEI begins like.
var imsi = regexp.MustCompile(`^(?:20[2468]|21[3-9]|22[0268]|23[0-58]|24[0-8]|25[0579]|26[0268]|27[0-68]|28[03-9]|29[0-57]` +
	`|31[0-6]|334|40[0-9]|41[0-9]|42[0-9]|43[0-8]|46[0-7]|60[2-9]|62[0-9]|63[0-9]|64[0-9]|65[0-9]|7[0-4]\d)`)

// saysMore reports a device's identifier behind the value that a word announces.
func saysMore(rest string) bool {
	fields := fieldsOf(rest)
	for _, field := range fields[min(1, len(fields)):] {
		if _, ok := identifierIn(field, model.AnyIdentifier); ok {
			return true
		}
	}
	return false
}
