package intake

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
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

// titles of the identifiers in the languages of offices: IMEI, IMEI 2, serial number.
var officeTitles = map[string][3][]string{
	"en": {{"IMEI", "IMEI No.", "Device IMEI", "IMEI number", "IMEI (15 digits)", "PrimaryIMEI"}, {"IMEI 2", "Secondary IMEI", "IMEI2", "IMEI #2", "2nd IMEI"}, {"Serial No.", "S/N", "SerialNumber", "Device serial number", "Ser. no."}},
	"de": {{"IMEI-Nummer", "IMEI Nr.", "Geräte-IMEI", "Erste IMEI"}, {"Zweite IMEI", "IMEI-Nr. 2", "2. IMEI"}, {"Seriennummer", "Serien-Nr.", "SN", "Geräteseriennummer", "Ser.-Nr."}},
	"fr": {{"N° IMEI", "Numéro IMEI", "IMEI principal"}, {"Deuxième IMEI", "IMEI secondaire"}, {"N° de série", "Numéro de série", "No série"}},
	"es": {{"Nº IMEI", "IMEI principal", "Número IMEI"}, {"Segundo IMEI", "IMEI secundario 2"}, {"Número de serie", "N.º serie", "Nro. serie"}},
	"it": {{"Codice IMEI", "N. IMEI"}, {"Secondo IMEI", "IMEI secondario"}, {"Numero di serie", "Matricola", "Numero seriale"}},
	"pt": {{"Nº do IMEI", "Código IMEI"}, {"Segundo IMEI", "IMEI 2"}, {"Número de série", "Nº de série"}},
	"nl": {{"IMEI-nummer", "Toestel IMEI"}, {"Tweede IMEI", "IMEI-nummer 2"}, {"Serienummer", "Serienr."}},
	"pl": {{"Numer IMEI", "Nr IMEI"}, {"Drugi IMEI", "Nr IMEI 2"}, {"Numer seryjny", "Nr seryjny"}},
	"cs": {{"Číslo IMEI", "IMEI kód"}, {"Druhé IMEI", "IMEI 2"}, {"Sériové číslo", "Výrobní číslo"}},
	"tr": {{"IMEI numarası", "IMEI No"}, {"İkinci IMEI", "IMEI No 2"}, {"Seri numarası", "Seri No"}},
	"ko": {{"단말기 IMEI", "IMEI 번호"}, {"IMEI 2 번호", "두번째 IMEI"}, {"일련번호", "시리얼번호", "제조번호"}},
	"ja": {{"IMEI番号", "端末IMEI"}, {"IMEI番号2", "第2IMEI"}, {"シリアル番号", "製造番号", "ｼﾘｱﾙNo."}},
	"zh": {{"IMEI号", "手机IMEI", "设备IMEI", "IMEI串号"}, {"IMEI2号", "副IMEI", "IMEI 2"}, {"序列号", "机身号", "设备序列号"}},
}

// neighbour is a column beside the identifiers.
type neighbour struct {
	titles []string
	value  func(o office, i int) string
}

func fixedText(values ...string) func(office, int) string {
	return func(o office, _ int) string { return pick(o, values) }
}

