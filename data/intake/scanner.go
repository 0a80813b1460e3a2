package intake

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"consign/model"
)

// Scanner is what a check has learned of a scanner and of the keyboard layout that its keystrokes pass: enough to put right what
// arrives. It is kept as JSON. A Scanner does not change; it may be read from any goroutine.
type Scanner struct {
	Keyboard string            `json:"keyboard,omitempty"` // id of the layout, empty for one that Consign does not know
	Caps     bool              `json:"caps,omitempty"`     // Caps Lock was on
	Prefix   string            `json:"prefix,omitempty"`   // that the scanner sends before every code
	Suffix   string            `json:"suffix,omitempty"`   // and behind it, but for the key that ends it
	Lost     string            `json:"lost,omitempty"`     // the signs of the code that did not arrive
	Keys     map[string]string `json:"keys,omitempty"`     // what arrives otherwise than it is in the code, and what it is there
	Ends     string            `json:"ends,omitempty"`     // the key that ends a code: a line break for Enter, a Tab, nothing for none
	Pace     time.Duration     `json:"pace,omitempty"`     // between two signs
}

// The parts of the test code. The pattern at both ends is found whatever the layout makes of it; the digits around a sign that may be lost
// or joined with the next one come twice, so that one of them stays.
const (
	testDigits  = "23456789"
	testLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	testSmall   = "yz"
	testHead    = "0110" + testDigits + testLetters + testSmall
	testTail    = "1001"
)

// testSigns are the signs of the test code that keyboards and scanners change or lose, each with the digit that follows it.
var testSigns = []struct {
	sign  string
	digit byte
}{{"-", '2'}, {"/", '3'}, {"+", '4'}, {":", '5'}, {"\t", '6'}, {groupSeparator, '7'}}

// TestCode is the text of the code by which a scanner is checked.
func TestCode() string {
	var code strings.Builder
	code.WriteString(testHead)
	for _, s := range testSigns {
		code.WriteString(s.sign + string([]byte{s.digit, s.digit}))
	}
	return code.String() + testTail
}

// LearnScanner finds what became of the test code on its way, from what arrived and how long it took from the first sign to the last.
// Enter arrives as a line break. An Invalid error says that it was not the test code, or not all of it.
func LearnScanner(arrived string, took time.Duration) (*Scanner, error) {
	text := strings.TrimRight(arrived, "\t\r\n")
	signs := []rune(keystrokes(text))
	for start := range signs {
		s := &Scanner{Keys: map[string]string{}}
		if end, ok := s.learnAt(signs[start:]); ok {
			s.Prefix, s.Suffix = string(signs[:start]), string(signs[start+end:])
			if ends := arrived[len(text):]; ends != "" {
				s.Ends = ends[:1]
			}
			s.Pace = took / time.Duration(max(1, len(signs)-1))
			s.recogniseKeyboard()
			for arrives, read := range s.Keys {
				if arrives == read {
					delete(s.Keys, arrives)
				}
			}
			return s, nil
		}
	}
	return nil, model.Fail(model.Invalid, "That is not the test code, or a part of it is missing: scan it again.")
}

// learnAt learns from a test code that begins with signs, and returns where it ends.
func (s *Scanner) learnAt(signs []rune) (end int, ok bool) {
	head := []rune(testHead)
	if len(signs) < len(head)+len(testTail) || signs[0] != signs[3] || signs[1] != signs[2] || signs[0] == signs[1] {
		return 0, false
	}
	for i, read := range head {
		arrives := string(signs[i])
		have, known := s.Keys[arrives]
		switch {
		case !known:
			s.Keys[arrives] = string(read)
		case have != string(read) && i < len(head)-len(testSmall): // two signs of identifiers arrive as one
			return 0, false
		}
	}
	for _, small := range testSmall { // they tell a code of which a sign is missing
		capital := signs[strings.IndexRune(testHead, unicode.ToUpper(small))]
		if !strings.EqualFold(string(capital), string(signs[strings.IndexRune(testHead, small)])) {
			return 0, false
		}
	}
	arrivesAs := map[byte]rune{}
	for i := range len(testHead) - len(testSmall) {
		arrivesAs[testHead[i]] = signs[i]
	}
	at := len(head)
	for _, t := range testSigns {
		digit := arrivesAs[t.digit]
		const longest = 6 // of what a scanner may write for a sign, as <GS>
		n := slices.Index(signs[at:min(len(signs), at+longest+1)], digit)
		if n < 0 {
			return 0, false
		}
		s.learnSign(t.sign, string(signs[at:at+n]))
		at += n + 1
		if at < len(signs) && signs[at] == digit {
			at++
		}
	}
	zero, one := arrivesAs['0'], arrivesAs['1']
	if !slices.Equal(signs[at:min(len(signs), at+len(testTail))], []rune{one, zero, zero, one}) {
		return 0, false
	}
	return at + len(testTail), true
}

