package intake

import (
	"fmt"
	"strings"
)

// padded writes rows in columns of even width, as reports on paper are.
func padded(rows [][]string, gap int) string {
	var b strings.Builder
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+gap)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// shuffledColumns makes rows of devices with their columns in any order, the second IMEI before the first, too.
func (o office) shuffledColumns(devices [][3]string) [][]string {
	serial := pick(o, []string{"S/N", "Serial number", "Seriennummer", "Sarjanumero", "Серийный №", "Seria"})
	titles := []string{"IMEI", "IMEI 2", serial, "Model"}
	order := o.Perm(len(titles))
	rows := [][]string{{}}
	for _, k := range order {
		if k > 1 || devices[0][k] != "" {
			rows[0] = append(rows[0], titles[k])
		}
	}
	for _, d := range devices {
		var row []string
		for _, k := range order {
			switch {
			case k == 3:
				row = append(row, pick(o, []string{"SM-A556B", "Galaxy A55 5G", "SM-S921BZKDEUE"}))
			case d[k] != "":
				row = append(row, d[k])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// rowKinds are lists whose rows are no devices by themselves, and tables within texts.
var rowKinds = map[string]func(o office) (string, [][3]string){
	"two rows each": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), true, true)
		var rows [][]string
		switch o.IntN(3) {
		case 0:
			rows = append(rows, []string{"No", "SN", "IMEI"})
			for i, d := range devices {
				rows = append(rows, []string{fmt.Sprint(i + 1), d[2], d[0]}, []string{"", "", d[1]})
			}
		case 1:
			rows = append(rows, []string{"SN", "Colour", "IMEI"})
			for _, d := range devices {
				rows = append(rows, []string{d[2], "black", d[0]}, []string{d[2], "black", d[1]})
			}
		default:
			rows = append(rows, []string{"Model", "Type", "Number", "SN"})
			for _, d := range devices {
				rows = append(rows, []string{"SM-A556B", "IMEI1", d[0], d[2]}, []string{"", "IMEI2", d[1], ""})
			}
		}
		return csv(rows, pick(o, separators)), devices
	},
	"fixed width": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), o.IntN(2) == 0, true)
		text := padded(o.shuffledColumns(devices), 1+o.IntN(3))
		if o.IntN(2) == 0 {
			titles, rows, _ := strings.Cut(text, "\n")
			text = titles + "\n" + strings.Repeat("-", 60) + "\n" + rows
		}
		return text, devices
	},
	"table in a mail": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), o.IntN(2) == 0, true)
		rows := o.shuffledColumns(devices)
		table := padded(rows, 2)
		if o.IntN(2) == 0 {
			table = csv(rows, pick(o, []string{"\t", " | ", " ; "}))
		}
		quote := pick(o, []string{"", "> "})
		text := "Hej,\n\nvänligen registrera följande enheter (order 4500771234):\n\n" + table +
			"\nMvh\nLars Nilsson\nTel: +46 31 555 01 23\n"
		return quote + strings.ReplaceAll(text, "\n", "\n"+quote), devices
	},
	"counted boxes": func(o office) (string, [][3]string) {
		groups := 2 + o.IntN(2)
		dual, serial := o.IntN(2) == 0, o.IntN(2) == 0
		devices := o.devices(groups*(1+o.IntN(5)), dual, serial)
		word := pick(o, []string{"Box %d", "Device %d", "Gerät %d", "Telefon %d"})
		rows := [][]string{nil, nil}
		for g := range groups {
			titles := []string{"IMEI"}
			if dual {
				titles = append(titles, "IMEI 2")
			}
			if serial {
				titles = append(titles, "S/N")
			}
			rows[0] = append(append(rows[0], fmt.Sprintf(word, g+1)), make([]string, len(titles)-1)...)
			rows[1] = append(rows[1], titles...)
		}
		for i := 0; i < len(devices); i += groups {
			var row []string
			for _, d := range devices[i : i+groups] {
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
	"other devices in remarks": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(8), o.IntN(2) == 0, true)
		rows := o.shuffledColumns(devices)
		rows[0] = append(rows[0], pick(o, []string{"Remark", "Note", "Anm.", "Comment"}))
		at := 1 + o.IntN(len(devices))
		rows[at] = append(rows[at], pick(o, []string{"%s", "swap for %s", "replaces IMEI %s"}))
		rows[at][len(rows[at])-1] = strings.ReplaceAll(rows[at][len(rows[at])-1], "%s", o.imei(pick(o, tacs)))
		return csv(rows, pick(o, separators)), devices
	},
}
