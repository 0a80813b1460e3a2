package bylist

import (
	"slices"

	"consign/data"
	"consign/model"
)

// wanted is an identifier of a line as it is looked up.
type wanted struct {
	number int // of the line
	text   string
	as     model.Identifiers // it alone
}

// apart is each identifier of a line by itself: two numbers of one line that are two devices are both found. A number among serial
// numbers is looked for as what it may be.
func apart(number int, ids model.Identifiers) (all []wanted) {
	if r := model.ReadIdentifier(ids.Serial, model.AnyIdentifier); r.Value != "" && r.Kind == model.IMEI {
		all = append(all, wanted{number, ids.Serial, model.Identifiers{IMEI1: r.Value}})
	}
	for _, one := range [...]model.Identifiers{{IMEI1: ids.IMEI1}, {IMEI1: ids.IMEI2}, {MEID: ids.MEID}, {Serial: ids.Serial}} {
		if !one.Empty() {
			all = append(all, wanted{number, one.First(), one})
		}
	}
	return all
}

// verdicts makes lines of what was found for each identifier: one for every device that a line of the list names, one for what it repeats
// of earlier lines, and one for what was found nowhere.
func verdicts(all []wanted, found []data.SoughtDevice, rows map[int64]model.Device) (lines []line) {
	told, named := map[string]int{}, map[int64]int{} // the lines that named an identifier and a device first
	for from := 0; from < len(all); {
		until := from
		for until < len(all) && all[until].number == all[from].number {
			until++
		}
		l := listLine{number: all[from].number, told: told, named: named}
		for i := from; i < until; i++ {
			if i+1 < until && all[i+1].text == all[i].text && found[i].DeviceID == 0 {
				continue // it is looked for once more, as something else
			}
			l.take(all[i], found[i], rows)
		}
		lines = append(lines, l.verdicts()...)
		from = until
	}
	return lines
}

// listLine is a line of the list while its identifiers get their verdicts.
type listLine struct {
	number  int
	told    map[string]int
	named   map[int64]int
	devices []line
	ids     []int64 // of devices
	again   []line  // what earlier lines named
	firsts  []int   // those lines
	missing model.Identifiers
}

// take gives one identifier its verdict.
func (l *listLine) take(w wanted, s data.SoughtDevice, rows map[int64]model.Device) {
	first, again := l.told[w.text]
	if !again {
		l.told[w.text] = l.number
		first, again = l.named[s.DeviceID]
	}
	switch {
	case again && first == l.number: // its device has its verdict
		if i := slices.Index(l.ids, s.DeviceID); i >= 0 && l.devices[i].device.ID == 0 { // of another party: what the list says of it
			l.devices[i].device.Identifiers = with(l.devices[i].device.Identifiers, w.as)
		}
	case again:
		i := slices.Index(l.firsts, first)
		if i < 0 {
			i = len(l.again)
			l.firsts = append(l.firsts, first)
			l.again = append(l.again, line{number: l.number, is: model.SoughtTwice,
				why: model.Say("The same device as in line {{.Line}}.", "Line", first)})
		}
		l.again[i].device.Identifiers = with(l.again[i].device.Identifiers, w.as)
	case s.DeviceID == 0:
		l.missing = with(l.missing, w.as)
	default:
		l.named[s.DeviceID] = l.number
		next := line{number: l.number, is: s.Is, why: s.Where, device: model.Device{Identifiers: w.as}}
		if row, has := rows[s.DeviceID]; has && next.mayAct() {
			next.device = row
		}
		l.devices, l.ids = append(l.devices, next), append(l.ids, s.DeviceID)
	}
}

// verdicts are the lines that say it.
func (l *listLine) verdicts() []line {
	if len(l.devices) == 1 && l.devices[0].mayAct() && lacks(l.devices[0].device.Identifiers, l.missing) {
		l.devices[0].why = model.Say("The register does not have its {{.Identifier}}.", "Identifier", l.missing.First())
		l.missing = model.Identifiers{}
	}
	lines := slices.Concat(l.devices, l.again)
	if l.missing.Empty() {
		return lines
	}
	missing := line{number: l.number, device: model.Device{Identifiers: l.missing}}
	if len(lines) > 0 {
		missing.why = model.Say("In one line with {{.Identifier}}, but not in the register.", "Identifier", lines[0].device.First())
	}
	return append(lines, missing)
}

// lacks tells whether a device has no identifier at all of the kind of one that is not in the register: a MEID or a serial number beside a
// device that is found is its own. Two IMEIs of a line may be two devices.
func lacks(device, missing model.Identifiers) bool {
	return !missing.Empty() && missing.IMEI1 == "" && (missing.MEID == "" || device.MEID == "") &&
		(missing.Serial == "" || device.Serial == "")
}

// with adds an identifier that stands alone.
func with(ids, one model.Identifiers) model.Identifiers {
	switch {
	case one.MEID != "":
		ids.MEID = one.MEID
	case one.Serial != "":
		ids.Serial = one.Serial
	case ids.IMEI1 == "":
		ids.IMEI1 = one.IMEI1
	case ids.IMEI1 != one.IMEI1:
		ids.IMEI2 = one.IMEI1
	}
	return ids
}
