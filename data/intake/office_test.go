package intake

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"consign/model"
)

// office makes lists as offices get them, other than those in testdata.
type office struct{ *rand.Rand }

func pick[T any](o office, from []T) T { return from[o.IntN(len(from))] }

func (o office) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + o.IntN(10))
	}
	return string(b)
}

func (o office) letters(n int, from string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[o.IntN(len(from))]
	}
	return string(b)
}

var tacs = []string{"35441209", "35270112", "35899233", "86011706", "35056177", "01326400", "99001234", "35332411", "45600911", "35999105"}

func (o office) imei(tac string) string {
	first := tac + o.digits(6)
	return first + string(model.LuhnDigit(first))
}

const serialLetters = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"

// devices makes a delivery. dual and serial say what each has.
func (o office) devices(n int, dual, serial bool) [][3]string {
	all := make([][3]string, n)
	kind := o.IntN(3)
	for i := range all {
		d := &all[i]
		d[0] = o.imei(pick(o, tacs))
		if dual {
			switch first := ""; kind {
			case 0:
				d[1] = o.imei(pick(o, tacs))
			case 1: // the next number
				n := int(imeiNumber(d[0][8:14])+1) % 1_000_000
				first = d[0][:8] + fmt.Sprintf("%06d", n)
				d[1] = first + string(model.LuhnDigit(first))
			default: // another type, the same number
				first = d[0][:6] + "99" + d[0][8:14]
				if first[:8] == d[0][:8] {
					first = d[0][:6] + "98" + d[0][8:14]
				}
				d[1] = first + string(model.LuhnDigit(first))
			}
		}
		if serial {
			d[2] = "R" + pick(o, []string{"5", "3", "8", "9", "Z", "F"}) + o.letters(9, serialLetters)
			if !hasDigit(d[2]) {
				d[2] = d[2][:10] + "7"
			}
		}
	}
	return all
}

// written is how an office writes an IMEI.
func (o office) written(how int, imei string) string {
	switch how {
	case 1:
		return imei[:2] + "-" + imei[2:8] + "-" + imei[8:14] + "-" + imei[14:]
	case 2:
		return imei[:2] + " " + imei[2:8] + " " + imei[8:14] + " " + imei[14:]
	case 3:
		return imei[:8] + "/" + imei[8:14] + "/" + imei[14:]
	case 4:
		return imei[:14]
	case 5:
		return imei[:14] + "07"
	case 6:
		return imei + " / 01"
	case 7:
		return "'" + imei
	case 8:
		return imei + ".0"
	case 9:
		return imei[:8] + "\u00a0" + imei[8:]
	case 10:
		return imei[:6] + "\u2009" + imei[6:]
	case 11:
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, imei)
	case 12:
		return "\u202a" + imei + "\u202c"
	case 13:
		return imei[:5] + " " + imei[5:10] + " " + imei[10:]
	}
	return imei
}

// columnsFor makes the rows of a table. The first has the titles.
func (o office) columnsFor(devices [][3]string, inOrder bool) [][]string {
	language := officeTitles[pick(o, slices.Sorted(maps.Keys(officeTitles)))]
	type col struct {
		title string
		value func(i int) string
	}
	var cols []col
	how := o.IntN(14)
	for k := range 3 {
		if devices[0][k] == "" {
			continue
		}
		cols = append(cols, col{pick(o, language[k]), func(i int) string {
			if k == 2 {
				return devices[i][2]
			}
			return o.written(how, devices[i][k])
		}})
	}
	for range o.IntN(7) {
		name := pick(o, neighbourNames)
		if inOrder && slices.Contains([]string{"charger", "ledger", "consignment"}, name) {
			continue // without its title nobody can know that its number is not the device's
		}
		n := neighbours[name]
		t := pick(o, n.titles)
		if !slices.ContainsFunc(cols, func(c col) bool { return c.title == t }) {
			cols = append(cols, col{t, func(i int) string { return n.value(o, i) }})
		}
	}
	if !inOrder && (devices[0][1] == "" || o.IntN(3) > 0) || inOrder && devices[0][1] == "" { // IMEI 2 may stand anywhere behind
		o.Shuffle(len(cols), func(i, k int) { cols[i], cols[k] = cols[k], cols[i] })
	}
	rows := [][]string{nil}
	for _, c := range cols {
		rows[0] = append(rows[0], c.title)
	}
	for i := range devices {
		var row []string
		for _, c := range cols {
			row = append(row, c.value(i))
		}
		rows = append(rows, row)
	}
	return rows
}

// csv writes rows with a separator.
func csv(rows [][]string, separator string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(separator)
			}
			if strings.ContainsAny(cell, separator+"\"\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\n")
	}
	return b.String()
}

var separators = []string{",", ";", "\t", "|"}

// some is a delivery of any make.
func (o office) some() [][3]string {
	return o.devices(pick(o, []int{1, 2, 3, 5, 8, 12}), o.IntN(2) == 0, o.IntN(2) == 0)
}

// around puts titles above a table and totals below it.
func (o office) around(table string) string {
	above := pick(o, []string{"", "", "Delivery note 80012345\n", "IMEI list\n\n", "Northwind GmbH, Industriestr. 12\nDate: 20.11.2026\n",
		"Tel. +49 711 5551234\n"})
	below := pick(o, []string{"", "", "\nTotal devices: 8\n", "Summe\n", "\nPage 1 of 1\n", "\nThis e-mail is confidential.\n"})
	return above + table + below
}
