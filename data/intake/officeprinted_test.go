package intake

import (
	"fmt"
	"strings"
)

// printedKinds are lists that were copied from a page, a screen or a form.
var printedKinds = map[string]func(o office) (string, [][3]string){
	"names above values": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(6), o.IntN(2) == 0, true)
		names := pick(o, [][3]string{{"IMEI1", "IMEI2", "S/N"}, {"IMEI (slot 1)", "IMEI (slot 2)", "Serial number"},
			{"IMEI-Nr. 1", "IMEI-Nr. 2", "Seriennummer"}})
		version, beside := pick(o, []string{"", " / 01", "/78"}), pick(o, []string{"", "Model name\nGalaxy A55 5G\n", "*#06#\n"})
		var b strings.Builder
		for _, d := range devices {
			b.WriteString(beside)
			for k, id := range d {
				if k < 2 && id != "" {
					id += version
				}
				if id != "" {
					b.WriteString(names[k] + "\n" + id + "\n")
				}
			}
			b.WriteString(pick(o, []string{"", "\n"}))
		}
		return b.String(), devices
	},
	"printed cells": func(o office) (string, [][3]string) {
		devices := o.devices(2+o.IntN(7), o.IntN(2) == 0, true)
		text := pick(o, []string{"", "Pos\nModel\nIMEI\nSerial number\nColour\n"})
		for i, d := range devices {
			text += fmt.Sprintf("%d\nSM-A556B\n%sblack\n", i+1, lines([][3]string{d}, ""))
		}
		return text, devices
	},
	"printed cells of two IMEIs": func(o office) (string, [][3]string) { // nobody can know, if they are not alike
		devices := o.devices(2+o.IntN(7), true, false)
		text := pick(o, []string{"", "Pos\nModel\nIMEI\nIMEI 2\nColour\n"})
		for i, d := range devices {
			text += fmt.Sprintf("%d\nSM-A556B\n%sblack\n", i+1, lines([][3]string{d}, ""))
		}
		return text, devices
	},
	"items of cards": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(8), false, false)
		mark, quote := pick(o, []string{"[%d] ", "%d.) ", "(%d) ", "%d: ", "#%d "}), pick(o, []string{"", "> ", ">> "})
		text := quote + "Hello,\n" + quote + "\n"
		for i, d := range devices {
			text += quote + fmt.Sprintf(mark, i+1) + "IMEI: " + d[0] + pick(o, []string{"", " (Galaxy A55)"}) + "\n"
		}
		return text + quote + "\n" + quote + "Thanks\n", devices
	},
	"cards of signs": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), o.IntN(2) == 0, true)
		gap, head := pick(o, []string{"：", " - ", " – ", " ： "}), pick(o, []string{"", "Phone #%d:\n", "[%d]\n", "--- %d ---\n", "%d.\n"})
		names := pick(o, [][3]string{{"IMEI No 1", "IMEI No 2", "Seri No"}, {"IMEI", "Weitere IMEI", "SNr."}})
		var b strings.Builder
		for i, d := range devices {
			if head != "" {
				fmt.Fprintf(&b, head, i+1)
			}
			b.WriteString("Model" + gap + "SM-A556B\nMaterial no." + gap + "10012345\n")
			b.WriteString(card(d, names, gap) + "Battery S/N" + gap + "R37AB1CD2EF\n\n")
		}
		return b.String(), devices
	},
	"titles moved": func(o office) (string, [][3]string) {
		devices := o.devices(3+o.IntN(8), false, true)
		rows := [][]string{{"IMEI", "S/N", "Model"}}
		for _, d := range devices {
			rows = append(rows, []string{"", d[0], d[2], "SM-A556B"})
		}
		return csv(rows, pick(o, separators)), devices
	},
	"numbered side by side": func(o office) (string, [][3]string) {
		devices := o.devices(2*(2+o.IntN(6)), false, false)
		var rows [][]string
		for i := 0; i < len(devices); i += 2 {
			rows = append(rows, []string{fmt.Sprint(i + 1), devices[i][0], fmt.Sprint(i + 2), devices[i+1][0]})
		}
		return csv(rows, pick(o, separators)), devices
	},
	"numbers in groups of three": func(o office) (string, [][3]string) {
		devices := o.devices(1+o.IntN(8), false, true)
		rows := [][]string{{"IMEI", "S/N"}}
		for _, d := range devices {
			rows = append(rows, []string{strings.Join([]string{d[0][:3], d[0][3:6], d[0][6:9], d[0][9:12], d[0][12:]}, ","), d[2]})
		}
		return csv(rows, pick(o, []string{";", "\t", ","})), devices
	},
}
