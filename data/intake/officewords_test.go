package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// titles of the identifiers in the languages of offices: IMEI, IMEI 2, serial number.
var officeTitles = map[string][3][]string{
	"en": {{"IMEI", "IMEI No.", "Device IMEI", "IMEI number", "IMEI (15 digits)", "PrimaryIMEI"},
		{"IMEI 2", "Secondary IMEI", "IMEI2", "IMEI #2", "2nd IMEI"}, {"Serial No.", "S/N", "SerialNumber", "Device serial number", "Ser. no."}},
	"de": {{"IMEI-Nummer", "IMEI Nr.", "Geräte-IMEI", "Erste IMEI"}, {"Zweite IMEI", "IMEI-Nr. 2", "2. IMEI"},
		{"Seriennummer", "Serien-Nr.", "SN", "Geräteseriennummer", "Ser.-Nr."}},
	"fr": {{"N° IMEI", "Numéro IMEI", "IMEI principal"}, {"Deuxième IMEI", "IMEI secondaire"}, {"N° de série", "Numéro de série", "No série"}},
	"es": {{"Nº IMEI", "IMEI principal", "Número IMEI"}, {"Segundo IMEI", "IMEI secundario 2"},
		{"Número de serie", "N.º serie", "Nro. serie"}},
	"it": {{"Codice IMEI", "N. IMEI"}, {"Secondo IMEI", "IMEI secondario"}, {"Numero di serie", "Matricola", "Numero seriale"}},
	"pt": {{"Nº do IMEI", "Código IMEI"}, {"Segundo IMEI", "IMEI 2"}, {"Número de série", "Nº de série"}},
	"nl": {{"IMEI-nummer", "Toestel IMEI"}, {"Tweede IMEI", "IMEI-nummer 2"}, {"Serienummer", "Serienr."}},
	"pl": {{"Numer IMEI", "Nr IMEI"}, {"Drugi IMEI", "Nr IMEI 2"}, {"Numer seryjny", "Nr seryjny"}},
	"cs": {{"Číslo IMEI", "IMEI kód"}, {"Druhé IMEI", "IMEI 2"}, {"Sériové číslo", "Výrobní číslo"}},
	"tr": {{"IMEI numarası", "IMEI No"}, {"İkinci IMEI", "IMEI No 2"}, {"Seri numarası", "Seri No"}},
	"sv": {{"IMEI-nr", "IMEI-nummer"}, {"Andra IMEI", "IMEI 2"}, {"Serienummer", "Serienr."}},
	"da": {{"IMEI-nr.", "IMEI nummer"}, {"Anden IMEI", "IMEI 2"}, {"Serienummer", "Serienr."}},
	"no": {{"IMEI-nummer"}, {"Andre IMEI", "IMEI 2"}, {"Serienummer"}},
	"fi": {{"IMEI-koodi", "IMEI-numero"}, {"Toinen IMEI", "IMEI 2"}, {"Sarjanumero", "Sarjanro"}},
	"hu": {{"IMEI szám"}, {"Második IMEI", "IMEI 2"}, {"Sorozatszám", "Gyári szám"}},
	"ro": {{"Cod IMEI", "Număr IMEI"}, {"Al doilea IMEI", "IMEI 2"}, {"Număr de serie", "Nr. serie"}},
	"ru": {{"Номер IMEI", "ИМЕИ (IMEI)"}, {"Второй IMEI", "IMEI 2"}, {"Серийный номер", "Заводской номер"}},
	"uk": {{"Номер IMEI"}, {"Другий IMEI", "IMEI 2"}, {"Серійний номер"}},
	"el": {{"Αριθμός IMEI"}, {"Δεύτερο IMEI", "IMEI 2"}, {"Σειριακός αριθμός", "Αριθμός σειράς"}},
	"hr": {{"IMEI broj"}, {"Drugi IMEI", "IMEI 2"}, {"Serijski broj"}},
	"sk": {{"Číslo IMEI"}, {"Druhé IMEI", "IMEI 2"}, {"Sériové číslo", "Výrobné číslo"}},
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
	"status": {[]string{"Status", "IMEI status", "Zustand", "État", "상태", "状态"}, fixedText("new", "OK", "in stock", "gesperrt", "미개봉")},
	"asn":    {[]string{"ASN", "ASN No."}, func(o office, _ int) string { return "18000" + o.digits(7) }},
	"hsn":    {[]string{"HSN", "HSN/SAC", "Zolltarifnummer", "HTS code", "Tariff no."}, fixedText("85171300", "8517.13.00", "85176200")},
	"series": {[]string{"Series", "Serie", "Gamme", "시리즈"}, fixedText("Galaxy S Series", "XCover", "Tab Active")},
	"battery": {[]string{"Battery SN", "BATTERY_SN", "Akku-Seriennummer", "N° série batterie", "배터리 일련번호"},
		func(o office, _ int) string { return "2033AIG" + o.digits(3) + "X" + o.digits(5) }},
	"charger": {[]string{"Charger S/N", "Netzteil SN", "Adapter serial"},
		func(o office, _ int) string { return "R37" + o.letters(8, serialLetters) }},
	"sim": {[]string{"SIM serial number", "SIM card no.", "ICCID", "SIM-Kartennummer", "유심 일련번호"},
		func(o office, _ int) string { return "8949" + o.digits(15) }},
	"dock": {[]string{"Dock serial", "Docking station S/N"}, func(o office, _ int) string { return "DK" + o.digits(8) }},
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
		return strings.ToUpper(fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", o.IntN(256), o.IntN(256), o.IntN(256), o.IntN(256), o.IntN(256),
			o.IntN(256)))
	}},
	"price": {[]string{"Price", "Preis (EUR)", "Prix unitaire HT", "Cena", "価格", "단가"},
		fixedText("449.00", "1.049,90", "389,50", "287.654321098765", "₩1,234,000")},
	"count": {[]string{"Qty", "Menge", "Quantità", "Ilość", "수량", "Adet"}, fixedText("1")},
	"date": {[]string{"Date", "Lieferdatum", "Fecha", "Data", "日期", "납품일"},
		fixedText("2026-11-20", "20.11.2026", "11/20/2026", "20-Nov-26", "20260112081500")},
	"ean":  {[]string{"EAN", "EAN-Code", "Barcode", "UPC"}, func(o office, _ int) string { return "880" + o.digits(10) }},
	"gtin": {[]string{"GTIN", "GTIN-14", "Carton GTIN"}, func(o office, _ int) string { return "1880" + o.digits(10) }},
	"knox": {[]string{"Knox Customer ID"}, fixedText("4600001586", "4600001587")},
	"customer": {[]string{"Customer", "Kunde", "Cliente", "고객명", "客户"},
		fixedText("Contoso, Inc.", "Müller & Söhne GmbH", "Łódź Medical", "Total")},
	"order": {[]string{"Order number", "Bestellnummer", "N° de commande", "Numero ordine", "주문번호", "订单号"},
		fixedText("PO-2026/118", "4500123456", "26-0815")},
	"storage": {[]string{"Storage", "Speicher", "Capacité"}, fixedText("128 GB", "256GB", "128")},
	"remark": {[]string{"Remark", "Bemerkung", "Note", "비고"},
		fixedText("", "ticket 20261120001", "DOA swap", "see mail of 12.11.", "INC0012345678901", "RMA20261120")},
	"asset": {[]string{"Asset tag", "Inventarnummer", "资产编号"}, func(o office, i int) string { return fmt.Sprintf("AT-%06d", 1000+i) }},
	"ledger": {[]string{"Asset tag", "Inventarnr.", "N° inventaire", "Nr inwentarzowy", "資産番号", "Belegnummer", "Factura"},
		func(o office, i int) string {
			return pick(o, []string{"R0000012", "RE202600", "RNB00012"}) + fmt.Sprintf("%03d", 100+i)
		}},
	"consignment": {[]string{"Tracking no.", "Sendungsnr.", "Colis", "Nr przesyłki", "송장번호", "快递单号"},
		func(o office, _ int) string { return pick(o, []string{"35", "01"}) + o.digits(12) }},
	"colour":   {[]string{"Colour", "Farbe", "Color", "색상"}, fixedText("Onyx", "Awesome Navy", "schwarz")},
	"pos":      {[]string{"Pos.", "#", "No.", "번호", "Lp."}, func(_ office, i int) string { return fmt.Sprint(i + 1) }},
	"parcel":   {[]string{"Tracking", "Parcel no.", "Sendungsnummer"}, func(o office, _ int) string { return "00340" + o.digits(15) }},
	"contract": {[]string{"Contract", "Vertragsnummer", "Account no."}, func(o office, _ int) string { return "2" + o.digits(14) }},
	"model":    {[]string{"Model", "Modell", "Material", "모델명", "型号"}, fixedText("SM-A556B", "SM-X216B", "SM-S921B/DS")},
	"text": {[]string{"Description", "Bezeichnung", "Désignation", "Opis"},
		fixedText("Galaxy S24 256GB Onyx Black, EE", "Tab Active5 5G \"EE\"", "Galaxy XCover7; 6GB/128GB")},
	"user": {[]string{"User", "E-mail"}, fixedText("anna@example.com", "tom.weber@example.com")},
	"ip":   {[]string{"IP address"}, func(o office, _ int) string { return "10.0." + o.digits(1) + "." + o.digits(2) }},
}

var neighbourNames = slices.Sorted(maps.Keys(neighbours))
