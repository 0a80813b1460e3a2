package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// longestTitle is how many characters the title of a column may have; more is a sentence.
const longestTitle = 60

// title is what the title of a column says. It is evidence, like what the column holds.
type title struct {
	imei, meid, serial bool
	identifier         bool // any of them: "Device IMEI/serial number"
	second             bool // of a device's two IMEIs
	old, fresh         bool // of an exchange: the device that goes, the one that comes
	foreign            bool // of a battery, SIM or dock: its serial number is not the device's
	other              bool // names something else that looks like an identifier: IMSI, EID, tariff number
	paper              bool // names what offices number: assets, parcels, invoices, contracts
	weak               bool // a word that also means a series
	meaning            Meaning
	known              bool
}

// dotted is the word with a point behind each letter.
var dotted = regexp.MustCompile(`(?i)\bI\. ?M\. ?E\. ?I\b\.?`)

// maySeries reports a title that names a series: in some languages the word is that of a serial number, too.
func (t title) maySeries() bool { return t.weak && !t.foreign && !t.other }

// identifies reports whether the title promises a device's identifier.
func (t title) identifies() bool { return t.known && t.meaning.identifies() }

// readTitle reads the title of a column.
func readTitle(text string) (t title) {
	if len(text) > 2*longestTitle {
		return t
	}
	if digitsIn(text) > 3 {
		return t // an identifier or a sentence with a number, such as "IMEI list 2026"
	}
	words := titleWords(dotted.ReplaceAllString(modelCodes.ReplaceAllString(text, ""), "IMEI"))
	if len(words) == 0 || len(words) > 8 || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(denials, w) }) {
		return t
	}
	for i, w := range words {
		t.word(w, i > 0 && slices.Contains(initials, words[i-1]+w))
		t.second = t.second || i > 0 && words[i-1]+w == "esim"
	}
	if slices.Contains(words, "1") && slices.Contains(words, "2") {
		t.second = false // IMEI 1/2
	}
	name := strings.Join(words, "")
	if m, ok := titles[name]; ok {
		t.meaning, t.known = m, true
	} else if m, ok := titles[strings.Join(titleWords(withoutBrackets(text)), "")]; ok {
		t.meaning, t.known = m, true
	}
	if t.known && t.meaning == Identifier {
		t.identifier = true
	}
	t.paper = t.paper && !t.imei && !t.meid && !t.serial && !t.identifier
	if t.foreign && !t.imei && !t.meid && (t.serial || t.known && t.meaning.identifies()) {
		t.serial, t.meaning, t.known = false, Ignored, true
	}
	if t.weak && !t.foreign && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(numberWords, w) }) {
		t.weak, t.known = false, false // Série n°
	}
	t.named()
	return t
}

// numberWords make a number of a series.
var numberWords = split("n no nr num numero number nummer numer")

// named gives the title the meaning of the identifiers that it names.
func (t *title) named() {
	both := (t.imei || t.meid) && t.serial
	switch {
	case t.other && !t.imei:
		t.meaning, t.known = Ignored, true
	case both:
		t.meaning, t.known, t.identifier = Identifier, true, true
	case t.imei && t.old:
		t.meaning, t.known = OldIMEI, true
	case t.imei && t.second && !t.meid:
		t.meaning, t.known = IMEI2, true
	case t.imei:
		t.meaning, t.known = IMEI, true
	case t.meid:
		t.meaning, t.known = MEID, true
	case t.serial && t.old:
		t.meaning, t.known = OldSerial, true
	case t.serial && !(t.known && t.meaning != Serial && t.meaning != Identifier):
		t.meaning, t.known = Serial, true
	}
}

// initials are those of a serial number on both sides of a slash: S/N, N/S, С/Н.
var initials = []string{"sn", "ns", "сн"}