var neighbours = map[string]neighbour{
	"status":  {[]string{"Status", "IMEI status", "Zustand", "État", "상태", "状态"}, fixedText("new", "OK", "in stock", "gesperrt", "미개봉")},
	"asn":     {[]string{"ASN", "ASN No."}, func(o office, _ int) string { return "18000" + o.digits(7) }},
	"hsn":     {[]string{"HSN", "HSN/SAC", "Zolltarifnummer", "HTS code", "Tariff no."}, fixedText("85171300", "8517.13.00", "85176200")},
	"series":  {[]string{"Series", "Serie", "Gamme", "시리즈"}, fixedText("Galaxy S Series", "XCover", "Tab Active")},
	"battery": {[]string{"Battery SN", "BATTERY_SN", "Akku-Seriennummer", "N° série batterie", "배터리 일련번호"}, func(o office, _ int) string { return "2033AIG" + o.digits(3) + "X" + o.digits(5) }},
	"charger": {[]string{"Charger S/N", "Netzteil SN", "Adapter serial"}, func(o office, _ int) string { return "R37" + o.letters(8, serialLetters) }},
	"sim":     {[]string{"SIM serial number", "SIM card no.", "ICCID", "SIM-Kartennummer", "유심 일련번호"}, func(o office, _ int) string { return "8949" + o.digits(15) }},
	"dock":    {[]string{"Dock serial", "Docking station S/N"}, func(o office, _ int) string { return "DK" + o.digits(8) }},
	"guid": {[]string{"GUID", "Device UUID", "Intune ID"}, func(o office, _ int) string {
		h := o.letters(32, "0123456789abcdef")
		return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	}},
	"eid": {[]string{"EID", "eSIM EID", "EID number"}, func(o office, _ int) string { return "89049032" + o.digits(24) }},
	"imsi": {[]string{"IMSI", "IMSI number"}, func(o office, _ int) string {
		return pick(o, []string{"26201", "45005", "31041", "44010"}) + o.digits(10)
	}},
	"phone": {[]string{"Phone no.", "Rufnummer", "MSISDN", "Téléphone", "전화번호"}, func(o office, _ int) string {
		return pick(o, []string{"+49 171 " + o.digits(7), "0171/" + o.digits(7), "4915" + o.digits(9), "+1 (555) 010-" + o.digits(4)})
	}},
	"mac": {[]string{"WLAN MAC", "MAC address", "BT MAC"}, func(o office, _ int) string {
		return strings.ToUpper(fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", o.IntN(256), o.IntN(256), o.IntN(256), o.IntN(256), o.IntN(256), o.IntN(256)))
	}},
	"price":    {[]string{"Price", "Preis (EUR)", "Prix unitaire HT", "Cena", "価格", "단가"}, fixedText("449.00", "1.049,90", "389,50", "287.654321098765", "₩1,234,000")},
	"count":    {[]string{"Qty", "Menge", "Quantità", "Ilość", "수량", "Adet"}, fixedText("1")},
	"date":     {[]string{"Date", "Lieferdatum", "Fecha", "Data", "日期", "납품일"}, fixedText("2026-11-20", "20.11.2026", "11/20/2026", "20-Nov-26", "20260112081500")},
	"ean":      {[]string{"EAN", "EAN-Code", "Barcode", "UPC"}, func(o office, _ int) string { return "880" + o.digits(10) }},
	"gtin":     {[]string{"GTIN", "GTIN-14", "Carton GTIN"}, func(o office, _ int) string { return "1880" + o.digits(10) }},
	"knox":     {[]string{"Knox Customer ID"}, fixedText("4600001586", "4600001587")},
	"customer": {[]string{"Customer", "Kunde", "Cliente", "고객명", "客户"}, fixedText("Contoso, Inc.", "Müller & Söhne GmbH", "Łódź Medical", "Total")},
	"order":    {[]string{"Order number", "Bestellnummer", "N° de commande", "Numero ordine", "주문번호", "订单号"}, fixedText("PO-2026/118", "4500123456", "26-0815")},
	"storage":  {[]string{"Storage", "Speicher", "Capacité"}, fixedText("128 GB", "256GB", "128")},
	"remark":   {[]string{"Remark", "Bemerkung", "Note", "비고"}, fixedText("", "ticket 20261120001", "DOA swap", "see mail of 12.11.", "INC0012345678901", "RMA20261120")},
	"asset":    {[]string{"Asset tag", "Inventarnummer", "资产编号"}, func(o office, i int) string { return fmt.Sprintf("AT-%06d", 1000+i) }},
	"colour":   {[]string{"Colour", "Farbe", "Color", "색상"}, fixedText("Onyx", "Awesome Navy", "schwarz")},
	"pos":      {[]string{"Pos.", "#", "No.", "번호", "Lp."}, func(_ office, i int) string { return fmt.Sprint(i + 1) }},
	"parcel":   {[]string{"Tracking", "Parcel no.", "Sendungsnummer"}, func(o office, _ int) string { return "00340" + o.digits(15) }},
	"contract": {[]string{"Contract", "Vertragsnummer", "Account no."}, func(o office, _ int) string { return "2" + o.digits(14) }},
	"model":    {[]string{"Model", "Modell", "Material", "모델명", "型号"}, fixedText("SM-A556B", "SM-X216B", "SM-S921B/DS")},
	"text":     {[]string{"Description", "Bezeichnung", "Désignation", "Opis"}, fixedText("Galaxy S24 256GB Onyx Black, EE", "Tab Active5 5G \"EE\"", "Galaxy XCover7; 6GB/128GB")},
	"user":     {[]string{"User", "E-mail"}, fixedText("anna@example.com", "tom.weber@example.com")},
	"ip":       {[]string{"IP address"}, func(o office, _ int) string { return "10.0." + o.digits(1) + "." + o.digits(2) }},
}

var neighbourNames = slices.Sorted(maps.Keys(neighbours))

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
		if inOrder && name == "charger" {
			continue // without its title nobody can know that its serial number is not the device's
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

// kinds of lists, each with its maker.
var kinds = map[string]func(o office) (string, [][3]string){
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
		return csv(o.columnsFor(devices, false), separator) + "\n" + csv([][]string{{"Model", "Qty"}, {"SM-A556B", "4"}, {"Total", "4"}}, separator), devices
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
		names := pick(o, [][3]string{{"IMEI", "IMEI 2", "S/N"}, {"IMEI 1", "IMEI 2", "Serial number"}, {"IMEI-Nr.", "Zweite IMEI", "Seriennummer"}, {"N° IMEI", "Deuxième IMEI", "N° de série"}, {"IMEI 번호", "IMEI 2", "일련번호"}})
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
		bullet, how, name := pick(o, []string{"", "- ", "* ", "• ", "%d. ", "%d) ", "> ", "(%d) ", "– "}), pick(o, []int{0, 1, 2, 3, 7, 9, 13}), pick(o, []string{"", "SN ", "S/N: ", "SN: ", "Serial "})
		var b strings.Builder
		b.WriteString(pick(o, []string{"Hallo zusammen,", "Hi team", "Bonjour,", "안녕하세요,", "お世話になっております。", "Dzień dobry,"}) + "\n\n")
		b.WriteString(pick(o, []string{"anbei die Geräte der Lieferung 80012345.", "please enrol the devices of order 4500123456:", "IMEI list below", "아래 단말 등록 부탁드립니다.", "Seriennummern und IMEIs:"}) + "\n\n")
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
		b.WriteString(pick(o, []string{"", "Tel. +49 711 5551234 - Fax 07115551235\nVAT ID DE123456789 · HRB 765432", "Phone: (555) 010-4477\nwww.example.com", "IBAN DE02 1203 0000 0000 2020 51"}) + "\n")
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
		titles := pick(o, [][]string{{"old IMEI", "new IMEI"}, {"Alte IMEI", "Neue IMEI"}, {"Ancien IMEI", "Nouvel IMEI nouveau"}, {"Defekte IMEI", "Ersatz-IMEI"}, {"기존 IMEI", "신규 IMEI"}, {"旧IMEI", "新IMEI"}, {"Stary IMEI", "Nowy IMEI"}})
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

// some is a delivery of any make.
func (o office) some() [][3]string {
	return o.devices(pick(o, []int{1, 2, 3, 5, 8, 12}), o.IntN(2) == 0, o.IntN(2) == 0)
}

// around puts titles above a table and totals below it.
func (o office) around(table string) string {
	above := pick(o, []string{"", "", "Delivery note 80012345\n", "IMEI list\n\n", "Northwind GmbH, Industriestr. 12\nDate: 20.11.2026\n", "Tel. +49 711 5551234\n"})
	below := pick(o, []string{"", "", "\nTotal devices: 8\n", "Summe\n", "\nPage 1 of 1\n", "\nThis e-mail is confidential.\n"})
	return above + table + below
}

// TestNoDeviceOfAnyListIsLostWithoutAWord plays lists of every kind: a device that is not read exactly is named by a verdict or
// as not used.
func TestNoDeviceOfAnyListIsLostWithoutAWord(t *testing.T) {
	lists := 10_000
	if testing.Short() {
		lists = 1000
	}
	names := slices.Sorted(maps.Keys(kinds))
	figures := map[string]outcome{}
	shown := 0
	for seed := range lists {
		o := office{rand.New(rand.NewPCG(uint64(seed), 12))}
		kind := names[seed%len(names)]
		text, devices := kinds[kind](o)
		f := figures[kind]
		file, err := sheet.FromText(text)
		require.NoError(t, err)
		index, sample, err := Find(context.Background(), file)
		require.NoError(t, err)
		layout := Recognise(sample)
		r := NewReview(Options{Layout: layout})
		exact, silent := false, ""
		if err = r.Read(context.Background(), file, index); err == nil {
			exact, silent = compareList(r, trueList{Devices: devices})
		}
		switch {
		case exact:
			f.exact++
		case silent != "":
			f.silent++
			if shown++; shown <= 20 {
				t.Errorf("list %d, %s, as %s: %s\n%s", seed, kind, layout.Shape, silent, text)
			}
		default:
			f.said++
		}
		figures[kind] = f
	}
	sum := outcome{}
	for _, kind := range names {
		f := figures[kind]
		t.Logf("%-20s exact %4d, said %3d, silent %3d", kind, f.exact, f.said, f.silent)
		sum = outcome{sum.exact + f.exact, sum.said + f.said, sum.silent + f.silent}
	}
	t.Logf("%-20s exact %4d, said %3d, silent %3d", "all", sum.exact, sum.said, sum.silent)
	require.Zero(t, sum.silent)
}
