package intake

import (
	"fmt"
	"strings"
)

// namesInCells are what offices call IMEI, IMEI 2 and serial number within a cell.
var namesInCells = [][3]string{{"IMEI1", "IMEI2", "SN"}, {"IMEI 1", "IMEI 2", "Seriennr."}, {"IMEI", "IMEI", "Numéro de série"},
	{"IMEI1", "IMEI2", "일련번호"}, {"IMEI #1", "IMEI #2", "Serial #"}, {"IMEI No 1", "IMEI No 2", "Seri No"}, {"imei", "imei2", "s/n"}}

// cellKinds are lists whose cells say more than one thing, or do not stand below their titles.
var cellKinds = map[string]func(o office) (string, [][3]string){
	"names in a cell": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(7), o.IntN(2) == 0, true)
		names, sign, part := pick(o, namesInCells), pick(o, []string{": ", "=", " : "}), pick(o, []string{" / ", "; ", ", ", "\n", " | "})
		text := pick(o, []string{"Pos,Article,Details\n", "No;Description;Info\n"})
		separator := text[3:4]
		if text[:2] == "No" {
			separator = ";"
		}
		for i, d := range devices {
			var says []string
			for k, id := range d {
				if id != "" {
					says = append(says, names[k]+sign+id)
				}
			}
			text += fmt.Sprintf("%d%sGalaxy A55%s\"%s\"\n", i+1, separator, separator, strings.Join(says, part))
		}
		return text, devices
	},
	"cards beside empty columns": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(7), true, true)
		var b strings.Builder
		for i, d := range devices {
			fmt.Fprintf(&b, "Device %d;;\n;IMEI 1;%s\n;IMEI 2;%s\n;Serial;%s\n;;\n", i+1, d[0], d[1], d[2])
		}
		return b.String(), devices
	},
	"titles beside their columns": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(8), true, true)
		text := pick(o, []string{"IMEI;IMEI2;SN\n", "Pos;;IMEI;IMEI2;;SN\n", "Nr;;IMEI;;IMEI 2;;S/N\n"})
		for i, d := range devices {
			text += fmt.Sprintf("%d;%s;%s;%s\n", i+1, d[0], d[1], d[2])
		}
		return text, devices
	},
	"digits of other scripts": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), false, o.IntN(2) == 0)
		zero := pick(o, []rune("٠۰०๐０"))
		text := "IMEI;S/N\n"
		for _, d := range devices {
			text += strings.Map(func(r rune) rune { return r - '0' + zero }, d[0]) + ";" + d[2] + "\n"
		}
		return text, devices
	},
	"rows of a program": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(6), true, true)
		var rows []string
		for i, d := range devices {
			rows = append(rows, fmt.Sprintf("('%s', '%s', '%s', '2026-11-%02d')", d[2], d[0], d[1], i+1))
		}
		return "INSERT INTO devices (sn, imei, imei2, created) VALUES\n" + strings.Join(rows, ",\n") + ";\n", devices
	},
	"strange marks": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(6), true, true)
		mark := pick(o, []string{"“%s”", "„%s“", "«%s»", "*%s*", "[%s]", "<%s>", "‹%s›"})
		text := "IMEI;IMEI2;SN\n"
		for _, d := range devices {
			text += fmt.Sprintf(mark+";"+mark+";"+mark+"\n", d[0], d[1], d[2])
		}
		return text, devices
	},
	"serial above both IMEIs": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(6), true, true)
		text, part := "", pick(o, []string{" / ", ", ", " "})
		for _, d := range devices {
			text += "SN " + d[2] + "\nIMEI " + d[0] + part + d[1] + "\n\n"
		}
		return text, devices
	},
	"cards side by side": func(o office) (string, [][3]string) {
		each := 2 + o.IntN(2)
		devices := o.devices(each*(1+o.IntN(3)), true, true)
		names := pick(o, [][3]string{{"IMEI1", "IMEI2", "SN"}, {"IMEI 1", "IMEI 2", "Serial number"}, {"IMEI", "IMEI 2", "Seriennummer"}})
		gap, first := pick(o, []string{";", ";;"}), o.IntN(2) == 0
		text := ""
		for i := 0; i < len(devices); i += each {
			order := []int{0, 1, 2}
			if first {
				order = []int{2, 0, 1}
			}
			for _, k := range order {
				var cells []string
				for _, d := range devices[i : i+each] {
					cells = append(cells, names[k]+";"+d[k])
				}
				text += strings.Join(cells, gap) + "\n"
			}
			text += pick(o, []string{"", ";;\n"})
		}
		return text, devices
	},
	"names beside articles": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(7), true, true)
		text := pick(o, []string{"", "Item;Qty;Identifier\n", "Artikel;Menge;Kennung;Nummer\n"})
		for _, d := range devices {
			text += fmt.Sprintf("Galaxy S24;1;IMEI1;%s\n;;IMEI2;%s\n;;SN;%s\n", d[0], d[1], d[2])
		}
		return text, devices
	},
	"names below articles": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(7), true, true)
		part := pick(o, []string{" / ", ", "})
		text := pick(o, []string{"", "Pos;Text;Menge\n"})
		for i, d := range devices {
			text += fmt.Sprintf("%d;Galaxy A55 5G 128GB Navy;1\n;IMEI: %s;\n;SN: %s;\n", i+1, d[0]+part+d[1], d[2])
		}
		return text, devices
	},
	"messages": func(o office) (string, [][3]string) { // EDIFACT
		devices := o.devices(2+o.IntN(7), false, true)
		text := "UNB+UNOC:3+4012345000009:14+4098765000000:14+261120:1015+123456'\nUNH+1+DESADV:D:96A:UN'\nBGM+351+80012345+9'\n"
		for i, d := range devices {
			text += fmt.Sprintf("LIN+%d++8806095123456:EN'\nQTY+12:1'\nGIN+BN+%s'\nGIN+SN+%s'\n", i+1, d[0], d[2])
		}
		return text + "UNT+24+1'\nUNZ+1+123456'\n", devices
	},
	"several devices in a cell": func(o office) (string, [][3]string) {
		each, serial := 2+o.IntN(2), o.IntN(2) == 0
		devices := o.devices(each*(2+o.IntN(3)), false, serial)
		part := pick(o, []string{", ", "\n", " / ", "; "})
		text := "Article|Qty|IMEI|SN\n"
		for i := 0; i < len(devices); i += each {
			var imeis, serials []string
			for _, d := range devices[i : i+each] {
				imeis, serials = append(imeis, d[0]), append(serials, d[2])
			}
			text += fmt.Sprintf("SM-A155F|%d|\"%s\"|\"%s\"\n", each, strings.Join(imeis, part), strings.Trim(strings.Join(serials, part), " ,;/\n"))
		}
		return text, devices
	},
	"MEIDs of IMEIs": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), o.IntN(2) == 0, true)
		text := pick(o, []string{"MEID;IMEI;IMEI2;SN\n", "MEID (hex);IMEI;IMEI 2;S/N\n"})
		for _, d := range devices {
			text += d[0][:14] + ";" + strings.Join(d[:], ";") + "\n"
		}
		return text, devices
	},
	"joined by signs": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), true, true)
		form := pick(o, []string{"IMEI1:%[1]sIMEI2:%[2]sSN:%[3]s", "%[3]s_%[1]s_%[2]s", "label_%[3]s_%[1]s_%[2]s.pdf"})
		text := ""
		for _, d := range devices {
			text += fmt.Sprintf(form, d[0], d[1], d[2]) + "\n"
		}
		return text, devices
	},
	"kinds beside identifiers": func(o office) (string, [][3]string) { // nobody can know whether two rows are of one device
		devices := o.devices(6+o.IntN(8), false, true)
		text := "Type;Value\n"
		for i := range devices {
			if d := &devices[i]; i < 5 && "IISIS"[i] == 'I' || i >= 5 && o.IntN(3) > 0 {
				d[2] = ""
				text += "IMEI;" + d[0] + "\n"
			} else {
				d[0] = ""
				text += "SERIAL;" + d[2] + "\n"
			}
		}
		return text, devices
	},
}