// word adds what one word says. sn tells that it completes S/N.
func (t *title) word(w string, sn bool) {
	w = strings.TrimPrefix(w, "#")
	switch {
	case strings.HasPrefix(w, "imei"), strings.HasSuffix(w, "imei"), strings.HasPrefix(w, "имеи"), strings.HasPrefix(w, "ιμει"),
		strings.Contains(w, "串号"), strings.Contains(w, "串號"), strings.Contains(w, "移动设备识别码"):
		t.imei = true
		if rest, _ := strings.CutPrefix(w, "imei"); rest == "ii" || rest == "b" || rest == "two" {
			t.second = true
		}
	case strings.HasPrefix(w, "meid"), strings.HasSuffix(w, "meid") && !strings.HasSuffix(w, "timeid"):
		t.meid = true
	case w == "2" || w == "ii" || slices.Contains(secondWords, w) || hasAnyFolded(w, secondStems):
		t.second = true
	case slices.Contains(oldWords, w) || hasAnyFolded(w, oldStems):
		t.old = true
	case slices.Contains(freshWords, w) || hasAnyFolded(w, freshStems):
		t.fresh = true
	case slices.Contains(otherWords, w):
		t.other = true
	case slices.Contains(paperWords, w) || hasAnyFolded(w, paperStems):
		t.paper = true
	}
	if sn || w == "sn" || slices.Contains(serialWords, w) || hasAnyFolded(w, serialStems) {
		t.serial = true
		t.weak = t.weak || slices.Contains(weakSerial, w)
	}
	if slices.ContainsFunc(foreignStems, func(stem string) bool {
		return strings.HasPrefix(w, stem) || len(stem) > 5 && strings.Contains(w, stem)
	}) ||
		hasAnyFolded(w, foreignSigns) || slices.Contains(foreignWords, w) {
		t.foreign = true
	}
}

func split(words string) []string { return strings.Fields(words) }

// The words of titles, folded: whole words, and stems that may stand within one. English, German, French, Spanish, Italian, Portuguese,
// Dutch, Polish, Czech, Slovak, Croatian, Hungarian, Romanian, the Nordic languages, Russian, Ukrainian, Greek, Turkish, Korean,
// Japanese and Chinese.
var (
	secondWords = split(`esim weitere neben alternate alternative
		2nd second secondary zweite zweiter zweites deuxieme seconde secondaire segundo segunda secondo seconda secondario tweede
		secundair drugi druga druhe druhy ikinci sim2 slot2 b andra anden andet andre toinen masodik doilea secundar второи
		вторая другии δευτερο δευτερος δευτερη druzi sekundart sekundar sekundaer druga druge втори antras antra
		teine otrais kedua الثاني ثاني الثانوي שני משני secundara`)
	secondStems = split("두번째 第二 第2 副 보조 サブ")
	oldWords    = split(`out outgoing
		old previous former replaced returned return defective faulty broken original alt alte alter altes alten bisherige defekt
		defekte defektes ausgetauschte ersetzte ancien ancienne remplace defectueux antiguo antigua anterior viejo vieja vecchio
		vecchia precedente difettoso antigo antiga velho oud oude vorige defect stary stara stare poprzedni uszkodzony puvodni
		vadny eski arizali gammal gammalt gammel gammelt vanha viallinen regi hibas vechi defecta старыи неисправныи старии
		παλιο παλιος stari neispravan chybny القديم قديم הישן ישן стар стара senas vana vecais lama`)
	oldStems   = split("기존 이전 교체전 旧 舊 交換前 故障")
	freshWords = split(`incoming
		new replacement swap neu neue neuer neues neuen ersatz nouveau nouvelle remplacement nuevo nueva reemplazo nuovo nuova
		sostitutivo novo nova substituto nieuw nieuwe vervangend nowy nowa nowe zamienny novy nove nahradni yeni degisim
		ny nytt ersattning erstatning uusi uj csere nou inlocuire новыи замена новии
		νεο νεος novi zamjenski nahradny الجديد جديد חדש החדש нов нова naujas uus jauns baru`)
	freshStems  = split("신규 교체후 새 新 交換後")
	serialWords = split(`serial serials serialno serialnr serialnum serialnumber serien seriennr seriennummer serienr serienummer serie seri
		seriale seryjny serino serinumarasi snr snno snnr serno sernr ser matricola vyrobni vyrobne gyari valmistusnumero
		заводскои сер сериал σειρας valmistenumero seriale seria`)
	weakSerial  = split("serie seri ser seria")
	serialStems = split(`sarjan sorozatsz serijsk serijos serijas seerianum seriovec сериин серіин сериен серијск σειριακ seriennum seriennr
		serialn seriov vyrobnicisl 일련 시리얼 제조번호 シリアル 製造番号 製造no 機番 序列 机身号 機身號`)
	// A serial number of these is not the device's.
	foreignStems = split(`batter akku bater batar pil sim usim uicc dock cradle charger ladegerat ladestation netzteil adapter adaptor
		power chargeur cargador caricat carregador oplader ladowark nabijeck nabijac laddar lader laturi tolto incarcator punjac
		bataria батаре аккум акум заряд зарядн чехол наушник μπαταρ φορτιστ case cover hulle etui funda coque headset earbud
		stylus dex station hub spen keyboard tastatur teclado clavier accessor zubehor accessoir accesorio akcesori prislusenstvi aksesuar monitor
		display printer drucker license licence lizenz licencia camera kamera scanner router gateway carton karton pallet palette`)
	foreignSigns = split("배터리 전지 유심 카드 도킹 충전 케이스 电池 電池 バッテリ 充电 充電 ドック カード 卡 박스")
	foreignWords = split("box bat batt accu pil pili sarj psu pen watch lot batch akun сим")
	// What offices number, in words that may be beside those of a device.
	paperWords = split(`inv invnr document documento dokument
		asset assets inventory invoice employee staff contract tracking parcel waybill consignment awb shipment delivery ticket
		incident warranty rma inventar inventarnr inventarnummer anlagennr anlagennummer rechnung rechnungsnr rechnungsnummer personal
		personalnr personalnummer mitarbeiter vertrag vertragsnr vertragsnummer sendung sendungsnr sendungsnummer paket paketnr paketnummer
		lieferschein lieferscheinnr lieferscheinnummer beleg belegnr belegnummer garantie inventaire facture matricule contrat suivi colis
		expedition livraison inventario activo factura empleado contrato seguimiento envio paquete albaran cespite fattura dipendente
		contratto spedizione ddt patrimonio fatura funcionario rastreio inventaris factuur personeel contractnr zending pakket pakbon
		inwentarzowy faktura faktury pracownik umowa umowy przesylka przesylki inventarni zamestnanec smlouva smlouvy zasilka zasilky
		dodaci demirbas personel sozlesme kargo irsaliye`)
	paperStems = split("자산 송장 사번 계약 資産 請求 社員 契約 送り状 伝票 资产 資產 发票 工号 合同 快递 运单")
	denials    = split(`not missing unknown invalid wrong without kein keine keinen ohne fehlt falsch sans pas manquant`)
	otherWords = split(`imsi eid eidnumber iccid esn guid uuid mac wifi wlan bluetooth hsn hs asn hts taric msisdn tariff zolltarifnummer
		zolltarif warennummer statusimei`)
)

