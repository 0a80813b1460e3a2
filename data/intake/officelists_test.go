package intake

import (
	"fmt"
	"slices"
	"strings"
)

// kinds of lists, each with its maker.
var usualKinds = map[string]func(o office) (string, [][3]string){
	"table": func(o office) (string, [][3]string) {
		devices := o.some()
		return o.around(csv(o.columnsFor(devices, false), pick(o, separators))), devices
	},
	"headless": func(o office) (string, [][3]string) {
		devices := o.some()
		return csv(o.columnsFor(devices, true)[1:], pick(o, separators)), devices
	},
	"two tables": func(o office) (string, [][3]string) {
		a, b, separator := o.some(), o.some(), pick(o, separators)
		return csv(o.columnsFor(a, false), separator) + pick(o, []string{"", "\n"}) + csv(o.columnsFor(b, false), separator), append(a, b...)
	},
	"summary below": func(o office) (string, [][3]string) {
		devices, separator := o.some(), pick(o, separators)
		return csv(o.columnsFor(devices, false), separator) + "\n" + csv([][]string{{"Model", "Qty"}, {"SM-A556B", "4"}, {"Total", "4"}},
			separator), devices
	},
	"titles on two lines": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(9), true, true)
		rows := [][]string{{"Pos", "IMEI", "IMEI", "Serial", "Colour"}, {"", "1", "2", "number", ""}}
		for i, d := range devices {
			rows = append(rows, []string{fmt.Sprint(i + 1), d[0], d[1], d[2], "black"})
		}
		return csv(rows, pick(o, separators)), devices
	},
	"side by side": func(o office) (string, [][3]string) {
		dual := o.IntN(2) == 0
		devices := o.devices(2*(1+o.IntN(6)), dual, true)
		var rows [][]string
		if o.IntN(2) == 0 {
			one := []string{"IMEI", "Serial number"}
			if dual {
				one = []string{"IMEI", "IMEI 2", "Serial number"}
			}
			rows = append(rows, append(slices.Clone(one), one...))
		}
		for i := 0; i < len(devices); i += 2 {
			var row []string
			for _, d := range devices[i : i+2] {
				for _, id := range d {
					if id != "" {
						row = append(row, id)
					}
				}
			}
			rows = append(rows, row)
		}
		return csv(rows, pick(o, separators)), devices
	},
	"transposed": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(6), o.IntN(2) == 0, o.IntN(2) == 0)
		rows := [][]string{{"IMEI"}, {"IMEI 2"}, {"Serial number"}, {"Colour"}}
		for _, d := range devices {
			for k := range 3 {
				rows[k] = append(rows[k], d[k])
			}
			rows[3] = append(rows[3], "black")
		}
		rows = slices.DeleteFunc(rows, func(r []string) bool { return strings.Join(r[1:], "") == "" })
		return csv(rows, pick(o, separators)), devices
	},
	"cards": func(o office) (string, [][3]string) {
		devices := o.some()
		gap, end := pick(o, []string{": ", ":", " = ", "\t"}), pick(o, []string{"\n", "---\n", "\n\n", "=====\n"})
		names := pick(o, [][3]string{{"IMEI", "IMEI 2", "S/N"}, {"IMEI 1", "IMEI 2", "Serial number"},
			{"IMEI-Nr.", "Zweite IMEI", "Seriennummer"}, {"N° IMEI", "Deuxième IMEI", "N° de série"}, {"IMEI 번호", "IMEI 2", "일련번호"}})
		how := o.IntN(14)
		var b strings.Builder
		model := o.IntN(2) == 0
		for _, d := range devices {
			if model {
				b.WriteString("Model" + gap + "SM-A556B\n")
			}
			for k, id := range d {
				if id != "" {
					if k < 2 {
						id = o.written(how, id)
					}
					b.WriteString(names[k] + gap + id + "\n")
				}
			}
			b.WriteString("EAN" + gap + "8806095067890\n" + end)
		}
		return b.String(), devices
	},
	"labels": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(20), o.IntN(2) == 0, true)
		first := o.IntN(4) == 0 && len(devices) > 1
		var b strings.Builder
		for _, d := range devices {
			ids := []string{d[0], d[1], d[2]}
			if first {
				ids = []string{d[2], d[0], d[1]}
			}
			for _, id := range ids {
				if id != "" {
					b.WriteString(id + "\n")
				}
			}
			if o.IntN(4) == 0 {
				b.WriteString(pick(o, []string{"8806095067890\n", "8949020000012345678\n", "SM-A556BZKAEUB\n"}))
			}
		}
		return b.String(), devices
	},
	"one per line": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(20), false, false)
		how := o.IntN(14)
		var b strings.Builder
		for _, d := range devices {
			b.WriteString(o.written(how, d[0]) + "\n")
		}
		return b.String(), devices
	},
	"on one line": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(12), false, false)
		separator, width := pick(o, []string{", ", "; ", " ", " | ", ",", " / ", " and "}), 3+o.IntN(8)
		var b strings.Builder
		for i, d := range devices {
			switch {
			case i > 0 && i%width == 0:
				b.WriteString("\n")
			case i > 0:
				b.WriteString(separator)
			}
			b.WriteString(d[0])
		}
		return b.String() + "\n", devices
	},
	"mail": func(o office) (string, [][3]string) {
		devices := o.some()
		bullet, how, name := pick(o, []string{"", "- ", "* ", "• ", "%d. ", "%d) ", "> ", "(%d) ", "– "}), pick(o,
			[]int{0, 1, 2, 3, 7, 9, 13}), pick(o, []string{"", "SN ", "S/N: ", "SN: ", "Serial "})
		var b strings.Builder
		b.WriteString(pick(o, []string{"Hallo zusammen,", "Hi team", "Bonjour,", "안녕하세요,", "お世話になっております。", "Dzień dobry,"}) + "\n\n")
		b.WriteString(pick(o, []string{"anbei die Geräte der Lieferung 80012345.", "please enrol the devices of order 4500123456:",
			"IMEI list below", "아래 단말 등록 부탁드립니다.", "Seriennummern und IMEIs:"}) + "\n\n")
		join := pick(o, []string{" / ", ", ", " ; ", " "})
		for i, d := range devices {
			mark := bullet
			if strings.Contains(mark, "%d") {
				mark = fmt.Sprintf(mark, i+1)
			}
			line := mark + o.written(how, d[0])
			if d[1] != "" {
				line += join + o.written(how, d[1])
			}
			if d[2] != "" {
				line += pick(o, []string{" ", ", ", " - "}) + name + d[2]
			}
			b.WriteString(line + "\n")
		}
		b.WriteString("\n" + pick(o, []string{"Mit freundlichen Grüßen\nAnna Weber", "Best regards\nTom", "Cordialement", "감사합니다."}) + "\n")
		b.WriteString(pick(o, []string{"", "Tel. +49 711 5551234 - Fax 07115551235\nVAT ID DE123456789 · HRB 765432",
			"Phone: (555) 010-4477\nwww.example.com", "IBAN DE02 1203 0000 0000 2020 51"}) + "\n")
		return b.String(), devices
	},
	"mail of cards": func(o office) (string, [][3]string) {
		devices := o.some()
		var b strings.Builder
		b.WriteString("Hello,\n\nplease add these phones:\n\n")
		for i, d := range devices {
			fmt.Fprintf(&b, "Phone %d\nIMEI: %s\n", i+1, d[0])
			if d[1] != "" {
				b.WriteString("IMEI2: " + d[1] + "\n")
			}
			if d[2] != "" {
				b.WriteString("SN: " + d[2] + "\n")
			}
			b.WriteString("\n")
		}
		return b.String() + "Thanks\nEva\n", devices
	},
	"exchange": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), true, false)
		titles := pick(o, [][]string{{"old IMEI", "new IMEI"}, {"Alte IMEI", "Neue IMEI"}, {"Ancien IMEI", "Nouvel IMEI nouveau"},
			{"Defekte IMEI", "Ersatz-IMEI"}, {"기존 IMEI", "신규 IMEI"}, {"旧IMEI", "新IMEI"}, {"Stary IMEI", "Nowy IMEI"}})
		rows := [][]string{{titles[0], titles[1], "RMA"}}
		for i, d := range devices {
			rows = append(rows, []string{d[0], d[1], fmt.Sprintf("R-%d", 1000+i)})
		}
		return csv(rows, pick(o, separators)), devices
	},
	"above the titles": func(o office) (string, [][3]string) {
		devices := o.some()
		lost := o.devices(1, false, false)
		rows := o.columnsFor(devices, false)
		return "Urgent: " + lost[0][0] + "\n" + csv(rows, pick(o, separators)), append(lost, devices...)
	},
}
