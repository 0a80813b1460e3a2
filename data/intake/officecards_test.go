package intake

import (
	"fmt"
	"strings"
)

// card writes a device as lines of names and identifiers.
func card(device [3]string, names [3]string, gap string) string {
	var b strings.Builder
	for k, id := range device {
		if id != "" {
			b.WriteString(names[k] + gap + id + "\n")
		}
	}
	return b.String()
}

// cardKinds are cards as they come in the text of mails and among the rows of tables, and cells of several lines.
var cardKinds = map[string]func(o office) (string, [][3]string){
	"cards of blanks": func(o office) (string, [][3]string) { // what a web page leaves of tabs
		devices := o.devices(1+o.IntN(6), true, o.IntN(2) == 0)
		var b strings.Builder
		for i, d := range devices {
			fmt.Fprintf(&b, "Device %d\n%s", i+1, card(d, [3]string{"IMEI1", pick(o, []string{"IMEI 2", "副卡IMEI"}), "S/N"}, " "))
		}
		return b.String(), devices
	},
	"cards with contracts": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(6), false, true)
		var b strings.Builder
		for _, d := range devices {
			b.WriteString(pick(o, []string{"Contract", "Vertrag", "계약"}) + "\t2694" + o.digits(11) + "\n")
			b.WriteString(card(d, [3]string{"IMEI", "", "S/N"}, "\t"))
		}
		return b.String(), devices
	},
	"cards below a table": func(o office) (string, [][3]string) {
		dual := o.IntN(2) == 0
		table, cards := o.devices(1+o.IntN(5), false, true), o.devices(1+o.IntN(5), dual, true)
		rows := [][]string{{"IMEI", "Serial number", "Model"}}
		for _, d := range table {
			rows = append(rows, []string{d[0], d[2], "SM-A556B"})
		}
		text := csv(rows, pick(o, separators)) + "\n"
		for _, d := range cards {
			text += card(d, [3]string{"IMEI", "IMEI 2", pick(o, []string{"S/N", "SN"})}, ": ") + pick(o, []string{"", "\n"})
		}
		return text, append(table, cards...)
	},
	"cards above a table": func(o office) (string, [][3]string) {
		table, cards := o.devices(3+o.IntN(5), false, true), o.devices(1, o.IntN(2) == 0, true)
		text := "Hello,\n\nplease add:\n\n" + card(cards[0], [3]string{"IMEI", "IMEI 2", "S/N"}, ": ") + "\nIMEI;Serial number\n"
		for _, d := range table {
			text += d[0] + ";" + d[2] + "\n"
		}
		return text, append(cards, table...)
	},
	"exchange in words": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(3), true, false)
		names := pick(o, [][2]string{{"Defekt", "Ersatz"}, {"Old IMEI", "New IMEI"}, {"old", "new"}})
		var b strings.Builder
		fresh := devices[:0]
		for _, d := range devices {
			b.WriteString(names[0] + ": " + d[0] + "\n" + names[1] + ": " + d[1] + "\n\n")
			fresh = append(fresh, [3]string{d[1]})
		}
		return b.String(), fresh
	},
	"cells of two lines": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(8), true, false)
		var rows [][]string
		for _, d := range devices {
			rows = append(rows, []string{d[0] + "\n" + d[1]})
		}
		above := pick(o, []string{"", "Order 4500778899001\n", "IMEI list\n"})
		below := pick(o, []string{"", "Итого: 9 шт.\n", "Prepared by: Lars Nilsson\n", "Antal: 9 st\n"})
		return above + pick(o, []string{"IMEI\n", "IMEI 1/2\n"}) + csv(rows, ";") + below, devices
	},
}
