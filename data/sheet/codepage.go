package sheet

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var eastAsianPages = map[string]encoding.Encoding{
	"Shift_JIS": japanese.ShiftJIS,
	"EUC-JP":    japanese.EUCJP,
	"EUC-KR":    korean.EUCKR,
	"GB-18030":  simplifiedchinese.GB18030,
	"Big5":      traditionalchinese.Big5,
}

// alphabets are the letters beyond ASCII of languages with a code page of their own. chardet knows languages by their words, of which a
// list has too few; its letters tell more. telling are those whose bytes mean rare signs in Windows-1252: two of them make sure.
var alphabets = []struct {
	page             *charmap.Charmap
	letters, telling string
}{
	{charmap.Windows1250, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "ąłżśźĄŁŻ"},
	{charmap.Windows1250, "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "řěďťňŘĚŇ"},
	{charmap.Windows1250, "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "őűŐŰ"},
	{charmap.Windows1254, "çğıöşüâîûÇĞİÖŞÜ", "ğışĞİŞ"},
}

// pageWords are what tables in a code page have above their columns: of a short list they tell more than its other letters.
type pageWords struct {
	page  encoding.Encoding
	words []string
}

var officeWords = []pageWords{
	{korean.EUCKR, strings.Fields("번호 모델 수량 시리얼 고객 색상 주문 상태 제품 기종 단말 날짜 비고 순번 이름 담당")},
	{japanese.ShiftJIS, strings.Fields("番号 型番 機種 数量 シリアル 端末 顧客 注文 商品 品番 品名 日付 備考 状態 担当 色 会社")},
	{japanese.EUCJP, strings.Fields("番号 型番 機種 数量 シリアル 端末 顧客 注文 商品 品番 品名 日付 備考 状態 担当 会社")},
	{simplifiedchinese.GB18030, strings.Fields("序列号 型号 数量 设备 颜色 订单 名称 价格 状态 客户 日期 备注 编号 串号 机身号 产品 手机")},
	{traditionalchinese.Big5, strings.Fields("序號 型號 數量 設備 顏色 訂單 名稱 價格 狀態 客戶 日期 備註 編號 產品 手機")},
	{charmap.Windows1253, strings.Fields("Αριθμός Σειριακός σειράς Κωδικός Μοντέλο Χρώμα Ημερομηνία Δεύτερο Παλιό Παραγγελία Πελάτης " +
		"Ποσότητα")},
	{charmap.Windows1256, strings.Fields("رقم الرقم التسلسلي تسلسلي الثاني اللون الطراز المنتج العميل الكمية التاريخ الطلب")},
	{charmap.Windows1255, strings.Fields("מספר סידורי דגם צבע לקוח תאריך כמות הזמנה")},
	{charmap.Windows874, strings.Fields("หมายเลข เครื่อง รุ่น ลูกค้า วันที่ จำนวน ซีเรียล")},
	{charmap.Windows1257, strings.Fields("Sērijas Krāsa Pasūtījums Sąskaita Užsakymas Spalvą Värv")},
}

// writes reports a text that is whole in the code page and has one of its words.
func (e pageWords) writes(head []byte) bool {
	text, err := e.page.NewDecoder().Bytes(head)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return false
	}
	return slices.ContainsFunc(e.words, func(word string) bool { return len(word) > 3 && bytes.Contains(text, []byte(word)) })
}

// punctuation has the same bytes in every Windows code page.
const punctuation = "–—‘’‚“”„…•€\u00a0§©«°±·»"

// codePageOf recognises a code page other than Windows-1252, nil for anything else. Only a clear answer counts:
// a few umlauts of Windows-1252 look like Chinese to a guesser.
func codePageOf(head []byte) encoding.Encoding {
	if i := bytes.LastIndexByte(head, '\n'); len(head) == headSize && i > 0 {
		head = head[:i] // do not judge half a character
	}
	if utf8.Valid(head) {
		return nil
	}
	for _, p := range officeWords {
		if p.writes(head) {
			return p.page
		}
	}
	if hasFourBytes(head) {
		return simplifiedchinese.GB18030
	}
	if page := eastAsianPage(head); page != nil {
		return page
	}
	if isCyrillic(head) {
		return charmap.Windows1251
	}
	for _, a := range alphabets {
		if spells(head, a.page, a.letters, a.telling) {
			return a.page
		}
	}
	return nil
}

func eastAsianPage(head []byte) encoding.Encoding {
	found, err := chardet.NewTextDetector().DetectAll(head)
	if err != nil || found[0].Confidence < 50 {
		return nil
	}
	best := found[0].Charset
	for _, f := range found { // the bytes of Chinese are Korean, too, but as words no Korean writes
		if f.Charset == "GB-18030" && f.Confidence >= found[0].Confidence && best == "EUC-KR" && !isHangul(head) {
			best = f.Charset
		}
	}
	return eastAsianPages[best]
}

// hasFourBytes reports a character of GB 18030 as no other code page of East Asia has one: its second and fourth bytes are digits.
func hasFourBytes(head []byte) bool {
	high := func(c byte) bool { return c > 0x80 && c < 0xff }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	for i := range len(head) - 3 {
		if high(head[i]) && digit(head[i+1]) && high(head[i+2]) && digit(head[i+3]) {
			text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head)
			return err == nil && !bytes.ContainsRune(text, utf8.RuneError)
		}
	}
	return false
}

// isHangul reports whether most of a text is Korean syllables, if it is EUC-KR.
func isHangul(head []byte) bool {
	text, _ := korean.EUCKR.NewDecoder().Bytes(head)
	syllables, others := 0, 0
	for _, r := range string(text) {
		switch {
		case unicode.Is(unicode.Hangul, r):
			syllables++
		case r >= utf8.RuneSelf:
			others++
		}
	}
	return syllables > 4*others
}

// isCyrillic reports whether most letters beyond ASCII are words of Windows-1251: West Europeans never write four in a row.
func isCyrillic(head []byte) bool {
	inWords, others, run := 0, 0, 0
	for _, c := range append(head[:len(head):len(head)], ' ') {
		if c >= 0xc0 || c == 0xa8 || c == 0xb8 {
			run++
			continue
		}
		if run >= 4 {
			inWords += run
		} else {
			others += run
		}
		if run = 0; c >= utf8.RuneSelf && !strings.ContainsRune(punctuation, charmap.Windows1251.DecodeByte(c)) {
			others += 2
		}
	}
	return inWords > 2*others
}

// spells reports whether a text is of these letters, and of at least two different ones that tell.
func spells(head []byte, page *charmap.Charmap, letters, telling string) bool {
	var told [256]bool
	n := 0
	for _, c := range head {
		if c < utf8.RuneSelf {
			continue
		}
		r := page.DecodeByte(c)
		if !strings.ContainsRune(letters, r) && !strings.ContainsRune(punctuation, r) {
			return false
		}
		if strings.ContainsRune(telling, r) && !told[c] {
			told[c] = true
			n++
		}
	}
	return n >= 2
}