func hasAnyFolded(name string, stems []string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.Contains(name, stem) })
}

// withoutBrackets drops what stands in brackets: units and remarks.
func withoutBrackets(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '[', '{', '（':
			depth++
		case ')', ']', '}', '）':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// titleWords splits a title into its folded words: at signs, digits, capitals within a word and where Latin letters end.
func titleWords(text string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if w := fold(word.String()); w != "" {
			words = append(words, w)
		}
		word.Reset()
	}
	last := 0 // 1 a small letter, 2 a capital, 3 a digit, 4 another script
	for _, r := range norm.NFC.String(width.Fold.String(text)) {
		kind := 0
		switch {
		case r == '#' || unicode.IsDigit(r):
			kind = 3
		case unicode.Is(unicode.Mn, r) || r == 'ー':
			kind = last
		case unicode.IsLetter(r) && r > 0x2e00:
			kind = 4
		case unicode.IsUpper(r):
			kind = 2
		case unicode.IsLetter(r):
			kind = 1
		}
		switch {
		case kind == 0:
			end()
			last = 0
			continue
		case last != 0 && kind != last && !(last == 2 && kind == 1):
			end()
		}
		word.WriteRune(r)
		last = kind
	}
	end()
	return words
}

// meaningOf recognises the title of a column. known is false for a cell that is no title of ours.
func meaningOf(text string) (m Meaning, known bool) {
	t := readTitle(text)
	return t.meaning, t.known
}

// fold brings a title to its letters and digits: small, without accents, in plain width.
func fold(title string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(width.Fold.String(title)) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ı':
			b.WriteByte('i')
		case r == 'º' || r == '°':
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '#', unicode.Is(unicode.Mn, r) && r > 0x3000:
			b.WriteRune(unicode.ToLower(r)) // the marks of kana tell letters apart, unlike accents
		}
	}
	return norm.NFC.String(b.String())
}

// hasAny reports whether one of the words, folded or not, stands in a folded name.
func hasAny(name string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, fold(word)) })
}

// digitsIn counts the digits of a text.
func digitsIn(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
