// Package search finds what people type in what offices write: without regard to case, accents, width, ligatures and apostrophes, with
// the words in any order. It knows nothing of devices. Its functions are safe on any goroutine; a Search belongs to one at a time.
package search

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Search is what somebody typed, ready to be looked for in many texts.
type Search struct {
	words []word
	hay   []byte // what is looked through, kept for the next row
	spelt []byte
}

// word is a word that was typed, folded: ö as o, and ö as oe.
type word struct{ plain, spelt []byte }

// For reads what was typed. A word of signs alone, such as an ampersand, is looked for only if there are no others.
func For(typed string) *Search {
	s := &Search{}
	var signs []word
	for field := range strings.FieldsSeq(norm.NFKC.String(typed)) {
		plain, spelt := fold(nil, nil, field)
		w := word{bytes.TrimSpace(plain), bytes.TrimSpace(spelt)}
		switch {
		case len(w.plain) == 0:
		case bytes.ContainsFunc(w.plain, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
			s.words = append(s.words, w)
		default:
			signs = append(signs, w)
		}
	}
	if len(s.words) == 0 {
		s.words = signs
	}
	return s
}

// Empty tells whether nothing is looked for: every text has it.
func (s *Search) Empty() bool { return len(s.words) == 0 }

// In tells whether every word stands in one of the texts.
func In[Text ~string | ~[]byte](s *Search, texts ...Text) bool {
	s.hay = s.hay[:0]
	for _, text := range texts {
		s.hay, s.spelt = fold(s.hay, s.spelt[:0], text)
		s.hay = append(s.hay, '\n')
		if len(s.spelt) > 0 {
			s.hay = append(append(s.hay, s.spelt...), '\n')
		}
	}
	for _, w := range s.words {
		if !bytes.Contains(s.hay, w.plain) && (len(w.spelt) == 0 || !bytes.Contains(s.hay, w.spelt)) {
			return false
		}
	}
	return true
}

// Has tells whether every word that was typed stands in one of the texts.
func Has(typed string, texts ...string) bool { return In(For(typed), texts...) }

// Fold is a text as two texts are compared that mean the same to who types: small, without accents and apostrophes, in plain width.
func Fold(text string) string {
	plain, _ := fold(nil, nil, text)
	return string(plain)
}

// fold appends a text to plain, folded. Where umlauts and the like can be spelt with another letter, the whole text spelt so is
// appended to spelt, too; a text without such leaves it as it is.
func fold[Text ~string | ~[]byte](plain, spelt []byte, text Text) (folded, spelled []byte) {
	start := len(plain)
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 0x80:
			return foldLetters(plain[:start], spelt, string(text))
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == '\'' || c == '`':
			continue
		case c < ' ':
			c = ' '
		}
		plain = append(plain, c)
	}
	return plain, spelt
}

// letters are written otherwise by who has no key for them; those that norm takes apart need no line here.
var letters = map[rune]string{
	'ß': "ss", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k",
	'ς': "σ", '‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`,
}

// apostrophes are left out: O’Neill is typed as it comes.
const apostrophes = "'`´’‘‛ʼʹʻ′＇"

// latin is how each letter up to the accented ones of Latin is folded, and spelt otherwise, so that most names need no taking apart.
var latin [0x250]struct{ plain, spelt string }

func init() {
	for r := range latin {
		plain, spelt := foldAny(nil, nil, string(rune(r)))
		if len(spelt) == 0 {
			spelt = plain
		}
		latin[r].plain, latin[r].spelt = string(plain), string(spelt)
	}
}

// foldLetters folds a text with other letters than those of ASCII.
func foldLetters(plain, spelt []byte, text string) (folded, spelled []byte) {
	start, begin, other := len(plain), len(spelt), false
	for _, r := range text {
		if int(r) >= len(latin) {
			return foldAny(plain[:start], spelt[:begin], text)
		}
		l := &latin[r]
		plain, spelt = append(plain, l.plain...), append(spelt, l.spelt...)
		other = other || len(l.plain) != len(l.spelt)
	}
	if !other {
		spelt = spelt[:begin]
	}
	return plain, spelt
}

func foldAny(plain, spelt []byte, text string) (folded, spelled []byte) {
	text = norm.NFKD.String(strings.Map(func(r rune) rune {
		if strings.ContainsRune(apostrophes, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text))
	begin, other := len(spelt), false
	var last rune // the letter that marks belong to
	for _, r := range text {
		r = unicode.ToLower(r)
		switch {
		case r == '\'' || r == '`' || r == 'ʼ':
			continue
		case r == '\u0308' && (last == 'a' || last == 'o' || last == 'u'):
			spelt, other = append(spelt, 'e'), true
			continue
		case r == '\u030a' && last == 'a':
			spelt, other = append(spelt, 'a'), true
			continue
		case isAccent(r):
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			r = ' '
		}
		last = r
		to, known := letters[r]
		if !known {
			to = string(r)
		}
		plain, spelt = append(plain, to...), append(spelt, to...)
		if r == 'ø' {
			spelt, other = append(spelt, 'e'), true
		}
	}
	if !other {
		spelt = spelt[:begin]
	}
	return plain, spelt
}

// isAccent tells whether a mark is left out: those of Latin, Greek, Cyrillic, Hebrew and Arabic; the marks of kana and of the scripts of
// India tell letters apart.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x591 && r <= 0x5c7, r >= 0x64b && r <= 0x65f, r == 0x670:
		return unicode.Is(unicode.Mn, r)
	}
	return r >= 0x1ab0 && r <= 0x1aff || r >= 0x1dc0 && r <= 0x1dff || r >= 0x20d0 && r <= 0x20ff || r >= 0xfe20 && r <= 0xfe2f
}
