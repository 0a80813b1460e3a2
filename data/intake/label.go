package intake

import (
	"regexp"
	"strings"

	"consign/model"
)

// Label is what a code or a line of a label says.
type Label struct {
	Devices  []LabelDevice // none if it names no device
	Model    string        // of a label that says only the model: SM-S911B
	NoDevice model.Text    // what the label says instead of a device, empty if it names one or cannot be read
	Doubt    model.Text    // of a code with several devices: why the devices want a look
	Reason   model.Text    // why it cannot be read, or what was changed where the device does not say
}

// LabelDevice is a device of a label.
type LabelDevice struct {
	reading
	Model string
	cells [modelCell + 1]string // the identifiers and the model as they stand on the label, by the columns of BenchLayout
}

// modelCell is the column of BenchLayout that has the model; the identifiers stand before it.
const modelCell = 4

// columnKinds are what the columns of BenchLayout before the model hold.
var columnKinds = [modelCell]model.IdentifierKind{model.IMEI, model.IMEI, model.MEID, model.SerialNumber}

// put takes one more identifier of the device, as it was written. It returns why the two cannot be of one device, 0 if they can.
func (d *LabelDevice) put(r reading, written string) Reason {
	trial := d.reading
	switch why := trial.add(r.ids); why {
	case 0:
	case SameIMEITwice:
		d.reading = trial.fixed(why)
		return 0
	default:
		return why
	}
	d.reading = worst(trial, r)
	for i, id := range [modelCell]string{d.ids.IMEI1, d.ids.IMEI2, d.ids.MEID, d.ids.Serial} {
		if id == "" || d.cells[i] != "" {
			continue
		}
		d.cells[i] = id
		again := readOne(written, columnKinds[i])
		if plainCell.MatchString(written) && again.ids == r.ids && again.verdict == r.verdict {
			d.cells[i] = written // so that the review tells what was fixed
		}
	}
	return 0
}

// join takes the identifiers of another label of the same device. It returns why they cannot be of one, 0 if they can.
func (d *LabelDevice) join(more LabelDevice) Reason {
	trial := *d
	for i, written := range more.cells[:modelCell] {
		if written == "" {
			continue
		}
		if why := trial.put(readOne(written, columnKinds[i]), written); why != 0 {
			return why
		}
	}
	if more.Model != "" {
		trial.setModel(more.Model)
	}
	*d = trial
	return 0
}

