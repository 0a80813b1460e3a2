package intake

import (
	"regexp"
	"strings"
	"unicode"

	"consign/data/sheet"
	"consign/model"
)

// reading is what a cell says of a device.
type reading struct {
	ids     model.Identifiers // IMEI1 before IMEI2, whatever the column
	verdict model.Verdict
	reason  Reason
}

// placeholders are what people write into a cell that has nothing to say.
var placeholders = map[string]bool{
	"-": true, "--": true, "---": true, "–": true, "—": true, "n/a": true, "na": true, "#n/a": true, "none": true, "null": true, "nil": true,
	"0": true, "k.a.": true, "keine": true, "ohne": true, "nicht vorhanden": true, "aucun": true, "s/o": true, "ninguno": true, "없음": true,
	"なし": true, "無し": true, "?": true, ".": true, "x": true, "tbd": true, "not available": true,
}

// isPlaceholder reports a cell without content. Invisible characters are none.
func isPlaceholder(cell string) bool {
	if len(cell) > 1 && (cell[0] >= '0' && cell[0] <= '9' || cell[0] == 'R') {
		return false // the common case
	}
	cell = strings.TrimFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r < 0x20 || r == '\'' || r == '"'
	})
	return cell == "" || len(cell) < 20 && placeholders[strings.ToLower(cell)]
}

// maybeIMEI is the warning that ConfirmAll leaves to a person's own look.
const maybeIMEI = Reason(model.MaybeIMEI)

// identifierNames are what identifiers are called in front of them.
const identifierNames = `imei\s*/\s*meid|imei\s*(?:no\.?|nr\.?|number|nummer)?\s*[12]?|meid(?:\s*(?:hex|dec))?|` + serialNames

// behindName is what stands between such a name and the identifier: a colon, #1: and the like.
const behindName = `\s*#?\s*[12]?\s*[:=#：]+\s*`

var (
	// label is the name of an identifier before it, as in mails: "IMEI 1: 3519…".
	label = regexp.MustCompile(`(?i)^\s*["'*•-]?\s*(?:` + identifierNames + `)` + behindName)
	// innerLabels are such names before each of several in one cell.
	innerLabels = regexp.MustCompile(`(?i)(?:^|[\s,;/|+&])\(?(?:` + identifierNames + `)\)?` + behindName)
	// bareLabel is the name with nothing but a blank behind it.
	bareLabel = regexp.MustCompile(`(?i)^\s*imei\s+[0-9]{2}[0-9 /.-]{12,18}$`)
	// between parts several identifiers in one cell.
	between = regexp.MustCompile(`\s+-\s+|[\s,;/|+&]+`)
)

// readCell reads an identifier cell. lost tells that it is a number of which a spreadsheet has lost digits.
func readCell(cell string, want model.IdentifierKind, lost bool) reading {
	if lost && len(cell) != 16 { // of an IMEISV only 14 digits count
		return reading{verdict: model.Rejected, reason: NumberTooLong}
	}
	one := readOne(cell, want)
	if want != model.AnyIdentifier && (one.verdict == model.Rejected || one.reason == Reason(model.UnusualSerial) || one.reason == maybeIMEI) {
		// An IMEI among the serial numbers, or the other way round: only what is beyond doubt.
		if other := readOne(cell, model.AnyIdentifier); other.verdict < model.Warning {
			return other.fixed(OtherColumn)
		}
	}
	if one.reason == Reason(model.UnusualSerial) {
		if kind, rest := word(strings.TrimSpace(cell)); kind == model.SerialNumber && looksLikeSerial(rest) {
			return readOne(rest, kind).fixed(LabelRemoved) // S/N R5CW12ABCDE
		}
	}
	if one.verdict != model.Rejected {
		return one
	}
	if cell != "" && (cell[0] == '(' || cell[0] == ']' || strings.Contains(cell, "\x1d")) {
		if code, ok := readGS1(cell); ok {
			return code
		}
	}
	if at := label.FindStringIndex(cell); at == nil && len(cell) < 2*longestTitle && bareLabel.MatchString(cell) {
		if r := readOne(strings.TrimSpace(cell)[len("imei"):], model.IMEI); r.verdict != model.Rejected {
			return r.fixed(LabelRemoved)
		}
	} else if at != nil {
		if r := readCell(cell[at[1]:], model.AnyIdentifier, false); r.verdict != model.Rejected {
			return r.fixed(LabelRemoved)
		}
	}
	if several, ok := readSeveral(cell); ok && want != model.SerialNumber && want != model.MEID {
		return several
	}
	return one
}

// marked are columns of a row of a spreadsheet: numbers have no zeros before them, those that are rounded have lost digits.
type marked struct{ rounded, numbers []int }

