package search_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"consign/model/search"
)

func TestNamesAreFoundAsPeopleTypeThem(t *testing.T) {
	for text, typed := range map[string]string{
		"Müller & Söhne GmbH": "sohne|soehne|söhne|SÖHNE|so\u0308hne|muller sohne|" +
			"sohne muller|mueller & soehne|gmbh mueller|ｓｏｈｎｅ|söhne müller|üller",
		"Mu\u0308ller":        "müller|mueller|muller|MÜLLER",
		"Mueller Soehne":      "müller|soehne|söhne müller|MUELLER",
		"Zürich Straße 5":     "zurich|zuerich|strasse|straße|STRASSE|straẞe|5 zurich",
		"Hauptstrasse":        "straße|hauptstraße",
		"Łódź Telekom":        "lodz|łódź|ŁÓDŹ|telekom lodz|Lo\u0301dz\u0301",
		"Ångström AB":         "angstrom|ångström|A\u030angstro\u0308m|aangstroem|angström",
		"\u212bngstrom":       "angstrom|ångstrom",
		"O’Neill":             "oneill|O'Neill|O’Neill|o neill|ONEILL|o´neill|oʼneill",
		"O'Neill":             "oneill|O’Neill",
		"O´Neill":             "oneill|O’Neill",
		"Œuvre ﬁnance":        "oeuvre|œuvre|finance|ﬁnance",
		"Ærø Ｆｕｊｉ":            "aero|aeroe|ærø|fuji|Ｆｕｊｉ",
		"İstanbul Işık":       "istanbul|isik|işık|İSTANBUL",
		"Đặng Hạ Long":        "dang|đặng|ha long|long ha",
		"Crème Brûlée":        "creme brulee|brulee creme",
		"ΑΘΗΝΑ Τράπεζας":      "αθηνα|τραπεζας|ΤΡΑΠΕΖΑΣ",
		"Королёв":             "королев|КОРОЛЁВ",
		"삼성전자":                "삼성|전자",
		"Coca–Cola\u00a0Ltd":  "coca-cola|cola ltd|coca‑cola",
		"Beta\u200bcom":       "betacom",
		"A & B":               "&|a b|b &",
	} {
		for one := range strings.SplitSeq(typed, "|") {
			require.True(t, search.Has(one, text), "%q in %q", one, text)
		}
	}
}

func TestWordsAreFoundInDifferentTextsOfOneRow(t *testing.T) {
	require.True(t, search.Has("1979 contoso", "Contoso", "1979621309"))
	require.False(t, search.Has("1979 fabrikam", "Contoso", "1979621309"))
	require.True(t, search.Has("", "Contoso"))
	require.True(t, search.Has(" ' ", "Contoso"))
}

func TestWhatIsSpeltOtherwiseIsNotFound(t *testing.T) {
	for text, typed := range map[string]string{
		"Müller": "moller|mullar|miller", "Blu Networks": "blue", "Susi": "suesi", "か": "が", "Contoso": "contoso ag",
		"Anna": "änna-lena", "Straße": "strase",
	} {
		for one := range strings.SplitSeq(typed, "|") {
			require.False(t, search.Has(one, text), "%q in %q", one, text)
		}
	}
}

// Whoever types a text, or a part of it that ends at letters, finds it, in whatever form and case.
func TestEveryTextIsFoundByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(nil, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hangul, unicode.Han,
			unicode.Hiragana, unicode.Pd, unicode.Zs), 0, 30, -1).Draw(t, "text")
		for _, typed := range []string{text, norm.NFC.String(text), norm.NFD.String(text), search.Fold(text), strings.ToLower(text)} {
			if !search.Has(typed, text) {
				t.Fatalf("%q is not found in %q", typed, text)
			}
		}
		if again := search.Fold(search.Fold(text)); again != search.Fold(text) {
			t.Fatalf("folding twice makes %q", again)
		}
	})
}

func BenchmarkIn(b *testing.B) {
	s := search.For("soehne zurich")
	for b.Loop() {
		search.In(s, "Müller & Söhne GmbH", "4600001586", "Reference of the office")
	}
}
