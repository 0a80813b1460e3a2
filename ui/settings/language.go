package settings

import (
	"encoding/json"
	"maps"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"consign/assets"
)

// Language is a language that Consign speaks, as the file of its words is called without the ending: en, de. A file more in
// assets/translations is a language more.
type Language string

// The language that the system speaks, and the one that the sources are written in.
const (
	SystemLanguage Language = ""
	English        Language = "en"
)

// Languages are all that Consign speaks, English first. Safe on any goroutine.
func Languages() []Language {
	all := []Language{English}
	files, _ := assets.Translations.ReadDir("translations") // it is built in
	for _, f := range files {
		if l := Language(strings.TrimSuffix(f.Name(), path.Ext(f.Name()))); l != English {
			all = append(all, l)
		}
	}
	return all
}

// Name is what the speakers of a language call it.
func (l Language) Name() string { return display.Self.Name(language.Make(string(l))) }

// Speak loads the words of a language. Call it once, before the first word is shown.
//
// Fyne always speaks the language of the system. The words are therefore loaded as if they were of that language, and as English, on
// which Fyne falls back. A system whose language Consign does not speak gets English.
func Speak(l Language) error {
	system := lang.SystemLocale()
	if l == SystemLanguage {
		l = nearest(system)
	}
	words, err := assets.Translations.ReadFile("translations/" + string(l) + ".json")
	if err != nil {
		return err
	}
	for _, as := range []fyne.Locale{"en", system} {
		forms, err := pluralsFor(words, language.Make(as.LanguageString()))
		if err == nil {
			err = lang.AddTranslationsForLocale(forms, as)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// nearest is the language of ours that is most like the system's.
func nearest(system fyne.Locale) Language {
	all := Languages()
	tags := make([]language.Tag, len(all))
	for i, l := range all {
		tags[i] = language.Make(string(l))
	}
	_, i, how := language.NewMatcher(tags).Match(language.Make(system.LanguageString()))
	if how == language.No {
		return English
	}
	return all[i]
}

// pluralsFor gives words, which know one and many, the plurals that Fyne looks for in another language. Where that has one form for 1
// and for other numbers, too, the words do without a singular: "1 devices" is better than "One device" for none.
func pluralsFor(words []byte, as language.Tag) ([]byte, error) {
	alone := true
	for _, n := range []int{0, 21} {
		alone = alone && plural.Cardinal.MatchPlural(as, n, 0, 0, 0, 0) != plural.One
	}
	var all map[string]any
	if err := json.Unmarshal(words, &all); err != nil {
		return nil, err
	}
	for _, word := range all {
		forms, is := word.(map[string]any)
		if !is {
			continue
		}
		many := forms["other"]
		rest := map[string]any{"zero": many, "two": many, "few": many, "many": many}
		if !alone {
			rest["one"] = many
		}
		maps.Copy(forms, rest)
	}
	return json.Marshal(all)
}