func marksOf(row sheet.Row) marked { return marked{row.Rounded, row.Numbers} }

// withZero reads a number of 14 digits that is an IMEI with the zero that its spreadsheet has dropped: one in ten is a carton's, too.
func withZero(cell string, r reading) reading {
	if len(cell) != 14 || r.verdict != model.Rejected {
		return r
	}
	zero := readOne("0"+cell, model.IMEI)
	if zero.verdict != model.OK {
		return r
	}
	zero.verdict, zero.reason = model.Warning, Reason(model.LeadingZeroAdded)
	return zero
}

// fixed adds a change to a reading that is not worse already.
func (r reading) fixed(why Reason) reading {
	if r.verdict <= model.Fixed {
		r.verdict, r.reason = model.Fixed, why
	}
	return r
}

func readOne(cell string, want model.IdentifierKind) reading {
	got := model.ReadIdentifier(cell, want)
	r := reading{verdict: got.Verdict, reason: Reason(got.Reason)}
	switch got.Kind {
	case model.IMEI:
		r.ids.IMEI1 = got.Value
	case model.MEID:
		r.ids.MEID = got.Value
	case model.SerialNumber:
		r.ids.Serial = got.Value
	}
	return r
}

// partsOf are the words of a cell with several identifiers, without the names before them.
func partsOf(cell string) []string {
	return between.Split(strings.Trim(innerLabels.ReplaceAllString(cell, " "), " ,;/|+&\t\r\n"), -1)
}

// identifiersOfCell are the identifiers of a cell that has nothing else but their names, wrong check digits among them; nil for any other.
func identifiersOfCell(cell string, want model.IdentifierKind) []string {
	parts := partsOf(cell)
	for _, part := range parts {
		if r := readOne(part, want); r.verdict > model.Warning || r.reason == Reason(model.UnusualSerial) {
			return nil
		}
	}
	return parts
}

// readSeveral reads a cell with the identifiers of one device beside each other, each of them whole.
func readSeveral(cell string) (several reading, ok bool) {
	parts := partsOf(cell)
	if len(parts) < 2 || len(parts) > 4 {
		return reading{}, false
	}
	doubt := Reason(0)
	for _, part := range parts {
		r := readOne(part, model.AnyIdentifier)
		if r.verdict > model.Warning || r.reason == Reason(model.UnusualSerial) || r.reason == Reason(model.UnknownReportingBody) {
			return reading{}, false
		}
		if r.verdict == model.Warning && doubt == 0 {
			doubt = r.reason
		}
		if why := several.add(r.ids); why != 0 {
			return reading{}, false
		}
	}
	if doubt != 0 {
		several.verdict, several.reason = model.Warning, doubt
	}
	return several.fixed(SeveralInCell), true
}

// readGS1 reads a code of the GS1 system, which may hold an IMEI and a serial number (domain §2).
func readGS1(cell string) (r reading, ok bool) {
	parts, ok := ReadGS1(cell)
	if !ok {
		return r, false
	}
	for _, part := range parts {
		want := model.IMEI
		switch part.AI {
		case aiSerial:
			want = model.SerialNumber
		case aiCMTI:
		default:
			continue
		}
		one := readOne(part.Value, want)
		if one.verdict > r.verdict {
			r.verdict, r.reason = one.verdict, one.reason
		}
		r.add(one.ids)
	}
	if len(identifiersOf(r.ids)) == 0 && r.verdict < model.Rejected {
		return reading{verdict: model.Rejected, reason: Reason(model.IsGTIN)}, true
	}
	return r.fixed(FromCode), true
}

// add joins the identifiers of one more cell. It returns why they cannot be of one device, 0 if they can,
// and SameIMEITwice if one came again.
func (r *reading) add(ids model.Identifiers) Reason {
	if why := join(&r.ids.MEID, ids.MEID, SeveralMEIDs); why != 0 {
		return why
	}
	if why := join(&r.ids.Serial, ids.Serial, SeveralSerials); why != 0 {
		return why
	}
	again := Reason(0)
	for _, imei := range [...]string{ids.IMEI1, ids.IMEI2} {
		switch {
		case imei == "":
		case r.ids.IMEI1 == "":
			r.ids.IMEI1 = imei
		case r.ids.IMEI1 == imei, r.ids.IMEI2 == imei:
			again = SameIMEITwice
		case r.ids.IMEI2 == "":
			r.ids.IMEI2 = imei
		default:
			return TooManyIMEIs
		}
	}
	return again
}

func join(have *string, more string, differ Reason) Reason {
	switch {
	case more == "" || more == *have:
		return 0
	case *have == "":
		*have = more
		return 0
	}
	return differ
}
