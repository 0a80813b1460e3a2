package docs_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// forms are the plurals that languages have: a file keeps those of its language.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// formOf is the plural that the speakers of a language use for a number.
func formOf(t *testing.T, languageFile string, n int) string {
	t.Helper()
	tag := language.Make(strings.TrimSuffix(filepath.Base(languageFile), ".json"))
	bundle := i18n.NewBundle(tag)
	bundle.MustAddMessages(tag, &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"})
	form, err := i18n.NewLocalizer(bundle, tag.String()).Localize(&i18n.LocalizeConfig{MessageID: "form", PluralCount: n})
	require.NoError(t, err)
	return form
}

// formsOf are the plurals of a language. Every language has "other", if only for fractions.
func formsOf(t *testing.T, languageFile string) []string {
	t.Helper()
	used := map[string]bool{"other": true, formOf(t, languageFile, 1_000_000): true}
	for n := range 201 {
		used[formOf(t, languageFile, n)] = true
	}
	return slices.DeleteFunc(slices.Clone(forms), func(form string) bool { return !used[form] })
}

// emptyForms is a text with a singular that is to be translated.
func emptyForms(t *testing.T, languageFile string) map[string]string {
	empty := map[string]string{}
	for _, form := range formsOf(t, languageFile) {
		empty[form] = ""
	}
	return empty
}

func TestFormsAreThoseOfTheLanguages(t *testing.T) {
	require.Equal(t, []string{"one", "other"}, formsOf(t, "de.json"))
	require.Equal(t, []string{"one", "many", "other"}, formsOf(t, "fr.json"))
	require.Equal(t, []string{"one", "few", "many", "other"}, formsOf(t, "pl.json"))
	require.Equal(t, []string{"other"}, formsOf(t, "ko.json"))
}

func TestEveryLanguageCountsAsItsSpeakersDo(t *testing.T) {
	languages, err := filepath.Glob("assets/translations/*.json")
	require.NoError(t, err)
	require.Contains(t, languages, englishFile)
	english := readWords(t, englishFile)
	for _, name := range languages {
		want, noneIsOne := formsOf(t, name), formOf(t, name, 0) == "one"
		for key, value := range readWords(t, name) {
			has, isPlural := value.(map[string]any)
			if !isPlural {
				continue
			}
			if !slices.Equal(slices.Sorted(maps.Keys(has)), slices.Sorted(slices.Values(want))) {
				t.Errorf("%s: %q has the forms %v, the language has %v", name, key, slices.Sorted(maps.Keys(has)), want)
				continue
			}
			source, _ := english[key].(map[string]any)
			for _, form := range want {
				text, _ := has[form].(string)
				may := []string{key}
				if form == "one" {
					may = singulars(key, source, noneIsOne)
				}
				fits := func(like string) bool { return slices.Equal(placesOf(like), placesOf(text)) }
				if text == "" || !slices.ContainsFunc(may, fits) {
					t.Errorf("%s: %q has the places %v as %q, one of %q has others", name, text, placesOf(text), form, may)
				}
			}
		}
	}
}

// singulars are the texts that a singular may have the places of. It may do without its number; but where none is said like one, and the
// number can be seen in English, it has the number: "0 appareil".
func singulars(key string, english map[string]any, noneIsOne bool) []string {
	one, _ := english["one"].(string)
	if noneIsOne {
		return []string{one, key}
	}
	return []string{one, key, regexp.MustCompile(`\{\{\.(Count|Days)\}\}`).ReplaceAllString(key, "")}
}

// quotes are the quotation marks of the languages that have others than English.
var quotes = map[string]string{"de": "„“", "es": "«»", "fr": "«»", "it": "«»", "pl": "„”"}

func TestTypographyIsThatOfTheLanguage(t *testing.T) {
	languages, err := filepath.Glob("assets/translations/*.json")
	require.NoError(t, err)
	wide := regexp.MustCompile(`[ \x{00A0}][;:?!»]|«[ \x{00A0}]|[^\s\x{202F}][;?!»](\s|$)|[^\s\x{202F}]:\s`)
	for _, name := range languages {
		spoken := strings.TrimSuffix(filepath.Base(name), ".json")
		mine := quotes[spoken]
		if mine == "" {
			mine = "“”"
		}
		for key, text := range textsOf(readWords(t, name)) {
			for _, q := range text {
				if strings.ContainsRune("\"„“”«»", q) && !strings.ContainsRune(mine, q) {
					t.Errorf("%s: %q has the quotation mark %q, those of the language are %s", name, key, q, mine)
				}
			}
			if spoken == "fr" && wide.MatchString(text) {
				t.Errorf("%s: %q needs narrow no-break spaces (U+202F) at its signs", name, text)
			}
			if spoken == "es" && strings.Count(text, "?") != strings.Count(text, "¿") {
				t.Errorf("%s: %q has a question that does not begin", name, text)
			}
		}
	}
}

// elsewhere are German words for what Consign calls by another one: one thing has one word.
var elsewhere = map[string]string{
	"Vorgang": "Aktion", "Vorgäng": "Aktion", "Handlung": "Aktion", "zurücknehmen": "rückgängig machen",
	"Zurückgenommen": "Rückgängig gemacht", "Urteil": "Prüfergebnis", "Partei": "Beteiligter",
	"Handeln als": "Konto", "Bestellnummer": "Auftragsnummer", "Schachtel": "Karton",
}

func TestGermanHasOneWordForOneThing(t *testing.T) {
	for key, text := range textsOf(readWords(t, "assets/translations/de.json")) {
		for other, ours := range elsewhere {
			if strings.Contains(strings.ToUpper(text), strings.ToUpper(other)) {
				t.Errorf("%q says %s for %s: %s", key, other, ours, text)
			}
		}
	}
}

// textsOf are all texts of a file, the plurals as "key (form)".
func textsOf(words map[string]any) map[string]string {
	all := map[string]string{}
	for key, value := range words {
		switch v := value.(type) {
		case string:
			all[key] = v
		case map[string]any:
			for form, text := range v {
				all[key+" ("+form+")"], _ = text.(string)
			}
		}
	}
	return all
}
