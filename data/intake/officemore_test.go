package intake

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"consign/model"
)

// kinds of lists, each with its maker.
var kinds = func() map[string]func(o office) (string, [][3]string) {
	all := maps.Clone(usualKinds)
	maps.Copy(all, moreKinds)
	maps.Copy(all, rowKinds)
	maps.Copy(all, cardKinds)
	maps.Copy(all, printedKinds)
	maps.Copy(all, cellKinds)
	return all
}()

// certainKinds are those of which every list can be known: none may be a question.
var certainKinds = []string{"names above values", "printed cells", "items of cards", "titles moved", "numbered side by side",
	"cards in columns", "unknown titles", "boxes", "pairs with gaps", "items of a pallet", "on its side", "json",
	"xml",
	"key and value", "markdown", "serials side by side", "two rows each", "fixed width", "table in a mail", "counted boxes",
	"other devices in remarks", "cards", "labels", "one per line", "side by side", "transposed",
	"names in a cell", "cards beside empty columns", "titles beside their columns", "digits of other scripts", "rows of a program",
	"strange marks", "serial above both IMEIs", "several devices in a cell", "MEIDs of IMEIs", "joined by signs",
	"messages", "cards side by side", "names beside articles", "names below articles"}

// strangeTitles are titles of serial numbers in languages that the recogniser does not know.
var strangeTitles = []string{"Rhif cyfresol", "Raðnúmer", "หมายเลขเครื่อง", "الرقم التسلسلي", "מספר סידורי", "Số máy", "Kode alat",
	"Uimhir shraithe"}

// consecutive makes n devices of one IMEI each that follow each other.
func (o office) consecutive(n int) [][3]string {
	devices := o.devices(1, false, false)
	for len(devices) < n {
		first := devices[0][0][:8] + fmt.Sprintf("%06d", (int(imeiNumber(devices[0][0][8:14]))+len(devices))%1_000_000)
		devices = append(devices, [3]string{first + string(model.LuhnDigit(first))})
	}
	return devices
}

// twins makes n devices whose IMEIs are of one kind.
func (o office) twins(n int) [][3]string {
	devices := o.devices(n, false, false)
	for i := range devices {
		first := devices[i][0][:8] + fmt.Sprintf("%06d", (int(imeiNumber(devices[i][0][8:14]))+1)%1_000_000)
		devices[i][1] = first + string(model.LuhnDigit(first))
	}
	return devices
}

// lines writes the identifiers of devices one on a line, with something behind each device.
func lines(devices [][3]string, behind string) string {
	var b strings.Builder
	for _, d := range devices {
		for _, id := range d {
			if id != "" {
				b.WriteString(id + "\n")
			}
		}
		b.WriteString(behind)
	}
	return b.String()
}