// plainCell is a text that stays one cell in a list.
var plainCell = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z ./-]*$`)

// serialNames are what serial numbers are called in front of them.
const serialNames = `s\s*/\s*n|s\.n\.?|sn|ser\.?(?:\s*n(?:o|r)\.?)?|serial(?:[\s-]*(?:no|nr|num|number|nummer)\b\.?)?` +
	`|serien-?\s?n(?:r|ummer)\.?` +
	`|(?:num[eé]ro|n[°ºo]\.?)\s*de\s*s[eé]rie|n[uú]m(?:ero|\.)?\s*(?:de\s*)?serie|numero\s*di\s*serie|matricola|serienummer` +
	`|numer\s*seryjny|v[yý]robn[ií]\s*[cč][ií]slo|seri\s*no|일련번호|제조번호|シリアル(?:番号|ナンバー)?|製造番号|序列号|序號`

// The words that labels put before what they say (English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Turkish,
// Korean, Japanese, Chinese).
var (
	imeiWord = regexp.MustCompile(`(?i)^imei(?:\s*/\s*meid)?(?:[\s-]*(?:no|nr|number|nummer|code)\b\.?)?`)
	// Both IMEIs of a phone are numbered: IMEI1, IMEI (2), and without a gap IMEI1351921580053066.
	imeiTurn   = regexp.MustCompile(`^\s*[(#]?[12]\)?(?:[\s:=#.：]+|$)|^[12](\d{14,15})$`)
	meidWord   = regexp.MustCompile(`(?i)^meid(?:[\s-]*(?:hex|dec|no|nr)\b\.?)?(?:[\s:=#.]+|$)`)
	serialWord = regexp.MustCompile(`(?i)^(?:` + serialNames + `|\(s\))(?:[\s:=#.：]+|$)`) // a single S stands before them in brackets only
	modelWord  = regexp.MustCompile(`(?i)^(?:model(?:[\s-]*(?:no|nr|name|number|code)\b\.?)?|modell(?:nummer)?|mod[eè]le|modelo|modello|모델명?` +
		`|型番|型号)(?:[\s:=#.：]+|$)`)
	otherWord = regexp.MustCompile(`(?i)^(ean(?:[\s/-]*(?:13|upc))?|gtin(?:-?1[34])?|upc(?:-?a)?|iccid|eid|imsi|(?:wi-?fi|wlan|bt|bluetooth` +
		`|eth|lan)?\s*mac(?:\s*(?:address|adresse|addr))?` +
		`|wlan|wi-?fi|bt|bluetooth|msisdn|hs\s*code|tariff|taric|zolltarif\w*|p\s*/\s*n|part(?:\s*(?:no|number)\b\.?)?|sku|fcc\s*id|ic|qty` +
		`|quantity|menge|po|order(?:\s*(?:no|number)\b\.?)?` +
		`|lot|batch|colou?r|farbe|csc|sales\s*code|date|mfg|made|weight|gewicht|asn|hsn|sscc|pin|puk|battery(?:\s*(?:s/?n` +
		`|serial))?)(?:[\s:=#.：]+|$)`)
)

// word takes the word from before what a label says. kind is what the word announces, AnyIdentifier for no word.
func word(text string) (kind model.IdentifierKind, rest string) {
	if at := imeiWord.FindStringIndex(text); at != nil {
		rest = text[at[1]:]
		if m := imeiTurn.FindStringSubmatch(rest); m != nil && m[1] != "" {
			rest = m[1]
		} else if m != nil {
			rest = rest[len(m[0]):]
		}
		return model.IMEI, strings.TrimLeft(rest, " :=#.：")
	}
	if at := meidWord.FindStringIndex(text); at != nil {
		return model.MEID, strings.TrimSpace(text[at[1]:])
	}
	if at := serialWord.FindStringIndex(text); at != nil {
		return model.SerialNumber, strings.TrimSpace(text[at[1]:])
	}
	return model.AnyIdentifier, text
}

// modelCode is Samsung's: SM-S911B, also with the colour and the country behind it, or for two SIMs SM-S911B/DS.
var modelCode = regexp.MustCompile(`(?i)^SM-[A-Z]\d{2,4}[A-Z0-9]{0,12}(?:/[A-Z]{1,4})?$`)

// ReadLabel reads a code of a label (domain §2): GS1 codes, identifiers with words before them, several devices in one code, models
// and what is on the same box but no device's.
func ReadLabel(text string) Label {
	text = strings.TrimSpace(text)
	if parts, ok := ReadGS1(text); ok {
		return labelOfGS1(parts)
	}
	text = strings.Trim(aimPrefix.ReplaceAllString(text, ""), " "+groupSeparator)
	if l, ok := readSingle(text); ok {
		return l
	}
	if l, ok := readCarton(text); ok {
		return l
	}
	kind, rest := word(text)
	r := readOne(rest, kind)
	if r.verdict == model.Rejected && kind != model.AnyIdentifier {
		if other := readOne(rest, model.AnyIdentifier); other.verdict < model.Warning {
			r = other
		}
	}
	if r.verdict == model.Rejected {
		return Label{Reason: r.reason.Text()}
	}
	return labelOf(r, rest)
}

func labelOf(r reading, written string) Label {
	var d LabelDevice
	d.put(r, written)
	return Label{Devices: []LabelDevice{d}}
}

// readSingle reads a code that says one thing beyond doubt.
func readSingle(text string) (Label, bool) {
	if what := notADevice(text); what.Template != "" {
		return Label{NoDevice: what}, true
	}
	if at := modelWord.FindStringIndex(text); at != nil && modelCode.MatchString(strings.TrimSpace(text[at[1]:])) {
		text = strings.TrimSpace(text[at[1]:])
	}
	if modelCode.MatchString(text) {
		return Label{Model: strings.ToUpper(text)}, true
	}
	kind, rest := word(text)
	if r := readOne(rest, kind); r.verdict < model.Warning || r.verdict == model.Warning && isNumber(rest) {
		return labelOf(r, rest), true
	}
	return Label{}, false
}
