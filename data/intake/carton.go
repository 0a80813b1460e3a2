package intake

import (
	"strings"

	"consign/model"
)

// token is an identifier in a code that says several things.
type token struct {
	reading
	written string
}

func (t token) isSerial() bool { return t.ids.Serial != "" }

// recordSeparators part the devices of a code, the strongest first. The record separator stands for a line break, see oneLine.
var recordSeparators = []string{"\n\r" + recordSeparator, ";", "|", "\t", ",", " "}

const recordSeparator = "\x1e"

// fieldsOf parts a code into what it says.
func fieldsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\t ,;|"+recordSeparator+groupSeparator, r) })
}

// identifierIn reads a field among others: what is not announced by a word counts only if it is beyond doubt, or an IMEI with a wrong
// digit, of which the review warns.
func identifierIn(field string, announced model.IdentifierKind) (reading, bool) {
	kind, rest := word(field)
	if kind == model.AnyIdentifier {
		kind = announced
	}
	r := readOne(rest, kind)
	if r.verdict == model.Rejected && kind != model.AnyIdentifier {
		r = readOne(rest, model.AnyIdentifier)
	}
	sure := r.verdict < model.Warning && strings.ContainsAny(rest, "0123456789")
	return r, sure || r.verdict == model.Warning && (isNumber(rest) || kind == model.SerialNumber)
}

// tokensOf finds the identifiers of a code, and the model if it names one.
func tokensOf(text string) (tokens []token, modelName string) {
	announced, other := model.AnyIdentifier, false
	for _, field := range fieldsOf(text) {
		at := otherWord.FindStringIndex(field)
		switch kind, rest := word(field); {
		case kind != model.AnyIdentifier && rest == "":
			announced, other = kind, false
		case at != nil && at[1] == len(field):
			announced, other = model.AnyIdentifier, true // the next field is its
		case other || notADevice(field).Template != "":
			announced, other = model.AnyIdentifier, false
		case modelCode.MatchString(field):
			modelName = strings.ToUpper(field)
		default:
			if r, ok := identifierIn(field, announced); ok {
				tokens = append(tokens, token{r, rest})
				announced = model.AnyIdentifier
			}
		}
	}
	return tokens, modelName
}

// readCarton reads a code that says several things: of one device, or of as many as are in a carton. Which identifiers belong together
// is found by its lines, else by its separators, else by their order, if it is the same for every device. It reports false for a code
// without an identifier among its fields.
func readCarton(text string) (Label, bool) {
	if len(fieldsOf(text)) < 2 {
		return Label{}, false
	}
	for i, separators := range recordSeparators {
		if l, ok := readRecords(text, separators, i == 0); ok {
			return l, true
		}
	}
	tokens, modelName := tokensOf(text)
	if len(tokens) == 0 {
		return Label{}, false
	}
	l, ok := rhythm(tokens)
	if !ok {
		return Label{Reason: unclearCarton}, true
	}
	for i := range l.Devices {
		l.Devices[i].setModel(modelName)
	}
	return l, true
}

func (d *LabelDevice) setModel(name string) { d.Model, d.cells[modelCell] = name, name }

// readRecords reads a code whose devices are parted by any of the separators, each with more than one identifier. Only lines may differ
// in what they hold.
func readRecords(text, separators string, differ bool) (l Label, ok bool) {
	for _, record := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		tokens, modelName := tokensOf(record)
		if len(tokens) == 0 {
			continue
		}
		d, whole := deviceOf(tokens)
		if !whole || len(tokens) < 2 && !differ {
			return Label{}, false
		}
		d.setModel(modelName)
		l.Devices = append(l.Devices, d)
	}
	if len(l.Devices) < 2 {
		return Label{}, false
	}
	several := false
	for _, d := range l.Devices {
		several = several || len(identifiersOf(d.ids)) > 1
	}
	if !alike(l.Devices) {
		if !differ {
			return Label{}, false
		}
		l.Doubt = model.Say("The devices in this code are not alike: compare them with the boxes.")
	}
	return l, several
}

// alike reports devices with the same kinds of identifiers.
func alike(devices []LabelDevice) bool {
	kinds := func(d LabelDevice) [4]bool {
		return [4]bool{d.ids.IMEI1 != "", d.ids.IMEI2 != "", d.ids.MEID != "", d.ids.Serial != ""}
	}
	for _, d := range devices {
		if kinds(d) != kinds(devices[0]) {
			return false
		}
	}
	return true
}

// deviceOf joins the identifiers of one device. It reports false if they cannot be of one.
func deviceOf(tokens []token) (d LabelDevice, ok bool) {
	for _, t := range tokens {
		if d.put(t.reading, t.written) != 0 {
			return d, false
		}
	}
	return d, true
}

// unclearCarton refuses a code rather than join identifiers of two devices.
var unclearCarton = model.Say("Several identifiers in one code, and it is not clear which belong together: scan the boxes.")

// rhythm makes devices of identifiers in a row: one device if they can be of one; each its own if all are of one kind; else a serial
// number begins or ends every device, and all are alike. It reports false if that is not so.
func rhythm(tokens []token) (Label, bool) {
	if d, ok := deviceOf(tokens); ok {
		return Label{Devices: []LabelDevice{d}}, true
	}
	serials := 0
	for _, t := range tokens {
		if t.isSerial() {
			serials++
		}
	}
	var groups [][]token
	first, last := tokens[0].isSerial(), tokens[len(tokens)-1].isSerial()
	for i, t := range tokens {
		begins := i == 0 || serials == 0 || serials == len(tokens) || first && t.isSerial() || !first && tokens[i-1].isSerial()
		if begins {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], t)
	}
	var l Label
	for _, group := range groups {
		d, ok := deviceOf(group)
		if !ok {
			return Label{}, false
		}
		l.Devices = append(l.Devices, d)
	}
	return l, alike(l.Devices) && (first || last || serials == 0)
}

// labelOfGS1 is what the parts of a GS1 code say.
func labelOfGS1(parts []GS1Part) Label {
	var tokens []token
	other := Label{NoDevice: model.Say("This code says nothing of a device.")}
	for _, p := range parts {
		switch p.AI {
		case aiSerial, "250":
			tokens = append(tokens, token{readOne(p.Value, model.SerialNumber), p.Value})
		case aiCMTI:
			tokens = append(tokens, token{readOne(p.Value, model.IMEI), p.Value})
		case aiGTIN, "02":
			other = Label{NoDevice: isGTINText}
		case "00":
			other = Label{NoDevice: isSSCCText}
		}
	}
	for _, t := range tokens {
		if t.verdict == model.Rejected {
			return Label{Reason: t.reason.Text()}
		}
	}
	if len(tokens) == 0 {
		return other
	}
	if l, ok := rhythm(tokens); ok {
		return l
	}
	return Label{Reason: unclearCarton}
}
