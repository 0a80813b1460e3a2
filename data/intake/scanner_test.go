package intake

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/model"
)

// arrives is what comes of a code that a scanner types on a layout. Signs that no key writes are lost, and what
// dead keys write, which none in the row of digits is.
func (b board) arrives(code string, dead bool) string {
	writes := b.writes(b.caps)
	var text strings.Builder
	for _, r := range code {
		at, shift := strings.IndexRune(usPlain, r), 0
		if at < 0 {
			at, shift = strings.IndexRune(usShifted, r), 1
		}
		switch {
		case at < 0 && r == '\t', r == ' ':
			text.WriteRune(r)
		case at < 0: // Ctrl and a key
		case !dead || strings.Contains(digitRow, usPlain[at:at+1]) || !strings.ContainsRune("^´`¨~ˇ˙˛¸", writes[shift][at]):
			text.WriteRune(writes[shift][at])
		}
	}
	if b.id == hangul {
		return syllables(text.String())
	}
	return text.String()
}

// syllables joins jamo as a Korean keyboard does: a consonant that a vowel follows begins a syllable.
func syllables(text string) string {
	jamo := []rune(text)
	index := func(list []string, r rune) int {
		for i, one := range list {
			if one == string(r) {
				return i
			}
		}
		return -1
	}
	var joined []rune
	for i := 0; i < len(jamo); i++ {
		first := index(firstJamo, jamo[i])
		if first < 0 || i+1 == len(jamo) || index(vowelJamo, jamo[i+1]) < 0 {
			joined = append(joined, jamo[i])
			continue
		}
		syllable := '가' + rune(first*21*28+index(vowelJamo, jamo[i+1])*28)
		i++
		if i+1 < len(jamo) && index(lastJamo, jamo[i+1]) >= 0 && (i+2 == len(jamo) || index(vowelJamo, jamo[i+2]) < 0) {
			i++
			syllable += rune(index(lastJamo, jamo[i]) + 1)
		}
		joined = append(joined, syllable)
	}
	return string(joined)
}

// codes are IMEIs and serial numbers.
func codes() *rapid.Generator[string] {
	imei := rapid.Map(rapid.StringMatching(`35[0-9]{12}`), func(first string) string { return first + string(model.LuhnDigit(first)) })
	return rapid.OneOf(imei, rapid.StringMatching(`R[A-Z0-9]{10}`))
}

func TestEveryKeyboardHasAllKeys(t *testing.T) {
	require.Len(t, usShifted, len(usPlain))
	for _, k := range keyboards {
		for _, row := range k.writes(capsOff) {
			require.Len(t, row, len(usPlain), k.id)
		}
	}
}

// TestScansComeOutRightAfterACheckOnEveryKeyboard plays every layout, with every kind of Caps Lock, with and without dead keys.
func TestScansComeOutRightAfterACheckOnEveryKeyboard(t *testing.T) {
	for _, b := range boards() {
		for _, dead := range []bool{false, true} {
			for seed := range 20 {
				around := rapid.StringMatching(`[A-Z#%!]{0,3}`)
				prefix, suffix := b.arrives(around.Example(seed), dead), b.arrives(around.Example(seed+1), dead)
				s, err := LearnScanner(prefix+b.arrives(TestCode(), dead)+suffix, 0)
				require.NoError(t, err)
				code := codes().Example(seed)
				require.Equal(t, code, s.Right(prefix+b.arrives(code, dead)+suffix), "%s caps %d dead %v %+v", b.id, b.caps, dead, s)
			}
		}
	}
}

func TestCheckNamesTheKeyboard(t *testing.T) {
	for _, b := range boards() {
		s, err := LearnScanner(b.arrives(TestCode(), false), 0)
		require.NoError(t, err)
		if b.caps == capsOff && b.id != "gb" && b.id != "br" { // these two are as the US one in all that codes hold
			require.Equal(t, b.id, s.Keyboard)
		}
		require.Equal(t, b.caps != capsOff, s.Caps, b.id)
	}
}

func TestOtherLabelsComeOutRightAfterACheck(t *testing.T) {
	for _, b := range boards() {
		if b.id == hangul || b.caps != capsOff {
			continue
		}
		s, err := LearnScanner(b.arrives(TestCode(), false), 0)
		require.NoError(t, err)
		for _, code := range []string{"SM-S911B/DS", "A1:B2:C3:D4:E5:F6", "8806095067890"} {
			require.Equal(t, code, s.Right(b.arrives(code, false)), b.id)
		}
	}
}

func TestKeyboardThatNobodyKnowsIsLearned(t *testing.T) {
	turned := func(text string) string { // Dvorak-like: letters and digits have other places
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'A' && r <= 'Z':
				return 'A' + (r-'A'+7)%26
			case r >= 'a' && r <= 'z':
				return 'a' + (r-'a'+7)%26
			case r >= '0' && r <= '9':
				return '0' + (r-'0'+3)%10
			}
			return r
		}, text)
	}
	s, err := LearnScanner("~"+turned(TestCode()), 0)
	require.NoError(t, err)
	require.Empty(t, s.Keyboard)
	require.Equal(t, "~", s.Prefix)
	require.Empty(t, s.Lost)
	require.Equal(t, serialA, s.Right("~"+turned(serialA)))
}