var moreKinds = map[string]func(o office) (string, [][3]string){
	"unknown titles": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(12), o.IntN(2) == 0, true)
		rows := [][]string{{"Pos", pick(o, strangeTitles), "IMEI", "IMEI 2", "Colour"}}
		for i, d := range devices {
			rows = append(rows, []string{fmt.Sprint(i + 1), d[2], d[0], d[1], "black"})
		}
		return csv(rows, pick(o, separators)), devices
	},
	"cards in columns": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), o.IntN(2) == 0, true)
		serial := pick(o, append(strangeTitles, "Sarjanumero", "Sorozatszám", "Серийный номер"))
		beside := pick(o, []string{"", "IMEI count;1\n", "IMEI status;ok\n", "Series;Galaxy S24\n", "Colour;black\n",
			"Battery S/N;R37AB1CD2EF\n"})
		order := o.IntN(3)
		var b strings.Builder
		for _, d := range devices {
			b.WriteString("Model;SM-A556B\n")
			if order == 0 && d[1] != "" {
				b.WriteString("IMEI 2;" + d[1] + "\n")
			}
			b.WriteString("IMEI;" + d[0] + "\n" + beside)
			if order != 0 && d[1] != "" {
				b.WriteString("IMEI 2;" + d[1] + "\n")
			}
			b.WriteString(serial + ";" + d[2] + "\n\n")
		}
		return strings.ReplaceAll(b.String(), ";", pick(o, []string{"\t", ";", ": "})), devices
	},
	"boxes": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), true, false)
		return lines(devices, "8806095067890\n"), devices
	},
	"pairs with gaps": func(o office) (string, [][3]string) {
		devices := o.twins(2 + o.IntN(10))
		if o.IntN(2) == 0 {
			return lines(devices, ""), devices
		}
		var b strings.Builder
		for i, d := range devices {
			b.WriteString(d[0] + ";" + d[1] + pick(o, []string{"\n", ";"}))
			if i == len(devices)-1 {
				b.WriteString("\n")
			}
		}
		return strings.ReplaceAll(b.String(), ";\n", "\n"), devices
	},
	"pallet": func(o office) (string, [][3]string) {
		devices := o.consecutive(2 + o.IntN(20))
		return lines(devices, ""), devices
	},
	"pallet of pairs": func(o office) (string, [][3]string) { // nobody can tell it from a pallet
		single := o.consecutive(2 * (1 + o.IntN(10)))
		var devices [][3]string
		for i := 0; i < len(single); i += 2 {
			devices = append(devices, [3]string{single[i][0], single[i+1][0]})
		}
		separator := pick(o, []string{"\n", " / ", ", ", "\t"})
		return strings.TrimSuffix(strings.ReplaceAll(lines(devices, ""), "\n", separator), separator) + "\n", devices
	},
	"items of a pallet": func(o office) (string, [][3]string) {
		devices := o.consecutive(2 + o.IntN(20))
		var b strings.Builder
		b.WriteString("Hello,\n\nplease enrol these phones:\n\n")
		mark, behind := pick(o, []string{"- ", "* ", "%d. "}), pick(o, []string{"", " SM-S911B", " (black)"})
		for i, d := range devices {
			if strings.Contains(mark, "%") {
				fmt.Fprintf(&b, mark, i+1)
			} else {
				b.WriteString(mark)
			}
			b.WriteString(d[0] + behind + "\n")
		}
		return b.String() + "\nBest regards\nTom\n", devices
	},
	"on its side": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(6), o.IntN(2) == 0, o.IntN(2) == 0)
		table := o.columnsFor(devices, true)
		rows := make([][]string, len(table[0]))
		for i := range rows {
			for _, row := range table {
				rows[i] = append(rows[i], row[i])
			}
		}
		return csv(rows, pick(o, []string{";", "\t"})), devices
	},
	"json": func(o office) (string, [][3]string) {
		devices := o.some()
		array := o.IntN(2) == 0
		var objects []map[string]any
		for _, d := range devices {
			object := map[string]any{"model": "SM-A556B", "battery": map[string]string{"serial": "R37AB1CD2EF"}}
			switch {
			case d[1] != "" && array:
				object["imeis"] = []string{d[0], d[1]}
			case d[1] != "":
				object["imei"], object["imei2"] = d[0], d[1]
			default:
				object["imei"] = d[0]
			}
			if d[2] != "" {
				object["serial_number"] = d[2]
			}
			objects = append(objects, object)
		}
		var text []byte
		switch o.IntN(3) {
		case 0:
			text, _ = json.Marshal(objects)
		case 1:
			text, _ = json.MarshalIndent(objects, "", "  ")
		default:
			text, _ = json.Marshal(map[string]any{"order": "PO-1", "result": map[string]any{"devices": objects}})
		}
		return string(text), devices
	},
	"xml": func(o office) (string, [][3]string) {
		devices := o.some()
		var b strings.Builder
		b.WriteString(pick(o, []string{"", "<?xml version=\"1.0\"?>\n"}) + "<order number=\"PO-1\">")
		for _, d := range devices {
			b.WriteString("\n<device><imei>" + d[0] + "</imei>")
			if d[1] != "" {
				b.WriteString("<imei2>" + d[1] + "</imei2>")
			}
			if d[2] != "" {
				b.WriteString("<serial>" + d[2] + "</serial>")
			}
			b.WriteString("</device>")
		}
		return b.String() + "</order>", devices
	},
	"key and value": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), false, true)
		var b strings.Builder
		for _, d := range devices {
			b.WriteString("imei=" + d[0] + ";serial=" + d[2] + ";\n")
		}
		return b.String(), devices
	},
	"markdown": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), o.IntN(2) == 0, true)
		var b strings.Builder
		b.WriteString("| IMEI | IMEI 2 | " + pick(o, strangeTitles) + " |\n|---|---|---|\n")
		for _, d := range devices {
			b.WriteString("| " + strings.Join(d[:], " | ") + " |\n")
		}
		return b.String(), devices
	},
	"serials side by side": func(o office) (string, [][3]string) {
		devices := o.devices(3*(1+o.IntN(5)), false, true)
		var rows [][]string
		if o.IntN(2) == 0 {
			rows = append(rows, []string{"SN", "SN", "SN"})
		}
		for i := range devices {
			devices[i][0] = ""
		}
		for d := range slices.Chunk(devices, 3) {
			rows = append(rows, []string{d[0][2], d[1][2], d[2][2]})
		}
		return csv(rows, pick(o, separators)), devices
	},
}
