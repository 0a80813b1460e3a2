package intake

import (
	"strings"
	"sync"
	"unicode"

	"consign/model"
)

// keyboard is a layout of the computer's keyboard. A scanner that is set to a US keyboard presses keys, and the layout says what
// they write: plain and shifted are what the keys of usPlain write with and without Shift, in their order.
type keyboard struct {
	id             string
	name           model.Text
	plain, shifted string
}

// caps is what Caps Lock does, which differs by system and by layout.
type caps uint8

const (
	capsOff     caps = iota
	capsLetters      // turns letters only, as on Linux and on most layouts
	capsDigits       // turns letters and the row of digits, as the French layout of Windows
	capsAll          // turns all keys, as the German layout of Windows
)

// The keys of a US keyboard, row by row.
const (
	usPlain   = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
	usShifted = `~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`
	digitRow  = "1234567890"
)

// hangul is the id of the Korean keyboard while it writes Hangul. Its jamo come as syllables, see keystrokes.
const hangul = "kr-hangul"

// keyboards are the layouts of offices, by the symbols of xkeyboard-config; where Windows has others, a check of the scanner
// learns them. Polish (programmer's), Romanian and Korean in Latin letters are as the US one. □ stands for a key that writes nothing.
var keyboards = []keyboard{
	{"us", model.Say("English (US) keyboard"),
		"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
		`~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`},
	{"fr", model.Say("French keyboard"),
		`²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!`,
		`~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§`},
	{"be", model.Say("Belgian keyboard"),
		`²&é"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=`,
		`³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+`},
	{"de", model.Say("German keyboard"),
		`^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-`,
		"°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"},
	{"ch", model.Say("Swiss German keyboard"),
		`§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_"},
	{"ch-fr", model.Say("Swiss French keyboard"),
		`§1234567890'^qwertzuiopè¨$asdfghjkléàyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPü!£ASDFGHJKLöäYXCVBNM;:_"},
	{"es", model.Say("Spanish keyboard"),
		"º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
		`ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_`},
	{"it", model.Say("Italian keyboard"),
		`\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-`,
		`|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_`},
	{"pt", model.Say("Portuguese keyboard"),
		`\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-`,
		"|!\"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_"},
	{"tr", model.Say("Turkish keyboard"),
		`"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.`,
		`é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:`},
	{"cz", model.Say("Czech keyboard"),
		`;+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-`,
		`°1234567890%ˇQWERTZUIOP/('ASDFGHJKL"!YXCVBNM?:_`},
	{"cz-qwerty", model.Say("Czech (QWERTY) keyboard"),
		`;+ěščřžýáíé=´qwertyuiopú)¨asdfghjklů§zxcvbnm,.-`,
		`°1234567890%ˇQWERTYUIOP/('ASDFGHJKL"!ZXCVBNM?:_`},
	{"pl-qwertz", model.Say("Polish (214) keyboard"),
		`˙1234567890+'qwertzuiopżśóasdfghjklłąyxcvbnm,.-`,
		`˛!"#$%&/()=?*QWERTZUIOPńćźASDFGHJKLŁęYXCVBNM;:_`},
	{"jp", model.Say("Japanese keyboard"),
		`□1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./`,
		"□!\"#$%&'()□=~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?"},
	{"gb", model.Say("English (UK) keyboard"),
		"`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
		`¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?`},
	{"nl", model.Say("Dutch keyboard"),
		`@1234567890/°qwertyuiop¨*<asdfghjkl+´zxcvbnm,.-`,
		"§!\"#$%&_()'?~QWERTYUIOP^|>ASDFGHJKL±`ZXCVBNM;:="},
	{"dk", model.Say("Danish keyboard"),
		`½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_"},
	{"no", model.Say("Norwegian keyboard"),
		`|1234567890+\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_"},
	{"se", model.Say("Swedish keyboard"),
		`§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-`,
		"½!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_"},
	{"hu", model.Say("Hungarian keyboard"),
		`0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-`,
		`§'"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_`},
	{"sk", model.Say("Slovak keyboard"),
		`;+ľščťžýáíé=´qwertzuiopúäňasdfghjklô§yxcvbnm,.-`,
		`°1234567890%ˇQWERTZUIOP/()ASDFGHJKL"!YXCVBNM?:_`},
	{"hr", model.Say("Croatian keyboard"),
		"`1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
		`~!"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_`},
	{"br", model.Say("Brazilian keyboard"),
		`'1234567890-=qwertyuiop´[]asdfghjklç~zxcvbnm,.;`,
		"\"!@#$%¨&*()_+QWERTYUIOP`{}ASDFGHJKLÇ^ZXCVBNM<>:"},
	{"latam", model.Say("Latin American keyboard"),
		`|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-`,
		`°!"#$%&/()=?¡QWERTYUIOP¨*]ASDFGHJKLÑ[ZXCVBNM;:_`},
	{"ca", model.Say("Canadian French keyboard"),
		"#1234567890-=qwertyuiop^¸<asdfghjkl;`zxcvbnm,.é",
		"|!\"/$%?&*()_+QWERTYUIOP^¨>ASDFGHJKL:`ZXCVBNM'.É"},
	{hangul, model.Say("Korean keyboard that writes Hangul"),
		"`1234567890-=ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]\\ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./",
		`~!@#$%^&*()_+ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ{}|ㅁㄴㅇㄹㅎㅗㅓㅏㅣ:"ㅋㅌㅊㅍㅠㅜㅡ<>?`},
}

// writes is what the keys of usPlain write, without Shift and with it.
func (k *keyboard) writes(c caps) [2][]rune {
	as := [2][]rune{[]rune(k.plain), []rune(k.shifted)}
	if c == capsOff {
		return as
	}
	for i := range as[0] {
		plain, shifted := as[0][i], as[1][i]
		letter := unicode.ToUpper(plain) == shifted || unicode.ToLower(shifted) == plain
		if letter || c == capsAll || c == capsDigits && strings.Contains(digitRow, usPlain[i:i+1]) {
			as[0][i], as[1][i] = shifted, plain
		} else { // é and É stand on one key with 2
			as[0][i], as[1][i] = otherCase(plain), otherCase(shifted)
		}
	}
	return as
}

// otherCase turns a small letter into its capital and the other way round.
func otherCase(r rune) rune {
	if unicode.IsLower(r) {
		return unicode.ToUpper(r)
	}
	return unicode.ToLower(r)
}

// reads maps what arrives to what the scanner read. Where two keys write the same, the capital is meant: codes have no small letters.
func (k *keyboard) reads(c caps) map[rune]rune {
	m := map[rune]rune{}
	writes := k.writes(c)
	for shift, keys := range [...]string{usPlain, usShifted} {
		for i, key := range keys {
			arrives := writes[shift][i]
			if have, taken := m[arrives]; arrives != '□' && (!taken || !isLabelRune(have) && isLabelRune(key)) {
				m[arrives] = key
			}
		}
	}
	return m
}

// isLabelRune reports a digit or capital, of which identifiers are made.
func isLabelRune(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' }

// board is a layout with a state of its Caps Lock.
type board struct {
	*keyboard
	caps  caps
	reads map[rune]rune
}

// boards are all layouts in all states of Caps Lock, the US one without it first, which changes nothing.
var boards = sync.OnceValue(func() []board {
	var all []board
	for i := range keyboards {
		k := &keyboards[i]
		for c := capsOff; c <= capsAll; c++ {
			if c > capsOff && k.id == hangul || c > capsLetters && k.id == "jp" {
				break // jamo have no capitals, and Shift with 0 writes nothing in Japan
			}
			all = append(all, board{k, c, k.reads(c)})
		}
	}
	return all
})

// decode is what a scanner read when text arrived by this layout. It reports false if the layout cannot write text.
func (b *board) decode(text string) (string, bool) {
	var read strings.Builder
	for _, r := range keystrokes(text) {
		key, known := b.reads[r]
		switch {
		case known:
			read.WriteRune(key)
		case r <= ' ': // a separator
			read.WriteRune(r)
		default:
			return "", false
		}
	}
	return read.String(), true
}

// The jamo of Hangul syllables as they are typed: first consonants, vowels, last consonants in the order of Unicode.
var (
	firstJamo  = strings.Fields("ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ")
	vowelJamo  = strings.Fields("ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ")
	lastJamo   = strings.Fields("ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ")
	doubleJamo = strings.NewReplacer("ㅘ", "ㅗㅏ", "ㅙ", "ㅗㅐ", "ㅚ", "ㅗㅣ", "ㅝ", "ㅜㅓ", "ㅞ", "ㅜㅔ", "ㅟ", "ㅜㅣ", "ㅢ", "ㅡㅣ",
		"ㄳ", "ㄱㅅ", "ㄵ", "ㄴㅈ", "ㄶ", "ㄴㅎ", "ㄺ", "ㄹㄱ", "ㄻ", "ㄹㅁ", "ㄼ", "ㄹㅂ", "ㄽ", "ㄹㅅ", "ㄾ", "ㄹㅌ", "ㄿ", "ㄹㅍ", "ㅀ", "ㄹㅎ", "ㅄ", "ㅂㅅ")
)

// keystrokes parts the syllables that a Korean keyboard joins into the keys that were pressed. Other text stays as it is.
func keystrokes(text string) string {
	const first, last, perVowel, perFirst = '가', '힣', 28, 21 * 28
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
		return text
	}
	var keys strings.Builder
	for _, r := range text {
		if r < first || r > last {
			keys.WriteRune(r)
			continue
		}
		n := int(r - first)
		keys.WriteString(firstJamo[n/perFirst] + vowelJamo[n%perFirst/perVowel])
		if n%perVowel > 0 {
			keys.WriteString(lastJamo[n%perVowel-1])
		}
	}
	return doubleJamo.Replace(keys.String())
}