func TestCheckTellsWhatTheScannerSendsAndLoses(t *testing.T) {
	s, err := LearnScanner("]Q3"+strings.NewReplacer("\t", "", groupSeparator, "").Replace(TestCode())+"#\t", 600*time.Millisecond)
	require.NoError(t, err)
	require.Equal(t, "]Q3", s.Prefix)
	require.Equal(t, "#", s.Suffix)
	require.Equal(t, "\t", s.Ends)
	require.Equal(t, "\t"+groupSeparator, s.Lost)
	require.Equal(t, dualA1, s.Right("]Q3"+dualA1+"#"), "the Tab ended the scan")
	s, err = LearnScanner(strings.ReplaceAll(TestCode(), groupSeparator, "<GS>"), 0)
	require.NoError(t, err)
	require.Equal(t, "01"+"18806095299996"+"21"+serialA+groupSeparator+"8002"+dualA1,
		s.Right("01"+"18806095299996"+"21"+serialA+"<GS>"+"8002"+dualA1))
}

func TestWhatIsNotTheTestCodeTeachesNothing(t *testing.T) {
	for _, text := range []string{"", dualA1, serialA, TestCode()[:40], strings.Replace(TestCode(), "Q", "", 1),
		strings.Replace(TestCode(), "G", "H", 1)} {
		_, err := LearnScanner(text, 0)
		require.Equal(t, model.Invalid, model.CodeOf(err), text)
	}
}

func TestCapsLockThatWasTurnedAfterTheCheckIsFollowed(t *testing.T) {
	all := boards()
	for _, b := range all {
		if b.caps != capsOff || b.id == hangul || b.id == "gb" || b.id == "br" { // the last two are taken for the US one
			continue
		}
		s, err := LearnScanner(b.arrives(TestCode(), false), 0)
		require.NoError(t, err)
		for _, on := range all {
			if on.id == b.id {
				require.Equal(t, "R58N12ABCDE", s.Right(on.arrives("R58N12ABCDE", false)), "%s caps %d", on.id, on.caps)
			}
		}
	}
}

func TestWhatIsTypedByHandIsToldFromAScan(t *testing.T) {
	s := &Scanner{}
	require.False(t, s.Typed(dualA1, 150*time.Millisecond))
	require.True(t, s.Typed(dualA1, 3*time.Second))
	slow := &Scanner{Pace: 100 * time.Millisecond}
	require.False(t, slow.Typed(dualA1, 1500*time.Millisecond), "its scans are as slow")
}

// TestGarbledScanIsNeverTaken plays layouts that nobody has checked: what arrives otherwise than it is in the code is not taken, or it is
// said that it may be another.
func TestGarbledScanIsNeverTaken(t *testing.T) {
	for _, by := range boards() {
		for seed := range 50 {
			code := codes().Example(seed)
			arrived := by.arrives(code, false)
			if arrived == code {
				continue
			}
			b := NewBench(OnePerBox)
			said := b.Scan(arrived)
			require.Contains(t, said.Reason.String(), "check the scanner", "%s caps %d: %s", by.id, by.caps, arrived)
			if b.Len() == 0 {
				require.Equal(t, Garbled, said.Answer, "%s caps %d: %s", by.id, by.caps, arrived)
			}
		}
	}
}

func TestGarbledScanSaysWhatItIsAndHowToMendIt(t *testing.T) {
	for arrived, want := range map[string]string{
		`"(&çé&(!àà("à§§`:   "Belgian keyboard): the code says 351921580053066",
		`"(&çé&(_àà("à--`:   "French keyboard): the code says 351921580053066",
		`§%!)"!%(==%§=&&`:   "Caps Lock and the keyboard layout (German keyboard): the code says 351921580053066",
		"r58n12qbcde":       "Small letters",
		"SMßS911B":          "German keyboard): the code says SM-S911B",
		"A1ÖB2ÖC3ÖD4ÖE5ÖF6": "says A1:B2:C3:D4:E5:F6",
		"ㄲ58ㅜ12ㅁㅠㅊㅇㄸ":       "Korean keyboard that writes Hangul): the code says R58N12ABCDE",
		"351§921":           "not sure",
	} {
		b := NewBench(OnePerBox)
		said := b.Scan(arrived)
		require.Equal(t, Garbled, said.Answer, arrived)
		require.Contains(t, said.Reason.String(), want, arrived)
		require.Zero(t, b.Len())
	}
}

func TestSerialNumberThatMayHaveArrivedSwappedIsSaidUntilItIsSure(t *testing.T) {
	b := NewBench(OnePerScan)
	b.Scan(dualB1)
	require.Contains(t, b.Scan("R58NY2ABCDE").Reason.String(), "it would be R58NZ2ABCDE: check the scanner once")
	require.Empty(t, b.Scan("R58N12ABCDE").Reason.Template, "nothing in it changes places")
	b.Scan("SM-S911B") // no German keyboard writes a hyphen for it
	require.Empty(t, b.Scan("R58NY3ABCDE").Reason.Template)

	b = NewBench(OnePerScan)
	b.Trust(true)
	require.Empty(t, b.Scan("R58NY2ABCDE").Reason.Template, "the scanner was checked")
	b.Scan("SM-S911B") // put right: it tells nothing of the keyboard
	b.Trust(false)
	require.Contains(t, b.Scan("R58NY4ABCDE").Reason.String(), "check the scanner once")
}