// learnSign learns what arrives for a sign.
func (s *Scanner) learnSign(sign, arrives string) {
	if _, taken := s.Keys[arrives]; arrives == "" || taken {
		s.Lost += sign
		return
	}
	s.Keys[arrives] = sign
}

// recogniseKeyboard finds the layout that does what was learned, and takes from it what the test code does not hold, where all layouts
// that do it agree.
func (s *Scanner) recogniseKeyboard() {
	s.Caps = s.Keys["y"] == "Y" && s.Keys["Y"] == "y"
	var best []*board
	most := 0
	all := boards()
	for i := range all {
		switch n := s.agrees(&all[i]); {
		case n == 0 || n < most:
		case n > most:
			best, most = []*board{&all[i]}, n
		default:
			best = append(best, &all[i])
		}
	}
	if best == nil {
		return
	}
	s.Keyboard, s.Caps = best[0].id, best[0].caps != capsOff
	learned := maps.Clone(s.Keys)
	for arrives, read := range best[0].reads {
		differs := slices.ContainsFunc(best, func(b *board) bool {
			other, known := b.reads[arrives]
			return known && other != read
		})
		if _, known := learned[string(arrives)]; !known && !differs && !strings.ContainsRune(s.Lost, read) {
			s.Keys[string(arrives)] = string(read)
		}
	}
}

// agrees counts in how many signs a layout does what was learned, 0 if it contradicts a letter or a digit.
func (s *Scanner) agrees(b *board) int {
	n := 0
	for arrives, read := range s.Keys {
		r := []rune(arrives)
		same := len(r) == 1 && string(b.reads[r[0]]) == read
		if same {
			n++
		} else if isLabelRune(rune(read[0])) {
			return 0
		}
	}
	return n
}

// Name is the sentence part that names the keyboard layout.
func (s *Scanner) Name() model.Text {
	for i := range keyboards {
		if keyboards[i].id == s.Keyboard {
			return keyboards[i].name
		}
	}
	return model.Say("another keyboard layout")
}

// Typed reports whether a text was typed by hand rather than scanned, by how long it took from its first sign to its last.
func (s *Scanner) Typed(text string, took time.Duration) bool {
	const slowScanner = 60 * time.Millisecond // between two signs; who types at a desk needs 100 and more
	return took > max(slowScanner, 2*s.Pace)*time.Duration(max(1, len([]rune(text))-1))
}

// Right puts right what a scan became on its way. What reads as it arrived but not as it was learned stays as it is: the layout or Caps
// Lock may have been changed since.
func (s *Scanner) Right(arrived string) string {
	right := s.decode(arrived)
	if isPlain(right) {
		return right
	}
	all := boards()
	for i := range all {
		if all[i].id != s.Keyboard {
			continue
		}
		if other, ok := all[i].decode(s.bare(arrived)); ok && isPlain(other) {
			return other
		}
	}
	if isPlain(arrived) {
		return arrived
	}
	return right
}

func (s *Scanner) decode(arrived string) string {
	byLength := func(a, b string) int { return len(b) - len(a) } // of two that begin alike the longer one is meant
	var pairs []string
	for _, arrives := range slices.SortedFunc(maps.Keys(s.Keys), byLength) {
		pairs = append(pairs, arrives, s.Keys[arrives])
	}
	return strings.NewReplacer(pairs...).Replace(s.bare(arrived))
}

// bare is what arrived without what the scanner sends around a code.
func (s *Scanner) bare(arrived string) string {
	text := keystrokes(arrived)
	if s.Prefix != "" {
		text = strings.TrimPrefix(text, s.Prefix)
	}
	return strings.TrimSuffix(text, s.Suffix)
}

// isPlain reports a code that a label can have and that reads beyond doubt: nothing in it speaks of another layout.
func isPlain(text string) bool { return ReadLabel(text).isPlain(text) }

func (l Label) isPlain(text string) bool {
	switch {
	case l.NoDevice.Template != "":
		return true
	case isSmall(text):
		return false
	case l.Model != "":
		return true
	}
	for _, d := range l.Devices {
		if d.verdict >= model.Warning {
			return false
		}
	}
	return l.Devices != nil
}

// isSmall reports letters none of which is a capital: labels print capitals, so Caps Lock has turned them.
func isSmall(text string) bool {
	return strings.ToUpper(text) != text && strings.ToLower(text) == text
}
